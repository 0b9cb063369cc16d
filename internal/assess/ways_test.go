package assess

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// waysTried is how many clients with random answers are asked for ways.
const waysTried = 12

// told writes ways out, one a line.
func told(ways []Way) []string {
	out := []string{}
	for _, w := range ways {
		var needs []string
		for _, n := range w {
			needs = append(needs, fmt.Sprintf("%s %s %s %v", n.Part.Question, n.Part.Op, strings.Join(n.Part.Options, "+"), n.Want))
		}
		out = append(out, strings.Join(needs, ", "))
	}
	return out
}

func TestWaysOfAContradiction(t *testing.T) {
	m := load(t, lawOffice())
	r := &Report{Model: m, answers: receive("dossiers").set("dossiers.acces", known("partage")).set("dossiers.serveur", known("heberge"))}
	want := []string{"dossiers.serveur any_of aucun true"}
	if diff := cmp.Diff(want, told(r.Ways(m.Contradictions[0].When))); diff != "" {
		t.Errorf("ways (-want +got):\n%s", diff)
	}
}

// The rows of doss_echanges: level 4 wants both the channels and a check, level 2 no plain mail.
func TestWaysOfRows(t *testing.T) {
	m := load(t, lawOffice())
	r := &Report{Model: m, answers: receive("dossiers").set("dossiers.canaux", known("mail_simple"))}
	for level, want := range map[int][]string{
		4: {"dossiers.canaux only plateforme+remise true, dossiers.controle answered  true"},
		3: {"dossiers.canaux only plateforme+remise true"},
		2: {"dossiers.canaux any_of mail_simple false, dossiers.canaux only plateforme+remise false"},
		0: {""},
		1: {},
	} {
		if diff := cmp.Diff(want, told(r.LevelWays(m.Control("doss_echanges"), level))); diff != "" {
			t.Errorf("level %d (-want +got):\n%s", level, diff)
		}
	}
}

// A change of one answer to one option that gives a level is never missed, and what holds already needs nothing.
func TestWaysMissNoSimpleChange(t *testing.T) {
	m := shipped(t)
	for seed := range uint64(waysTried) {
		r := &Report{Model: m, answers: randomReplies(m.Set, seed)}
		for i := range m.Controls {
			c := &m.Controls[i]
			now := r.ReadWith(c, questionnaire.Answer{})
			found := map[int][]Way{}
			for level := range MaxLevel + 1 {
				found[level] = r.LevelWays(c, level)
				holds := now.State == Known && now.Level == level
				if empty := slices.ContainsFunc(found[level], func(w Way) bool { return len(w) == 0 }); empty != holds {
					t.Errorf("%d: %s at level %d: an empty way is %v, the level holds %v", seed, c.ID, level, empty, holds)
				}
			}
			for _, ref := range c.Reads() {
				for _, o := range m.Set.Question(ref).Options {
					a := questionnaire.Answer{Ref: ref, State: questionnaire.Known, Options: []string{o.ID}}
					then := r.ReadWith(c, a)
					if o.ID != questionnaire.DontKnow && then.State == Known && len(found[then.Level]) == 0 {
						t.Errorf("%d: %s: %s %s gives level %d, and no way leads there", seed, c.ID, ref, o.ID, then.Level)
					}
				}
			}
		}
	}
}

// Whatever the answers that meet a way's needs, they lead where the way says.
func TestWaysLeadWhereTheySay(t *testing.T) {
	m := shipped(t)
	checked := 0
	for seed := range uint64(waysTried) {
		r := &Report{Model: m, answers: randomReplies(m.Set, seed)}
		for i := range m.Controls {
			c := &m.Controls[i]
			for level := range MaxLevel + 1 {
				for _, w := range r.LevelWays(c, level) {
					reached := func(a Answers) bool {
						now := m.read(c, a)
						return now.State == Known && now.Level == level && len(m.contradicting(c, a)) == 0
					}
					goal := &Condition{Op: All}
					for _, row := range c.Rows {
						if row.When != nil {
							goal.Parts = append(goal.Parts, row.When)
						}
					}
					for _, n := range w {
						goal.Parts = append(goal.Parts, n.Part)
					}
					checked++
					if leads, astray := r.try(w, quest{goal: goal, reached: reached}); !leads || astray != nil {
						t.Errorf("%d: %s to level %d: %v leads: %v, and astray: %v", seed, c.ID, level, told([]Way{w}), leads, astray != nil)
					}
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d ways", checked)
	}
}
