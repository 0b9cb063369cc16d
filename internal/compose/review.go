package compose

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// Templates lists the files of a language that make notes and screens. Screens are those that the caller draws.
func Templates(lang string, screens []string) []string {
	var out []string
	for kind := range views() {
		out = append(out, path.Join(lang, "templates", kind+".md"))
	}
	for _, name := range screens {
		out = append(out, path.Join(lang, "templates", "screen_"+name+".md"))
	}
	slices.Sort(out)
	return out
}

// views says what the template of each kind of note can reach.
func views() map[string]any {
	return map[string]any{AnalysisKind: analysisView{}, SynthesisKind: synthesisView{}, RoadmapKind: routeView{},
		DocModelKind: docModelView{}, DocQuestionnaireKind: docFormView{}, DocDomainKind: docDomainView{}}
}

// Review looks over the templates of a catalogue that loads: a template that reads what nothing gives is an error, for it
// would fail; one that nothing uses and an owner without a word are warnings. Screens are the views of the
// screens that the caller draws, or their [PhraseNames], by name.
func Review(fsys fs.FS, lang string, m *assess.Model, screens map[string]any) []vault.Problem {
	l := &loader{fsys: fsys, lang: lang, composer: &Composer{}}
	for _, kind := range slices.Sorted(maps.Keys(views())) {
		l.reviewLayout(kind, views()[kind])
	}
	for _, name := range slices.Sorted(maps.Keys(screens)) {
		view, parts := screens[name], ""
		if shared, ok := view.(SharedScreen); ok {
			view, parts = shared.View, shared.Parts
		}
		file, text, ok := l.read("screen_" + name)
		if parts != "" && ok {
			_, more, found := l.read("screen_" + parts)
			text, ok = append(text, more...), found
		}
		if !ok || view == nil {
			continue
		}
		t, err := l.composer.template(string(text))
		if err != nil {
			l.problems = append(l.problems, bad(file, 0, "template_invalid", err.Error()))
			continue
		}
		if phrases, ok := view.(PhraseNames); ok {
			l.reviewPhrases(file, t, phrases)
			continue
		}
		l.reviewTemplate(reviewed{file, view, parts == ""}, t, []string{t.Name()})
	}
	return append(l.problems, owners(fsys, path.Join(lang, "screens.yaml"), m)...)
}

// SharedScreen is a screen whose template uses those of another file, which belongs to several screens.
type SharedScreen struct {
	View  any
	Parts string // the name of that file's screen
}

// PhraseNames are the phrases that are asked of a screen's template which holds phrases instead of a whole screen.
type PhraseNames []string

func (l *loader) reviewPhrases(file string, t *template.Template, names PhraseNames) {
	for _, name := range names {
		if t.Lookup(name) == nil {
			l.problems = append(l.problems, bad(file, 0, "template_missing", fmt.Sprintf("the template %q is missing", name)))
		}
	}
	l.reviewTemplate(reviewed{file, nil, true}, t, names)
}

func (l *loader) reviewLayout(kind string, view any) {
	file, data, ok := l.read(kind)
	if !ok {
		return
	}
	layout, problems := l.composer.layout(file, data)
	if layout == nil || len(problems) > 0 {
		l.problems = append(l.problems, problems...)
		return
	}
	l.reviewTemplate(reviewed{file, view, true}, layout.body, layout.regions)
	use := map[string]string{}
	for _, key := range nameKeys(kind) {
		use[key] = key
	}
	if err := layout.name.Execute(io.Discard, use); err != nil {
		p := bad(file, 0, "template_field", "the name of the note reads what nothing gives: "+err.Error())
		p.Hint = "it can read " + strings.Join(nameKeys(kind), ", ")
		l.problems = append(l.problems, p)
	}
}

// nameKeys lists what the template of a note's name can use.
func nameKeys(kind string) []string {
	switch kind {
	case AnalysisKind:
		return []string{"Emoji", "Title", "Code"}
	case SynthesisKind, RoadmapKind:
		return []string{"Client", "Code"}
	}
	return []string{"Emoji", "Title"}
}

// reviewed is a file of templates: what they can reach, and whether nothing outside it uses them.
type reviewed struct {
	file  string
	view  any
	whole bool
}

// reviewTemplate checks what a file's templates read and, where it is the whole of them, that each is used from one of
// the roots.
func (l *loader) reviewTemplate(r reviewed, t *template.Template, roots []string) {
	given := map[string]bool{}
	gather(reflect.TypeOf(r.view), given, map[reflect.Type]bool{})
	used := map[string]bool{}
	for todo := slices.Clone(roots); len(todo) > 0; todo = todo[1:] {
		one := t.Lookup(todo[0])
		if used[todo[0]] || one == nil || one.Tree == nil {
			continue
		}
		used[todo[0]] = true
		visit(one.Root, func(n parse.Node) {
			for _, field := range fieldsOf(n) {
				if !given[field] {
					l.problems = append(l.problems, bad(r.file, 0, "template_field", fmt.Sprintf("the template reads %q, which nothing gives", field)))
				}
			}
			if call, ok := n.(*parse.TemplateNode); ok {
				todo = append(todo, call.Name)
			}
		})
	}
	for _, one := range t.Templates() {
		if r.whole && !used[one.Name()] && one.Name() != t.Name() {
			p := bad(r.file, 0, "template_unused", fmt.Sprintf("nothing uses the template %q", one.Name()))
			p.Severity, p.Hint = vault.Warning, "name it under regions:, or take it away"
			l.problems = append(l.problems, p)
		}
	}
}

// fieldsOf lists the names that a node asks of a value.
func fieldsOf(n parse.Node) []string {
	switch v := n.(type) {
	case *parse.FieldNode:
		return v.Ident
	case *parse.VariableNode:
		return v.Ident[1:]
	case *parse.ChainNode:
		return v.Field
	}
	return nil
}

// gather lists the names of the fields and methods of a type and of all that it leads to.
func gather(t reflect.Type, given map[string]bool, seen map[reflect.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	for i := range t.NumMethod() {
		given[t.Method(i).Name] = true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		gather(t.Elem(), given, seen)
	case reflect.Struct:
		for field := range t.Fields() {
			if field.IsExported() || field.Anonymous { // what is embedded gives its own fields
				given[field.Name] = true
				gather(field.Type, given, seen)
			}
		}
	}
}

// visit calls see with every node of a template.
func visit(n parse.Node, see func(parse.Node)) {
	switch v := n.(type) {
	case *parse.ListNode:
		if v != nil {
			for _, child := range v.Nodes {
				visit(child, see)
			}
		}
		return
	case *parse.ActionNode:
		visit(v.Pipe, see)
	case *parse.PipeNode:
		if v != nil {
			for _, c := range v.Cmds {
				visit(c, see)
			}
		}
		return
	case *parse.CommandNode:
		for _, arg := range v.Args {
			visit(arg, see)
		}
	case *parse.ChainNode:
		visit(v.Node, see)
	case *parse.TemplateNode:
		visit(v.Pipe, see)
	case *parse.IfNode:
		visitBranch(&v.BranchNode, see)
	case *parse.WithNode:
		visitBranch(&v.BranchNode, see)
	case *parse.RangeNode:
		visitBranch(&v.BranchNode, see)
	}
	see(n)
}

func visitBranch(b *parse.BranchNode, see func(parse.Node)) {
	visit(b.Pipe, see)
	visit(b.List, see)
	visit(b.ElseList, see)
}

// owners tells of the owners of actions that the words do not know: they are shown by their id.
func owners(fsys fs.FS, name string, m *assess.Model) []vault.Problem {
	root, problems := questionnaire.ReadFile(fsys, name)
	if problems != nil {
		return nil // the loader has told
	}
	var sink strictyaml.Sink
	words := root.Get("words").Get("owner")
	for _, a := range m.Actions {
		if words.Get(a.Owner) == nil {
			sink.Add(words, "words_missing", "the owner %q of %s has no word", a.Owner, a.ID)
		}
	}
	problems = questionnaire.InFile(name, sink.Problems())
	for i := range problems {
		problems[i].Severity = vault.Warning
	}
	return problems
}
