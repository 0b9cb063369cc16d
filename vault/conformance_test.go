package vault

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// eachRule runs a test for each row of a table of testdata/conformance.
func eachRule[Row any](t *testing.T, table string, name func(Row) string, test func(*testing.T, Row)) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "conformance", table))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var row Row
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&row); err != nil {
			t.Fatalf("%s: %v in %s", table, err, line)
		}
		t.Run(name(row), func(t *testing.T) { test(t, row) })
	}
}

// Every row states a rule of its own and who says so, and the README tells how each table is run.
func TestTablesExplainThemselves(t *testing.T) {
	folder := filepath.Join("testdata", "conformance")
	readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil || len(tables) == 0 {
		t.Fatalf("%d tables: %v", len(tables), err)
	}
	for _, table := range tables {
		data, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		if name := filepath.Base(table); !bytes.Contains(readme, []byte("| `"+name+"` |")) {
			t.Errorf("the README does not tell of %s", name)
		}
		seen := map[string]bool{}
		for line := range bytes.Lines(data) {
			var row rule
			if err := json.Unmarshal(line, &row); err != nil {
				t.Fatalf("%s: %v in %s", table, err, line)
			}
			if row.Rule == "" || row.Source == "" || seen[row.Rule] {
				t.Errorf("%s: the rule %q, by %q, stands twice or says not whose it is", table, row.Rule, row.Source)
			}
			seen[row.Rule] = true
		}
	}
}

// rule is what every row has: the rule, who says so, and the bytes of a note.
type rule struct{ Rule, Source, Text string }

func TestLinksConform(t *testing.T) {
	type row struct {
		rule
		Links []Link
	}
	eachRule(t, "links.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		n := openNote(t, r.Text)
		links, err := n.Links()
		if err != nil {
			t.Fatal(err)
		}
		noPlaces := cmpopts.IgnoreFields(Link{}, "Line", "Column")
		if diff := cmp.Diff(r.Links, links, noPlaces, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("links of %q (%s) (-want +got):\n%s", r.Text, r.Source, diff)
		}
		if diff := cmp.Diff(links, n.Outline().Links, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("links of %q (-note +outline):\n%s", r.Text, diff)
		}
	})
}

func TestTagsConform(t *testing.T) {
	type row struct {
		rule
		Tags []string
	}
	eachRule(t, "tags.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		var got []string
		for _, tag := range openNote(t, r.Text).Outline().Tags {
			got = append(got, tag.Name)
		}
		if diff := cmp.Diff(r.Tags, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("tags of %q (%s) (-want +got):\n%s", r.Text, r.Source, diff)
		}
	})
}

func TestSubpathsConform(t *testing.T) {
	type row struct {
		rule
		Subpath string
		Found   bool
	}
	eachRule(t, "subpaths.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		if got := openNote(t, r.Text).Outline().Has(r.Subpath); got != r.Found {
			t.Errorf("%q in %q (%s): found %v, want %v", r.Subpath, r.Text, r.Source, got, r.Found)
		}
	})
}

func TestTasksConform(t *testing.T) {
	type row struct {
		rule
		Marks []string
	}
	eachRule(t, "tasks.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		blocks, err := openNote(t, r.Text).Blocks()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range blocks {
			if b.Mark != "" {
				got = append(got, b.Mark)
			}
		}
		if diff := cmp.Diff(r.Marks, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("tasks of %q (%s) (-want +got):\n%s", r.Text, r.Source, diff)
		}
	})
}

func TestFieldsConform(t *testing.T) {
	type row struct {
		rule
		Fields []Field
	}
	eachRule(t, "fields.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		fields, err := openNote(t, r.Text).Fields()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r.Fields, fields, cmpopts.IgnoreFields(Field{}, "Line"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("fields of %q (%s) (-want +got):\n%s", r.Text, r.Source, diff)
		}
	})
}

func TestBacklinksConform(t *testing.T) {
	type row struct {
		Rule, Source string
		Files        map[string]string
		To           string
		Want         []string
	}
	eachRule(t, "backlinks.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		var got []string
		for _, b := range openFiles(t, r.Files).Index().Backlinks(r.To) {
			got = append(got, b.From)
		}
		if diff := cmp.Diff(r.Want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("links to %s (%s) (-want +got):\n%s", r.To, r.Source, diff)
		}
	})
}

func TestSettingsConform(t *testing.T) {
	type row struct {
		Rule, Source string
		Files        map[string]string
		Config       string
		Excluded     []string
	}
	eachRule(t, "settings.jsonl", func(r row) string { return r.Rule }, func(t *testing.T, r row) {
		v := openFiles(t, r.Files)
		if name, found := ConfigDir(v.Dir()); found != (r.Config != "") || found && name != r.Config {
			t.Errorf("the settings lie in %q, %v; want %q (%s)", name, found, r.Config, r.Source)
		}
		var got []string
		for _, f := range v.everyFile() {
			if v.Excluded(f.path) {
				got = append(got, f.path)
			}
		}
		if diff := cmp.Diff(r.Excluded, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("excluded (%s) (-want +got):\n%s", r.Source, diff)
		}
	})
}
