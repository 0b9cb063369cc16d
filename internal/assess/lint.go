package assess

import (
	"maps"
	"path"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// checkTable refuses a table in which a better option gives a lower level, and one whose way of picking would make an
// honest tick worse than none: an ok option below the highest level under "worst", a ko one above the lowest under
// "best".
func (l *loader) checkTable(f *file, n *strictyaml.Node, q *questionnaire.Question, t *Table) {
	if len(t.Levels) == 0 {
		return
	}
	levels := slices.Sorted(maps.Values(t.Levels))
	lowest, highest := levels[0], levels[len(levels)-1]
	for _, o := range q.Options {
		level, ok := t.Levels[o.ID]
		if !ok {
			continue
		}
		if q.Type == questionnaire.Multi && !t.Best && o.Status == questionnaire.Good && level < highest {
			f.add(n.Get(o.ID), "table_pick", "with pick: worst the ok option %q lies below the highest level %d", o.ID, highest)
		}
		if q.Type == questionnaire.Multi && t.Best && o.Status == questionnaire.Bad && level > lowest {
			f.add(n.Get(o.ID), "table_pick", "with pick: best the ko option %q lies above the lowest level %d", o.ID, lowest)
		}
		for _, other := range q.Options {
			if worse(t, other, o) {
				f.add(n.Get(o.ID), "table_not_monotone", "%q is better than %q and gives a lower level", o.ID, other.ID).
					Hint = "correct one of the levels, or a status: in the questionnaire"
			}
		}
	}
}

// worse reports whether b, by its status better than a, gives a lower level.
func worse(t *Table, a, b questionnaire.Option) bool {
	rankA, okA := a.Status.Rank()
	rankB, okB := b.Status.Rank()
	levelA, inA := t.Levels[a.ID]
	levelB, inB := t.Levels[b.ID]
	return okA && okB && inA && inB && rankA < rankB && levelA > levelB
}

// checkRows refuses a row that can never be the first that is true, and a level that silence would give.
func (l *loader) checkRows(f *file, n *strictyaml.Node, c Control) {
	combinations, ok := newCombinations(l.model.Set, &c)
	if !ok {
		f.add(n, "control_too_wide", "the rows of %q name answers in more than %d combinations", c.ID, maxCombinations)
		return
	}
	first := make([]bool, len(c.Rows))
	for combinations.next() {
		for i, row := range c.Rows {
			t := row.When.Eval(combinations)
			if t == True {
				first[i] = true
			}
			if t != False {
				break
			}
		}
	}
	rows := n.Get("rows").Items()
	dated := slices.ContainsFunc(c.Rows, func(r Row) bool { return r.When.isDated() }) // which rows are reached depends on data
	for i, reached := range first {
		if !reached && !dated {
			f.add(rows[i], "row_unreachable", "row %d of %q can never be the first that is true", i+1, c.ID).Hint = "the rows before it hold whenever it does: move it up, or take it away"
		}
	}
	if r := l.model.readRows(&c, silence{}); r.State == Known && r.Level >= 3 {
		f.add(n, "level_by_silence", "%q reaches level %d when nothing is answered", c.ID, r.Level)
	}
}

// checkRemedies wants an action above each level from 0 to 2 that a control can reach.
func (l *loader) checkRemedies(f *file, n *strictyaml.Node, c Control) {
	best := 0
	for _, a := range l.model.Actions {
		for _, r := range a.Raises {
			if r.Control == c.ID {
				best = max(best, r.Level)
			}
		}
	}
	for _, level := range slices.Backward(c.levels()) {
		if level <= 2 && best <= level {
			f.add(n, "control_without_action", "no action raises %q above level %d", c.ID, level).Hint = "name it under raises: of an action"
			return
		}
	}
}

// checkCycle refuses an action that in the end requires itself.
func (l *loader) checkCycle(f *file, n *strictyaml.Node, a Action) {
	seen := map[string]bool{}
	todo := slices.Clone(a.Requires)
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if id == a.ID {
			f.add(n, "action_cycle", "the action %q requires itself in the end", a.ID).Hint = "take one requires: of the circle away"
			return
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		if next := find(l.model.Actions, func(b *Action) bool { return b.ID == id }); next != nil {
			todo = append(todo, next.Requires...)
		}
	}
}

// lint refuses a question that nothing reads, in the questionnaires that a domain is scored by.
func (l *loader) lint() {
	for _, q := range l.model.Set.Questionnaires {
		scored := slices.ContainsFunc(l.model.Domains, func(d Domain) bool { return d.Questionnaire == q.ID })
		for _, question := range q.Questions {
			ref := questionnaire.Ref{Questionnaire: q.ID, Question: question.ID}
			if scored && !question.Informative && !l.read[ref] {
				l.problems = append(l.problems, vault.Problem{Path: path.Join("questionnaires", q.ID+".yaml"), Line: question.Line,
					Column: question.Column, Severity: vault.Error, Code: "question_unread",
					Message: "nothing reads the question " + ref.String(), Hint: "read it in a control or a sentence, or say informative: true"})
			}
		}
	}
}

// silence answers nothing, and received everything.
type silence struct{}

func (silence) Answer(ref questionnaire.Ref) questionnaire.Answer {
	return questionnaire.Answer{Ref: ref}
}
func (silence) Received(string) bool { return true }

// sample answers every question: with all the options that go together, or the first.
type sample map[questionnaire.Ref]questionnaire.Answer

func newSample(set *questionnaire.Set) sample {
	s := sample{}
	name, _ := vault.NewName(vault.Received("Name"))
	for _, ref := range set.Refs() {
		q := set.Question(ref)
		a := questionnaire.Answer{Ref: ref, State: questionnaire.Known, Number: 3, Date: "2025-01-31", Name: name, HasName: true}
		for _, o := range q.Options {
			if len(a.Options) == 0 || q.Type == questionnaire.Multi && !o.Exclusive {
				a.Options = append(a.Options, o.ID)
			}
		}
		s[ref] = a
	}
	return s
}

func (s sample) Answer(ref questionnaire.Ref) questionnaire.Answer { return s[ref] }
func (s sample) Received(string) bool                              { return true }
