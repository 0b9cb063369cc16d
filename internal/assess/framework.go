package assess

import (
	"slices"
	"strings"
)

// FrameworksFile is the catalogue's file of the frameworks that controls are set against. A catalogue may do without it.
const FrameworksFile = "frameworks.yaml"

// Framework is somebody's list of what should be in place, in our own words. The crosswalk from controls to its lines is
// the model's judgement: no state of a line is a proof of conformity.
type Framework struct {
	ID           string
	Title        string
	Version      string
	Jurisdiction string // CH, FR or INT
	Licence      string // what may be taken over of it
	CheckedOn    string // YYYY-MM-DD
	Lines        []Line
}

// Line is one line of a framework.
type Line struct {
	ID    string // as the framework numbers it
	Title string
}

// Cited is what a control contributes to in one framework.
type Cited struct {
	Framework string
	Lines     []string
}

// LineState says how a line of a framework stands.
type LineState string

// The states of a line. Open and not assessed say of at least one control that stands behind the line what they say; a
// line behind which no control stands is not covered, which is never taken for met.
const (
	LineMet           LineState = "met"
	LineOpen          LineState = "open"
	LineNotAssessed   LineState = "not_assessed"
	LineNotApplicable LineState = "not_applicable"
	LineNotCovered    LineState = "not_covered"
)

// LineStates lists the states of lines in the order in which they are shown.
func LineStates() []LineState {
	return []LineState{LineOpen, LineNotAssessed, LineMet, LineNotApplicable, LineNotCovered}
}

// LineReport is how one line of a framework stands for a client.
type LineReport struct {
	Line     Line
	State    LineState
	Controls []Backing // what stands behind the line, in the model's order
}

// Backing is a control behind a line.
type Backing struct {
	Control *Control
	Finding *Finding // nil where the control does not apply
}

// Framework gives the framework of that id, nil when there is none.
func (m *Model) Framework(id string) *Framework {
	return find(m.Frameworks, func(f *Framework) bool { return f.ID == id })
}

// AppliesTo reports whether a framework concerns a client of that country (CH, FR, CH_FR). An international one concerns
// everybody, any other nobody whose country is unknown.
func (f *Framework) AppliesTo(country string) bool {
	return f.Jurisdiction == "INT" || f.Jurisdiction == country || country == bothCountries
}

// Behind lists the controls that contribute to a line of a framework, or to a part of that line: what is numbered 4.1 is
// a part of what is numbered 4.
func (m *Model) Behind(framework, line string) []*Control {
	var out []*Control
	for i := range m.Controls {
		if m.Controls[i].contributes(framework, line) {
			out = append(out, &m.Controls[i])
		}
	}
	return out
}

func (c *Control) contributes(framework, line string) bool {
	return slices.ContainsFunc(c.Frameworks, func(cited Cited) bool {
		return cited.Framework == framework && slices.ContainsFunc(cited.Lines, func(id string) bool {
			return id == line || strings.HasPrefix(id, line+".")
		})
	})
}

// Framework tells how every line of a framework stands, in the framework's order: none where there is no such framework.
func (r *Report) Framework(id string) []LineReport {
	framework := r.Model.Framework(id)
	if framework == nil {
		return nil
	}
	var out []LineReport
	for _, line := range framework.Lines {
		report := LineReport{Line: line}
		for _, c := range r.Model.Behind(id, line.ID) {
			report.Controls = append(report.Controls, Backing{c, r.Finding(c.ID)})
		}
		report.State = lineState(report.Controls)
		out = append(out, report)
	}
	return out
}

// lineState is the worst that the controls behind a line say: one open control opens it, one that nobody knows leaves it
// not assessed.
func lineState(controls []Backing) LineState {
	if len(controls) == 0 {
		return LineNotCovered
	}
	state := LineNotApplicable
	for _, b := range controls {
		switch {
		case b.Finding == nil:
		case b.Finding.Open():
			return LineOpen
		case b.Finding.Hypothesis:
			state = LineNotAssessed
		case state == LineNotApplicable:
			state = LineMet
		}
	}
	return state
}
