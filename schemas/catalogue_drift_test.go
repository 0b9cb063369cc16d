package schemas_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/schemas"
)

// The schemas of a catalogue's files list what the Go code lists.
func TestEnumerationsOfTheCatalogue(t *testing.T) {
	const model, form = "internal/assess", "internal/questionnaire"
	operators := constants(t, model, "Operator")
	states := slices.DeleteFunc(constants(t, model, "State"), func(s string) bool { return s == string(assess.Known) })
	var efforts []string
	for _, e := range assess.Efforts() {
		efforts = append(efforts, fmt.Sprint(e))
	}
	tests := []struct {
		schema, definition string
		want               []string
	}{
		{schemas.Questionnaire, "type", constants(t, form, "Type")},
		{schemas.Questionnaire, "status", constants(t, form, "Status")},
		{schemas.Domain, "horizon", constants(t, model, "Horizon")},
		{schemas.Domain, "effort", efforts},
		{schemas.Domain, "condition", slices.DeleteFunc(slices.Clone(operators), leaf)},
		{schemas.Domain, "asked", slices.DeleteFunc(slices.Clone(operators), func(o string) bool { return !leaf(o) })},
		{schemas.Words, "conclusions", constants(t, model, "Mood")},
		{schemas.References, "jurisdiction", assess.Jurisdictions()},
		{schemas.References, "kind", assess.ReferenceKinds()},
		{schemas.Frameworks, "jurisdiction", assess.Jurisdictions()},
		{schemas.Channels, "jurisdiction", assess.Jurisdictions()},
		{schemas.Channels, "verdict", constants(t, model, "Verdict")},
		{schemas.Cases, "state", states},
		{schemas.Cases, "kind", constants(t, model, "Kind")},
		{schemas.Cases, "confidence", constants(t, model, "Confidence")},
		{schemas.Cases, "priority", constants(t, model, "Priority")},
	}
	for _, test := range tests {
		compareLists(t, test.schema+" "+test.definition, test.want, listed(schemaObject(t, test.schema).Defs[test.definition]))
	}
	words := schemaObject(t, schemas.Screens).Properties["words"].Properties
	for group, want := range map[string][]string{"kind": constants(t, model, "Kind"), "priority": constants(t, model, "Priority"),
		"confidence": constants(t, model, "Confidence"), "horizon": constants(t, model, "Horizon"), "term": constants(t, model, "Horizon"),
		"status": constants(t, "vault", "Status"), "jurisdiction": assess.Jurisdictions(), "obligation": assess.ReferenceKinds()} {
		compareLists(t, "screens "+group, want, listed(words[group]))
	}
}

// leaf reports whether an operator asks an answer; the others join conditions.
func leaf(operator string) bool {
	return !slices.Contains([]string{string(assess.All), string(assess.Any), string(assess.Not)}, operator)
}

// listed gives the values of an enumeration, or the keys of an object.
func listed(o object) []string {
	if len(o.Enum) == 0 {
		return slices.Collect(maps.Keys(o.Properties))
	}
	var out []string
	for _, v := range o.Enum {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

func compareLists(t *testing.T, name string, want, got []string) {
	t.Helper()
	want, got = slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))
	if diff := cmp.Diff(want, got); len(want) == 0 || diff != "" {
		t.Errorf("%s (-Go +schema):\n%s", name, diff)
	}
}
