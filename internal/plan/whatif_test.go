package plan

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
)

// The law office's only client: levels 1, 4, 2, 2 of weights 3, 2, 2, 2, capped at 40 by doss_acces. The exchanges (to 4)
// need the access, 3 half-days, and the backup, 2; they take 5. See TestProjected for the scores.
func lawOffice(t *testing.T, states States) (*assess.Report, *Roadmap) {
	t.Helper()
	m, problems := assess.Load(catalog.Over(os.DirFS("../../examples/avocat/modele")), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r := judged(t, m, "../../examples/avocat/Clients")[0]
	roadmap, err := Build(r, states, "2026-08-31")
	if err != nil {
		t.Fatal(err)
	}
	return r, roadmap
}

const (
	access    = "act_doss_acces"
	exchanges = "act_doss_echanges"
	backup    = "act_doss_sauvegarde"
)

func TestWhatIf(t *testing.T) {
	type found struct {
		Missing, Blocked []Need
		Steps            []Step
		Chosen           []string // for the highest score
	}
	tests := []struct {
		name     string
		states   States
		supposed []string
		want     found
	}{
		{"nothing done: 40, 78 with the access, 89 with the backup, 100 with all", nil, nil,
			found{Steps: []Step{{0, 40}, {3, 78}, {5, 89}, {10, 100}}, Chosen: []string{access, backup, exchanges}}},
		{"begun is still to be chosen", States{access: Doing}, nil,
			found{Steps: []Step{{0, 40}, {3, 78}, {5, 89}, {10, 100}}, Chosen: []string{access, backup, exchanges}}},
		{"done is done", States{access: Done}, nil,
			found{Steps: []Step{{0, 78}, {2, 89}, {7, 100}}, Chosen: []string{backup, exchanges}}},
		{"abandoned: what needs it is blocked", States{backup: Abandoned}, nil,
			found{Blocked: []Need{{exchanges, backup}}, Steps: []Step{{0, 40}, {3, 78}}, Chosen: []string{access}}},
		{"supposed, twice: it costs nothing", nil, []string{access, access},
			found{Steps: []Step{{0, 78}, {2, 89}, {7, 100}}, Chosen: []string{backup, exchanges}}},
		{"supposed without what it needs", nil, []string{exchanges},
			found{Missing: []Need{{exchanges, access}, {exchanges, backup}}}},
		{"supposed though abandoned", States{backup: Abandoned}, []string{backup},
			found{Steps: []Step{{0, 40}, {3, 89}, {8, 100}}, Chosen: []string{access, exchanges}}},
	}
	for _, test := range tests {
		r, roadmap := lawOffice(t, test.states)
		w := Ask(r, roadmap, test.supposed)
		got := found{w.Missing, w.Blocked, w.Steps(), w.Best().Actions}
		if test.want.Steps == nil {
			got.Steps, got.Chosen = nil, nil
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if best := w.Best(); w.Project(best.Actions).Final != best.Score {
			t.Errorf("%s: %v is projected to %d", test.name, best, w.Project(best.Actions).Final)
		}
	}
}
