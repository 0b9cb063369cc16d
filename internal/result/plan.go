package result

import (
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/vault"
)

// PlanSchema is the name and version of the document of one client's roadmap.
const PlanSchema = "synth/plan/v1"

// Plan is one client's roadmap, and the answer to what-if where that was asked. Client, as-of and score are null where
// the run failed before there was a client: the problems say why.
type Plan struct {
	Schema   string      `json:"schema"`
	Model    Model       `json:"model"`
	Client   *ClientHead `json:"client"`
	AsOf     *string     `json:"as_of"`
	Score    *Score      `json:"score"`
	Actions  []Action    `json:"actions"` // by horizon, then rank
	WhatIf   *WhatIf     `json:"what_if"` // null where nothing was asked
	Written  *Written    `json:"written"` // null unless a plan was written
	Problems []Problem   `json:"problems"`
}

// WhatIf is the answer to what actions would bring.
type WhatIf struct {
	Target  *int     `json:"target"`
	Budget  *int     `json:"budget"`  // half-days
	Do      []string `json:"do"`      // the actions supposed done, as asked
	Missing []Need   `json:"missing"` // what those need that is neither done nor supposed
	Blocked []Need   `json:"blocked"` // actions that cannot be chosen, since what they need was abandoned
	Start   *int     `json:"start"`   // the projected score before anything is chosen; null where no score can be shown
	Reached *bool    `json:"reached"` // null without a target, or without a score
	Choice  *Choice  `json:"choice"`  // null where no score can be shown
	Next    *Next    `json:"next"`    // what little more would bring; null where nothing brings more
	Steps   []Step   `json:"steps"`   // by effort
}

// Need is a prerequisite of an action.
type Need struct {
	Action   string `json:"action"`
	Requires string `json:"requires"`
}

// Choice is a set of actions. Where it is not exact, no set costs less than least, and none brings more than most.
type Choice struct {
	Actions  []string `json:"actions"` // the roadmap's order, the supposed ones left out
	Effort   int      `json:"effort"`
	Score    int      `json:"score"`
	Best     int      `json:"best"`
	CappedBy []string `json:"capped_by"` // only where the cap binds
	Exact    bool     `json:"exact"`
	Least    int      `json:"least"`
	Most     int      `json:"most"`
}

// Next is the choice for a little more effort, against the choice it is next to.
type Next struct {
	Effort int      `json:"effort"` // the further half-days
	Score  int      `json:"score"`
	Add    []string `json:"add"`
	Drop   []string `json:"drop"`
}

// Step is an effort from which on the best score is higher.
type Step struct {
	Effort int `json:"effort"`
	Score  int `json:"score"`
}

// Written is what became of the roadmap's note.
type Written struct {
	Note    string   `json:"note"`
	Marked  []string `json:"marked"`
	Already []string `json:"already"`
	Missing []string `json:"missing"`
	Others  []string `json:"others"`
}

// NewPlan starts the document of a plan without a client.
func NewPlan(m *assess.Model, problems []vault.Problem) Plan {
	d := NewDocument(m, problems)
	return Plan{Schema: PlanSchema, Model: d.Model, Actions: []Action{}, Problems: d.Problems}
}

// Of fills in a client's roadmap.
func (p *Plan) Of(r *assess.Report, roadmap *plan.Roadmap) {
	c := New(r, roadmap, nil)
	p.Client, p.AsOf, p.Score, p.Actions = &c.Client, c.AsOf, &c.Score, c.Actions
}

// Needs lists prerequisites.
func Needs(list []plan.Need) []Need {
	return each(list, func(n plan.Need) Need { return Need{n.Action, n.Requires} })
}

// Steps lists steps.
func Steps(list []plan.Step) []Step {
	return each(list, func(s plan.Step) Step { return Step{s.Effort, s.Score} })
}
