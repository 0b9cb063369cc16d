package compose

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// themes groups findings by theme. Those of the questionnaire's own domain come first; of the others a note holds only
// what its questionnaire is asked for, too little to conclude from.
func (w *writer) themes(held []*assess.Finding, form string) ([]themeView, error) {
	var own, others []themeView
	for _, theme := range w.order.themes {
		view, err := w.theme(theme, held, theme.form == form)
		switch {
		case err != nil:
			return nil, err
		case len(view.Findings) == 0:
		case theme.form == form:
			own = append(own, view)
		default:
			others = append(others, view)
		}
	}
	return append(own, others...), nil
}

// theme gathers the findings of a theme, with the conclusion where one is wanted.
func (w *writer) theme(theme themeOrder, held []*assess.Finding, conclude bool) (themeView, error) {
	view := themeView{Emoji: theme.emoji, Title: theme.title}
	mood := assess.MoodStrength
	for _, f := range held {
		if f.Control.Theme == theme.id {
			view.Findings = append(view.Findings, w.finding(f))
			mood = worse(mood, f.Kind)
		}
	}
	sortForReading(view.Findings)
	if len(view.Findings) == 0 || !conclude {
		return view, nil
	}
	conclusion, err := w.report.Conclusion(theme.id, mood)
	view.Conclusion = Markdown(conclusion.Markdown)
	return view, err
}

// sortForReading puts what is wrong first, then what is good, then what nobody knows.
func sortForReading(list []*findingView) {
	order := []assess.Kind{assess.Gap, assess.Watch, assess.Strength, assess.ToVerify}
	slices.SortStableFunc(list, func(a, b *findingView) int {
		return slices.Index(order, a.Kind) - slices.Index(order, b.Kind)
	})
}

// worse is the mood of a theme once a finding of that kind stands in it.
func worse(m assess.Mood, k assess.Kind) assess.Mood {
	order := assess.Moods()
	return order[min(slices.Index(order, m), slices.Index(order, assess.Mood(k)))]
}
