package result

import (
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
)

// CompareSchema is the name and version of what "synth compare --json" prints.
const CompareSchema = "synth/compare/v1"

// Comparison sets two assessments of a client side by side, both judged by today's model.
type Comparison struct {
	Schema     string      `json:"schema"`
	Model      Model       `json:"model"`
	Client     *ClientHead `json:"client"`     // null where it is not known who is meant
	Comparison *Compared   `json:"comparison"` // null where there are no two assessments
	Problems   []Problem   `json:"problems"`   // by place
}

// Compared is what differs.
type Compared struct {
	Before     Standing         `json:"before"`
	After      Standing         `json:"after"`
	Difference Difference       `json:"difference"`
	Domains    []ComparedDomain `json:"domains"`  // the model's order
	Findings   []Shift          `json:"findings"` // those that moved, in the model's order
	Risks      []RiskShift      `json:"risks"`    // those that moved, the worst of now first, then the closed ones
	Actions    ActionShifts     `json:"actions"`
	Questions  QuestionShifts   `json:"questions"`
}

// Standing is where the client stood on the day on which an assessment began.
type Standing struct {
	Date  string `json:"date"`
	Score Bounds `json:"score"`
}

// Bounds are a score's interval. The numbers are null where the confidence says that there are none.
type Bounds struct {
	Final      *int   `json:"final"`
	Best       *int   `json:"best"`
	Coverage   int    `json:"coverage"`
	Confidence string `json:"confidence"`
}

// Difference is how far the final score moved, and why. It is null where one of the two scores is not known.
type Difference struct {
	Answers  *int      `json:"answers"`  // both scores by today's model
	Model    *int      `json:"model"`    // the earlier answers by today's model, against what was recorded then
	Recorded *Recorded `json:"recorded"` // null where the synthesis recorded no score then
}

// Recorded is the score that the synthesis recorded when the earlier assessment was the latest.
type Recorded struct {
	Final   int    `json:"final"`
	Version string `json:"version"` // of the model that judged it
}

// ComparedDomain is a domain in both.
type ComparedDomain struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	Before DomainStanding `json:"before"`
	After  DomainStanding `json:"after"`
}

// DomainStanding is where a domain stood.
type DomainStanding struct {
	Assessed bool   `json:"assessed"`
	Priority string `json:"priority"`
	Score    Bounds `json:"score"`
}

// Shift is a finding that moved. Before or after is null where the control does not apply.
type Shift struct {
	ID     string           `json:"id"`
	Domain string           `json:"domain"`
	Label  string           `json:"label"`
	Change string           `json:"change"`
	Before *FindingStanding `json:"before"`
	After  *FindingStanding `json:"after"`
}

// FindingStanding is what a finding was. Level is null unless it is known.
type FindingStanding struct {
	Kind     string `json:"kind"`
	Level    *int   `json:"level"`
	Severity int    `json:"severity"`
}

// RiskShift is a risk that moved. Before is null for one that opened, after for one that closed.
type RiskShift struct {
	ID     string `json:"id"`
	Domain string `json:"domain"`
	Title  string `json:"title"`
	Before *int   `json:"before"` // severity
	After  *int   `json:"after"`
}

// ActionShifts are the actions that one of the two calls for alone.
type ActionShifts struct {
	New  []ComparedAction `json:"new"`
	Gone []ComparedAction `json:"gone"`
}

// ComparedAction names an action.
type ComparedAction struct {
	ID      string `json:"id"`
	Domain  string `json:"domain"`
	Title   string `json:"title"`
	Horizon string `json:"horizon"`
}

// QuestionShifts are the questions to send back: those that are new, those that were settled, those that still are open.
type QuestionShifts struct {
	New     []Question `json:"new"`
	Settled []Question `json:"settled"`
	Open    []Question `json:"open"`
}

// NewCompared tells what differs in a trend. The roadmaps are those that its two reports call for.
func NewCompared(t *assess.Trend, before, now []plan.Action) *Compared {
	out := &Compared{Before: Standing{t.Previous, newBounds(t.Before.Score)}, After: Standing{t.Date, newBounds(t.Now.Score)}}
	if t.Before.Score.Shown() && t.Now.Score.Shown() {
		moved := t.ByAnswers()
		out.Difference.Answers = &moved
	}
	out.Domains = make([]ComparedDomain, len(t.Now.Domains))
	for i, d := range t.Now.Domains {
		out.Domains[i] = ComparedDomain{d.Domain.ID, d.Domain.Title, domainStanding(t.Before.Domains[i]), domainStanding(d)}
	}
	out.Findings = each(t.Shifts(), newShift)
	out.Risks = each(t.RiskShifts(), newRiskShift)
	out.Actions = ActionShifts{New: actionsBeside(now, before), Gone: actionsBeside(before, now)}
	added, settled, open := t.QuestionShifts()
	out.Questions = QuestionShifts{each(added, newQuestion), each(settled, newQuestion), each(open, newQuestion)}
	return out
}

func newBounds(s assess.Score) Bounds {
	out := Bounds{Coverage: s.Coverage, Confidence: string(s.Confidence)}
	if s.Shown() {
		out.Final, out.Best = &s.Final, &s.Best
	}
	return out
}

func domainStanding(d assess.DomainReport) DomainStanding {
	return DomainStanding{d.Assessed, string(d.Priority), newBounds(d.Score)}
}

func newShift(s assess.Shift) Shift {
	f := s.Finding()
	return Shift{f.ID, f.Control.Domain, f.Label, string(s.Direction), findingStanding(s.Before), findingStanding(s.After)}
}

func findingStanding(f *assess.Finding) *FindingStanding {
	if f == nil {
		return nil
	}
	out := &FindingStanding{Kind: string(f.Kind), Severity: f.Severity}
	if !f.Hypothesis {
		out.Level = &f.Reading.Level
	}
	return out
}

func newRiskShift(s assess.RiskShift) RiskShift {
	r := s.Risk()
	out := RiskShift{ID: r.Risk.ID, Domain: r.Risk.Domain, Title: r.Title.Text}
	if s.Before != nil {
		out.Before = &s.Before.Severity
	}
	if s.After != nil {
		out.After = &s.After.Severity
	}
	return out
}

// actionsBeside lists the actions of one roadmap that another does not hold.
func actionsBeside(of, other []plan.Action) []ComparedAction {
	return each(plan.Beside(of, other), func(a plan.Action) ComparedAction {
		return ComparedAction{a.Action.ID, a.Action.Domain, a.Title.Text, string(a.Horizon)}
	})
}

func newQuestion(q assess.Question) Question { return Question{q.Ref.String(), q.Reason, q.Swing} }
