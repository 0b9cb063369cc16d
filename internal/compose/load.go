package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/adrg/frontmatter"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// loader reads the templates of a language and sums those that make notes.
type loader struct {
	fsys     fs.FS
	lang     string
	composer *Composer
	sum      hash.Hash
	problems []vault.Problem
}

// Load reads the templates and the words of a language, such as "fr". With any problem the composer is nil.
func Load(fsys fs.FS, lang string) (*Composer, []vault.Problem) {
	l := &loader{fsys: fsys, lang: lang, sum: sha256.New(),
		composer: &Composer{layouts: map[string]*layout{}, screens: map[string]screen{},
			buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}}
	l.composer.words, l.problems = loadWords(fsys, path.Join(lang, "screens.yaml"))
	for _, kind := range []string{AnalysisKind, SynthesisKind, RoadmapKind} {
		l.layout(kind)
	}
	for _, name := range []string{"build", "plan", "status", "status_client", "framework", "verify", "compare"} {
		l.screen(name)
	}
	for _, kind := range []string{"finding", "theme", "risk", "statement", "action", "reference", "question", "questionnaire", "score"} {
		l.screen("explain_"+kind, "explain_parts")
	}
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	l.composer.hash = hex.EncodeToString(l.sum.Sum(nil))
	return l.composer, nil
}

// read gives a template's text, and false where there is none, which is reported.
func (l *loader) read(name string) (file string, text []byte, ok bool) {
	file = l.file(name)
	text, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.problems = append(l.problems, bad(file, 0, "template_unreadable", "the template cannot be read: "+err.Error()))
	}
	return file, text, err == nil
}

func (l *loader) file(name string) string { return path.Join(l.lang, "templates", name+".md") }

// layout reads the template of a kind of note.
func (l *loader) layout(kind string) {
	file, data, ok := l.read(kind)
	if !ok {
		return
	}
	fmt.Fprintf(l.sum, "%s %d\n", file, len(data))
	l.sum.Write(data)
	layout, found := l.composer.layout(file, data)
	if layout != nil && layout.category != kind {
		found = append(found, bad(file, 2, "template_category", "the template's category is not "+kind))
	}
	l.composer.layouts[kind] = layout
	l.problems = append(l.problems, found...)
}

// screen gives the template of a screen.
type screen func() (*template.Template, error)

// screen reads a template that is drawn in the terminal, with the parts that it shares with others. It makes no note, so
// no seal tells of it. A shipped one is read when it is drawn, which hardly a command does with more than one.
func (l *loader) screen(name string, parts ...string) {
	if l.shipped(append(parts, name)) {
		l.composer.screens[name] = sync.OnceValues(func() (*template.Template, error) {
			late := &loader{fsys: l.fsys, lang: l.lang, composer: l.composer}
			return late.readScreen(name, parts)
		})
		return
	}
	t, err := l.readScreen(name, parts)
	l.composer.screens[name] = func() (*template.Template, error) { return t, err }
}

// shipped reports whether all these screens came with the program, whose tests have read them.
func (l *loader) shipped(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !questionnaire.Vouched(l.fsys, l.file("screen_"+name)) })
}

func (l *loader) readScreen(name string, parts []string) (*template.Template, error) {
	file, data, ok := l.read("screen_" + name)
	for _, part := range parts {
		_, shared, found := l.read("screen_" + part)
		data, ok = append(data, shared...), ok && found
	}
	if !ok {
		return nil, fmt.Errorf("no screen %q", name)
	}
	t, err := l.composer.template(string(data))
	if err != nil {
		l.problems = append(l.problems, bad(file, 0, "template_invalid", err.Error()))
	}
	return t, err
}

func bad(name string, line int, code, message string) vault.Problem {
	return vault.Problem{Path: name, Line: line, Severity: vault.Error, Code: code, Message: message}
}

// proposalWord is the title above a new text that is proposed beside an edited one.
const proposalWord = "proposal"

// enumerations are the words that templates ask for, with every id that they may ask about. Owners are the model's.
func enumerations() map[string][]string {
	horizons := make([]string, 0, 3)
	for _, h := range assess.Horizons() {
		horizons = append(horizons, string(h))
	}
	return map[string][]string{
		"kind": {string(assess.Strength), string(assess.Watch), string(assess.Gap), string(assess.ToVerify)},
		"priority": {string(assess.PriorityHigh), string(assess.PriorityMedium), string(assess.PriorityLow),
			string(assess.PriorityNotAssessed), string(assess.PriorityNone)},
		"confidence": {string(assess.High), string(assess.Middle), string(assess.Low), string(assess.NotAssessed),
			string(assess.NothingToAssess)},
		"horizon":      horizons,
		"term":         horizons,
		"reason":       {"unanswered", "unknown", "contradictory"},
		"obligation":   assess.ReferenceKinds(),
		"jurisdiction": assess.Jurisdictions(),
		"status": {string(vault.Created), string(vault.Updated), string(vault.Unchanged), string(vault.Kept),
			string(vault.Conflict), string(vault.Refused)},
		"note":  {proposalWord},
		"owner": nil,
	}
}

// loadWords reads the words for the ids that Go knows. Each must be there, and no other group.
func loadWords(fsys fs.FS, name string) (map[string]map[string]string, []vault.Problem) {
	root, problems := questionnaire.ReadFile(fsys, name)
	if problems != nil {
		return nil, problems
	}
	var sink strictyaml.Sink
	whole := strictyaml.Open(root, &sink)
	whole.Node("questionnaire") // other packages read these
	whole.Node("sentences")
	groups := strictyaml.Open(whole.Node("words"), &sink)
	whole.Close()
	words := map[string]map[string]string{}
	want := enumerations()
	for _, group := range slices.Sorted(maps.Keys(want)) {
		words[group] = map[string]string{}
		node := groups.Node(group)
		fields := strictyaml.Open(node, &sink)
		for _, id := range want[group] {
			words[group][id] = fields.String(id)
		}
		if want[group] == nil && node != nil {
			for _, e := range node.Entries() {
				words[group][e.Key.Value] = fields.String(e.Key.Value)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(words[group])) {
			if word := words[group][id]; strings.ContainsAny(word, "\r\n") || strings.Contains(word, "%%") {
				sink.Add(node, "words_line", "the word for %s.%s is not one line without a comment", group, id)
			}
		}
		fields.Close()
	}
	groups.Close()
	return words, questionnaire.InFile(name, sink.Problems())
}

// layout reads a note's template.
func (c *Composer) layout(file string, data []byte) (*layout, []vault.Problem) {
	var head strictyaml.Node
	format := frontmatter.NewFormat("---", "---", strictyaml.Unmarshal)
	body, err := frontmatter.MustParse(bytes.NewReader(data), &head, format)
	if err != nil {
		return nil, []vault.Problem{bad(file, 1, "template_head", "the template's head cannot be read: "+err.Error())}
	}
	var sink strictyaml.Sink
	fields := strictyaml.Open(&head, &sink)
	l := &layout{category: fields.String("category"), regions: fields.Strings("regions"), tags: fields.Strings("tags"),
		title: fields.OptString("title")}
	name := fields.String("name")
	fields.Close()
	problems := questionnaire.InFile(file, sink.Problems())
	if l.name, err = c.template(name); err != nil {
		problems = append(problems, bad(file, 0, "template_invalid", err.Error()))
	}
	if l.body, err = c.template(string(body)); err != nil {
		return nil, append(problems, bad(file, 0, "template_invalid", err.Error()))
	}
	for _, region := range l.regions {
		if l.body.Lookup(region) == nil {
			problems = append(problems, bad(file, 0, "template_region", "the template defines no region "+region))
		}
	}
	return l, problems
}

func (c *Composer) template(text string) (*template.Template, error) {
	return template.New("").Option("missingkey=error").Funcs(c.functions()).Parse(text)
}

// functions are what templates may call.
func (c *Composer) functions() template.FuncMap {
	return template.FuncMap{
		"word":       c.word,
		"cell":       cell,
		"signed":     signed,
		"first":      func(n int, list []Markdown) []Markdown { return firstOf(list, n) },
		"beyond":     func(n int, list []Markdown) int { return max(0, len(list)-n) },
		"inc":        func(i int) int { return i + 1 },
		"lowerFirst": lowerFirst,
		"day":        func(date any) string { return assess.DayFirst(fmt.Sprint(date)) },
		"join":       func(list []Markdown, between string) Markdown { return joined(list, between) },
	}
}
