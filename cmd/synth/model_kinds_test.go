package main

import (
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/schemas"
)

// The schema of model list names the kinds that the command names.
func TestKindsAreThoseOfTheSchema(t *testing.T) {
	data, err := fs.ReadFile(schemas.FS(), schemas.List)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct{ Enum []string } `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(itemKinds(), schema.Defs["kind"].Enum); diff != "" {
		t.Errorf("-Go +schema:\n%s", diff)
	}
}

// Every screen that a template is shipped for can be checked.
func TestEveryScreenIsKnown(t *testing.T) {
	files, err := (&app{workDir: t.TempDir()}).catalogue(nil)
	if err != nil {
		t.Fatal(err)
	}
	model, err := files.load()
	if err != nil {
		t.Fatal(err)
	}
	read := files.read(model)
	shipped, err := fs.Glob(files.content, "fr/templates/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range shipped {
		if !slices.Contains(read, name) {
			t.Errorf("screens() lacks the view of %s", name)
		}
	}
}
