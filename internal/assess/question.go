package assess

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Question is one to send back to the client.
type Question struct {
	Ref    questionnaire.Ref
	Reason string // unanswered, unknown or contradictory
	// Swing is how much of the global score hangs on it, from 0 to 100 points.
	Swing int
}

// country is what is known of where a client practises.
type country struct {
	code   string
	reason string // why the model's question about it goes back, empty when it does not
}

// country takes the client's note, else the question that the model names. Two that differ contradict each other.
func (m *Model) country(e *questionnaire.Engagement) country {
	noted := e.Client.Country
	if m.Country == (questionnaire.Ref{}) {
		return country{code: noted}
	}
	a := e.Answer(m.Country)
	answered := ""
	if a.State == questionnaire.Known {
		answered = a.Options[0]
	}
	switch {
	case noted == "" && answered == "":
		return country{reason: a.Reason()}
	case noted != "" && answered != "" && noted != answered:
		return country{reason: "contradictory"}
	case noted != "":
		return country{code: noted}
	}
	return country{code: answered}
}

// located answers like the client, whose country is what is known of it from his note and from his answers together.
type located struct {
	Answers
	ref    questionnaire.Ref // where the model asks for the country; may be zero
	differ bool
}

// clientCountry is where a client's note says in which country he practises.
var clientCountry = questionnaire.Ref{Questionnaire: questionnaire.ClientID, Question: "country"}

// answers gives what conditions and sentences are asked of.
func (m *Model) answers(e *questionnaire.Engagement) Answers {
	return located{Answers: e, ref: m.Country, differ: m.country(e).reason == "contradictory"}
}

// Answer takes the client's country from his note, else from the question that the model names.
func (l located) Answer(ref questionnaire.Ref) questionnaire.Answer {
	a := l.Answers.Answer(ref)
	if ref != clientCountry {
		return a
	}
	if a.State != questionnaire.Known && l.ref != (questionnaire.Ref{}) {
		a = l.Answers.Answer(l.ref)
		a.Ref = ref
	}
	if l.differ {
		a.State = questionnaire.Contradictory
	}
	return a
}

// questions lists what to ask again: every answer of a received questionnaire that is unknown or contradictory, and
// whatever else an unsettled control of an assessed domain reads.
func (r *Report) questions(contradicted []*Contradiction, c country) []Question {
	reasons := map[questionnaire.Ref]string{}
	concerns := r.concerns()
	for _, q := range r.Model.Set.Questionnaires {
		if !r.Engagement.Received(q.ID) || !r.scores(q.ID) {
			continue
		}
		for i := range q.Questions {
			question := &q.Questions[i]
			ref := questionnaire.Ref{Questionnaire: q.ID, Question: question.ID}
			if reason := r.Engagement.Answer(ref).Reason(); reason != "" && !r.moot(ref, question, concerns) {
				reasons[ref] = reason
			}
		}
	}
	for i := range r.Readings {
		reading := &r.Readings[i]
		if !reading.Unsettled() || !r.Assessed(reading.Control.Domain) {
			continue
		}
		for _, ref := range reading.Read {
			if reason := r.Answer(ref).Reason(); reason != "" {
				reasons[r.Model.asks(ref)] = reason
			}
		}
	}
	for _, con := range contradicted {
		for _, ref := range con.When.Reads() {
			if r.touches(con) && ref.Questionnaire != questionnaire.ClientID { // the client's own note is not in doubt
				reasons[ref] = "contradictory"
			}
		}
	}
	if c.reason != "" {
		reasons[r.Model.Country] = c.reason
	}
	return r.ranked(reasons)
}

// moot reports whether nobody needs the answer that is missing: all controls that read it do not apply to the client, or
// it is a name that no sentence about him would say. A contradiction is always worth asking about.
func (r *Report) moot(ref questionnaire.Ref, q *questionnaire.Question, concerns map[questionnaire.Ref]bool) bool {
	if r.Engagement.Answer(ref).State == questionnaire.Contradictory {
		return false
	}
	if applies, read := concerns[ref]; read || q.Type != questionnaire.Named || q.Informative {
		return read && !applies
	}
	return r.unsaid(ref)
}

// concerns tells of every question that a control reads whether one of those controls applies to the client.
func (r *Report) concerns() map[questionnaire.Ref]bool {
	out := make(map[questionnaire.Ref]bool, len(r.Readings))
	for i := range r.Readings {
		reading := &r.Readings[i]
		for _, ref := range reading.Control.Reads() {
			out[ref] = out[ref] || reading.Applicable()
		}
	}
	return out
}

// unsaid reports whether a name would change nothing in what the findings say.
func (r *Report) unsaid(ref questionnaire.Ref) bool {
	name, _ := vault.NewName(vault.Received("X"))
	told := r.speaker.naming(ref, name)
	return !slices.ContainsFunc(r.Findings, func(f Finding) bool {
		phrase := r.Model.words[f.ID].levels[f.key()]
		if !phrase.cites(ref) {
			return false
		}
		s, err := phrase.say(told)
		return err == nil && s.Text != f.Sentence.Text
	})
}

// Problems tells what the answers show to be wrong, each with its place: two sources that name different countries.
func (r *Report) Problems() []vault.Problem {
	if r.Model.country(r.Engagement).reason != "contradictory" {
		return nil
	}
	var out []vault.Problem
	for _, s := range r.Engagement.Client.Answer(clientCountry.Question).Sources {
		out = append(out, vault.Problem{Path: s.Note, Line: s.Line, Column: 1, Severity: vault.Warning, Code: "answers_differ",
			Message: "the client's country is not the one answered to " + r.Model.Country.String(), Hint: "correct the one that is wrong: until then no country is taken"})
	}
	return out
}

// asks gives the question by which a client is asked: for his country the one that the model names.
func (m *Model) asks(ref questionnaire.Ref) questionnaire.Ref {
	if ref == clientCountry && m.Country != (questionnaire.Ref{}) {
		return m.Country
	}
	return ref
}

// scores reports whether a questionnaire is that of a domain: the others ask nothing on their own.
func (r *Report) scores(form string) bool {
	return slices.ContainsFunc(r.Model.Domains, func(d Domain) bool { return d.Questionnaire == form })
}

// touches reports whether a contradiction unsettles a control of an assessed domain.
func (r *Report) touches(c *Contradiction) bool {
	return slices.ContainsFunc(c.Controls, func(id string) bool { return r.Assessed(r.Model.Control(id).Domain) })
}

func (r *Report) ranked(reasons map[questionnaire.Ref]string) []Question {
	var out []Question
	for ref, reason := range reasons {
		out = append(out, Question{ref, reason, r.swing(ref)})
	}
	slices.SortFunc(out, func(a, b Question) int {
		if order := cmp.Compare(b.Swing, a.Swing); order != 0 {
			return order
		}
		return cmp.Compare(a.Ref.String(), b.Ref.String())
	})
	return out
}

// SwingTerm is a domain's share in what hangs on a question.
type SwingTerm struct {
	Domain   *Domain
	Open     int // w, the weight of its unsettled controls that read the question
	Total    int // Σ w over its applicable controls
	Controls []string
}

// SwingTerms gives what the swing of a question is made of, and ΣW, the weight of the assessed domains: the swing is
// the sum of 100·W_d·w / (ΣW · Σ_d w) over the terms, as the method defines it.
func (r *Report) SwingTerms(ref questionnaire.Ref) (terms []SwingTerm, weights int) {
	for i := range r.Domains {
		d := &r.Domains[i]
		if !d.Assessed || !d.applicable {
			continue
		}
		weights += d.Domain.Weight
		term := SwingTerm{Domain: d.Domain}
		for i := range r.Readings {
			reading := &r.Readings[i]
			if !reading.Applicable() || reading.Control.Domain != d.Domain.ID {
				continue
			}
			term.Total += reading.Control.Weight
			if reading.Unsettled() && slices.ContainsFunc(reading.Read, func(read questionnaire.Ref) bool { return r.Model.asks(read) == ref }) {
				term.Open += reading.Control.Weight
				term.Controls = append(term.Controls, reading.Control.ID)
			}
		}
		if term.Open > 0 {
			terms = append(terms, term)
		}
	}
	return terms, weights
}

// swing is how much of the global score hangs on a question. The sum is taken over a common denominator, so that only
// the total is rounded.
func (r *Report) swing(ref questionnaire.Ref) int {
	terms, weights := r.SwingTerms(ref)
	numerator, denominator := 0, 1
	for _, t := range terms {
		numerator = numerator*t.Total + 100*t.Domain.Weight*t.Open*denominator
		denominator *= t.Total
	}
	if weights == 0 {
		return 0
	}
	return RoundHalfUp(numerator, denominator*weights)
}
