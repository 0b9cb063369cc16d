package assess

import (
	"strings"
	"testing"
)

func TestLintIDs(t *testing.T) {
	testLint(t, []lintCase{
		{"questionnaire twice", rootFile, "[dossiers, visio]", "[dossiers, visio, visio]", "2:35", "id_twice", `"visio" stands twice`},
		{"domain twice", rootFile, "domains: [dossiers]", "domains: [dossiers, dossiers]", "3:21", "id_twice", `"dossiers" stands twice`},
		{"domain's id", rootFile, "domains: [dossiers]", "domains: [dossiers, ../x]", "3:21", "id_invalid", "letters without accents"},
		{"questionnaire's id", rootFile, "[dossiers, visio]", "[dossiers, visio, visio-2]", "2:35", "id_invalid", "letters without accents"},
		{"domain of another file", modelOf, "domain: {id: dossiers", "domain: {id: autres", "2:14", "id_not_file_name", `"dossiers"`},
		{"question twice", formOf, "  - {id: jours, ", "  - {id: Acces, type: text, label: Encore, informative: true}\n  - {id: jours, ", "21:5", "id_twice", `the question "Acces" stands twice`},
		{"option twice", formOf, "      - {id: coffre,", "      - {id: armoire, label: Coffre-fort, status: ok}\n      - {id: coffre,", "6:5", "id_twice", `the option "armoire"`},
		{"control named like a risk", modelOf, "  - {id: doss_perte,", "  - {id: doss_visio, domain: dossiers}\n  - {id: doss_perte,", "43:9", "id_twice", "taken by the risk"},
		{"reference twice", references, "  - {id: rin_2", "  - {id: llca_13, title: x, jurisdiction: CH, kind: obligation, checked_on: 2026-11-22, address: x}\n  - {id: rin_2", "3:10", "id_twice", "taken by the reference"},
		{"theme without an id", modelOf, "themes:\n", "themes:\n  - {emoji: 📚}\n", "5:5", "missing_key", `"id"`},
	})
}

// An id is renamed wherever it stands, so that nothing but its form is wrong.
func TestLintFormOfIDs(t *testing.T) {
	tests := []lintCase{
		{"capital", modelOf, "doss_visio", "Doss_visio", "42:9", "id_invalid", "lower-case letters"},
		{"accent", modelOf, "doss_visio", "doss_vidéo", "42:9", "id_invalid", "lower-case letters"},
		{"control named like an action", modelOf, "doss_visio", "act_visio", "42:9", "id_invalid", "and no others, begin with act_"},
		{"action not named as one", modelOf, "act_doss_sauvegarde", "doss_copier", "59:10", "id_invalid", "begin with act_"},
		{"reference named like an action", references, "rin_2", "act_rin_2", "3:10", "id_invalid", "begin with act_"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			files := copyOf(t, lawOffice())
			for _, name := range []string{modelOf, wordsOf, references} {
				files[name].Data = []byte(strings.ReplaceAll(string(files[name].Data), c.old, c.new))
			}
			c.check(t, files)
		})
	}
}

func TestLintReferences(t *testing.T) {
	testLint(t, []lintCase{
		{"jurisdiction", references, "jurisdiction: CH", "jurisdiction: DE", "2:80", "value_unknown", "CH, FR, INT"},
		{"kind", references, "kind: obligation", "kind: obligatio", "2:90", "value_unknown", "recommandation"},
		{"date", references, "checked_on: 2026-11-22", "checked_on: 2026-02-30", "2:114", "date_invalid", "2026-02-30"},
		{"unknown key", references, "kind: obligation,", "kind: obligation, note: x,", "2:102", "unknown_key", `"note"`},
	})
}

func TestLintClient(t *testing.T) {
	testLint(t, []lintCase{
		{"unknown key", rootFile, "client: {", "client: {canton: visio.barreau, ", "4:10", "unknown_key", `"canton"`},
		{"misspelt question", rootFile, "visio.barreau", "visio.bareau", "4:19", "question_unknown", "visio.bareau"},
		{"no question", rootFile, "visio.barreau", "visio", "4:19", "question_unknown", "a point"},
		{"a question about something else", rootFile, "visio.barreau", "visio.outil", "4:19", "question_not_country", "CH, FR, CH_FR"},
		{"a question that is no choice", rootFile, "visio.barreau", "dossiers.associe", "4:19", "question_not_country", "no single choice"},
	})
}

func TestLintDomain(t *testing.T) {
	testLint(t, []lintCase{
		{"unknown questionnaire", modelOf, "questionnaire: dossiers", "questionnaire: dosiers", "2:39", "questionnaire_unknown", `"dosiers"`},
		{"the client's pseudo-questionnaire", modelOf, "questionnaire: dossiers", "questionnaire: client", "2:39", "questionnaire_unknown", `"client"`},
		{"weight", modelOf, "weight: 40", "weight: 101", "2:84", "out_of_range", "1 to 100"},
		{"unknown section", modelOf, "opportunities:", "opportunites: []\nopportunities:", "53:1", "unknown_key", `"opportunites"`},
		{"a question that nothing reads", formOf, "questions:\n", "questions:\n  - {id: vide, type: text, label: Autre chose}\n", "6:5", "question_unread", "dossiers.vide"},
		{"a risk of no domain", modelOf, "{id: doss_perte, domain: dossiers}", "{id: doss_perte, domain: droit}", "9:30", "domain_unknown", `"droit"`},
	})
}

func TestLintControls(t *testing.T) {
	const visio = "levels: {question: visio.outil, heberge: 4, public: 1}"
	testLint(t, []lintCase{
		{"unknown key", modelOf, "    weight: 3\n", "    weight: 3\n    wheight: 3\n", "15:5", "unknown_key", `"wheight"`},
		{"weight", modelOf, "    weight: 3\n", "    weight: 4\n", "14:13", "out_of_range", "1 to 3"},
		{"unknown reference", modelOf, "[llca_13, rin_2]", "[llca_13, rin_3]", "17:27", "id_unknown", `reference "rin_3"`},
		{"references that are no list", modelOf, "references: [llca_13, rin_2]", "references: rin_2", "17:17", "not_a_list", "a list"},
		{"unknown risk", modelOf, "{doss_secret: 4}", "{doss_secrets: 4}", "15:13", "id_unknown", `risk "doss_secrets"`},
		{"gravity", modelOf, "{doss_secret: 4}", "{doss_secret: 5}", "15:26", "out_of_range", "1 to 4"},
		{"no risk", modelOf, "{doss_secret: 4}", "{}", "12:5", "control_without_risk", "doss_acces"},
		{"neither levels nor rows", modelOf, "    " + visio + "\n", "", "42:5", "control_without_levels", "doss_visio"},
		{"levels and rows", modelOf, visio, visio + "\n    rows: [{level: 0}]", "42:5", "control_without_levels", "either levels or rows"},
		{"no rows", modelOf, visio, "rows: []", "46:11", "control_without_levels", "no rows"},
		{"no action", modelOf, "raises: {doss_acces: 4}", "raises: {doss_visio: 4}", "12:5", "control_without_action", "above level"},
		{"an action that does not raise", modelOf, "raises: {doss_sauvegarde: 4, ", "raises: {doss_sauvegarde: 2, ", "18:5", "control_without_action", `"doss_sauvegarde" above level 2`},
	})
}

func TestLintTables(t *testing.T) {
	testLint(t, []lintCase{
		{"unknown question", modelOf, "question: visio.outil", "question: visio.util", "46:24", "question_unknown", "visio.util"},
		{"no choice", modelOf, "question: visio.outil", "question: dossiers.jours", "46:24", "question_not_choice", "dossiers.jours"},
		{"an option without a level", modelOf, ", armoire: 4", "", "16:24", "level_missing", `"armoire"`},
		{"a level for no option", modelOf, ", armoire: 4", ", armoire: 4, armoir: 4", "16:89", "unknown_key", `"armoir"`},
		{"a level for sans_objet", modelOf, "heberge: 4,", "heberge: 4, sans_objet: 4,", "46:61", "level_reserved", "its meaning is fixed"},
		{"an option without a number", modelOf, ", armoire: 4", ", armoire: ", "16:24", "level_missing", `"armoire"`},
		{"a level beyond the greatest", modelOf, "armoire: 4", "armoire: 5", "16:86", "out_of_range", "0 to 4"},
		{"several ticks without a pick", modelOf, ", pick: worst", "", "16:13", "pick_missing", "worst or best"},
		{"another pick", modelOf, "pick: worst", "pick: worse", "16:46", "value_unknown", "worst, best"},
		{"an ok option below the highest under worst", modelOf, "armoire: 4", "armoire: 1", "16:86", "table_pick", `the ok option "armoire" lies below`},
		{"a ko option above the lowest under best", modelOf, "pick: worst", "pick: best", "16:73", "table_pick", `the ko option "cle_usb" lies above`},
		{"a better option with a lower level", modelOf, "heberge: 4, public: 1", "heberge: 1, public: 4", "46:46", "table_not_monotone", `"heberge" is better than "public"`},
	})
}
