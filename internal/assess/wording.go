package assess

// Wording is what the words' files say of one id. What its kind has no words for is empty.
type Wording struct {
	Title string // as it reads while nothing is answered; of a control or a theme, its label
	// The rest is as it stands in the file: what it quotes of the answers stands in it as {{…}}.
	FullTitle   string
	Text        string // of a risk or an opportunity; the question of a contradiction
	Objective   string
	Steps       []string
	Levels      map[string]string // by level, and "unknown"
	Conclusions map[string]string // by mood
}

// Words gives the words of an id of the model; none for a reference.
func (m *Model) Words(id string) Wording {
	e := m.words[id]
	if e == nil {
		return Wording{}
	}
	w := Wording{Title: e.label, FullTitle: e.title.words(), Text: e.text.words(), Objective: e.objective.words(), Levels: sources(e.levels), Conclusions: sources(e.conclusions)}
	if title, err := e.title.say(m.speaker(silence{})); err == nil && !title.IsZero() {
		w.Title = title.Text
	}
	if question := e.question.words(); question != "" {
		w.Text = question
	}
	if w.Title == "" {
		w.Title = w.Text
	}
	for _, s := range e.steps {
		w.Steps = append(w.Steps, s.words())
	}
	return w
}

func (p *phrase) words() string {
	if p == nil {
		return ""
	}
	return oneLine(p.source)
}

func sources(phrases map[string]*phrase) map[string]string {
	out := map[string]string{}
	for key, p := range phrases {
		out[key] = p.words()
	}
	return out
}
