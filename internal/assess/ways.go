package assess

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// Need is what the answer to one question must be: such that a part of a condition, which asks that question, is true,
// or such that it is false.
type Need struct {
	Part *Condition
	Want bool
}

// Way is a least set of needs: with the answers changed as they ask, and no others, what was wanted holds.
type Way []Need

// The bounds of a search for ways. They are far above what a model asks, and keep a hostile one from costing much.
const (
	maxWays    = 256   // that are followed at once
	maxTries   = 4_096 // answers tried for one way
	maxOptions = 8     // of one question that are told apart
)

// Ways lists the least changes of the answers that make a condition true; one empty way where it is true already.
func (r *Report) Ways(c *Condition) []Way {
	return r.search(quest{goal: c, parts: []*Condition{c}, reached: func(a Answers) bool { return c.Eval(a) == True }})
}

// LevelWays lists the least changes that bring a control to a level: by a table the one change, by rows those for each
// row of that level. Without a level, at -1, those that make the control not applicable.
func (r *Report) LevelWays(c *Control, level int) []Way {
	reached := func(a Answers) bool {
		now := r.Model.read(c, a)
		if level < 0 {
			return now.State == NotApplicable && len(r.Model.contradicting(c, a)) == 0
		}
		return now.State == Known && now.Level == level && len(r.Model.contradicting(c, a)) == 0
	}
	var barred []*Condition
	for _, con := range r.Model.Contradictions {
		if slices.Contains(con.Controls, c.ID) {
			barred = append(barred, con.When)
		}
	}
	var out []Way
	for _, parts := range c.goals(level) {
		whole := &Condition{Op: All, Parts: slices.Concat(parts, barred)}
		out = append(out, r.search(quest{whole, parts, barred, reached})...)
	}
	return leastWays(out)
}

// contradicting lists the contradictions that unsettle a control.
func (m *Model) contradicting(c *Control, answers Answers) []*Contradiction {
	var out []*Contradiction
	for i := range m.Contradictions {
		if con := &m.Contradictions[i]; slices.Contains(con.Controls, c.ID) && con.When.Eval(answers) == True {
			out = append(out, con)
		}
	}
	return out
}

// goals are lists of conditions: all of one must hold for a control to have a level.
func (c *Control) goals(level int) [][]*Condition {
	if c.Table != nil {
		return c.Table.goals(level)
	}
	var out [][]*Condition
	var before []*Condition
	for _, row := range c.Rows {
		parts := slices.Clone(before)
		if row.When != nil {
			parts = append(parts, row.When)
			before = append(before, &Condition{Op: Not, Parts: []*Condition{row.When}})
		}
		if row.NotApplicable == (level < 0) && (level < 0 || row.Level == level) {
			out = append(out, parts)
		}
	}
	return out
}

// goals of a table ask for an option of the level, and of a multiple choice for no option that outweighs it.
func (t *Table) goals(level int) [][]*Condition {
	if level < 0 {
		return [][]*Condition{{{Op: AnyOf, Question: t.Question, Options: []string{questionnaire.NotApplicableOption}}}}
	}
	var at, beside []string
	for o, l := range t.Levels {
		if l == level {
			at = append(at, o)
		}
		if l == level || t.Best && l < level || !t.Best && l > level {
			beside = append(beside, o)
		}
	}
	if len(at) == 0 {
		return nil
	}
	slices.Sort(at)
	slices.Sort(beside)
	goal := &Condition{Op: AnyOf, Question: t.Question, Options: at}
	if len(beside) == len(t.Levels) {
		return [][]*Condition{{goal}}
	}
	return [][]*Condition{{goal, {Op: Only, Question: t.Question, Options: beside}}}
}

// quest is what ways are searched for: answers with which every part holds, no barred condition does, and the rest is
// as wanted. The goal joins them all.
type quest struct {
	goal    *Condition
	parts   []*Condition
	barred  []*Condition
	reached func(Answers) bool
}

// missing gives, for every condition that is not as the quest wants it, the ways to make it so.
func (q quest) missing(answers Answers) [][]Way {
	var out [][]Way
	for _, p := range q.parts {
		if p.Eval(answers) != True {
			out = append(out, p.ways(answers, true))
		}
	}
	for _, b := range q.barred {
		if b.Eval(answers) == True {
			out = append(out, b.ways(answers, false))
		}
	}
	return out
}

// maxSteps is how often a way is completed where it leads to the goal with some answers only.
const maxSteps = 5

// search follows a condition down to what it asks of each answer, and keeps the ways that lead to what is wanted.
func (r *Report) search(q quest) []Way {
	var found []Way
	for _, w := range leastWays(q.start(r.answers)) {
		found = append(found, r.complete(w, q, maxSteps)...)
	}
	for i, w := range found {
		found[i] = r.prune(w, q.goal)
	}
	return leastWays(found)
}

// start lists the first ways: what is not as wanted becomes so.
func (q quest) start(answers Answers) []Way {
	out := []Way{nil}
	for _, ways := range q.missing(answers) {
		out = product(out, ways)
	}
	return out
}

// product joins every way of one list with every way of another.
func product(list, others []Way) []Way {
	var out []Way
	for _, w := range list {
		for _, more := range others {
			if len(out) < maxWays {
				out = append(out, w.with(more))
			}
		}
	}
	return out
}

// complete adds to a way what keeps every answer that meets it on the way to the goal; nothing where none leads there.
func (r *Report) complete(w Way, q quest, steps int) []Way {
	leads, astray := r.try(w, q)
	switch {
	case !leads && astray == nil:
		return nil
	case astray == nil || steps == 0 && leads:
		return []Way{w}
	case steps == 0:
		return nil
	}
	var out []Way
	for _, ways := range q.missing(astray) {
		for _, more := range ways {
			if longer := w.with(more); len(longer) > len(w) && len(out) < maxWays {
				out = append(out, r.complete(longer, q, steps-1)...)
			}
		}
	}
	if out == nil && leads {
		return []Way{w}
	}
	return out
}

// prune drops the needs that the others of the same question imply.
func (r *Report) prune(w Way, goal *Condition) Way {
	for i := 0; i < len(w); {
		need, rest := w[i], slices.Delete(slices.Clone(w), i, i+1)
		asked := slices.Contains(rest.Questions(), need.Part.Question)
		if asked && !slices.ContainsFunc(r.meeting(rest, goal, need.Part.Question), func(a questionnaire.Answer) bool {
			return need.Part.ask(a) != truth(need.Want)
		}) {
			w = rest
			continue
		}
		i++
	}
	return w
}

// ways lists what makes a condition true, or false. What is so already needs nothing.
func (c *Condition) ways(answers Answers, want bool) []Way {
	if c.Eval(answers) == truth(want) {
		return []Way{nil}
	}
	switch {
	case c.Op == undecided:
		return nil // no answer would do
	case c.Op == Not:
		return c.Parts[0].ways(answers, !want)
	case c.Parts == nil:
		return []Way{{Need{c, want}}}
	case (c.Op == Any) == want:
		var out []Way
		for _, p := range c.Parts {
			out = append(out, p.ways(answers, want)...)
		}
		return out
	}
	out := []Way{nil}
	for _, p := range c.Parts {
		out = product(out, p.ways(answers, want))
	}
	return out
}

// with joins two ways, each need once.
func (w Way) with(more Way) Way {
	out := slices.Clone(w)
	for _, n := range more {
		if !slices.ContainsFunc(out, n.same) {
			out = append(out, n)
		}
	}
	return out
}

// same reports whether two needs ask the same of the same answer.
func (n Need) same(other Need) bool {
	a, b := n.Part, other.Part
	return n.Want == other.Want && a.Op == b.Op && a.Question == b.Question && slices.Equal(a.Options, b.Options) &&
		a.Number == b.Number && a.Answered == b.Answered && a.Class == b.Class
}

// LeastWays joins lists of ways, without those that hold all of another, the shortest first.
func LeastWays(lists ...[]Way) []Way { return leastWays(slices.Concat(lists...)) }

// leastWays drops the ways that hold all of another and puts the shortest first.
func leastWays(list []Way) []Way {
	var out []Way
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Way) int { return cmp.Compare(len(a), len(b)) })
	for _, w := range list {
		if !slices.ContainsFunc(out, func(less Way) bool { return w.holds(less) }) {
			out = append(out, w)
		}
	}
	return out
}

func (w Way) holds(less Way) bool {
	return !slices.ContainsFunc(less, func(n Need) bool { return !slices.ContainsFunc(w, n.same) })
}

// Questions lists the questions whose answers a way changes, each once.
func (w Way) Questions() []questionnaire.Ref {
	var out []questionnaire.Ref
	for _, n := range w {
		if !slices.Contains(out, n.Part.Question) {
			out = append(out, n.Part.Question)
		}
	}
	return out
}

// try runs through the answers that meet the needs of a way: whether any leads to the goal, and the first that does not.
func (r *Report) try(w Way, q quest) (leads bool, astray Answers) {
	refs := w.Questions()
	choices := make([][]questionnaire.Answer, len(refs))
	for i, ref := range refs {
		if choices[i] = r.meeting(w, q.goal, ref); len(choices[i]) == 0 {
			return false, nil
		}
	}
	at := make([]int, len(refs))
	for range maxTries {
		changed := map[questionnaire.Ref]questionnaire.Answer{}
		for i, ref := range refs {
			changed[ref] = choices[i][at[i]]
		}
		a := changing{r.answers, changed}
		switch reached := q.reached(a); {
		case reached:
			leads = true
		case astray == nil:
			astray = a
		}
		if leads && astray != nil || !advance(at, choices) {
			break
		}
	}
	return leads, astray
}

// advance goes on to the next choice; false behind the last one.
func advance(at []int, choices [][]questionnaire.Answer) bool {
	for i := range at {
		if at[i]++; at[i] < len(choices[i]) {
			return true
		}
		at[i] = 0
	}
	return false
}

// meeting lists the answers to a question that meet the needs of a way, as far as the goal tells answers apart.
func (r *Report) meeting(w Way, goal *Condition, ref questionnaire.Ref) []questionnaire.Answer {
	q, now := r.Model.Set.Question(ref), r.answers.Answer(ref)
	named := &mentions{}
	if named.collect(goal, ref); len(named.options) > maxOptions {
		named = &mentions{}
		for _, n := range w {
			named.collect(n.Part, ref)
		}
	}
	for _, o := range now.Options {
		if q.Type == questionnaire.Multi && len(named.options) < maxOptions && !slices.Contains(named.options, o) {
			named.options = append(named.options, o)
		}
	}
	if q.Type == questionnaire.Multi && len(named.options) > maxNamed {
		return nil
	}
	return slices.DeleteFunc(named.answers(q), func(a questionnaire.Answer) bool {
		return slices.ContainsFunc(w, func(n Need) bool { return n.Part.Question == ref && n.Part.ask(a) != truth(n.Want) })
	})
}

// changing answers like the client, but for some questions.
type changing struct {
	Answers
	changed map[questionnaire.Ref]questionnaire.Answer
}

// Received is true of a questionnaire one of whose answers changes: to answer it is to send it.
func (c changing) Received(form string) bool {
	for ref := range c.changed {
		if ref.Questionnaire == form {
			return true
		}
	}
	return c.Answers.Received(form)
}

func (c changing) Answer(ref questionnaire.Ref) questionnaire.Answer {
	if a, ok := c.changed[ref]; ok {
		a.Ref = ref
		return a
	}
	return c.Answers.Answer(ref)
}

// ReadWith gives the reading of a control as it would be with another answer to one question.
func (r *Report) ReadWith(c *Control, a questionnaire.Answer) Reading {
	answers := changing{r.answers, map[questionnaire.Ref]questionnaire.Answer{a.Ref: a}}
	now := r.Model.read(c, answers)
	if len(r.Model.contradicting(c, answers)) > 0 {
		now.State, now.Level = Contradictory, 0
	}
	return now
}
