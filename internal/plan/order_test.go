package plan

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
)

// action makes a proposed action of an id, an effort and what it requires.
func action(id string, h assess.Horizon, effort int, requires ...string) Action {
	return Action{Horizon: h, Action: &assess.Action{ID: id, Horizon: h, Effort: effort, Requires: requires}}
}

// weighing says how bad the worst finding is that the action addresses, and what the action takes off.
func (a Action) weighing(worst, benefit int) Action {
	a.Worst, a.Benefit = worst, benefit
	return a
}

func (a Action) unsure() Action {
	a.Verify = true
	return a
}

// ranks gives actions as "horizon rank id".
func ranks(actions []Action) []string {
	var out []string
	for _, a := range actions {
		out = append(out, fmt.Sprintf("%s %d %s", a.Horizon, a.Rank, a.Action.ID))
	}
	return out
}

func TestOrder(t *testing.T) {
	const court, later, last = assess.Short, assess.Medium, assess.Structural
	tests := []struct {
		name    string
		actions []Action
		want    []string
	}{
		{"nothing", nil, nil},
		{"the nearest horizon first, ranks from one in each",
			[]Action{action("c", last, 1).weighing(16, 16), action("b", later, 1).weighing(12, 12), action("d", later, 1).weighing(4, 4), action("a", court, 1).weighing(4, 4)},
			[]string{"court 1 a", "intermediaire 1 b", "intermediaire 2 d", "structurant 1 c"}},
		{"the worst finding before the best bargain",
			[]Action{action("a", court, 1).weighing(9, 40), action("b", court, 13).weighing(12, 12)},
			[]string{"court 1 b", "court 2 a"}},
		{"8 for 3 half-days before 16 for 8",
			[]Action{action("a", court, 8).weighing(8, 16), action("b", court, 3).weighing(8, 8)},
			[]string{"court 1 b", "court 2 a"}},
		{"the same ratio: the lesser effort",
			[]Action{action("a", court, 2).weighing(4, 4), action("b", court, 1).weighing(4, 2)},
			[]string{"court 1 b", "court 2 a"}},
		{"a ratio of 37.5 is one of 38, as is 38.46",
			[]Action{action("a", court, 13).weighing(4, 5), action("b", court, 8).weighing(4, 3)},
			[]string{"court 1 b", "court 2 a"}},
		{"all the same: by id",
			[]Action{action("b", court, 1).weighing(4, 4), action("a", court, 1).weighing(4, 4)},
			[]string{"court 1 a", "court 2 b"}},
		{"what is to be verified comes last",
			[]Action{action("a", court, 1).unsure(), action("c", court, 13).weighing(1, 1), action("b", court, 2).unsure(), action("d", later, 1).weighing(16, 16)},
			[]string{"court 1 c", "court 2 a", "court 3 b", "intermediaire 1 d"}},
		{"a prerequisite comes before what needs it, and what is better meanwhile",
			[]Action{action("a", court, 1, "c").weighing(16, 16), action("b", court, 1).weighing(9, 9), action("c", court, 1).weighing(4, 4), action("d", court, 1).weighing(3, 3)},
			[]string{"court 1 b", "court 2 c", "court 3 a", "court 4 d"}},
		{"a chain",
			[]Action{action("a", court, 1, "b").weighing(16, 16), action("b", court, 1, "c").weighing(12, 12), action("c", court, 1).weighing(4, 4)},
			[]string{"court 1 c", "court 2 b", "court 3 a"}},
		{"a prerequisite that is not proposed counts as placed",
			[]Action{action("a", court, 1, "z").weighing(16, 16), action("b", court, 1).weighing(4, 4)},
			[]string{"court 1 a", "court 2 b"}},
		{"a prerequisite in a nearer horizon is placed",
			[]Action{action("a", later, 1, "b").weighing(16, 16), action("b", court, 1).weighing(4, 4)},
			[]string{"court 1 b", "intermediaire 1 a"}},
		{"a prerequisite that is to be verified",
			[]Action{action("a", court, 1, "v").weighing(16, 16), action("b", court, 1).weighing(4, 4), action("v", court, 1).unsure()},
			[]string{"court 1 b", "court 2 v", "court 3 a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			order(test.actions)
			if diff := cmp.Diff(test.want, ranks(test.actions)); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInherit(t *testing.T) {
	const court, later, last = assess.Short, assess.Medium, assess.Structural
	tests := []struct {
		name    string
		actions []Action
		want    []string
	}{
		{"a later prerequisite moves", []Action{action("a", court, 1, "b"), action("b", last, 1)}, []string{"court a", "court b"}},
		{"a nearer one stays", []Action{action("a", last, 1, "b"), action("b", court, 1)}, []string{"structurant a", "court b"}},
		{"the nearest of those that need it", []Action{action("a", later, 1, "c"), action("b", court, 1, "c"), action("c", last, 1)},
			[]string{"intermediaire a", "court b", "court c"}},
		{"a chain, whatever the order", []Action{action("c", last, 1), action("b", last, 1, "c"), action("a", court, 1, "b")},
			[]string{"court c", "court b", "court a"}},
		{"one that is not proposed", []Action{action("a", court, 1, "z")}, []string{"court a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inherit(test.actions)
			var got []string
			for _, a := range test.actions {
				got = append(got, string(a.Horizon)+" "+a.Action.ID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("horizons (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDue(t *testing.T) {
	tests := []struct {
		asOf    string
		horizon assess.Horizon
		want    string
	}{
		{"2026-08-31", assess.Short, "2026-10-31"},
		{"2026-08-31", assess.Medium, "2027-02-28"},
		{"2023-08-31", assess.Medium, "2024-02-29"},
		{"2026-08-31", assess.Structural, "2027-08-31"},
		{"2024-02-29", assess.Structural, "2025-02-28"},
		{"2026-12-31", assess.Short, "2027-02-28"},
		{"2026-07-31", assess.Short, "2026-09-30"},
		{"2026-11-15", assess.Short, "2027-01-15"},
		{"", assess.Short, ""},
	}
	for _, test := range tests {
		if got, err := Due(test.asOf, test.horizon); err != nil || got != test.want {
			t.Errorf("%s after %q is due %q (%v), want %q", test.horizon, test.asOf, got, err, test.want)
		}
	}
	if _, err := Due("31.08.2026", assess.Short); err == nil {
		t.Error("a date that is not YYYY-MM-DD is accepted")
	}
}
