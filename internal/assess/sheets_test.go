package assess_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// load loads a catalogue that is tested elsewhere.
func load(t *testing.T, fsys fs.FS) *assess.Model {
	t.Helper()
	m, problems := assess.Load(fsys, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// The law office is an example with a model of its own.
const (
	lawOfficeFiles   = "../../examples/avocat/modele"
	lawOfficeClients = "../../examples/avocat/Clients"
)

func lawOffice(t *testing.T) *assess.Model { return load(t, catalog.Over(os.DirFS(lawOfficeFiles))) }

// edited is the law office with one edit, the first occurrence of a text that a file must hold.
func edited(t *testing.T, name, from, to string) *assess.Model {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(lawOfficeFiles)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%s does not hold %q (%v)", name, from, err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return load(t, catalog.Over(os.DirFS(dir)))
}

func shipped(t *testing.T) *assess.Model { return load(t, catalog.Shipped()) }

// roche reads the hand-written notes of the law office.
func roche(t *testing.T, m *assess.Model) *assess.Report {
	t.Helper()
	return judge(t, m, only(t, m, lawOfficeClients))
}

func judge(t *testing.T, m *assess.Model, e *questionnaire.Engagement) *assess.Report {
	t.Helper()
	r, err := m.Assess(e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// only reads a vault that holds one client.
func only(t *testing.T, m *assess.Model, dir string) *questionnaire.Engagement {
	t.Helper()
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engagements, problems := m.Set.Read(v)
	for _, p := range problems {
		if p.Severity == vault.Error {
			t.Fatal(p)
		}
	}
	if len(engagements) != 1 {
		t.Fatalf("%d clients, want 1", len(engagements))
	}
	return engagements[0]
}

// engage writes sheets as the notes of one client and reads them back. note says how the i-th note is called.
func engage(t *testing.T, m *assess.Model, note func(i int) string, sheets ...*questionnaire.Sheet) *questionnaire.Engagement {
	t.Helper()
	dir := t.TempDir()
	for i, s := range sheets {
		text := fmt.Sprintf("---\ncategory: questionnaire\nform_id: %s_abc\ndate_reception: 2026-01-31\nrespondant: R%d\n---\n%s",
			s.Questionnaire, i, m.Set.Body(s))
		if err := os.WriteFile(filepath.Join(dir, note(i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return only(t, m, dir)
}

func numbered(i int) string { return fmt.Sprintf("%d.md", i) }
