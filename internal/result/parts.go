package result

import (
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// newScore shows a score, and what it is projected to become. Without enough known there are no numbers.
func newScore(s, projected assess.Score) Score {
	out := Score{Coverage: s.Coverage, Confidence: string(s.Confidence), CappedBy: []string{}}
	if !s.Shown() {
		return out
	}
	out.Final, out.Best, out.Proven, out.Possible, out.Cap, out.CapBest = &s.Final, &s.Best, &s.Proven, &s.Possible, &s.Cap, &s.CapBest
	out.Projected = &projected.Final
	out.CappedBy = append(out.CappedBy, s.CappedBy...)
	return out
}

// domains pairs the domains with their projections, which stand in the same order.
func domains(now, projected []assess.DomainReport) []Domain {
	out := make([]Domain, len(now))
	for i, d := range now {
		out[i] = Domain{d.Domain.ID, d.Domain.Title, d.Domain.Weight, d.Assessed, string(d.Priority), newScore(d.Score, projected[i].Score)}
	}
	return out
}

func newControl(r *assess.Report, reading assess.Reading) Control {
	c := reading.Control
	out := Control{ID: c.ID, Domain: c.Domain, Theme: r.Model.ThemeTitle(c.Theme), Weight: c.Weight, Risks: map[string]int{},
		State: string(reading.State), Evidence: []Evidence{}}
	for _, e := range c.Edges {
		out.Risks[e.Risk] = e.Gravity
	}
	if reading.State == assess.Known {
		out.Level = &reading.Level
	}
	for _, ref := range reading.Read {
		out.Evidence = append(out.Evidence, evidence(r, ref)...)
	}
	return out
}

// evidence lists the places that answer a question; where none does, the note that should.
func evidence(r *assess.Report, ref questionnaire.Ref) []Evidence {
	a := r.Answer(ref)
	var out []Evidence
	for _, s := range a.Sources {
		if len(s.Values) > 0 || s.Answered && a.State != questionnaire.Unknown {
			values := append([]string{}, s.Values...)
			out = append(out, Evidence{Question: ref.String(), Answer: values, Note: optional(s.Note), Line: &s.Line, Block: optional(s.Block)})
		}
	}
	if out == nil {
		out = []Evidence{{Question: ref.String(), Answer: []string{}, Note: asked(r.Engagement, a)}}
	}
	return out
}

// asked is the note that holds a question which nobody answered, or that should hold it.
func asked(e *questionnaire.Engagement, a questionnaire.Answer) *string {
	if len(a.Sources) > 0 {
		return optional(a.Sources[0].Note)
	}
	if latest := e.Latest(a.Ref.Questionnaire); latest != nil {
		return optional(latest.Last().Note)
	}
	return nil
}

func newFinding(f assess.Finding) Finding {
	return Finding{ID: f.ID, Control: f.Control.ID, Kind: string(f.Kind), Hypothesis: f.Hypothesis, Gravity: f.Gravity,
		Likelihood: f.Likelihood, Severity: f.Severity, Band: optional(string(f.Band())), Label: f.Label, Text: f.Sentence.Text}
}

func newRisk(r assess.RiskReport) Risk {
	return Risk{ID: r.Risk.ID, Domain: r.Risk.Domain, Title: r.Title.Text, Text: r.Sentence.Text, Severity: r.Severity, Band: string(r.Band()),
		Findings: each(r.Findings, func(f *assess.Finding) string { return f.ID }), References: append([]string{}, r.References()...)}
}

func newOpportunity(o assess.OpportunityReport) Opportunity {
	return Opportunity{o.Opportunity.ID, o.Opportunity.Domain, o.Sentence.Text}
}

func newAction(a plan.Action) Action {
	out := Action{ID: a.Action.ID, Domain: a.Action.Domain, Title: a.Title.Text, Objective: a.Objective.Text, Horizon: string(a.Horizon),
		Rank: a.Rank, Effort: a.Action.Effort, Benefit: a.Benefit, Due: optional(a.Due), Owner: a.Action.Owner,
		Requires: append([]string{}, a.Action.Requires...), Raises: map[string]int{}, Findings: append([]string{}, a.Findings...), Status: string(a.Status)}
	for _, r := range a.Action.Raises {
		out.Raises[r.Control] = r.Level
	}
	return out
}
