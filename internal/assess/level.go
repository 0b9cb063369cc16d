package assess

import "github.com/synth-vault/synth/internal/questionnaire"

// State says how much is known of a control.
type State string

// The states of a control. Contradictory counts as unknown.
const (
	Known         State = "known"
	Unknown       State = "unknown"
	NotApplicable State = "not_applicable"
	Contradictory State = "contradictory"
)

// Reading is what the answers say of one control.
type Reading struct {
	Control *Control
	State   State
	Level   int // 0 to MaxLevel, only where the state is Known
	Row     int // the row at which reading ended, from 1; 0 of a table
	// Read lists the questions that were asked before the state was decided; of a control that nobody knows, all that it
	// reads.
	Read []questionnaire.Ref
}

// readAll lists every question of a control that nobody knows: any of them may settle it.
func (r *Reading) readAll() {
	if !r.Unsettled() {
		return
	}
	r.Read = r.Control.Reads()
}

// Unsettled reports whether nobody knows the control's level.
func (r Reading) Unsettled() bool { return r.State == Unknown || r.State == Contradictory }

// Applicable reports whether the control concerns the client.
func (r Reading) Applicable() bool { return r.State != NotApplicable }

// read decides a control's state, contradictions between answers left aside.
func (m *Model) read(c *Control, answers Answers) Reading {
	if c.Table != nil {
		return m.readTable(c, answers)
	}
	return m.readRows(c, answers)
}

func (m *Model) readTable(c *Control, answers Answers) Reading {
	r := Reading{Control: c, State: Unknown, Read: c.Reads()}
	a := answers.Answer(c.Table.Question)
	switch {
	case m.silent(c.Table.Question, answers), a.NotApplicable():
		r.State = NotApplicable
	case a.State == questionnaire.Contradictory:
		r.State = Contradictory
	case a.State == questionnaire.Known:
		r.State, r.Level = Known, c.Table.level(a.Options)
	}
	return r
}

// level picks the worst or the best of the ticked options' levels.
func (t *Table) level(options []string) int {
	level := -1
	for _, o := range options {
		l, ok := t.Levels[o]
		if ok && (level < 0 || t.Best && l > level || !t.Best && l < level) {
			level = l
		}
	}
	return max(level, 0)
}

// silent reports whether a question belongs to an optional questionnaire that was not received.
func (m *Model) silent(ref questionnaire.Ref, answers Answers) bool {
	q := m.Set.Questionnaire(ref.Questionnaire)
	return q != nil && q.Optional && !answers.Received(ref.Questionnaire)
}

// readRows takes the first row that is true. A row before it that is not, and reads an optional questionnaire that
// was not received, makes the control not applicable; one that is unknown makes the control unknown.
func (m *Model) readRows(c *Control, answers Answers) Reading {
	r := Reading{Control: c, State: Unknown}
	for i, row := range c.Rows {
		r.Row = i + 1
		r.Read = c.readUpTo(i)
		t := row.When.Eval(answers)
		if t == True {
			if row.NotApplicable {
				r.State = NotApplicable
			} else {
				r.State, r.Level = Known, row.Level
			}
			return r
		}
		if row.When.asksAny(func(ref questionnaire.Ref) bool { return m.silent(ref, answers) }) {
			r.State = NotApplicable
			return r
		}
		if t == Maybe {
			r.State = unsettled(row.When, answers)
			return r
		}
	}
	return r
}

// unsettled tells whether a condition is undecided because an answer contradicts itself, or because one is missing.
func unsettled(c *Condition, answers Answers) State {
	if c.Op == undecided {
		return Unknown
	}
	if c.Parts == nil {
		if a := answers.Answer(c.Question); c.ask(a) == Maybe && a.State == questionnaire.Contradictory {
			return Contradictory
		}
		return Unknown
	}
	for _, p := range c.Parts {
		if unsettled(p, answers) == Contradictory {
			return Contradictory
		}
	}
	return Unknown
}
