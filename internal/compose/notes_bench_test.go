package compose

import (
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// BenchmarkNotes goes the way from the answers of one client, who gave the worst to every question, to the texts of his
// notes: what each further client of a vault costs besides reading and comparing.
func BenchmarkNotes(b *testing.B) {
	model, composer := loadModel(b, content(b))
	files := notes{"Cabinet.md": client("cdt", "title: Cabinet", "country: CH", "as_of: 2026-02-01")}
	for _, q := range model.Set.Questionnaires {
		files[q.ID+".md"] = sent(model.Set, "cdt", worst(q, plainly))
	}
	v := files.open(b)
	engagements, _ := model.Set.Read(v)
	report, err := model.Assess(engagements[0])
	if err != nil {
		b.Fatal(err)
	}
	roadmap, err := plan.Build(report, nil, "2026-02-01")
	if err != nil {
		b.Fatal(err)
	}
	places, err := composer.Place(Find(v), []*assess.Report{report}, nil)
	if err != nil {
		b.Fatal(err)
	}
	steps := []struct {
		name string
		do   func(*questionnaire.Engagement) error
	}{
		{"assess", func(e *questionnaire.Engagement) error { _, err := model.Assess(e); return err }},
		{"plan", func(*questionnaire.Engagement) error { _, err := plan.Build(report, nil, "2026-02-01"); return err }},
		{"compose", func(*questionnaire.Engagement) error {
			_, err := composer.Notes(places, report, roadmap, nil)
			return err
		}},
	}
	for _, step := range steps {
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := step.do(engagements[0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
