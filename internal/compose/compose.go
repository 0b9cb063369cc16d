// Package compose lays a report and a roadmap out as notes, from the catalogue's templates. It decides what stands in
// which region and what links to what; it chooses no words: sentences come with the findings, the rest stands in the
// templates and in the words of the screens.
//
// It works in two steps, because a link can only be the shortest once every name is known: [Composer.Place] chooses the
// paths of all notes of all clients, [Composer.Notes] then writes the texts.
package compose

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
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
	screens map[string]screen
	words   map[string]map[string]string
	hash    string    // of every template, in hexadecimal
	buffers sync.Pool // of *bytes.Buffer, in which templates are filled in
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

// word gives the word for an id of an enumeration. An owner that the words do not know is shown by its id.
func (c *Composer) word(group string, id any) (string, error) {
	return c.wordFor(group, idText(id))
}

func (c *Composer) wordFor(group, key string) (string, error) {
	if w, ok := c.words[group][key]; ok {
		return w, nil
	}
	if group == "owner" {
		return vault.Escape(key), nil
	}
	return "", fmt.Errorf("no word for the %s %q", group, key)
}

// idText gives an id of any of the types that stand for one.
func idText(id any) string {
	switch id := id.(type) {
	case string:
		return id
	case assess.Kind:
		return string(id)
	case assess.Horizon:
		return string(id)
	case assess.Priority:
		return string(id)
	}
	return fmt.Sprint(id)
}

// cell makes Markdown fit for a table's cell: a pipe would end it, in a link too.
func cell(m Markdown) Markdown {
	if !strings.Contains(string(m), "|") {
		return m
	}
	escaped := strings.ReplaceAll(string(m), `\|`, "|")
	return Markdown(strings.ReplaceAll(escaped, "|", `\|`))
}

// Notes writes the texts of a client's notes. Tasks are those of the roadmap as it stands.
func (c *Composer) Notes(p *Places, r *assess.Report, roadmap *plan.Roadmap, tasks Tasks) ([]vault.Draft, error) {
	code := r.Engagement.Client.Code
	seal, err := c.seal(r, roadmap)
	if err != nil {
		return nil, fmt.Errorf("seal of %s: %w", code, err)
	}
	from := &dossier{places: p, report: r, roadmap: roadmap, folders: map[string]*shared{}, order: p.order(r.Model),
		called: make([]bool, len(r.Model.References)), words: c}
	var drafts []vault.Draft
	for _, q := range analysed(r) {
		d, err := c.analyse(from, q)
		if err != nil {
			return nil, fmt.Errorf("analysis of %s for %s: %w", q.ID, code, err)
		}
		drafts = append(drafts, d)
	}
	if drafts == nil {
		return nil, nil
	}
	synthesis, err := c.synthesise(from)
	if err != nil {
		return nil, fmt.Errorf("synthesis of %s: %w", code, err)
	}
	route, err := c.route(from, tasks)
	if err != nil {
		return nil, fmt.Errorf("roadmap of %s: %w", code, err)
	}
	drafts = append(drafts, synthesis, route)
	for i := range drafts {
		drafts[i].Properties = append(drafts[i].Properties, text("synth_seal", seal))
	}
	return drafts, nil
}

// draft fills in a layout.
func (c *Composer) draft(w *writer, kind string, view any, properties []vault.Property) (vault.Draft, error) {
	if w.failed != nil {
		return vault.Draft{}, w.failed
	}
	b := c.buffers.Get().(*bytes.Buffer)
	defer c.buffers.Put(b)
	regions, err := c.layouts[kind].fill(b, view)
	if err != nil {
		return vault.Draft{}, err
	}
	return vault.Draft{Path: w.note, Kind: kind, Properties: properties, Regions: regions,
		Proposal: c.words["note"][proposalWord]}, nil
}

// fill executes the template of each region, in a buffer.
func (l *layout) fill(b *bytes.Buffer, view any) ([]vault.Region, error) {
	out := make([]vault.Region, 0, len(l.regions))
	add := func(id, name string, data any) error {
		b.Reset()
		err := l.body.ExecuteTemplate(b, name, data)
		out = append(out, vault.Region{ID: id, Text: tidy(b.Bytes())})
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

// tidy trims lines and keeps one blank line where a template left several. It writes over the text.
func tidy(text []byte) string {
	out := text[:0]
	blank := true // none at the top
	for len(text) > 0 {
		line := text
		if end := bytes.IndexByte(text, '\n'); end >= 0 {
			line = text[:end]
		}
		text = text[min(len(line)+1, len(text)):]
		for len(line) > 0 && isBlank(line[len(line)-1]) {
			line = line[:len(line)-1]
		}
		if len(line) == 0 && blank {
			continue
		}
		blank = len(line) == 0
		out = append(append(out, line...), '\n')
	}
	return string(bytes.TrimRight(out, "\n"))
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// Screen fills in the template of a screen. The view may hold no text from outside but as vault.Untrusted.
func (c *Composer) Screen(name string, view any) (string, error) {
	read, ok := c.screens[name]
	if !ok {
		return "", fmt.Errorf("no screen %q", name)
	}
	t, err := read()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, view)
	return b.String(), err
}
