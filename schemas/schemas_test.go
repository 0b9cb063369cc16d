package schemas_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/synth-vault/synth/schemas"
)

// compile reads a schema as its users would.
func compile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := fs.ReadFile(schemas.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func valid(t *testing.T, schema *jsonschema.Schema, document string) bool {
	t.Helper()
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(instance) == nil
}

func TestResult(t *testing.T) {
	data, err := os.ReadFile("testdata/result.json")
	if err != nil {
		t.Fatal(err)
	}
	document := string(data)
	schema := compile(t, schemas.Result)
	if !valid(t, schema, document) {
		t.Fatal("the document of testdata is not valid")
	}
	tests := []struct{ name, old, new string }{
		{"another format", `"synth/result/v1"`, `"synth/result/v2"`},
		{"a list that is null", `"requires": []`, `"requires": null`},
		{"a list that is absent", `"requires": [], `, ``},
		{"a key that nothing defines", `"requires": [], `, `"requires": [], "extra": 1, `},
		{"a float", `"swing": 7`, `"swing": 7.5`},
		{"a date that is none", `"2025-10-25"`, `"2025-13-25"`},
		{"a date as people write it", `"2025-08-25"`, `"25.08.2025"`},
		{"a code that is a number", `"code": "cdp"`, `"code": "1"`},
		{"a country of nowhere", `"country": "CH"`, `"country": "ch"`},
		{"a question without its questionnaire", `"question": "correspondance.canal_mdp", "reason"`, `"question": "canal_mdp", "reason"`},
		{"an action named like a control", `"act_corr_resultats"`, `"corr_resultats"`},
		{"an effort between two", `"effort": 3`, `"effort": 4`},
		{"a number without confidence", `"final": null`, `"final": 12`},
		{"a confidence without its number", `"possible": 46`, `"possible": null`},
		{"a cap without confidence", `"capped_by": [], "coverage": 0`, `"capped_by": ["a"], "coverage": 0`},
		{"a score above 100", `"best": 35`, `"best": 101`},
		{"a known control without a level", `"level": 0`, `"level": null`},
		{"an unknown control with one", `"level": null`, `"level": 0`},
		{"a band on a strength", `"severity": 0, "band": null`, `"severity": 0, "band": "faible"`},
		{"a gap without a band", `"band": "critique", "label"`, `"band": null, "label"`},
		{"line 0", `"line": 23`, `"line": 0`},
		{"an empty path", `"note": "Clients/CDP/CDP.md"`, `"note": ""`},
	}
	for _, test := range tests {
		changed := strings.Replace(document, test.old, test.new, 1)
		if changed == document {
			t.Errorf("%s: testdata holds no %s", test.name, test.old)
		} else if valid(t, schema, changed) {
			t.Errorf("%s is valid", test.name)
		}
	}
}

func TestSettings(t *testing.T) {
	tests := []struct {
		document string
		want     bool
	}{
		{`null`, true},
		{`{}`, true},
		{`{"catalog": "modele", "language": "fr", "ignore": ["Archives", "Modèles/a.md"], "folders": {"feuille_de_route": "Suivi"},
		   "forms": {"xyzABC12": {"questionnaire": "correspondance", "client": "cdp"}, "m-n_o": {"questionnaire": "facturation"}}}`, true},
		{`{"catalogue": "modele"}`, false},
		{`{"catalog": "/etc"}`, false},
		{`{"catalog": "a/../../b"}`, false},
		{`{"catalog": "a\\b"}`, false},
		{`{"catalog": ""}`, false},
		{`{"language": "fra"}`, false},
		{`{"language": "FR"}`, false},
		{`{"ignore": "Archives"}`, false},
		{`{"folders": {"analyse": 1}}`, false},
		{`{"forms": {"a/b": {"questionnaire": "facturation"}}}`, false},
		{`{"forms": {"a": {"client": "cdp"}}}`, false},
		{`{"forms": {"a": {"questionnaire": "facturation", "client": "123"}}}`, false},
		{`{"forms": {"a": {"questionnaire": "facturation", "clients": "cdp"}}}`, false},
	}
	schema := compile(t, schemas.Settings)
	for _, test := range tests {
		if got := valid(t, schema, test.document); got != test.want {
			t.Errorf("%s: valid is %v", test.document, got)
		}
	}
}
