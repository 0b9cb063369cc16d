package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// WhatIf answers what a client's actions would bring: the score of any set of them, and the best sets. A set to be found
// holds actions of the roadmap that are not done and not abandoned, each with the prerequisites that the roadmap
// proposes, unless they are done or supposed to be.
type WhatIf struct {
	// Supposed are the actions that are supposed done, in the order in which they were given, each once.
	Supposed []string
	// Missing are the prerequisites of those, and theirs in turn, that the roadmap proposes and that are neither done
	// nor among them.
	Missing []Need
	// Blocked are actions that no set holds, since what they need was abandoned.
	Blocked []Need

	report  *assess.Report
	roadmap *Roadmap
	search  *search
	front   []node // sets in their order, each with a higher score than the one before
	bounds  []node // where not every set was followed
}

// Need is a prerequisite of an action.
type Need struct{ Action, Requires string }

// Choice is a set of actions that a question found.
type Choice struct {
	Actions []string // in the roadmap's order
	Effort  int      // half-days, without those of the supposed actions
	Score   int      // the projected global score
	// Exact tells that no set is better. Otherwise no set that reaches the target costs less than Least, and none
	// within the budget brings more than Most.
	Exact       bool
	Least, Most int
}

// Step is a point at which more effort brings a higher score.
type Step struct{ Effort, Score int }

// Ask prepares the answers for a client whose score can be shown, with actions supposed done. Their ids are those of
// any actions of the model.
func Ask(r *assess.Report, roadmap *Roadmap, supposed []string) *WhatIf {
	return ask(r, roadmap, supposed, breadth)
}

func ask(r *assess.Report, roadmap *Roadmap, supposed []string, breadth int) *WhatIf {
	w := &WhatIf{report: r, roadmap: roadmap}
	for _, id := range supposed {
		if !slices.Contains(w.Supposed, id) {
			w.Supposed = append(w.Supposed, id)
		}
	}
	w.Missing = w.missing()
	w.search = newSearch(newProjection(r, w.raised(nil)), w.candidates(), breadth)
	for _, n := range w.search.frontier() {
		if n.bound {
			w.bounds = append(w.bounds, n)
		} else {
			w.front = append(w.front, n)
		}
	}
	return w
}

// done tells of an action that is done or supposed to be.
func (w *WhatIf) done(a Action) bool {
	return a.Status == Done || slices.Contains(w.Supposed, a.Action.ID)
}

// missing lists what the supposed actions need, and what that needs in turn.
func (w *WhatIf) missing() []Need {
	var out []Need
	asked := slices.Clone(w.Supposed)
	for at := 0; at < len(asked); at++ {
		i := slices.IndexFunc(w.report.Model.Actions, func(a assess.Action) bool { return a.ID == asked[at] })
		if i < 0 {
			continue
		}
		for _, id := range w.report.Model.Actions[i].Requires {
			need := w.roadmap.Action(id)
			if need == nil || w.done(*need) {
				continue
			}
			out = append(out, Need{asked[at], id})
			if !slices.Contains(asked, id) {
				asked = append(asked, id)
			}
		}
	}
	return out
}

// candidates lists the actions that may be chosen, and sets those apart that an abandoned one blocks.
func (w *WhatIf) candidates() []*assess.Action {
	open := map[string]*assess.Action{}
	for _, a := range w.roadmap.Actions {
		if !w.done(a) && a.Status != Abandoned {
			open[a.Action.ID] = a.Action
		}
	}
	for found := true; found; {
		found = false
		for _, a := range w.roadmap.Actions {
			if open[a.Action.ID] == nil {
				continue
			}
			for _, id := range a.Action.Requires {
				if need := w.roadmap.Action(id); need != nil && open[id] == nil && !w.done(*need) {
					w.Blocked = append(w.Blocked, Need{a.Action.ID, id})
					delete(open, a.Action.ID)
					found = true
					break
				}
			}
		}
	}
	slices.SortFunc(w.Blocked, func(a, b Need) int { return cmp.Compare(a.Action, b.Action) })
	var out []*assess.Action
	for _, a := range open {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b *assess.Action) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// raised gives the levels to which the done, the supposed and some further actions raise controls.
func (w *WhatIf) raised(further []string) map[string]int {
	raised := w.roadmap.raised()
	for i := range w.report.Model.Actions {
		if a := &w.report.Model.Actions[i]; slices.Contains(w.Supposed, a.ID) || slices.Contains(further, a.ID) {
			raise(raised, a)
		}
	}
	return raised
}

// Project gives the scores as the report would show them with the supposed and some further actions done.
func (w *WhatIf) Project(further []string) assess.Score {
	_, score := w.report.Project(w.raised(further))
	return score
}

// Now is the choice of nothing: the score with what is done or supposed done.
func (w *WhatIf) Now() Choice { return w.choice(w.front[0]) }

// Target finds the set of least effort whose projected score reaches a number, the first by count and by ids among
// several; false where none does. The choice then is the one of the highest score.
func (w *WhatIf) Target(score int) (Choice, bool) {
	i := slices.IndexFunc(w.front, func(n node) bool { return n.at[0].points >= score })
	if i < 0 {
		return w.Best(), false
	}
	c := w.choice(w.front[i])
	c.Exact, c.Least = true, c.Effort
	for _, b := range w.bounds {
		if b.at[0].points >= score && b.effort <= c.Effort {
			c.Exact, c.Least = false, min(c.Least, b.effort)
		}
	}
	return c, true
}

// Budget finds the highest projected score within so many half-days, and of the sets that have it the one of least
// effort, the first by count and by ids among several.
func (w *WhatIf) Budget(effort int) Choice {
	best := w.front[0]
	for _, n := range w.front {
		if n.effort <= effort {
			best = n
		}
	}
	c := w.choice(best)
	for _, b := range w.bounds {
		if points := b.at[0].points; b.effort <= effort && points >= c.Score {
			c.Exact = c.Exact && points == c.Score && b.effort > c.Effort
			c.Most = max(c.Most, points)
		}
	}
	return c
}

// Best is the choice of the highest score, whatever the effort.
func (w *WhatIf) Best() Choice {
	effort := 0
	for _, o := range w.search.options {
		effort += o.effort
	}
	return w.Budget(effort)
}

// Steps lists the efforts at which the best score grows, from the score without any.
func (w *WhatIf) Steps() []Step {
	var out []Step
	for _, n := range w.front {
		step := Step{n.effort, n.at[0].points}
		if len(out) > 0 && out[len(out)-1].Effort == step.Effort {
			out[len(out)-1] = step
			continue
		}
		out = append(out, step)
	}
	return out
}

// Visited tells how many sets of actions, and pairs of them, the search looked at.
func (w *WhatIf) Visited() int { return w.search.visited }

func (w *WhatIf) choice(n node) Choice {
	c := Choice{Effort: n.effort, Score: n.at[0].points, Exact: true, Least: n.effort, Most: n.at[0].points}
	ids := map[string]bool{}
	for _, i := range n.chosen.members() {
		ids[w.search.options[i].id] = true
	}
	for _, a := range w.roadmap.Actions {
		if ids[a.Action.ID] {
			c.Actions = append(c.Actions, a.Action.ID)
		}
	}
	return c
}

// String names the choice for tests and logs.
func (c Choice) String() string { return fmt.Sprintf("%d for %d: %v", c.Score, c.Effort, c.Actions) }

// Holding is a finding that caps the projected score.
type Holding struct {
	ID, Label string
	Unknown   bool // nobody knows: an answer may lift the cap
}

// Holding lists the findings that still cap the projected score with the supposed and some further actions done.
func (w *WhatIf) Holding(further []string) []Holding {
	raised := w.raised(further)
	var out []Holding
	for _, id := range w.Project(further).CappedBy {
		f := w.report.Finding(id)
		_, known := raised[id]
		out = append(out, Holding{id, f.Label, f.Hypothesis && !known})
	}
	return out
}
