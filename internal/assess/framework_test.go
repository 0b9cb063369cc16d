package assess_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
)

// A line is as good as the worst of the controls behind it, and a line without any is never met.
func TestFrameworkLines(t *testing.T) {
	m := shipped(t)
	r := judge(t, m, engage(t, m, numbered, sheets(t, m, `acces_it.verrouillage=jamais & acces_it.revue_acces=moins_6_mois & acces_it.sauvegardes=aucune`)...))
	states := map[string]string{}
	for _, line := range r.Framework("cnil_2024") {
		var behind []string
		for _, b := range line.Controls {
			behind = append(behind, b.Control.ID)
			if known := b.Finding != nil && !b.Finding.Hypothesis; known && line.State == assess.LineNotAssessed && b.Finding.Open() {
				t.Errorf("%s is not assessed, and %s is open", line.Line.ID, b.Control.ID)
			}
		}
		states[line.Line.ID] = string(line.State) + " " + strings.Join(behind, " ")
	}
	for id, want := range map[string]string{
		"6.1":  "open sec_verrouillage",              // nothing locks
		"6":    "open sec_verrouillage sec_postes",   // one open control, one that nobody knows
		"6.2":  "not_assessed sec_postes",            // nobody answered
		"5.3":  "met sec_revue",                      // reviewed within six months
		"5":    "not_assessed sec_departs sec_revue", // one met, one that nobody knows
		"17.3": "not_applicable sec_restauration",    // no backup, nothing to restore
		"17":   "open sec_sauvegardes sec_restauration sec_copies",
		"1":    "not_covered ",
	} {
		if states[id] != want {
			t.Errorf("line %s: %q, want %q", id, states[id], want)
		}
	}
	if lines := r.Framework("iso"); lines != nil {
		t.Errorf("a framework that is none has lines: %v", lines)
	}
}

func TestFrameworkAppliesTo(t *testing.T) {
	for _, test := range []struct {
		jurisdiction string
		countries    string // those that it concerns
	}{{"CH", "CH CH_FR"}, {"FR", "FR CH_FR"}, {"INT", "CH FR CH_FR  unknown"}} {
		for _, country := range []string{"CH", "FR", "CH_FR", ""} {
			want := slices.Contains(strings.Split(test.countries, " "), country)
			if got := (&assess.Framework{Jurisdiction: test.jurisdiction}).AppliesTo(country); got != want {
				t.Errorf("%s applies to %q: %v", test.jurisdiction, country, got)
			}
		}
	}
}

// What the notes cite of a framework is in the crosswalk too, so that the two cannot drift apart.
func TestCrosswalkHoldsWhatTheNotesCite(t *testing.T) {
	prefixes := map[string]string{"fmh": "fmh_", "cnil_2024": "cnil_", "anssi": "anssi_", "pgssi_s": "pgssis_", "cis_v8": "cis_", "iso_27001_2022": "iso27001_", "tic": "tic_"}
	points := regexp.MustCompile("[.-]")
	m := shipped(t)
	if len(m.Frameworks) != len(prefixes)+1 {
		t.Fatalf("%d frameworks", len(m.Frameworks))
	}
	without := []string{}
	for _, c := range m.Controls {
		cited := map[string]bool{"nist_63b_4": len(c.Frameworks) > 0}
		for _, one := range c.Frameworks {
			for _, line := range one.Lines {
				cited[prefixes[one.Framework]+strings.ToLower(points.ReplaceAllString(line, "_"))] = true
			}
		}
		for _, ref := range c.References {
			framework := slices.ContainsFunc(m.Frameworks, func(f assess.Framework) bool {
				return prefixes[f.ID] != "" && strings.HasPrefix(ref, prefixes[f.ID])
			})
			if framework && !cited[ref] {
				t.Errorf("%s cites %s, which its frameworks lack", c.ID, ref)
			}
		}
		if len(c.Frameworks) == 0 {
			without = append(without, c.ID)
		}
	}
	// A format of invoices and a habit with small sums: no framework has a line on them.
	if diff := cmp.Diff([]string{"fact_xml", "fact_abandons"}, without); diff != "" {
		t.Errorf("controls without a framework (-want +got):\n%s", diff)
	}
}
