package questionnaire

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

// sheetOf reads one note with that body. Its line 1 is line 7 of the file.
func sheetOf(t testing.TB, set *Set, body string) (*Sheet, []vault.Problem) {
	t.Helper()
	v := notes{"a.md": sent("form_id: envoi_cdt") + "\n" + body}.open(t)
	n, _ := v.Note("a.md")
	return set.ReadSheet(n, set.Questionnaire("envoi"))
}

// said lists what a sheet answers, question by question: "voies=poste+mail_clair 8", the number being the source's
// line; then its remarks.
func said(s *Sheet) []string {
	var out []string
	for _, a := range s.Answers {
		out = append(out, a.Ref.Question+value(a)+fmt.Sprint(" ", a.Sources[0].Line))
	}
	for _, r := range s.Remarks {
		out = append(out, strings.TrimLeft(r.Ref.Question+"> ", " ")+vault.Raw(r.Text)+fmt.Sprint(" ", r.Line))
	}
	return out
}

// value shows an answer: = known, ≠ contradictory, ? not known to the client, nothing where nobody answered.
func value(a Answer) string {
	switch {
	case a.State == Contradictory:
		return "≠" + strings.Join(a.Options, "+")
	case a.State == Unknown && a.Asked:
		return "?"
	case a.State == Unknown:
		return ""
	case a.Options != nil:
		return "=" + strings.Join(a.Options, "+")
	case a.Number != 0:
		return "=" + fmt.Sprint(a.Number)
	case a.HasName:
		return "=name " + vault.PlainName(a.Name)
	}
	return "=" + a.Date + vault.Raw(a.Text)
}

// bodyCase is a note's body, what is read from it, and the problems.
type bodyCase struct {
	name, body     string
	want, problems []string
}

func testBodies(t *testing.T, tests []bodyCase) {
	t.Helper()
	set := mailSet(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sheet, problems := sheetOf(t, set, test.body)
			if diff := cmp.Diff(test.want, said(sheet)); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, told(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSections(t *testing.T) {
	testBodies(t, []bodyCase{
		{"by block id", "### Comment ?\n- [x] La poste (lettre)\n\n^voies", []string{"voies=poste 8"}, nil},
		{"by block id of the heading", "### Comment ? ^Voies\n- [x] La poste (lettre)\n", []string{"voies=poste 8"}, nil},
		{"by block id with a dash", "### Comment ?\n> Excel\n\n^logiciel-nom", []string{"logiciel_nom=name Excel 8"}, nil},
		{"by heading", "# PAR QUELLES *VOIES*\n- [x] La poste (lettre)\n", []string{"voies=poste 8"}, nil},
		{"by heading below the line", "Y a t il une regle ecrite\n---\n- [x] Oui\n", []string{"regle=oui 9"}, nil},
		{"block id before heading", "### Y a-t-il une règle écrite ?\n- [x] La poste (lettre)\n\n^voies", []string{"voies=poste 8"}, nil},
		{"unanswered", "### Par quelles voies ?\n- [ ] La poste (lettre)\n- [-] Mail en clair\n", []string{"voies 7"}, nil},
		{"text and ticks before any heading", "Bonjour\n\n- [x] Oui", nil, []string{"a.md:9 question_unknown"}},
		{"the consultant's own", "## Ma visite\n- [ ] rappeler\n- [-] laissé\n- un point\n\n> cité\n", nil, nil},
		{"unknown with a tick", "## Ma visite\n- [ ] rappeler\n- [/] noter\n", nil, []string{"a.md:9 question_unknown"}},
		{"unknown with a block id", "## Ma visite\nrien ^visite\n", nil, []string{"a.md:8 question_unknown"}},
		{"unknown with a block id of the heading", "## Ma visite ^visite\nrien\n", nil, []string{"a.md:7 question_unknown"}},
		{"parent of questions", "## Partie 1\nMot.\n### Par quelles voies ?\n- [x] E-mail\n## Partie 2\n- [x] Oui\n",
			[]string{"voies=mail_clair 10"}, []string{"a.md:12 question_unknown"}},
		{"a sub-heading belongs to the question", "## Par quelles voies ?\n- [x] E-mail\n#### Détail\n- [x] La poste (lettre)\nDu texte\n\nsuite\n",
			[]string{"voies=poste+mail_clair 8", "voies> Détail 9", "voies> Du texte 11", "voies> suite 13"}, nil},
		{"a question below a question", "## Par quelles voies ?\n- [x] E-mail\n### Y a-t-il une règle écrite ?\n- [x] Oui\n",
			[]string{"voies=mail_clair 8", "regle=oui 10"}, nil},
		{"an unknown id below a question", "## Par quelles voies ?\n- [x] E-mail\n### Autre\n- [x] La poste (lettre)\n\n^autre\n",
			[]string{"voies=mail_clair 8"}, []string{"a.md:10 question_unknown"}},
		{"ends at the same level", "### Par quelles voies ?\n- [x] E-mail\n### Note\nà moi\n", []string{"voies=mail_clair 8"}, nil},
		{"twice", "### Par quelles voies ?\n- [x] E-mail\n### Bis\n- [x] La poste (lettre)\n\n^voies\n",
			[]string{"voies=mail_clair 8"}, []string{"a.md:9 question_twice"}},
		{"in a comment", "%%\n### Par quelles voies ?\n- [x] E-mail\n%%\n### Par quelles voies ?\n%% - [x] Aucune %%\n- [x] La poste (lettre) %% sûr %%\n",
			[]string{"voies=poste 13"}, nil},
		{"in code", "```\n### Par quelles voies ?\n- [x] E-mail\n```\n", nil, nil},
		{"an empty heading", "### \n- [ ] rien\n", nil, nil},
	})
}

func TestChoices(t *testing.T) {
	voies := func(lines ...string) string { return "### V\n" + strings.Join(lines, "\n") + "\n\n^voies\n" }
	regle := func(lines ...string) string { return "### R\n" + strings.Join(lines, "\n") + "\n\n^regle\n" }
	contradictory := []string{"a.md:8 warning answer_contradictory"}
	testBodies(t, []bodyCase{
		{"any mark", voies("- [X] La poste (lettre)", "- [?] Mail en clair"), []string{"voies=poste+mail_clair 8"}, nil},
		{"other bullets", voies("* [x] La poste (lettre)", "1. [✅] Mail en clair"), []string{"voies=poste+mail_clair 8"}, nil},
		{"by id", voies("- [x] mail_clair"), []string{"voies=mail_clair 8"}, nil},
		{"by id otherwise written", voies("- [x] Mail-Clair !"), []string{"voies=mail_clair 8"}, nil},
		{"by alias", voies("- [x] COURRIER POSTAL."), []string{"voies=poste 8"}, nil},
		{"escaped", voies(`- [x] La poste \(lettre\)`), []string{"voies=poste 8"}, nil},
		{"in bold", voies("- [x] **La poste** (lettre)"), []string{"voies=poste 8"}, nil},
		{"in the question's order", voies("- [x] e-mail", "- [x] La poste (lettre)"), []string{"voies=poste+mail_clair 8"}, nil},
		{"the same twice", voies("- [x] e-mail", "- [x] Mail en clair"), []string{"voies=mail_clair 8"}, nil},
		{"nested", voies("- [x] e-mail", "  - [x] La poste (lettre)"), []string{"voies=poste+mail_clair 8"}, nil},
		{"no option", voies("- [x] Pigeon", "- [ ] Hibou"), []string{"voies 7"}, []string{"a.md:8 option_unknown"}},
		{"nothing", voies("- [x] ?!"), []string{"voies 7"}, []string{"a.md:8 option_unknown"}},
		{"part of an option", voies("- [x] La poste"), []string{"voies 7"}, []string{"a.md:8 option_unknown"}},
		{"nsp that is not offered", voies("- [ ] e-mail", "- [x] ne sait pas"), []string{"voies? 9"}, nil},
		{"nsp by its id", voies("- [x] NSP"), []string{"voies? 8"}, nil},
		{"nsp that is offered", regle("- [x] Je l'ignore"), []string{"regle? 8"}, nil},
		{"nsp by the shared words", regle("- [x] Ne sait pas"), []string{"regle? 8"}, nil},
		{"nsp and another", voies("- [x] e-mail", "- [x] Ne sait pas"), []string{"voies≠mail_clair+nsp 8"}, contradictory},
		{"an exclusive option", voies("- [x] Aucune"), []string{"voies=aucune 8"}, nil},
		{"an exclusive option and another", voies("- [x] Aucune", "- [x] e-mail"), []string{"voies≠mail_clair+aucune 8"}, contradictory},
		{"two on a single", regle("- [x] Oui", "- [x] Non"), []string{"regle≠oui+non 8"}, contradictory},
		{"not applicable", regle("- [x] Sans objet"), []string{"regle=sans_objet 8"}, nil},
		{"more lines", voies("- [x] e-mail", "  depuis peu", "- [ ] La poste (lettre)", "  plus maintenant"),
			[]string{"voies=mail_clair 8", "voies> depuis peu 9", "voies> plus maintenant 11"}, nil},
	})
}

func TestWrittenAnswers(t *testing.T) {
	section := func(id string) func(string) string {
		return func(answer string) string { return "### Q\n" + answer + "\n\n^" + id + "\n" }
	}
	number, date, text, name := section("nombre"), section("revue"), section("detail"), section("logiciel-nom")
	long := strings.Repeat("a", 60)
	testBodies(t, []bodyCase{
		{"paragraph", text("Une ligne\nune autre"), []string{"detail=Une ligne\nune autre 8"}, nil},
		{"quote", text(`> 1\.5 \<b\>` + "\n>\n> fin"), []string{"detail=1.5 <b>\n\nfin 8"}, nil},
		{"paragraphs keep their backslashes", text(`C\:x`), []string{`detail=C\:x 8`}, nil},
		{"the first counts", text("Premier\n\nSecond"), []string{"detail=Premier 8", "detail> Second 10"}, nil},
		{"an empty quote is no answer", text(">\n\n> Second"), []string{"detail 7", "detail> Second 10"}, nil},
		{"nothing", text(""), []string{"detail 7"}, nil},
		{"ne sait pas", text("> Ne sait pas."), []string{"detail? 8"}, nil},
		{"a tick", text("- [x] Ne sait pas"), []string{"detail? 8"}, nil},
		{"an empty box", text("Oui\n\n- [ ] Ne sait pas"), []string{"detail=Oui 8"}, nil},
		{"a tick of something else", text("- [x] Oui"), []string{"detail 7"}, []string{"a.md:8 option_unknown"}},
		{"a list is a remark", text("- un\n- deux"), []string{"detail 7", "detail> un 8", "detail> deux 9"}, nil},
		{"least", number("1"), []string{"nombre=1 8"}, nil},
		{"most", number("> 5'000"), []string{"nombre=5000 8"}, nil},
		{"thousands", number("> 1\u202f000"), []string{"nombre=1000 8"}, nil},
		{"too few", number("0"), []string{"nombre 8"}, []string{"a.md:8 number_invalid"}},
		{"too many", number("5001"), []string{"nombre 8"}, []string{"a.md:8 number_invalid"}},
		{"no whole number", number("1,5"), []string{"nombre 8"}, []string{"a.md:8 number_invalid"}},
		{"no number", number("une dizaine"), []string{"nombre 8"}, []string{"a.md:8 number_invalid"}},
		{"beyond every number", number(strings.Repeat("9", 30)), []string{"nombre 8"}, []string{"a.md:8 number_invalid"}},
		{"number that nobody knows", number("> Ne sait pas"), []string{"nombre? 8"}, nil},
		{"day", date("> 31.07.2025"), []string{"revue=2025-07-31 8"}, nil},
		{"no day", date("31.06.2025"), []string{"revue 8"}, []string{"a.md:8 date_invalid"}},
		{"name", name(`> Dr\. Soft \& Cie 2`), []string{"logiciel_nom=name Dr. Soft & Cie 2 8"}, nil},
		{"the longest name", name(long), []string{"logiciel_nom=name " + long + " 8"}, nil},
		{"too long a name", name(long + "a"), []string{"logiciel_nom=" + long + "a 8"}, nil},
		{"a name with a sign", name("Soft (v2)"), []string{"logiciel_nom=Soft (v2) 8"}, nil},
		{"a name without a letter", name("12.5"), []string{"logiciel_nom=12.5 8"}, nil},
		{"a name on two lines", name("> Soft\n> Plus"), []string{"logiciel_nom=Soft\nPlus 8"}, nil},
	})
}

func TestRemarks(t *testing.T) {
	testBodies(t, []bodyCase{
		{"beside ticks", "### V\nDu texte.\n- [x] e-mail\n- un point\n\n> \\*cité\\*\n\n^voies\n\n> après\n",
			[]string{"voies=mail_clair 9", "voies> Du texte. 8", "voies> un point 10", "voies> *cité* 12", "voies> après 16"}, nil},
		{"behind a text", "### D\n> Oui\n\n^detail\n\n> Sauf l’été\n>\n> et l’hiver\n", []string{"detail=Oui 8", "detail> Sauf l’été\n\net l’hiver 12"}, nil},
		{"of the questionnaire", "### Pour finir\nMerci\n\n> Une \\#idée\n- et\n\n^remarques\n", []string{"> Merci 8", "> Une #idée 10", "> et 11"}, nil},
		{"with a sub-heading", "## Remarques ^remarques\nA\n### Suite\nB\n", []string{"> A 8", "> Suite 9", "> B 10"}, nil},
		{"in capitals", "## Fin\nA\n\n^Remarques\n", []string{"> A 8"}, nil},
		{"ticked", "## Fin\n- [x] Oui\n\n^remarques\n", []string{"> Oui 8"}, nil},
		{"none", "### Fin\n\n^remarques\n", nil, nil},
	})
}

// An answer knows the block by which links lead to it, and what it answered, personal texts left out.
func TestSources(t *testing.T) {
	set := mailSet(t)
	for i := range set.Questionnaires[0].Questions {
		if q := &set.Questionnaires[0].Questions[i]; q.ID == "detail" {
			q.Personal = true
		}
	}
	sheet, _ := sheetOf(t, set, "### Par quelles voies ?\n- [x] e-mail\n### Regle ^Regle\n- [x] Oui\n- [x] Non\n### D\nsecret\n\n^detail\n### Combien par mois ?\n")
	var got []string
	for _, a := range sheet.Answers {
		for _, s := range a.Sources {
			got = append(got, fmt.Sprint(s.Note, ":", s.Line, " ^", s.Block, " ", s.Heading, " ", s.Answered, " ", s.Values))
		}
	}
	want := []string{"a.md:8 ^ Par quelles voies ? true [mail_clair]", "a.md:10 ^Regle Regle true [oui non]",
		"a.md:13 ^detail D true []", "a.md:16 ^ Combien par mois ? false []"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

// The hints name what was probably meant.
func TestHints(t *testing.T) {
	set := mailSet(t)
	for body, want := range map[string]string{
		"### V\n- [x] Mail en claire\n\n^voies":    `did you mean "Mail en clair"?`,
		"### V\n- [x] Pigeon voyageur\n\n^voies":   "the options are poste, mail_clair, aucune",
		"### V\n- [x] Oui\n\n^regles":              "did you mean ^regle?",
		"### Par quels voies ?\n- [x] Oui\n":       "did you mean ^voies?",
		"### Le temps qu’il fait\n- [x] Oui\n":     "end the section with the block id of its question, such as ^voies",
		"### N\n0\n\n^nombre":                      "write a whole number from 1 to 5000",
		"### N\n- [x] douze\n\n^nombre":            "write the answer as a quote: > …",
		"### N\n12\n\n^nombre\n### M\n\n^nombre\n": "keep one of the two sections",
	} {
		_, problems := sheetOf(t, set, body)
		if len(problems) != 1 || problems[0].Hint != want {
			t.Errorf("%q gives %+v, not the hint %q", body, problems, want)
		}
	}
}

// What a message quotes of a note cannot act on a terminal.
func TestMessagesShowNoControls(t *testing.T) {
	set := mailSet(t)
	for _, text := range hostileStrings(t) {
		line := strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
		for _, body := range []string{"### V\n- [x] " + line + "\n\n^voies", "### " + line + "\n- [x] Oui", "### N\n> " + line + "\n\n^nombre"} {
			_, problems := sheetOf(t, set, body)
			for _, p := range problems {
				if i := strings.IndexFunc(p.Message+p.Hint, isControl); i >= 0 {
					t.Errorf("%q: %+q", body, p.Message)
				}
			}
		}
	}
}

func isControl(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || slices.Contains([]rune{0x202e, 0x2066, 0x200f}, r)
}

// BenchmarkReadSheet reads a note that answers a questionnaire, from its bytes.
func BenchmarkReadSheet(b *testing.B) {
	set := shippedSet(b)
	q := set.Questionnaires[0]
	text := []byte("---\ndate_reception: 2026-01-31\n---\n\n" + set.Body(randomSheet(rand.New(rand.NewPCG(1, 2)), q, []string{"Nom Simple"})))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		sheet, _ := set.ReadSheet(vault.NewNote("a.md", text), q)
		if len(sheet.Answers) != len(q.Questions) {
			b.Fatalf("%d answers, not %d", len(sheet.Answers), len(q.Questions))
		}
	}
}
