package assess

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
)

// practice answers from where it is and for how long it keeps its patients' files and its vouchers.
func practice(country, canton, files, vouchers string) *replies {
	r := receive("organisation_fichiers")
	for ref, option := range map[string]string{"client.country": country, "client.canton": canton,
		"organisation_fichiers.duree_dossiers": files, "organisation_fichiers.duree_compta": vouchers} {
		if option != "" {
			r.tick(ref, option)
		}
	}
	return r
}

// standing gives a control's level, or its state where it has none.
func standing(j judged, id string) string {
	r := j.reading(id)
	if r.State == Known {
		return levelKey(r.Level)
	}
	return string(r.State)
}

// The advised duration, the canton's minimum, the vouchers.
var lasting = []string{"arch_duree_dossiers", "arch_duree_canton", "arch_duree_compta"}

func testLasting(t *testing.T, m *Model, tests []lastingCase) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			j := judge(m, test.answers)
			var got []string
			for _, id := range lasting {
				got = append(got, standing(j, id))
			}
			if want := strings.Fields(test.want); cmp.Diff(want, got) != "" {
				t.Errorf("%v: %v, want %v", lasting, got, want)
			}
		})
	}
}

type lastingCase struct {
	name    string
	answers *replies
	want    string
}

// Durations are judged by the country and the canton: without a period that has been read there is no verdict.
func TestDurationsFollowThePlace(t *testing.T) {
	testLasting(t, shipped(t), []lastingCase{
		{"Vaud, twenty years", practice("CH", "VD", "20_ans", "10_ans"), "4 4 4"},
		{"Vaud by its name, ten years", practice("CH", "Vaud", "10_ans", "sans_fin"), "2 4 3"},
		{"Vaud, too short", practice("CH", "VD", "moins_10", "moins_10"), "0 0 0"},
		{"Vaud, without end", practice("CH", "VD", "sans_fin", "10_ans"), "2 4 4"},
		{"Vaud and France", practice("CH_FR", "VD", "moins_10", "moins_10"), "0 0 0"},
		{"a canton that has not been read", practice("CH", "NE", "20_ans", "10_ans"), "4 unknown 4"},
		{"a canton that nobody knows", practice("CH", "", "20_ans", "10_ans"), "4 unknown 4"},
		{"France: no minimum, no rule on vouchers", practice("FR", "", "10_ans", "moins_10"), "2 not_applicable not_applicable"},
		{"a country that nobody knows", practice("", "", "20_ans", "10_ans"), "unknown unknown unknown"},
		{"a duration that nobody knows", practice("CH", "VD", "", ""), "unknown not_applicable unknown"},
	})
}

const ownPeriods = `periods:
  - {id: dossier_patient, country: CH, by_canton: true, advised_years: 30, from: last_consultation, status: recommandation, source: "essai", checked_on: 2024-01-31}
  - {id: dossier_patient, country: CH, canton: NE, min_years: 15, from: last_consultation, status: obligation, source: "essai", checked_on: 2026-11-22}
  - {id: pieces_comptables, country: CH, min_years: 5, from: end_of_year, status: obligation, source: "essai", checked_on: 2026-11-22}
`

// A consultant's own periods change the verdicts and the words, and no rule. An answer that a period cuts in two, as
// ten years and more by fifteen, settles nothing.
func TestPeriodsAreData(t *testing.T) {
	m := load(t, catalog.Over(fstest.MapFS{PeriodsFile: {Data: []byte(ownPeriods)}}))
	testLasting(t, m, []lastingCase{
		{"enough for the canton", practice("CH", "NE", "20_ans", "10_ans"), "unknown 4 4"},
		{"cut in two", practice("CH", "NE", "10_ans", "moins_10"), "2 unknown unknown"},
		{"too short", practice("CH", "NE", "moins_10", "10_ans"), "0 0 4"},
		{"no longer read", practice("CH", "VD", "10_ans", "10_ans"), "2 unknown 4"},
		{"advised nowhere", practice("FR", "", "20_ans", "10_ans"), "unknown not_applicable not_applicable"},
	})
	said, err := m.words["arch_duree_dossiers"].levels["2"].say(m.speaker(practice("CH", "NE", "10_ans", "10_ans")))
	want := "Les dossiers de patients sont gardés 10 ans après la dernière consultation, alors que 30 ans sont conseillés. Le minimum légal relève du canton."
	if err != nil || said.Text != want {
		t.Errorf("%q, %v, want %q", said.Text, err, want)
	}
}

// A period that was last checked more than two years before the as-of day is reported, to those it concerns.
func TestPeriodsAge(t *testing.T) {
	m := load(t, catalog.Over(fstest.MapFS{PeriodsFile: {Data: []byte(ownPeriods)}}))
	tests := []struct {
		name    string
		answers *replies
		asOf    string
		want    []string
	}{
		{"two years to the day", practice("CH", "NE", "", ""), "2026-01-31", nil},
		{"a day more", practice("CH", "NE", "", ""), "2026-02-01", []string{"retention.yaml:2:5 period_aged"}},
		{"all of them", practice("CH", "NE", "", ""), "2028-11-23", []string{"retention.yaml:2:5 period_aged", "retention.yaml:3:5 period_aged", "retention.yaml:4:5 period_aged"}},
		{"another canton", practice("CH", "VD", "", ""), "2028-11-23", []string{"retention.yaml:2:5 period_aged", "retention.yaml:4:5 period_aged"}},
		{"another country", practice("FR", "", "", ""), "2028-11-23", nil},
	}
	for _, test := range tests {
		r := &Report{Model: m, answers: test.answers}
		if diff := cmp.Diff(test.want, places(r.Aged(test.asOf))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestLintPeriods(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"a country that is none", "country: CH, canton", "country: DE, canton", "3:36 value_unknown"},
		{"a day that is none", "2024-01-31", "2024-02-30", "2:154 date_invalid"},
		{"no years", ", min_years: 15", "", "3:5 period_empty"},
		{"twice", "canton: NE, min_years: 15", "advised_years: 15", "3:5 period_twice"},
		{"a minimum of its own", "by_canton: true,", "by_canton: true, min_years: 10,", "2:51 period_by_canton"},
		{"an unknown key", "from: end_of_year", "form: end_of_year", "4:56 unknown_key"},
		{"an id", "id: pieces_comptables", "id: Pièces", "4:10 id_invalid"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(ownPeriods, test.old, test.new, 1)
			_, problems := Load(catalog.Over(fstest.MapFS{PeriodsFile: {Data: []byte(text)}}), "fr")
			got := strings.Join(places(problems), "\n")
			if !strings.Contains(got, PeriodsFile+":"+test.want) {
				t.Errorf("problems:\n%s\nwant %s", got, test.want)
			}
		})
	}
}

func TestLintPeriodConditions(t *testing.T) {
	const file = "model/archivage.yaml"
	tests := []struct{ name, old, new, want string }{
		{"a period that is none", "{kept_minimum: dossier_patient}", "{kept_minimum: dossier}", "period_unknown"},
		{"a choice without years", "{organisation_fichiers.duree_dossiers: {kept_minimum:", "{organisation_fichiers.motivation: {kept_minimum:", "condition_type"},
		{"a minimum of another question", "{client.canton: {minimum_applies: dossier_patient}}", "{client.country: {minimum_applies: dossier_patient}}", "condition_type"},
	}
	text, err := fs.ReadFile(catalog.Shipped(), file)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			edited := strings.Replace(string(text), test.old, test.new, 1)
			_, problems := Load(catalog.Over(fstest.MapFS{file: {Data: []byte(edited)}}), "fr")
			if len(problems) == 0 || problems[0].Path != file || problems[0].Code != test.want {
				t.Errorf("problems %v, want %s", problems, test.want)
			}
		})
	}
}
