package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

func catalogueSet(t testing.TB) *questionnaire.Set {
	t.Helper()
	files, err := filepath.Glob("../catalog/questionnaires/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no questionnaire is shipped", err)
	}
	var ids []string
	for _, f := range files {
		ids = append(ids, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	set, problems := questionnaire.Load(catalog.Shipped(), ids, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

// imported reads an input and shows what came of it: a line a submission, then what was told.
func imported(t testing.TB, o Options, name, text string) []string {
	t.Helper()
	in := New(catalogueSet(t), o)
	var out []string
	var told []vault.Problem
	problems, err := in.Read(name, strings.NewReader(text), func(s *Submission) error {
		f, problems := in.File(s)
		told = append(told, problems...)
		out = append(out, summary(f))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(problems, told...) {
		out = append(out, fmt.Sprintf("%s:%d:%d %s", p.Severity, p.Line, p.Column, p.Code))
	}
	return out
}

// summary shows a filed submission in one line: where it goes, what was answered, the remarks.
func summary(f Filed) string {
	if f.Sheet == nil {
		return "not filed: " + strings.TrimSpace(string(f.Raw))
	}
	s := f.Sheet
	parts := []string{s.Questionnaire, s.Client, s.Date}
	if name := vault.Raw(s.Respondent); name != "" {
		parts = append(parts, "by "+name)
	}
	if s.Complement {
		parts = append(parts, "complement")
	}
	if f.Spam {
		parts = append(parts, "spam")
	}
	for _, a := range s.Answers {
		value := strings.Join(a.Options, "+")
		switch {
		case a.State == questionnaire.Contradictory:
			value += "!"
		case a.State == questionnaire.Unknown && a.Asked:
			value = "?"
		case a.State == questionnaire.Unknown:
			continue
		case value == "" && a.Date != "":
			value = a.Date
		case value == "" && !a.Text.IsZero():
			value = vault.Raw(a.Text)
		case value == "":
			value = fmt.Sprint(a.Number)
		}
		parts = append(parts, a.Ref.Question+"="+value)
	}
	for _, r := range s.Remarks {
		parts = append(parts, fmt.Sprintf("%s>%q", r.Ref.Question, vault.Raw(r.Text)))
	}
	return strings.Join(parts, " ")
}

const correspondanceHead = "_date,form_id,resultats\n"

// Every documented shape of an export gives the same submission.
func TestShapes(t *testing.T) {
	const want = "correspondance cdp 2026-04-20 resultats=pdf_chiffre+courrier"
	values := `"_date":"2026-04-20T20:22:43.449977+00:00","form_id":"correspondance_cdp"`
	zoned := "2026-04-20T20:22:43.449977+00:00"
	tests := map[string]string{
		"recent CSV":       "_date,form_id,resultats\n" + zoned + `,correspondance_cdp,"pdf_chiffre, courrier"` + "\n",
		"CRLF and BOM":     "\ufeff_date,form_id,resultats\r\n" + zoned + ",correspondance_cdp,\"pdf_chiffre, courrier\"\r\n",
		"quoted head, BOM": "\ufeff\"_date\",\"form_id\",\"resultats\"\n" + zoned + ",correspondance_cdp,\"pdf_chiffre, courrier\"",
		"old CSV":          "id,date,form_id,resultats\n17," + zoned + ",correspondance_cdp,\"pdf_chiffre, courrier\"\n",
		"submitted":        "Submitted At,Form ID,Résultats\n" + zoned + ",correspondance_cdp,\"pdf_chiffre, courrier\"\n",
		"semicolons":       "_date;form_id;resultats\n" + zoned + ";correspondance_cdp;\"pdf_chiffre; courrier\"\n",
		"tabs":             "_date\tform_id\tresultats\n" + zoned + "\tcorrespondance_cdp\tpdf_chiffre, courrier\n",
		"spreadsheet":      "sep=;\n_date;form_id;resultats\n" + zoned + ";correspondance_cdp;pdf_chiffre, courrier\n",
		"line ends":        "_date,form_id,resultats\n" + zoned + ",correspondance_cdp,\"pdf_chiffre\r\ncourrier\"\n",
		"slashes":          "_date,form_id,resultats\n" + zoned + ",correspondance_cdp,pdf_chiffre / courrier\n",
		"labels":           "_date,form_id,Comment les résultats et radios sont-ils envoyés ?\n" + zoned + ",correspondance_cdp,\"PDF chiffré, envoyé depuis le domaine, Courrier postal\"\n",
		"columns a choice": "_date,form_id,resultats[pdf_chiffre],resultats[courrier],resultats[portail]\n" + zoned + ",correspondance_cdp,Y,Oui,\n",
		"repeated columns": "_date,form_id,resultats,resultats\n" + zoned + ",correspondance_cdp,pdf_chiffre,courrier\n",
		"array":            `[{` + values + `,"resultats":["pdf_chiffre","courrier"]}]`,
		"export":           `{"host":"h","email":"e","fields":["_date"],"submissions":[{` + values + `,"resultats":"pdf_chiffre, courrier"}]}`,
		"one":              `{` + values + `,"resultats":["courrier","pdf_chiffre"],"_status":{"x":1}}`,
		"webhook":          `{"form":"xabcdefg","keys":["a"],"submission":{` + values + `,"resultats":["pdf_chiffre","courrier"]}}`,
		"mail":             "_date: " + zoned + "\nform_id: correspondance_cdp\nresultats: pdf_chiffre\ncourrier\n",
		"tabbed lines":     "_date\t" + zoned + "\nform_id\tcorrespondance_cdp\nresultats\tpdf_chiffre, courrier\n",
		"blocks":           "_date:\n" + zoned + "\n\nform_id:\ncorrespondance_cdp\n\nresultats:\npdf_chiffre, courrier\n\n",
		"old mail":         "form_id:\ncorrespondance_cdp\n\nresultats:\npdf_chiffre, courrier\n\nThis form was submitted at 09:15 AM UTC - 20 April 2026.\n",
		"pasted note":      "---\nform_id: correspondance_cdp\ndate_reception: 2026-04-20\n---\n\n- Comment les résultats et radios sont-ils envoyés ? : pdf_chiffre, courrier\n",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{want}, imported(t, Options{}, "a", text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Every shape has one id: a number within its form, a plain one as it is, a hostile one by its hash, none by what was
// answered, in whatever order and shape.
func TestIdentity(t *testing.T) {
	id := func(text string) string {
		in := New(catalogueSet(t), Options{})
		out := ""
		if _, err := in.Read("a", strings.NewReader(text), func(s *Submission) error {
			f, problems := in.File(s)
			if f.Sheet == nil {
				t.Fatal(problems)
			}
			out = f.ID
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	none := id(correspondanceHead + `2026-04-20T20:22:43+00:00,correspondance_cdp,"pdf_chiffre, courrier"` + "\n")
	if len(none) != 64 {
		t.Errorf("the id %q is no hash", none)
	}
	for name, text := range map[string]string{
		"another hour and order": "resultats,_status,form_id,_date\n\"pdf_chiffre, courrier\",delivered,correspondance_cdp,2026-04-20T08:00:00+00:00\n",
		"a webhook":              `{"form":"x","submission":{"_date":"2026-04-20T20:22:43Z","keys":["b"],"questionnaire":"correspondance","client":"CDP","resultats":["pdf_chiffre","courrier"]}}`,
	} {
		if got := id(text); got != none {
			t.Errorf("%s: the id is %q, not %q", name, got, none)
		}
	}
	for given, want := range map[string]string{
		"5b0c9a4e-6c1f-4b7e-9d55-3c2f8a7e1001": "5b0c9a4e-6c1f-4b7e-9d55-3c2f8a7e1001",
		"17":                                   "correspondance-cdp-17",
		"<%* x %>":                             hash("<%* x %>"),
		strings.Repeat("a", 65):                hash(strings.Repeat("a", 65)),
	} {
		if got := id("submission_id," + correspondanceHead + given + ",2026-04-20,correspondance_cdp,courrier\n"); got != want {
			t.Errorf("%q: the id is %q, not %q", given, got, want)
		}
	}
}

// What does not fit is told with its place and kept.
func TestMisfits(t *testing.T) {
	tests := []struct {
		name, text string
		options    Options
		want       []string
	}{
		{"an unknown value and column", "_date,form_id,resultats,humeur\n2026-04-20,correspondance_cdp,\"courrier, Fax\",bonne\n", Options{},
			[]string{`correspondance cdp 2026-04-20 resultats>"courrier, Fax" >"humeur: bonne"`, "warning:2:31 value_unknown", "warning:2:47 column_unknown"}},
		{"a number that is none", "_date,form_id,nb_postes\n2026-04-20,acces_it_cdp,cinq\n", Options{},
			[]string{`acces_it cdp 2026-04-20 nb_postes>"cinq"`, "warning:2:25 value_unknown"}},
		{"does not know", "_date,form_id,nb_postes,sessions,resultats\n2026-04-20,acces_it_cdp,Ne sait pas,nsp,\n", Options{},
			[]string{"acces_it cdp 2026-04-20 nb_postes=? sessions=?"}},
		{"a respondent that is no name", "_date,form_id,sessions,respondant\n2026-04-20,acces_it_cdp,nsp,\"[[x]]\"\n", Options{},
			[]string{`acces_it cdp 2026-04-20 sessions=? >"respondant: [[x]]"`}},
		{"a contradiction", "_date,form_id,sessions,sessions\n2026-04-20,acces_it_cdp,mixte,partagee\n", Options{},
			[]string{"acces_it cdp 2026-04-20 sessions=mixte+partagee!"}},
		{"a row too long", correspondanceHead + "2026-04-20,correspondance_cdp,courrier,x\n2026-04-21,correspondance_cdp,courrier\n", Options{},
			[]string{"not filed: 2026-04-20,correspondance_cdp,courrier,x", "correspondance cdp 2026-04-21 resultats=courrier", "error:2:1 row_unreadable"}},
		{"a row too short", correspondanceHead + "2026-04-20,correspondance_cdp\n", Options{},
			[]string{"not filed: 2026-04-20,correspondance_cdp", "warning:2:1 row_short", "error:2:1 answers_missing"}},
		{"a quote within a cell", correspondanceHead + "2026-04-20,correspondance_cdp,a\"b\n2026-04-21,correspondance_cdp,courrier\n", Options{},
			[]string{"not filed: 2026-04-20,correspondance_cdp,a\"b", "correspondance cdp 2026-04-21 resultats=courrier", "error:2:1 row_unreadable"}},
		{"no zone", correspondanceHead + "2026-04-20T10:00:00.5,correspondance_cdp,courrier\n10:08 AM - 30 May 2026,correspondance_cdp,courrier\n", Options{},
			[]string{"correspondance cdp 2026-04-20 resultats=courrier", "correspondance cdp 2026-05-30 resultats=courrier", "warning:2:1 zone_assumed"}},
		{"the day in UTC", correspondanceHead + "2026-04-20T23:30:00-02:00,correspondance_cdp,courrier\n", Options{}, []string{"correspondance cdp 2026-04-21 resultats=courrier"}},
		{"no day", "form_id,resultats\ncorrespondance_cdp,courrier\n", Options{}, []string{"not filed: correspondance_cdp,courrier", "error:2:1 date_missing"}},
		{"the flag's day", "form_id,resultats\ncorrespondance_cdp,courrier\n", Options{Date: "2026-04-20"}, []string{"correspondance cdp 2026-04-20 resultats=courrier"}},
		{"a month first", correspondanceHead + "04/20/2026,correspondance_cdp,courrier\n", Options{}, []string{"not filed: 04/20/2026,correspondance_cdp,courrier", "error:2:1 date_invalid"}},
		{"no client", correspondanceHead + "2026-04-20,correspondance,courrier\n", Options{}, []string{"not filed: 2026-04-20,correspondance,courrier", "error:2:1 client_missing"}},
		{"the columns tell", "_date,resultats,chiffrement_pj\n2026-04-20,courrier,jamais\n", Options{Client: "cdp"},
			[]string{"correspondance cdp 2026-04-20 resultats=courrier chiffrement_pj=jamais", "warning:2:1 questionnaire_guessed"}},
		{"the columns do not tell", "_date,humeur,client\n2026-04-20,bonne,cdp\n", Options{}, []string{"not filed: 2026-04-20,bonne,cdp", "error:2:1 questionnaire_missing"}},
		{"a misspelt form", correspondanceHead + "2026-04-20,corespondance_cdp,courrier\n", Options{}, []string{"not filed: 2026-04-20,corespondance_cdp,courrier", "error:2:1 questionnaire_unknown"}},
		{"a flag that contradicts", correspondanceHead + "2026-04-20,correspondance_cdp,courrier\n", Options{Client: "abc"},
			[]string{"not filed: 2026-04-20,correspondance_cdp,courrier", "error:2:1 origin_contradictory"}},
		{"a hostile code", "_date,questionnaire,client,resultats\n2026-04-20,correspondance,../../x,courrier\n", Options{},
			[]string{"not filed: 2026-04-20,correspondance,../../x,courrier", "error:2:1 client_code_invalid"}},
		{"spam", "_date,form_id,resultats,_gotcha\n2026-04-20,correspondance_cdp,courrier,buy\n", Options{}, []string{"correspondance cdp 2026-04-20 spam resultats=courrier"}},
		{"words behind a pasted answer", "_date: 2026-04-20\nform_id: correspondance_cdp\nresultats:\nCourrier postal\nmain_propre\n\nMerci.\n", Options{},
			[]string{`correspondance cdp 2026-04-20 resultats=courrier+main_propre resultats>"Merci."`, "warning:3:1 value_unknown"}},
		{"a complement", "_date,form_id,resultats,complement\n2026-04-20,correspondance_cdp,courrier,true\n", Options{}, []string{"correspondance cdp 2026-04-20 complement resultats=courrier"}},
		{"remarks", "_date,form_id,resultats,resultats_remarque,remarques\n2026-04-20,correspondance_cdp,courrier,un,deux\n", Options{},
			[]string{`correspondance cdp 2026-04-20 resultats=courrier resultats>"un" >"deux"`}},
		{"nested values", `{"_date":"2026-04-20","form_id":"correspondance_cdp","resultats":["courrier",null],"agent":{"nom":"x","ids":[1,{"a":true}]}}`, Options{},
			[]string{`correspondance cdp 2026-04-20 resultats=courrier >"agent.nom: x" >"agent.ids.2.a: true" >"agent.ids: 1"`,
				"warning:1:1 column_unknown", "warning:1:1 column_unknown", "warning:1:1 column_unknown"}},
		{"a member that stands twice", `{"_date":"2026-04-20","form_id":"correspondance_cdp","client":"a","client":"b"}`, Options{}, []string{"error:1:1 json_invalid"}},
		{"two documents", "{}\n{}", Options{}, []string{"error:2:1 json_invalid"}},
		{"a list of no submissions", `[1]`, Options{}, []string{"not filed: 1", "error:1:1 submission_invalid"}},
		{"nothing", " \n", Options{}, []string{"error:1:1 input_empty"}},
		{"a head alone", correspondanceHead, Options{}, []string{"error:1:1 input_empty"}},
		{"something else", "Chère madame,\nmerci.\n", Options{}, []string{"error:1:1 shape_unknown"}},
		{"Windows-1252", correspondanceHead + "2026-04-20,correspondance_cdp,T\xe9l\n", Options{},
			[]string{`correspondance cdp 2026-04-20 resultats>"Tél"`, "warning:2:1 encoding_assumed", "warning:2:31 value_unknown"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, imported(t, test.options, "a", test.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// The settings tell by the form's hash, in a payload or in a file's name.
func TestFormHash(t *testing.T) {
	o := Options{Forms: map[string]Form{"xabc": {"correspondance", "cdp"}}}
	const row = "_date,resultats\n2026-04-20,courrier\n"
	want := []string{"correspondance cdp 2026-04-20 resultats=courrier"}
	for name, text := range map[string]string{
		"form-xabc-submissions-2026-04-21T08:00:00.csv": row,
		"dir/formspree_submissions_xabc_2026-04-21.csv": row,
		"hook.json": `{"form":"xabc","submission":{"_date":"2026-04-20","resultats":"courrier"}}`,
	} {
		if diff := cmp.Diff(want, imported(t, o, name, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	got := imported(t, o, "form-xabc-submissions-1.csv", "_date,client,resultats\n2026-04-20,abc,courrier\n")
	if want := "error:2:1 origin_contradictory"; got[len(got)-1] != want {
		t.Errorf("a forged client: %v", got)
	}
}

// UTF-16 is told by its mark.
func TestUTF16(t *testing.T) {
	var b bytes.Buffer
	b.Write([]byte{0xff, 0xfe})
	for _, r := range correspondanceHead + "2026-04-20,correspondance_cdp,Remise en main propre\n" {
		b.Write([]byte{byte(r), byte(r >> 8)})
	}
	if diff := cmp.Diff([]string{"correspondance cdp 2026-04-20 resultats=main_propre"}, imported(t, Options{}, "a", b.String())); diff != "" {
		t.Error(diff)
	}
}

// The exports of other tools are told by their headers.
func TestOtherTools(t *testing.T) {
	const label = "Comment les résultats et radios sont-ils envoyés ?"
	o := Options{Questionnaire: "correspondance", Client: "cdp"}
	tests := map[string]string{
		"Tally":           "Submission ID,Respondent ID,Submitted at," + label + "\nq1w2e3,r9,2026-04-20 23:25:40,\"PDF chiffré, envoyé depuis le domaine, Courrier postal\"\n",
		"Typeform":        "#," + label + ",Start Date (UTC),Submit Date (UTC),Network ID\nabcdef,\"PDF chiffré, envoyé depuis le domaine / Courrier postal\",2026-04-20 09:05:00,2026-04-20 09:05:14,n1\n",
		"Google Forms":    "Horodateur,Nom," + label + "\n20/04/2026 10:11:12,,\"PDF chiffré, envoyé depuis le domaine, Courrier postal\"\n",
		"Microsoft Forms": "ID,Start time,Completion time,Email,Name,Last modified time," + label + "\n3,46132.4,46132.5,,anonymous,,\"PDF chiffré, envoyé depuis le domaine;Courrier postal;\"\n",
		"LimeSurvey":      "\ufeff\"id\",\"submitdate\",\"lastpage\",\"startlanguage\",\"seed\",\"startdate\",\"datestamp\",\"resultats_pdf_chiffre\",\"resultats[courrier]\"\n\"4\",\"2026-04-20 10:00:00\",\"3\",\"fr\",\"1\",\"2026-04-20 09:00:00\",\"2026-04-20 10:00:00\",\"Y\",\"Y\"\n",
	}
	for tool, text := range tests {
		t.Run(tool, func(t *testing.T) {
			got := imported(t, o, "a", text)
			if got[0] != "correspondance cdp 2026-04-20 resultats=pdf_chiffre+courrier" || len(got) > 2 {
				t.Errorf("%q", got)
			}
		})
	}
}

func hostileStrings(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("../../vault/testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range bytes.Lines(data) {
		var entry struct{ Text string }
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatal(err)
		}
		all = append(all, entry.Text)
	}
	return all
}

// A quote that is never closed is told where its row begins.
func TestRowWithoutEnd(t *testing.T) {
	in := New(catalogueSet(t), Options{})
	text := "_date,form_id,canaux\n2026-01-01,correspondance_abc,site\n2026-01-02,correspondance_abc,\"site\n" + strings.Repeat("x\n", 1<<20)
	problems, err := in.Read("a.csv", strings.NewReader(text), func(*Submission) error { return nil })
	if err != nil || len(problems) != 1 || problems[0].Code != "row_unreadable" || problems[0].Line != 3 {
		t.Errorf("%v, %v", problems, err)
	}
}
