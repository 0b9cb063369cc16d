package schemas_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/schemas"
)

// object is the part of a schema that the Go code says too.
type object struct {
	Enum                 []any             `json:"enum"`
	Required             []string          `json:"required"`
	Properties           map[string]object `json:"properties"`
	AdditionalProperties any               `json:"additionalProperties"`
	Const                any               `json:"const"`
	Defs                 map[string]object `json:"$defs"`
}

// UnmarshalJSON takes true and false too, which are schemas that say nothing more.
func (o *object) UnmarshalJSON(data []byte) error {
	type plain object
	if string(data) == "true" || string(data) == "false" {
		return nil
	}
	return json.Unmarshal(data, (*plain)(o))
}

func resultSchema(t *testing.T) object {
	t.Helper()
	return schemaObject(t, schemas.Result)
}

func schemaObject(t *testing.T, name string) object {
	t.Helper()
	data, err := fs.ReadFile(schemas.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	var schema object
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// constants reads the values of a package's constants of one string type from its source, so that none is forgotten here.
func constants(t *testing.T, folder, typeName string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != typeName {
				return true
			}
			for _, v := range spec.Values {
				literal, ok := v.(*ast.BasicLit)
				if !ok {
					continue
				}
				if value, err := strconv.Unquote(literal.Value); err == nil && value != "" {
					values = append(values, value)
				}
			}
			return true
		})
	}
	slices.Sort(values)
	return values
}

func TestEnumerations(t *testing.T) {
	tests := []struct{ definition, folder, typeName string }{
		{"confidence", "internal/assess", "Confidence"},
		{"priority", "internal/assess", "Priority"},
		{"state", "internal/assess", "State"},
		{"kind", "internal/assess", "Kind"},
		{"band", "internal/assess", "Band"},
		{"horizon", "internal/assess", "Horizon"},
		{"action_status", "internal/plan", "Status"},
		{"note_status", "vault", "Status"},
		{"problem_severity", "vault", "Severity"},
	}
	schema := resultSchema(t)
	for _, test := range tests {
		compareEnumeration(t, schema.Defs[test.definition], test.folder, test.typeName)
	}
	verify := schemaObject(t, schemas.Verify)
	compareEnumeration(t, verify.Defs["verdict"], "vault", "Verdict")
	compareEnumeration(t, verify.Defs["status"], "cmd/synth", "verifiedStatus")
	compare := schemaObject(t, schemas.Compare)
	for _, test := range []struct{ definition, typeName string }{{"direction", "Direction"}, {"kind", "Kind"}, {"confidence", "Confidence"},
		{"priority", "Priority"}, {"horizon", "Horizon"}} {
		compareEnumeration(t, compare.Defs[test.definition], "internal/assess", test.typeName)
	}
}

func compareEnumeration(t *testing.T, definition object, folder, typeName string) {
	t.Helper()
	var got []string
	for _, v := range definition.Enum {
		got = append(got, v.(string))
	}
	slices.Sort(got)
	want := constants(t, folder, typeName)
	if len(want) == 0 {
		t.Errorf("%s has no constants of type %s", folder, typeName)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-Go +schema):\n%s", typeName, diff)
	}
}

// Every member of the document stands in the schema, and has to be there.
func TestMembers(t *testing.T) {
	schema := resultSchema(t)
	if got := schema.Properties["schema"].Const; got != result.Schema {
		t.Errorf("the schema is for %v, the document is %s", got, result.Schema)
	}
	tests := map[string]any{
		"model": result.Model{}, "client": result.Client{}, "client_head": result.ClientHead{}, "score": result.Score{},
		"domain": result.Domain{}, "control": result.Control{}, "evidence": result.Evidence{}, "finding": result.Finding{},
		"risk": result.Risk{}, "opportunity": result.Opportunity{}, "action": result.Action{}, "question": result.Question{},
		"note": result.Note{}, "problem": result.Problem{},
	}
	compareMembers(t, "the document", schema, result.Document{})
	for name, value := range tests {
		compareMembers(t, name, schema.Defs[name], value)
	}
}

func TestMembersOfVerification(t *testing.T) {
	schema := schemaObject(t, schemas.Verify)
	if got := schema.Properties["schema"].Const; got != result.VerifySchema {
		t.Errorf("the schema is for %v, the document is %s", got, result.VerifySchema)
	}
	compareMembers(t, "the document", schema, result.Verification{})
	for name, value := range map[string]any{"model": result.Model{}, "verified": result.Verified{}, "seal_part": result.SealPart{},
		"deviation": result.Deviation{}, "problem": result.Problem{}} {
		compareMembers(t, name, schema.Defs[name], value)
	}
}

func TestMembersOfComparison(t *testing.T) {
	schema := schemaObject(t, schemas.Compare)
	if got := schema.Properties["schema"].Const; got != result.CompareSchema {
		t.Errorf("the schema is for %v, the document is %s", got, result.CompareSchema)
	}
	compareMembers(t, "the document", schema, result.Comparison{})
	for name, value := range map[string]any{"model": result.Model{}, "client_head": result.ClientHead{}, "compared": result.Compared{},
		"standing": result.Standing{}, "bounds": result.Bounds{}, "difference": result.Difference{}, "recorded": result.Recorded{},
		"compared_domain": result.ComparedDomain{}, "domain_standing": result.DomainStanding{}, "shift": result.Shift{},
		"finding_standing": result.FindingStanding{}, "risk_shift": result.RiskShift{}, "action_shifts": result.ActionShifts{},
		"compared_action": result.ComparedAction{}, "question_shifts": result.QuestionShifts{}, "question": result.Question{},
		"problem": result.Problem{}} {
		compareMembers(t, name, schema.Defs[name], value)
	}
}

// The plan's document has definitions of its own, and shares the others with the result word for word.
func TestPlanMembers(t *testing.T) {
	schema, shared := schemaObject(t, schemas.Plan), resultSchema(t)
	if got := schema.Properties["schema"].Const; got != result.PlanSchema {
		t.Errorf("the schema is for %v, the document is %s", got, result.PlanSchema)
	}
	compareMembers(t, "the document", schema, result.Plan{})
	tests := map[string]any{"what_if": result.WhatIf{}, "need": result.Need{}, "choice": result.Choice{}, "next": result.Next{},
		"step": result.Step{}, "written": result.Written{}}
	for name, value := range tests {
		compareMembers(t, name, schema.Defs[name], value)
	}
	for name, definition := range schema.Defs {
		if tests[name] != nil || name == "actions" {
			continue
		}
		if diff := cmp.Diff(shared.Defs[name], definition); diff != "" {
			t.Errorf("%s (-result +plan):\n%s", name, diff)
		}
	}
}

func compareMembers(t *testing.T, name string, schema object, value any) {
	t.Helper()
	var want, got []string
	for field := range reflect.TypeOf(value).Fields() {
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		want = append(want, tag)
	}
	for property := range schema.Properties {
		got = append(got, property)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-Go +schema):\n%s", name, diff)
	}
	required := slices.Sorted(slices.Values(schema.Required))
	if diff := cmp.Diff(want, required); diff != "" {
		t.Errorf("%s, required (-Go +schema):\n%s", name, diff)
	}
	if schema.AdditionalProperties != false {
		t.Errorf("%s allows other members", name)
	}
}
