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
	Held   bool   // it stands in the human's own text, in Region or outside all of them: it stays as it is there
	Region string // that holds it, empty where none does
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

// States reads the tasks of a roadmap's note. Of two lines with one id the one in a region as synth wrote it counts, else
// the first: the other is a copy that the human made, and says nothing.
func States(n *vault.Note) (Tasks, error) {
	blocks, err := n.Named()
	if err != nil {
		return nil, err
	}
	regions, err := n.Regions()
	if err != nil {
		return nil, err
	}
	tasks := make(Tasks, len(blocks))
	for _, b := range blocks {
		_, fields := vault.SplitTask(firstLine(b.Text))
		task := Task{Mark: b.Mark, Fields: fields}
		task.Region, task.Held = heldIn(regions, b.Line)
		if before, twice := tasks[b.ID]; !twice || before.Held && !task.Held {
			tasks[b.ID] = task
		}
	}
	return tasks, nil
}

// heldIn gives the region that holds a line, and tells whether the line is the human's: in a region that he has edited,
// or in none.
func heldIn(regions []vault.Standing, line int) (region string, held bool) {
	for _, r := range regions {
		if r.First <= line && line <= r.Last {
			return r.ID, r.Edited
		}
	}
	return "", true
}

// standsElsewhere tells whether an action stands in the human's own text, and not in the region it belongs to. It is
// written nowhere else: his text stays as it is.
func (t Tasks) standsElsewhere(block, region string) bool {
	task, stands := t[block]
	return stands && task.Held && task.Region != region
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
