package render

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// The table says which of Obsidian's thirteen types each name is.
func TestCalloutAliasesConform(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "vault", "testdata", "conformance", "callouts.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for line := range bytes.Lines(data) {
		var row struct {
			Kind     string
			Callouts []struct{ Type string }
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		if row.Kind == "" {
			continue
		}
		kinds[row.Kind] = true
		name := row.Callouts[0].Type
		p := palette{}
		if got, want := p.calloutKind(name), p.calloutKind(row.Kind); got != want {
			t.Errorf("%s is drawn as %v, want %v as %s", name, got, want, row.Kind)
		}
	}
	if len(kinds) != 13 {
		t.Errorf("%d types, not thirteen", len(kinds))
	}
}
