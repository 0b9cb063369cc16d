package assess_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// loadable are the files of the law office's catalogue, each of which the fuzzer damages in turn.
var loadable = []string{"model/model.yaml", "model/dossiers.yaml", "questionnaires/dossiers.yaml", "references.yaml", "fr/dossiers.yaml", "fr/screens.yaml"}

// FuzzLoad gives the loader a catalogue of which one file is anything: it loads or says what is wrong and where, and a
// model that it lets through judges without a fault.
func FuzzLoad(f *testing.F) {
	office := catalog.Over(os.DirFS(lawOfficeFiles))
	for i, name := range loadable {
		data, err := fs.ReadFile(office, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, data)
		f.Add(i, data[:len(data)/2])
	}
	f.Add(0, []byte("questionnaires: []\ndomains: []\n"))
	f.Add(1, []byte("controls: [{rows: [{when: {any: [{not: {a.b: {any_of: []}}}]}}]}]\n"))
	f.Add(4, []byte("a: {levels: {0: \"{{.x.y}} {{among 1}} {{template \\\"\\\"}}\"}}\n"))
	f.Fuzz(func(t *testing.T, file int, data []byte) {
		name := loadable[uint(file)%uint(len(loadable))]
		fsys := fstest.MapFS{}
		for _, other := range loadable {
			content, err := fs.ReadFile(office, other)
			if err != nil {
				t.Fatal(err)
			}
			fsys[other] = &fstest.MapFile{Data: content}
		}
		visio, err := fs.ReadFile(office, "questionnaires/visio.yaml")
		if err != nil {
			t.Fatal(err)
		}
		fsys["questionnaires/visio.yaml"] = &fstest.MapFile{Data: visio}
		fsys[name] = &fstest.MapFile{Data: data}
		m, problems := assess.Load(fsys, "fr")
		if (m == nil) == (len(problems) == 0) {
			t.Fatalf("model %v and %d problems", m != nil, len(problems))
		}
		for _, p := range problems {
			if p.Message == "" || p.Code == "" || p.Path == "" {
				t.Errorf("a problem without words, code or file: %+v", p)
			}
		}
		if m != nil {
			if _, err := m.Assess(&questionnaire.Engagement{Client: questionnaire.Client{Code: "abc"}}); err != nil {
				t.Error(err)
			}
		}
	})
}
