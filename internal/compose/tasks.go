package compose

import (
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Task is what the human decides of an action in the roadmap: it is read back and written as found.
type Task struct {
	Mark   string // the character in the box
	Fields string // priority and dates, as the Tasks plugin writes them
	Held   string // the region that holds it, where a human has edited that region: it stays as it is there
}

// Status is what a mark means. Marks of the user's own are things to do.
func (t Task) Status() plan.Status {
	switch t.Mark {
	case "x", "X":
		return plan.Done
	case "/":
		return plan.Doing
	case "-":
		return plan.Abandoned
	}
	return plan.ToDo
}

// Tasks are a roadmap's tasks by the block ids of their actions.
type Tasks map[string]Task

// States reads the tasks of a roadmap's note. The first of two lines with one id counts.
func States(n *vault.Note) (Tasks, error) {
	blocks, err := n.Blocks()
	if err != nil {
		return nil, err
	}
	regions, err := n.Regions()
	if err != nil {
		return nil, err
	}
	tasks := Tasks{}
	for _, b := range blocks {
		if b.Kind != vault.Item || b.Mark == "" || b.ID == "" {
			continue
		}
		if _, twice := tasks[b.ID]; !twice {
			_, fields := vault.SplitTask(firstLine(b.Text))
			tasks[b.ID] = Task{Mark: b.Mark, Fields: fields, Held: editedAt(regions, b.Line)}
		}
	}
	return tasks, nil
}

// editedAt gives the edited region that holds a line, empty where none does.
func editedAt(regions []vault.Standing, line int) string {
	for _, r := range regions {
		if r.Edited && r.First <= line && line <= r.Last {
			return r.ID
		}
	}
	return ""
}

// standsElsewhere tells whether an action's task stands in an edited region that is not the one it belongs to. It is
// written nowhere else: that region keeps the human's text.
func (t Tasks) standsElsewhere(block, region string) bool {
	held := t[block].Held
	return held != "" && held != region
}

func firstLine(s string) string {
	for i, r := range s {
		if r == '\n' {
			return s[:i]
		}
	}
	return s
}

// Statuses gives the states of the tasks for the plan, by the actions' ids.
func (t Tasks) Statuses(actions []string) plan.States {
	states := plan.States{}
	for _, id := range actions {
		if task, ok := t[questionnaire.BlockID(id)]; ok {
			states[id] = task.Status()
		}
	}
	return states
}

// Reschedule gives the roadmap's actions the due dates that the human has set in their tasks.
func (t Tasks) Reschedule(r *plan.Roadmap) {
	for i := range r.Actions {
		a := &r.Actions[i]
		if due := dueDate(t[questionnaire.BlockID(a.Action.ID)].Fields); due != "" {
			a.Due = due
		}
	}
}
