package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// Whatever stands in a note or in a copy, nothing of it acts on the terminal: not in the summary, not in the diffs.
func TestVerifyShowsHostileEdits(t *testing.T) {
	dir, _ := copyVault(t, filepath.Join(examples, "suisse"))
	if status, _, stderr := runSynth(t, "build", dir); status != exitDone {
		t.Fatal(stderr)
	}
	found, err := filepath.Glob(filepath.Join(dir, "Clients", "*", "*Facturation*CDT.md"))
	if err != nil || len(found) != 2 {
		t.Fatal(found, err)
	}
	note := found[1] // behind the questionnaire's, whose name begins with a letter
	data, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range hostileStrings(t) {
		if i%8 != 0 {
			continue // each takes a run of the program
		}
		hostile := strings.NewReplacer("\r", " ", "\n", " ").Replace(text)
		edited := strings.Replace(string(data), "Diagnostic express", hostile, 1)
		edited = strings.Replace(edited, "\ntitle:", "\n"+inYAML(hostile)+": 1\ntitle:", 1)
		copied := filepath.Join(t.TempDir(), "copy.md")
		if err := os.WriteFile(copied, []byte(edited), 0o600); err != nil {
			t.Fatal(err)
		}
		status, stdout, stderr := runSynth(t, "verify", "--vault", dir, "--against", copied)
		if status != exitNotSo {
			t.Errorf("%q: exit status %d: %s", text, status, stderr)
		}
		for _, r := range stdout + stderr {
			if r != '\n' && unicode.IsControl(r) {
				t.Errorf("%q: %U reaches the terminal", text, r)
				break
			}
		}
	}
}
