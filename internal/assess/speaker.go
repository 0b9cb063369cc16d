package assess

import (
	"maps"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// quotes are the answers as a sentence may quote them in one form: by questionnaire, then by question. Each is a ticked,
// a text or a number.
type quotes = map[string]map[string]any

// noName is how a name is quoted that nobody knows.
const noName = ""

// speaker holds the answers as sentences may quote them, in both forms. What is alike in both is shared.
type speaker struct {
	model          *Model
	text, markdown quotes
	nameless       quotes                     // the text of a client of whom no name is known
	differ         map[questionnaire.Ref]bool // the questions whose answer is written otherwise in a note
}

// speaker prepares the answers for sentences. Only choices, numbers, dates and names can be quoted: a respondent's
// own text never reaches a sentence.
func (m *Model) speaker(answers Answers) *speaker {
	size := len(m.Set.Questionnaires) + 2 // the client's properties and the periods too
	s := &speaker{model: m, text: make(quotes, size), markdown: make(quotes, size), differ: map[questionnaire.Ref]bool{}}
	years := m.years(answers)
	s.text[periodWords], s.markdown[periodWords] = years, years
	s.listen(m.Set.Questionnaire(questionnaire.ClientID), answers)
	for _, form := range m.Set.Questionnaires {
		s.listen(form, answers)
	}
	s.nameless = s.withoutNames()
	return s
}

// listen prepares the answers to a questionnaire.
func (s *speaker) listen(form *questionnaire.Questionnaire, answers Answers) {
	text := make(map[string]any, len(form.Questions))
	var other map[string]any // what is written otherwise in a note
	last := " " + s.model.and() + " "
	for i := range form.Questions {
		q := &form.Questions[i]
		ref := questionnaire.Ref{Questionnaire: form.ID, Question: q.ID}
		a := answers.Answer(ref)
		said := quotable(q, a, last)
		text[q.ID] = said
		if written, differs := marked(said, q, a); differs {
			if other == nil {
				other = map[string]any{}
			}
			other[q.ID], s.differ[ref] = written, true
		}
	}
	s.text[form.ID], s.markdown[form.ID] = text, text
	if other != nil {
		s.markdown[form.ID] = maps.Clone(text)
		maps.Copy(s.markdown[form.ID], other)
	}
}

// withoutNames gives the answers of a client of whom no name is known.
func (s *speaker) withoutNames() quotes {
	out := maps.Clone(s.text)
	for form, answers := range out {
		for id := range answers {
			q := s.model.Set.Question(questionnaire.Ref{Questionnaire: form, Question: id})
			if q == nil || q.Type != questionnaire.Named {
				continue
			}
			if out[form][id] != noName {
				out[form] = maps.Clone(out[form])
				out[form][id] = noName
			}
		}
	}
	return out
}

// naming gives a speaker who knows a name besides.
func (s *speaker) naming(ref questionnaire.Ref, name vault.Name) *speaker {
	out := *s
	out.text, out.differ = maps.Clone(s.text), map[questionnaire.Ref]bool{}
	out.text[ref.Questionnaire] = maps.Clone(s.text[ref.Questionnaire])
	out.text[ref.Questionnaire][ref.Question] = vault.PlainName(name)
	out.markdown = out.text
	return &out
}

// quotable is an answer as a value that a template can test and print; an empty one where the answer is not known. Last
// is what joins the last two of a list.
func quotable(q *questionnaire.Question, a questionnaire.Answer, last string) any {
	known := a.State == questionnaire.Known
	switch {
	case q.Type.Choice():
		if !known || len(a.Options) == 0 {
			return ticked(nil)
		}
		t := make(ticked, 0, len(a.Options))
		for _, id := range a.Options {
			if o, ok := q.Option(id); ok {
				t = append(t, tick{id, o.Inline, last})
			}
		}
		return t
	case known && q.Type == questionnaire.Number:
		return a.Number
	case known && q.Type == questionnaire.Date:
		return DayFirst(a.Date)
	case known && q.Type == questionnaire.Named && a.HasName:
		return vault.PlainName(a.Name)
	}
	return noName
}

// marked gives what is quoted as it is written in a note, where that is something else.
func marked(said any, q *questionnaire.Question, a questionnaire.Answer) (written any, differs bool) {
	switch said := said.(type) {
	case ticked:
		isPlain := func(one tick) bool { return vault.Escape(one.words) == one.words }
		if !slices.ContainsFunc(said, func(one tick) bool { return !isPlain(one) }) {
			return nil, false
		}
		out := slices.Clone(said)
		for i := range out {
			out[i].words = vault.Escape(out[i].words)
		}
		return out, true
	case string:
		if q.Type == questionnaire.Named && said != noName {
			name := a.Name.String()
			return name, name != said
		}
	}
	return nil, false
}

// and is the word that joins the last two of a list.
func (m *Model) and() string { return m.words[screenWords].label }
