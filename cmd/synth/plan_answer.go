package main

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// outlook is how many half-days more are looked at beside an answer.
const outlook = 3

// planner carries one run of plan.
type planner struct {
	*builder
	options planOptions
	drawing render.Options
	one     *built
	answer  *answer              // nil where nothing was asked, or no score can be shown
	written *compose.Prioritised // nil unless a plan was to be written
	hasNote bool                 // there is a roadmap's note
}

// answer is what a what-if question gets.
type answer struct {
	*plan.WhatIf
	choice  plan.Choice
	score   assess.Score // as the report would show it
	reached bool
	needed  *plan.Choice // what reaches the target, where that is beyond the budget
	next    *plan.Choice // for a little more, nil where nothing brings more
}

// answerTo asks what the flags ask.
func answerTo(o planOptions, one *built) *answer {
	a := &answer{WhatIf: plan.Ask(one.report, one.roadmap, o.do), reached: true}
	switch {
	case o.hasTarget:
		if a.choice, a.reached = a.Target(o.target); a.reached && o.hasBudget && a.choice.Effort > o.budget {
			needed := a.choice
			a.needed, a.reached = &needed, false
		}
		if o.hasBudget && !a.reached {
			a.choice = a.Budget(o.budget)
		}
	case o.hasBudget:
		a.choice = a.Budget(o.budget)
	default:
		a.choice = a.Now()
	}
	a.score = a.Project(a.choice.Actions)
	a.next = a.further()
	return a
}

// further looks for what a few half-days more would bring; where they bring nothing, for the next higher score.
func (a *answer) further() *plan.Choice {
	if more := a.Budget(a.choice.Effort + outlook); more.Score > a.choice.Score {
		return &more
	}
	if more, found := a.Target(a.choice.Score + 1); found {
		return &more
	}
	return nil
}

// against gives what the next choice adds and drops.
func (a *answer) against() (add, drop []string) {
	less := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(id string) bool { return slices.Contains(other, id) })
	}
	return less(a.next.Actions, a.choice.Actions), less(a.choice.Actions, a.next.Actions)
}

// status is the exit status of a run without errors.
func (p *planner) status() int {
	switch {
	case p.options.asked() && (p.answer == nil || !p.answer.reached):
		return exitNotSo
	case p.options.write && (!p.hasNote || p.written == nil || len(p.written.Missing) > 0):
		return exitNotSo
	}
	return exitDone
}

// write marks the chosen actions, with those supposed done, in the roadmap's note.
func (p *planner) write() {
	if p.answer == nil || !p.answer.reached {
		return
	}
	fail := func(problem vault.Problem) { p.problems = append(p.problems, problem) }
	client := p.one.report.Engagement.Client.Code
	chosen := append(slices.Clone(p.answer.Supposed), p.answer.choice.Actions...)
	written, found, err := p.places.Prioritise(client, chosen, p.actionIDs())
	switch {
	case err != nil:
		fail(vault.Problem{Severity: vault.Error, Code: "roadmap_unreadable", Message: err.Error()})
		return
	case !found:
		fail(vault.Problem{Severity: vault.Warning, Code: "roadmap_missing", Message: "the client has no roadmap note yet: nothing is written",
			Hint: "run synth build, then this again"})
		return
	}
	p.hasNote = true
	for _, id := range written.Missing {
		fail(vault.Problem{Path: written.Change.Path, Severity: vault.Warning, Code: "action_line_missing",
			Message: "no line of the note ends in the id of " + id + ": it is not marked", Hint: "run synth build, or restore the line"})
	}
	p.apply(client, &written)
}

// apply writes the note, unless there is nothing to write.
func (p *planner) apply(client string, written *compose.Prioritised) {
	if len(written.Marked) > 0 {
		problem, incomplete := p.incomplete()
		if incomplete {
			p.problems = append(p.problems, problem)
			return
		}
		session, problems := vault.Begin(p.vault, p.settings.Keep)
		p.problems = append(p.problems, problems...)
		if session == nil {
			return
		}
		if len(session.Swept()) > 0 {
			p.problems = append(p.problems, vault.Problem{Severity: vault.Warning, Code: "interrupted",
				Message: "an earlier run was interrupted", Hint: "synth build completes it"})
		}
		failed := session.Apply(client, []vault.Change{written.Change})
		p.problems = append(append(p.problems, failed...), session.Close()...)
		if len(failed) > 0 {
			return
		}
	}
	p.written = written
}

// document is the run's result in JSON.
func (p *planner) document() result.Plan {
	d := result.NewPlan(p.model, p.problems)
	d.Of(p.one.report, p.one.roadmap)
	if o := p.options; o.asked() {
		d.WhatIf = &result.WhatIf{Do: append([]string{}, o.do...), Missing: []result.Need{}, Blocked: []result.Need{}, Steps: []result.Step{}}
		if o.hasTarget {
			d.WhatIf.Target = &o.target
		}
		if o.hasBudget {
			d.WhatIf.Budget = &o.budget
		}
		if p.answer != nil {
			p.answer.fill(d.WhatIf)
		}
	}
	if w := p.written; w != nil {
		list := func(ids []string) []string { return append([]string{}, ids...) }
		d.Written = &result.Written{Note: w.Change.Path, Marked: list(w.Marked), Already: list(w.Already), Missing: list(w.Missing), Others: list(w.Others)}
	}
	return d
}

// fill writes the answer beside what was asked.
func (a *answer) fill(w *result.WhatIf) {
	start := a.Now().Score
	w.Start, w.Missing, w.Blocked, w.Steps = &start, result.Needs(a.Missing), result.Needs(a.Blocked), result.Steps(a.Steps())
	if w.Target != nil {
		w.Reached = &a.reached
	}
	c := a.choice
	w.Choice = &result.Choice{Actions: append([]string{}, c.Actions...), Effort: c.Effort, Score: c.Score, Best: a.score.Best,
		CappedBy: []string{}, Exact: c.Exact, Least: c.Least, Most: c.Most}
	if a.score.Binds() {
		w.Choice.CappedBy = append(w.Choice.CappedBy, a.score.CappedBy...)
	}
	if a.next != nil {
		add, drop := a.against()
		w.Next = &result.Next{Effort: a.next.Effort - c.Effort, Score: a.next.Score, Add: append([]string{}, add...), Drop: append([]string{}, drop...)}
	}
}
