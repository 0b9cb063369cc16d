package compose

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/synth-vault/synth/internal/catalog"
)

// BenchmarkLoad reads the shipped templates, as every build does.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Load(catalog.Shipped(), "fr"); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

// What came with the program is read only when it is drawn: here it is, all of it.
func TestShippedScreensCanBeRead(t *testing.T) {
	composer, problems := Load(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, read := range composer.screens {
		if template, err := read(); err != nil || template == nil {
			t.Errorf("screen %s: %v", name, err)
		}
	}
}

// A screen of one's own is read at once, and what is wrong with it said, whether this command draws it or not.
func TestOwnScreensAreReadAtOnce(t *testing.T) {
	const broken = "{{if .Clients}}"
	for file, names := range map[string][]string{
		"fr/templates/screen_verify.md":        {"fr/templates/screen_verify.md"},
		"fr/templates/screen_explain_theme.md": {"fr/templates/screen_explain_theme.md"},
		"fr/templates/screen_explain_parts.md": { // each screen that uses them
			"fr/templates/screen_explain_finding.md", "fr/templates/screen_explain_theme.md", "fr/templates/screen_explain_risk.md",
			"fr/templates/screen_explain_statement.md", "fr/templates/screen_explain_action.md", "fr/templates/screen_explain_reference.md",
			"fr/templates/screen_explain_question.md", "fr/templates/screen_explain_questionnaire.md", "fr/templates/screen_explain_score.md"},
	} {
		_, problems := Load(catalog.Over(fstest.MapFS{file: {Data: []byte(broken)}}), "fr")
		var found []string
		for _, p := range problems {
			if p.Code != "template_invalid" {
				t.Errorf("%s: %v", file, p)
			}
			found = append(found, p.Path)
		}
		if !slices.Equal(found, names) {
			t.Errorf("with %s broken, Load finds fault with %q, want %q", file, found, names)
		}
	}
}

// A catalogue that nothing is known of is read whole.
func TestOtherCataloguesAreReadAtOnce(t *testing.T) {
	files := fstest.MapFS{}
	err := fs.WalkDir(catalog.Shipped(), "fr", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == "fr/templates/screen_plan.md" {
			return err
		}
		data, err := fs.ReadFile(catalog.Shipped(), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, problems := Load(files, "fr")
	if len(problems) != 1 || problems[0].Code != "template_unreadable" || problems[0].Path != "fr/templates/screen_plan.md" {
		t.Errorf("without its screen of the plan, Load says %v", problems)
	}
}
