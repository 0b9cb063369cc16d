package assess

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Sentence is one statement in the two forms in which it is shown. Both come from the same words.
type Sentence struct {
	Text     string // for JSON and the terminal
	Markdown string // for notes: names and the catalogue's words are escaped
	Place    Place  // of its words
}

// IsZero reports whether there is nothing to say.
func (s Sentence) IsZero() bool { return s.Text == "" }

// oneLine keeps a template's line breaks and indents out of a sentence. No-break spaces stay.
func oneLine(s string) string {
	if isOneLine(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

// isOneLine reports whether words stand one space apart.
func isOneLine(s string) bool {
	space := true // none at the beginning
	for i := range len(s) {
		c := s[i]
		if c == '\n' || c == '\t' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

// functions is the fixed set that sentences may use.
func functions(m *Model) template.FuncMap {
	return template.FuncMap{
		"join":    func(t ticked) string { return t.String() },
		"among":   func(t ticked, ids ...string) ticked { return t.filter(ids, true) },
		"without": func(t ticked, ids ...string) ticked { return t.filter(ids, false) },
		"plural":  plural,
		"channel": m.quotesChannel,
		"elision": func(article string, words any) string { return elide(article, fmt.Sprint(words)) },
	}
}

// plural picks the form for a number or for how many options are ticked. Nought and one take the singular.
func plural(n any, one, many string) (string, error) {
	isMany, err := takesPlural(n)
	switch {
	case err != nil:
		return "", err
	case isMany:
		return many, nil
	}
	return one, nil
}

// takesPlural tells whether a number, or how many options are ticked, takes the plural.
func takesPlural(n any) (bool, error) {
	switch v := n.(type) {
	case int:
		return v > 1, nil
	case ticked:
		return len(v) > 1, nil
	case string:
		if v != "" { // a number that nobody knows is quoted as an empty text
			return false, fmt.Errorf("plural takes a number or a choice, not %q", v)
		}
		return false, nil
	}
	return false, fmt.Errorf("plural takes a number or a choice, not %T", n)
}

// elide puts an article before a word and drops its vowel where the word begins with one.
func elide(article, words string) string {
	first := questionnaire.Fold(firstLetter(words))
	if first != "" && strings.ContainsAny(first[:1], "aeiou") && article != "" {
		runes := []rune(article)
		return string(runes[:len(runes)-1]) + "\u2019" + words
	}
	return article + " " + words
}

func firstLetter(s string) string {
	for _, r := range s {
		if r != '\\' {
			return string(r)
		}
	}
	return ""
}

// ticked is a choice's ticks as words. It is empty where the answer is not known.
type ticked []tick

type tick struct {
	id, words string
	last      string // what joins the last two of a list
}

// String joins the words as a list in a sentence.
func (t ticked) String() string { return string(t.appendTo(nil)) }

func (t ticked) appendTo(out []byte) []byte {
	for i, one := range t {
		switch {
		case i == 0:
		case i == len(t)-1:
			out = append(out, one.last...)
		default:
			out = append(out, ", "...)
		}
		out = append(out, one.words...)
	}
	return out
}

func (t ticked) filter(ids []string, keep bool) ticked {
	var out ticked
	for _, one := range t {
		if slices.Contains(ids, one.id) == keep {
			out = append(out, one)
		}
	}
	return out
}

// speaker holds the answers as sentences may quote them, in both forms: by questionnaire, then by question.
type speaker struct {
	text, markdown map[string]map[string]any
	differ         map[questionnaire.Ref]bool // the questions whose answer is written otherwise in a note
}

// speaker prepares the answers for sentences. Only choices, numbers, dates and names can be quoted: a respondent's
// own text never reaches a sentence.
func (m *Model) speaker(answers Answers) *speaker {
	s := &speaker{text: map[string]map[string]any{}, markdown: map[string]map[string]any{}, differ: map[questionnaire.Ref]bool{}}
	years := m.years(answers)
	s.text[periodWords], s.markdown[periodWords] = years, years
	for _, ref := range m.Set.Refs() {
		text, markdown := s.text[ref.Questionnaire], s.markdown[ref.Questionnaire]
		if text == nil {
			size := len(m.Set.Questionnaire(ref.Questionnaire).Questions)
			text, markdown = make(map[string]any, size), make(map[string]any, size)
			s.text[ref.Questionnaire], s.markdown[ref.Questionnaire] = text, markdown
		}
		q := m.Set.Question(ref)
		a := answers.Answer(ref)
		said := m.quotable(q, a, func(words string) string { return words }, vault.PlainName)
		text[ref.Question], markdown[ref.Question] = said, said
		if a.State != questionnaire.Known {
			continue // it is empty in both forms
		}
		if marked := m.quotable(q, a, vault.Escape, vault.Name.String); !sameQuote(said, marked) {
			markdown[ref.Question], s.differ[ref] = marked, true
		}
	}
	return s
}

// sameQuote reports whether an answer is quoted alike in both forms.
func sameQuote(text, markdown any) bool {
	if ticks, ok := text.(ticked); ok {
		return slices.Equal(ticks, markdown.(ticked))
	}
	return text == markdown
}

// withoutNames gives a speaker of whom no name is known. What holds none is shared.
func (m *Model) withoutNames(s *speaker) *speaker {
	out := &speaker{text: maps.Clone(s.text), markdown: maps.Clone(s.markdown), differ: s.differ}
	cloned := map[string]bool{}
	for _, ref := range m.Set.Refs() {
		if m.Set.Question(ref).Type != questionnaire.Named || s.text[ref.Questionnaire][ref.Question] == "" {
			continue
		}
		for _, form := range []map[string]map[string]any{out.text, out.markdown} {
			if !cloned[ref.Questionnaire] {
				form[ref.Questionnaire] = maps.Clone(form[ref.Questionnaire])
			}
			form[ref.Questionnaire][ref.Question] = ""
		}
		cloned[ref.Questionnaire] = true
	}
	return out
}

// quotable is an answer as a value that a template can test and print; an empty one where the answer is not known.
func (m *Model) quotable(q *questionnaire.Question, a questionnaire.Answer, escape func(string) string, name func(vault.Name) string) any {
	known := a.State == questionnaire.Known
	switch {
	case q.Type.Choice():
		var t ticked
		if !known || len(a.Options) == 0 {
			return t
		}
		last := " " + m.and() + " "
		for _, id := range a.Options {
			if o, ok := q.Option(id); ok {
				t = append(t, tick{id, escape(o.Inline), last})
			}
		}
		return t
	case known && q.Type == questionnaire.Number:
		return a.Number
	case known && q.Type == questionnaire.Date:
		return DayFirst(a.Date)
	case known && q.Type == questionnaire.Named && a.HasName:
		return name(a.Name)
	}
	return ""
}

// DayFirst writes an ISO date the way it is read.
func DayFirst(iso string) string {
	parts := strings.Split(iso, "-")
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// and is the word that joins the last two of a list.
func (m *Model) and() string { return m.words[screenWords].label }

// levelKey is the key of a level's sentence in the words' files.
func levelKey(level int) string { return strconv.Itoa(level) }
