package assess

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/template"
	"text/template/parse"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// phrase is a sentence before the answers are known.
type phrase struct {
	source   string // as it stands in the words' file
	place    Place
	template *lazyTemplate            // nil of one that quotes no answer
	fixed    atomic.Pointer[Sentence] // what that one says, once it has been said
}

// lazyTemplate is the template of a sentence that quotes answers. It is read when it is asked for.
type lazyTemplate struct {
	sentences *sentences
	source    string
	once      sync.Once
	made      *forms
	err       error
}

func (t *lazyTemplate) forms() (*forms, error) {
	t.once.Do(func() { t.made, t.err = t.sentences.parse(t.source) })
	return t.made, t.err
}

// forms are the templates of a sentence, in the two forms in which it is shown.
type forms struct {
	text, markdown *template.Template
	quoted         []questionnaire.Ref
	alike          bool // the forms differ in nothing but the answers
}

// newPhrase takes a sentence without reading it.
func (s *sentences) newPhrase(words string, at Place) *phrase {
	p := &phrase{source: words, place: at}
	if strings.Contains(words, "{{") {
		p.template = &lazyTemplate{sentences: s, source: words}
	}
	return p
}

// say fills in the answers. The catalogue's own words are trusted, yet what Markdown would read as its own signs is
// escaped in the notes' form. The loader, or of shipped ones the tests, have tried every phrase, so that an error here is
// one of the program.
func (p *phrase) say(s *speaker) (Sentence, error) {
	if p == nil {
		return Sentence{}, nil
	}
	if p.template == nil {
		return p.sayFixed(), nil
	}
	made, err := p.template.forms()
	if err != nil {
		return Sentence{}, err
	}
	text, err := p.fill(made.text, s.text)
	if err != nil {
		return Sentence{}, err
	}
	if made.alike && !slices.ContainsFunc(made.quoted, func(ref questionnaire.Ref) bool { return s.differ[ref] }) {
		return Sentence{text, text, p.place}, nil
	}
	markdown, err := p.fill(made.markdown, s.markdown)
	if err != nil {
		return Sentence{}, err
	}
	return Sentence{text, markdown, p.place}, nil
}

// fill fills the answers in one of the two forms.
func (p *phrase) fill(form *template.Template, answers quotes) (string, error) {
	var b strings.Builder
	b.Grow(len(p.source))
	err := form.Execute(&b, answers)
	return oneLine(b.String()), err
}

// cites tells whether a sentence quotes a question.
func (p *phrase) cites(ref questionnaire.Ref) bool {
	if p == nil || p.template == nil {
		return false
	}
	made, err := p.template.forms()
	return err == nil && slices.Contains(made.quoted, ref)
}

// sayFixed says what is the same of every client.
func (p *phrase) sayFixed() Sentence {
	said := p.fixed.Load()
	if said == nil {
		said = &Sentence{oneLine(p.source), oneLine(vault.Escape(p.source)), p.place}
		p.fixed.Store(said)
	}
	return *said
}

// sayNameless fills in the answers of a client of whom no name is known, in the one form that is not for notes.
func (p *phrase) sayNameless(s *speaker) (string, error) {
	if p == nil {
		return "", nil
	}
	if p.template == nil {
		return p.sayFixed().Text, nil
	}
	made, err := p.template.forms()
	if err != nil {
		return "", err
	}
	return p.fill(made.text, s.nameless)
}

// try fills in answers for their own sake. What a sentence can fail on is the same in both forms.
func (p *phrase) try(s *speaker) error {
	if p.template == nil {
		return nil
	}
	made, err := p.template.forms()
	if err != nil {
		return err
	}
	return made.text.Execute(io.Discard, s.text)
}

// sentences reads the templates of sentences, which have their functions in common.
type sentences struct {
	own   template.FuncMap
	all   map[string]any // by name, what sentences may use
	blank *template.Template
}

func newSentences(m *Model) *sentences {
	s := &sentences{own: functions(m), all: map[string]any{"and": true, "or": true, "not": true, "eq": true, "ne": true}}
	maps.Copy(s.all, s.own)
	s.blank = template.New("").Option("missingkey=error").Funcs(s.own)
	return s
}

func (s *sentences) parse(words string) (*forms, error) {
	tree, err := s.tree(words)
	if err != nil {
		return nil, err
	}
	text, err := s.blank.New("").AddParseTree("", tree)
	if err != nil {
		return nil, err
	}
	made := &forms{text: text, markdown: text, alike: true}
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.FieldNode:
			made.quoted = append(made.quoted, questionnaire.Ref{Questionnaire: n.Ident[0], Question: n.Ident[len(n.Ident)-1]})
		case *parse.DotNode, *parse.VariableNode, *parse.ChainNode, *parse.TemplateNode:
			made.alike = false // whatever it quotes
		}
	})
	if escaped, differs := escapedTree(tree); differs {
		made.alike = false
		made.markdown, err = s.blank.New("").AddParseTree("", escaped)
	}
	return made, err
}

// tree reads a sentence's template. The functions that no sentence may use are known only to say so.
func (s *sentences) tree(words string) (*parse.Tree, error) {
	if trees, err := parse.Parse("", words, "", "", s.all); err == nil {
		return trees[""], nil
	}
	t, err := template.New("").Funcs(s.own).Parse(words)
	if err != nil {
		return nil, err
	}
	return t.Tree, nil
}

// escapedTree gives a template with its own words escaped, and whether that makes another one of it.
func escapedTree(tree *parse.Tree) (escaped *parse.Tree, differs bool) {
	each := func(tree *parse.Tree, visit func(t *parse.TextNode, escaped string)) {
		walk(tree.Root, func(n parse.Node) {
			if t, ok := n.(*parse.TextNode); ok {
				visit(t, vault.Escape(string(t.Text)))
			}
		})
	}
	each(tree, func(t *parse.TextNode, escaped string) { differs = differs || escaped != string(t.Text) })
	if !differs {
		return tree, false
	}
	escaped = tree.Copy()
	each(escaped, func(t *parse.TextNode, escaped string) { t.Text = []byte(escaped) })
	return escaped, true
}

// isFunction reports whether a sentence may use a function: one of ours, or one of the few that choose.
func isFunction(name string) bool {
	switch name {
	case "and", "or", "not", "eq", "ne":
		return true
	case "join", "among", "without", "plural", "channel", "elision":
		return true
	}
	return false
}

// quotes lists the questions that a phrase quotes, with the problem of a field that is none.
func (p *phrase) quotes() ([]questionnaire.Ref, error) {
	var refs []questionnaire.Ref
	var bad error
	if p.template == nil {
		return nil, nil
	}
	made, err := p.template.forms()
	if err != nil {
		return nil, err
	}
	walk(made.text.Root, func(n parse.Node) {
		switch f := n.(type) {
		case *parse.FieldNode:
			if len(f.Ident) != 2 {
				bad = fmt.Errorf("%q is not a questionnaire and its question", f.String())
				return
			}
			refs = append(refs, questionnaire.Ref{Questionnaire: f.Ident[0], Question: f.Ident[1]})
		case *parse.IdentifierNode:
			if !isFunction(f.Ident) {
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
