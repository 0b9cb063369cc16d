package main

import (
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// statusView is what the screens of status can reach. Names may hold anything: they are untrusted.
type statusView struct {
	Narrow  bool // too narrow for a table
	Failed  bool // some client could not be assessed
	AsOf    string
	Domains []vault.Untrusted // titles, in the order of every client's
	Clients []standingView
}

// standingView is one client. Age is in days.
type standingView struct {
	Code               string
	Name               vault.Untrusted
	Bar                string
	Shown              bool
	Final, Best        int
	Cap                int // 100 where it does not bind
	CappedBy           []string
	Coverage           int
	Confidence         string
	Priority           string
	Projected          int
	Domains            []standingDomain
	Done, Total, Doing int
	Overdue, Next      []dueView
	More               int // actions that are not named in Next
	Dated              bool
	Answered           string
	Age                int
	Questions          []waitingView
}

type standingDomain struct {
	Title       vault.Untrusted
	Priority    string
	Bar         string
	Shown       bool
	Final, Best int
	Coverage    int
	Confidence  string
}

type dueView struct {
	ID, Owner, Due string
	Title          vault.Untrusted
	Doing          bool
	Days           int
}

type waitingView struct {
	Label  vault.Untrusted
	Ref    string
	Reason string
	Swing  int
}

// nextActions is how many of the next actions a client's screen names.
const nextActions = 5

func newStatusView(o result.Overview, narrow, failed bool) statusView {
	view := statusView{Narrow: narrow, Failed: failed}
	if o.AsOf != nil {
		view.AsOf = *o.AsOf
	}
	for i, c := range o.Clients {
		for _, d := range c.Domains {
			if i == 0 {
				view.Domains = append(view.Domains, vault.Received(d.Title))
			}
		}
		view.Clients = append(view.Clients, newStanding(c))
	}
	return view
}

func newStanding(c result.Status) standingView {
	out := standingView{Code: strings.ToUpper(c.Client.Code), Name: vault.Received(c.Client.Name), Bar: bar(c.Score), Shown: c.Score.Final != nil,
		Final: value(c.Score.Final), Best: value(c.Score.Best), Cap: 100, Coverage: c.Score.Coverage, Confidence: c.Score.Confidence,
		Priority: c.Priority, Projected: value(c.Score.Projected), Done: c.Actions.Done, Total: c.Actions.Total, Doing: c.Actions.Doing,
		Dated: c.Age != nil, Age: value(c.Age)}
	if out.Shown && *c.Score.Cap < *c.Score.Proven {
		out.Cap, out.CappedBy = *c.Score.Cap, c.Score.CappedBy
	}
	if c.Answered != nil {
		out.Answered = *c.Answered
	}
	for _, d := range c.Domains {
		out.Domains = append(out.Domains, standingDomain{Title: vault.Received(d.Title), Priority: d.Priority, Bar: bar(d.Score), Shown: d.Score.Final != nil,
			Final: value(d.Score.Final), Best: value(d.Score.Best), Coverage: d.Score.Coverage, Confidence: d.Score.Confidence})
	}
	for _, a := range c.Overdue {
		out.Overdue = append(out.Overdue, newDue(a))
	}
	for _, a := range c.Next {
		switch {
		case a.Days != nil:
		case len(out.Next) == nextActions:
			out.More++
		default:
			out.Next = append(out.Next, newDue(a))
		}
	}
	for _, q := range c.Unanswered {
		out.Questions = append(out.Questions, waitingView{vault.Received(q.Label), q.Question, q.Reason, q.Swing})
	}
	return out
}

func newDue(a result.Due) dueView {
	out := dueView{ID: a.ID, Owner: a.Owner, Title: vault.Received(a.Title), Doing: a.Status == "en_cours", Days: value(a.Days)}
	if a.Due != nil {
		out.Due = *a.Due
	}
	return out
}

// value is 0 where there is no number.
func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// barCells is how wide a bar is.
const barCells = 10

// bar draws a score from 0 to 100: full up to the final, half up to the best. A cell begins at its half.
func bar(s result.Score) string {
	if s.Final == nil {
		return ""
	}
	final := assess.RoundHalfUp(*s.Final*barCells, 100)
	best := max(final, assess.RoundHalfUp(*s.Best*barCells, 100))
	return "▕" + strings.Repeat("█", final) + strings.Repeat("▒", best-final) + strings.Repeat("░", barCells-best) + "▏"
}
