package assess

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// quotes are the answers as a sentence may quote them in one form: by questionnaire, then by question. Each is a ticked,
// a text or a number.
type quotes = map[string]map[string]any

// form is one of the two forms of a sentence. What sentences are made of is said without text/template, which takes much
// longer; what it does not know, and whatever goes wrong, it leaves to that.
type form struct {
	template *template.Template
	said     utterance // nil where text/template says all
	rooms    *sync.Pool
}

// newForm prepares a form.
func (s *sentences) newForm(t *template.Template) *form {
	f := &form{template: t, rooms: &s.rooms}
	r := &rehearsal{model: s.model}
	if said := r.list(t.Root); !r.lost {
		f.said = said
	}
	return f
}

// fill fills in the answers.
func (f *form) fill(from quotes) (string, error) {
	if text, ok := f.say(from, false); ok {
		return text, nil
	}
	return f.execute(from)
}

// fillNameless fills in the answers of a client of whom no name is known.
func (f *form) fillNameless(s *speaker) (string, error) {
	if text, ok := f.say(s.text, true); ok {
		return text, nil
	}
	return f.execute(s.withoutNames())
}

// say gives false where text/template is to say it.
func (f *form) say(from quotes, nameless bool) (string, bool) {
	if f.said == nil {
		return "", false
	}
	s := f.rooms.Get().(*saying)
	defer f.rooms.Put(s)
	*s = saying{quotes: from, nameless: nameless, out: s.out[:0]}
	f.said(s)
	if s.failed {
		return "", false
	}
	return string(s.out), true
}

func (f *form) execute(from quotes) (string, error) {
	var b strings.Builder
	err := f.template.Execute(&b, from)
	return b.String(), err
}

// saying is a sentence that is being said.
type saying struct {
	quotes   quotes
	nameless bool // no name is known
	out      []byte
	failed   bool // text/template is to say why
}

// utterance says a piece of a sentence; quoted gives what a name or a call stands for, nil where that fails.
type (
	utterance func(s *saying)
	quoted    func(s *saying) any
)

// rehearsal reads a sentence's tree.
type rehearsal struct {
	model *Model
	lost  bool // it met what it does not know
}

// list reads the pieces of a sentence.
func (r *rehearsal) list(n *parse.ListNode) utterance {
	if n == nil {
		return func(*saying) {}
	}
	pieces := make([]utterance, 0, len(n.Nodes))
	for _, child := range n.Nodes {
		pieces = append(pieces, r.piece(child))
	}
	return func(s *saying) {
		for _, say := range pieces {
			say(s)
		}
	}
}

func (r *rehearsal) piece(n parse.Node) utterance {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(s *saying) { s.out = append(s.out, n.Text...) }
	case *parse.ActionNode:
		value := r.value(n.Pipe)
		return func(s *saying) { s.print(value(s)) }
	case *parse.IfNode:
		holds, then, otherwise := r.condition(n.Pipe), r.list(n.List), r.list(n.ElseList)
		return func(s *saying) {
			if holds(s) {
				then(s)
			} else {
				otherwise(s)
			}
		}
	}
	r.lost = true
	return nil
}

// print says a value as text/template prints it.
func (s *saying) print(v any) {
	switch v := v.(type) {
	case string:
		s.out = append(s.out, v...)
	case int:
		s.out = strconv.AppendInt(s.out, int64(v), 10)
	case ticked:
		s.out = v.appendTo(s.out)
	default:
		s.failed = true
	}
}

// holds tells what is not empty.
func (s *saying) holds(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case int:
		return v != 0
	case ticked:
		return len(v) > 0
	case bool:
		return v
	}
	s.failed = true
	return false
}

// condition reads a pipeline of which only the truth matters.
func (r *rehearsal) condition(n parse.Node) func(*saying) bool {
	name, args := r.called(n)
	switch {
	case name == "not" && len(args) == 1:
		holds := r.condition(args[0])
		return func(s *saying) bool { return !holds(s) }
	case (name == "and" || name == "or") && len(args) > 0:
		return r.several(args, name == "or")
	case (name == "among" || name == "without") && len(args) > 0:
		ticks, ids, keep := r.value(args[0]), r.texts(args[1:]), name == "among"
		return func(s *saying) bool {
			return slices.ContainsFunc(s.ticks(ticks), func(one tick) bool { return slices.Contains(ids, one.id) == keep })
		}
	}
	value := r.value(n)
	return func(s *saying) bool { return s.holds(value(s)) }
}

// several tells whether any of some conditions holds, or all do. The first that decides is the last that is looked at.
func (r *rehearsal) several(args []parse.Node, decisive bool) func(*saying) bool {
	var parts []func(*saying) bool
	for _, arg := range args {
		parts = append(parts, r.condition(arg))
	}
	return func(s *saying) bool {
		return slices.ContainsFunc(parts, func(holds func(*saying) bool) bool { return holds(s) == decisive }) == decisive
	}
}

// called gives the function that a pipeline calls, and what with; no name where it calls none.
func (r *rehearsal) called(n parse.Node) (name string, args []parse.Node) {
	p, ok := n.(*parse.PipeNode)
	if !ok || len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return "", nil
	}
	if f, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode); ok {
		return f.Ident, p.Cmds[0].Args[1:]
	}
	return "", nil
}

// value reads what is quoted, said or worked out.
func (r *rehearsal) value(n parse.Node) quoted {
	switch n := n.(type) {
	case *parse.FieldNode:
		if len(n.Ident) == 2 {
			return r.quote(questionnaire.Ref{Questionnaire: n.Ident[0], Question: n.Ident[1]})
		}
	case *parse.StringNode:
		text := any(n.Text)
		return func(*saying) any { return text }
	case *parse.NumberNode:
		if number := any(int(n.Int64)); n.IsInt {
			return func(*saying) any { return number }
		}
	case *parse.PipeNode:
		if name, args := r.called(n); name != "" {
			return r.call(name, args)
		}
		if len(n.Cmds) == 1 && len(n.Decl) == 0 && len(n.Cmds[0].Args) == 1 {
			return r.value(n.Cmds[0].Args[0])
		}
	}
	r.lost = true
	return nil
}

// quote reads what is quoted. What is not there is nil, which nothing takes.
func (r *rehearsal) quote(ref questionnaire.Ref) quoted {
	q := r.model.Set.Question(ref)
	isName := q != nil && q.Type == questionnaire.Named
	return func(s *saying) any {
		if s.nameless && isName {
			return noName
		}
		return s.quotes[ref.Questionnaire][ref.Question]
	}
}

// noName is how a name is quoted that nobody knows.
const noName = ""

// call reads the call of a function that gives a value.
func (r *rehearsal) call(name string, args []parse.Node) quoted {
	switch {
	case name == "or" && len(args) == 2:
		first, second := r.value(args[0]), r.value(args[1])
		return func(s *saying) any {
			if v := first(s); s.holds(v) {
				return v
			}
			return second(s)
		}
	case (name == "among" || name == "without") && len(args) > 0:
		ticks, ids, keep := r.value(args[0]), r.texts(args[1:]), name == "among"
		return func(s *saying) any { return s.ticks(ticks).filter(ids, keep) }
	case name == "plural" && len(args) == 3:
		return r.plural(r.value(args[0]), r.texts(args[1:]))
	case name == "channel" && len(args) == 2:
		classes, value := r.texts(args[:1]), r.value(args[1])
		return func(s *saying) any {
			text, isText := value(s).(string)
			names, err := r.model.quotesChannel(classes[0], text)
			s.failed = s.failed || !isText || err != nil
			return names
		}
	}
	r.lost = true
	return nil
}

// plural reads the choice between two forms of a word.
func (r *rehearsal) plural(value quoted, words []string) quoted {
	if len(words) != 2 {
		return nil
	}
	one, many := any(words[0]), any(words[1])
	return func(s *saying) any {
		isMany, err := takesPlural(value(s))
		s.failed = s.failed || err != nil
		if isMany {
			return many
		}
		return one
	}
}

// texts reads arguments that are all given as texts.
func (r *rehearsal) texts(args []parse.Node) []string {
	var out []string
	for _, arg := range args {
		text, ok := arg.(*parse.StringNode)
		if !ok {
			r.lost = true
			return nil
		}
		out = append(out, text.Text)
	}
	return out
}

// ticks gives a choice's ticks.
func (s *saying) ticks(value quoted) ticked {
	t, ok := value(s).(ticked)
	s.failed = s.failed || !ok
	return t
}
