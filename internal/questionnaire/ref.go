package questionnaire

import (
	"cmp"
	"strings"
)

// Ref names a question: the questionnaire's id, a point, the question's id.
type Ref struct{ Questionnaire, Question string }

// ParseRef reads "correspondance.resultats". It reports false unless both halves are there and there is one point.
func ParseRef(s string) (Ref, bool) {
	form, question, ok := strings.Cut(s, ".")
	if !ok || form == "" || question == "" || strings.Contains(question, ".") {
		return Ref{}, false
	}
	return Ref{form, question}, true
}

// String writes the reference as [ParseRef] reads it.
func (r Ref) String() string { return r.Questionnaire + "." + r.Question }

// Compare orders references by questionnaire, then by question, as bytes.
func (r Ref) Compare(other Ref) int {
	return cmp.Or(cmp.Compare(r.Questionnaire, other.Questionnaire), cmp.Compare(r.Question, other.Question))
}
