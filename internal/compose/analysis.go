package compose

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// analyse writes the note about one questionnaire.
func (c *Composer) analyse(d *dossier, q *questionnaire.Questionnaire) (vault.Draft, error) {
	w := d.writer(AnalysisKind, q.ID)
	view, err := w.analysis(q)
	if err != nil {
		return vault.Draft{}, err
	}
	return c.draft(w, AnalysisKind, view, w.analysisHead(q, c.layouts[AnalysisKind], view))
}

// analysis gathers what the note says: the findings of the controls that read the questionnaire, and what follows
// from them.
func (w *writer) analysis(q *questionnaire.Questionnaire) (*analysisView, error) {
	held := w.held(q.ID)
	view := &analysisView{Score: w.score(w.domainOf(q.ID))}
	var err error
	if view.Themes, err = w.themes(held, q.ID); err != nil {
		return nil, err
	}
	among := make([]bool, len(w.report.Findings))
	for _, f := range held {
		among[f.At] = true
		view.Unsettled = view.Unsettled || f.Hypothesis
	}
	for i := range w.report.Risks {
		if risk := &w.report.Risks[i]; feeds(among, risk) {
			view.Risks = append(view.Risks, w.risk(risk))
		}
	}
	view.Plan = w.plan(among)
	view.Remarks = w.remarks(q)
	w.questions(q, view)
	w.links(q, view)
	view.References = w.references(held)
	return view, nil
}

// feeds tells whether any of the held findings is among those of a risk.
func feeds(held []bool, risk *assess.RiskReport) bool {
	return slices.ContainsFunc(risk.Findings, func(f *assess.Finding) bool { return held[f.At] })
}

// held lists the findings of the controls that read a questionnaire. Hypotheses of a domain that is not assessed stand
// in no note.
func (w *writer) held(form string) []*assess.Finding {
	var out []*assess.Finding
	for i := range w.report.Findings {
		if f := &w.report.Findings[i]; f.Control.ReadsForm(form) && (!f.Hypothesis || w.report.Assessed(f.Control.Domain)) {
			out = append(out, f)
		}
	}
	return out
}

// domainOf is the domain that a questionnaire is scored by, nil when there is none.
func (w *writer) domainOf(form string) *assess.DomainReport {
	for i := range w.report.Domains {
		if d := &w.report.Domains[i]; d.Domain.Questionnaire == form {
			return d
		}
	}
	return nil
}

// plan lists the actions that the held findings call for. The horizon stands on its first action only.
func (w *writer) plan(held []bool) []actionView {
	called := make([]*plan.Action, 0, len(w.roadmap.Actions))
	for i := range w.roadmap.Actions {
		a := &w.roadmap.Actions[i]
		if slices.ContainsFunc(a.Findings, func(id string) bool { return held[w.report.Finding(id).At] }) {
			called = append(called, a)
		}
	}
	var last assess.Horizon
	out := make([]actionView, 0, len(called))
	for _, a := range called {
		row := *w.action(a)
		row.Rank = len(out) + 1
		if a.Horizon != last {
			row.Horizon, last = a.Horizon, a.Horizon
			row.Period = w.word("horizon", string(a.Horizon))
		}
		out = append(out, row)
	}
	return out
}

// remarks quotes what the respondents wrote beside their answers. Each links to its own note.
func (w *writer) remarks(q *questionnaire.Questionnaire) []remarkView {
	var out []remarkView
	for _, remark := range w.report.Engagement.Latest(q.ID).Remarks() {
		view := remarkView{Text: remark.Text, Link: " " + w.places.link(w.note, remark.Note, "^"+questionnaire.RemarksBlock, arrow)}
		if question := w.report.Model.Set.Question(remark.Ref); question != nil {
			view.About = Markdown(vault.Escape(question.Label))
			for _, s := range w.report.Answer(remark.Ref).Sources {
				if s.Note == remark.Note {
					view.Link = " " + w.source(s)
				}
			}
		}
		out = append(out, view)
	}
	return out
}

// questions lists what is to be asked again about this questionnaire.
func (w *writer) questions(q *questionnaire.Questionnaire, view *analysisView) {
	for _, question := range w.report.Questions {
		if question.Ref.Questionnaire == q.ID {
			view.Questions = append(view.Questions, w.question(question))
		}
	}
	for _, c := range w.report.Contradictions {
		refs := c.Contradiction.When.Reads()
		if slices.ContainsFunc(refs, func(ref questionnaire.Ref) bool { return ref.Questionnaire == q.ID }) {
			view.Contradictions = addStatement(view.Contradictions, w.contradiction(c))
		}
	}
}

func (w *writer) links(q *questionnaire.Questionnaire, view *analysisView) {
	view.Synthesis = w.to(SynthesisKind, "")
	for _, sheet := range w.report.Engagement.Latest(q.ID).Sheets {
		view.Sources = append(view.Sources, w.places.link(w.note, sheet.Note, "", ""))
	}
	for _, other := range analysed(w.report) {
		if other.ID != q.ID {
			view.Siblings = append(view.Siblings, w.to(AnalysisKind, other.ID))
		}
	}
}

// references lists the texts that open findings may fall short of, for the client's country alone.
func (w *writer) references(held []*assess.Finding) []*referenceView {
	clear(w.called)
	size := 0
	for _, f := range held {
		if !f.Open() {
			continue
		}
		for _, id := range f.Control.References {
			if at, known := w.order.references[id]; known && !w.called[at] {
				w.called[at] = true
				size++
			}
		}
	}
	if size == 0 {
		return nil
	}
	out := make([]*referenceView, 0, size)
	for i, called := range w.called {
		if r := &w.report.Model.References[i]; called && r.AppliesTo(w.report.Country) {
			out = append(out, w.reference(r))
		}
	}
	return out
}

// reference shows a reference.
func (w *writer) reference(r *assess.Reference) *referenceView {
	if view, known := w.places.cited.Load(r); known {
		return view.(*referenceView)
	}
	view := &referenceView{Title: Markdown(vault.Escape(r.Title)), Jurisdiction: r.Jurisdiction, Kind: r.Kind}
	view.Cited = view.Title + " (" + Markdown(w.word("jurisdiction", r.Jurisdiction)) + ", " + Markdown(w.word("obligation", r.Kind)) + ")"
	if w.failed == nil {
		w.places.cited.Store(r, view)
	}
	return view
}

// analysisHead lists the properties of the note, in the order of the user's own documents.
func (w *writer) analysisHead(q *questionnaire.Questionnaire, l *layout, view *analysisView) []vault.Property {
	round := w.report.Engagement.Latest(q.ID)
	code := w.report.Engagement.Client.Code
	sheet := round.Last()
	out := []vault.Property{
		text("title", q.Title),
		plain("form_id", formID(sheet, code)),
		plain("category", l.category),
		plain("date_reception", sheet.Date),
	}
	out = append(out, w.people(round)...)
	out = append(out, list("tags", true, append(slices.Clone(l.tags), q.ID, code)), backlinks(slices.Concat(view.Sources, []Markdown{view.Synthesis}, view.Siblings)))
	out = append(out, plain("synth_client", code), plain("synth_questionnaire", q.ID))
	if d := w.domainOf(q.ID); d != nil {
		out = append(out, scoreProperties(d.Score, d.Priority)...)
	}
	return out
}
