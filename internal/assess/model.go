package assess

import (
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// MaxLevel is the level of a control that is in place and kept up. Levels run from 0, absent, to MaxLevel.
const MaxLevel = 4

// Model is the declarative knowledge that answers are judged by. It is read by [Load] and never changes afterwards.
type Model struct {
	Version        string
	Hash           string // SHA-256 of the model's files, in hexadecimal
	WordsHash      string // SHA-256 of its words' files, in hexadecimal
	Set            *questionnaire.Set
	Country        questionnaire.Ref // where a client's country is answered when his note is silent; may be zero
	Domains        []Domain
	Themes         []Theme
	Controls       []Control
	Contradictions []Contradiction
	Risks          []Risk
	Opportunities  []Opportunity
	Actions        []Action
	References     []Reference
	Periods        []Period
	Frameworks     []Framework
	Purposes       []Purpose
	Classes        []Class
	Channels       []Channel
	words          map[string]*entry
	places         map[string]Place
	used           map[string]bool // the questionnaires that count
}

// Uses reports whether the answers to a questionnaire count: a domain is scored by it, or a control reads it.
func (m *Model) Uses(form string) bool { return m.used[form] }

// remember keeps what every report asks of the model.
func (m *Model) remember() {
	m.used = map[string]bool{}
	for _, d := range m.Domains {
		m.used[d.Questionnaire] = true
	}
	for i := range m.Controls {
		c := &m.Controls[i]
		c.reads = slices.Clip(c.Reads())
		for row := range c.Rows {
			c.counts = append(c.counts, len(c.readUpTo(row)))
		}
		for _, ref := range c.reads {
			m.used[ref.Questionnaire] = true
		}
	}
}

// Domain is a part of the practice that is scored on its own.
type Domain struct {
	ID            string
	Questionnaire string // receiving it makes the domain assessed
	Title         string
	Emoji         string
	Weight        int // in the global score, against the other domains' weights
	Place         Place
}

// Theme groups the controls of one paragraph of an analysis.
type Theme struct {
	ID    string
	Emoji string
}

// Control is something that should be in place, and how its level is read from the answers: by a table of one
// question's options, or by rows of conditions.
type Control struct {
	ID         string
	Domain     string
	Theme      string // a theme's id, or a title where the model declares no themes
	Weight     int    // 1 to 3
	Edges      []Edge // the risks it feeds
	References []string
	Frameworks []Cited // the lines of frameworks that it contributes to
	Table      *Table
	Rows       []Row

	reads  []questionnaire.Ref // what Reads gives, once the model is loaded
	counts []int               // likewise how many of them are read up to each row
}

// Edge says how much a control's failure weighs on a risk.
type Edge struct {
	Risk    string
	Gravity int // 1 comfort, 2 proof, order or money, 3 care stops, 4 patient secrecy or loss of records
}

// Gravity is the highest of the control's edges.
func (c *Control) Gravity() int {
	g := 0
	for _, e := range c.Edges {
		g = max(g, e.Gravity)
	}
	return g
}

// Table reads a level from the ticked options of one question.
type Table struct {
	Question questionnaire.Ref
	Best     bool           // several ticks: take the highest level instead of the lowest
	Levels   map[string]int // by option
	Lines    map[string]int // of the model's file, by option
}

// Row gives a level, or says that the control does not apply, when its condition is true.
type Row struct {
	NotApplicable bool
	Level         int
	When          *Condition // nil on the last row
	Line          int        // of the model's file
}

// Contradiction is a set of answers that cannot all be true. It makes its controls contradictory.
type Contradiction struct {
	ID       string
	Controls []string
	When     *Condition
}

// Risk is what may happen when the controls that feed it fail.
type Risk struct {
	ID     string
	Domain string
	Emoji  string // may be empty
}

// Opportunity is something to build on.
type Opportunity struct {
	ID     string
	Domain string
	When   *Condition
}

// Horizon is when an action is to be done.
type Horizon string

// The horizons, in their order.
const (
	Short      Horizon = "court"
	Medium     Horizon = "intermediaire"
	Structural Horizon = "structurant"
)

// Horizons lists the horizons from the nearest to the farthest.
func Horizons() []Horizon { return []Horizon{Short, Medium, Structural} }

// Months is the number of months after the as-of date at which an action of the horizon is due.
func (h Horizon) Months() int {
	return map[Horizon]int{Short: 2, Medium: 6, Structural: 12}[h]
}

// Efforts are the efforts that an action may cost, in half-days.
func Efforts() []int { return []int{1, 2, 3, 5, 8, 13} }

// Action is a measure that raises controls.
type Action struct {
	ID        string
	Domain    string
	Horizon   Horizon
	Effort    int // half-days, one of [Efforts]
	Owner     string
	Requires  []string
	Raises    []Raise // by control, in the model's order
	OnUnknown bool    // proposed, to be checked, where nobody knows the control's level
}

// RaisesTo gives the level to which the action brings a control, if it does.
func (a *Action) RaisesTo(control string) (level int, raised bool) {
	i := slices.IndexFunc(a.Raises, func(r Raise) bool { return r.Control == control })
	if i < 0 {
		return 0, false
	}
	return a.Raises[i].Level, true
}

// Raise is the level to which an action brings a control.
type Raise struct {
	Control string
	Level   int
}

// Reference is a text that a control answers to. It is data: nothing in synth knows any law.
type Reference struct {
	ID           string
	Title        string
	Jurisdiction string // CH, FR or INT
	Kind         string // obligation or recommandation
	Version      string
	CheckedOn    string // YYYY-MM-DD
	Address      string
}

// Jurisdictions lists where a reference can be in force.
func Jurisdictions() []string { return []string{"CH", "FR", "INT"} }

// ReferenceKinds lists what a reference can be: what binds, and what advises.
func ReferenceKinds() []string { return []string{"obligation", "recommandation"} }

// AppliesTo reports whether a reference concerns a client of that country (CH, FR, CH_FR). A client whose country is
// unknown is shown none.
func (r Reference) AppliesTo(country string) bool {
	switch country {
	case "CH", "FR":
		return r.Jurisdiction == country || r.Jurisdiction == "INT"
	case "CH_FR":
		return true
	}
	return false
}

// Domain gives the domain of that id, nil when there is none.
func (m *Model) Domain(id string) *Domain {
	return find(m.Domains, func(d *Domain) bool { return d.ID == id })
}

// Control gives the control of that id, nil when there is none.
func (m *Model) Control(id string) *Control {
	return find(m.Controls, func(c *Control) bool { return c.ID == id })
}

// Risk gives the risk of that id, nil when there is none.
func (m *Model) Risk(id string) *Risk {
	return find(m.Risks, func(r *Risk) bool { return r.ID == id })
}

// Reference gives the reference of that id, nil when there is none.
func (m *Model) Reference(id string) *Reference {
	return find(m.References, func(r *Reference) bool { return r.ID == id })
}

// Theme gives a declared theme, nil when the model declares none of that id.
func (m *Model) Theme(id string) *Theme {
	return find(m.Themes, func(t *Theme) bool { return t.ID == id })
}

// ThemeTitle is a theme's title in the catalogue's language: where the model declares no such theme, the words that
// the control gives.
func (m *Model) ThemeTitle(id string) string {
	if m.Theme(id) == nil {
		return id
	}
	return m.words[id].label
}

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// Reads lists the questions that decide the control's level, each once, in the order in which they are asked.
func (c *Control) Reads() []questionnaire.Ref {
	if c.reads != nil {
		return c.reads
	}
	if c.Table != nil {
		return []questionnaire.Ref{c.Table.Question}
	}
	var refs []questionnaire.Ref
	for _, r := range c.Rows {
		refs = addRefs(refs, r.When)
	}
	return refs
}

// readUpTo lists the questions that the rows up to one ask. They are the first of those that all rows ask.
func (c *Control) readUpTo(row int) []questionnaire.Ref {
	if len(c.counts) == len(c.Rows) {
		return c.reads[:c.counts[row]:c.counts[row]]
	}
	var refs []questionnaire.Ref
	for _, r := range c.Rows[:row+1] {
		refs = addRefs(refs, r.When)
	}
	return refs
}

// ReadsForm reports whether the control reads any question of a questionnaire.
func (c *Control) ReadsForm(form string) bool {
	return slices.ContainsFunc(c.Reads(), func(ref questionnaire.Ref) bool { return ref.Questionnaire == form })
}
