package assess

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLintRows(t *testing.T) {
	const last = "{any_of: [mail_simple]}}}}\n      - {level: 0}"
	testLint(t, []lintCase{
		{"a row behind one that says the same", modelOf, "{dossiers.jours: {less_than: 2}}}\n", "{dossiers.jours: {less_than: 2}}}\n      - {level: 4, when: {dossiers.jours: {less_than: 1}}}\n", "30:9", "row_unreachable", `row 3 of "doss_restauration"`},
		{"a number out of the question's range", modelOf, "{level: 4, when: {dossiers.jours: {less_than: 2}}}", "{level: 4, when: {dossiers.jours: {less_than: 0}}}", "29:9", "row_unreachable", "row 2"},
		{"a condition that is always false", modelOf, "{only: [aucune]}", "{all_of: [aucune, disque]}", "28:9", "row_unreachable", "row 1"},
		{"a last row with a condition", modelOf, last, "{any_of: [mail_simple]}}}}\n      - {level: 0, when: {dossiers.canaux: {any_of: [mail_simple]}}}", "40:26", "row_last_when", "what holds"},
		{"a row without a condition before the last", modelOf, last, "{any_of: [mail_simple]}}}}\n      - {level: 0}\n      - {level: 0}", "40:9", "row_without_when", "only the last row"},
		{"a level beyond the greatest", modelOf, "      - {level: 0}", "      - {level: 5}", "31:17", "out_of_range", "0 to 4"},
		{"a row without a level", modelOf, "      - {level: 0}", "      - {}", "31:9", "missing_key", `"level"`},
		{"an unknown key", modelOf, "      - {level: 0}", "      - {level: 0, if: x}", "31:20", "unknown_key", `"if"`},
		{"a level that silence gives", modelOf, "      - {level: 4, when: {all:", "      - {level: 3, when: {dossiers.canaux: {answered: false}}}\n      - {level: 4, when: {all:", "32:5", "level_by_silence", "level 3 when nothing is answered"},
	})
}

func TestLintConditions(t *testing.T) {
	const when = "{dossiers.canaux: {any_of: [mail_simple]}}"
	testLint(t, []lintCase{
		{"unknown question", modelOf, when, "{dossiers.canal: {any_of: [mail_simple]}}", "39:33", "question_unknown", "dossiers.canal"},
		{"unknown operator", modelOf, when, "{dossiers.canaux: {one_of: [mail_simple]}}", "39:51", "condition_unknown", `"one_of"`},
		{"a choice's operator on a number", modelOf, "{less_than: 2}", "{any_of: [mail_simple]}", "29:44", "condition_type", "dossiers.jours is a number"},
		{"a number's operator on a choice", modelOf, when, "{dossiers.canaux: {at_least: 1}}", "39:51", "condition_type", "dossiers.canaux is a multi"},
		{"no number", modelOf, "{less_than: 2}", "{less_than: deux}", "29:55", "not_a_number", "deux"},
		{"unknown option", modelOf, when, "{dossiers.canaux: {any_of: [mail_simpl]}}", "39:60", "option_unknown", `"mail_simpl"`},
		{"nsp", modelOf, "{any_of: [aucun]}", "{any_of: [nsp]}", "51:47", "option_unknown", "is no answer"},
		{"an option twice", modelOf, "[mail_simple]", "[mail_simple, mail_simple]", "39:73", "option_twice", `"mail_simple"`},
		{"no options", modelOf, "[mail_simple]", "[]", "39:59", "condition_invalid", "in a list"},
		{"options that are no list", modelOf, "[mail_simple]", "mail_simple", "39:59", "condition_invalid", "in a list"},
		{"all of no list", modelOf, "{all: [{dossiers.serveur: {any_of: [aucun]}}, {dossiers.acces: {any_of: [partage]}}]}", "{all: {dossiers.serveur: {any_of: [aucun]}}}", "51:17", "condition_invalid", "all joins a list"},
		{"any of nothing", modelOf, "{all: [{dossiers.canaux: {only: [plateforme, remise]}}, {dossiers.controle: {answered: true}}]}", "{any: []}", "37:32", "condition_invalid", "any joins a list"},
		{"two keys", modelOf, when, "{dossiers.canaux: {any_of: [mail_simple]}, dossiers.controle: {answered: true}}", "39:32", "condition_invalid", "one key"},
		{"two operators", modelOf, when, "{dossiers.canaux: {any_of: [mail_simple], all_of: [remise]}}", "39:50", "condition_invalid", "one key"},
		{"no operator", modelOf, when, "{dossiers.canaux: mail_simple}", "39:50", "condition_invalid", "one key"},
		{"answered perhaps", modelOf, "{answered: true}", "{answered: perhaps}", "37:113", "condition_invalid", "true or false"},
	})
}

func TestLintOtherParts(t *testing.T) {
	testLint(t, []lintCase{
		{"a contradiction of no control", modelOf, "controls: [doss_acces]", "controls: []", "49:5", "controls_missing", "contra_serveur"},
		{"a contradiction of an unknown control", modelOf, "controls: [doss_acces]", "controls: [doss_acce]", "50:16", "id_unknown", `control "doss_acce"`},
		{"a contradiction without a condition", modelOf, "    when: {all: [{dossiers.serveur: {any_of: [aucun]}}, {dossiers.acces: {any_of: [partage]}}]}\n", "", "49:5", "missing_key", `"when"`},
		{"an opportunity of no domain", modelOf, "{id: doss_opp_hebergeur, domain: dossiers", "{id: doss_opp_hebergeur, domain: droit", "54:38", "domain_unknown", `"droit"`},
		{"an opportunity without a condition", modelOf, ", when: {dossiers.serveur: {any_of: [heberge]}}}", "}", "54:5", "missing_key", `"when"`},
		{"an action of no domain", modelOf, "{id: act_doss_acces, domain: dossiers", "{id: act_doss_acces, domain: droit", "57:34", "domain_unknown", `"droit"`},
		{"horizon", modelOf, "horizon: court", "horizon: bientot", "57:53", "value_unknown", "court, intermediaire, structurant"},
		{"an effort that is none of the six", modelOf, "effort: 3", "effort: 4", "57:68", "effort_invalid", "4 half-days"},
		{"an effort that is too great", modelOf, "effort: 3", "effort: 21", "57:68", "out_of_range", "1 to 13"},
		{"no owner", modelOf, "effort: 3, owner: direction", "effort: 3", "57:5", "missing_key", `"owner"`},
		{"an unknown prerequisite", modelOf, "requires: [act_doss_acces, ", "requires: [doss_acces, ", "58:146", "id_unknown", `action "doss_acces"`},
		{"an unknown control", modelOf, "raises: {doss_acces: 4}", "raises: {doss_acces: 4, doss_x: 4}", "57:113", "id_unknown", `control "doss_x"`},
		{"a target of nought", modelOf, "doss_visio: 4}", "doss_visio: 4, doss_acces: 0}", "58:146", "out_of_range", "1 to 4"},
		{"an action that requires itself", modelOf, "owner: direction, raises: {doss_acces: 4}", "owner: direction, requires: [act_doss_acces], raises: {doss_acces: 4}", "57:5", "action_cycle", `"act_doss_acces"`},
	})
}

func TestLintActionThatRaisesNothing(t *testing.T) {
	files := edit(t, copyOf(t, lawOffice()), modelOf, "raises: {doss_acces: 4}", "raises: {}")
	edit(t, files, modelOf, "doss_visio: 4}", "doss_visio: 4, doss_acces: 4}")
	lintCase{file: modelOf, place: "57:5", code: "raises_missing", says: "act_doss_acces"}.check(t, files)
}

func TestLintCycleOfTwo(t *testing.T) {
	files := edit(t, copyOf(t, lawOffice()), modelOf, "raises: {doss_acces: 4}", "raises: {doss_acces: 4}, requires: [act_doss_echanges]")
	_, problems := Load(files, "fr")
	if diff := cmp.Diff([]string{modelOf + ":57:5 action_cycle", modelOf + ":58:5 action_cycle"}, places(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// Seventeen questions of two options are tried in 3^17 ways; four of them in 81.
func TestLintControlTooWide(t *testing.T) {
	files := copyOf(t, lawOffice())
	var questions, parts strings.Builder
	for i := range 17 {
		fmt.Fprintf(&questions, "  - {id: q%d, type: single, label: Q%d, options: [{id: a, label: A, status: ok}, {id: b, label: B, status: ko}]}\n", i, i)
		fmt.Fprintf(&parts, "{dossiers.q%d: {any_of: [a]}}, ", i)
	}
	edit(t, files, formOf, "questions:\n", "questions:\n"+questions.String())
	edit(t, files, modelOf, "{only: [aucune]}}}\n", "{only: [aucune]}}}\n      - {level: 4, when: {all: ["+parts.String()+"]}}\n")
	lintCase{file: modelOf, place: "23:5", code: "control_too_wide", says: "65536"}.check(t, files)
}

// Many options of one single choice are few answers.
func TestLintWideSingleChoice(t *testing.T) {
	files := copyOf(t, lawOffice())
	var options, named strings.Builder
	for i := range 20 {
		fmt.Fprintf(&options, "{id: o%d, label: O%d, status: neutre}, ", i, i)
		fmt.Fprintf(&named, "o%d, ", i)
	}
	edit(t, files, formOf, "questions:\n", "questions:\n  - {id: q, type: single, label: Q, options: ["+options.String()+"{id: z, label: Z, status: ok}]}\n")
	edit(t, files, modelOf, "{only: [aucune]}}}\n", "{only: [aucune]}}}\n      - {level: 4, when: {dossiers.q: {any_of: ["+named.String()+"]}}}\n")
	if _, problems := Load(files, "fr"); len(problems) > 0 {
		t.Errorf("refused: %v", problems)
	}
}
