package questionnaire

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

const (
	formFile    = "questionnaires/envois.yaml"
	screensFile = "fr/screens.yaml"
	form        = `id: envois
title: Envois du cabinet
emoji: 📮
optional: true
questions:
  - id: voies
    type: multi
    label: Par où partent les plis ?
    help: Cochez tout.
    options:
      - {id: poste, label: La poste, aliases: [courrier], status: ok, inline: la poste}
      - {id: coursier, label: Un coursier, status: neutre}
      - {id: aucune, label: Nulle part, status: ko, exclusive: true}
      - {id: nsp, label: Ne sait pas, status: neutre}
  - {id: nombre, type: number, label: Combien par jour, min: 0, max: 50, informative: true}
  - {id: contact, type: name, label: Qui répond, format: domaine, personal: true}
`
	screens = `questionnaire: {dont_know: Ne sait pas, several: Plusieurs réponses., remarks: Remarques, client: {country: Pays, canton: Canton, profession: Métier}}
`
)

// content is a catalogue of one questionnaire.
func content() fstest.MapFS {
	return fstest.MapFS{formFile: {Data: []byte(form)}, screensFile: {Data: []byte(screens)}}
}

func loadForm(t *testing.T) *Set {
	t.Helper()
	set, problems := Load(content(), []string{"envois"}, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

func TestLoad(t *testing.T) {
	set := loadForm(t)
	nought, fifty := 0, 50
	want := []*Questionnaire{{ID: "envois", Title: "Envois du cabinet", Emoji: "📮", Note: "envois", Optional: true, Questions: []Question{
		{ID: "voies", Type: Multi, Label: "Par où partent les plis ?", Help: "Cochez tout.", Line: 6, Column: 5, Options: []Option{
			{ID: "poste", Label: "La poste", Inline: "la poste", Aliases: []string{"courrier"}, Status: Good},
			{ID: "coursier", Label: "Un coursier", Inline: "Un coursier", Status: Neutral},
			{ID: "aucune", Label: "Nulle part", Inline: "Nulle part", Status: Bad, Exclusive: true},
			{ID: "nsp", Label: "Ne sait pas", Inline: "Ne sait pas", Status: Neutral, Exclusive: true},
		}},
		{ID: "nombre", Type: Number, Label: "Combien par jour", Min: &nought, Max: &fifty, Informative: true, Line: 15, Column: 5},
		{ID: "contact", Type: Named, Label: "Qui répond", Format: "domaine", Personal: true, Line: 16, Column: 5},
	}}}
	if diff := cmp.Diff(want, set.Questionnaires); diff != "" {
		t.Errorf("questionnaires (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Words{DontKnow: "Ne sait pas", Several: "Plusieurs réponses.", Remarks: "Remarques"}, set.Words); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

func TestSetFindsQuestions(t *testing.T) {
	set := loadForm(t)
	var refs []string
	for _, ref := range set.Refs() {
		refs = append(refs, ref.String())
		if q := set.Question(ref); q == nil || q.ID != ref.Question {
			t.Errorf("%s is %+v", ref, q)
		}
	}
	want := []string{"client.country", "client.canton", "client.profession", "envois.voies", "envois.nombre", "envois.contact"}
	if diff := cmp.Diff(want, refs); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	for _, ref := range []Ref{{"envois", "autre"}, {"autre", "voies"}, {}} {
		if q := set.Question(ref); q != nil {
			t.Errorf("%s is %+v, want none", ref, q)
		}
	}
}

// Words are compared without case, accents, punctuation and blanks.
func TestSetFindsOptions(t *testing.T) {
	set := loadForm(t)
	q := set.Question(Ref{"envois", "voies"})
	for words, want := range map[string]string{
		"La poste": "poste", "la  POSTE !": "poste", "poste": "poste", "Courrier": "poste", "nulle-part": "aucune",
		"ne sait pas": DontKnow, "NSP": DontKnow, "Pigeon": "", "": "", "…": "",
	} {
		if got, ok := set.Option(q, words); got != want || ok != (want != "") {
			t.Errorf("%q means %q, %t; want %q", words, got, ok, want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           string // line:column and code
		says           string
	}{
		{"another id than the file's", "id: envois", "id: envoi", "1:5 id_not_file_name", `"envois"`},
		{"no title", "title: Envois du cabinet\n", "", "1:1 missing_key", `"title"`},
		{"two code points", "📮", "⚖️", "3:8 emoji_not_one", "file names"},
		{"an unknown key", "optional: true", "optionnal: true", "4:1 unknown_key", `"optionnal"`},
		{"neither true nor false", "optional: true", "optional: oui", "4:11 not_a_boolean", "true or false"},
		{"an unknown key of a question", "    help:", "    hint:", "9:5 unknown_key", `"hint"`},
		{"an unknown key of an option", "inline: la poste", "inlin: la poste", "11:71 unknown_key", `"inlin"`},
		{"a question without an id", "{id: nombre, ", "{", "15:5 missing_key", `"id"`},
		{"a question without a label", "label: Combien par jour, ", "", "15:5 missing_key", `"label"`},
		{"an option without a status", ", status: neutre}\n      - {id: aucune", "}\n      - {id: aucune", "12:9 missing_key", `"status"`},
		{"an accent in an id", "id: coursier", "id: coursière", "12:14 id_invalid", "without accents"},
		{"a dash in an id", "{id: nombre", "{id: nom-bre", "15:10 id_invalid", "nom-bre"},
		{"an unknown type", "type: multi", "type: multiple", "7:11 value_unknown", `"multiple" is no type`},
		{"an unknown status", "status: ok", "status: bon", "11:67 value_unknown", `"bon" is no status`},
		{"a choice without options", "type: number, label: Combien par jour, min: 0, max: 50", "type: single, label: Combien par jour", "15:5 options_missing", "nombre"},
		{"options of what is no choice", "type: multi", "type: text", "11:7 options_unexpected", "of type text"},
		{"bounds of what is no number", "type: name,", "type: name, min: 1,", "16:31 unknown_key", `"min"`},
		{"a bound that is no number", "min: 0", "min: zero", "15:62 not_a_number", "zero"},
		{"the id of the remarks", "id: contact", "id: Remarques", "16:10 id_reserved", "remarks"},
		{"a question twice", "{id: contact", "{id: Nombre", "16:5 id_twice", `"Nombre" stands twice`},
		{"two questions that read alike", "label: Qui répond", "label: 'Combien, par jour !'", "16:5 label_ambiguous", `like one of "nombre"`},
		{"an option twice", "{id: coursier, label: Un coursier", "{id: poste, label: La poste", "6:5 id_twice", `the option "poste"`},
		{"two options that read alike", "label: Un coursier", "label: Courrier", "6:5 label_ambiguous", `mean "poste" too`},
		{"an alias without a letter", "[courrier]", "['…']", "6:5 label_empty", "without letter"},
		{"no YAML", "optional: true", "optional: [", "6:1 yaml_invalid", ""},
		{"a key twice", "optional: true", "optional: true\noptional: true", "5:1 yaml_duplicate_key", "optional"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(form, test.old) {
				t.Fatalf("nothing to replace: %q", test.old)
			}
			files := content()
			files[formFile].Data = []byte(strings.Replace(form, test.old, test.new, 1))
			_, problems := Load(files, []string{"envois"}, "fr")
			if diff := cmp.Diff([]string{formFile + ":" + test.want}, places(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s%v", diff, problems)
			} else if !strings.Contains(problems[0].Message, test.says) {
				t.Errorf("the message %q lacks %q", problems[0].Message, test.says)
			}
		})
	}
}

func places(problems []vault.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%s:%d:%d %s", p.Path, p.Line, p.Column, p.Code))
	}
	return out
}

func TestLoadGivesTheProblemsOfEveryFile(t *testing.T) {
	files := content()
	files[formFile].Data = []byte(strings.Replace(form, "emoji: 📮\n", "", 1))
	files[screensFile].Data = []byte(strings.Replace(screens, "remarks", "remark", 1))
	_, problems := Load(files, []string{"envois", "absent"}, "fr")
	want := []string{formFile + ":1:1 missing_key", "questionnaires/absent.yaml:0:0 file_unreadable",
		screensFile + ":1:16 missing_key", screensFile + ":1:71 unknown_key"}
	if diff := cmp.Diff(want, places(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestLoadReservesTheClient(t *testing.T) {
	files := content()
	files["questionnaires/client.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(form, "id: envois", "id: client", 1))}
	_, problems := Load(files, []string{"client"}, "fr")
	if diff := cmp.Diff([]string{"questionnaires/client.yaml:1:5 id_reserved"}, places(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestParseRef(t *testing.T) {
	for text, want := range map[string]Ref{"envois.voies": {"envois", "voies"}, "a.b": {"a", "b"}} {
		if got, ok := ParseRef(text); !ok || got != want || got.String() != text {
			t.Errorf("%q is %v, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "envois", "envois.", ".voies", "a.b.c"} {
		if got, ok := ParseRef(text); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
