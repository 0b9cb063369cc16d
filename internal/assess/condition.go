package assess

import (
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// Truth is a value of Kleene's three-valued logic.
type Truth int8

// Maybe is what an unknown answer gives. The order matters: "all" is the least, "any" the greatest of its parts.
const (
	False Truth = iota
	Maybe
	True
)

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Operator is one word of the closed vocabulary of conditions.
type Operator string

// The operators. All, Any and Not join conditions; the others ask one question's answer.
const (
	All      Operator = "all"
	Any      Operator = "any"
	Not      Operator = "not"
	AnyOf    Operator = "any_of"
	AllOf    Operator = "all_of"
	NoneOf   Operator = "none_of"
	Only     Operator = "only"
	AtLeast  Operator = "at_least"
	LessThan Operator = "less_than"
	Answered Operator = "answered"

	OnChannel Operator = "channel"

	undecided Operator = "" // what no answer can settle: the model does not know
)

// Condition is a tree over the answers.
type Condition struct {
	Op       Operator
	Parts    []*Condition      // of All, Any and Not (one)
	Question questionnaire.Ref // of the others
	Options  []string          // of AnyOf, AllOf, NoneOf and Only
	Number   int               // of AtLeast and LessThan
	Answered bool              // of Answered: whether an answer or its absence makes it true
	Class    string            // of OnChannel

	Period  *Period // that the condition was written out from; nil of most
	Advised bool    // it asks for the years that the period advises, else for its minimum

	channels []Channel // of OnChannel: those of the class
	dated    bool      // written out from the catalogue's periods, whose numbers may change
}

// Answers is what conditions are asked of: a client's engagement, or the combinations that the loader tries.
type Answers interface {
	// Answer gives the answer to a question, unknown where there is none.
	Answer(questionnaire.Ref) questionnaire.Answer
	// Received reports whether answers to the questionnaire came.
	Received(questionnaire string) bool
}

// Eval says whether the condition holds. A nil condition does.
func (c *Condition) Eval(answers Answers) Truth {
	if c == nil {
		return True
	}
	switch c.Op {
	case All:
		result := True
		for _, p := range c.Parts {
			result = min(result, p.Eval(answers))
		}
		return result
	case Any:
		result := False
		for _, p := range c.Parts {
			result = max(result, p.Eval(answers))
		}
		return result
	case Not:
		return True - c.Parts[0].Eval(answers)
	case undecided:
		return Maybe
	}
	return c.ask(answers.Answer(c.Question))
}

// ask evaluates a condition over one answer.
func (c *Condition) ask(a questionnaire.Answer) Truth {
	known := a.State == questionnaire.Known
	if c.Op == Answered {
		return truth(known == c.Answered)
	}
	if !known {
		return Maybe
	}
	if c.Op == OnChannel {
		return truth(c.onChannel(a))
	}
	ticked := func(id string) bool { return c.among(a.Options, id) }
	missing := func(id string) bool { return !ticked(id) }
	foreign := func(id string) bool { return !c.among(c.Options, id) }
	switch c.Op {
	case AnyOf:
		return truth(slices.ContainsFunc(c.Options, ticked))
	case AllOf:
		return truth(!slices.ContainsFunc(c.Options, missing))
	case NoneOf:
		return truth(!slices.ContainsFunc(c.Options, ticked))
	case Only:
		return truth(len(a.Options) > 0 && !slices.ContainsFunc(a.Options, foreign))
	case AtLeast:
		return truth(a.Number >= c.Number)
	default:
		return truth(a.Number < c.Number)
	}
}

// among looks for an option. What a client's note says of him is written by hand: case and accents do not count.
func (c *Condition) among(options []string, id string) bool {
	return slices.ContainsFunc(options, func(o string) bool {
		return o == id || c.Question.Questionnaire == questionnaire.ClientID && questionnaire.Fold(o) == questionnaire.Fold(id)
	})
}

// isDated reports whether a part of the condition comes from the catalogue's periods.
func (c *Condition) isDated() bool {
	return c != nil && (c.dated || slices.ContainsFunc(c.Parts, (*Condition).isDated))
}

// Reads lists the questions that the condition asks, each once, in its order.
func (c *Condition) Reads() []questionnaire.Ref { return addRefs(nil, c) }

// asksAny tells whether the condition asks any question of which something is so.
func (c *Condition) asksAny(is func(questionnaire.Ref) bool) bool {
	switch {
	case c == nil || c.Op == undecided:
		return false
	case c.Op == All || c.Op == Any || c.Op == Not:
		return slices.ContainsFunc(c.Parts, func(p *Condition) bool { return p.asksAny(is) })
	}
	return is(c.Question)
}

// addRefs adds the questions of a condition that the list lacks.
func addRefs(refs []questionnaire.Ref, c *Condition) []questionnaire.Ref {
	switch {
	case c == nil || c.Op == undecided:
	case c.Op == All || c.Op == Any || c.Op == Not:
		for _, p := range c.Parts {
			refs = addRefs(refs, p)
		}
	case !slices.Contains(refs, c.Question):
		refs = append(refs, c.Question)
	}
	return refs
}
