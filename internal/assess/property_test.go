package assess_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
)

// reportsTried is how many random clients these properties are tried on.
const reportsTried = 60

func TestAssessIsAFunction(t *testing.T) {
	m := shipped(t)
	for seed := range uint64(reportsTried) {
		e := engage(t, m, numbered, assess.RandomSheets(m.Set, seed)...)
		if !reflect.DeepEqual(judge(t, m, e), judge(t, m, e)) {
			t.Fatalf("client %d: two reports of the same answers differ", seed)
		}
	}
}

// Two respondents answer everything; whose note comes first changes nothing but where an answer is shown to stand.
func TestTheOrderOfNotesDoesNotMatter(t *testing.T) {
	m := shipped(t)
	for seed := range uint64(reportsTried) {
		sheets := append(assess.RandomSheets(m.Set, seed), assess.RandomSheets(m.Set, seed+reportsTried)...)
		backwards := func(i int) string { return fmt.Sprintf("%d.md", len(sheets)-i) }
		one := gist(judge(t, m, engage(t, m, numbered, sheets...)))
		other := gist(judge(t, m, engage(t, m, backwards, sheets...)))
		if diff := cmp.Diff(one, other); diff != "" {
			t.Fatalf("client %d (-one order +the other):\n%s", seed, diff)
		}
	}
}

// gist is what a report says, without the places of the answers.
func gist(r *assess.Report) []string {
	out := []string{fmt.Sprintf("%+v %s", r.Score, r.Country)}
	for _, d := range r.Domains {
		out = append(out, fmt.Sprintf("%s %s %+v", d.Domain.ID, d.Priority, d.Score))
	}
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s %s %s %d %s", f.ID, f.Kind, f.Reading.State, f.Severity, f.Sentence.Markdown))
	}
	for _, risk := range r.Risks {
		out = append(out, fmt.Sprintf("%s %d %d", risk.Risk.ID, risk.Severity, len(risk.Findings)))
	}
	for _, q := range r.Questions {
		out = append(out, fmt.Sprintf("%s %s %d", q.Ref, q.Reason, q.Swing))
	}
	return out
}

// Whatever is answered, every sentence can be said, and says something.
func TestEverySentenceIsWhole(t *testing.T) {
	m := shipped(t)
	for seed := range uint64(reportsTried) {
		r := judge(t, m, engage(t, m, numbered, assess.RandomSheets(m.Set, seed)...))
		for _, f := range r.Findings {
			whole(t, f.ID, f.Sentence)
		}
		for _, risk := range r.Risks {
			whole(t, risk.Risk.ID, risk.Title, risk.Sentence)
		}
		for _, o := range r.Opportunities {
			whole(t, o.Opportunity.ID, o.Sentence)
		}
		for _, c := range r.Contradictions {
			whole(t, c.Contradiction.ID, c.Question)
		}
		for _, a := range m.Actions {
			title, objective, steps, err := r.ActionWords(a.ID)
			if err != nil {
				t.Fatal(err)
			}
			whole(t, a.ID, append(steps, title, objective)...)
		}
	}
}

func whole(t *testing.T, id string, sentences ...assess.Sentence) {
	t.Helper()
	for _, s := range sentences {
		for _, form := range []string{s.Text, s.Markdown} {
			if form == "" || form != strings.TrimSpace(form) {
				t.Errorf("%s says %q", id, form)
			}
			for _, hole := range []string{"<no value>", "  ", "{{", " .", " ,", "()", "[]"} {
				if strings.Contains(form, hole) {
					t.Errorf("%s says %q, which holds %q", id, form, hole)
				}
			}
		}
	}
}

// What is counted in one place adds up to what is counted in another.
func TestSums(t *testing.T) {
	m := shipped(t)
	for seed := range uint64(reportsTried) {
		r := judge(t, m, engage(t, m, numbered, assess.RandomSheets(m.Set, seed)...))
		applicable := 0
		for _, reading := range r.Readings {
			if reading.Applicable() {
				applicable++
			}
		}
		if len(r.Readings) != len(m.Controls) || len(r.Findings) != applicable {
			t.Errorf("client %d: %d readings of %d controls, %d findings of %d that apply", seed, len(r.Readings), len(m.Controls), len(r.Findings), applicable)
		}
		fed := map[string]bool{}
		for _, risk := range r.Risks {
			for _, f := range risk.Findings {
				fed[f.ID] = true
			}
		}
		for _, f := range r.Findings {
			if f.Open() != fed[f.ID] {
				t.Errorf("client %d: %s is open: %t, feeds a risk: %t", seed, f.ID, f.Open(), fed[f.ID])
			}
			if f.Severity != f.Gravity*f.Likelihood {
				t.Errorf("client %d: %s weighs %d, not %d·%d", seed, f.ID, f.Severity, f.Gravity, f.Likelihood)
			}
		}
		for _, d := range r.Domains {
			bounds(t, d.Domain.ID, d.Score)
		}
		bounds(t, "the client", r.Score)
	}
}

// bounds checks how the numbers of a score lie to one another.
func bounds(t *testing.T, name string, s assess.Score) {
	t.Helper()
	ordered := 0 <= s.Final && s.Final <= s.Proven && s.Proven <= s.Possible && s.Possible <= 100 &&
		s.Final <= s.Cap && s.Cap <= s.CapBest && s.Final <= s.Best && s.Best <= s.Possible && s.Best <= s.CapBest
	if !ordered || s.Coverage < 0 || s.Coverage > 100 {
		t.Errorf("%s: %+v", name, s)
	}
}
