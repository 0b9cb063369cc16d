package plan_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// The actions of the law office.
const (
	access    = "act_doss_acces"
	exchanges = "act_doss_echanges"
	backup    = "act_doss_sauvegarde"
)

const (
	lawOffice = "../../examples/avocat/modele"
	clients   = "../../examples/avocat/Clients"
)

func load(t *testing.T) *assess.Model { return loadFrom(t, catalog.Over(os.DirFS(lawOffice))) }

func loadFrom(t *testing.T, fsys fs.FS) *assess.Model {
	t.Helper()
	m, problems := assess.Load(fsys, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// edited loads the law office with an edit of its model, the first occurrence of a text.
func edited(t *testing.T, from, to string) *assess.Model {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(lawOffice)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "model/dossiers.yaml")
	text, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("the model does not hold %q (%v)", from, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return loadFrom(t, catalog.Over(os.DirFS(dir)))
}

// judge assesses the only client of a vault.
func judge(t *testing.T, m *assess.Model, dir string) *assess.Report {
	t.Helper()
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engagements, problems := m.Set.Read(v)
	if len(problems) > 0 || len(engagements) != 1 {
		t.Fatalf("%d clients, %v", len(engagements), problems)
	}
	r, err := m.Assess(engagements[0])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answering assesses a client who gives those answers to one questionnaire; a number has no options.
func answering(t *testing.T, form string, options map[string][]string, numbers map[string]int) *assess.Report {
	t.Helper()
	m := load(t)
	sheet := &questionnaire.Sheet{Questionnaire: form}
	add := func(id string, a questionnaire.Answer) {
		a.Ref, a.State = questionnaire.Ref{Questionnaire: form, Question: id}, questionnaire.Known
		sheet.Answers = append(sheet.Answers, a)
	}
	for id, ticks := range options {
		add(id, questionnaire.Answer{Options: ticks})
	}
	for id, n := range numbers {
		add(id, questionnaire.Answer{Number: n})
	}
	dir := t.TempDir()
	note := "---\ncategory: questionnaire\nform_id: " + form + "_abc\ndate_reception: 2026-01-31\n---\n" + m.Set.Body(sheet)
	if err := os.WriteFile(filepath.Join(dir, "note.md"), []byte(note), 0o600); err != nil {
		t.Fatal(err)
	}
	return judge(t, m, dir)
}

func build(t *testing.T, r *assess.Report, states plan.States, asOf string) *plan.Roadmap {
	t.Helper()
	roadmap, err := plan.Build(r, states, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return roadmap
}

// proposal is what a roadmap says of one action.
type proposal struct {
	ID             string
	Horizon        assess.Horizon
	Rank           int
	Worst, Benefit int
	Findings       []string
	Verify         bool
	Due            string
	Status         plan.Status
}

func proposals(r *plan.Roadmap) []proposal {
	var out []proposal
	for _, a := range r.Actions {
		out = append(out, proposal{a.Action.ID, a.Horizon, a.Rank, a.Worst, a.Benefit, a.Findings, a.Verify, a.Due, a.Status})
	}
	return out
}

// Étude Roche has open: doss_acces 12, doss_echanges 6, doss_restauration 4. The exchanges need both others, so that
// the backup comes before them, and within two months instead of six.
func TestBuild(t *testing.T) {
	r := judge(t, load(t), clients)
	got := build(t, r, plan.States{exchanges: plan.Doing}, "2026-12-31")
	want := []proposal{
		{access, assess.Short, 1, 12, 12, []string{"doss_acces"}, false, "2027-02-28", plan.ToDo},
		{backup, assess.Short, 2, 4, 4, []string{"doss_restauration"}, false, "2027-02-28", plan.ToDo},
		{exchanges, assess.Short, 3, 6, 6, []string{"doss_echanges"}, false, "2027-02-28", plan.Doing},
	}
	if diff := cmp.Diff(want, proposals(got)); diff != "" {
		t.Errorf("roadmap (-want +got):\n%s", diff)
	}
	first := got.Actions[0]
	said := []string{first.Title.Text, first.Objective.Text, fmt.Sprint(len(first.Steps))}
	if diff := cmp.Diff([]string{"Fermer les dossiers", "Chacun ne lit que ce qu’il traite", "2"}, said); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

// Levels 1, 4, 2, 2 of weights 3, 2, 2, 2 are 53, capped at 40 by doss_acces.
func TestProjected(t *testing.T) {
	r := judge(t, load(t), clients)
	tests := []struct {
		name   string
		states plan.States
		want   int
	}{
		{"nothing done", nil, 40},
		{"begun and given up", plan.States{access: plan.Doing, backup: plan.Abandoned}, 40},
		{"access done: 28 of 36, no cap", plan.States{access: plan.Done}, 78},
		{"backup done: 23 of 36, under the cap", plan.States{backup: plan.Done}, 40},
		{"both done: 32 of 36", plan.States{access: plan.Done, backup: plan.Done}, 89},
		{"all done", plan.States{access: plan.Done, backup: plan.Done, exchanges: plan.Done}, 100},
		{"an action that is not in the model", plan.States{"act_autre": plan.Done}, 40},
	}
	for _, test := range tests {
		got := build(t, r, test.states, "2026-08-31")
		if got.Projected.Final != test.want || got.Domains[0].Score.Final != test.want {
			t.Errorf("%s: %d, domain %d, want %d", test.name, got.Projected.Final, got.Domains[0].Score.Final, test.want)
		}
	}
	if r.Score.Final != 40 {
		t.Errorf("the assessed score moved to %d", r.Score.Final)
	}
}

// The backup is unknown, and with it the restoration: the action that is meant for that is proposed to be verified, the
// one for the unknown exchanges is not.
func TestVerify(t *testing.T) {
	r := answering(t, "dossiers", map[string][]string{"acces": {"cle_usb"}}, nil)
	want := []proposal{
		{access, assess.Short, 1, 12, 12, []string{"doss_acces"}, false, "", plan.ToDo},
		{backup, assess.Medium, 1, 0, 0, []string{"doss_sauvegarde", "doss_restauration"}, true, "", plan.ToDo},
	}
	if diff := cmp.Diff(want, proposals(build(t, r, nil, ""))); diff != "" {
		t.Errorf("roadmap (-want +got):\n%s", diff)
	}
	// Done, what was unknown is known: 3·1 + 2·4 + 2·4 of 36 is 53, coverage 7 of 9; the exchanges weigh 12 unknown.
	done := build(t, r, plan.States{backup: plan.Done}, "")
	want2 := assess.Score{Proven: 53, Possible: 75, Cap: 35, CapBest: 40, Final: 35, Best: 40, Coverage: 78, Confidence: assess.Middle,
		CappedBy: []string{"doss_acces", "doss_echanges"}}
	if diff := cmp.Diff(want2, done.Projected); diff != "" {
		t.Errorf("projected (-want +got):\n%s", diff)
	}
}

// An open finding calls for the action; what is unknown beside it no longer does.
func TestOpenBesideUnknown(t *testing.T) {
	r := answering(t, "dossiers", map[string][]string{"sauvegarde": {"disque"}, "acces": {"coffre"}, "canaux": {"remise"}}, nil)
	want := []proposal{{backup, assess.Medium, 1, 6, 6, []string{"doss_sauvegarde"}, false, "2026-07-31", plan.ToDo}}
	if diff := cmp.Diff(want, proposals(build(t, r, nil, "2026-01-31"))); diff != "" {
		t.Errorf("roadmap (-want +got):\n%s", diff)
	}
}

// The questionnaire of the domain was not received: what another one shows is open all the same, what is unknown calls
// for nothing.
func TestDomainNotAssessed(t *testing.T) {
	r := answering(t, "visio", map[string][]string{"outil": {"public"}}, nil)
	want := []proposal{{exchanges, assess.Short, 1, 6, 6, []string{"doss_visio"}, false, "", plan.ToDo}}
	if diff := cmp.Diff(want, proposals(build(t, r, nil, ""))); diff != "" {
		t.Errorf("roadmap (-want +got):\n%s", diff)
	}
}

// The exchanges stand at level 2 already: an action that raises them to 2 is not for them.
func TestTargetThatIsReached(t *testing.T) {
	got := build(t, judge(t, edited(t, "raises: {doss_acces: 4}", "raises: {doss_acces: 2, doss_echanges: 2}"), clients), nil, "").Actions[0]
	if diff := cmp.Diff([]string{"doss_acces"}, got.Findings); diff != "" {
		t.Errorf("findings of %s (-want +got):\n%s", got.Action.ID, diff)
	}
	if got.Benefit != 4 { // from 4·3 at level 1 to 4·2 at level 2
		t.Errorf("benefit %d, want 4", got.Benefit)
	}
}

// An action for several findings is as urgent as the worst of them, and takes the weight off them all.
func TestSeveralFindings(t *testing.T) {
	r := judge(t, edited(t, "raises: {doss_acces: 4}", "raises: {doss_acces: 4, doss_echanges: 4}"), clients)
	got := proposals(build(t, r, nil, ""))[0]
	want := proposal{access, assess.Short, 1, 12, 18, []string{"doss_acces", "doss_echanges"}, false, "", plan.ToDo}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("action (-want +got):\n%s", diff)
	}
}

// A strength calls for nothing.
func TestNothingToDo(t *testing.T) {
	r := answering(t, "dossiers", map[string][]string{"acces": {"coffre"}, "sauvegarde": {"hors_site"}, "canaux": {"plateforme"}}, map[string]int{"jours": 1})
	if got := build(t, r, plan.States{access: plan.ToDo}, "2026-01-31"); len(got.Actions) != 0 {
		t.Errorf("proposed %v, want nothing", proposals(got))
	}
}

func TestBuildRefusesADateThatIsNone(t *testing.T) {
	if _, err := plan.Build(judge(t, load(t), clients), nil, "2026-02-30"); err == nil {
		t.Error("2026-02-30 is accepted")
	}
}
