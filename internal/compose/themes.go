package compose

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/vault"
)

// themes groups findings by theme, in the order in which the model's controls first name them. Those of the
// questionnaire's own domain come first; of the others a note holds only what its questionnaire is asked for, too
// little to conclude from.
func (w *writer) themes(held []*assess.Finding, form string) ([]themeView, error) {
	var own, others []themeView
	seen := map[string]bool{}
	for i := range w.report.Model.Controls {
		control := &w.report.Model.Controls[i]
		if seen[control.Theme] {
			continue
		}
		seen[control.Theme] = true
		ours := w.report.Model.Domain(control.Domain).Questionnaire == form
		view, err := w.theme(control, held, ours)
		switch {
		case err != nil:
			return nil, err
		case len(view.Findings) == 0:
		case ours:
			own = append(own, view)
		default:
			others = append(others, view)
		}
	}
	return append(own, others...), nil
}

// theme gathers the findings of a control's theme, with the conclusion where one is wanted.
func (w *writer) theme(control *assess.Control, held []*assess.Finding, conclude bool) (themeView, error) {
	var view themeView
	mood := assess.MoodStrength
	for _, f := range held {
		if f.Control.Theme == control.Theme {
			view.Findings = append(view.Findings, w.finding(f))
			mood = worse(mood, f.Kind)
		}
	}
	if len(view.Findings) == 0 {
		return view, nil
	}
	sortForReading(view.Findings)
	view.Emoji, view.Title = w.report.Model.Domain(control.Domain).Emoji, Markdown(vault.Escape(w.report.Model.ThemeTitle(control.Theme)))
	if t := w.report.Model.Theme(control.Theme); t != nil {
		view.Emoji = t.Emoji
	}
	if !conclude {
		return view, nil
	}
	conclusion, err := w.report.Conclusion(control.Theme, mood)
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
