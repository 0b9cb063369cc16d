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
	order   *modelOrder
	called  []bool // the references of the note that is being written, in the model's order
	words   *Composer
	scratch []byte        // in which texts are put together
	linked  [2][]Markdown // likewise the links of a statement
	refs    []questionnaire.Ref
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
	answers  map[questionnaire.Ref][]answerLink // most statements rest on few answers
	targets  map[string]string                  // how links name the notes with answers
	notes    map[noteID]Markdown                // links to the generated notes
	findings []findingView                      // by their place in the report, empty until one is shown
	risks    map[string]*riskView
	actions  map[string]*actionView
}

// answerLink links to an answer, or to the question where none was given.
type answerLink struct {
	link     Markdown
	answered bool
}

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
		w.shared = &shared{answers: make(map[questionnaire.Ref][]answerLink, len(d.report.Findings)), targets: map[string]string{},
			notes: map[noteID]Markdown{}, findings: make([]findingView, len(d.report.Findings)),
			risks: make(map[string]*riskView, len(d.report.Risks)), actions: make(map[string]*actionView, len(d.roadmap.Actions))}
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
	_, links := w.backed("", refs, "")
	return links
}

// backed ends a text with its evidence and, where it has one, with its block. It gives the evidence alone too.
func (w *writer) backed(text Markdown, refs []questionnaire.Ref, block string) (whole, links Markdown) {
	out := append(w.scratch[:0], text...)
	for _, link := range w.linksTo(refs) {
		out = append(append(out, ' '), link...)
	}
	end := len(out)
	if block != "" {
		out = append(append(out, blockMark...), block...)
	}
	w.scratch = out
	whole = Markdown(out)
	return whole, whole[len(text):end]
}

// linksTo lists the links to the answers to questions. The list is good until the next one is asked for.
func (w *writer) linksTo(refs []questionnaire.Ref) []Markdown {
	given, asked := w.linked[0][:0], w.linked[1][:0]
	for _, ref := range refs {
		for _, a := range w.answer(ref) {
			switch {
			case slices.Contains(given, a.link), slices.Contains(asked, a.link):
			case a.answered:
				given = append(given, a.link)
			default:
				asked = append(asked, a.link)
			}
		}
	}
	w.linked = [2][]Markdown{given, asked}
	switch {
	case len(given) > 0:
		return given
	case len(asked) > 0:
		return asked
	}
	return w.unasked(refs)
}

// answer links to the places of an answer.
func (w *writer) answer(ref questionnaire.Ref) []answerLink {
	links, known := w.shared.answers[ref]
	if !known {
		sources := w.report.Answer(ref).Sources
		links = make([]answerLink, len(sources))
		for i, s := range sources {
			links[i] = answerLink{w.source(s), s.Answered}
		}
		w.shared.answers[ref] = links
	}
	return links
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
