package assess_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// sheet answers choices of one questionnaire; an answer without options is "ne sait pas".
func sheet(form string, answers map[string][]string) *questionnaire.Sheet {
	s := &questionnaire.Sheet{Questionnaire: form}
	for id, options := range answers {
		a := questionnaire.Answer{Ref: questionnaire.Ref{Questionnaire: form, Question: id}, State: questionnaire.Known, Options: options}
		if len(options) == 0 {
			a.State, a.Asked = questionnaire.Unknown, true
		}
		s.Answers = append(s.Answers, a)
	}
	return s
}

// asked gives the questions as "question reason swing".
func asked(r *assess.Report) []string {
	var out []string
	for _, q := range r.Questions {
		out = append(out, fmt.Sprintf("%s %s %d", q.Ref, q.Reason, q.Swing))
	}
	return out
}

// Nine of weight apply: acces decides 3 of them, sauvegarde 2 and 2 more with jours, the rest none. The partner's name is
// not asked: no sentence would say it.
func TestQuestionsBySwing(t *testing.T) {
	m := lawOffice(t)
	r := judge(t, m, engage(t, m, numbered, sheet("dossiers", map[string][]string{
		"sauvegarde": {"hors_site", "aucune"}, "jours": nil, "canaux": {"plateforme"}, "serveur": {"heberge"}})))
	want := []string{
		"dossiers.sauvegarde contradictory 44", "dossiers.acces unanswered 33", "dossiers.jours unknown 22",
		"dossiers.attentes unanswered 0", "dossiers.controle unanswered 0",
		"visio.barreau unanswered 0",
	}
	if diff := cmp.Diff(want, asked(r)); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
}

// Each answer alone would do; together they go back, and settle what the control is worth.
func TestQuestionsOfAContradiction(t *testing.T) {
	m := lawOffice(t)
	r := judge(t, m, engage(t, m, numbered, sheet("dossiers", map[string][]string{
		"acces": {"partage"}, "serveur": {"aucun"}, "sauvegarde": {"disque"}})))
	got := map[string]bool{}
	for _, q := range asked(r) {
		got[q] = true
	}
	for _, want := range []string{"dossiers.acces contradictory 33", "dossiers.serveur contradictory 0", "dossiers.jours unanswered 22"} {
		if !got[want] {
			t.Errorf("%q is not among %v", want, asked(r))
		}
	}
	if len(r.Contradictions) != 1 || r.Contradictions[0].Question.Text != "Un dossier est partagé, mais il n’y a pas de serveur : où se trouve ce partage ?" {
		t.Errorf("contradictions %+v", r.Contradictions)
	}
}

// A domain that is not assessed asks nothing: the questionnaire that is missing is named instead.
func TestNoQuestionsOfADomainNotAssessed(t *testing.T) {
	m := lawOffice(t)
	r := judge(t, m, engage(t, m, numbered, sheet("visio", map[string][]string{"outil": {"public"}, "barreau": {"FR"}})))
	if diff := cmp.Diff([]string(nil), asked(r)); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	f := r.Finding("doss_visio")
	if f == nil || !f.Open() || r.Score.Shown() || r.Assessed("dossiers") {
		t.Errorf("what is known is not shown (%+v), or scored (%+v)", f, r.Score)
	}
}

// Nor does a contradiction among what another questionnaire says of it.
func TestNoQuestionsOfAContradictionInADomainNotAssessed(t *testing.T) {
	m := edited(t, "model/dossiers.yaml", "{all: [{dossiers.serveur: {any_of: [aucun]}}, {dossiers.acces: {any_of: [partage]}}]}",
		"{visio.outil: {any_of: [public]}}")
	r := judge(t, m, engage(t, m, numbered, sheet("visio", map[string][]string{"outil": {"public"}, "barreau": {"FR"}})))
	if len(r.Contradictions) != 0 || len(r.Questions) != 0 {
		t.Errorf("contradictions %v, questions %v; want neither", r.Contradictions, asked(r))
	}
}

func TestCountry(t *testing.T) {
	m := lawOffice(t)
	tests := []struct{ note, answer, country, question string }{
		{"", "", "", "visio.barreau unanswered 0"},
		{"CH", "", "CH", ""},
		{"", "FR", "FR", ""},
		{"CH_FR", "CH_FR", "CH_FR", ""},
		{"CH", "FR", "", "visio.barreau contradictory 0"},
	}
	for _, test := range tests {
		answers := map[string][]string{"outil": {"heberge"}}
		if test.answer != "" {
			answers["barreau"] = []string{test.answer}
		}
		e := engage(t, m, numbered, sheet("visio", answers))
		e.Client.Country = test.note
		r := judge(t, m, e)
		question := ""
		for _, q := range asked(r) {
			question = q
		}
		if r.Country != test.country || question != test.question {
			t.Errorf("note %q, answer %q: country %q, question %q; want %q, %q", test.note, test.answer, r.Country, question, test.country, test.question)
		}
	}
}

func TestReferencesApplyWhereTheirLawDoes(t *testing.T) {
	tests := []struct {
		jurisdiction string
		countries    map[string]bool
	}{
		{"CH", map[string]bool{"CH": true, "FR": false, "CH_FR": true, "": false}},
		{"FR", map[string]bool{"CH": false, "FR": true, "CH_FR": true, "": false}},
		{"INT", map[string]bool{"CH": true, "FR": true, "CH_FR": true, "": false}},
	}
	for _, test := range tests {
		for country, want := range test.countries {
			if got := (assess.Reference{Jurisdiction: test.jurisdiction}).AppliesTo(country); got != want {
				t.Errorf("%s in %q: %t, want %t", test.jurisdiction, country, got, want)
			}
		}
	}
}
