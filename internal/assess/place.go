package assess

import "github.com/synth-vault/synth/internal/questionnaire"

// Place is where a file of the catalogue says something.
type Place struct {
	File string
	Line int
}

// Place gives where the model names a control, theme, risk, opportunity, action, contradiction or reference; the zero
// Place of any other id.
func (m *Model) Place(id string) Place { return m.places[id] }

// QuestionPlace gives where a questionnaire asks a question; the zero Place of the client's properties.
func (m *Model) QuestionPlace(ref questionnaire.Ref) Place {
	q := m.Set.Question(ref)
	if q == nil || q.Line == 0 {
		return Place{}
	}
	return Place{"questionnaires/" + ref.Questionnaire + ".yaml", q.Line}
}

// Label is the words that name an id of the model in tables, as the catalogue gives them: a control's label, a theme's
// title. It is empty where there are none.
func (m *Model) Label(id string) string {
	if e := m.words[id]; e != nil {
		return e.label
	}
	return ""
}

// Statement is one of the sentences of an id, with its key in the words' file.
type Statement struct {
	Key string
	Sentence
}

// Statements gives what the words say of a risk, an opportunity, an action or a contradiction as the answers make it,
// whether it is shown or not. A control's sentence is its finding's, a theme's its conclusion.
func (r *Report) Statements(id string) ([]Statement, error) {
	e := r.Model.words[id]
	if e == nil {
		return nil, nil
	}
	var out []Statement
	for _, part := range []struct {
		key   string
		words *phrase
	}{{"title", e.title}, {"text", e.text}, {"objective", e.objective}, {"question", e.question}} {
		s, err := part.words.say(r.speaker)
		if err != nil {
			return nil, err
		}
		if !s.IsZero() {
			out = append(out, Statement{part.key, s})
		}
	}
	for _, p := range e.steps {
		s, err := p.say(r.speaker)
		if err != nil {
			return nil, err
		}
		out = append(out, Statement{"steps", s})
	}
	return out, nil
}
