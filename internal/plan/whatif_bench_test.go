package plan

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// worst ticks the first of a question's worst options.
func worst(q *questionnaire.Question) []string {
	var out []string
	least := 0
	for _, o := range q.Options {
		if rank, ranked := o.Status.Rank(); ranked && (out == nil || rank < least) {
			out, least = []string{o.ID}, rank
		}
	}
	if out == nil && len(q.Options) > 0 {
		return []string{q.Options[0].ID}
	}
	return out
}

// BenchmarkSearch answers a target, from the report to the set: for the example's first client, for one who gives the
// worst answer to every question of the shipped model, for random ones, and for made-up models whose actions cross the
// domains, where not every set is followed.
func BenchmarkSearch(b *testing.B) {
	m := shipped(b)
	cases := map[string]*assess.Report{
		"example": judged(b, m, "../../examples/suisse")[0],
		"worst":   answered(b, m, func(string) bool { return true }, worst),
	}
	r := rand.New(rand.NewPCG(3, 2026))
	for i := 0; i < 3; {
		if report := randomReport(b, m, r); report != nil && report.Score.Shown() {
			i++
			cases[fmt.Sprintf("random-%d", i)] = report
		}
	}
	for i := 0; i < 2; {
		report := answered(b, randomModel(m, r, 64), func(string) bool { return true }, worst)
		if report.Score.Shown() {
			i++
			cases[fmt.Sprintf("tangled-%d", i)] = report
		}
	}
	for _, name := range []string{"example", "worst", "random-1", "random-2", "random-3", "tangled-1", "tangled-2"} {
		roadmap, err := Build(cases[name], nil, "2026-01-31")
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			var w *WhatIf
			var choice Choice
			for b.Loop() {
				w = Ask(cases[name], roadmap, nil)
				choice, _ = w.Target(60)
			}
			if !choice.Exact && !strings.HasPrefix(name, "tangled") {
				b.Errorf("%d sets were too few: %+v", breadth, choice)
			}
			b.ReportMetric(float64(w.Visited()), "nodes")
			b.ReportMetric(float64(len(w.search.options)), "candidates")
			b.ReportMetric(float64(choice.Effort), "half-days")
			b.ReportMetric(float64(choice.Score), "score")
		})
	}
}
