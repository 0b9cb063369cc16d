package compose

import (
	"slices"
	"testing"
)

func TestCompareSeals(t *testing.T) {
	const seal = "answers:0123456789abcdef client:1123456789abcdef model:2123456789abcdef words:3123456789abcdef asof:2025-08-25 format:1"
	tests := []struct {
		name, recorded string
		moved          []string
	}{
		{"the same", seal, nil},
		{"answers and as-of", "answers:f123456789abcdef client:1123456789abcdef model:2123456789abcdef words:3123456789abcdef asof:2025-08-26 format:1", []string{"answers", "asof"}},
		{"another format", seal[:len(seal)-1] + "2", []string{"format"}},
		{"no seal", "", sealParts()},
		{"cut", seal[:len(seal)-4], sealParts()},
		{"something behind", seal + " x:1", sealParts()},
	}
	for _, test := range tests {
		var moved []string
		for _, p := range CompareSeals(test.recorded, seal) {
			if p.Moved() {
				moved = append(moved, p.Name)
			}
		}
		if !slices.Equal(moved, test.moved) {
			t.Errorf("%s: %v, want %v", test.name, moved, test.moved)
		}
	}
}

// What is compared is what seals are made of.
func TestSealIsRead(t *testing.T) {
	model, composer := loadModel(t, content(t))
	for _, kind := range []string{AnalysisKind, SynthesisKind, RoadmapKind} {
		d := stage(t, model, composer, tilleuls(model)).draft(t, kind, "cdt")
		id, seal, ok := Identify(d.Properties)
		if !ok || id.Kind != kind || id.Client != "cdt" || (id.Questionnaire != "") != (kind == AnalysisKind) {
			t.Errorf("%s: %+v %v", kind, id, ok)
		}
		for _, p := range CompareSeals(seal, seal) {
			if p.Recorded == "" {
				t.Errorf("%s: the seal says nothing of %s: %s", kind, p.Name, seal)
			}
		}
	}
}
