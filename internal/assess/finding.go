package assess

import (
	"cmp"
	"slices"
)

// Kind is what a finding is.
type Kind string

// The kinds of findings: a strength, something to watch, a gap, something that nobody knows.
const (
	Strength Kind = "strength"
	Watch    Kind = "watch"
	Gap      Kind = "gap"
	ToVerify Kind = "to_verify"
)

// Band is a range of severities.
type Band string

// The bands, from the least. NoBand is that of a strength.
const (
	NoBand   Band = ""
	Faint    Band = "faible"
	Moderate Band = "modere"
	Severe   Band = "eleve"
	Critical Band = "critique"
)

// BandOf gives the band of a severity, which is a gravity (1–4) times a likelihood (0–4).
func BandOf(severity int) Band {
	switch {
	case severity >= 12:
		return Critical
	case severity >= 8:
		return Severe
	case severity >= 4:
		return Moderate
	case severity >= 1:
		return Faint
	}
	return NoBand
}

// likelihood is how likely a control at that level lets something happen: 4 at level 0, 0 from level 3 on.
func likelihood(level int) int {
	if level >= 3 {
		return 0
	}
	return 4 - level
}

// Severity is what a control of that gravity weighs at a level, from 0 to 16.
func Severity(gravity, level int) int { return gravity * likelihood(level) }

// Finding is what is to be said of one applicable control. Its id is the control's.
type Finding struct {
	ID         string
	Control    *Control
	Kind       Kind
	Hypothesis bool // nobody knows: it counts as level 0 and is a question, not a reproach
	Gravity    int
	Likelihood int
	Severity   int
	Label      string   // what the control is about
	Brief      Sentence // the finding in a few words, for tables; the label where the catalogue gives none
	Sentence   Sentence
	Reading    Reading
}

// Open reports whether the finding is a gap or something to watch. A hypothesis is not open.
func (f Finding) Open() bool { return f.Kind == Gap || f.Kind == Watch }

// key is that of the finding's sentence in the words.
func (f Finding) key() string {
	if f.Hypothesis {
		return unknownWords
	}
	return levelKey(f.Reading.Level)
}

// Band is the range of the finding's severity.
func (f Finding) Band() Band { return BandOf(f.Severity) }

// newFinding judges a reading, without its words.
func newFinding(r Reading) Finding {
	f := Finding{ID: r.Control.ID, Control: r.Control, Gravity: r.Control.Gravity(), Reading: r}
	level := r.Level
	switch {
	case r.Unsettled():
		f.Kind, f.Hypothesis, level = ToVerify, true, 0
	case level >= 3:
		f.Kind = Strength
	case level == 2:
		f.Kind = Watch
	default:
		f.Kind = Gap
	}
	f.Likelihood = likelihood(level)
	f.Severity = Severity(f.Gravity, level)
	return f
}

// findings judges the applicable readings, worst first.
func findings(readings []Reading) []Finding {
	out := make([]Finding, 0, len(readings))
	for i := range readings {
		if readings[i].Applicable() {
			out = append(out, newFinding(readings[i]))
		}
	}
	sortFindings(out)
	return out
}

// sortFindings orders by severity, the worst first, then by id.
func sortFindings(list []Finding) {
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID))
	})
}

// RiskReport is a risk that open findings feed.
type RiskReport struct {
	Risk       *Risk
	Title      Sentence
	Brief      Sentence // what may happen in a few words, for tables; the title where the catalogue gives none
	Sentence   Sentence
	Severity   int
	Findings   []*Finding // the open ones of the report that feed it, worst first
	References []string   // of their controls, sorted, each once
}

// Band is the range of the risk's severity.
func (r RiskReport) Band() Band { return BandOf(r.Severity) }

// feeds gives how grave a risk is that the finding feeds, 0 where it feeds it not: a finding that is not open feeds none.
func (f *Finding) feeds(risk string) (gravity int) {
	if !f.Open() {
		return 0
	}
	for _, e := range f.Control.Edges {
		if e.Risk == risk {
			gravity = max(gravity, e.Gravity)
		}
	}
	return gravity
}

// risks gathers what the open findings may lead to, worst first, then by id.
func (m *Model) risks(found []Finding) []RiskReport {
	var out []RiskReport
	var feeding []*Finding
	for i := range m.Risks {
		r := RiskReport{Risk: &m.Risks[i]}
		feeding = feeding[:0]
		for j := range found {
			if gravity := found[j].feeds(r.Risk.ID); gravity > 0 {
				r.Severity = max(r.Severity, found[j].Likelihood*gravity)
				feeding = append(feeding, &found[j])
			}
		}
		if len(feeding) == 0 {
			continue
		}
		r.Findings = slices.Clone(feeding)
		for _, f := range feeding {
			r.References = append(r.References, f.Control.References...)
		}
		slices.Sort(r.References)
		r.References = slices.Compact(r.References)
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b RiskReport) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Risk.ID, b.Risk.ID))
	})
	return out
}
