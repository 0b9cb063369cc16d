package assess

import (
	"testing"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// question is the one that the conditions of these tests ask.
var question = questionnaire.Ref{Questionnaire: "f", Question: "q"}

func known(options ...string) questionnaire.Answer {
	return questionnaire.Answer{State: questionnaire.Known, Options: options}
}

func count(n int) questionnaire.Answer {
	return questionnaire.Answer{State: questionnaire.Known, Number: n}
}

// The three ways of not knowing.
var (
	unanswered    = questionnaire.Answer{}
	dontKnow      = questionnaire.Answer{Asked: true}
	contradictory = questionnaire.Answer{State: questionnaire.Contradictory, Options: []string{"a", "b"}}
)

func TestOperators(t *testing.T) {
	ask := func(op Operator, options ...string) *Condition {
		return &Condition{Op: op, Question: question, Options: options}
	}
	tests := []struct {
		name string
		when *Condition
		yes  []questionnaire.Answer
		no   []questionnaire.Answer
	}{
		{"any_of", ask(AnyOf, "a", "b"), []questionnaire.Answer{known("a"), known("b", "c")}, []questionnaire.Answer{known("c"), known("c", "d")}},
		{"all_of", ask(AllOf, "a", "b"), []questionnaire.Answer{known("a", "b"), known("a", "b", "c")}, []questionnaire.Answer{known("a"), known("c")}},
		{"none_of", ask(NoneOf, "a", "b"), []questionnaire.Answer{known("c")}, []questionnaire.Answer{known("a"), known("b", "c")}},
		{"only", ask(Only, "a", "b"), []questionnaire.Answer{known("a"), known("a", "b")}, []questionnaire.Answer{known("a", "c"), known("c"), known()}},
		{"sans_objet is an option", ask(AnyOf, "sans_objet"), []questionnaire.Answer{known("sans_objet")}, []questionnaire.Answer{known("a")}},
		{"at_least", &Condition{Op: AtLeast, Question: question, Number: 8}, []questionnaire.Answer{count(8), count(9)}, []questionnaire.Answer{count(7), count(0)}},
		{"less_than", &Condition{Op: LessThan, Question: question, Number: 8}, []questionnaire.Answer{count(7), count(-1)}, []questionnaire.Answer{count(8), count(9)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, test.when, True, test.yes...)
			expect(t, test.when, False, test.no...)
			expect(t, test.when, Maybe, unanswered, dontKnow, contradictory)
			not := &Condition{Op: Not, Parts: []*Condition{test.when}}
			expect(t, not, False, test.yes...)
			expect(t, not, True, test.no...)
			expect(t, not, Maybe, unanswered, dontKnow, contradictory)
		})
	}
}

// "answered" is two-valued: it says whether something is known, not what.
func TestAnswered(t *testing.T) {
	answered := &Condition{Op: Answered, Question: question, Answered: true}
	expect(t, answered, True, known("a"), count(0))
	expect(t, answered, False, unanswered, dontKnow, contradictory)
	silent := &Condition{Op: Answered, Question: question}
	expect(t, silent, False, known("a"), count(0))
	expect(t, silent, True, unanswered, dontKnow, contradictory)
}

func expect(t *testing.T, when *Condition, want Truth, answers ...questionnaire.Answer) {
	t.Helper()
	for _, a := range answers {
		if got := when.Eval(receive("f").set(question.String(), a)); got != want {
			t.Errorf("%s of %+v is %d, want %d", when.Op, a, got, want)
		}
	}
}

// F, M and T are false, unknown and true; the tables are Kleene's.
func TestJoinedConditions(t *testing.T) {
	tests := []struct {
		parts    string
		all, any Truth
	}{
		{"F", False, False}, {"M", Maybe, Maybe}, {"T", True, True},
		{"FF", False, False}, {"FM", False, Maybe}, {"FT", False, True},
		{"MF", False, Maybe}, {"MM", Maybe, Maybe}, {"MT", Maybe, True},
		{"TF", False, True}, {"TM", Maybe, True}, {"TT", True, True},
		{"TMF", False, True}, {"FFM", False, Maybe}, {"TTM", Maybe, True},
	}
	answers := receive("f").tick("f.q", "a")
	part := map[rune]*Condition{
		'T': {Op: AnyOf, Question: question, Options: []string{"a"}},
		'F': {Op: NoneOf, Question: question, Options: []string{"a"}},
		'M': {Op: AnyOf, Question: questionnaire.Ref{Questionnaire: "f", Question: "silent"}, Options: []string{"a"}},
	}
	for _, test := range tests {
		var parts []*Condition
		for _, p := range test.parts {
			parts = append(parts, part[p])
		}
		if got := (&Condition{Op: All, Parts: parts}).Eval(answers); got != test.all {
			t.Errorf("all of %s is %d, want %d", test.parts, got, test.all)
		}
		if got := (&Condition{Op: Any, Parts: parts}).Eval(answers); got != test.any {
			t.Errorf("any of %s is %d, want %d", test.parts, got, test.any)
		}
	}
	for p, want := range map[rune]Truth{'T': False, 'M': Maybe, 'F': True} {
		if got := (&Condition{Op: Not, Parts: []*Condition{part[p]}}).Eval(answers); got != want {
			t.Errorf("not %c is %d, want %d", p, got, want)
		}
	}
}

func TestNoConditionHolds(t *testing.T) {
	if got := (*Condition)(nil).Eval(receive()); got != True {
		t.Errorf("a condition that is not there is %d, want %d", got, True)
	}
}
