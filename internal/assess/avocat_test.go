package assess_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
)

// The sheet says: a USB stick beside the locked cabinet (level 1), copies outside (4), five days to restore (2), acts
// by the platform and by encrypted mail (2), no video questionnaire.
func TestLawOfficeFindings(t *testing.T) {
	type finding struct {
		ID                   string
		Kind                 assess.Kind
		Level, Severity      int
		Band                 assess.Band
		Gravity, Likelihood  int
		Label, Text, Escaped string
	}
	var got []finding
	for _, f := range roche(t, lawOffice(t)).Findings {
		got = append(got, finding{f.ID, f.Kind, f.Reading.Level, f.Severity, f.Band(), f.Gravity, f.Likelihood, f.Label, f.Sentence.Text, f.Sentence.Markdown})
	}
	want := []finding{
		{"doss_acces", assess.Gap, 1, 12, assess.Critical, 4, 3, "Rangement des pièces",
			"Des pièces circulent sur une clé USB, qui se perd.", "Des pièces circulent sur une clé USB, qui se perd."},
		{"doss_echanges", assess.Watch, 2, 6, assess.Moderate, 3, 2, "Envoi des actes",
			"Des actes partent par la plateforme du barreau et un mail chiffré.", "Des actes partent par la plateforme du barreau et un mail chiffré."},
		{"doss_restauration", assess.Watch, 2, 4, assess.Moderate, 2, 2, "Délai de restauration",
			"La restauration prend 5 jours, sous la garde de Anne d’Aubert.", "La restauration prend 5 jours, sous la garde de Anne d’Aubert."},
		{"doss_sauvegarde", assess.Strength, 4, 0, assess.NoBand, 3, 0, "Copies de sauvegarde",
			"Une copie est à l’extérieur du cabinet.", "Une copie est à l’extérieur du cabinet."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// 3·1 + 2·4 + 2·2 + 2·2 = 19 of 36: 53. One critical finding caps at 40.
func TestLawOfficeScore(t *testing.T) {
	r := roche(t, lawOffice(t))
	want := assess.Score{Proven: 53, Possible: 53, Cap: 40, CapBest: 40, Final: 40, Best: 40, Coverage: 100,
		Confidence: assess.High, CappedBy: []string{"doss_acces"}}
	if diff := cmp.Diff(want, r.Domains[0].Score); diff != "" {
		t.Errorf("the domain's score (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, r.Score); diff != "" {
		t.Errorf("the client's score (-want +got):\n%s", diff)
	}
	if got := r.Domains[0].Priority; got != assess.PriorityHigh {
		t.Errorf("priority %s, want %s", got, assess.PriorityHigh)
	}
}

// The edges weigh each finding anew: 3·4 and 2·3 on secrecy, 2·2 and 2·1 on loss.
func TestLawOfficeRisks(t *testing.T) {
	type risk struct {
		ID         string
		Severity   int
		Findings   []string
		References []string
		Title      string
	}
	var got []risk
	for _, r := range roche(t, lawOffice(t)).Risks {
		one := risk{ID: r.Risk.ID, Severity: r.Severity, References: r.References(), Title: r.Title.Text}
		for _, f := range r.Findings {
			one.Findings = append(one.Findings, f.ID)
		}
		got = append(got, one)
	}
	want := []risk{
		{"doss_secret", 12, []string{"doss_acces", "doss_echanges"}, []string{"llca_13", "rin_2"}, "Secret professionnel"},
		{"doss_perte", 4, []string{"doss_echanges", "doss_restauration"}, []string{"llca_13"}, "Perte de pièces"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("risks (-want +got):\n%s", diff)
	}
}

func TestLawOfficeRest(t *testing.T) {
	r := roche(t, lawOffice(t))
	if r.Country != "CH" {
		t.Errorf("country %q, want CH, as the client's note says", r.Country)
	}
	if len(r.Opportunities) != 1 || r.Opportunities[0].Sentence.Text != "Chez un hébergeur, un coffre numérique est vite ouvert." {
		t.Errorf("opportunities %v", r.Opportunities)
	}
	if len(r.Contradictions) != 0 {
		t.Errorf("contradictions %v, want none", r.Contradictions)
	}
	var asked []string
	for _, q := range r.Questions {
		asked = append(asked, q.Ref.String()+" "+q.Reason)
	}
	if diff := cmp.Diff([]string{"dossiers.controle unanswered"}, asked); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	if title := r.Model.ThemeTitle("th_pieces"); title != "Pièces et copies" {
		t.Errorf("theme %q", title)
	}
	if got, err := r.Conclusion("th_pieces", assess.MoodGap); err != nil || got.Text != "À fermer" {
		t.Errorf("conclusion %q, %v", got.Text, err)
	}
}

// What is raised becomes known at the target, and never falls: 3·4 + 2·4 + 2·2 + 2·2 = 28 of 36 is 78, and nothing
// caps it any more.
func TestLawOfficeProjected(t *testing.T) {
	r := roche(t, lawOffice(t))
	tests := []struct {
		name          string
		raised        map[string]int
		proven, final int
	}{
		{"nothing", nil, 53, 40},
		{"the worst", map[string]int{"doss_acces": 4}, 78, 78},
		{"less than it has", map[string]int{"doss_sauvegarde": 2}, 53, 40},
		{"what does not apply", map[string]int{"doss_visio": 4}, 53, 40},
		{"everything", map[string]int{"doss_acces": 4, "doss_echanges": 4, "doss_restauration": 4}, 100, 100},
	}
	for _, test := range tests {
		if _, score := r.Project(test.raised); score.Proven != test.proven || score.Final != test.final {
			t.Errorf("%s: proven %d, final %d; want %d, %d", test.name, score.Proven, score.Final, test.proven, test.final)
		}
	}
}
