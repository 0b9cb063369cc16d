package assess

import (
	"testing"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// levelCase is what some answers say of a control of the law office.
type levelCase struct {
	name    string
	control string
	answers *replies
	state   State
	level   int
}

func testLevels(t *testing.T, tests []levelCase) {
	t.Helper()
	m := load(t, lawOffice())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := judge(m, test.answers).reading(test.control)
			if got.State != test.state || got.Level != test.level {
				t.Errorf("%s is %s %d, want %s %d", test.control, got.State, got.Level, test.state, test.level)
			}
		})
	}
}

func TestTables(t *testing.T) {
	form := func() *replies { return receive("dossiers") }
	testLevels(t, []levelCase{
		{"worst of one", "doss_acces", form().tick("dossiers.acces", "coffre"), Known, 4},
		{"worst of two", "doss_acces", form().tick("dossiers.acces", "coffre", "cle_usb"), Known, 1},
		{"worst of all", "doss_acces", form().tick("dossiers.acces", "coffre", "cle_usb", "partage"), Known, 0},
		{"best of one", "doss_sauvegarde", form().tick("dossiers.sauvegarde", "disque"), Known, 2},
		{"best of two", "doss_sauvegarde", form().tick("dossiers.sauvegarde", "disque", "hors_site"), Known, 4},
		{"unanswered", "doss_acces", form(), Unknown, 0},
		{"not received", "doss_acces", receive(), Unknown, 0},
		{"don't know", "doss_acces", form().set("dossiers.acces", dontKnow), Unknown, 0},
		{"contradictory", "doss_sauvegarde", form().set("dossiers.sauvegarde", contradictory), Contradictory, 0},
	})
}

func TestOptionalQuestionnaire(t *testing.T) {
	testLevels(t, []levelCase{
		{"not received", "doss_visio", receive("dossiers"), NotApplicable, 0},
		{"received, not answered", "doss_visio", receive("visio"), Unknown, 0},
		{"received and answered", "doss_visio", receive("visio").tick("visio.outil", "public"), Known, 1},
		{"sans_objet", "doss_visio", receive("visio").tick("visio.outil", "sans_objet"), NotApplicable, 0},
	})
}

// Rows: sauvegarde only aucune → not applicable; less than 2 days → 4; not 8 or more → 2; else 0. The first row that is
// true decides, unless one before it is unknown.
func TestRows(t *testing.T) {
	with := func(place string) *replies { return receive("dossiers").tick("dossiers.sauvegarde", place) }
	testLevels(t, []levelCase{
		{"first row", "doss_restauration", with("aucune"), NotApplicable, 0},
		{"first row, although the next is unknown", "doss_restauration", with("aucune").set("dossiers.jours", dontKnow), NotApplicable, 0},
		{"second row, last day of it", "doss_restauration", with("disque").number("dossiers.jours", 1), Known, 4},
		{"third row, first day of it", "doss_restauration", with("disque").number("dossiers.jours", 2), Known, 2},
		{"third row, last day of it", "doss_restauration", with("disque").number("dossiers.jours", 7), Known, 2},
		{"last row", "doss_restauration", with("disque").number("dossiers.jours", 8), Known, 0},
		{"a true row behind an unknown one", "doss_restauration", receive("dossiers").number("dossiers.jours", 1), Unknown, 0},
		{"the last row behind an unknown one", "doss_restauration", with("disque"), Unknown, 0},
		{"a true row behind a contradictory one", "doss_restauration", receive("dossiers").set("dossiers.sauvegarde", contradictory).number("dossiers.jours", 1), Contradictory, 0},
	})
}

// Rows: only safe ways and a date of checking → 4; only safe ways → 3; no simple mail → 2; else 0.
func TestRowsOfTicks(t *testing.T) {
	with := func(ways ...string) *replies { return receive("dossiers").tick("dossiers.canaux", ways...) }
	checked := questionnaire.Answer{State: questionnaire.Known, Date: "2026-01-31"}
	testLevels(t, []levelCase{
		{"only, and answered", "doss_echanges", with("plateforme", "remise").set("dossiers.controle", checked), Known, 4},
		{"only", "doss_echanges", with("remise"), Known, 3},
		{"only, and don't know", "doss_echanges", with("remise").set("dossiers.controle", dontKnow), Known, 3},
		{"not only", "doss_echanges", with("remise", "mail_chiffre").set("dossiers.controle", checked), Known, 2},
		{"none of them", "doss_echanges", with("plateforme", "mail_simple"), Known, 0},
		{"unanswered, although answered elsewhere", "doss_echanges", receive("dossiers").set("dossiers.controle", checked), Unknown, 0},
	})
}

// A row that is reached, is not true and reads an optional questionnaire that was not received makes the control not
// applicable; one that is not reached, or is true without it, does not.
func TestRowsOfAnOptionalQuestionnaire(t *testing.T) {
	m := load(t, lawOffice())
	acces := &Condition{Op: AnyOf, Question: questionnaire.Ref{Questionnaire: "dossiers", Question: "acces"}, Options: []string{"coffre"}}
	outil := &Condition{Op: AnyOf, Question: questionnaire.Ref{Questionnaire: "visio", Question: "outil"}, Options: []string{"heberge"}}
	either := &Condition{Op: Any, Parts: []*Condition{acces, outil}}
	tests := []struct {
		name    string
		rows    []Row
		answers *replies
		state   State
	}{
		{"reached and unknown", []Row{{Level: 4, When: outil}, {Level: 0}}, receive("dossiers"), NotApplicable},
		{"not reached", []Row{{Level: 4, When: acces}, {Level: 2, When: outil}, {Level: 0}}, receive("dossiers").tick("dossiers.acces", "coffre"), Known},
		{"true without it", []Row{{Level: 4, When: either}, {Level: 0}}, receive("dossiers").tick("dossiers.acces", "coffre"), Known},
		{"not true without it", []Row{{Level: 4, When: either}, {Level: 0}}, receive("dossiers").tick("dossiers.acces", "partage"), NotApplicable},
		{"behind an unknown row", []Row{{Level: 4, When: acces}, {Level: 2, When: outil}, {Level: 0}}, receive("dossiers"), Unknown},
		{"received", []Row{{Level: 4, When: outil}, {Level: 0}}, receive("dossiers", "visio"), Unknown},
	}
	for _, test := range tests {
		if got := m.readRows(&Control{Rows: test.rows}, test.answers); got.State != test.state {
			t.Errorf("%s: %s, want %s", test.name, got.State, test.state)
		}
	}
}

// No server, and yet a shared folder: one of the two is wrong, so nothing is known of where the documents are.
func TestDeclaredContradiction(t *testing.T) {
	with := func(server string) *replies {
		return receive("dossiers").tick("dossiers.acces", "partage").tick("dossiers.serveur", server)
	}
	testLevels(t, []levelCase{
		{"contradicted", "doss_acces", with("aucun"), Contradictory, 0},
		{"not contradicted", "doss_acces", with("interne"), Known, 0},
		{"not decided", "doss_acces", with("interne").set("dossiers.serveur", dontKnow), Known, 0},
	})
	m := load(t, lawOffice())
	j := judge(m, with("aucun"))
	if f := find(j.found, func(f *Finding) bool { return f.ID == "doss_acces" }); !f.Hypothesis || f.Open() || f.Severity != 16 {
		t.Errorf("the finding %+v is no hypothesis of severity 16", f)
	}
}
