package assess

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unknownLevel and noLevel stand for "?" and "sans objet" where tests write levels.
const (
	unknownLevel = -1
	noLevel      = -2
)

// control is one control of a synthetic domain: its weight, gravity and level.
type control struct{ weight, gravity, level int }

// domainOf makes the readings of a domain, its controls named after it and their place.
func domainOf(id string, controls []control) []Reading {
	var out []Reading
	for i, c := range controls {
		r := Reading{State: Known, Level: c.level, Control: &Control{ID: fmt.Sprintf("%s_%d", id, i+1), Domain: id,
			Weight: c.weight, Edges: []Edge{{"r", c.gravity}}}}
		switch c.level {
		case unknownLevel:
			r.State, r.Level = Unknown, 0
		case noLevel:
			r.State, r.Level = NotApplicable, 0
		}
		out = append(out, r)
	}
	return out
}

// The worked example of the method. The gravities of accès are its own; those of the others are 1, so that none of
// their findings weighs 8 and nothing caps them.
func workedExample() map[string][]control {
	return map[string][]control{
		"acces":       {{3, 4, 0}, {3, 3, 0}, {3, 4, unknownLevel}, {2, 2, 2}, {2, 2, 4}},
		"mail":        {{3, 1, 1}, {2, 1, 2}, {2, 1, unknownLevel}},
		"archivage":   {{3, 1, 3}, {3, 1, 0}, {2, 1, 2}, {2, 1, 1}},
		"facturation": {{2, 1, 4}, {2, 1, 3}, {2, 1, noLevel}},
	}
}

func TestWorkedExample(t *testing.T) {
	tests := []struct {
		domain string
		want   Score
	}{
		// 2·2 + 2·4 = 12 of 52; with the unknown 24 of 52; 10 of 13 known. Findings 16, 12, hypothesis 16, 4, none.
		{"acces", Score{Proven: 23, Possible: 46, Cap: 30, CapBest: 35, Final: 23, Best: 35, Coverage: 77, Confidence: Middle,
			CappedBy: []string{"acces_1", "acces_3", "acces_2"}}},
		// 3·1 + 2·2 = 7 of 28; 15 of 28; 5 of 7.
		{"mail", Score{Proven: 25, Possible: 54, Cap: 100, CapBest: 100, Final: 25, Best: 54, Coverage: 71, Confidence: Middle}},
		// 9 + 0 + 4 + 2 = 15 of 40 is 37.5: half up.
		{"archivage", Score{Proven: 38, Possible: 38, Cap: 100, CapBest: 100, Final: 38, Best: 38, Coverage: 100, Confidence: High}},
		// 8 + 6 = 14 of 16 is 87.5: half up; what does not apply does not count.
		{"facturation", Score{Proven: 88, Possible: 88, Cap: 100, CapBest: 100, Final: 88, Best: 88, Coverage: 100, Confidence: High}},
	}
	for _, test := range tests {
		readings := domainOf(test.domain, workedExample()[test.domain])
		if diff := cmp.Diff(test.want, domainScore(test.domain, readings, findings(readings), true)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.domain, diff)
		}
	}
}

// domainSetup is a domain of the worked example as a client has it; a domain that is not among them has no control.
type domainSetup struct {
	id       string
	weight   int
	assessed bool
	optional bool
}

func global(setups ...domainSetup) Score {
	var domains []DomainReport
	var all []Finding
	for _, s := range setups {
		readings := domainOf(s.id, workedExample()[s.id])
		found := findings(readings)
		all = append(all, found...)
		domains = append(domains, DomainReport{Domain: &Domain{ID: s.id, Weight: s.weight}, Assessed: s.assessed,
			Score: domainScore(s.id, readings, found, s.assessed), applicable: len(found) > 0, optional: s.optional})
	}
	slices.SortFunc(all, func(a, b Finding) int { return a.Compare(&b) })
	return globalScore(domains, all)
}

func TestGlobalScore(t *testing.T) {
	acces, mail := domainSetup{"acces", 40, true, false}, domainSetup{"mail", 25, true, false}
	archivage, facturation := domainSetup{"archivage", 20, true, false}, domainSetup{"facturation", 15, true, false}
	unsent := func(s domainSetup) domainSetup { s.assessed = false; return s }
	optional := func(s domainSetup) domainSetup { s.optional = true; return s }
	none := domainSetup{"sans", 50, true, false}
	cappedBy := []string{"acces_1", "acces_3", "acces_2"}
	tests := []struct {
		name string
		got  Score
		want Score
	}{
		// Proven (920+625+760+1320)/100 = 36.25, possible (1840+1350+760+1320)/100 = 52.7, final 36.25 under the cap 30,
		// best (1400+1350+760+1320)/100 = 48.3 under 35, coverage (3080+1775+2000+1500)/100 = 83.55.
		{"all four", global(acces, mail, archivage, facturation),
			Score{Proven: 36, Possible: 53, Cap: 30, CapBest: 35, Final: 30, Best: 35, Coverage: 84, Confidence: Middle, CappedBy: cappedBy}},
		// Without accès: proven (625+760+1320)/60 = 45.08, possible (1350+760+1320)/60 = 57.17; what is known of accès
		// still caps, its hypothesis does not: 45 − 10. Coverage (0+1775+2000+1500)/100 = 52.75.
		{"accès not sent", global(unsent(acces), mail, archivage, facturation),
			Score{Proven: 45, Possible: 57, Cap: 35, CapBest: 35, Final: 35, Best: 35, Coverage: 53, Confidence: Low, CappedBy: []string{"acces_1", "acces_2"}}},
		// An optional domain that was not sent is not missed: coverage (1775+2000+1500)/60 = 87.92.
		{"accès optional and not sent", global(optional(unsent(acces)), mail, archivage, facturation),
			Score{Proven: 45, Possible: 57, Cap: 35, CapBest: 35, Final: 35, Best: 35, Coverage: 88, Confidence: Middle, CappedBy: []string{"acces_1", "acces_2"}}},
		// mail and facturation alone: (625+1320)/40 = 48.63, (1350+1320)/40 = 66.75, coverage 3275/100 = 32.75.
		{"two of four", global(unsent(acces), mail, unsent(archivage), facturation),
			Score{Proven: 49, Possible: 67, Cap: 35, CapBest: 35, Final: 35, Best: 35, Coverage: 33, Confidence: NotAssessed, CappedBy: []string{"acces_1", "acces_2"}}},
		{"a domain that is sans objet is left out", global(facturation, none),
			Score{Proven: 88, Possible: 88, Cap: 100, CapBest: 100, Final: 88, Best: 88, Coverage: 100, Confidence: High}},
		{"nothing sent", global(unsent(acces), unsent(mail)), Score{Confidence: NotAssessed}},
		{"nothing applies", global(none), Score{Confidence: NothingToAssess}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// severities makes open findings of those severities, each in 1 to 16.
func severities(list ...int) []Finding {
	var out []Finding
	for i, k := range list {
		out = append(out, Finding{ID: fmt.Sprint(i + 1), Kind: Gap, Severity: k})
	}
	return out
}

func TestCaps(t *testing.T) {
	tests := []struct {
		severities []int
		want       int
	}{
		{nil, 100},
		{[]int{6, 4, 3}, 100},
		{[]int{8}, 65},
		{[]int{9, 8}, 60},
		{[]int{9, 9, 9, 8, 8}, 45},
		{[]int{9, 9, 9, 8, 8, 8}, 45},
		{[]int{12}, 40},
		{[]int{16, 9, 9}, 40},
		{[]int{16, 12}, 35},
		{[]int{16, 16, 16, 16, 16, 12, 12}, 10},
		{[]int{16, 16, 16, 16, 16, 12, 12, 12}, 10},
	}
	for _, test := range tests {
		if got, _ := caps(severities(test.severities...), func(*Finding) bool { return true }); got != test.want {
			t.Errorf("cap of %v is %d, want %d", test.severities, got, test.want)
		}
	}
}

func TestSeverity(t *testing.T) {
	tests := []struct {
		gravity, level int
		severity       int
		band           Band
	}{
		{4, 0, 16, Critical}, {4, 1, 12, Critical}, {4, 2, 8, Severe}, {4, 3, 0, NoBand}, {4, 4, 0, NoBand},
		{3, 0, 12, Critical}, {3, 1, 9, Severe}, {3, 2, 6, Moderate},
		{2, 0, 8, Severe}, {2, 1, 6, Moderate}, {2, 2, 4, Moderate},
		{1, 0, 4, Moderate}, {1, 1, 3, Faint}, {1, 2, 2, Faint}, {1, 3, 0, NoBand},
	}
	for _, test := range tests {
		got := Severity(test.gravity, test.level)
		if got != test.severity || BandOf(got) != test.band {
			t.Errorf("gravity %d at level %d weighs %d %q, want %d %q", test.gravity, test.level, got, BandOf(got), test.severity, test.band)
		}
	}
}

func TestConfidence(t *testing.T) {
	for coverage, want := range map[int]Confidence{100: High, 90: High, 89: Middle, 70: Middle, 69: Low, 50: Low, 49: NotAssessed, 0: NotAssessed} {
		if got := confidence(coverage); got != want {
			t.Errorf("coverage %d gives %s, want %s", coverage, got, want)
		}
	}
}

func TestPriority(t *testing.T) {
	tests := []struct {
		name     string
		controls []control
		want     Priority
	}{
		{"critical", []control{{1, 4, 1}, {1, 1, 4}}, PriorityHigh},
		{"high", []control{{1, 2, 0}, {1, 1, 4}}, PriorityMedium},
		{"moderate", []control{{1, 2, 2}}, PriorityLow},
		{"nothing open", []control{{1, 4, 4}}, PriorityLow},
		{"a hypothesis sets none", []control{{1, 4, unknownLevel}, {1, 1, 4}}, PriorityLow},
		{"nothing known", []control{{1, 4, unknownLevel}}, PriorityNotAssessed},
		{"nothing applies", []control{{1, 4, noLevel}}, PriorityNone},
	}
	for _, test := range tests {
		if got := priority("d", findings(domainOf("d", test.controls))); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
