package assess

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

// The files of the law office that lint cases edit.
const (
	rootFile   = "model/model.yaml"
	modelOf    = "model/dossiers.yaml"
	wordsOf    = "fr/dossiers.yaml"
	formOf     = "questionnaires/dossiers.yaml"
	references = "references.yaml"
)

// lintCase is the law office with one edit, and the one problem that the loader must give.
type lintCase struct {
	name     string
	file     string
	old, new string // the first occurrence is replaced
	place    string // line:column
	code     string
	says     string // a part of the message
}

func testLint(t *testing.T, cases []lintCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.check(t, edit(t, copyOf(t, lawOffice()), c.file, c.old, c.new))
		})
	}
}

// check loads the edited law office.
func (c lintCase) check(t *testing.T, files fs.FS) {
	t.Helper()
	_, problems := Load(files, "fr")
	want := []string{c.file + ":" + c.place + " " + c.code}
	if diff := cmp.Diff(want, places(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s%v", diff, problems)
	} else if !strings.Contains(problems[0].Message, c.says) {
		t.Errorf("the message %q lacks %q", problems[0].Message, c.says)
	}
}

// places gives the problems as "file:line:column code".
func places(problems []vault.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%s:%d:%d %s", p.Path, p.Line, p.Column, p.Code))
	}
	return out
}

func copyOf(t *testing.T, fsys fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// edit replaces the first occurrence of a text that a file must hold.
func edit(t *testing.T, files fstest.MapFS, name, from, to string) fstest.MapFS {
	t.Helper()
	text := string(files[name].Data)
	if !strings.Contains(text, from) {
		t.Fatalf("%s does not hold %q", name, from)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
	return files
}

func TestLoadGivesTheProblemsOfEveryFile(t *testing.T) {
	files := copyOf(t, lawOffice())
	edit(t, files, modelOf, "emoji: ⚖, weight: 40", "emoji: ⚖, weight: 0")
	edit(t, files, wordsOf, "  label: Rangement des pièces\n", "")
	edit(t, files, formOf, "label: Où se trouve le serveur ?", "label: Où se trouve le serveur ?\n    hint: x")
	m, problems := Load(files, "fr")
	want := []string{"fr/dossiers.yaml:5:3 missing_key", "model/dossiers.yaml:2:84 out_of_range", "questionnaires/dossiers.yaml:35:5 unknown_key"}
	if diff := cmp.Diff(want, places(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if m != nil {
		t.Error("a model with problems is given")
	}
}

// A file that cannot be read is one problem, not one for each id that other files expect in it.
func TestLoadNamesALostFileOnce(t *testing.T) {
	tests := []struct{ file, want string }{
		{rootFile, "model/model.yaml:0:0 file_unreadable"},
		{modelOf, "model/dossiers.yaml:0:0 file_unreadable"},
		{wordsOf, "fr/dossiers.yaml:0:0 file_unreadable"},
		{formOf, "questionnaires/dossiers.yaml:0:0 file_unreadable"},
		{references, "references.yaml:0:0 file_unreadable"},
		{"fr/screens.yaml", "fr/screens.yaml:0:0 file_unreadable"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			files := copyOf(t, lawOffice())
			delete(files, test.file)
			_, problems := Load(files, "fr")
			if diff := cmp.Diff([]string{test.want}, places(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// What the loader must not refuse.
func TestLoadAccepts(t *testing.T) {
	tests := []lintCase{
		{name: "a question that nothing reads, of a questionnaire without a domain", file: "questionnaires/visio.yaml",
			old: "  - id: outil\n", new: "  - {id: nombre, type: number, label: Nombre par mois}\n  - id: outil\n"},
		{name: "the client's open lists", file: modelOf,
			old: "{only: [aucune]}}}", new: "{only: [aucune]}}}\n      - {level: 2, when: {client.canton: {any_of: [VD, GE]}}}"},
		{name: "a personal name in a sentence", file: formOf, old: "{id: associe, ", new: "{id: associe, personal: true, "},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if _, problems := Load(edit(t, copyOf(t, lawOffice()), c.file, c.old, c.new), "fr"); len(problems) > 0 {
				t.Errorf("refused: %v", problems)
			}
		})
	}
}
