package check

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/synth-vault/synth/vault"
)

// validate checks a document against the part of the SARIF schema that we use.
func validate(t *testing.T, document *SARIF) {
	t.Helper()
	schema, err := os.ReadFile("testdata/sarif.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("sarif.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("sarif.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(instance); err != nil {
		t.Error(err)
	}
}

// Columns count UTF-16 code units, addresses are relative and encoded, and braces are no placeholders.
func TestSARIF(t *testing.T) {
	in := input(t, map[string]string{
		"Dossier/📁 50 % : été.md": "x\r\n😀 é [[Nowhere {x}]]\n",
		"Off.md":                  "[[#Gone]]\n",
	}, func(in *Input) { in.Off = []string{"link_heading_broken", "name_unportable"} })
	found := findAll(t, in)
	document, err := NewSARIF("1.2.3", in, found)
	if err != nil {
		t.Fatal(err)
	}
	validate(t, document)
	run := document.Runs[0]
	index := 0
	for i, r := range run.Tool.Driver.Rules {
		if r.ID == "link_broken" {
			index = i
		}
	}
	want := []sarifResult{{
		RuleID: "link_broken", RuleIndex: index, Level: "warning",
		Message: sarifMessage{"the link \"Nowhere {{x}}\" leads to no file\nhint: make the note, or take the link away"},
		Locations: []sarifLocation{{sarifPhysical{
			sarifArtifact{"Dossier/%F0%9F%93%81%2050%20%25%20%3A%20%C3%A9t%C3%A9.md", "%SRCROOT%"},
			sarifRegion{2, 6}, // the emoji is two units
		}}},
	}}
	if diff := cmp.Diff(want, run.Results); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var off []string
	for _, o := range run.Invocations[0].Overrides {
		if id := run.Tool.Driver.Rules[*o.Descriptor.Index].ID; id != o.Descriptor.ID || o.Configuration.Enabled {
			t.Errorf("override %+v of %s", o, id)
		}
		off = append(off, o.Descriptor.ID)
	}
	if diff := cmp.Diff([]string{"name_unportable", "link_heading_broken"}, off); diff != "" || !run.Invocations[0].Successful {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A run that failed says so, and finds nothing.
func TestFailedSARIF(t *testing.T) {
	document, err := FailedSARIF("1.2.3", []vault.Problem{
		{Severity: vault.Error, Code: "vault_unreadable", Message: "no such folder"},
		{Path: "synth.yaml", Line: 2, Column: 3, Severity: vault.Error, Code: "unknown_key", Message: "x"},
	})
	if err != nil {
		t.Fatal(err)
	}
	validate(t, document)
	run := document.Runs[0]
	if i := run.Invocations[0]; i.Successful || len(i.Notifications) != 2 || len(run.Results) != 0 {
		t.Errorf("%+v", i)
	}
}
