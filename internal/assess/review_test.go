package assess

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
)

func TestNothingIsToBeSaidOfTheModels(t *testing.T) {
	for name, files := range map[string]func() (*Model, []string){
		"shipped":    func() (*Model, []string) { m, p := Review(catalog.Shipped(), "fr"); return m, places(p) },
		"law office": func() (*Model, []string) { m, p := Review(lawOffice(), "fr"); return m, places(p) },
	} {
		if m, problems := files(); m == nil || len(problems) > 0 {
			t.Errorf("%s: %s", name, strings.Join(problems, "\n"))
		}
	}
}

// Each case is the law office with one edit that loads, and what Review says of it.
func TestReview(t *testing.T) {
	tests := []struct {
		name, file, old, new string
		places               []string
		says                 string
	}{
		{"a reference that nothing names", modelOf, "references: [llca_13, rin_2]", "references: [llca_13]",
			[]string{references + ":3:10 reference_unused"}, `"rin_2"`},
		{"a reference named twice", modelOf, "references: [llca_13, rin_2]", "references: [llca_13, rin_2, llca_13]",
			[]string{modelOf + ":12:9 listed_twice"}, `"llca_13"`},
		{"an action that is required twice", modelOf, "requires: [act_doss_acces, act_doss_sauvegarde]", "requires: [act_doss_acces, act_doss_acces]",
			[]string{modelOf + ":58:10 listed_twice"}, `"act_doss_acces"`},
		{"an action that does what another has done", modelOf, "raises: {doss_echanges: 4, doss_visio: 4}", "raises: {doss_echanges: 4, doss_visio: 4, doss_acces: 3}",
			[]string{modelOf + ":58:10 raise_twice"}, "to 3"},
		{"an action that goes on from another", modelOf, "raises: {doss_acces: 4}}", "raises: {doss_acces: 3}}", nil, ""},
		{"two controls that read alike", modelOf, "levels: {question: dossiers.sauvegarde, pick: best, hors_site: 4, disque: 2, aucune: 0}",
			"rows: [{not_applicable: true, when: {dossiers.sauvegarde: {only: [aucune]}}}, {level: 4, when: {dossiers.jours: {less_than: 2}}}, {level: 2, when: {not: {dossiers.jours: {at_least: 8}}}}, {level: 0}]",
			[]string{modelOf + ":23:9 effect_twice"}, `"doss_sauvegarde"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, problems := Review(edit(t, copyOf(t, lawOffice()), test.file, test.old, test.new), "fr")
			if diff := cmp.Diff(test.places, places(problems)); diff != "" {
				t.Fatalf("problems (-want +got):\n%s%v", diff, problems)
			}
			if m == nil {
				t.Error("a model that loads is not given")
			}
			for _, p := range problems {
				if p.Severity != "warning" || !strings.Contains(p.Message, test.says) {
					t.Errorf("%s: %q lacks %q", p.Severity, p.Message, test.says)
				}
			}
		})
	}
}

// What nothing names has its words like the rest, so that the loader takes it.
func TestReviewTellsOfWhatNothingNames(t *testing.T) {
	files := copyOf(t, lawOffice())
	files = edit(t, files, modelOf, "risks:\n", "risks:\n  - {id: doss_vol, domain: dossiers}\n")
	files = edit(t, files, modelOf, "themes:\n", "themes:\n  - {id: th_locaux, emoji: 🔑}\n")
	files = edit(t, files, wordsOf, "doss_secret:", "doss_vol: {title: Vol, text: Une pièce peut disparaître.}\nth_locaux: {title: Locaux, conclusions: {gap: a, watch: b, to_verify: c, strength: d}}\ndoss_secret:")
	_, problems := Review(files, "fr")
	if diff := cmp.Diff([]string{modelOf + ":5:10 theme_unused", modelOf + ":9:10 risk_unused"}, places(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
