package assess_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// foreign are the words of the other country's law, authorities and services, by the country of the practice.
var foreign = map[string]*regexp.Regexp{
	"FR": regexp.MustCompile(`LPD|OPDo|PFPDT|FMH|HIN|XML 5|[Ss]uisse|[Vv]aud|[Cc]anton|[Ff]iduciaire`),
	"CH": regexp.MustCompile(`RGPD|CNIL|ANSSI|HDS|MSSanté|mssante|Mailiz|Apicrypt|Lifen|Parcéo|Mon espace santé|Annuaire Santé|Agence du numérique|feuilles de soins|[Ff]rance|[Ff]rançais`),
}

// abroad are the answers that name a service of the other country: what a practice says of itself may be repeated.
var abroad = map[string]map[string][]string{
	"FR": {"equipement": {"hin"}, "patients": {"hin_confidentiel"}},
	"CH": {"equipement": {"mailiz", "mssante_autre", "apicrypt", "parceo"}, "patients": {"mon_espace_sante"}},
}

// A practice in one country reads nothing of the other's law, authorities and services, whatever it answers.
func TestNotesSpeakOfTheirOwnCountry(t *testing.T) {
	m := shipped(t)
	for country, words := range foreign {
		for seed := range uint64(60) {
			sheets := atHome(m, country, seed)
			r := judge(t, m, engage(t, m, numbered, sheets...))
			if r.Country != country {
				t.Fatalf("country %q, want %q", r.Country, country)
			}
			for _, said := range spoken(t, r) {
				if found := words.FindString(said); found != "" {
					t.Errorf("%s, seed %d: %q in %q", country, seed, found, said)
				}
			}
		}
	}
}

// Where nobody knows the country, no country's law and no authority is held against the practice.
func TestNoCountryNoLaw(t *testing.T) {
	m := shipped(t)
	law := regexp.MustCompile(`LPD|OPDo|FMH|droit suisse|autorité de santé|RGPD|CNIL|ANSSI|PGSSI|Code de la santé|Agence du numérique en santé rappelle`)
	for seed := range uint64(30) {
		for _, said := range spoken(t, judge(t, m, engage(t, m, numbered, nowhere(m, assess.RandomSheets(m.Set, seed), true)...))) {
			if found := law.FindString(said); found != "" {
				t.Errorf("seed %d: %q in %q", seed, found, said)
			}
		}
	}
}

// atHome answers at random for a practice of a country that says nothing of the other one's services.
func atHome(m *assess.Model, country string, seed uint64) []*questionnaire.Sheet {
	sheets := assess.RandomSheets(m.Set, seed)
	i := slices.IndexFunc(sheets, func(s *questionnaire.Sheet) bool { return s.Questionnaire == m.Country.Questionnaire })
	if i < 0 {
		i, sheets = len(sheets), append(sheets, &questionnaire.Sheet{Questionnaire: m.Country.Questionnaire})
	}
	home := questionnaire.Answer{Ref: m.Country, State: questionnaire.Known, Options: []string{country}}
	answers := []questionnaire.Answer{home}
	for _, a := range sheets[i].Answers {
		if slices.ContainsFunc(a.Options, func(o string) bool { return slices.Contains(abroad[country][a.Ref.Question], o) }) {
			a = questionnaire.Answer{Ref: a.Ref}
		}
		if a.Ref != m.Country {
			answers = append(answers, a)
		}
	}
	sheets[i].Answers = answers
	return sheets
}

// spoken lists every sentence of a report and its roadmap, and the titles of the references that it shows.
func spoken(t *testing.T, r *assess.Report) []string {
	t.Helper()
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Sentence.Text, f.Brief.Text)
		for _, id := range f.Control.References {
			if ref := r.Model.Reference(id); ref.AppliesTo(r.Country) {
				out = append(out, ref.Title)
			}
		}
	}
	for _, risk := range r.Risks {
		out = append(out, risk.Sentence.Text, risk.Brief.Text)
	}
	for _, o := range r.Opportunities {
		out = append(out, o.Sentence.Text, o.Title.Text)
	}
	for _, c := range r.Contradictions {
		out = append(out, c.Question.Text)
	}
	roadmap, err := plan.Build(r, nil, "2026-01-31")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range roadmap.Actions {
		title, objective, steps, err := r.ActionWords(a.Action.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, title.Text, objective.Text)
		for _, s := range steps {
			out = append(out, s.Text)
		}
	}
	return out
}
