package assess

import (
	"maps"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
)

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

// Compare makes the trend of two reports of one client.
func Compare(before, now *Report) *Trend {
	t := &Trend{Before: before, Now: now, Date: NewestRound(now.Engagement), Previous: NewestRound(before.Engagement)}
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

// NewestRound is the date on which the newest assessment of a client began; empty where there is none.
func NewestRound(e *questionnaire.Engagement) string {
	newest := ""
	for _, rounds := range e.Assessments {
		newest = max(newest, rounds[len(rounds)-1].First().Date)
	}
	return newest
}

// Before gives the engagement as it stood before a day: the assessments that began earlier.
func Before(e *questionnaire.Engagement, day string) *questionnaire.Engagement {
	out := &questionnaire.Engagement{Client: e.Client, Assessments: map[string][]*questionnaire.Assessment{}}
	for _, form := range slices.Sorted(maps.Keys(e.Assessments)) {
		for _, round := range e.Assessments[form] {
			if round.First().Date < day {
				out.Assessments[form] = append(out.Assessments[form], round)
			}
		}
	}
	return out
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
	before, err := r.Model.Assess(Before(r.Engagement, NewestRound(r.Engagement)))
	if err != nil {
		return nil, err
	}
	return Compare(before, r), nil
}
