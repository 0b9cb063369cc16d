package explain

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
)

// Action is a measure: what calls for it, what it brings, and why it stands where it does. Horizon, rank, due and
// status are null where it is not proposed.
type Action struct {
	Domain     Named      `json:"domain"`
	Own        string     `json:"own_horizon"`
	Horizon    Word       `json:"horizon"`
	PulledBy   []Named    `json:"pulled_by"` // the actions of that horizon that require it
	Rank       *int       `json:"rank"`
	Effort     int        `json:"effort"` // half-days
	Owner      string     `json:"owner"`
	Due        Word       `json:"due"`
	DueFrom    Word       `json:"due_from"` // the day that the months count from; null where somebody wrote another due date
	Months     int        `json:"months"`
	Charted    Word       `json:"charted_from"` // the day on which it begins in the chart; null where it is not drawn
	Status     Word       `json:"status"`
	Verify     bool       `json:"verify"`
	OnUnknown  bool       `json:"on_unknown"`
	Settled    bool       `json:"settled"` // done or abandoned, and nothing calls for it any more
	Requires   []Required `json:"requires"`
	Raises     []Raise    `json:"raises"`
	Benefit    int        `json:"benefit"` // the sum of the gains that count
	Worst      int        `json:"worst"`
	Ratio      *Ratio     `json:"ratio"` // benefit per half-day, times a hundred
	Answers    []Answer   `json:"answers"`
	Before     Interval   `json:"before"`
	After      Interval   `json:"after"` // the client's score with this action done, and no other
	References []Cited    `json:"references"`
}

// Required is an action that comes first. One that is not proposed counts as done.
type Required struct {
	Named
	Proposed bool `json:"proposed"`
}

// Raise is a control that the action brings to a level. It counts where the finding is open and below it.
type Raise struct {
	Named
	Kind   Word `json:"kind"`
	Level  *int `json:"level"`
	Target int  `json:"target"`
	Before int  `json:"before"` // the severity now
	After  int  `json:"after"`
	Gain   int  `json:"gain"`
	Counts bool `json:"counts"`
}

// Interval is a score as it is shown; the numbers are null where there are none.
type Interval struct {
	Final *int `json:"final"`
	Best  *int `json:"best"`
}

func interval(s assess.Score) Interval {
	if !s.Shown() {
		return Interval{}
	}
	return Interval{&s.Final, &s.Best}
}

func (s Source) action(e *Explanation) error {
	if err := s.state(e); err != nil {
		return err
	}
	i := slices.IndexFunc(s.model().Actions, func(a assess.Action) bool { return a.ID == e.ID })
	a := s.model().Actions[i]
	_, after := s.Report.Project(raising(a))
	out := &Action{Domain: s.domainNamed(a.Domain), Own: string(a.Horizon), Effort: a.Effort, Owner: a.Owner, OnUnknown: a.OnUnknown,
		PulledBy: []Named{}, Requires: []Required{}, Raises: []Raise{}, References: []Cited{}, Answers: []Answer{},
		Before: interval(s.Report.Score), After: interval(after)}
	for _, id := range a.Requires {
		out.Requires = append(out.Requires, Required{s.named(id), s.proposes(id)})
	}
	var cited []string
	for _, raise := range a.Raises {
		one := s.raise(raise)
		out.Raises = append(out.Raises, one)
		if one.Counts {
			cited = append(cited, s.model().Control(raise.Control).References...)
		}
	}
	slices.Sort(cited)
	out.References = s.cited(slices.Compact(cited))
	if found := s.action1(e.ID); found != nil {
		e.Shown = true
		s.place(out, found)
	}
	e.Action = out
	return nil
}

// raising is what an action does to the controls.
func raising(a assess.Action) map[string]int {
	out := map[string]int{}
	for _, raise := range a.Raises {
		out[raise.Control] = raise.Level
	}
	return out
}

func (s Source) proposes(id string) bool {
	return slices.ContainsFunc(s.Roadmap.Actions, func(a plan.Action) bool { return a.Action.ID == id })
}

func (s Source) raise(raise assess.Raise) Raise {
	out := Raise{Named: s.named(raise.Control), Target: raise.Level}
	f := s.Report.Finding(raise.Control)
	if f == nil {
		return out
	}
	out.Kind, out.Before, out.After = Word(f.Kind), f.Severity, min(f.Severity, assess.Severity(f.Gravity, raise.Level))
	if !f.Hypothesis {
		level := f.Reading.Level
		out.Level = &level
	}
	if out.Counts = f.Open() && f.Reading.Level < raise.Level; out.Counts {
		out.Gain = out.Before - out.After
	}
	return out
}

// place tells where an action stands in the roadmap.
func (s Source) place(out *Action, a *plan.Action) {
	out.Horizon, out.Status, out.Due = Word(a.Horizon), Word(a.Status), Word(a.Due)
	if due, err := plan.Due(s.Roadmap.AsOf, a.Horizon); err == nil && due == a.Due {
		out.DueFrom, out.Months = Word(s.Roadmap.AsOf), a.Horizon.Months()
	}
	out.Settled = !s.proposes(a.Action.ID)
	if out.Settled {
		return
	}
	if start, err := plan.Start(s.Roadmap.AsOf, a.Horizon); err == nil && a.Due != "" && a.Status != plan.Abandoned {
		out.Charted = Word(min(start, a.Due))
	}
	out.Rank, out.Verify, out.Benefit, out.Worst = &a.Rank, a.Verify, a.Benefit, a.Worst
	ratio := newRatio(100*a.Benefit, a.Action.Effort)
	out.Ratio = &ratio
	out.Answers = s.answers(s.findingRefs(a.Findings))
	if a.Horizon == a.Action.Horizon {
		return
	}
	for _, other := range s.Roadmap.Actions {
		if other.Horizon == a.Horizon && slices.Contains(other.Action.Requires, a.Action.ID) {
			out.PulledBy = append(out.PulledBy, Named{other.Action.ID, Text(other.Title.Text)})
		}
	}
}
