package cases

import (
	"strconv"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// number is one number of a score, by its name in the JSON of build.
type number struct {
	name string
	of   func(assess.Score) int
}

func numbers() []number {
	return []number{
		{"final", func(s assess.Score) int { return s.Final }}, {"best", func(s assess.Score) int { return s.Best }},
		{"proven", func(s assess.Score) int { return s.Proven }}, {"possible", func(s assess.Score) int { return s.Possible }},
		{"cap", func(s assess.Score) int { return s.Cap }}, {"cap_best", func(s assess.Score) int { return s.CapBest }},
		{"coverage", func(s assess.Score) int { return s.Coverage }},
	}
}

type scored func(verdict) (assess.Score, assess.Priority)

// score reads the numbers and words that are expected of a score.
func (l *loader) score(node *strictyaml.Node, whose string, of scored) []expectation {
	section := strictyaml.Open(node, &l.sink)
	var out []expectation
	for _, n := range numbers() {
		if want, ok := section.OptInt(n.name, 0, 100); ok {
			out = append(out, expectation{whose + n.name, strconv.Itoa(want), func(v verdict) string {
				s, _ := of(v)
				if !s.Shown() && n.name != "coverage" {
					return nothing // it is not shown, and null in the JSON
				}
				return strconv.Itoa(n.of(s))
			}})
		}
	}
	if want := section.OptString("confidence"); want != "" {
		l.among(section.Node("confidence"), want, []string{string(assess.High), string(assess.Middle), string(assess.Low),
			string(assess.NotAssessed), string(assess.NothingToAssess)})
		out = append(out, expectation{whose + "confidence", want, func(v verdict) string { s, _ := of(v); return string(s.Confidence) }})
	}
	if want := section.OptString("priority"); want != "" {
		var known []string
		for _, p := range assess.Priorities() {
			known = append(known, string(p))
		}
		l.among(section.Node("priority"), want, known)
		out = append(out, expectation{whose + "priority", want, func(v verdict) string { _, p := of(v); return string(p) }})
	}
	section.Close()
	if len(out) == 0 {
		l.sink.Add(node, "expectation_missing", "nothing is expected of %sscore", whose)
	}
	return out
}

func ofDomain(id string) scored {
	return func(v verdict) (assess.Score, assess.Priority) {
		for _, d := range v.report.Domains {
			if d.Domain.ID == id {
				return d.Score, d.Priority
			}
		}
		return assess.Score{}, ""
	}
}
