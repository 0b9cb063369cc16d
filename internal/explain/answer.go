package explain

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// Answer is what a client answered to a question, place by place.
type Answer struct {
	Question string  `json:"question"`
	Label    Text    `json:"label"`
	State    string  `json:"state"`  // known, unknown or contradictory
	Reason   Word    `json:"reason"` // why it goes back; null where it is known
	Given    []Given `json:"given"`
}

// Given is a place that answers a question, or that holds it without an answer.
type Given struct {
	Note  Text  `json:"note"`
	Line  int   `json:"line"`
	Block *Text `json:"block"`
	Link  Text  `json:"link"`
	// Answered is true of a place that answers; a personal text is among its values nowhere.
	Answered bool   `json:"answered"`
	Values   []Text `json:"values"` // the labels ticked, or what was written
}

// answer tells what was answered, and where.
func (s Source) answer(ref questionnaire.Ref) Answer {
	a := s.Report.Answer(ref)
	out := Answer{Question: ref.String(), Label: s.label(ref), State: answerState(a.State), Reason: Word(a.Reason()), Given: []Given{}}
	for _, source := range a.Sources {
		subpath := ""
		if source.Block != "" {
			subpath = "^" + source.Block
		}
		out.Given = append(out.Given, Given{Note: Text(source.Note), Line: source.Line, Block: optional(Text(source.Block)),
			Link: Text(s.Link(source.Note, subpath)), Answered: source.Answered, Values: each(source.Values, func(v string) Text { return s.value(a.Ref, v) })})
	}
	return out
}

func answerState(s questionnaire.State) string {
	switch s {
	case questionnaire.Known:
		return string(assess.Known)
	case questionnaire.Contradictory:
		return string(assess.Contradictory)
	}
	return string(assess.Unknown)
}

// value shows an answer: an option by its label, anything else as it was written.
func (s Source) value(ref questionnaire.Ref, v string) Text {
	q := s.model().Set.Question(ref)
	if q == nil || !q.Type.Choice() {
		return Text(v)
	}
	if o, ok := q.Option(v); ok {
		return Text(o.Label)
	}
	if v == questionnaire.DontKnow {
		return Text(s.model().Set.Words.DontKnow)
	}
	return Text(v)
}

// values shows several options, in the order in which the question offers them.
func (s Source) values(ref questionnaire.Ref, list []string) []Text {
	list = slices.Clone(list)
	if q := s.model().Set.Question(ref); q != nil {
		order := q.OptionIDs()
		slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(slices.Index(order, a), slices.Index(order, b)) })
	}
	return each(list, func(v string) Text { return s.value(ref, v) })
}

// answers tells what was answered to several questions, each once.
func (s Source) answers(refs []questionnaire.Ref) []Answer {
	out := []Answer{}
	for i, ref := range refs {
		if !slices.Contains(refs[:i], ref) {
			out = append(out, s.answer(ref))
		}
	}
	return out
}

// findingRefs lists the questions behind findings.
func (s Source) findingRefs(ids []string) []questionnaire.Ref {
	var refs []questionnaire.Ref
	for _, id := range ids {
		if f := s.Report.Finding(id); f != nil {
			refs = append(refs, f.Reading.Read...)
		}
	}
	return refs
}
