package cases_test

import (
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/cases"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
)

func load(t *testing.T, content fs.FS) (*assess.Model, []cases.Case) {
	t.Helper()
	m, problems := assess.Load(content, "fr")
	if m == nil {
		t.Fatal(problems)
	}
	all, problems := cases.Load(content, m)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m, all
}

func office() fs.FS { return catalog.Over(os.DirFS("../../examples/avocat/modele")) }

// The expected values of the shipped cases were derived from the model's tables without the program.
func TestEveryCaseIsAsItSays(t *testing.T) {
	for name, content := range map[string]fs.FS{"shipped": catalog.Shipped(), "law office": office()} {
		m, all := load(t, content)
		if len(all) == 0 {
			t.Errorf("%s has no case", name)
		}
		for i := range all {
			failures, err := all[i].Try(m)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range failures {
				t.Errorf("%s: %s:%d %s: expected %s for %s, got %s", name, all[i].File, all[i].Line, all[i].ID, f.Want, f.About, f.Got)
			}
		}
	}
}

// A case holds every level and state that a control can reach.
func TestCasesReachEveryLevelOfEveryControl(t *testing.T) {
	for _, content := range []fs.FS{catalog.Shipped(), office()} {
		m, all := load(t, content)
		got := map[string]bool{}
		for i := range all {
			for id, level := range all[i].Reaches() {
				got[id+" "+level] = true
			}
		}
		for i := range m.Controls {
			for _, level := range reachable(m, &m.Controls[i]) {
				if !got[m.Controls[i].ID+" "+level] {
					t.Errorf("no case brings %s to %s", m.Controls[i].ID, level)
				}
			}
		}
		for _, c := range m.Contradictions {
			if !got[c.Controls[0]+" contradictory"] {
				t.Errorf("no case makes %s contradictory", c.Controls[0])
			}
		}
	}
}

// reachable lists what a control's table or rows name, and what silence makes of it.
func reachable(m *assess.Model, c *assess.Control) []string {
	out := []string{string(assess.Unknown)}
	apart := false
	if c.Table != nil {
		for _, level := range c.Table.Levels {
			out = append(out, strconv.Itoa(level))
		}
		_, offered := m.Set.Question(c.Table.Question).Option(questionnaire.NotApplicableOption)
		apart = offered
	}
	for _, row := range c.Rows {
		apart = apart || row.NotApplicable
		if !row.NotApplicable {
			out = append(out, strconv.Itoa(row.Level))
		}
	}
	for _, ref := range c.Reads() {
		apart = apart || m.Set.Questionnaire(ref.Questionnaire).Optional
	}
	if apart {
		out = append(out, string(assess.NotApplicable))
	}
	return out
}

const file = "cases/dossiers.yaml"

// with gives the law office with those cases.
func with(t *testing.T, text string) fs.FS {
	t.Helper()
	files := fstest.MapFS{file: {Data: []byte(text)}}
	for _, name := range []string{"model/model.yaml", "model/dossiers.yaml", "questionnaires/dossiers.yaml", "questionnaires/visio.yaml", "fr/dossiers.yaml", "references.yaml"} {
		data, err := fs.ReadFile(office(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return catalog.Over(files)
}

func TestWhatIsNotSoIsTold(t *testing.T) {
	tests := []struct{ name, expect, want string }{
		{"a level", "controls: {doss_acces: 1}", "1 for the level of doss_acces, got 0"},
		{"a state", "controls: {doss_visio: unknown}", "unknown for the level of doss_visio, got not_applicable"},
		{"a kind", "findings: {doss_acces: {kind: watch}}", "watch for the kind of the finding doss_acces, got gap"},
		{"a severity", "findings: {doss_acces: {severity: 12}}", "12 for the severity of the finding doss_acces, got 16"},
		{"a finding that is not there", "findings: {doss_visio: {kind: gap, severity: 8}}", "gap for the kind of the finding doss_visio, got nothing; 8 for the severity of the finding doss_visio, got nothing"},
		{"a risk", "risks: {doss_perte: 1}", "1 for the severity of the risk doss_perte, got 0"},
		{"an action", "actions: [act_doss_echanges]", "yes for whether act_doss_echanges is proposed, got no"},
		{"no action", "no_actions: [act_doss_acces]", "no for whether act_doss_acces is proposed, got yes"},
		{"contradictions", "contradictions: [contra_serveur]", "contra_serveur for the contradictions, got nothing"},
		{"opportunities", "opportunities: []", "nothing for the opportunities, got doss_opp_hebergeur"},
		{"a score that is not shown", "score: {final: 0}", "0 for the client's final, got nothing"},
		{"a domain", "domains: {dossiers: {coverage: 100, priority: basse}}", "100 for the domain dossiers's coverage, got 33; basse for the domain dossiers's priority, got haute"},
		{"confidence", "score: {confidence: haute}", "haute for the client's confidence, got non_evalue"},
	}
	for _, test := range tests {
		m, all := load(t, with(t, "cases:\n  - {id: one, answers: {dossiers.acces: partage, dossiers.serveur: heberge}, "+test.expect+"}\n"))
		failures, err := all[0].Try(m)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range failures {
			got = append(got, fmt.Sprintf("%s for %s, got %s", f.Want, f.About, f.Got))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestFaultsHavePlaces(t *testing.T) {
	const fine = ", controls: {doss_acces: 0}}\n"
	tests := []struct{ text, want string }{
		{"cases: []\n", "1:1 cases_missing"},
		{"cases:\n  - {id: a" + fine + "  - {id: a" + fine, "3:10 id_twice"},
		{"cases:\n  - {id: A b" + fine, "2:10 id_invalid"},
		{"cases:\n  - {id: a}\n", "2:5 expectation_missing"},
		{"cases:\n  - {id: a, controls: {doss_acce: 0}}\n", "2:24 id_unknown"},
		{"cases:\n  - {id: a, controls: {doss_acces: 5}}\n", "2:36 value_unknown"},
		{"cases:\n  - {id: a, answers: {dossiers.acce: partage}" + fine, "2:23 question_unknown"},
		{"cases:\n  - {id: a, answers: {client.country: CH}" + fine, "2:23 question_unknown"},
		{"cases:\n  - {id: a, answers: {dossiers.acces: partages}" + fine, "2:39 id_unknown"},
		{"cases:\n  - {id: a, answers: {dossiers.acces: [partage, partage]}" + fine, "2:49 option_twice"},
		{"cases:\n  - {id: a, answers: {dossiers.jours: 400}" + fine, "2:39 out_of_range"},
		{"cases:\n  - {id: a, answers: {dossiers.controle: 31.12.2025}" + fine, "2:42 date_invalid"},
		{"cases:\n  - {id: a, received: [dossier]" + fine, "2:24 id_unknown"},
		{"cases:\n  - {id: a, client: {country: DE}" + fine, "2:31 id_unknown"},
		{"cases:\n  - {id: a, findings: {doss_acces: {}}}\n", "2:36 expectation_missing"},
		{"cases:\n  - {id: a, score: {final: 101}}\n", "2:20 expectation_missing"},
		{"cases:\n  - {id: a, domains: {dossier: {final: 1}}}\n", "2:23 id_unknown"},
	}
	for _, test := range tests {
		content := with(t, test.text)
		m, problems := assess.Load(content, "fr")
		if m == nil {
			t.Fatal(problems)
		}
		_, problems = cases.Load(content, m)
		if len(problems) == 0 {
			t.Errorf("%q: nothing is told", test.text)
			continue
		}
		p := problems[0]
		if got := fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code); p.Path != file || got != test.want {
			t.Errorf("%q: %s %s, want %s (%s)", test.text, p.Path, got, test.want, p.Message)
		}
	}
}

// An option that excludes the others, or two of a single choice, contradict each other as they do in a note.
func TestAnswersAreReadAsInNotes(t *testing.T) {
	m, all := load(t, with(t, `cases:
  - {id: several, answers: {dossiers.sauvegarde: [disque, hors_site]}, controls: {doss_sauvegarde: 4}}
  - {id: exclusive, answers: {dossiers.sauvegarde: [hors_site, aucune]}, controls: {doss_sauvegarde: contradictory}}
  - {id: beside, answers: {dossiers.sauvegarde: [hors_site, nsp]}, controls: {doss_sauvegarde: contradictory}}
  - {id: unknown, answers: {dossiers.sauvegarde: nsp, dossiers.jours: nsp}, controls: {doss_sauvegarde: unknown, doss_restauration: unknown}}
  - {id: number, answers: {dossiers.sauvegarde: disque, dossiers.jours: 1}, controls: {doss_restauration: 4}}
  - {id: date, answers: {dossiers.canaux: remise, dossiers.controle: 2025-12-31}, controls: {doss_echanges: 4}}
  - {id: name, answers: {dossiers.associe: Anne d’Aubert, dossiers.acces: partage}, controls: {doss_acces: 0}}
  - {id: received, received: [visio], controls: {doss_visio: unknown}}
`))
	for i := range all {
		if failures, err := all[i].Try(m); err != nil || len(failures) > 0 {
			t.Errorf("%s: %v %v", all[i].ID, failures, err)
		}
	}
}
