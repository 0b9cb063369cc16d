package main

import (
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/vault"
)

// What the search did not follow to its end is said with its bound. The shipped model never gets there.
func TestPlanSaysItsBounds(t *testing.T) {
	composer, problems := compose.Load(catalog.Shipped(), "fr")
	if composer == nil {
		t.Fatal(problems)
	}
	some := choiceView{Effort: 12, Score: 61, Best: 70, Least: 9, Most: 63,
		Actions: []planAction{{Title: "Chiffrer", Owner: "direction", Effort: 1, Status: "en_cours", Horizon: "court"}}}
	none := choiceView{Score: 40, Best: 50, Most: 63}
	tests := []struct {
		name   string
		answer answerView
		want   string
	}{
		{"a target", answerView{HasTarget: true, Target: 60, Reached: true, Choice: some},
			"C’est la meilleure combinaison trouvée\u00a0; aucune ne demande moins de 9 demi-journées."},
		{"a budget", answerView{HasBudget: true, Budget: 12, Reached: true, Choice: some},
			"C’est la meilleure combinaison trouvée\u00a0: ≥ 61, optimum ≤ 63."},
		{"a budget that brings nothing", answerView{HasBudget: true, Budget: 2, Reached: true, Start: 40, Choice: none},
			"La recherche n’a pas tout parcouru\u00a0: optimum ≤ 63."},
		{"a target that may be reached", answerView{HasTarget: true, Target: 62, Possible: true, Choice: some},
			"**Aucune combinaison trouvée n’atteint 62**\u00a0; aucune ne dépasse 63."},
		{"a target beyond the budget", answerView{HasTarget: true, Target: 62, HasBudget: true, Budget: 1, Choice: none, Needed: &some},
			"**62 n’est pas à portée de 1 demi-journée**\u00a0: il en faut 12 avec la meilleure combinaison trouvée, et aucune n’en demande moins de 9."},
	}
	for _, test := range tests {
		got, err := composer.Screen("plan", planView{Asked: true, Name: vault.Received("Cabinet"), Score: planScore{true, 40, 50}, Projected: 40, Answer: &test.answer})
		if err != nil || !strings.Contains(got, test.want) {
			t.Errorf("%s: %v, not %q in:\n%s", test.name, err, test.want, got)
		}
	}
}
