package assess

import (
	"slices"
	"strconv"
	"time"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// PeriodsFile is the catalogue's file of the periods for which things are kept. A catalogue may do without it.
const PeriodsFile = "retention.yaml"

// periodWords is the name by which sentences quote periods, as if it were a questionnaire's.
const periodWords = "retention"

// agesAfter is the number of years after which a period must be checked again.
const agesAfter = 2

// bothCountries is the answer of a client who practises in every country that periods may name.
const bothCountries = "CH_FR"

// Period says for how many years something is kept in a country or a canton. It is dated data: no rule holds a number
// of years of its own.
type Period struct {
	ID        string // what is kept; several periods speak of the same thing
	Country   string // CH or FR
	Canton    string // empty where the period holds in the whole country
	Name      string // the canton's name in words, by which a client's note may call it
	ByCanton  bool   // the country leaves the minimum to its cantons
	Minimum   int    // years; 0 where no text sets any
	Advised   int    // years; 0 where nobody advises any
	From      string // the day from which it counts
	Status    string // obligation or recommandation
	Source    string
	CheckedOn string // YYYY-MM-DD
	Line      int
	Column    int
}

// clientCanton is where a client's note says in which canton he practises.
var clientCanton = questionnaire.Ref{Questionnaire: questionnaire.ClientID, Question: "canton"}

// applies is the condition under which a period concerns a client.
func (p *Period) applies() *Condition {
	in := p.inCountry()
	if p.Canton == "" {
		return in
	}
	return &Condition{Op: All, Parts: []*Condition{in, {Op: AnyOf, Question: clientCanton, Options: p.cantons()}}}
}

func (p *Period) inCountry() *Condition {
	return &Condition{Op: AnyOf, Question: clientCountry, Options: []string{p.Country, bothCountries}}
}

// cantons are the words for a period's canton.
func (p *Period) cantons() []string {
	if p.Name == "" {
		return []string{p.Canton}
	}
	return []string{p.Canton, p.Name}
}

// Years are those that a period asks for, or advises.
func (p *Period) Years(advised bool) int {
	if advised {
		return p.Advised
	}
	return p.Minimum
}

// years gives the periods of a client as sentences quote them: the longest minimum and the longest that is advised, by
// what is kept. What does not apply, or is not known to, is an empty text.
func (m *Model) years(answers Answers) map[string]any {
	out := map[string]any{}
	quote := func(key string, years int, applies bool) {
		if _, there := out[key]; !there {
			out[key] = ""
		}
		if n, _ := out[key].(int); applies && years > n {
			out[key] = years
		}
	}
	for i := range m.Periods {
		p := &m.Periods[i]
		applies := p.applies().Eval(answers) == True
		quote(p.ID+"_minimum", p.Minimum, applies)
		quote(p.ID+"_advised", p.Advised, applies)
	}
	return out
}

// Aged warns of the periods that this client is judged by and that were last checked more than two years before the
// as-of day.
func (r *Report) Aged(asOf string) []vault.Problem {
	var out []vault.Problem
	for i := range r.Model.Periods {
		p := &r.Model.Periods[i]
		checked, err := time.Parse(time.DateOnly, p.CheckedOn)
		if err != nil || checked.AddDate(agesAfter, 0, 0).Format(time.DateOnly) >= asOf || p.applies().Eval(r.answers) != True {
			continue
		}
		out = append(out, vault.Problem{Path: PeriodsFile, Line: p.Line, Column: p.Column, Severity: vault.Warning, Code: "period_aged",
			Message: "the period " + strconv.Quote(p.ID) + " was last checked on " + p.CheckedOn + ", more than two years before " + asOf,
			Hint:    "check it again and write the day down, in a " + PeriodsFile + " of your own catalogue"})
	}
	return out
}

// periodIDs lists what periods speak of, each once.
func (m *Model) periodIDs() []string {
	var out []string
	for _, p := range m.Periods {
		if !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	return out
}
