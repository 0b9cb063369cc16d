// Package assess applies the declarative model of a catalogue to a client's answers: the level of each control, the
// findings, the risks, the scores, the questions to send back; each with the answers that it rests on and with its
// sentence.
//
// Nothing here knows a domain, a question or a language: all of that is data that [Load] reads and checks. Scores are
// integers computed as the method prescribes, and what nobody knows is never counted as fine.
package assess

import (
	"fmt"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Priority is how urgent a domain is: that of its worst open finding.
type Priority string

// The priorities of domains.
const (
	PriorityHigh        Priority = "haute"
	PriorityMedium      Priority = "moyenne"
	PriorityLow         Priority = "basse"
	PriorityNotAssessed Priority = "non_evalue"
	PriorityNone        Priority = "sans_objet"
)

// Priorities lists the priorities from the most urgent.
func Priorities() []Priority {
	return []Priority{PriorityHigh, PriorityMedium, PriorityLow, PriorityNotAssessed, PriorityNone}
}

// DomainReport is what is known of one domain.
type DomainReport struct {
	Domain   *Domain
	Assessed bool // its questionnaire was received
	Priority Priority
	Score    Score

	applicable bool // at least one control concerns the client
	optional   bool // its questionnaire may be done without
}

// OpportunityReport is something to build on, as the answers show it.
type OpportunityReport struct {
	Opportunity *Opportunity
	Title       Sentence // a few words, for tables; the sentence where the catalogue gives none
	Sentence    Sentence
}

// ContradictionReport is a declared contradiction that the answers show.
type ContradictionReport struct {
	Contradiction *Contradiction
	Question      Sentence // what settles it, to be sent to the client
}

// Report is all that the model says of one client. Its lists are in a total order.
type Report struct {
	Model          *Model
	Engagement     *questionnaire.Engagement
	Country        string    // CH, FR, CH_FR; empty when nothing says it or two sources differ
	Readings       []Reading // every control, in the model's order
	Findings       []Finding // by severity, the worst first, then by id
	Risks          []RiskReport
	Opportunities  []OpportunityReport // in the model's order
	Contradictions []ContradictionReport
	Domains        []DomainReport // every domain of the model, in its order
	Score          Score
	Questions      []Question // by swing, the greatest first, then by question

	answers Answers
	found   map[string]*Finding // by control
	speaker *speaker
}

// Assess judges a client. An error is one of the program or of a model that was not checked: sentences that fail.
func (m *Model) Assess(e *questionnaire.Engagement) (*Report, error) {
	answers := m.answers(e)
	r := &Report{Model: m, Engagement: e, answers: answers, speaker: m.speaker(answers), Readings: make([]Reading, 0, len(m.Controls))}
	for i := range m.Controls {
		r.Readings = append(r.Readings, m.read(&m.Controls[i], answers))
	}
	contradicted := m.contradict(r.Readings, answers)
	for i := range r.Readings {
		r.Readings[i].readAll()
	}
	r.Findings = findings(r.Readings)
	r.found = make(map[string]*Finding, len(r.Findings))
	for i := range r.Findings {
		r.found[r.Findings[i].ID] = &r.Findings[i]
	}
	if err := r.word(); err != nil {
		return nil, err
	}
	r.Risks = m.risks(r.Findings)
	r.Domains, r.Score = m.scores(r.Readings, r.Findings, e)
	country := m.country(e)
	r.Country = country.code
	r.Questions = r.questions(contradicted, country)
	if err := r.wordRest(contradicted); err != nil {
		return nil, err
	}
	return r, nil
}

// contradict marks the controls of the contradictions that the answers show, and gives those contradictions.
func (m *Model) contradict(readings []Reading, answers Answers) []*Contradiction {
	var out []*Contradiction
	for i := range m.Contradictions {
		c := &m.Contradictions[i]
		if c.When.Eval(answers) != True {
			continue
		}
		out = append(out, c)
		for _, id := range c.Controls {
			if r := find(readings, func(r *Reading) bool { return r.Control.ID == id }); r != nil {
				r.State, r.Level = Contradictory, 0
			}
		}
	}
	return out
}

// scores computes the domains' and the client's scores.
func (m *Model) scores(readings []Reading, found []Finding, answers Answers) ([]DomainReport, Score) {
	out := make([]DomainReport, 0, len(m.Domains))
	for i := range m.Domains {
		d := DomainReport{Domain: &m.Domains[i]}
		id := d.Domain.ID
		d.Assessed = answers.Received(d.Domain.Questionnaire)
		d.optional = m.Set.Questionnaire(d.Domain.Questionnaire).Optional
		d.applicable = find(readings, func(r *Reading) bool { return r.Control.Domain == id && r.Applicable() }) != nil
		d.Score = domainScore(id, readings, found, d.Assessed)
		d.Priority = priority(id, found)
		out = append(out, d)
	}
	return out, globalScore(out, found)
}

// priority is that of the worst open finding of a domain.
func priority(domain string, found []Finding) Priority {
	concerned, known := false, false
	worst := NoBand
	for i := range found {
		f := &found[i]
		if f.Control.Domain != domain {
			continue
		}
		concerned, known = true, known || !f.Hypothesis
		if f.Open() && worst == NoBand {
			worst = f.Band() // the findings come worst first
		}
	}
	switch {
	case !concerned:
		return PriorityNone
	case worst == Critical:
		return PriorityHigh
	case worst == Severe:
		return PriorityMedium
	case known:
		return PriorityLow
	}
	return PriorityNotAssessed
}

// Priority is the most urgent of the domains' priorities.
func (r *Report) Priority() Priority {
	for _, p := range Priorities() {
		if find(r.Domains, func(d *DomainReport) bool { return d.Priority == p }) != nil {
			return p
		}
	}
	return PriorityNone
}

// Answer gives the answer that the report went by: the client's country is what his note and his answers say together.
func (r *Report) Answer(ref questionnaire.Ref) questionnaire.Answer { return r.answers.Answer(ref) }

// Received reports whether answers to a questionnaire came: with Answer, conditions can be asked of the report.
func (r *Report) Received(form string) bool { return r.answers.Received(form) }

// Assessed reports whether a domain's questionnaire was received.
func (r *Report) Assessed(domain string) bool {
	d := find(r.Domains, func(d *DomainReport) bool { return d.Domain.ID == domain })
	return d != nil && d.Assessed
}

// Finding gives the finding of a control, nil when the control does not apply.
func (r *Report) Finding(control string) *Finding { return r.found[control] }

// Project computes the scores, the domains' and the client's, as they would be with controls raised to levels: to the
// higher of what they have and what they are raised to, unknown ones becoming known.
func (r *Report) Project(raised map[string]int) ([]DomainReport, Score) {
	isRaised := func(reading Reading) bool {
		_, ok := raised[reading.Control.ID]
		return ok && reading.Applicable()
	}
	if len(raised) == 0 || !slices.ContainsFunc(r.Readings, isRaised) {
		return slices.Clone(r.Domains), r.Score
	}
	readings := slices.Clone(r.Readings)
	for i := range readings {
		if reading := &readings[i]; isRaised(*reading) {
			if reading.State != Known {
				reading.Level = 0
			}
			reading.State, reading.Level = Known, max(reading.Level, raised[reading.Control.ID])
		}
	}
	return r.Model.scores(readings, findings(readings), r.Engagement)
}

// word gives every finding its sentence.
func (r *Report) word() error {
	for i := range r.Findings {
		f := &r.Findings[i]
		e := r.Model.words[f.ID]
		key := f.key()
		s, err := e.levels[key].say(r.speaker)
		if err != nil {
			return fmt.Errorf("words of %s, %s: %w", f.ID, key, err)
		}
		f.Label, f.Sentence = e.label, s
		brief := e.briefs[key]
		if brief == nil {
			f.Brief = Sentence{Text: e.label, Markdown: vault.Escape(e.label)}
			continue
		}
		if f.Brief, err = brief.say(r.speaker); err != nil {
			return fmt.Errorf("brief of %s, %s: %w", f.ID, key, err)
		}
	}
	return nil
}

// wordRest gives risks, opportunities and contradictions their sentences.
func (r *Report) wordRest(contradicted []*Contradiction) error {
	var failed error
	say := func(id string, p *phrase) Sentence {
		s, err := p.say(r.speaker)
		if err != nil && failed == nil {
			failed = fmt.Errorf("words of %s: %w", id, err)
		}
		return s
	}
	for i := range r.Risks {
		id := r.Risks[i].Risk.ID
		e, risk := r.Model.words[id], &r.Risks[i]
		risk.Title, risk.Brief, risk.Sentence = say(id, e.title), say(id, e.brief), say(id, e.text)
		if risk.Brief.IsZero() {
			risk.Brief = risk.Title
		}
	}
	for i := range r.Model.Opportunities {
		o := &r.Model.Opportunities[i]
		if o.When.Eval(r.answers) == True {
			e := r.Model.words[o.ID]
			report := OpportunityReport{Opportunity: o, Title: say(o.ID, e.title), Sentence: say(o.ID, e.text)}
			if report.Title.IsZero() {
				report.Title = report.Sentence
			}
			r.Opportunities = append(r.Opportunities, report)
		}
	}
	for _, c := range contradicted {
		if r.touches(c) {
			r.Contradictions = append(r.Contradictions, ContradictionReport{c, say(c.ID, r.Model.words[c.ID].question)})
		}
	}
	return failed
}

// ActionWords gives an action's title, objective and steps, as the answers make them.
func (r *Report) ActionWords(id string) (title, objective Sentence, steps []Sentence, err error) {
	e := r.Model.words[id]
	if title, err = e.title.say(r.speaker); err != nil {
		return
	}
	if objective, err = e.objective.say(r.speaker); err != nil {
		return
	}
	steps, err = e.saySteps(r.speaker)
	return
}

// PlainTitle gives an action's title as it reads where no name is known, for places in which no name may stand.
func (r *Report) PlainTitle(id string) (string, error) {
	return r.Model.words[id].title.sayNameless(r.speaker)
}

// Conclusion gives what the words say of a theme in a mood; empty where the model declares no such theme.
func (r *Report) Conclusion(theme string, mood Mood) (Sentence, error) {
	e := r.Model.words[theme]
	if e == nil {
		return Sentence{}, nil
	}
	return e.conclusions[string(mood)].say(r.speaker)
}
