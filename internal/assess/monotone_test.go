package assess

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/questionnaire"
)

var update = flag.Bool("update", false, "rewrite what testdata takes from the shipped catalogue")

// sheetsTried is how many random sheets of answers the properties are tried on.
const sheetsTried = 1000

// change is what a transition makes of a judgement.
type change struct {
	before, after judged
	fallen        []string // controls whose level goes down
	moved         []string // controls whose state changes
	settled       []string // those of them that were not unknown
	same          bool     // nothing changes at all
}

// readers lists by question the controls that its answer may change, by their index.
func readers(m *Model) map[questionnaire.Ref][]int {
	out := map[questionnaire.Ref][]int{}
	for i := range m.Controls {
		refs := m.Controls[i].Reads()
		for _, c := range m.Contradictions {
			if slices.Contains(c.Controls, m.Controls[i].ID) {
				refs = addRefs(refs, c.When)
			}
		}
		for _, ref := range refs {
			out[ref] = append(out[ref], i)
		}
	}
	return out
}

// compare judges anew what a transition touches.
func compare(m *Model, touched []int, before judged, after later) change {
	c := change{before: before, same: true}
	var fresh []Reading
	for _, i := range touched {
		fresh = append(fresh, m.read(&m.Controls[i], after))
	}
	m.contradict(fresh, after)
	c.after.readings = slices.Clone(before.readings)
	for k, i := range touched {
		c.note(before.readings[i], fresh[k])
		c.after.readings[i] = fresh[k]
	}
	if !c.same {
		c.after.found = findings(c.after.readings)
		c.after.domains, c.after.score = m.scores(c.after.readings, c.after.found, after)
	}
	return c
}

func (c *change) note(old, fresh Reading) {
	switch {
	case fresh.State != old.State:
		c.moved = append(c.moved, old.Control.ID)
		if !old.Unsettled() {
			c.settled = append(c.settled, old.Control.ID)
		}
	case fresh.Level < old.Level:
		c.fallen = append(c.fallen, old.Control.ID)
	}
	c.same = c.same && fresh.State == old.State && fresh.Level == old.Level
}

// lower lists the scores that go down: the domains' and the client's, the certain and, where best is true, the best.
func (c change) lower(best bool) []string {
	var out []string
	check := func(name string, before, after Score) {
		if after.Final < before.Final || best && after.Best < before.Best {
			out = append(out, name)
		}
	}
	for i, d := range c.before.domains {
		check(d.Domain.ID, d.Score, c.after.domains[i].Score)
	}
	check("client", c.before.score, c.after.score)
	return out
}

// A better answer lowers nothing, where every control keeps its state. Where one changes its state, as when a control
// begins to apply, the transition stands in testdata/excluded.txt, so that a new one is seen.
func TestBetterAnswersLowerNothing(t *testing.T) {
	m := shipped(t)
	read, excluded := readers(m), exclusions{}
	for seed := range uint64(sheetsTried) {
		answers := randomReplies(m.Set, seed)
		before := judge(m, answers)
		for _, better := range improvements(m.Set, answers) {
			c := compare(m, read[better.ref], before, later{answers, better})
			excluded.add(better, c.moved)
			if c.same || len(c.moved) > 0 {
				continue
			}
			if lower := c.lower(true); len(lower)+len(c.fallen) > 0 {
				t.Fatalf("sheet %d, %s: levels of %v and scores of %v go down", seed, better, c.fallen, lower)
			}
		}
	}
	excluded.check(t, "testdata/excluded.txt")
}

// An honest "no" never scores lower than silence. Where it changes what was known, by contradicting it or by making a
// control apply, the answer stands in testdata/excluded_silence.txt.
func TestWorstAnswersAreNoWorseThanSilence(t *testing.T) {
	m := shipped(t)
	read, excluded := readers(m), exclusions{}
	for seed := range uint64(sheetsTried) {
		answers := randomReplies(m.Set, seed)
		before := judge(m, answers)
		for _, no := range admissions(m.Set, answers) {
			c := compare(m, read[no.ref], before, later{answers, no})
			excluded.add(no, c.settled)
			if c.same || len(c.settled) > 0 {
				continue
			}
			if lower := c.lower(false); len(lower) > 0 {
				t.Fatalf("sheet %d, %s: scores of %v go down", seed, no, lower)
			}
		}
	}
	excluded.check(t, "testdata/excluded_silence.txt")
}

// exclusions are the transitions that a property does not speak of, each with the control that changes its state.
type exclusions map[string]bool

func (e exclusions) add(t transition, controls []string) {
	for _, id := range controls {
		e[t.String()+", "+id] = true
	}
}

// check compares the exclusions with a committed list.
func (e exclusions) check(t *testing.T, name string) {
	t.Helper()
	got := strings.Join(slices.Sorted(maps.Keys(e)), "\n") + "\n"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("transitions that change a control's state (-%s +now; -update renews it):\n%s", name, diff)
	}
}
