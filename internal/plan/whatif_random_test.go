package plan

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

func shipped(t testing.TB) *assess.Model {
	t.Helper()
	m, problems := assess.Load(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// judged assesses every client of a vault.
func judged(t testing.TB, m *assess.Model, dir string) []*assess.Report {
	t.Helper()
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engagements, _ := m.Set.Read(v)
	var out []*assess.Report
	for _, e := range engagements {
		r, err := m.Assess(e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// answered is the report of a client for whom a choice is made of every question's options; nil leaves it open. All
// questionnaires are received for which received says so.
func answered(t testing.TB, m *assess.Model, received func(form string) bool, choose func(*questionnaire.Question) []string) *assess.Report {
	t.Helper()
	dir := t.TempDir()
	for _, q := range m.Set.Questionnaires {
		if !received(q.ID) {
			continue
		}
		sheet := &questionnaire.Sheet{Questionnaire: q.ID}
		for i := range q.Questions {
			a := questionnaire.Answer{Ref: questionnaire.Ref{Questionnaire: q.ID, Question: q.Questions[i].ID}}
			if a.Options = choose(&q.Questions[i]); a.Options != nil {
				a.State = questionnaire.Known
			}
			sheet.Answers = append(sheet.Answers, a)
		}
		note := "---\ncategory: questionnaire\nform_id: " + q.ID + "_abc\ndate_reception: 2026-01-31\n---\n" + m.Set.Body(sheet)
		if err := os.WriteFile(filepath.Join(dir, q.ID+".md"), []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reports := judged(t, m, dir)
	if len(reports) == 0 {
		return nil
	}
	return reports[0]
}

// randomReport answers at random; nil where nobody received anything.
func randomReport(t testing.TB, m *assess.Model, r *rand.Rand) *assess.Report {
	t.Helper()
	known := 1 + r.IntN(10)
	return answered(t, m, func(string) bool { return r.IntN(4) > 0 }, func(q *questionnaire.Question) []string {
		if len(q.Options) == 0 || r.IntN(10) >= known {
			return nil
		}
		return []string{q.Options[r.IntN(len(q.Options))].ID}
	})
}

// randomModel keeps questions, words and some controls of the shipped model, and makes up what weighs and what is to
// be done.
func randomModel(shipped *assess.Model, r *rand.Rand, actions int) *assess.Model {
	m := *shipped
	m.Domains = slices.Clone(m.Domains)
	var controls []assess.Control
	for _, i := range r.Perm(len(m.Controls))[:20+actions/4] {
		controls = append(controls, m.Controls[i])
	}
	m.Controls, m.Contradictions = controls, nil // these name controls
	for i := range m.Domains {
		m.Domains[i].Weight = 1 + r.IntN(40)
	}
	for i := range m.Controls {
		c := &m.Controls[i]
		c.Weight = 1 + r.IntN(3)
		c.Edges = []assess.Edge{{Risk: c.Edges[0].Risk, Gravity: 1 + r.IntN(4)}}
	}
	all := r.Perm(len(m.Actions))
	var chosen []assess.Action
	for i := range actions {
		a := assess.Action{ID: m.Actions[all[i]].ID, Horizon: assess.Short, Effort: assess.Efforts()[r.IntN(4)], OnUnknown: r.IntN(3) == 0}
		for _, at := range r.Perm(len(m.Controls))[:1+r.IntN(4)] {
			c := m.Controls[at]
			if len(a.Raises) == 0 || c.Domain == m.Control(a.Raises[0].Control).Domain || r.IntN(4) == 0 {
				a.Raises = append(a.Raises, assess.Raise{Control: c.ID, Level: 1 + r.IntN(4)})
			}
		}
		for _, earlier := range chosen {
			if r.IntN(6) == 0 {
				a.Requires = append(a.Requires, earlier.ID)
			}
		}
		chosen = append(chosen, a)
	}
	m.Actions = chosen
	return &m
}

// The projection gives the number that assess gives, whatever was answered and whatever is done.
func TestProjectionIsThatOfAssess(t *testing.T) {
	m := shipped(t)
	reports := judged(t, m, "../../examples/suisse")
	r := rand.New(rand.NewPCG(1, 2026))
	for range 25 {
		reports = append(reports, randomReport(t, m, r))
		reports = append(reports, randomReport(t, randomModel(m, r, 20), r))
	}
	shown := 0
	for i, report := range reports {
		if report == nil || !report.Score.Shown() {
			continue
		}
		shown++
		p := newProjection(report, nil)
		for range 20 {
			raised := map[string]int{}
			for j := range report.Model.Actions {
				if r.IntN(3) == 0 {
					raise(raised, &report.Model.Actions[j])
				}
			}
			_, want := report.Project(raised)
			if got := p.with(raised); got != want.Final {
				t.Fatalf("report %d, %v: %d, want %d", i, raised, got, want.Final)
			}
			if got := newProjection(report, raised).with(nil); got != want.Final {
				t.Fatalf("report %d, starting from %v: %d, want %d", i, raised, got, want.Final)
			}
		}
	}
	if shown < 10 {
		t.Errorf("only %d reports have a score", shown)
	}
}

// everySet lists the sets of candidates that hold their prerequisites, the other way: one by one, the preferred
// ones first.
func everySet(w *WhatIf) []Choice {
	var candidates []Action
	for _, a := range w.roadmap.Actions {
		blocked := slices.ContainsFunc(w.Blocked, func(n Need) bool { return n.Action == a.Action.ID })
		if !w.done(a) && a.Status != Abandoned && !blocked {
			candidates = append(candidates, a)
		}
	}
	var out []Choice
	for mask := range 1 << len(candidates) {
		c := Choice{Exact: true}
		for i, a := range candidates {
			if mask>>i&1 == 1 {
				c.Actions = append(c.Actions, a.Action.ID)
				c.Effort += a.Action.Effort
			}
		}
		if closed(w, c.Actions) {
			c.Score = w.search.with(further(w, c.Actions))
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Choice) int {
		if a.Effort != b.Effort {
			return a.Effort - b.Effort
		}
		if len(a.Actions) != len(b.Actions) {
			return len(a.Actions) - len(b.Actions)
		}
		return slices.Compare(slices.Sorted(slices.Values(a.Actions)), slices.Sorted(slices.Values(b.Actions)))
	})
	return out
}

// further gives the levels to which actions raise controls.
func further(w *WhatIf, ids []string) map[string]int {
	raised := map[string]int{}
	for _, id := range ids {
		raise(raised, w.roadmap.Action(id).Action)
	}
	return raised
}

func closed(w *WhatIf, ids []string) bool {
	for _, id := range ids {
		for _, need := range w.roadmap.Action(id).Action.Requires {
			if a := w.roadmap.Action(need); a != nil && !w.done(*a) && !slices.Contains(ids, need) {
				return false
			}
		}
	}
	return true
}

// randomStates ticks some actions.
func randomStates(m *assess.Model, r *rand.Rand) States {
	states := States{}
	for _, a := range m.Actions {
		switch r.IntN(12) {
		case 0:
			states[a.ID] = Done
		case 1:
			states[a.ID] = Abandoned
		case 2:
			states[a.ID] = Doing
		}
	}
	return states
}

// smallCases are small made-up models with their answers to what-if and all their sets.
func smallCases(t *testing.T, n int, breadths []int, check func(name string, w *WhatIf, sets []Choice)) {
	t.Helper()
	r, catalogue := rand.New(rand.NewPCG(7, 2026)), shipped(t)
	for i := 0; i < n; {
		m := randomModel(catalogue, r, 14)
		report := randomReport(t, m, r)
		if report == nil || !report.Score.Shown() {
			continue
		}
		i++
		roadmap, err := Build(report, randomStates(m, r), "2026-01-31")
		if err != nil {
			t.Fatal(err)
		}
		var supposed []string
		if r.IntN(3) == 0 {
			supposed = []string{m.Actions[r.IntN(len(m.Actions))].ID}
		}
		sets := everySet(Ask(report, roadmap, supposed))
		for _, breadth := range breadths {
			w := ask(report, roadmap, supposed, breadth)
			check(fmt.Sprintf("case %d, %d candidates, breadth %d", i, len(w.search.options), breadth), w, sets)
		}
	}
}

// What the search finds is what comparing all sets finds, down to the choice among equals.
func TestSearchFindsWhatTryingAllFinds(t *testing.T) {
	candidates, steps := 0, 0
	smallCases(t, 40, []int{breadth}, func(name string, w *WhatIf, sets []Choice) {
		candidates, steps = max(candidates, len(w.search.options)), max(steps, len(w.Steps()))
		for target := range 101 {
			got, found := w.Target(target)
			best := first(sets, target)
			if found != (best != nil) || !got.Exact {
				t.Fatalf("%s: target %d found %v, exact %v", name, target, found, got.Exact)
			}
			checkTarget(t, fmt.Sprintf("%s, target %d", name, target), got, found, best)
		}
		for budget := range 40 {
			checkBudget(t, fmt.Sprintf("%s, budget %d", name, budget), w.Budget(budget), bestWithin(sets, budget))
		}
	})
	if candidates < 8 || steps < 5 {
		t.Errorf("at most %d candidates and %d steps: the cases are too small to tell", candidates, steps)
	}
}

// With too little breadth the answers are those of real sets, and the bounds hold for all of them.
func TestBoundsHold(t *testing.T) {
	exact, bounded := 0, 0
	smallCases(t, 25, []int{1, 2, 5}, func(name string, w *WhatIf, sets []Choice) {
		for target := range 101 {
			got, found := w.Target(target)
			checkTarget(t, fmt.Sprintf("%s, target %d", name, target), got, found, first(sets, target))
		}
		for budget := range 40 {
			got := w.Budget(budget)
			checkBudget(t, fmt.Sprintf("%s, budget %d", name, budget), got, bestWithin(sets, budget))
			if !slices.ContainsFunc(sets, func(c Choice) bool { return slices.Equal(c.Actions, got.Actions) && c.Score == got.Score }) {
				t.Fatalf("%s, budget %d: %v is no set", name, budget, got)
			}
			if got.Exact {
				exact++
			} else {
				bounded++
			}
		}
	})
	if exact == 0 || bounded == 0 {
		t.Errorf("%d answers were exact and %d had a bound", exact, bounded)
	}
}

func checkTarget(t *testing.T, name string, got Choice, found bool, best *Choice) {
	t.Helper()
	switch {
	case found && best == nil:
		t.Fatalf("%s is reached by no set", name)
	case found && got.Exact:
		checkSame(t, name, *best, got)
	case found && (got.Least > best.Effort || got.Effort < best.Effort):
		t.Fatalf("%s takes %d, not %+v", name, best.Effort, got)
	case !found && best != nil && got.Most < best.Score:
		t.Fatalf("%s is out of reach of at most %d, but %v", name, got.Most, best)
	}
}

func checkBudget(t *testing.T, name string, got, best Choice) {
	t.Helper()
	if got.Most < best.Score || got.Score > best.Score {
		t.Fatalf("%s: %+v, best %v", name, got, best)
	}
	if got.Exact {
		checkSame(t, name, best, got)
	}
}

// checkSame compares but for the bounds.
func checkSame(t *testing.T, name string, want, got Choice) {
	t.Helper()
	want.Least, want.Most, got.Least, got.Most = 0, 0, 0, 0
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-all +search):\n%s", name, diff)
	}
}

// first is the preferred set that reaches a score, nil where none does.
func first(sets []Choice, target int) *Choice {
	if i := slices.IndexFunc(sets, func(c Choice) bool { return c.Score >= target }); i >= 0 {
		return &sets[i]
	}
	return nil
}

// bestWithin is the preferred of the sets of the highest score within a budget.
func bestWithin(sets []Choice, budget int) Choice {
	best := sets[0]
	for _, c := range sets {
		if c.Effort <= budget && c.Score > best.Score {
			best = c
		}
	}
	return best
}
