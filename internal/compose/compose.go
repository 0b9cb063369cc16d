// Package compose lays a report and a roadmap out as notes, from the catalogue's templates. It decides what stands in
// which region and what links to what; it chooses no words: sentences come with the findings, the rest stands in the
// templates and in the words of the screens.
//
// It works in two steps, because a link can only be the shortest once every name is known: [Composer.Place] chooses the
// paths of all notes of all clients, [Composer.Notes] then writes the texts.
package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/adrg/frontmatter"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// The categories of generated notes: the analysis of one questionnaire, the synthesis and the roadmap of a client.
const (
	AnalysisKind  = "analyse_questionnaire"
	SynthesisKind = "synthese_globale"
	RoadmapKind   = "feuille_de_route"
)

// domainRegion stands in a layout's list of regions for one region for each domain, domaine-<id>.
const domainRegion = "domaine"

// Composer holds the templates of a language.
type Composer struct {
	layouts map[string]*layout // by category
	screens map[string]*template.Template
	words   map[string]map[string]string
	hash    string // of every template, in hexadecimal
}

// layout is the template of a kind of note: its head says what the note is, its body defines a template per region.
type layout struct {
	category string
	title    string             // the property title, before the client's name; empty where the note has another
	name     *template.Template // of the file
	tags     []string
	regions  []string
	body     *template.Template
}

// screens are the templates that are drawn in the terminal instead of being written as notes.
var screenNames = []string{"build"}

// Load reads the templates and the words of a language, such as "fr". With any problem the composer is nil.
func Load(fsys fs.FS, lang string) (*Composer, []vault.Problem) {
	c := &Composer{layouts: map[string]*layout{}, screens: map[string]*template.Template{}}
	var problems []vault.Problem
	c.words, problems = loadWords(fsys, path.Join(lang, "screens.yaml"))
	sum := sha256.New()
	read := func(name string) []byte {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, bad(name, 0, "template_unreadable", err.Error()))
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		return data
	}
	for _, kind := range []string{AnalysisKind, SynthesisKind, RoadmapKind} {
		name := path.Join(lang, "templates", kind+".md")
		l, found := c.layout(name, read(name))
		if l != nil && l.category != kind {
			found = append(found, bad(name, 2, "template_category", "the template's category is not "+kind))
		}
		c.layouts[kind] = l
		problems = append(problems, found...)
	}
	for _, screen := range screenNames {
		name := path.Join(lang, "templates", "screen_"+screen+".md")
		t, err := c.template(string(read(name)))
		if err != nil {
			problems = append(problems, bad(name, 0, "template_invalid", err.Error()))
		}
		c.screens[screen] = t
	}
	c.hash = hex.EncodeToString(sum.Sum(nil))
	if len(problems) > 0 {
		return nil, problems
	}
	return c, nil
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
		"obligation":   {"obligation", "recommandation"},
		"jurisdiction": {"CH", "FR", "INT"},
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
			for _, e := range node.Entries {
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
	return template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"word":       c.word,
		"cell":       cell,
		"signed":     signed,
		"first":      func(n int, list []Markdown) []Markdown { return firstOf(list, n) },
		"beyond":     func(n int, list []Markdown) int { return max(0, len(list)-n) },
		"inc":        func(i int) int { return i + 1 },
		"lowerFirst": lowerFirst,
		"day":        day,
		"join":       func(list []Markdown, between string) Markdown { return joined(list, between) },
	}).Parse(text)
}

// day writes an ISO date the way it is read: day first.
func day(iso string) string {
	parts := strings.Split(iso, "-")
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// word gives the word for an id of an enumeration. An owner that the words do not know is shown by its id.
func (c *Composer) word(group string, id any) (string, error) {
	key := fmt.Sprint(id)
	if w, ok := c.words[group][key]; ok {
		return w, nil
	}
	if group == "owner" {
		return vault.Escape(key), nil
	}
	return "", fmt.Errorf("no word for the %s %q", group, key)
}

// cell makes Markdown fit for a table's cell: a pipe would end it, in a link too.
func cell(m Markdown) Markdown {
	escaped := strings.ReplaceAll(string(m), `\|`, "|")
	return Markdown(strings.ReplaceAll(escaped, "|", `\|`))
}

// Notes writes the texts of a client's notes. Tasks are those of the roadmap as it stands.
func (c *Composer) Notes(p *Places, r *assess.Report, roadmap *plan.Roadmap, tasks Tasks) ([]vault.Draft, error) {
	code := r.Engagement.Client.Code
	var drafts []vault.Draft
	for _, q := range analysed(r) {
		d, err := c.analyse(p, r, roadmap, q)
		if err != nil {
			return nil, fmt.Errorf("analysis of %s for %s: %w", q.ID, code, err)
		}
		drafts = append(drafts, d)
	}
	if drafts == nil {
		return nil, nil
	}
	synthesis, err := c.synthesise(p, r, roadmap)
	if err != nil {
		return nil, fmt.Errorf("synthesis of %s: %w", code, err)
	}
	route, err := c.route(p, r, roadmap, tasks)
	if err != nil {
		return nil, fmt.Errorf("roadmap of %s: %w", code, err)
	}
	return append(drafts, synthesis, route), nil
}

// draft fills in a layout and seals the note.
func (c *Composer) draft(w *writer, kind string, view any, properties []vault.Property) (vault.Draft, error) {
	regions, err := c.layouts[kind].fill(view)
	if err != nil {
		return vault.Draft{}, err
	}
	seal, err := c.seal(w.report, w.roadmap)
	if err != nil {
		return vault.Draft{}, err
	}
	return vault.Draft{Path: w.note, Kind: kind, Properties: append(properties, text("synth_seal", seal)), Regions: regions,
		Proposal: c.words["note"][proposalWord]}, nil
}

// fill executes the template of each region.
func (l *layout) fill(view any) ([]vault.Region, error) {
	var out []vault.Region
	add := func(id, name string, data any) error {
		var b strings.Builder
		err := l.body.ExecuteTemplate(&b, name, data)
		out = append(out, vault.Region{ID: id, Text: tidy(b.String())})
		return err
	}
	for _, id := range l.regions {
		if synthesis, ok := view.(*synthesisView); ok && id == domainRegion {
			for _, one := range synthesis.Domains {
				if err := add(domainRegion+"-"+questionnaire.BlockID(one.ID), id, one); err != nil {
					return nil, err
				}
			}
			continue
		}
		if err := add(id, id, view); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// tidy trims lines and keeps one blank line where a template left several.
func tidy(text string) string {
	var out []string
	blank := true // none at the top
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		if line == "" && blank {
			continue
		}
		blank = line == ""
		out = append(out, line)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

// Screen fills in the template of a screen. The view may hold no text from outside but as vault.Untrusted.
func (c *Composer) Screen(name string, view any) (string, error) {
	t := c.screens[name]
	if t == nil {
		return "", fmt.Errorf("no screen %q", name)
	}
	var b strings.Builder
	err := t.Execute(&b, view)
	return b.String(), err
}
