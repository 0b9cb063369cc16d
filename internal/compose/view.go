package compose

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	text := strings.TrimSuffix(string(m), ".")
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	if size == len(text) || unicode.IsUpper(second) || unicode.ToLower(first) == first {
		return Markdown(text)
	}
	return Markdown(string(unicode.ToLower(first)) + text[size:])
}

// analysisView is what the template of an analysis can reach.
type analysisView struct {
	Score          *scoreView // nil where the domain has no control
	Themes         []themeView
	Risks          []*riskView
	Plan           []actionView
	Remarks        []remarkView
	Questions      []questionView
	Contradictions []statementView
	Sources        []Markdown
	Synthesis      Markdown
	Siblings       []Markdown
	References     []*referenceView
	Unsettled      bool // something is to be verified
}

type scoreView struct {
	Shown                      bool
	Final, Best, Cap, Coverage int
	Causes                     Markdown // the first of CappedBy, in a row
	MoreCauses                 int      // how many that leaves out
	SeveralMore                bool     // these are more than one
	ConfidenceWord             string
	PriorityWord               string     // empty where there is no priority
	CappedBy                   []Markdown // labels, only where the cap binds
	Confidence                 assess.Confidence
	Priority                   assess.Priority
}

type themeView struct {
	Emoji      string
	Title      Markdown
	Findings   []*findingView
	Conclusion Markdown
}

// findingView is a finding. What the shipped templates read stands first in this view and the others: it is found
// soonest.
type findingView struct {
	Sign  string   // the word for its kind
	Item  Markdown // the text, its links and its block: what an item of a list says
	Kind  assess.Kind
	Text  Markdown
	Links Markdown // each with a blank before it
	Block string
}

type riskView struct {
	Sign        string // the emoji with a blank after it, empty where there is none
	Title       Markdown
	Item        Markdown // the text and its links: what an item of a list says
	Emoji       string
	Text, Links Markdown
}

type actionView struct {
	Title   Markdown
	Verify  bool
	Outcome Markdown // the objective as it stands inside a sentence
	Trail   Markdown // the links and the block: what ends an item of a list
	Inline  Markdown // the title as it stands inside a sentence
	Rank    int

	// In the plan's table only.
	Period                              string // the words for the horizon, only on its first action
	TitleCell, LinksCell, ObjectiveCell Markdown
	StepCells                           []Markdown // the steps as they stand inside a sentence

	Horizon          assess.Horizon // only on the first action of its horizon
	Objective, Links Markdown
	Steps            []Markdown
	Block            string
}

type remarkView struct {
	About Markdown // the question; empty where the remark is about the whole questionnaire
	Link  Markdown
	Text  vault.Untrusted
}

type questionView struct {
	Label   Markdown
	Why     string     // the words for the reason
	Answers []Markdown // those that contradict each other
	Link    Markdown
	Reason  string
}

type statementView struct{ Text, Links Markdown }

type referenceView struct {
	Cited              Markdown // the title and, in brackets, the words for the jurisdiction and the kind
	Title              Markdown
	Jurisdiction, Kind string
}

// arrow is what a link to an answer shows.
const arrow = "↗"

// blockMark stands between an item of a list and the name of its block.
const blockMark = " ^"

// findingRefs lists the questions behind findings. The list is good until the next one is asked for.
func (w *writer) findingRefs(ids []string) []questionnaire.Ref {
	w.refs = w.refs[:0]
	for _, id := range ids {
		if f := w.report.Finding(id); f != nil {
			w.refs = append(w.refs, f.Reading.Read...)
		}
	}
	return w.refs
}

// finding shows a finding. The notes of one folder show it alike.
func (w *writer) finding(f *assess.Finding) *findingView {
	view := &w.shared.findings[f.At]
	if view.Block == "" {
		*view = findingView{Sign: w.word("kind", string(f.Kind)), Kind: f.Kind, Text: Markdown(f.Sentence.Markdown), Block: questionnaire.BlockID(f.ID)}
		view.Item, view.Links = w.backed(view.Text, f.Reading.Read, view.Block)
	}
	return view
}

// risk shows a risk. The notes of one folder show it alike.
func (w *writer) risk(r *assess.RiskReport) *riskView {
	view := w.shared.risks[r.Risk.ID]
	if view != nil {
		return view
	}
	w.refs = w.refs[:0]
	for _, f := range r.Findings {
		w.refs = append(w.refs, f.Reading.Read...)
	}
	view = &riskView{Emoji: r.Risk.Emoji, Title: Markdown(r.Title.Markdown), Text: Markdown(r.Sentence.Markdown)}
	if view.Item, view.Links = w.backed(view.Text, w.refs, ""); view.Emoji != "" {
		view.Sign = view.Emoji + " "
	}
	w.shared.risks[r.Risk.ID] = view
	return view
}

// action shows an action. The notes of one folder show it alike.
func (w *writer) action(a *plan.Action) *actionView {
	view := w.shared.actions[a.Action.ID]
	if view != nil {
		return view
	}
	said := w.places.actionWords(a)
	view = &actionView{Rank: a.Rank, Verify: a.Verify, Title: Markdown(a.Title.Markdown), Objective: Markdown(a.Objective.Markdown),
		Block: said.block, Outcome: said.outcome, Inline: said.inline, Steps: said.steps}
	view.Trail, view.Links = w.backed("", w.findingRefs(a.Findings), view.Block)
	view.LinksCell, view.TitleCell, view.ObjectiveCell, view.StepCells = cell(view.Links), said.titleCell, said.objectiveCell, said.stepCells
	w.shared.actions[a.Action.ID] = view
	return view
}

func (w *writer) question(q assess.Question) questionView {
	asked := w.report.Model.Set.Question(q.Ref)
	view := questionView{Label: Markdown(vault.Escape(asked.Label)), Why: w.word("reason", q.Reason), Reason: q.Reason, Link: w.evidence(refsOf(q))}
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
	view := &scoreView{Shown: s.Shown(), Final: s.Final, Best: s.Best, Cap: s.Cap, Coverage: s.Coverage, Confidence: s.Confidence, Priority: p,
		ConfidenceWord: w.word("confidence", string(s.Confidence))}
	if p != "" {
		view.PriorityWord = w.word("priority", string(p))
	}
	if s.Binds() {
		var labels []string
		for _, id := range s.CappedBy {
			labels = append(labels, w.report.Finding(id).Label)
		}
		view.CappedBy = escaped(labels)
		view.Causes = joined(firstOf(view.CappedBy, keyCauses), ", ")
		view.MoreCauses = max(0, len(labels)-keyCauses)
		view.SeveralMore = view.MoreCauses > 1
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
