package assess

import "testing"

func TestLintWords(t *testing.T) {
	testLint(t, []lintCase{
		{"an id without words", wordsOf, "doss_perte: {title: Perte de pièces, text: Une pièce perdue peut faire perdre un procès.}\n", "", "1:1", "words_missing", "the risk doss_perte has no words"},
		{"words of no id", wordsOf, "doss_perte:", "doss_pertes: {title: x}\ndoss_perte:", "40:1", "unknown_key", `"doss_pertes"`},
		{"a level without a sentence", wordsOf, "    2: La seule copie est sur {{.dossiers.sauvegarde}}.\n", "", "12:3", "words_missing", `doss_sauvegarde has no sentence for "2"`},
		{"no sentence for the unknown", wordsOf, "    unknown: On ignore où sont les copies.\n", "", "12:3", "words_missing", `"unknown"`},
		{"a sentence for a level that is never reached", wordsOf, "    2: La seule copie", "    3: Trois.\n    2: La seule copie", "12:3", "words_unused", `never reaches "3"`},
		{"a control without a label", wordsOf, "  label: Envoi des actes\n", "", "26:3", "missing_key", `"label"`},
		{"an empty sentence", wordsOf, "    0: Rien n’est copié.", "    0:", "14:7", "words_missing", ""},
		{"a theme without a conclusion", wordsOf, "to_verify: À vérifier, ", "", "2:3", "words_missing", `no conclusion "to_verify"`},
		{"a theme without a title", wordsOf, "  title: Pièces et copies\n", "", "2:3", "missing_key", `"title"`},
		{"a risk without a title", wordsOf, "{title: Perte de pièces, ", "{", "40:13", "missing_key", `"title"`},
		{"a risk without a text", wordsOf, ", text: Une pièce perdue peut faire perdre un procès.}", "}", "40:13", "missing_key", `"text"`},
		{"an opportunity without a text", wordsOf, "doss_opp_hebergeur: {text: 'Chez {{.dossiers.serveur}}, un coffre numérique est vite ouvert.'}", "doss_opp_hebergeur: {}", "42:21", "missing_key", `"text"`},
		{"an action without an objective", wordsOf, ", objective: Un acte n’est lu que de son destinataire", "", "44:20", "missing_key", `"objective"`},
		{"an empty step", wordsOf, "steps: [Dresser la liste des accès, ", "steps: ['', ", "43:100", "words_missing", "a sentence is missing"},
		{"a contradiction without a question", wordsOf, "contra_serveur: {question: 'Un dossier est partagé, mais il n’y a pas de serveur : où se trouve ce partage ?'}", "contra_serveur: {}", "41:17", "missing_key", `"question"`},
	})
}

func TestLintSentences(t *testing.T) {
	const sentence = "Nul n’a essayé de restaurer un dossier."
	cases := []lintCase{
		{"no template", "", "", "{{if}}", "24:14", "words_template", "no template"},
		{"an unknown function", "", "", "{{shout .dossiers.jours}}", "24:14", "words_template", `"shout"`},
		{"a function of the template language that the set lacks", "", "", `{{printf "%v" .dossiers.jours}}`, "24:14", "words_template", `"printf" is no function`},
		{"half a reference", "", "", "{{.dossiers}}", "24:14", "words_template", "a questionnaire and its question"},
		{"all the answers", "", "", "{{.}}", "24:14", "words_template", "not among"},
		{"all the answers by another name", "", "", "{{$.dossiers.jours}}", "24:14", "words_template", "not among"},
		{"a variable", "", "", "{{$x := .dossiers.jours}}{{$x}}", "24:14", "words_template", "not among"},
		{"another template", "", "", `{{define "a"}}a{{end}}{{template "a"}}`, "24:14", "words_template", "not among"},
		{"an unknown question", "", "", "{{.dossiers.jour}}", "24:14", "question_unknown", "dossiers.jour"},
		{"a respondent's own text", "", "", "{{.dossiers.attentes}}", "24:14", "words_quote", "own text"},
		{"a list of a number", "", "", "{{join .dossiers.jours}}", "24:14", "words_template", "fails where"},
		{"the plural of a date", "", "", `{{plural .dossiers.controle "un" "deux"}}`, "24:14", "words_template", "everything is answered"},
	}
	for i := range cases {
		cases[i].file, cases[i].old = wordsOf, sentence
		cases[i].new = "'" + cases[i].new + "'"
	}
	testLint(t, cases)
}

func TestLintQuoteOfAPersonalDate(t *testing.T) {
	files := edit(t, copyOf(t, lawOffice()), formOf, "{id: controle, ", "{id: controle, personal: true, ")
	lintCase{file: wordsOf, place: "31:8", code: "words_quote", says: "dossiers.controle"}.check(t, files)
}
