package compose

import (
	"reflect"
	"strings"
	"testing"
	"text/template"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// What the views have ready is what a template can work out itself, by the functions that users' own templates call.
func TestWhatIsReadyCanBeWorkedOut(t *testing.T) {
	model, composer := loadModel(t, content(t))
	files := notes{"Cabinet.md": client("cdt", "title: Cabinet", "country: CH", "as_of: 2026-02-01")}
	for _, q := range model.Set.Questionnaires {
		files[q.ID+".md"] = sent(model.Set, "cdt", worst(q, func(*questionnaire.Question) vault.Untrusted { return vault.Received("Logiciel") }))
	}
	views := map[string][]any{}
	for kind, l := range composer.layouts {
		l.body = template.Must(template.New("").Funcs(template.FuncMap{"capture": func(view any) string {
			views[kind] = append(views[kind], view)
			return ""
		}}).Parse(capturing(l.regions)))
	}
	stage(t, model, composer, files)
	const score = `{{with .Score}}{{if .CappedBy}}{{join (first 5 .CappedBy) ", "}} {{beyond 5 .CappedBy}} {{gt (beyond 5 .CappedBy) 1}}{{end}} {{word "confidence" .Confidence}}{{end}}`
	const scored = `{{with .Score}}{{if .Causes}}{{.Causes}} {{.MoreCauses}} {{.SeveralMore}}{{end}} {{.ConfidenceWord}}{{end}}`
	const references = `{{range .References}}{{.Title}} ({{word "jurisdiction" .Jurisdiction}}, {{word "obligation" .Kind}}){{end}}`
	const risks = `{{range .Risks}}{{with .Emoji}}{{.}} {{end}}{{.Title}}{{.Text}}{{.Links}}{{end}}`
	const findings = `{{range .Findings}}{{word "kind" .Kind}} {{.Text}}{{.Links}} ^{{.Block}}{{end}}`
	tests := []struct{ kind, computed, ready string }{
		{AnalysisKind, score + `{{with .Score}}{{word "priority" .Priority}}{{end}}`, scored + `{{with .Score}}{{.PriorityWord}}{{end}}`},
		{AnalysisKind, `{{range .Themes}}` + findings + `{{end}}`, `{{range .Themes}}{{range .Findings}}{{.Sign}} {{.Item}}{{end}}{{end}}`},
		{AnalysisKind, risks, `{{range .Risks}}{{.Sign}}{{.Title}}{{.Item}}{{end}}`},
		{AnalysisKind, `{{range .Plan}}{{with .Horizon}}{{word "horizon" .}}{{end}}{{cell .Title}}{{range .Steps}}{{cell (lowerFirst .)}}{{end}}{{cell .Links}}{{cell .Objective}}{{end}}`,
			`{{range .Plan}}{{.Period}}{{.TitleCell}}{{join .StepCells ""}}{{.LinksCell}}{{.ObjectiveCell}}{{end}}`},
		{AnalysisKind, references, `{{range .References}}{{.Cited}}{{end}}`},
		{AnalysisKind, `{{range .Questions}}{{word "reason" .Reason}}{{end}}`, `{{range .Questions}}{{.Why}}{{end}}`},
		{SynthesisKind, `{{range .Domains}}` + score + findings + risks + references + `{{cell .Title}}{{cell (join .KeyFindings " · ")}}{{cell (join .KeyRisks " · ")}}{{cell (join .KeyOpportunities " · ")}}{{word "priority" .Priority}}{{end}}`,
			`{{range .Domains}}` + scored + `{{range .Findings}}{{.Sign}} {{.Item}}{{end}}{{range .Risks}}{{.Sign}}{{.Title}}{{.Item}}{{end}}{{range .References}}{{.Cited}}{{end}}{{.TitleCell}}{{.FindingsCell}}{{.RisksCell}}{{.OpportunitiesCell}}{{.PriorityWord}}{{end}}`},
		{SynthesisKind, `{{range .Horizons}}{{word "term" .Horizon}}{{range .Actions}}{{lowerFirst .Title}}{{lowerFirst .Objective}}{{.Links}} ^{{.Block}}{{end}}{{gt .More 1}}{{end}}`,
			`{{range .Horizons}}{{.Term}}{{range .Actions}}{{.Inline}}{{.Outcome}}{{.Trail}}{{end}}{{.SeveralMore}}{{end}}`},
		{RoadmapKind, `{{range .Tasks}}{{range .}}{{lowerFirst .Objective}}{{word "owner" .Owner}}{{gt .Effort 1}}{{.Links}}{{.Fields}} ^{{.Block}}{{end}}{{end}}`,
			`{{range .Tasks}}{{range .}}{{.Outcome}}{{.Who}}{{.Several}}{{.Trail}}{{end}}{{end}}`},
		{RoadmapKind, `{{range .Gantt}}{{word "horizon" .Horizon}}{{range .Bars}}{{.State}}{{.Start}}, {{.End}}{{end}}{{end}}`,
			`{{range .Gantt}}{{.Period}}{{range .Bars}}{{.Span}}{{end}}{{end}}`},
	}
	for _, test := range tests {
		said := 0
		for _, view := range views[test.kind] {
			if reflect.Indirect(reflect.ValueOf(view)).Type() == reflect.TypeFor[domainView]() {
				continue // it is reached from the synthesis
			}
			computed, ready := filled(t, composer, test.computed, view), filled(t, composer, test.ready, view)
			if said += len(ready); computed != ready {
				t.Errorf("%s: %s\nis %q\nnot %q", test.kind, test.ready, ready, computed)
			}
		}
		if said == 0 {
			t.Errorf("%s: %s says nothing: this test sees nothing", test.kind, test.ready)
		}
	}
}

func filled(t *testing.T, c *Composer, text string, view any) string {
	t.Helper()
	made, err := c.template(text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := made.Execute(&b, view); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
