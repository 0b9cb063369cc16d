package compose

import (
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// dossier is what a client's notes are written from. It keeps what several of them say alike.
type dossier struct {
	places  *Places
	report  *assess.Report
	roadmap *plan.Roadmap
	folders map[string]*shared // by the folders of notes
	called  map[string]bool    // the references of the note that is being written
	words   *Composer
	failed  error // the first word that is missing
}

// word gives the word for an id. That there is none fails the note that wants it.
func (d *dossier) word(group, id string) string {
	word, err := d.words.wordFor(group, id)
	if err != nil && d.failed == nil {
		d.failed = err
	}
	return word
}

// shared is what the notes of one folder say alike. A link's text depends on the folder of its note, not on the note: no
// generated note holds answers, so that none links to itself.
type shared struct {
	sources  map[sourceKey]Markdown // most statements rest on few answers
	targets  map[string]string      // how links name the notes with answers
	notes    map[noteID]Markdown    // links to the generated notes
	findings map[string]*findingView
	risks    map[string]*riskView
	actions  map[string]*actionView
}

// sourceKey is what a link to an answer depends on.
type sourceKey struct{ note, block, heading string }

// writer makes the views of one note.
type writer struct {
	*dossier
	note   string // the note's path
	shared *shared
}

func (d *dossier) writer(kind, form string) *writer {
	w := &writer{dossier: d, note: d.places.paths[noteID{kind, d.report.Engagement.Client.Code, form}]}
	folder := path.Dir(w.note)
	if w.shared = d.folders[folder]; w.shared == nil {
		w.shared = &shared{sources: map[sourceKey]Markdown{}, targets: map[string]string{}, notes: map[noteID]Markdown{}, findings: map[string]*findingView{},
			risks: map[string]*riskView{}, actions: map[string]*actionView{}}
		d.folders[folder] = w.shared
	}
	return w
}

// to links to another of the client's notes.
func (w *writer) to(kind, form string) Markdown {
	id := noteID{kind, w.report.Engagement.Client.Code, form}
	link, known := w.shared.notes[id]
	if !known {
		link = w.places.link(w.note, w.places.paths[id], "", "")
		w.shared.notes[id] = link
	}
	return link
}

// evidence links a statement to the answers behind it, each once and with a blank before it: to those that were given,
// else to the questions.
func (w *writer) evidence(refs []questionnaire.Ref) Markdown {
	var room [2][8]Markdown
	given, asked := room[0][:0], room[1][:0]
	for _, ref := range refs {
		for _, s := range w.report.Answer(ref).Sources {
			link := w.source(s)
			switch {
			case slices.Contains(given, link), slices.Contains(asked, link):
			case s.Answered:
				given = append(given, link)
			default:
				asked = append(asked, link)
			}
		}
	}
	if len(given) == 0 {
		given = asked
	}
	if len(given) == 0 {
		given = w.unasked(refs)
	}
	size := 0
	for _, link := range given {
		size += 1 + len(link)
	}
	var b strings.Builder
	b.Grow(size)
	for _, link := range given {
		b.WriteByte(' ')
		b.WriteString(string(link))
	}
	return Markdown(b.String())
}

// unasked links to the notes of the questionnaires whose questions no note holds.
func (w *writer) unasked(refs []questionnaire.Ref) []Markdown {
	var out []Markdown
	for _, ref := range refs {
		latest := w.report.Engagement.Latest(ref.Questionnaire)
		if latest == nil {
			continue
		}
		link := w.source(questionnaire.Source{Note: latest.Last().Note})
		if !slices.Contains(out, link) {
			out = append(out, link)
		}
	}
	return out
}

// source links to the place of an answer: its block, else its heading, else its note.
func (w *writer) source(s questionnaire.Source) Markdown {
	key := sourceKey{s.Note, s.Block, s.Heading}
	link, known := w.shared.sources[key]
	if !known {
		link = w.newSource(s)
		w.shared.sources[key] = link
	}
	return link
}

func (w *writer) newSource(s questionnaire.Source) Markdown {
	if s.Block == "" {
		return w.places.link(w.note, s.Note, plainWords(s.Heading), arrow)
	}
	target, known := w.shared.targets[s.Note]
	if !known {
		target = plainTarget(w.places.link(w.note, s.Note, "", arrow))
		w.shared.targets[s.Note] = target
	}
	if target == "" || !isBlockID(s.Block) {
		return w.places.link(w.note, s.Note, "^"+s.Block, arrow)
	}
	return Markdown("[[" + target + "#^" + s.Block + "|" + arrow + "]]")
}

// plainTarget takes the target out of a link to a whole note, so that links to its blocks need not be looked for one by
// one. It is empty where the link is none to which a block's name may just be added.
func plainTarget(link Markdown) string {
	target, ends := strings.CutSuffix(string(link), "|"+arrow+"]]")
	target, begins := strings.CutPrefix(target, "[[")
	if !ends || !begins || strings.ContainsAny(target, "[]|#^%\\") || target != strings.TrimSpace(target) {
		return ""
	}
	return target
}

// isBlockID reports whether a block's name is of the characters that Obsidian makes them of.
func isBlockID(s string) bool {
	for _, c := range []byte(s) {
		if !isASCIIAlphanumeric(c) && c != '-' {
			return false
		}
	}
	return s != ""
}
