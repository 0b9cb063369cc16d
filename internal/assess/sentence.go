package assess

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/synth-vault/synth/internal/questionnaire"
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
	count := 0
	switch v := n.(type) {
	case int:
		count = v
	case ticked:
		count = len(v)
	case string:
		if v != "" { // a number that nobody knows is quoted as an empty text
			return "", fmt.Errorf("plural takes a number or a choice, not %q", v)
		}
	default:
		return "", fmt.Errorf("plural takes a number or a choice, not %T", n)
	}
	if count > 1 {
		return many, nil
	}
	return one, nil
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
func (t ticked) String() string {
	var b strings.Builder
	for i, one := range t {
		switch {
		case i == 0:
		case i == len(t)-1:
			b.WriteString(one.last)
		default:
			b.WriteString(", ")
		}
		b.WriteString(one.words)
	}
	return b.String()
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

// DayFirst writes an ISO date the way it is read.
func DayFirst(iso string) string {
	parts := strings.Split(iso, "-")
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// levelKey is the key of a level's sentence in the words' files.
func levelKey(level int) string { return strconv.Itoa(level) }
