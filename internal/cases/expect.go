package cases

import (
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// verdict is what the model makes of a case.
type verdict struct {
	report  *assess.Report
	roadmap *plan.Roadmap
}

// What a verdict says where it says nothing, and of what is or is not in it.
const (
	nothing = "nothing"
	present = "yes"
	absent  = "no"
)

const aboutControl = "the level of "

// controlOf gives the control whose level is compared.
func controlOf(about string) (string, bool) { return strings.CutPrefix(about, aboutControl) }

// expectations reads what a case expects.
func (l *loader) expectations(f *strictyaml.Fields) []expectation {
	out := l.controls(f)
	out = append(out, l.findings(f)...)
	out = append(out, l.risks(f)...)
	out = append(out, l.actions(f)...)
	out = append(out, l.lists(f)...)
	if node := f.Node("score"); node != nil {
		out = append(out, l.score(node, "the client's ", func(v verdict) (assess.Score, assess.Priority) { return v.report.Score, v.report.Priority() })...)
	}
	for _, e := range f.Map("domains") {
		if l.known(e.Key, "domain", e.Key.Value, ids(l.model.Domains, func(d assess.Domain) string { return d.ID })) {
			out = append(out, l.score(e.Value, "the domain "+e.Key.Value+"'s ", ofDomain(e.Key.Value))...)
		}
	}
	return out
}

func ids[T any](list []T, id func(T) string) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = id(one)
	}
	return out
}

func (l *loader) controlIDs() []string {
	return ids(l.model.Controls, func(c assess.Control) string { return c.ID })
}

// controls reads levels, from 0 to 4, and the states that have none.
func (l *loader) controls(f *strictyaml.Fields) []expectation {
	states := []string{string(assess.Unknown), string(assess.NotApplicable), string(assess.Contradictory)}
	var out []expectation
	for _, e := range f.Map("controls") {
		id := e.Key.Value
		want := strictyaml.Text(e.Value, &l.sink)
		if level, err := strconv.Atoi(want); !slices.Contains(states, want) && (err != nil || e.Value.Quoted || level < 0 || level > assess.MaxLevel || strconv.Itoa(level) != want) {
			l.sink.Add(e.Value, "value_unknown", "%q is neither a level from 0 to %d nor one of %s", want, assess.MaxLevel, strings.Join(states, ", "))
		}
		if l.known(e.Key, "control", id, l.controlIDs()) {
			out = append(out, expectation{aboutControl + id, want, func(v verdict) string { return v.level(id) }})
		}
	}
	return out
}

func (v verdict) level(control string) string {
	for _, r := range v.report.Readings {
		switch {
		case r.Control.ID != control:
		case r.State == assess.Known:
			return strconv.Itoa(r.Level)
		default:
			return string(r.State)
		}
	}
	return nothing
}

// findings reads kinds and severities.
func (l *loader) findings(f *strictyaml.Fields) []expectation {
	kinds := []string{string(assess.Strength), string(assess.Watch), string(assess.Gap), string(assess.ToVerify)}
	var out []expectation
	for _, e := range f.Map("findings") {
		id := e.Key.Value
		l.known(e.Key, "control", id, l.controlIDs())
		section := strictyaml.Open(e.Value, &l.sink)
		kind := section.OptString("kind")
		if kind != "" {
			l.among(section.Node("kind"), kind, kinds)
			out = append(out, expectation{"the kind of the finding " + id, kind, func(v verdict) string {
				if finding := v.report.Finding(id); finding != nil {
					return string(finding.Kind)
				}
				return nothing
			}})
		}
		severity, given := section.OptInt("severity", 0, 16)
		if given {
			out = append(out, expectation{"the severity of the finding " + id, strconv.Itoa(severity), func(v verdict) string {
				if finding := v.report.Finding(id); finding != nil {
					return strconv.Itoa(finding.Severity)
				}
				return nothing
			}})
		}
		section.Close()
		if kind == "" && !given {
			l.sink.Add(e.Value, "expectation_missing", "nothing is expected of the finding %q", id)
		}
	}
	return out
}

func (l *loader) among(at *strictyaml.Node, word string, words []string) {
	if slices.Contains(words, word) {
		return
	}
	p := l.sink.Add(at, "value_unknown", "%q is none of %s", word, strings.Join(words, ", "))
	if near := strictyaml.Nearest(word, words); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
}

// risks reads severities; 0 is a risk that is not shown.
func (l *loader) risks(f *strictyaml.Fields) []expectation {
	var out []expectation
	for _, e := range f.Map("risks") {
		id := e.Key.Value
		l.known(e.Key, "risk", id, ids(l.model.Risks, func(r assess.Risk) string { return r.ID }))
		want := strictyaml.Int(e.Value, 0, 16, &l.sink)
		out = append(out, expectation{"the severity of the risk " + id, strconv.Itoa(want), func(v verdict) string {
			for _, r := range v.report.Risks {
				if r.Risk.ID == id {
					return strconv.Itoa(r.Severity)
				}
			}
			return "0"
		}})
	}
	return out
}

// actions reads the actions that are proposed, and those that are not.
func (l *loader) actions(f *strictyaml.Fields) []expectation {
	var out []expectation
	for _, key := range []string{"actions", "no_actions"} {
		want := map[string]string{"actions": present, "no_actions": absent}[key]
		for _, n := range f.List(key) {
			id := strictyaml.Text(n, &l.sink)
			if id == "" || !l.known(n, "action", id, ids(l.model.Actions, func(a assess.Action) string { return a.ID })) {
				continue
			}
			out = append(out, expectation{"whether " + id + " is proposed", want, func(v verdict) string {
				if slices.ContainsFunc(v.roadmap.Actions, func(a plan.Action) bool { return a.Action.ID == id }) {
					return present
				}
				return absent
			}})
		}
	}
	return out
}

// lists reads the contradictions and the opportunities: a list that is there is the whole of them.
func (l *loader) lists(f *strictyaml.Fields) []expectation {
	var out []expectation
	for _, list := range []struct {
		key, kind string
		known     []string
		got       func(verdict) []string
	}{
		{"contradictions", "contradiction", ids(l.model.Contradictions, func(c assess.Contradiction) string { return c.ID }),
			func(v verdict) []string {
				return ids(v.report.Contradictions, func(c assess.ContradictionReport) string { return c.Contradiction.ID })
			}},
		{"opportunities", "opportunity", ids(l.model.Opportunities, func(o assess.Opportunity) string { return o.ID }),
			func(v verdict) []string {
				return ids(v.report.Opportunities, func(o assess.OpportunityReport) string { return o.Opportunity.ID })
			}},
	} {
		if f.Node(list.key) == nil {
			continue
		}
		var want []string
		for _, n := range f.List(list.key) {
			if id := strictyaml.Text(n, &l.sink); id != "" && l.known(n, list.kind, id, list.known) {
				want = append(want, id)
			}
		}
		out = append(out, expectation{"the " + list.key, together(want), func(v verdict) string { return together(list.got(v)) }})
	}
	return out
}

// together writes a list whose order does not count.
func together(list []string) string {
	if len(list) == 0 {
		return nothing
	}
	sorted := slices.Sorted(slices.Values(list))
	return strings.Join(sorted, ", ")
}
