package compose_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
)

// Each case is the shipped catalogue with one edit of one file, and what Review says of it.
func TestReview(t *testing.T) {
	const analysis, screen, screens = "fr/templates/analyse_questionnaire.md", "fr/templates/screen_undo.md", "fr/screens.yaml"
	tests := []struct{ name, file, old, new, want string }{
		{"nothing", analysis, "", "", ""},
		{"a field that no view has", analysis, "{{with .Score -}}", "{{with .Scores -}}", `error template_field the template reads "Scores", which nothing gives`},
		{"a field of a field", analysis, "{{.Final}}", "{{$.Risks.Total}}", `error template_field the template reads "Total", which nothing gives`},
		{"a template that nothing uses", analysis, `{{define "plan" -}}`, `{{define "annexe"}}{{end}}{{define "plan" -}}`, `warning template_unused nothing uses the template "annexe"`},
		{"one that another uses", analysis, `{{define "plan" -}}`, `{{define "annexe"}}{{end}}{{define "plan" -}}{{template "annexe"}}`, ""},
		{"a name", analysis, "{{.Title}} – {{.Code}}", "{{.Titre}} – {{.Code}}", `error template_field the name of the note reads`},
		{"a screen", screen, "range .Notes", "range .Files", `error template_field the template reads "Files", which nothing gives`},
		{"a phrase", "fr/templates/screen_show.md", `{{define "cut"}}`, `{{define "coupe"}}`, `error template_missing the template "cut" is missing`},
		{"an owner without a word", screens, "direction: direction, ", "", `warning words_missing the owner "direction"`},
	}
	for _, test := range tests {
		data, err := fs.ReadFile(catalog.Shipped(), test.file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if !strings.Contains(text, test.old) {
			t.Fatalf("%s holds no %q", test.file, test.old)
		}
		content := catalog.Over(fstest.MapFS{test.file: {Data: []byte(strings.Replace(text, test.old, test.new, 1))}})
		m, problems := assess.Load(content, "fr")
		if m == nil {
			t.Fatal(problems)
		}
		got := ""
		if problems = compose.Review(content, "fr", m, map[string]any{"show": compose.PhraseNames{"folded", "cut", "deep", "cycle", "missing", "image", "file", "head", "as_written"},
			"undo": struct {
				Notes []struct{ Outcome, Path string }
			}{}}); len(problems) > 0 {
			got = string(problems[0].Severity) + " " + problems[0].Code + " " + problems[0].Message
		}
		if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
