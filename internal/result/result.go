// Package result is the one document that every output of synth reads: what a report and a roadmap say of each client,
// which notes hold it, and what went wrong. Its JSON form is public: schemas/result.schema.json describes it.
//
// Lists are in a total order and present even when empty; there is no float and no date but those of the notes.
package result

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Schema is the name and version of the document.
const Schema = "synth/result/v1"

// Document is the whole result of a run.
type Document struct {
	Schema   string    `json:"schema"`
	Model    Model     `json:"model"`
	Clients  []Client  `json:"clients"`  // by code
	Problems []Problem `json:"problems"` // by place
}

// Model says which model judged.
type Model struct {
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// Client is everything about one client.
type Client struct {
	Client        ClientHead    `json:"client"`
	AsOf          *string       `json:"as_of"` // null where nothing dates the client
	Score         Score         `json:"score"`
	Domains       []Domain      `json:"domains"`  // the model's order
	Controls      []Control     `json:"controls"` // the model's order
	Findings      []Finding     `json:"findings"` // by severity, then id
	Risks         []Risk        `json:"risks"`    // by severity, then id
	Opportunities []Opportunity `json:"opportunities"`
	Actions       []Action      `json:"actions"`   // by horizon, then rank
	Questions     []Question    `json:"questions"` // by swing, then question
	Notes         []Note        `json:"notes"`     // by path
}

// ClientHead names the client. Country and note are null where there is none.
type ClientHead struct {
	Code    string  `json:"code"`
	Name    string  `json:"name"`
	Country *string `json:"country"`
	Note    *string `json:"note"`
}

// Score is an interval with what bounds it. The numbers are null where the confidence says that there are none.
type Score struct {
	Final      *int     `json:"final"`
	Best       *int     `json:"best"`
	Proven     *int     `json:"proven"`
	Possible   *int     `json:"possible"`
	Cap        *int     `json:"cap"`
	CapBest    *int     `json:"cap_best"`
	Projected  *int     `json:"projected"` // final, with the done actions done
	CappedBy   []string `json:"capped_by"`
	Coverage   int      `json:"coverage"`
	Confidence string   `json:"confidence"`
}

// Domain is one domain's standing.
type Domain struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Weight   int    `json:"weight"`
	Assessed bool   `json:"assessed"`
	Priority string `json:"priority"`
	Score    Score  `json:"score"`
}

// Control is a control's state and the answers that it was read from. Level is null unless the state is known.
type Control struct {
	ID       string         `json:"id"`
	Domain   string         `json:"domain"`
	Theme    string         `json:"theme"`
	Weight   int            `json:"weight"`
	Risks    map[string]int `json:"risks"` // gravity by risk
	State    string         `json:"state"`
	Level    *int           `json:"level"`
	Evidence []Evidence     `json:"evidence"`
}

// Evidence is one answer. Note, line and block are null where there is none.
type Evidence struct {
	Question string   `json:"question"`
	Answer   []string `json:"answer"`
	Note     *string  `json:"note"`
	Line     *int     `json:"line"`
	Block    *string  `json:"block"`
}

// Finding is what is said of an applicable control. Band is null on a strength.
type Finding struct {
	ID         string  `json:"id"`
	Control    string  `json:"control"`
	Kind       string  `json:"kind"`
	Hypothesis bool    `json:"hypothesis"`
	Gravity    int     `json:"gravity"`
	Likelihood int     `json:"likelihood"`
	Severity   int     `json:"severity"`
	Band       *string `json:"band"`
	Label      string  `json:"label"`
	Text       string  `json:"text"`
}

// Risk is what the open findings may lead to.
type Risk struct {
	ID         string   `json:"id"`
	Domain     string   `json:"domain"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Severity   int      `json:"severity"`
	Band       string   `json:"band"`
	Findings   []string `json:"findings"`
	References []string `json:"references"`
}

// Opportunity is something to build on.
type Opportunity struct {
	ID     string `json:"id"`
	Domain string `json:"domain"`
	Text   string `json:"text"`
}

// Action is a measure of the roadmap.
type Action struct {
	ID        string         `json:"id"`
	Domain    string         `json:"domain"`
	Title     string         `json:"title"`
	Objective string         `json:"objective"`
	Horizon   string         `json:"horizon"`
	Rank      int            `json:"rank"`
	Effort    int            `json:"effort"` // half-days
	Benefit   int            `json:"benefit"`
	Due       *string        `json:"due"`
	Owner     string         `json:"owner"`
	Requires  []string       `json:"requires"`
	Raises    map[string]int `json:"raises"` // level by control
	Findings  []string       `json:"findings"`
	Status    string         `json:"status"`
}

// Question is one to send back.
type Question struct {
	Question string `json:"question"`
	Reason   string `json:"reason"`
	Swing    int    `json:"swing"`
}

// Note is a note of the vault and what the run does with it.
type Note struct {
	Path   string `json:"path"`
	Kind   string `json:"kind"`
	Status string `json:"status"`
}

// Problem is what went wrong, and where. Line and column are 0 where there is none.
type Problem struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

// NewDocument starts a document without clients.
func NewDocument(m *assess.Model, problems []vault.Problem) Document {
	return Document{Schema: Schema, Model: NewModel(m), Clients: []Client{}, Problems: NewProblems(problems)}
}

// NewModel names the model; it is empty where there is none.
func NewModel(m *assess.Model) Model {
	if m == nil {
		return Model{}
	}
	return Model{m.Version, m.Hash}
}

// NewProblems gives problems their JSON form.
func NewProblems(problems []vault.Problem) []Problem {
	return each(problems, NewProblem)
}

// New puts one client's result together.
func New(r *assess.Report, roadmap *plan.Roadmap, changes []vault.Change) Client {
	out := Client{
		Client:        NewClientHead(r),
		AsOf:          optional(roadmap.AsOf),
		Score:         newScore(r.Score, roadmap.Projected),
		Domains:       domains(r.Domains, roadmap.Domains),
		Controls:      each(r.Readings, func(reading assess.Reading) Control { return newControl(r, reading) }),
		Findings:      each(r.Findings, newFinding),
		Risks:         each(r.Risks, newRisk),
		Opportunities: each(r.Opportunities, newOpportunity),
		Actions:       each(roadmap.Actions, newAction),
		Questions:     each(r.Questions, newQuestion),
		Notes:         each(changes, func(c vault.Change) Note { return Note{c.Path, c.Kind, string(c.Status)} }),
	}
	slices.SortFunc(out.Notes, func(a, b Note) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// NewClientHead names a report's client.
func NewClientHead(r *assess.Report) ClientHead {
	c := r.Engagement.Client
	return ClientHead{Code: c.Code, Name: name(c), Country: optional(r.Country), Note: optional(c.Note)}
}

// name is the client's title. JSON quotes what it holds, whatever that is.
func name(c questionnaire.Client) string { return vault.Raw(c.Name()) }

// each maps a list to one that is never null.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}

// optional is null for the empty string.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
