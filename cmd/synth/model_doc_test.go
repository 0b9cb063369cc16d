package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/synth-vault/synth/vault"
)

// Every link of the documentation leads to one note, and to a block that stands in it.
func TestModelDocumentationLinks(t *testing.T) {
	for _, model := range []string{"", filepath.Join(examples, "avocat", "modele")} {
		dir := t.TempDir()
		args := []string{"model", "doc", "-o", dir}
		if model != "" {
			absolute, err := filepath.Abs(model)
			if err != nil {
				t.Fatal(err)
			}
			args = append(args, absolute)
		}
		if status, _, stderr := runSynth(t, args...); status != exitDone {
			t.Fatalf("exit status %d: %s", status, stderr)
		}
		v, err := vault.Open(dir, vault.Options{})
		if err != nil {
			t.Fatal(err)
		}
		total := 0
		for _, n := range v.Notes() {
			total += checkLinks(t, v, n)
		}
		if total < 20 {
			t.Errorf("the notes of %q hold %d links", model, total)
		}
	}
}

func checkLinks(t *testing.T, v *vault.Vault, n *vault.Note) int {
	t.Helper()
	links, err := n.Links()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		r := v.Resolve(n.Path(), l)
		target, found := v.Note(r.Path)
		if !found || len(r.Ambiguous) > 0 {
			t.Errorf("%s:%d: the link to %q leads to %q %v", n.Path(), l.Line, l.Target, r.Path, r.Ambiguous)
			continue
		}
		if id, ok := strings.CutPrefix(l.Subpath, "^"); ok && !hasBlock(t, target, id) {
			t.Errorf("%s:%d: %s has no block %q", n.Path(), l.Line, target.Path(), id)
		}
	}
	return len(links)
}

func hasBlock(t *testing.T, n *vault.Note, id string) bool {
	t.Helper()
	blocks, err := n.Blocks()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, b := range blocks {
		if b.ID == id {
			count++
		}
	}
	return count == 1
}

// The law office's documentation, read by eye.
func TestModelDocumentationGolden(t *testing.T) {
	dir := t.TempDir()
	model, err := filepath.Abs(filepath.Join(examples, "avocat", "modele"))
	if err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := runSynth(t, "model", "doc", model, "-o", dir); status != exitDone {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(names) != 4 {
		t.Fatalf("%v, %v", names, err)
	}
	for _, name := range names {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "doc", filepath.Base(name))
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != string(got) {
			t.Errorf("%s differs from %s; -update renews it (%v)", name, golden, err)
		}
	}
}
