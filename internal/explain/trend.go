package explain

import "github.com/synth-vault/synth/internal/assess"

// Trend is what moved since the assessment before, both judged by today's model.
type Trend struct {
	Previous  string    `json:"previous"` // the day of that assessment
	Before    Interval  `json:"before"`
	ByAnswers *int      `json:"by_answers"` // null where either has no number
	Recorded  *Recorded `json:"recorded"`   // null where the synthesis has none of that day
	ByModel   *int      `json:"by_model"`   // null where today's model judged then, too, or there is nothing to compare
	Domains   []Moving  `json:"domains"`
	Better    []Shift   `json:"better"` // in the model's order
	Worse     []Shift   `json:"worse"`
	Settled   []Text    `json:"settled"`   // controls that were not known before
	Unsettled []Text    `json:"unsettled"` // controls that are not known any more
}

// Recorded is the final score that the synthesis has kept of a day.
type Recorded struct {
	Final int    `json:"final"`
	Model string `json:"model"` // the version that gave it
}

// Shift is a control whose level moved.
type Shift struct {
	Named
	Before int `json:"before"`
	After  int `json:"after"`
}

// Moving is a domain that was assessed before or is now. The numbers are null where there are none.
type Moving struct {
	Named
	Before Interval `json:"before"`
	After  Interval `json:"after"`
}

// trend compares the client's score with the one before; nil where nothing was assessed twice.
func (s Source) trend() (*Trend, error) {
	t, err := s.Report.Trend()
	if err != nil || t == nil {
		return nil, err
	}
	out := &Trend{Previous: t.Previous, Before: interval(t.Before.Score), Domains: []Moving{}, Better: each(t.Better, shift), Worse: each(t.Worse, shift),
		Settled: each(t.Settled, asText), Unsettled: each(t.Unsettled, asText)}
	if t.Before.Score.Shown() && t.Now.Score.Shown() {
		moved := t.ByAnswers()
		out.ByAnswers = &moved
	}
	for i, before := range t.Before.Domains {
		if now := t.Now.Domains[i]; before.Assessed || now.Assessed {
			out.Domains = append(out.Domains, Moving{s.domainNamed(now.Domain.ID), interval(before.Score), interval(now.Score)})
		}
	}
	final, version, ok := s.Recorded(t.Previous)
	if !ok {
		return out, nil
	}
	out.Recorded = &Recorded{final, version}
	if t.Before.Score.Shown() && version != s.model().Version {
		moved := t.ByModel(final)
		out.ByModel = &moved
	}
	return out, nil
}

func shift(m assess.Move) Shift { return Shift{Named{m.Control.ID, Text(m.Label)}, m.Before, m.After} }

func asText(s string) Text { return Text(s) }
