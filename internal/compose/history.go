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
var historyLine = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}) · (?:(\d{1,3})–(\d{1,3})|–) · \S+$`)

// record adds to a client's history the assessments that are not in it yet, each with its date, its score and the
// model that judged it. What is recorded is never rewritten.
func record(recorded []string, r *assess.Report, trend *assess.Trend) []string {
	out := slices.Clone(recorded)
	if trend != nil {
		out = recordOne(out, trend.Previous, trend.Before)
	}
	return recordOne(out, assess.NewestRound(r.Engagement), r)
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

// recordedFinal is the final score that a history tells for a date.
func recordedFinal(lines []string, date string) (int, bool) {
	for _, l := range lines {
		m := historyLine.FindStringSubmatch(l)
		if m != nil && m[1] == date && m[2] != "" {
			n, err := strconv.Atoi(m[2])
			return n, err == nil
		}
	}
	return 0, false
}

// newTrend shows a trend: what moved because answers did, both judged by today's model, and what moved because the
// model did, today's score of the old answers against the one recorded then.
func newTrend(t *assess.Trend, recorded []string) *trendView {
	if t == nil {
		return nil
	}
	before, now := t.Before.Score, t.Now.Score
	view := &trendView{Date: t.Date, Previous: t.Previous, Shown: before.Shown() && now.Shown(),
		Before: before.Final, BeforeBest: before.Best, Now: now.Final, NowBest: now.Best, ByAnswers: t.ByAnswers(),
		Settled: escaped(t.Settled), Unsettled: escaped(t.Unsettled)}
	if then, ok := recordedFinal(recorded, t.Previous); ok && before.Shown() {
		view.ByModel = t.ByModel(then)
		view.ModelMoved = view.ByModel != 0
	}
	for _, m := range t.Better {
		view.Better = append(view.Better, escaped([]string{m.Label})...)
	}
	for _, m := range t.Worse {
		view.Worse = append(view.Worse, escaped([]string{m.Label})...)
	}
	return view
}
