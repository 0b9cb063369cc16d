package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// The categories of the notes that document a model: the one that leads to the others, a questionnaire, a domain.
const (
	DocModelKind         = "doc_modele"
	DocQuestionnaireKind = "doc_questionnaire"
	DocDomainKind        = "doc_domaine"
)

// partProperty says which part of the model a note documents.
const partProperty = "synth_part"

// LoadDoc reads the templates of the notes that document a model. With any problem the composer is nil.
func LoadDoc(fsys fs.FS, lang string) (*Composer, []vault.Problem) {
	l := &loader{fsys: fsys, lang: lang, sum: sha256.New(),
		composer: &Composer{layouts: map[string]*layout{}, screens: map[string]screen{}}}
	l.composer.words, l.problems = loadWords(fsys, path.Join(lang, "screens.yaml"))
	for _, kind := range []string{DocModelKind, DocQuestionnaireKind, DocDomainKind} {
		l.layout(kind)
	}
	l.screen("model_doc")
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	l.composer.hash = hex.EncodeToString(l.sum.Sum(nil))
	return l.composer, nil
}

// part is one note of the documentation.
type part struct {
	kind, id string
	name     map[string]string // what the template of its name can use
	draft    func(*documenter, part) any
}

// documenter writes the notes that document a model.
type documenter struct {
	composer *Composer
	model    *assess.Model
	places   *Places
	paths    map[string]string // by kind and id
	at       string            // the path of the note that is being written
}

// Document writes the notes that document a model into a folder of a vault: one for each questionnaire and each domain,
// and one that leads to them. A note that is there already keeps its place. The problems tell of notes there whose part
// of the model is gone.
func (c *Composer) Document(v *vault.Vault, folder string, m *assess.Model) ([]vault.Draft, []vault.Problem, error) {
	d := &documenter{composer: c, model: m, paths: map[string]string{}}
	parts := d.parts()
	problems, err := d.place(v, folder, parts)
	if err != nil {
		return nil, nil, err
	}
	var drafts []vault.Draft
	var b bytes.Buffer
	for _, p := range parts {
		d.at = d.paths[p.key()]
		l := c.layouts[p.kind]
		regions, err := c.filled(&b, l, p.draft(d, p))
		if err != nil {
			return nil, nil, fmt.Errorf("documentation of %s %s: %w", p.kind, p.id, err)
		}
		drafts = append(drafts, vault.Draft{Path: d.at, Kind: p.kind, Regions: regions, Proposal: c.words["note"][proposalWord],
			Properties: []vault.Property{text("title", strings.TrimSpace(l.title+" "+p.name["Title"])), plain("category", p.kind), list("tags", true, l.tags),
				plain(partProperty, p.id), text("synth_seal", d.seal())}})
	}
	return drafts, problems, nil
}

// seal says what the notes were made from.
func (d *documenter) seal() string {
	return "model:" + d.model.Hash[:16] + " words:" + digest([]byte(d.model.WordsHash+d.composer.hash)) + " format:" + format
}

func (p part) key() string { return p.kind + " " + p.id }

// parts lists the notes: the one that leads to the others first.
func (d *documenter) parts() []part {
	out := []part{{DocModelKind, "sommaire", map[string]string{"Title": d.model.Version, "Emoji": ""}, (*documenter).index}}
	for _, q := range d.model.Set.Questionnaires {
		out = append(out, part{DocQuestionnaireKind, q.ID, map[string]string{"Title": q.Title, "Emoji": q.Emoji}, (*documenter).form})
	}
	for _, one := range d.model.Domains {
		out = append(out, part{DocDomainKind, one.ID, map[string]string{"Title": one.Title, "Emoji": one.Emoji}, (*documenter).domain})
	}
	return out
}

// place chooses the paths of all notes, and tells of those that nothing is left to say in.
func (d *documenter) place(v *vault.Vault, folder string, parts []part) ([]vault.Problem, error) {
	standing := map[string]string{}
	var problems []vault.Problem
	for _, n := range v.Notes() {
		id, found := n.Property(partProperty)
		_, sealed := n.Property("synth_seal")
		category, _ := n.Property("category")
		if !found || !sealed || !within(n.Path(), folder) {
			continue
		}
		key := part{kind: category.Text(), id: id.Text()}.key()
		if slices.ContainsFunc(parts, func(p part) bool { return p.key() == key }) && standing[key] == "" {
			standing[key] = n.Path()
			continue
		}
		problems = append(problems, vault.Problem{Path: n.Path(), Line: 1, Column: 1, Severity: vault.Warning, Code: "note_orphan",
			Message: "the note documents what the model does not hold, or what another note documents", Hint: "delete the note"})
	}
	taken := map[string]bool{}
	var added []string
	for _, p := range parts {
		var b strings.Builder
		if err := d.composer.layouts[p.kind].name.Execute(&b, p.name); err != nil {
			return nil, err
		}
		file := standing[p.key()]
		if file == "" {
			file = free(v, taken, folder, vault.FileName(b.String()))
			added = append(added, file)
		}
		d.paths[p.key()] = file
		taken[strings.ToLower(path.Base(file))] = true
	}
	d.places = &Places{vault: v.With(added...)}
	return problems, nil
}

// within reports whether a note lies in a folder or below it.
func within(note, folder string) bool {
	return folder == "." || strings.HasPrefix(note, folder+"/")
}

// to links to another note of the documentation.
func (d *documenter) to(kind, id, block, shown string) Markdown {
	subpath := ""
	if block != "" {
		subpath = "^" + questionnaire.BlockID(block)
	}
	return d.places.link(d.at, d.paths[part{kind: kind, id: id}.key()], subpath, shown)
}

// question links to a question, by its label. The client's properties stand in no note.
func (d *documenter) question(ref questionnaire.Ref) Markdown {
	q := d.model.Set.Question(ref)
	if ref.Questionnaire == questionnaire.ClientID {
		return Markdown(vault.Escape(q.Label))
	}
	return d.to(DocQuestionnaireKind, ref.Questionnaire, ref.Question, q.Label)
}

func (d *documenter) control(c *assess.Control) Markdown {
	return d.to(DocDomainKind, c.Domain, c.ID, d.model.Words(c.ID).Title)
}

// words readies words of the catalogue for a note, what they quote of the answers included.
func words(s string) Markdown { return Markdown(vault.Escape(s)) }
