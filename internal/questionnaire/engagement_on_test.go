package questionnaire

import (
	"slices"
	"testing"
)

func TestEngagementOn(t *testing.T) {
	round := func(form, date string) *Assessment {
		return &Assessment{Questionnaire: form, Sheets: []*Sheet{{Date: date}}}
	}
	e := &Engagement{Assessments: map[string][]*Assessment{
		"a": {round("a", "2025-01-10"), round("a", "2025-06-01")},
		"b": {round("b", "2025-02-01")},
	}}
	if got := e.Rounds(); !slices.Equal(got, []string{"2025-01-10", "2025-02-01", "2025-06-01"}) {
		t.Errorf("rounds: %v", got)
	}
	for _, test := range []struct {
		day  string
		a, b int
	}{{"2025-01-09", 0, 0}, {"2025-01-10", 1, 0}, {"2025-05-31", 1, 1}, {"2025-06-01", 2, 1}} {
		on := e.On(test.day)
		if len(on.Assessments["a"]) != test.a || len(on.Assessments["b"]) != test.b {
			t.Errorf("on %s: %d and %d assessments", test.day, len(on.Assessments["a"]), len(on.Assessments["b"]))
		}
		if _, empty := on.Assessments["b"]; empty && test.b == 0 {
			t.Errorf("on %s: a questionnaire without an assessment", test.day)
		}
	}
}
