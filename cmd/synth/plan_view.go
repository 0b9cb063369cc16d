package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/vault"
)

// planWidth is the width below which the seven columns of the roadmap would break most titles.
const planWidth = 118

// planView is what the screen of plan can reach. Titles are words of the catalogue, in which names are escaped.
type planView struct {
	Narrow    bool
	Code      string
	Name      vault.Untrusted
	Score     planScore
	Projected int
	Coverage  int
	Missing   []compose.Markdown // titles of the questionnaires that were not received, where there is no score
	Questions int                // to send back
	Gantt     bool
	Chart     []chartSection
	Sections  []planSection
	Asked     bool
	Answer    *answerView
	Written   *writtenView
	Unwritten bool // a plan was to be written, and none was
}

type planScore struct {
	Shown       bool
	Final, Best int
}

type planSection struct {
	Horizon assess.Horizon
	Actions []planAction
}

type planAction struct {
	Rank    int
	Title   compose.Markdown
	Verify  bool
	Owner   string
	Effort  int
	Due     string // YYYY-MM-DD, or empty
	Status  plan.Status
	Benefit int
	Horizon assess.Horizon
}

// answerView is what the screen can reach of an answer to what-if.
type answerView struct {
	HasTarget, HasBudget bool
	Target, Budget       int
	Start                int // the score before anything is chosen
	Reached              bool
	Possible             bool // not reached, and not known to be out of reach
	Choice               choiceView
	Needed               *choiceView
	Next                 *nextView
	Supposed             []compose.Markdown
	Missing, Blocked     []needView
	Cap                  int                // where the cap binds
	Open, Unknown        []compose.Markdown // the findings that set it, and the hypotheses
}

type choiceView struct {
	Effort, Score, Best int
	Exact               bool
	Least, Most         int
	Actions             []planAction
}

type nextView struct {
	Effort, Score, Gain int
	Add, Drop           []compose.Markdown
}

type needView struct{ Title, Requires compose.Markdown }

type writtenView struct {
	Note                     vault.Untrusted
	Marked, Already, Missing []compose.Markdown
	Others                   []compose.Markdown
}

// show prints the result on stdout, in the form that was asked for.
func (p *planner) show(a *app) error {
	if p.options.json {
		return a.printJSON(p.document())
	}
	view, err := p.view()
	if err != nil {
		return fault("plan_failed", err.Error(), "")
	}
	screen, err := p.draw("plan", view, p.drawing)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, screen)
	return err
}

// view puts the screen together.
func (p *planner) view() (*planView, error) {
	r, roadmap := p.one.report, p.one.roadmap
	view := &planView{Narrow: p.drawing.Width < planWidth, Code: strings.ToUpper(r.Engagement.Client.Code), Name: r.Engagement.Client.Name(),
		Score: planScore{r.Score.Shown(), r.Score.Final, r.Score.Best}, Projected: roadmap.Projected.Final, Coverage: r.Score.Coverage,
		Questions: len(r.Questions), Gantt: p.options.gantt, Asked: p.options.asked(),
		Unwritten: p.options.write && p.written == nil}
	if !r.Score.Shown() {
		view.Missing = missingForms(r)
	}
	shown := func(plan.Action) bool { return true }
	if p.answer != nil {
		view.Answer = p.answerView()
		shown = func(a plan.Action) bool { return slices.Contains(p.answer.choice.Actions, a.Action.ID) }
	}
	if p.written != nil {
		w := p.written
		view.Written = &writtenView{vault.Received(w.Change.Path), p.titles(w.Marked), p.titles(w.Already), p.titles(w.Missing), p.titles(w.Others)}
	}
	if p.options.gantt {
		var err error
		view.Chart, err = p.chart(shown)
		return view, err
	}
	for _, h := range assess.Horizons() {
		section := planSection{Horizon: h}
		for _, a := range roadmap.Actions {
			if a.Horizon == h {
				section.Actions = append(section.Actions, newPlanAction(a))
			}
		}
		view.Sections = append(view.Sections, section)
	}
	return view, nil
}

// missingForms lists the questionnaires without which a domain is not assessed, unless they may be done without.
func missingForms(r *assess.Report) []compose.Markdown {
	var out []compose.Markdown
	for _, d := range r.Domains {
		if q := r.Model.Set.Questionnaire(d.Domain.Questionnaire); !d.Assessed && !q.Optional {
			out = append(out, compose.Markdown(vault.Escape(q.Title)))
		}
	}
	return out
}

func newPlanAction(a plan.Action) planAction {
	return planAction{a.Rank, compose.Markdown(a.Title.Markdown), a.Verify, a.Action.Owner, a.Action.Effort, a.Due, a.Status, a.Benefit, a.Horizon}
}

func (p *planner) answerView() *answerView {
	a, o := p.answer, p.options
	view := &answerView{HasTarget: o.hasTarget, HasBudget: o.hasBudget, Target: o.target, Budget: o.budget, Start: a.Now().Score,
		Reached: a.reached, Choice: p.choiceView(a.choice), Supposed: p.titles(a.Supposed), Missing: p.needs(a.Missing), Blocked: p.needs(a.Blocked)}
	view.Choice.Best = a.score.Best
	view.Possible = !a.reached && a.needed == nil && a.choice.Most >= o.target
	if a.needed != nil {
		needed := p.choiceView(*a.needed)
		view.Needed = &needed
	}
	if a.next != nil {
		add, drop := a.against()
		view.Next = &nextView{a.next.Effort - a.choice.Effort, a.next.Score, a.next.Score - a.choice.Score, p.titles(add), p.titles(drop)}
	}
	if a.score.Binds() {
		view.Cap = a.score.Cap
		for _, h := range a.Holding(a.choice.Actions) {
			label := compose.Markdown(vault.Escape(h.Label))
			if h.Unknown {
				view.Unknown = append(view.Unknown, label)
			} else {
				view.Open = append(view.Open, label)
			}
		}
	}
	return view
}

func (p *planner) choiceView(c plan.Choice) choiceView {
	view := choiceView{Effort: c.Effort, Score: c.Score, Best: c.Score, Exact: c.Exact, Least: c.Least, Most: c.Most}
	for _, id := range c.Actions {
		view.Actions = append(view.Actions, newPlanAction(*p.one.roadmap.Action(id)))
	}
	return view
}

// titles names actions; one that the roadmap does not propose too.
func (p *planner) titles(ids []string) []compose.Markdown {
	out := make([]compose.Markdown, len(ids))
	for i, id := range ids {
		title, _, _, err := p.one.report.ActionWords(id)
		if out[i] = compose.Markdown(title.Markdown); err != nil {
			out[i] = compose.Markdown(vault.Escape(id))
		}
	}
	return out
}

func (p *planner) needs(list []plan.Need) []needView {
	out := make([]needView, len(list))
	for i, n := range list {
		titles := p.titles([]string{n.Action, n.Requires})
		out[i] = needView{titles[0], titles[1]}
	}
	return out
}
