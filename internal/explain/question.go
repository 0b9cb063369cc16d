package explain

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// Question is a question: its answer, what reads it, and how much of the score hangs on it.
type Question struct {
	Questionnaire Named     `json:"questionnaire"`
	Type          string    `json:"type"`
	Answer        Answer    `json:"answer"`
	Controls      []Reader  `json:"controls"`
	Conditions    []Named   `json:"conditions"` // the opportunities and contradictions that read it
	Outcomes      []Outcome `json:"outcomes"`   // what each option alone would give
	Sent          bool      `json:"sent"`       // it goes back to the client
	Reason        Word      `json:"reason"`     // why it goes back
	Swing         *Swing    `json:"swing"`      // null where it does not go back
}

// Reader is a control that reads the question.
type Reader struct {
	Named
	State string `json:"state"`
	Level *int   `json:"level"`
}

// Outcome is an option with what the controls would be if it alone were the answer.
type Outcome struct {
	Named
	Ticked   bool     `json:"ticked"`
	Controls []Reader `json:"controls"`
}

// Swing is how much of the score hangs on the question: the sum of the terms, rounded.
type Swing struct {
	Weights int    `json:"weights"` // ΣW over the assessed domains
	Terms   []Term `json:"terms"`
	Result  int    `json:"result"`
}

// Term is a domain's share: 100 · weight · open / (weights · total).
type Term struct {
	Domain   Named   `json:"domain"`
	Weight   int     `json:"weight"`
	Open     int     `json:"open"`
	Total    int     `json:"total"`
	Controls []Named `json:"controls"`
	Ratio    Ratio   `json:"ratio"`
}

func (s Source) question(e *Explanation) error {
	ref, _ := questionnaire.ParseRef(e.ID)
	form, q := s.model().Set.Questionnaire(ref.Questionnaire), s.model().Set.Question(ref)
	e.Label, e.Place = Text(q.Label), placed(s.model().QuestionPlace(ref))
	out := &Question{Questionnaire: Named{form.ID, Text(form.Title)}, Type: string(q.Type), Answer: s.answer(ref),
		Controls: []Reader{}, Conditions: []Named{}, Outcomes: []Outcome{}}
	var controls []*assess.Control
	for _, reading := range s.Report.Readings {
		if slices.Contains(reading.Control.Reads(), ref) {
			controls = append(controls, reading.Control)
			out.Controls = append(out.Controls, s.reader(reading))
		}
	}
	for _, o := range s.model().Opportunities {
		if slices.Contains(o.When.Reads(), ref) {
			out.Conditions = append(out.Conditions, s.named(o.ID))
		}
	}
	for _, c := range s.model().Contradictions {
		if slices.Contains(c.When.Reads(), ref) {
			out.Conditions = append(out.Conditions, s.named(c.ID))
		}
	}
	for _, o := range q.Options {
		if len(controls) > 0 {
			out.Outcomes = append(out.Outcomes, s.outcome(ref, o, controls))
		}
	}
	for _, sent := range s.Report.Questions {
		if sent.Ref == ref {
			e.Shown, out.Sent, out.Reason, out.Swing = true, true, Word(sent.Reason), s.swing(sent)
		}
	}
	e.Question = out
	return nil
}

func (s Source) reader(reading assess.Reading) Reader {
	out := Reader{Named: s.named(reading.Control.ID), State: string(reading.State)}
	if reading.State == assess.Known {
		out.Level = &reading.Level
	}
	return out
}

// outcome reads the controls as if an option were the whole answer.
func (s Source) outcome(ref questionnaire.Ref, o questionnaire.Option, controls []*assess.Control) Outcome {
	a := questionnaire.Answer{Ref: ref, State: questionnaire.Known, Options: []string{o.ID}}
	if o.ID == questionnaire.DontKnow {
		a = questionnaire.Answer{Ref: ref, Asked: true}
	}
	out := Outcome{Named: Named{o.ID, Text(o.Label)}, Ticked: slices.Contains(s.Report.Answer(ref).Options, o.ID)}
	out.Controls = each(controls, func(c *assess.Control) Reader { return s.reader(s.Report.ReadWith(c, a)) })
	return out
}

func (s Source) swing(q assess.Question) *Swing {
	terms, weights := s.Report.SwingTerms(q.Ref)
	out := &Swing{Weights: weights, Terms: []Term{}, Result: q.Swing}
	for _, t := range terms {
		out.Terms = append(out.Terms, Term{Domain: s.domainNamed(t.Domain.ID), Weight: t.Domain.Weight, Open: t.Open, Total: t.Total,
			Controls: s.namedAll(t.Controls), Ratio: newRatio(100*t.Domain.Weight*t.Open, weights*t.Total)})
	}
	return out
}
