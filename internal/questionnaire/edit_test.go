package questionnaire

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

const editHead = "---\ncategory: questionnaire\nform_id: envoi_nord\ndate_reception: 2026-01-10\n---\n"

// enter writes an entry into a note and gives the note's text.
func enter(t testing.TB, text, question string, e Entry) (string, error) {
	t.Helper()
	set := mailSet(t)
	q := set.Questionnaire("envoi")
	if question != "" {
		e.Question = q.Question(question)
	}
	out, err := set.Enter(vault.NewNote("q.md", []byte(text)), q, e)
	return string(out), err
}

func known(a Answer) *Answer {
	a.State = Known
	return &a
}

// Only the answer changes: marks, the box that was missing, the text; every other byte is the human's.
func TestEnterChangesTheAnswerAlone(t *testing.T) {
	choose := func(ids ...string) *Answer { return known(Answer{Options: ids}) }
	unknown := &Answer{Asked: true}
	tests := []struct {
		name, question string
		answer         *Answer
		before, after  string
	}{
		{"a tick moves", "voies", choose("mail_clair"), "### Par quelles voies ?\n- [x] La poste (lettre)\n- [ ] Mail en clair\n\n^voies\n",
			"### Par quelles voies ?\n- [ ] La poste (lettre)\n- [x] Mail en clair\n\n^voies\n"},
		{"a mark of the human's stays", "voies", choose("poste"), "### Par quelles voies ?\n* [/] La poste (lettre)\n1. [X] E-mail\n",
			"### Par quelles voies ?\n* [/] La poste (lettre)\n1. [ ] E-mail\n"},
		{"the box is missing", "voies", unknown, "### Par quelles voies ?\n- [x] La poste (lettre)\n  le lundi\n\nMot.\n\n^voies\n",
			"### Par quelles voies ?\n- [ ] La poste (lettre)\n  le lundi\n- [x] Ne sait pas\n\nMot.\n\n^voies\n"},
		{"no box at all", "regle", choose("oui"), "### Y a-t-il une règle écrite ?\n^regle\n", "### Y a-t-il une règle écrite ?\n\n- [x] Oui\n\n^regle\n"},
		{"its own box for not knowing", "regle", unknown, "### Règle\n- [x] Oui\n- [ ] Je l’ignore\n\n^regle\n", "### Règle\n- [ ] Oui\n- [x] Je l’ignore\n\n^regle\n"},
		{"a number", "nombre", known(Answer{Number: 12}), "### Combien par mois ?\n\n>\n\n^nombre\n\n> Environ.\n", "### Combien par mois ?\n\n> 12\n\n^nombre\n\n> Environ.\n"},
		{"a paragraph", "detail", known(Answer{Text: vault.Received("Nouveau.")}), "### Quel détail ajouter ?\nAncien,\nlong. ^detail\n\nMot.\n",
			"### Quel détail ajouter ?\n> Nouveau\\.\n\n^detail\n\nMot.\n"},
		{"the block id behind it", "revue", known(Answer{Date: "2026-01-02"}), "### Date de la dernière revue ?\nhier\n^revue\n",
			"### Date de la dernière revue ?\n> 2026-01-02\n\n^revue\n"},
		{"a box in a written answer", "detail", known(Answer{Text: vault.Received("Oui.")}), "### Quel détail ajouter ?\n- [x] Ne sait pas\n\n^detail\n",
			"### Quel détail ajouter ?\n\n> Oui\\.\n\n- [ ] Ne sait pas\n\n^detail\n"},
		{"no section", "nombre", known(Answer{Number: 3}), "Mot.\n\n### Remarques\n\n^remarques\n",
			"Mot.\n\n### Combien par mois ?\n\n> 3\n\n^nombre\n\n### Remarques\n\n^remarques\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := enter(t, editHead+test.before, test.question, Entry{Answer: test.answer})
			if diff := cmp.Diff(editHead+test.after, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			windows := strings.ReplaceAll(editHead+test.before, "\n", "\r\n")
			got, err = enter(t, windows, test.question, Entry{Answer: test.answer})
			if diff := cmp.Diff(strings.ReplaceAll(editHead+test.after, "\n", "\r\n"), got); err != nil || diff != "" {
				t.Errorf("with CRLF: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestEnterAddsRemarks(t *testing.T) {
	remark := vault.Received("À voir\n`x`")
	for _, test := range []struct{ name, question, before, after string }{
		{"behind the answer", "nombre", "### Combien par mois ?\n\n> 12\n\n^nombre\n\n\n### Autre\n", "### Combien par mois ?\n\n> 12\n\n^nombre\n\n> À voir\n> \\`x\\`\n\n\n### Autre\n"},
		{"of the questionnaire", "", "### Remarques\n\n> Une.\n\n^remarques\n", "### Remarques\n\n> Une.\n\n^remarques\n\n> À voir\n> \\`x\\`\n"},
		{"where there is no section", "", "Mot.\n", "Mot.\n\n### Remarques\n\n> À voir\n> \\`x\\`\n\n^remarques\n"},
	} {
		got, err := enter(t, editHead+test.before, test.question, Entry{Remark: remark})
		if diff := cmp.Diff(editHead+test.after, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, err, diff)
		}
	}
}

func TestEnterFillsInTheHead(t *testing.T) {
	name, _ := vault.NewName(vault.Received("Mme D’Ys"))
	body := "### Combien par mois ?\n\n> 12\n\n^nombre\n"
	for before, after := range map[string]string{
		"---\ndate_reception: \nrespondant: \"\"\nx: 1 # y\n---\n": "---\ndate_reception: 2026-01-10\nrespondant: \"Mme D’Ys\"\nx: 1 # y\n---\n",
		"---\nx: 1\n---\n": "---\nx: 1\ndate_reception: 2026-01-10\nrespondant: \"Mme D’Ys\"\n---\n",
	} {
		got, err := enter(t, before+body, "", Entry{Date: "2026-01-10", Respondent: name})
		if diff := cmp.Diff(after+body, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

// A note that the answer cannot be written into, so that it would be read and all else as before, is left alone.
func TestEnterRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"a date that is there": editHead,
		"behind an open fence": editHead + "```\n### Combien par mois ?\n\n^nombre\n",
		"behind a comment":     editHead + "%%\n### Combien par mois ?\n",
	} {
		if got, err := enter(t, text, "nombre", Entry{Date: "2026-02-01", Answer: known(Answer{Number: 2})}); err == nil {
			t.Errorf("%s: written\n%s", name, got)
		}
	}
}

// A blank note waits, whatever its questionnaire, and takes every answer and every hostile text.
func TestBlankTakesAnyAnswer(t *testing.T) {
	set := mailSet(t)
	q := set.Questionnaire("envoi")
	blank := set.Blank(q, Head{Client: "nord"})
	sheet, problems := set.ReadSheet(vault.NewNote("q.md", blank), q)
	if len(sheet.Answers) != len(q.Questions) || sheet.waiting(problems) == nil {
		t.Fatalf("%v in\n%s", problems, blank)
	}
	for _, text := range hostileStrings(t) {
		u := vault.Received(text)
		if u.IsZero() {
			continue
		}
		got, err := enter(t, string(blank), "detail", Entry{Date: "2026-01-10", Answer: known(Answer{Text: u}), Remark: u})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if again, err := enter(t, got, "detail", Entry{Answer: known(Answer{Text: u})}); err != nil || again != got {
			t.Errorf("%q is not entered again as it was: %v\n%s", text, err, cmp.Diff(got, again))
		}
	}
}

// FuzzEnter checks that no note makes the editor fail, and that what was entered once is entered again without a change.
func FuzzEnter(f *testing.F) {
	for _, seed := range []string{"### Par quelles voies ?\n- [x] La poste (lettre)\n\n^voies\n", "> a\n^voies", "### V\n\ttext\n\n^voies\r\n", "## Par quelles voies ?\n1) [x] e-mail\n   - [ ] Aucune"} {
		f.Add(seed)
	}
	set := mailSet(f)
	q := set.Questionnaire("envoi")
	f.Fuzz(func(t *testing.T, body string) {
		for _, e := range []Entry{{Question: q.Question("voies"), Answer: known(Answer{Options: []string{"poste", "mail_clair"}})},
			{Question: q.Question("detail"), Answer: known(Answer{Text: vault.Received("Mot.")})}} {
			out, err := set.Enter(vault.NewNote("q.md", []byte(editHead+body)), q, e)
			if err != nil {
				continue
			}
			if again, err := set.Enter(vault.NewNote("q.md", out), q, e); err != nil || !bytes.Equal(again, out) {
				t.Errorf("%q entered again: %v\n%s", body, err, cmp.Diff(string(out), string(again)))
			}
		}
	})
}
