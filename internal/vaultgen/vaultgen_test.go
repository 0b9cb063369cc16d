package vaultgen_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/vaultgen"
)

// generate gives the texts of a vault's notes by their paths.
func generate(t *testing.T, notes int, seed uint64) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	if err := vaultgen.Write(dir, notes, seed); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		files[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWriteGivesTheSameBytesForTheSameSeed(t *testing.T) {
	first := generate(t, 200, 1)
	if len(first) != 200 {
		t.Errorf("%d notes, not 200", len(first))
	}
	if diff := cmp.Diff(first, generate(t, 200, 1)); diff != "" {
		t.Errorf("the same seed (-first +second):\n%s", diff)
	}
	if cmp.Equal(first, generate(t, 200, 2)) {
		t.Error("another seed gives the same notes")
	}
}

func TestWriteMakesNotesOfEveryKindAndOfTheSizesOfAVault(t *testing.T) {
	var sizes []int
	var all bytes.Buffer
	for _, text := range generate(t, 1000, 1) {
		sizes = append(sizes, len(text))
		all.WriteString(text)
	}
	slices.Sort(sizes)
	if median := sizes[len(sizes)/2]; median < 1200 || median > 2500 {
		t.Errorf("the median note has %d bytes", median)
	}
	for _, part := range []string{"---\ntitle: ", "\nform_id: ", "\ncategory: ", "\ntags:\n", "[[", "![[", "#^b", "> [!", "\n| --- |", "```", "- [x] ", " ^b"} {
		if !strings.Contains(all.String(), part) {
			t.Errorf("no note holds %q", part)
		}
	}
	for _, ours := range []string{"category: client", "category: questionnaire", "synth_"} {
		if strings.Contains(all.String(), ours) {
			t.Errorf("a note holds %q: it is synth's", ours)
		}
	}
}

func TestWriteTellsWhatTheSystemRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := vaultgen.Write(file, 1, 1); err == nil {
		t.Error("a vault was written into a file")
	}
}
