package result

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// StatusSchema is the name and version of the document of [Overview].
const StatusSchema = "synth/status/v1"

// Overview is where every client of a vault stands on a day.
type Overview struct {
	Schema   string    `json:"schema"`
	AsOf     *string   `json:"as_of"` // the day that delays and ages count to; null where nothing is dated
	Clients  []Status  `json:"clients"`
	Problems []Problem `json:"problems"`
}

// Status is where one client stands.
type Status struct {
	Client     ClientHead   `json:"client"`
	Priority   string       `json:"priority"` // the most urgent of the domains'
	Score      Score        `json:"score"`
	Domains    []Domain     `json:"domains"`
	Actions    Progress     `json:"actions"`
	Overdue    []Due        `json:"overdue"`      // the longest overdue first
	Next       []Due        `json:"next"`         // in the roadmap's order, what is neither done nor abandoned
	Answered   *string      `json:"last_answers"` // the day of the newest answers that count
	Age        *int         `json:"age"`          // their age in days
	Unanswered []Unanswered `json:"unanswered"`   // by swing, then question
}

// Progress counts the actions, those that nothing calls for any more among them; abandoned ones are not in the total.
type Progress struct {
	Total     int `json:"total"`
	Done      int `json:"done"`
	Doing     int `json:"doing"`
	Abandoned int `json:"abandoned"`
}

// Due is an action that is still to be done. Days counts from the due date; null where that is not over.
type Due struct {
	ID      string  `json:"id"`
	Title   string  `json:"title"`
	Horizon string  `json:"horizon"`
	Owner   string  `json:"owner"`
	Status  string  `json:"status"`
	Due     *string `json:"due"`
	Days    *int    `json:"days_overdue"`
}

// Unanswered is a question to send back.
type Unanswered struct {
	Question string `json:"question"`
	Label    string `json:"label"`
	Reason   string `json:"reason"`
	Swing    int    `json:"swing"`
}

// NewOverview puts the clients in the order in which they need attention: by priority, by final score from the lowest,
// by what is overdue, by code.
func NewOverview(day string, clients []Status, problems []Problem) Overview {
	clients = append([]Status{}, clients...)
	urgency := map[string]int{}
	for i, p := range assess.Priorities() {
		urgency[string(p)] = i
	}
	slices.SortFunc(clients, func(a, b Status) int {
		return cmp.Or(
			cmp.Compare(urgency[a.Priority], urgency[b.Priority]),
			cmp.Compare(finalOr(a.Score, 101), finalOr(b.Score, 101)),
			cmp.Compare(len(b.Overdue), len(a.Overdue)),
			cmp.Compare(a.Client.Code, b.Client.Code),
		)
	})
	return Overview{StatusSchema, optional(day), clients, append([]Problem{}, problems...)}
}

// finalOr is the final score, or another number where there is none.
func finalOr(s Score, other int) int {
	if s.Final == nil {
		return other
	}
	return *s.Final
}

// NewStatus tells where a client stands on a day.
func NewStatus(r *assess.Report, roadmap *plan.Roadmap, day string) Status {
	c := r.Engagement.Client
	out := Status{
		Client:   ClientHead{Code: c.Code, Name: name(c), Country: optional(r.Country), Note: optional(c.Note)},
		Priority: string(r.Priority()), Score: newScore(r.Score, roadmap.Projected), Domains: domains(r.Domains, roadmap.Domains),
		Overdue: []Due{}, Next: []Due{}, Answered: optional(r.Engagement.Newest()),
		Unanswered: each(r.Questions, func(q assess.Question) Unanswered {
			return Unanswered{q.Ref.String(), r.Model.Set.Question(q.Ref).Label, q.Reason, q.Swing}
		}),
	}
	if out.Answered != nil && day != "" {
		age := max(0, questionnaire.DaysBetween(*out.Answered, day))
		out.Age = &age
	}
	for _, a := range slices.Concat(roadmap.Actions, roadmap.Settled) {
		out.Actions.count(a.Status)
	}
	for _, a := range roadmap.Actions {
		if a.Status != plan.ToDo && a.Status != plan.Doing {
			continue
		}
		due := Due{ID: a.Action.ID, Title: a.Title.Text, Horizon: string(a.Horizon), Owner: a.Action.Owner, Status: string(a.Status), Due: optional(a.Due)}
		if late := questionnaire.DaysBetween(a.Due, day); late > 0 {
			due.Days = &late
			out.Overdue = append(out.Overdue, due)
		}
		out.Next = append(out.Next, due)
	}
	slices.SortStableFunc(out.Overdue, func(a, b Due) int { return cmp.Compare(*b.Days, *a.Days) })
	return out
}

func (p *Progress) count(s plan.Status) {
	switch s {
	case plan.Abandoned:
		p.Abandoned++
		return
	case plan.Done:
		p.Done++
	case plan.Doing:
		p.Doing++
	}
	p.Total++
}

// NewProblem is a problem as documents show it.
func NewProblem(p vault.Problem) Problem {
	return Problem{p.Path, p.Line, p.Column, string(p.Severity), p.Code, p.Message, p.Hint}
}
