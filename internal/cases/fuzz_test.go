package cases_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/cases"
)

// FuzzLoad gives the loader cases that are anything: it tells what is wrong, with a place in the file, or gives cases that
// can be tried.
func FuzzLoad(f *testing.F) {
	own, err := fs.ReadFile(office(), file)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(own)
	f.Add(own[:len(own)/2])
	f.Add([]byte("cases: [{id: a, answers: {dossiers.acces: [], dossiers.jours: \"1\"}, findings: {x: 1}, score: [], domains: {dossiers: {}}}]\n"))
	f.Add([]byte("cases: [{id: a, client: {country: [CH]}, received: [client], controls: {doss_acces: {}}, risks: {doss_secret: x}}]\n"))
	m, problems := assess.Load(office(), "fr")
	if m == nil {
		f.Fatal(problems)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all, problems := cases.Load(fstest.MapFS{file: {Data: data}}, m)
		for _, p := range problems {
			if p.Path != file || p.Line < 1 || p.Column < 1 || p.Code == "" || p.Message == "" {
				t.Errorf("a problem without place or words: %+v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		for i := range all {
			if _, err := all[i].Try(m); err != nil {
				t.Errorf("%s: %v", all[i].ID, err)
			}
		}
	})
}
