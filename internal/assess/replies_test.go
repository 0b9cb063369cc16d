package assess

import (
	"io/fs"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
)

var editorLine = regexp.MustCompile(`^# yaml-language-server: .*\n`)

// lawOffice is the catalogue of another field: whatever passes for it cannot depend on the shipped content.
// Screens belong to no field: its words are the shipped ones. The editors' line that begins each file is left out: the
// places that the tests name count without it.
func lawOffice() fs.FS {
	files := fstest.MapFS{}
	own := os.DirFS("../../examples/avocat/modele")
	names := []string{"fr/screens.yaml"}
	for _, pattern := range []string{"*.yaml", "*/*.yaml"} {
		found, _ := fs.Glob(own, pattern) // the patterns are well formed
		names = append(names, found...)
	}
	for _, name := range names {
		if data, err := fs.ReadFile(catalog.Over(own), name); err == nil {
			files[name] = &fstest.MapFile{Data: editorLine.ReplaceAll(data, nil)}
		}
	}
	return files
}

// load loads a catalogue that must be without fault.
func load(t *testing.T, fsys fs.FS) *Model {
	t.Helper()
	m, problems := Load(fsys, "fr")
	for _, p := range problems {
		t.Errorf("%v %s", p, p.Code)
	}
	if m == nil {
		t.Fatal("no model")
	}
	return m
}

func shipped(t *testing.T) *Model { return load(t, catalog.Shipped()) }

// replies are answers without any notes. A questionnaire is received when it is in received.
type replies struct {
	answers  map[questionnaire.Ref]questionnaire.Answer
	received []string
}

// receive makes empty replies to some questionnaires.
func receive(forms ...string) *replies {
	return &replies{answers: map[questionnaire.Ref]questionnaire.Answer{}, received: forms}
}

func (r *replies) Answer(ref questionnaire.Ref) questionnaire.Answer {
	if a, ok := r.answers[ref]; ok {
		return a
	}
	return questionnaire.Answer{Ref: ref}
}

func (r *replies) Received(form string) bool {
	for _, f := range r.received {
		if f == form {
			return true
		}
	}
	return form == questionnaire.ClientID
}

// tick answers a choice.
func (r *replies) tick(ref string, options ...string) *replies {
	return r.set(ref, questionnaire.Answer{State: questionnaire.Known, Options: options})
}

// number answers a number.
func (r *replies) number(ref string, n int) *replies {
	return r.set(ref, questionnaire.Answer{State: questionnaire.Known, Number: n})
}

// set gives any answer to the question that ref names, such as "dossiers.acces".
func (r *replies) set(name string, a questionnaire.Answer) *replies {
	a.Ref, _ = questionnaire.ParseRef(name)
	r.answers[a.Ref] = a
	return r
}

// judged is what the model makes of answers, without words.
type judged struct {
	readings []Reading
	found    []Finding
	domains  []DomainReport
	score    Score
}

func judge(m *Model, answers Answers) judged {
	var j judged
	for i := range m.Controls {
		j.readings = append(j.readings, m.read(&m.Controls[i], answers))
	}
	m.contradict(j.readings, answers)
	j.found = findings(j.readings)
	j.domains, j.score = m.scores(j.readings, j.found, answers)
	return j
}

// reading is that of one control.
func (j judged) reading(id string) Reading {
	return *find(j.readings, func(r *Reading) bool { return r.Control.ID == id })
}
