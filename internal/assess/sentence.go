package assess

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

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

// phrase is a sentence before the answers are known. One that quotes no answer is known already.
type phrase struct {
	source         string // as it stands in the words' file
	known          Sentence
	text, markdown *template.Template // nil where it is known
	place          Place
	quoted         []questionnaire.Ref
	alike          bool // the forms differ in nothing but the answers
}

// say fills in the answers. The loader has tried every phrase, so that an error here is one of the program.
func (p *phrase) say(s *speaker) (Sentence, error) {
	if p == nil {
		return Sentence{}, nil
	}
	if p.text == nil {
		return p.known, nil
	}
	var text, markdown strings.Builder
	text.Grow(len(p.source))
	if err := p.text.Execute(&text, s.text); err != nil {
		return Sentence{}, err
	}
	if p.alike && !slices.ContainsFunc(p.quoted, func(ref questionnaire.Ref) bool { return s.differ[ref] }) {
		line := oneLine(text.String())
		return Sentence{line, line, p.place}, nil
	}
	if err := p.markdown.Execute(&markdown, s.markdown); err != nil {
		return Sentence{}, err
	}
	return Sentence{oneLine(text.String()), oneLine(markdown.String()), p.place}, nil
}

// oneLine keeps a template's line breaks and indents out of a sentence. No-break spaces stay.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") && s == strings.Trim(s, " ") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

// parse reads the words of a sentence. The catalogue's own words are trusted, yet what Markdown would read as its
// own signs is escaped in the notes' form.
func (l *loader) parse(words string) (*phrase, error) {
	if !strings.Contains(words, "{{") {
		return &phrase{source: words, known: Sentence{Text: oneLine(words), Markdown: oneLine(vault.Escape(words))}}, nil
	}
	text, err := l.template().Parse(words)
	if err != nil {
		return nil, err
	}
	p := &phrase{source: words, text: text, alike: true}
	tree := text.Tree.Copy()
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TextNode:
			escaped := vault.Escape(string(n.Text))
			p.alike = p.alike && escaped == string(n.Text)
			n.Text = []byte(escaped)
		case *parse.FieldNode:
			p.quoted = append(p.quoted, questionnaire.Ref{Questionnaire: n.Ident[0], Question: n.Ident[len(n.Ident)-1]})
		case *parse.DotNode, *parse.VariableNode, *parse.ChainNode, *parse.TemplateNode:
			p.alike = false // whatever it quotes
		}
	})
	p.markdown, err = l.template().AddParseTree("", tree)
	return p, err
}

// template gives a new template with the functions of sentences.
func (l *loader) template() *template.Template {
	return template.New("").Option("missingkey=error").Funcs(l.functions)
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
		if s.text[ref.Questionnaire] == nil {
			s.text[ref.Questionnaire] = map[string]any{}
			s.markdown[ref.Questionnaire] = map[string]any{}
		}
		text, markdown, differ := m.quotable(m.Set.Question(ref), answers.Answer(ref))
		if differ {
			s.differ[ref] = true
		}
		s.text[ref.Questionnaire][ref.Question] = text
		s.markdown[ref.Questionnaire][ref.Question] = markdown
	}
	return s
}

// namelessSpeaker quotes what a speaker does, but no name.
func (m *Model) namelessSpeaker(from *speaker, answers Answers) *speaker {
	s := from
	for _, ref := range m.Set.Refs() {
		if m.Set.Question(ref).Type == questionnaire.Named && answers.Answer(ref).HasName {
			if s == from {
				s = &speaker{text: maps.Clone(from.text), markdown: maps.Clone(from.markdown), differ: from.differ}
			}
			for _, forms := range []map[string]map[string]any{s.text, s.markdown} {
				forms[ref.Questionnaire] = maps.Clone(forms[ref.Questionnaire])
				forms[ref.Questionnaire][ref.Question] = ""
			}
		}
	}
	return s
}

// quotable is an answer as values that templates can test and print, in both forms; empty ones where the answer is not
// known.
func (m *Model) quotable(q *questionnaire.Question, a questionnaire.Answer) (text, markdown any, differ bool) {
	known := a.State == questionnaire.Known
	switch {
	case q.Type.Choice():
		return m.quotableTicks(q, a, known)
	case known && q.Type == questionnaire.Number:
		text = a.Number
	case known && q.Type == questionnaire.Date:
		text = DayFirst(a.Date)
	case known && q.Type == questionnaire.Named && a.HasName:
		plain, escaped := vault.PlainName(a.Name), a.Name.String()
		return plain, escaped, plain != escaped
	default:
		text = ""
	}
	return text, text, false
}

func (m *Model) quotableTicks(q *questionnaire.Question, a questionnaire.Answer, known bool) (text, markdown any, differ bool) {
	var plain, escaped ticked
	last := m.and()
	for _, id := range a.Options {
		if o, ok := q.Option(id); ok && known {
			plain = append(plain, tick{id, o.Inline, last})
			escaped = append(escaped, tick{id, vault.Escape(o.Inline), last})
			differ = differ || plain[len(plain)-1] != escaped[len(escaped)-1]
		}
	}
	return plain, escaped, differ
}

// DayFirst writes an ISO date the way it is read.
func DayFirst(iso string) string {
	parts := strings.Split(iso, "-")
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// and is the word that joins the last two of a list, with its blanks.
func (m *Model) and() string { return " " + m.words[screenWords].label + " " }

// quotes lists the questions that a phrase quotes, with the problem of a field that is none.
func (p *phrase) quotes() ([]questionnaire.Ref, error) {
	var refs []questionnaire.Ref
	var bad error
	if p.text == nil {
		return nil, nil
	}
	words := slices.AppendSeq([]string{"and", "or", "not", "eq", "ne"}, maps.Keys(functions(nil)))
	walk(p.text.Root, func(n parse.Node) {
		switch f := n.(type) {
		case *parse.FieldNode:
			if len(f.Ident) != 2 {
				bad = fmt.Errorf("%q is not a questionnaire and its question", f.String())
				return
			}
			refs = append(refs, questionnaire.Ref{Questionnaire: f.Ident[0], Question: f.Ident[1]})
		case *parse.IdentifierNode:
			if !slices.Contains(words, f.Ident) {
				bad = fmt.Errorf("%q is no function of sentences", f.Ident)
			}
		case *parse.DotNode, *parse.VariableNode, *parse.ChainNode, *parse.TemplateNode:
			bad = fmt.Errorf("%q is not among what a sentence may say", n.String())
		}
	})
	return refs, bad
}

// walk visits every node of a template.
func walk(n parse.Node, visit func(parse.Node)) {
	switch v := n.(type) {
	case *parse.ListNode:
		if v == nil {
			return
		}
		for _, child := range v.Nodes {
			walk(child, visit)
		}
	case *parse.ActionNode:
		walk(v.Pipe, visit)
	case *parse.PipeNode:
		if v == nil {
			return
		}
		for _, c := range v.Cmds {
			walk(c, visit)
		}
	case *parse.CommandNode:
		for _, arg := range v.Args {
			walk(arg, visit)
		}
	case *parse.IfNode:
		walkBranch(&v.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&v.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&v.BranchNode, visit)
	default:
		visit(n)
	}
}

func walkBranch(b *parse.BranchNode, visit func(parse.Node)) {
	walk(b.Pipe, visit)
	walk(b.List, visit)
	walk(b.ElseList, visit)
}

// levelKey is the key of a level's sentence in the words' files.
func levelKey(level int) string { return strconv.Itoa(level) }
