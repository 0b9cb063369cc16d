package obsidian

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/yuin/goldmark/ast"
)

type calloutRow struct {
	Rule, Source, Text, Kind string
	Callouts                 []calloutParts
}

type calloutParts struct{ Type, Fold, Title, Meta string }

func TestCalloutsConform(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "vault", "testdata", "conformance", "callouts.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var row calloutRow
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		t.Run(row.Rule, func(t *testing.T) {
			if diff := cmp.Diff(row.Callouts, calloutsOf(t, []byte(row.Text)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("callouts of %q (%s) (-want +got):\n%s", row.Text, row.Source, diff)
			}
		})
	}
}

func calloutsOf(t *testing.T, source []byte) (found []calloutParts) {
	t.Helper()
	doc, err := Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	_ = ast.Walk(doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		callout, ok := node.(*Callout)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		parts := calloutParts{Type: callout.CalloutType, Meta: callout.Meta}
		if callout.Fold != Fixed {
			parts.Fold = string(callout.Fold)
		}
		if title, ok := callout.FirstChild().(*CalloutTitle); ok {
			parts.Title = joined(title.Lines(), source)
		}
		found = append(found, parts)
		return ast.WalkContinue, nil
	})
	return found
}
