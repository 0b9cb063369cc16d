package assess_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// goodNews lists the rows of coverage.csv that say that something is well: their findings are strengths.
var goodNews = []string{"F009", "F018", "F019", "F021", "F061", "F074", "F086", "F101", "F102", "F130", "F132", "F133", "F181", "F188"}

// Each row of coverage.csv is a statement that consultants make, the answers that are enough to make it, and the ids
// that make it. Alternatives stand between |, in both columns; nothing but what an alternative says is answered.
func TestCoverage(t *testing.T) {
	m := shipped(t)
	for _, row := range rows(t) {
		conditions, ids := strings.Split(row[1], "|"), strings.Split(row[2], "|")
		if len(conditions) != len(ids) {
			t.Errorf("%s: %d alternatives and %d lists of ids", row[0], len(conditions), len(ids))
			continue
		}
		for i, condition := range conditions {
			t.Run(row[0]+"_"+strconv.Itoa(i+1), func(t *testing.T) {
				r := judge(t, m, engage(t, m, numbered, sheets(t, m, condition)...))
				said := statements(t, r, slices.Contains(goodNews, row[0]))
				for _, id := range strings.Split(ids[i], "+") {
					if !said[strings.TrimSpace(id)] {
						t.Errorf("%s does not say %s", strings.TrimSpace(condition), id)
					}
				}
			})
		}
	}
}

func rows(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open("testdata/coverage.csv")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

// statements are the ids by which a report and its roadmap say something.
func statements(t *testing.T, r *assess.Report, good bool) map[string]bool {
	t.Helper()
	said := map[string]bool{}
	for _, f := range r.Findings {
		said[f.ID] = f.Open() && !good || f.Kind == assess.Strength && good
	}
	for _, risk := range r.Risks {
		said[risk.Risk.ID] = true
	}
	for _, o := range r.Opportunities {
		said[o.Opportunity.ID] = true
	}
	roadmap, err := plan.Build(r, nil, "2026-01-31")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range roadmap.Actions {
		said[a.Action.ID] = true
	}
	return said
}

// sheets answers what an alternative says: terms such as form.question=option or form.question>3, joined by &.
func sheets(t *testing.T, m *assess.Model, condition string) []*questionnaire.Sheet {
	t.Helper()
	var out []*questionnaire.Sheet
	for _, term := range strings.Split(condition, "&") {
		term = strings.TrimSpace(term)
		at := strings.IndexAny(term, "=<>")
		if at < 0 {
			t.Fatalf("no term: %q", term)
		}
		ref, ok := questionnaire.ParseRef(term[:at])
		if !ok || m.Set.Question(ref) == nil {
			t.Fatalf("no question: %q", term[:at])
		}
		i := slices.IndexFunc(out, func(s *questionnaire.Sheet) bool { return s.Questionnaire == ref.Questionnaire })
		if i < 0 {
			i, out = len(out), append(out, &questionnaire.Sheet{Questionnaire: ref.Questionnaire})
		}
		answer(t, out[i], m.Set.Question(ref), ref, term[at], term[at+1:])
	}
	return out
}

// answer adds a term to a sheet. A second term of one question is a second tick.
func answer(t *testing.T, s *questionnaire.Sheet, q *questionnaire.Question, ref questionnaire.Ref, op byte, value string) {
	t.Helper()
	i := slices.IndexFunc(s.Answers, func(a questionnaire.Answer) bool { return a.Ref == ref })
	if i < 0 {
		i, s.Answers = len(s.Answers), append(s.Answers, questionnaire.Answer{Ref: ref, State: questionnaire.Known})
	}
	a := &s.Answers[i]
	_, offered := q.Option(value)
	switch {
	case q.Type == questionnaire.Number:
		n, err := strconv.Atoi(value)
		if err != nil {
			t.Fatalf("no number: %q", value)
		}
		a.Number = n + map[byte]int{'>': 1, '<': -1}[op]
	case value == questionnaire.DontKnow:
		a.State, a.Asked = questionnaire.Unknown, true
	case op == '=' && offered:
		a.Options = append(a.Options, value)
	default:
		t.Fatalf("%s has no option %q", ref, value)
	}
}
