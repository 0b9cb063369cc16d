package intake

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"testing/fstest"
)

// everyType is a questionnaire with a question of each type, a text among them.
const everyType = `id: essai
title: "Essai"
emoji: 📁
questions:
  - {id: voies, type: multi, label: "Par quelles voies ?", options: [{id: mail, label: "Mail, en clair", status: ko}, {id: poste, label: "Poste", status: ok}]}
  - {id: regle, type: single, label: "Une règle ?", options: [{id: oui, label: "Oui", status: ok}, {id: non, label: "Non", status: ko}]}
  - {id: nombre, type: number, label: "Combien ?", min: 0, max: 99}
  - {id: revue, type: date, label: "Quand ?"}
  - {id: detail, type: text, label: "Quels détails ?"}
  - {id: outil, type: name, label: "Quel outil ?"}
`

func everySet(t testing.TB) *questionnaire.Set {
	t.Helper()
	set, problems := questionnaire.Load(catalog.Over(fstest.MapFS{"questionnaires/essai.yaml": {Data: []byte(everyType)}}), []string{"essai", "correspondance"}, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

// checkReadBack writes a filed submission as a note and reads it back: nothing may be wrong with it, nothing may be
// missing, and its head may hold nothing but what is ours.
func checkReadBack(t *testing.T, set *questionnaire.Set, in *Intake, f Filed) {
	t.Helper()
	data := in.Note(f)
	note := vault.NewNote("a.md", data)
	if _, err := note.Properties(); err != nil {
		t.Fatalf("%v in\n%s", err, note.Head())
	}
	for name, want := range map[string]string{"category": "questionnaire", "client": f.Sheet.Client, "questionnaire": f.Sheet.Questionnaire,
		"submission_id": f.ID, "date_reception": f.Sheet.Date} {
		if p, _ := note.Property(name); p.Text() != want {
			t.Errorf("the property %s is %q, not %q", name, p.Text(), want)
		}
	}
	sheet, problems := set.ReadSheet(note, set.Questionnaire(f.Sheet.Questionnaire))
	for _, p := range problems {
		if p.Code != "answer_contradictory" {
			t.Errorf("%v in\n%s", p, data)
		}
	}
	if differences := in.Differences(sheet, f.Sheet); len(differences) > 0 {
		t.Errorf("the note says otherwise: %+v", differences)
	}
	if diff := cmp.Diff(answers(f.Sheet), answers(sheet)); diff != "" {
		t.Errorf("-filed +read:\n%s", diff)
	}
	if got, want := vault.Raw(sheet.Respondent), vault.Raw(f.Sheet.Respondent); got != want {
		t.Errorf("the respondent is %q, not %q", got, want)
	}
	if again := in.Note(Filed{Submission: f.Submission, ID: f.ID, Sheet: merged(sheet, f)}); !bytes.Equal(again, data) {
		t.Errorf("written again (-once +again):\n%s", cmp.Diff(string(data), string(again)))
	}
}

// merged is the sheet that was read, with the client that its head names.
func merged(read *questionnaire.Sheet, f Filed) *questionnaire.Sheet {
	read.Client = f.Sheet.Client
	return read
}

func answers(s *questionnaire.Sheet) []string {
	var out []string
	for _, a := range s.Answers {
		out = append(out, a.Ref.String(), strings.Join(a.Options, "+"), a.Date, vault.Raw(a.Text), vault.PlainName(a.Name),
			strings.Repeat("?", int(a.State)), strings.Repeat("1", a.Number), map[bool]string{true: "asked"}[a.Asked])
	}
	for _, r := range s.Remarks {
		out = append(out, r.Ref.String()+">"+vault.Raw(r.Text))
	}
	return out
}

// Every hostile string in every field, by CSV, JSON and mail: it is text wherever it lands, and nothing of it is lost.
func TestHostileFields(t *testing.T) {
	set := everySet(t)
	fields := []string{"voies", "regle", "nombre", "revue", "detail", "outil", "regle_remarque", "remarques", "respondant", "consultant", "submission_id", "inconnu", "source"}
	for i, text := range hostileStrings(t) {
		record := map[string]any{"_date": "2026-04-20", "form_id": "essai_cdp"}
		names, cells := []string{"_date", "form_id"}, []string{"2026-04-20", "essai_cdp"}
		for _, name := range fields {
			record[name] = text
			names, cells = append(names, name), append(cells, text)
		}
		record[text+"x"] = text
		asJSON, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		var table bytes.Buffer
		w := csv.NewWriter(&table)
		if err := w.WriteAll([][]string{append(names, text+"x"), append(cells, text)}); err != nil {
			t.Fatal(err)
		}
		for shape, data := range map[string][]byte{"JSON": asJSON, "CSV": table.Bytes()} {
			in := New(set, Options{})
			problems, err := in.Read("a", bytes.NewReader(data), func(s *Submission) error {
				f, problems := in.File(s)
				if f.Sheet == nil {
					t.Fatalf("%d, %s: %v", i, shape, problems)
				}
				checkReadBack(t, set, in, f)
				return nil
			})
			if err != nil || failed(problems) && !strings.Contains(text, "\x00") {
				t.Errorf("%d, %s: %v %v", i, shape, problems, err)
			}
		}
	}
}

// Answers at random, known and not, in any shape, are what their notes say.
func TestRandomSubmissions(t *testing.T) {
	set := everySet(t)
	in := New(set, Options{})
	texts := append(hostileStrings(t), "oui", "Poste; Mail, en clair", "mail", "7", "31.12.2025", "Ne sait pas", "Keepass", "  \n", "")
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2026))
		record := map[string]any{"_date": "2026-04-20", "form_id": "essai_cdp", "nombre": "3"}
		for _, name := range []string{"voies", "regle", "nombre", "revue", "detail", "outil", "detail_remarque", "remarques", "respondant", "autre"} {
			switch r.IntN(4) {
			case 0:
				record[name] = []string{texts[r.IntN(len(texts))], texts[r.IntN(len(texts))]}
			case 1:
			default:
				record[name] = texts[r.IntN(len(texts))]
			}
		}
		data, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.Read("a", bytes.NewReader(data), func(s *Submission) error {
			f, problems := in.File(s)
			if f.Sheet == nil {
				t.Logf("seed %d: %v", seed, problems)
				return nil
			}
			checkReadBack(t, set, in, f)
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
}

// A text as long as anybody likes leaves the note readable.
func TestLongTexts(t *testing.T) {
	set := everySet(t)
	for _, piece := range []string{"|", "[", "\x01", "x\n", "a|b\n", "é", "\\", "<%", "- [x] Oui\n"} {
		record := map[string]string{"_date": "2026-04-20", "form_id": "essai_cdp"}
		for _, name := range []string{"detail", "outil", "remarques", "regle", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
			record[name] = strings.Repeat(piece, 60_000)
		}
		data, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		in := New(set, Options{})
		if _, err := in.Read("a", bytes.NewReader(data), func(s *Submission) error {
			f, problems := in.File(s)
			if f.Sheet == nil {
				t.Fatalf("%q: %v", piece, problems)
			}
			if !f.Review {
				t.Errorf("%q: nobody is told", piece)
			}
			checkReadBack(t, set, in, f)
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
}

// What the inbox keeps gives the same note again.
func TestRecordsGiveTheSameNote(t *testing.T) {
	set := catalogueSet(t)
	files, err := filepath.Glob("../../examples/formulaires/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no example", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		in := New(set, Options{})
		if _, err := in.Read(name, bytes.NewReader(data), func(s *Submission) error {
			f, _ := in.File(s)
			line, err := f.Record().Encode()
			if err != nil {
				return err
			}
			r, err := DecodeRecord(line)
			if err != nil {
				return err
			}
			if !bytes.Equal(r.Raw, s.Raw) || r.Key() != f.Record().Key() {
				t.Errorf("%s: the record holds %q of %q", name, r.Raw, s.Raw)
			}
			r.Header = s.Header
			again, problems := in.Again(r)
			if again.Sheet == nil || !bytes.Equal(in.Note(again), in.Note(f)) {
				t.Errorf("%s: made again: %v", name, problems)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
}

// FuzzIntake checks that no input makes intake fail, and that whatever note comes of it says what was read.
func FuzzIntake(f *testing.F) {
	f.Add([]byte("_date,form_id,voies,detail\n2026-04-20,essai_cdp,\"mail, poste\",x\n"))
	f.Add([]byte("{\"form\":\"x\",\"submission\":{\"_date\":\"2026-04-20\",\"form_id\":\"essai_cdp\",\"regle\":[\"oui\"]}}"))
	f.Add([]byte("_date: 2026-04-20\nform_id: essai_cdp\ndetail: a\nb: c\n"))
	f.Add([]byte("\xff\xfe_\x00d\x00"))
	for _, text := range hostileStrings(f) {
		f.Add([]byte("form_id: essai_cdp\n_date: 2026-04-20\nregle: oui\ndetail: " + text + "\n"))
	}
	set := everySet(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		in := New(set, Options{})
		if _, err := in.Read("a", bytes.NewReader(data), func(s *Submission) error {
			if filed, _ := in.File(s); filed.Sheet != nil {
				checkReadBack(t, set, in, filed)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
