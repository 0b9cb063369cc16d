package questionnaire

import (
	"slices"

	"github.com/synth-vault/synth/vault"
)

// State says how much an answer tells.
type State uint8

// Unknown covers a question that nobody answered and one answered "ne sait pas"; [Answer.Asked] tells them apart.
const (
	Unknown State = iota
	Known
	Contradictory
)

// Source is one place where an answer was given or asked for.
type Source struct {
	Note    string // the note's path
	Line    int    // the line of the tick or the text, or of the question's heading where nothing was answered
	Block   string // the block id in that note, empty when the note has none
	Heading string // the heading's text, for a link where there is no block id
	// Answered reports whether this place answers: by "ne sait pas" too.
	Answered bool
	// Values is what was answered here: the ids ticked, or what was written; a personal text is left out.
	Values []string
}

// Answer is what a client answered to one question, over all the notes of an assessment.
type Answer struct {
	Ref   Ref
	State State
	// Asked is true where the answer "ne sait pas" was given, so that unknown is not just silence.
	Asked   bool
	Options []string // the ids ticked, in the question's order
	Number  int
	Text    vault.Untrusted // text, and a name that does not fit vault.Name
	Name    vault.Name      // a name that may stand in a sentence
	HasName bool
	Date    string // YYYY-MM-DD
	Sources []Source
}

// NotApplicable reports whether the client said that the question does not concern him.
func (a Answer) NotApplicable() bool {
	return a.State == Known && slices.Equal(a.Options, []string{NotApplicableOption})
}

// Reason says why the question goes back to the client: "unanswered", "unknown" or "contradictory"; empty when it
// does not.
func (a Answer) Reason() string {
	switch {
	case a.State == Contradictory:
		return "contradictory"
	case a.State == Known:
		return ""
	case a.Asked:
		return "unknown"
	}
	return "unanswered"
}

// sameValue reports whether two known answers say the same.
func (a Answer) sameValue(b Answer) bool {
	return slices.Equal(a.Options, b.Options) && a.Number == b.Number && a.Date == b.Date &&
		vault.Raw(a.Text) == vault.Raw(b.Text) && vault.PlainName(a.Name) == vault.PlainName(b.Name)
}

// merge joins the answers of two respondents: what one does not know the other may, and what both know must agree.
func (a Answer) merge(b Answer) Answer {
	out := a
	switch {
	case a.State == Unknown && b.State != Unknown:
		out = b
	case a.State == Unknown:
		out.Asked = a.Asked || b.Asked
	case b.State == Unknown:
	case a.State == Contradictory || b.State == Contradictory || !a.sameValue(b):
		out.State = Contradictory
		out.Options = union(a.Options, b.Options)
	}
	out.Sources = append(slices.Clone(a.Sources), b.Sources...)
	return out
}

// union lists a's elements, then those of b that a lacks.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Remark is a text that a respondent left beside the answers, or for the questionnaire as a whole.
type Remark struct {
	Ref  Ref // the question, the zero Ref for the questionnaire's own remarks
	Text vault.Untrusted
	Note string
	Line int
}

// Sheet is one note's answers.
type Sheet struct {
	Questionnaire string
	Client        string // the client's code
	Note          string // the note's path
	Date          string // YYYY-MM-DD, when the answers were received
	Respondent    vault.Untrusted
	Consultant    vault.Untrusted
	Source        vault.Untrusted
	FormID        string
	Complement    bool // completes the latest assessment instead of opening one
	Answers       []Answer
	Remarks       []Remark
}

// answer gives the sheet's answer to a question, nil when the note does not hold the question.
func (s *Sheet) answer(ref Ref) *Answer {
	i := slices.IndexFunc(s.Answers, func(a Answer) bool { return a.Ref == ref })
	if i < 0 {
		return nil
	}
	return &s.Answers[i]
}
