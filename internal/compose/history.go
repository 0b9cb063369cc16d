package compose

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
)

// historyLine is "date · final–best · model version"; a dash alone where there was no number.
var historyLine = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}) · (?:(\d{1,3})–(\d{1,3})|–) · (\S+)$`)

// record adds to a client's history the assessments that are not in it yet, each with its date, its score and the
// model that judged it. What is recorded is never rewritten.
func record(recorded []string, r *assess.Report, trend *assess.Trend) []string {
	out := slices.Clone(recorded)
	if trend != nil {
		out = recordOne(out, trend.Previous, trend.Before)
	}
	return recordOne(out, r.Engagement.NewestRound(), r)
}

func recordOne(lines []string, date string, r *assess.Report) []string {
	if date == "" || slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, date+" ") }) {
		return lines
	}
	score := "–"
	if r.Score.Shown() {
		score = fmt.Sprintf("%d–%d", r.Score.Final, r.Score.Best)
	}
	return append(lines, date+" · "+score+" · "+r.Model.Version)
}

// Recorded is the final score that a client's synthesis has kept of a day, and the version of the model that gave it.
func (p *Places) Recorded(client, day string) (final int, version string, ok bool) {
	return recordedFinal(p.history(client), day)
}

// recordedFinal is the final score that a history tells for a date, and the version of the model that gave it.
func recordedFinal(lines []string, date string) (final int, version string, ok bool) {
	for _, l := range lines {
		m := historyLine.FindStringSubmatch(l)
		if m != nil && m[1] == date && m[2] != "" {
			final, err := strconv.Atoi(m[2])
			return final, m[4], err == nil
		}
	}
	return 0, "", false
}

// Recorded is what a synthesis recorded of an assessment while it was the latest.
type Recorded struct {
	Final   int
	Version string // of the model that judged it
}

// modelShare is what the model's change moved since the earlier assessment was recorded; false where no score was.
func modelShare(t *assess.Trend, recorded []string) (share int, then Recorded, ok bool) {
	then.Final, then.Version, ok = recordedFinal(recorded, t.Previous)
	if !ok || !t.Before.Score.Shown() {
		return 0, Recorded{}, false
	}
	if then.Version != t.Now.Model.Version { // else nothing moved because of it: answers that came late to the round did
		share = t.ByModel(then.Final)
	}
	return share, then, true
}

// ModelShare is what the model's change moved since the earlier assessment of a trend was recorded in the client's
// synthesis; false where it was not.
func (p *Places) ModelShare(t *assess.Trend) (share int, then Recorded, ok bool) {
	return modelShare(t, p.history(t.Now.Engagement.Client.Code))
}

// newTrend shows a trend: what moved because answers did, both judged by today's model, and what moved because the
// model did, today's score of the old answers against the one recorded then.
func newTrend(t *assess.Trend, recorded []string) *trendView {
	if t == nil {
		return nil
	}
	before, now := t.Before.Score, t.Now.Score
	view := &trendView{Previous: t.Previous, Shown: before.Shown() && now.Shown(),
		Before: before.Final, BeforeBest: before.Best, Now: now.Final, NowBest: now.Best, ByAnswers: t.ByAnswers(),
		Settled: escaped(t.Settled), Unsettled: escaped(t.Unsettled)}
	if share, _, ok := modelShare(t, recorded); ok {
		view.ByModel, view.ModelMoved = share, share != 0
	}
	for _, m := range t.Better {
		view.Better = append(view.Better, escaped([]string{m.Label})...)
	}
	for _, m := range t.Worse {
		view.Worse = append(view.Worse, escaped([]string{m.Label})...)
	}
	return view
}
