package main

import (
	"fmt"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// compareView is what the screen of compare can reach.
type compareView struct {
	Narrow       bool // too narrow for a table
	Code         string
	Name         vault.Untrusted
	Rounds       []string // the days on which assessments began
	Dated        bool     // the flags name a day
	Trend        bool     // there are two assessments; else all below is empty
	Before, Now  sideView
	Moved        int // by the answers
	Model        *modelView
	Domains      []domainMoveView
	Shifts       []shiftsView // only directions in which something moved
	Risks        []riskMoveView
	Added, Gone  []actionNameView
	Asked        []compose.Markdown // questions that are new
	Settled      []compose.Markdown
	OpenQuestion int
}

// sideView is a score on one day.
type sideView struct {
	Day         string
	Shown       bool
	Final, Best int
	Priority    assess.Priority
	Assessed    bool
}

// modelView is what the model's change moved.
type modelView struct {
	Then, Share int
	Version     string // of the model then
	Today       string
}

type domainMoveView struct {
	Emoji       string
	Title       compose.Markdown
	Before, Now sideView
	Moved       int
}

type shiftsView struct {
	Direction assess.Direction
	Findings  []shiftView
}

type shiftView struct {
	Label         compose.Markdown
	Before, After *levelView
}

// levelView is what a finding was. A hypothesis has no level.
type levelView struct {
	Kind       assess.Kind
	Hypothesis bool
	Level      int
}

type riskMoveView struct {
	Emoji         string // of its domain
	Title         compose.Markdown
	Before, After int // severity, 0 for none
}

type actionNameView struct {
	Title   compose.Markdown
	Horizon assess.Horizon
}

// showComparison prints the result.
func (a *app) showComparison(b *builder, o compareOptions, c *comparison) error {
	if o.json {
		return a.printJSON(c.document(b))
	}
	drawing := a.drawing(o.color)
	markdown, err := b.composer.Screen("compare", c.view(drawing.Width < tableWidth))
	if err != nil {
		return err
	}
	screen, err := render.Markdown(markdown, drawing)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, screen)
	return err
}

// document is what --json prints.
func (c *comparison) document(b *builder) result.Comparison {
	head := result.NewClientHead(c.client.report)
	d := result.Comparison{Schema: result.CompareSchema, Model: result.NewModel(b.model), Client: &head}
	problems := b.problems
	if c.trend == nil {
		problems = append(problems, vault.Problem{Severity: vault.Warning, Code: "nothing_to_compare",
			Message: "the client has no two assessments on these days", Hint: "assessments began on " + strings.Join(c.rounds, ", ")})
	} else {
		d.Comparison = result.NewCompared(c.trend, c.before.Actions, c.now.Actions)
		d.Comparison.Difference.Model, d.Comparison.Difference.Recorded = c.model, c.recorded
	}
	d.Problems = result.NewProblems(problems)
	return d
}

// view is what the screen tells.
func (c *comparison) view(narrow bool) compareView {
	client := c.client.report.Engagement.Client
	v := compareView{Narrow: narrow, Code: strings.ToUpper(client.Code), Name: client.Name(), Rounds: c.rounds, Dated: c.dated, Trend: c.trend != nil}
	if c.trend == nil {
		return v
	}
	t := c.trend
	v.Before, v.Now = side(t.Before.Score), side(t.Now.Score)
	v.Before.Day, v.Now.Day = t.Previous, t.Date
	v.Moved = t.ByAnswers()
	if c.model != nil {
		v.Model = &modelView{c.recorded.Final, *c.model, c.recorded.Version, t.Now.Model.Version}
	}
	for i, d := range t.Now.Domains {
		was := t.Before.Domains[i]
		if d.Score.Confidence == assess.NothingToAssess && was.Score.Confidence == assess.NothingToAssess || !d.Assessed && !was.Assessed {
			continue
		}
		move := domainMoveView{Emoji: d.Domain.Emoji, Title: words(d.Domain.Title), Before: side(was.Score), Now: side(d.Score)}
		move.Before.Priority, move.Before.Assessed = was.Priority, was.Assessed
		move.Now.Priority, move.Now.Assessed = d.Priority, d.Assessed
		move.Moved = d.Score.Final - was.Score.Final
		v.Domains = append(v.Domains, move)
	}
	v.Shifts = shifts(t)
	for _, s := range t.RiskShifts() {
		move := riskMoveView{Emoji: t.Now.Model.Domain(s.Risk().Risk.Domain).Emoji, Title: compose.Markdown(s.Risk().Title.Markdown)}
		if s.Before != nil {
			move.Before = s.Before.Severity
		}
		if s.After != nil {
			move.After = s.After.Severity
		}
		v.Risks = append(v.Risks, move)
	}
	v.Added, v.Gone = actionNames(plan.Beside(c.now.Actions, c.before.Actions)), actionNames(plan.Beside(c.before.Actions, c.now.Actions))
	added, settled, open := t.QuestionShifts()
	v.Asked, v.Settled, v.OpenQuestion = c.labels(added), c.labels(settled), len(open)
	return v
}

// words makes words of the catalogue fit for a screen.
func words(text string) compose.Markdown { return compose.Markdown(vault.Escape(text)) }

func side(s assess.Score) sideView {
	return sideView{Shown: s.Shown(), Final: s.Final, Best: s.Best}
}

// shifts groups what moved by its direction.
func shifts(t *assess.Trend) []shiftsView {
	var out []shiftsView
	for _, direction := range assess.Directions() {
		group := shiftsView{Direction: direction}
		for _, s := range t.Shifts() {
			if s.Direction == direction {
				group.Findings = append(group.Findings, shiftView{words(s.Finding().Label), standing(s.Before), standing(s.After)})
			}
		}
		if len(group.Findings) > 0 {
			out = append(out, group)
		}
	}
	return out
}

func standing(f *assess.Finding) *levelView {
	if f == nil {
		return nil
	}
	return &levelView{f.Kind, f.Hypothesis, f.Reading.Level}
}

func actionNames(actions []plan.Action) []actionNameView {
	var out []actionNameView
	for _, a := range actions {
		out = append(out, actionNameView{compose.Markdown(a.Title.Markdown), a.Horizon})
	}
	return out
}

// labels are what questions ask.
func (c *comparison) labels(questions []assess.Question) []compose.Markdown {
	var out []compose.Markdown
	for _, q := range questions {
		out = append(out, words(c.trend.Now.Model.Set.Question(q.Ref).Label))
	}
	return out
}
