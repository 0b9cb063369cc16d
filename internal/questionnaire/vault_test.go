package questionnaire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/vaultgen"
	"github.com/synth-vault/synth/vault"
)

// mailCatalogue holds a question of every type, and two questionnaires of which one's id begins with the other's.
var mailCatalogue = fstest.MapFS{
	"questionnaires/envoi.yaml": {Data: []byte(`id: envoi
title: Envois
emoji: 📮
questions:
  - id: voies
    type: multi
    label: Par quelles voies ?
    options:
      - {id: poste, label: La poste (lettre), aliases: [courrier postal], status: ok}
      - {id: mail_clair, label: Mail en clair, aliases: [e-mail], status: ko}
      - {id: aucune, label: Aucune, status: neutre, exclusive: true}
  - id: regle
    type: single
    label: Y a-t-il une règle écrite ?
    options:
      - {id: oui, label: "Oui", status: ok}
      - {id: non, label: "Non", status: ko}
      - {id: nsp, label: Je l’ignore, status: neutre}
      - {id: sans_objet, label: Sans objet, status: neutre}
  - {id: nombre, type: number, label: "Combien par mois ?", min: 1, max: 5000}
  - {id: revue, type: date, label: "Date de la dernière revue ?"}
  - {id: detail, type: text, label: "Quel détail ajouter ?"}
  - {id: logiciel_nom, type: name, label: "Quel logiciel ?"}
`)},
	"questionnaires/envoi_pro.yaml": {Data: []byte(`id: envoi_pro
title: Envois professionnels
emoji: 📬
questions:
  - id: canal
    type: single
    label: Quel canal ?
    options:
      - {id: un, label: "Un seul", status: ok}
`)},
	"fr/screens.yaml": {Data: []byte("questionnaire: {dont_know: Ne sait pas, several: Plusieurs., remarks: Remarques,\n  client: {country: Pays, canton: Canton, profession: Métier}}\n")},
}

func mailSet(t testing.TB) *Set {
	t.Helper()
	set, problems := Load(mailCatalogue, []string{"envoi", "envoi_pro"}, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

// notes are the files of a vault by their slash-separated paths.
type notes map[string]string

func (files notes) open(t testing.TB) *vault.Vault {
	t.Helper()
	dir := t.TempDir()
	if err := vaultgen.WriteFiles(dir, files); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (files notes) read(t testing.TB, set *Set) ([]*Engagement, []vault.Problem) {
	t.Helper()
	return set.Read(files.open(t))
}

// client is a client's note with these further lines in its head.
func client(lines ...string) string { return head("category: client", lines) }

// sent is a questionnaire's note, without a body, with these further lines in its head.
func sent(lines ...string) string {
	return head("category: questionnaire\ndate_reception: 2026-01-10", lines)
}

func head(first string, lines []string) string {
	return "---\n" + first + "\n" + strings.Join(append(lines, ""), "\n") + "---\n"
}

// told lists problems as "path:line code", or "path:line warning code".
func told(problems []vault.Problem) []string {
	var out []string
	for _, p := range problems {
		severity := ""
		if p.Severity == vault.Warning {
			severity = "warning "
		}
		out = append(out, fmt.Sprintf("%s:%d %s%s", p.Path, p.Line, severity, p.Code))
	}
	return out
}

// rounds lists what each client that can be assessed sent: "cdt: envoi a.md+b.md, c.md", the latest round last.
func rounds(engagements []*Engagement) []string {
	var out []string
	for _, e := range engagements {
		var forms []string
		for _, form := range slices.Sorted(maps.Keys(e.Assessments)) {
			var all []string
			for _, round := range e.Assessments[form] {
				var sheets []string
				for _, s := range round.Sheets {
					sheets = append(sheets, s.Note)
				}
				all = append(all, strings.Join(sheets, "+"))
			}
			forms = append(forms, " "+form+" "+strings.Join(all, ", "))
		}
		out = append(out, e.Client.Code+":"+strings.Join(forms, ";"))
	}
	return out
}

// readCase is a vault, the clients that can be assessed from it, and the problems.
type readCase struct {
	name           string
	files          notes
	want, problems []string
}

func testRead(t *testing.T, tests []readCase) {
	t.Helper()
	set := mailSet(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			engagements, problems := test.files.read(t, set)
			if diff := cmp.Diff(test.want, rounds(engagements)); diff != "" {
				t.Errorf("clients (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, told(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
