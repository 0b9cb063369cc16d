package assess

import "github.com/synth-vault/synth/internal/questionnaire"

// Move is a control whose level differs between two assessments.
type Move struct {
	Control       *Control
	Label         string
	Before, After int // levels, both known
}

// Trend compares the latest assessments with those that stood before the newest one came. Both are judged by today's
// model, so that what moved between them moved because the answers did.
type Trend struct {
	Before, Now *Report
	Date        string // YYYY-MM-DD, of the newest assessment
	Previous    string // of the newest one before it
	Better      []Move // in the model's order
	Worse       []Move
	Settled     []string // labels of controls that were not known before
	Unsettled   []string // labels of controls that are not known any more
}

// ByAnswers is what the final score moved because the answers did: both are judged by today's model.
func (t *Trend) ByAnswers() int { return t.Now.Score.Final - t.Before.Score.Final }

// ByModel is what the final score of the earlier answers moved because the model did: today's, against the one that was
// recorded then.
func (t *Trend) ByModel(recorded int) int { return t.Before.Score.Final - recorded }

// newTrend compares two reports of one client.
func newTrend(before, now *Report) *Trend {
	t := &Trend{Before: before, Now: now, Date: now.Engagement.NewestRound(), Previous: before.Engagement.NewestRound()}
	for i, reading := range now.Readings {
		old := before.Readings[i]
		label := now.Model.words[reading.Control.ID].label
		switch {
		case !reading.Applicable() || !old.Applicable():
		case reading.State == Known && old.State == Known && reading.Level > old.Level:
			t.Better = append(t.Better, Move{reading.Control, label, old.Level, reading.Level})
		case reading.State == Known && old.State == Known && reading.Level < old.Level:
			t.Worse = append(t.Worse, Move{reading.Control, label, old.Level, reading.Level})
		case reading.State == Known && old.Unsettled():
			t.Settled = append(t.Settled, label)
		case reading.Unsettled() && old.State == Known:
			t.Unsettled = append(t.Unsettled, label)
		}
	}
	return t
}

// Compare judges a client by today's model as he stood at two times.
func (m *Model) Compare(before, now *questionnaire.Engagement) (*Trend, error) {
	was, err := m.Assess(before)
	if err != nil {
		return nil, err
	}
	is, err := m.Assess(now)
	if err != nil {
		return nil, err
	}
	return newTrend(was, is), nil
}

// Trend compares a client's answers with those that stood before the newest assessment came; nil where no
// questionnaire was assessed twice.
func (r *Report) Trend() (*Trend, error) {
	again := false
	for _, rounds := range r.Engagement.Assessments {
		again = again || len(rounds) > 1
	}
	if !again {
		return nil, nil
	}
	before, err := r.Model.Assess(r.Engagement.Before(r.Engagement.NewestRound()))
	if err != nil {
		return nil, err
	}
	if before.Engagement.NewestRound() == "" {
		return nil, nil
	}
	return newTrend(before, r), nil
}
