package compose

import (
	"slices"
	"strings"
	"unicode"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Markdown is text that is ready to stand in a note: links that synth made, words of the catalogue, and sentences in
// which names are escaped. A respondent's own text is never of this type: it is a vault.Untrusted.
type Markdown string

func joined(list []Markdown, between string) Markdown {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = string(m)
	}
	return Markdown(strings.Join(parts, between))
}

// lowerFirst writes a sentence so that it can stand inside another: with a small letter, unless it begins with an
// abbreviation, and without its final point.
func lowerFirst(m Markdown) Markdown {
	runes := []rune(strings.TrimSuffix(string(m), "."))
	if len(runes) > 1 && !unicode.IsUpper(runes[1]) {
		runes[0] = unicode.ToLower(runes[0])
	}
	return Markdown(runes)
}

// analysisView is what the template of an analysis can reach.
type analysisView struct {
	Score          *scoreView // nil where the domain has no control
	Themes         []themeView
	Risks          []riskView
	Plan           []actionView
	Remarks        []remarkView
	Questions      []questionView
	Contradictions []statementView
	Sources        []Markdown
	Synthesis      Markdown
	Siblings       []Markdown
	References     []referenceView
	Unsettled      bool // something is to be verified
}

type scoreView struct {
	Shown                      bool
	Final, Best, Cap, Coverage int
	CappedBy                   []Markdown // labels, only where the cap binds
	Confidence                 assess.Confidence
	Priority                   assess.Priority
}

type themeView struct {
	Emoji      string
	Title      Markdown
	Findings   []findingView
	Conclusion Markdown
}

type findingView struct {
	Kind  assess.Kind
	Text  Markdown
	Links Markdown // each with a blank before it
	Block string
}

type riskView struct {
	Emoji              string
	Title, Text, Links Markdown
}

type actionView struct {
	Horizon                 assess.Horizon // only on the first action of its horizon
	Rank                    int
	Verify                  bool
	Title, Objective, Links Markdown
	Steps                   []Markdown
	Block                   string
}

type remarkView struct {
	About Markdown // the question; empty where the remark is about the whole questionnaire
	Link  Markdown
	Text  vault.Untrusted
}

type questionView struct {
	Label   Markdown
	Reason  string
	Answers []Markdown // those that contradict each other
	Link    Markdown
}

type statementView struct{ Text, Links Markdown }

type referenceView struct {
	Title              Markdown
	Jurisdiction, Kind string
}

// arrow is what a link to an answer shows.
const arrow = "↗"

// writer makes the views of one note.
type writer struct {
	places  *Places
	report  *assess.Report
	roadmap *plan.Roadmap
	note    string                 // the note's path
	sources map[sourceKey]Markdown // links to answers: most statements rest on few of them
}

// sourceKey is what a link to an answer depends on.
type sourceKey struct{ note, block, heading string }

func (p *Places) writer(r *assess.Report, roadmap *plan.Roadmap, id noteID) *writer {
	return &writer{places: p, report: r, roadmap: roadmap, note: p.paths[id], sources: map[sourceKey]Markdown{}}
}

// to links to another of the client's notes.
func (w *writer) to(kind, form string) Markdown {
	return w.places.link(w.note, w.places.paths[noteID{kind, w.report.Engagement.Client.Code, form}], "", "")
}

// evidence links a statement to the answers behind it, each once: to those that were given, else to the questions.
func (w *writer) evidence(refs []questionnaire.Ref) Markdown {
	var given, asked []Markdown
	seen := map[Markdown]bool{}
	for _, ref := range refs {
		for _, s := range w.report.Answer(ref).Sources {
			link := w.source(s)
			if seen[link] {
				continue
			}
			seen[link] = true
			if s.Answered {
				given = append(given, link)
			} else {
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
	if len(given) == 0 {
		return ""
	}
	return " " + joined(given, " ")
}

// unasked links to the notes of the questionnaires whose questions no note holds.
func (w *writer) unasked(refs []questionnaire.Ref) []Markdown {
	var out []Markdown
	for _, ref := range refs {
		latest := w.report.Engagement.Latest(ref.Questionnaire)
		if latest == nil {
			continue
		}
		link := w.places.link(w.note, latest.Last().Note, "", arrow)
		if !slices.Contains(out, link) {
			out = append(out, link)
		}
	}
	return out
}

// source links to the place of an answer: its block, else its heading, else its note.
func (w *writer) source(s questionnaire.Source) Markdown {
	key := sourceKey{s.Note, s.Block, s.Heading}
	link, known := w.sources[key]
	if !known {
		subpath := plainWords(s.Heading)
		if s.Block != "" {
			subpath = "^" + s.Block
		}
		link = w.places.link(w.note, s.Note, subpath, arrow)
		w.sources[key] = link
	}
	return link
}

// findingRefs lists the questions behind findings, each once.
func (w *writer) findingRefs(ids []string) []questionnaire.Ref {
	var refs []questionnaire.Ref
	for _, id := range ids {
		if f := w.report.Finding(id); f != nil {
			refs = append(refs, f.Reading.Read...)
		}
	}
	return refs
}

func (w *writer) finding(f assess.Finding) findingView {
	return findingView{Kind: f.Kind, Text: Markdown(f.Sentence.Markdown), Links: w.evidence(f.Reading.Read),
		Block: questionnaire.BlockID(f.ID)}
}

func (w *writer) risk(r assess.RiskReport) riskView {
	var ids []string
	for _, f := range r.Findings {
		ids = append(ids, f.ID)
	}
	return riskView{Emoji: r.Risk.Emoji, Title: Markdown(r.Title.Markdown), Text: Markdown(r.Sentence.Markdown),
		Links: w.evidence(w.findingRefs(ids))}
}

func (w *writer) action(a plan.Action) actionView {
	view := actionView{Rank: a.Rank, Verify: a.Verify, Title: Markdown(a.Title.Markdown), Objective: Markdown(a.Objective.Markdown),
		Links: w.evidence(w.findingRefs(a.Findings)), Block: questionnaire.BlockID(a.Action.ID)}
	for _, s := range a.Steps {
		view.Steps = append(view.Steps, Markdown(s.Markdown))
	}
	return view
}

func (w *writer) question(q assess.Question) questionView {
	asked := w.report.Model.Set.Question(q.Ref)
	view := questionView{Label: Markdown(vault.Escape(asked.Label)), Reason: q.Reason, Link: w.evidence(refsOf(q))}
	if q.Reason == "contradictory" {
		view.Answers = w.given(q.Ref, asked)
	}
	return view
}

// given lists what was answered to a choice, place by place: the labels of the ticks.
func (w *writer) given(ref questionnaire.Ref, asked *questionnaire.Question) []Markdown {
	var out []Markdown
	if noted, ok := asked.Option(w.report.Engagement.Client.Country); ok && ref == w.report.Model.Country {
		out = append(out, Markdown(vault.Escape(noted.Label)))
	}
	for _, s := range w.report.Answer(ref).Sources {
		var labels []string
		for _, id := range s.Values {
			if o, ok := asked.Option(id); ok {
				labels = append(labels, o.Label)
			}
		}
		if len(labels) > 0 {
			out = append(out, joined(escaped(labels), " + "))
		}
	}
	return out
}

// contradiction asks what settles a contradiction.
func (w *writer) contradiction(c assess.ContradictionReport) statementView {
	return statementView{Markdown(c.Question.Markdown), w.evidence(c.Contradiction.When.Reads())}
}

// addStatement adds a statement, or its links to the one that says the same.
func addStatement(list []statementView, s statementView) []statementView {
	for i := range list {
		if list[i].Text == s.Text {
			for _, link := range strings.SplitAfter(string(s.Links), "]]") {
				if !strings.Contains(string(list[i].Links), link) {
					list[i].Links += Markdown(link)
				}
			}
			return list
		}
	}
	return append(list, s)
}

// score shows a domain's score; nil where there is nothing to score.
func (w *writer) score(d *assess.DomainReport) *scoreView {
	if d == nil || d.Score.Confidence == assess.NothingToAssess {
		return nil
	}
	return w.scoreOf(d.Score, d.Priority)
}

func (w *writer) scoreOf(s assess.Score, p assess.Priority) *scoreView {
	view := &scoreView{Shown: s.Shown(), Final: s.Final, Best: s.Best, Cap: s.Cap, Coverage: s.Coverage, Confidence: s.Confidence, Priority: p}
	if s.Binds() {
		var labels []string
		for _, id := range s.CappedBy {
			labels = append(labels, w.report.Finding(id).Label)
		}
		view.CappedBy = escaped(labels)
	}
	return view
}

// escaped makes words of the catalogue fit for a note.
func escaped(words []string) []Markdown {
	out := make([]Markdown, len(words))
	for i, s := range words {
		out[i] = Markdown(vault.Escape(s))
	}
	return out
}

// refsOf is the one question that is asked again.
func refsOf(q assess.Question) []questionnaire.Ref { return []questionnaire.Ref{q.Ref} }
