package questionnaire

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/vault"
)

func shippedSet(t testing.TB) *Set {
	t.Helper()
	files, err := filepath.Glob("../catalog/questionnaires/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no questionnaire is shipped", err)
	}
	var ids []string
	for _, f := range files {
		ids = append(ids, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	set, problems := Load(catalog.Shipped(), ids, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

// randomSheet answers a questionnaire at random, the same for the same source: texts and remarks are hostile.
func randomSheet(r *rand.Rand, q *Questionnaire, texts []string) *Sheet {
	s := &Sheet{Questionnaire: q.ID}
	remark := func(ref Ref) {
		for range r.IntN(3) {
			s.Remarks = append(s.Remarks, Remark{Ref: ref, Text: vault.Received(texts[r.IntN(len(texts))])})
		}
	}
	for i := range q.Questions {
		ref := Ref{q.ID, q.Questions[i].ID}
		s.Answers = append(s.Answers, randomAnswer(r, ref, &q.Questions[i], texts))
		remark(ref)
	}
	remark(Ref{})
	return s
}

func randomAnswer(r *rand.Rand, ref Ref, q *Question, texts []string) Answer {
	a := Answer{Ref: ref}
	switch r.IntN(8) {
	case 0:
		return a
	case 1:
		a.Asked = true
		return a
	}
	switch q.Type {
	case Number:
		a.Number = 1 + r.IntN(9)
	case Date:
		a.Date = fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
	case Text, Named:
		a.Text = vault.Received(texts[r.IntN(len(texts))])
		if q.Type == Named {
			a.Name, a.HasName = vault.NewName(a.Text)
		}
	default:
		for len(a.Options) == 0 {
			a.Options = slices.DeleteFunc(q.OptionIDs(), func(string) bool { return r.IntN(3) > 0 })
		}
		a.settle(q)
		return a
	}
	a.State = Known
	return a
}

// shown lists what a sheet says, texts as a note shows them.
func shown(s *Sheet) []string {
	var out []string
	for _, a := range s.Answers {
		out = append(out, fmt.Sprintf("%s: %d %t %v %d %s %t %s\n%s", a.Ref, a.State, a.Asked, a.Options, a.Number, a.Date,
			a.HasName, vault.PlainName(a.Name), a.Text.Quote()))
	}
	for _, r := range s.Remarks {
		out = append(out, fmt.Sprintf("%s> %s", r.Ref, r.Text.Quote()))
	}
	return out
}

// What a sheet says stands in its note, whatever it is.
func TestBodyIsReadBack(t *testing.T) {
	texts := hostileStrings(t)
	for name, set := range map[string]*Set{"shipped": shippedSet(t), "every type": mailSet(t)} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(12) {
				r := rand.New(rand.NewPCG(seed, 2026))
				for _, q := range set.Questionnaires {
					checkReadBack(t, set, randomSheet(r, q, texts), seed)
				}
			}
		})
	}
}

// Every hostile string, alone, as each kind of text.
func TestBodyHoldsHostileTexts(t *testing.T) {
	set := mailSet(t)
	for i, text := range hostileStrings(t) {
		u := vault.Received(text)
		s := &Sheet{Questionnaire: "envoi", Remarks: []Remark{{Ref: Ref{"envoi", "nombre"}, Text: u}, {Text: u}}}
		for _, id := range []string{"detail", "logiciel_nom"} {
			s.Answers = append(s.Answers, Answer{Ref: Ref{"envoi", id}, State: Known, Text: u})
		}
		s.Answers[1].Name, s.Answers[1].HasName = vault.NewName(u)
		for _, id := range []string{"voies", "regle", "nombre", "revue"} {
			s.Answers = append(s.Answers, Answer{Ref: Ref{"envoi", id}})
		}
		order := set.Questionnaires[0]
		slices.SortFunc(s.Answers, func(a, b Answer) int { return index(order, a) - index(order, b) })
		checkReadBack(t, set, s, uint64(i))
	}
}

func index(q *Questionnaire, a Answer) int {
	return slices.IndexFunc(q.Questions, func(question Question) bool { return question.ID == a.Ref.Question })
}

func checkReadBack(t *testing.T, set *Set, sheet *Sheet, seed uint64) {
	t.Helper()
	files := notes{"a.md": sent("form_id: "+sheet.Questionnaire+"_cdt") + set.Body(sheet)}
	engagements, problems := files.read(t, set)
	contradictions := 0
	for _, a := range sheet.Answers {
		if a.State == Contradictory {
			contradictions++
		}
	}
	for _, p := range problems {
		if p.Code == "answer_contradictory" {
			contradictions--
			continue
		}
		if p.Code == "questionnaire_waiting" {
			continue
		}
		t.Errorf("seed %d: %v", seed, p)
	}
	if contradictions != 0 || len(engagements) != 1 {
		t.Fatalf("seed %d: %d clients, %d contradictions more than told, in\n%s", seed, len(engagements), contradictions, files["a.md"])
	}
	back := onlySheet(engagements[0])
	if diff := cmp.Diff(shown(sheet), shown(back)); diff != "" {
		t.Errorf("seed %d: %s (-written +read):\n%s", seed, sheet.Questionnaire, diff)
	}
	if again, once := set.Body(back), set.Body(sheet); again != once {
		t.Errorf("seed %d: written again (-once +again):\n%s", seed, cmp.Diff(once, again))
	}
}

// onlySheet is a client's only sheet, be it begun or not.
func onlySheet(e *Engagement) *Sheet {
	for _, rounds := range e.Assessments {
		return rounds[0].First()
	}
	return e.Waiting[0]
}

// An answer that holds nothing but white space does not turn the remark behind it into the answer.
func TestBodyOfABlankAnswer(t *testing.T) {
	set := mailSet(t)
	ref := Ref{"envoi", "detail"}
	body := set.Body(&Sheet{Questionnaire: "envoi", Answers: []Answer{{Ref: ref, State: Known, Text: vault.Received(" \n")}},
		Remarks: []Remark{{Ref: ref, Text: vault.Received("remarque")}}})
	sheet, _ := sheetOf(t, set, body)
	if a := sheet.answer(ref); a.State != Unknown || len(sheet.Remarks) != 1 {
		t.Errorf("answer %q, remarks %v", value(*a), sheet.Remarks)
	}
}

// FuzzSheet checks that no note's body makes the reader fail, that whatever it tells of lies in the file, and that
// the same bytes are read the same.
func FuzzSheet(f *testing.F) {
	for _, example := range exampleBodies(f) {
		f.Add(example)
	}
	for _, text := range hostileStrings(f) {
		f.Add("### V\n- [x] " + text + "\n\n^canaux\n### " + text + "\n> " + text + "\n\n^domaine\n" + text)
	}
	set := shippedSet(f)
	file := filepath.Join(f.TempDir(), "a.md")
	head := sent("form_id: correspondance_cdt")
	f.Fuzz(func(t *testing.T, body string) {
		if err := os.WriteFile(file, []byte(head+body), 0o600); err != nil {
			t.Fatal(err)
		}
		first, lines := readFile(t, set, file)
		if last := 1 + strings.Count(head+body, "\n"); len(lines) > 0 && (slices.Min(lines) < 1 || slices.Max(lines) > last) {
			t.Errorf("%q: one of the lines %v is not among 1 to %d", body, lines, last)
		}
		if again, _ := readFile(t, set, file); again != first {
			t.Errorf("%q is read as\n%s\nand again as\n%s", body, first, again)
		}
	})
}

// exampleBodies are the bodies of the examples' questionnaire notes.
func exampleBodies(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../examples/*/Clients/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, body, ok := strings.Cut(string(data), "\n---\n"); ok && strings.Contains(string(data), "category: questionnaire\n") {
			out = append(out, body)
		}
	}
	if len(out) == 0 {
		t.Fatal("no example holds a questionnaire")
	}
	return out
}

// readFile reads a vault of one note: what it says, and every line that is told of.
func readFile(t *testing.T, set *Set, file string) (string, []int) {
	t.Helper()
	v, err := vault.Open(filepath.Dir(file), vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, _ := v.Note(filepath.Base(file))
	sheet, problems := set.ReadSheet(n, set.Questionnaire("correspondance"))
	var lines []int
	for _, p := range problems {
		if p.Line > 0 || !strings.HasPrefix(p.Code, "body_") { // a body that cannot be read has no such line
			lines = append(lines, p.Line)
		}
	}
	for _, a := range sheet.Answers {
		lines = append(lines, a.Sources[0].Line)
	}
	for _, r := range sheet.Remarks {
		lines = append(lines, r.Line)
	}
	return fmt.Sprint(shown(sheet), problems), lines
}
