// Package plan orders the actions that a report calls for into a roadmap: by horizon, by what is worst, by what an
// effort brings. The order is total, so that the same report always gives the same roadmap. It also answers what doing
// actions would bring, see [Ask].
package plan

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/synth-vault/synth/internal/assess"
)

// Status is where the consultant and the client stand with an action.
type Status string

// The statuses of actions.
const (
	ToDo      Status = "a_faire"
	Doing     Status = "en_cours"
	Done      Status = "fait"
	Abandoned Status = "abandonne"
)

// States are the statuses that a roadmap's ticks give, by action. An action that is not there is to do.
type States map[string]Status

// Action is a measure that a report calls for, with its place in the roadmap.
type Action struct {
	Action *assess.Action
	Title  assess.Sentence
	// Objective says in a few words what the action is for; Steps how to go about it.
	Objective assess.Sentence
	Steps     []assess.Sentence
	Horizon   assess.Horizon // the action's own, or the nearer one of an action that requires it
	Rank      int            // from 1 within the horizon
	// Benefit is the severity that the action takes off the open findings it raises.
	Benefit  int
	Worst    int      // the worst severity of those findings
	Findings []string // what calls for it, worst first: open findings, or hypotheses where Verify
	Verify   bool     // nobody knows whether it is needed: to be checked first
	Due      string   // YYYY-MM-DD
	Status   Status
}

// Roadmap is a client's actions in their order.
type Roadmap struct {
	AsOf    string // YYYY-MM-DD, the day the due dates count from; empty where the client answered nothing
	Actions []Action
	// Settled are the actions that were done or abandoned and that nothing calls for any more, by id.
	Settled []Action
	// Projected is the client's score with the done actions done, Domains each domain's in the model's order.
	Projected assess.Score
	Domains   []assess.DomainReport
}

// Build makes the roadmap of a report. States come from the roadmap's note; asOf is YYYY-MM-DD.
func Build(r *assess.Report, states States, asOf string) (*Roadmap, error) {
	actions, err := proposed(r, states)
	if err != nil {
		return nil, err
	}
	inherit(actions)
	order(actions)
	if err := schedule(actions, asOf); err != nil {
		return nil, err
	}
	settled, err := settled(r, states, actions)
	if err != nil {
		return nil, err
	}
	roadmap := &Roadmap{AsOf: asOf, Actions: actions, Settled: settled}
	roadmap.Domains, roadmap.Projected = r.Project(roadmap.raised())
	return roadmap, nil
}

// schedule gives actions, which come horizon by horizon, the days by which they are to be done.
func schedule(ordered []Action, asOf string) error {
	for i := range ordered {
		a := &ordered[i]
		if i > 0 && ordered[i-1].Horizon == a.Horizon {
			a.Due = ordered[i-1].Due
			continue
		}
		var err error
		if a.Due, err = Due(asOf, a.Horizon); err != nil {
			return err
		}
	}
	return nil
}

// Action gives the proposed action of that id, nil when there is none.
func (r *Roadmap) Action(id string) *Action {
	i := slices.IndexFunc(r.Actions, func(a Action) bool { return a.Action.ID == id })
	if i < 0 {
		return nil
	}
	return &r.Actions[i]
}

// raised gives the levels to which the done actions raise controls.
func (r *Roadmap) raised() map[string]int {
	raised := map[string]int{}
	for _, list := range [][]Action{r.Actions, r.Settled} {
		for _, a := range list {
			if a.Status == Done {
				raise(raised, a.Action)
			}
		}
	}
	return raised
}

func raise(levels map[string]int, a *assess.Action) {
	for _, r := range a.Raises {
		levels[r.Control] = max(levels[r.Control], r.Level)
	}
}

// settled gives the actions whose state is kept though nothing calls for them any more.
func settled(r *assess.Report, states States, proposed []Action) ([]Action, error) {
	var out []Action
	for i := range r.Model.Actions {
		a := Action{Action: &r.Model.Actions[i], Status: states[r.Model.Actions[i].ID]}
		if a.Status != Done && a.Status != Abandoned || holds(proposed, a.Action) {
			continue
		}
		a.Horizon = a.Action.Horizon
		var err error
		if a.Title, a.Objective, a.Steps, err = r.ActionWords(a.Action.ID); err != nil {
			return nil, fmt.Errorf("words of %s: %w", a.Action.ID, err)
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Action) int { return cmp.Compare(a.Action.ID, b.Action.ID) })
	return out, nil
}

// holds reports whether an action is among some.
func holds(actions []Action, one *assess.Action) bool {
	for i := range actions {
		if actions[i].Action == one {
			return true
		}
	}
	return false
}

// proposed gives the actions that the report calls for, in the model's order.
func proposed(r *assess.Report, states States) ([]Action, error) {
	out := make([]Action, 0, len(r.Model.Actions))
	for i := range r.Model.Actions {
		a := Action{Action: &r.Model.Actions[i], Horizon: r.Model.Actions[i].Horizon, Status: ToDo}
		if !a.call(r) {
			continue
		}
		if s, ok := states[a.Action.ID]; ok {
			a.Status = s
		}
		var err error
		if a.Title, a.Objective, a.Steps, err = r.ActionWords(a.Action.ID); err != nil {
			return nil, fmt.Errorf("words of %s: %w", a.Action.ID, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// call finds what calls for the action: open findings below the level it raises to, else, where the action is meant
// for that, what nobody knows in the assessed domains.
func (a *Action) call(r *assess.Report) bool {
	var room [8]*assess.Finding
	var unknown []string
	for _, f := range raisedFindings(room[:0], r, a.Action) {
		target, _ := a.Action.RaisesTo(f.ID)
		switch {
		case f.Open() && f.Reading.Level < target:
			a.Findings = append(a.Findings, f.ID)
			a.Worst = max(a.Worst, f.Severity)
			a.Benefit += f.Severity - assess.Severity(f.Gravity, target)
		case f.Hypothesis && a.Action.OnUnknown && r.Assessed(f.Control.Domain):
			unknown = append(unknown, f.ID)
		}
	}
	if len(a.Findings) == 0 {
		a.Findings, a.Verify = unknown, true
	}
	return len(a.Findings) > 0
}

// raisedFindings adds the findings of the controls that an action raises, each once, in the report's order.
func raisedFindings(list []*assess.Finding, r *assess.Report, a *assess.Action) []*assess.Finding {
	for _, raise := range a.Raises {
		if f := r.Finding(raise.Control); f != nil && !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, (*assess.Finding).Compare)
	return list
}

// inherit moves every prerequisite that is itself proposed to the nearest horizon of what requires it.
func inherit(actions []Action) {
	index := map[string]int{}
	for i, a := range actions {
		index[a.Action.ID] = i
	}
	for moved := true; moved; {
		moved = false
		for _, a := range actions {
			for _, id := range a.Action.Requires {
				i, ok := index[id]
				if ok && place(actions[i].Horizon) > place(a.Horizon) {
					actions[i].Horizon, moved = a.Horizon, true
				}
			}
		}
	}
}

func place(h assess.Horizon) int { return slices.Index(assess.Horizons(), h) }

// Start is the day on which the actions of a horizon begin: that by which those of the horizon before are to be done, the
// as-of date for the first. It fails like [Due].
func Start(asOf string, h assess.Horizon) (string, error) {
	if before := place(h) - 1; before >= 0 {
		return Due(asOf, assess.Horizons()[before])
	}
	return asOf, nil
}

// Due is the day by which the actions of a horizon are to be done. It stays within the month that it reaches: 31 August
// plus six months is the end of February. Without an as-of date there is none; one that is no date is an error.
func Due(asOf string, h assess.Horizon) (string, error) {
	if asOf == "" {
		return "", nil
	}
	from, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		return "", fmt.Errorf("as-of date: %w", err)
	}
	first := time.Date(from.Year(), from.Month()+time.Month(h.Months()), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(from.Day(), last)-1).Format(time.DateOnly), nil
}
