package assess

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"testing"

	"github.com/synth-vault/synth/internal/catalog"
)

func TestLawOfficeLoads(t *testing.T) {
	m := load(t, lawOffice())
	if len(m.Controls) != 5 || len(m.Risks) != 2 || len(m.Actions) != 3 {
		t.Errorf("%d controls, %d risks and %d actions, want 5, 2 and 3", len(m.Controls), len(m.Risks), len(m.Actions))
	}
}

func TestShippedCatalogueLoads(t *testing.T) { shipped(t) }

// Screens and templates belong to no field: the law office works with the shipped ones.
func TestLawOfficeKeepsTheShippedScreens(t *testing.T) {
	for _, dir := range []string{"fr", "fr/templates"} {
		entries, err := fs.ReadDir(catalog.Shipped(), dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := path.Join(dir, e.Name())
			if e.IsDir() || dir == "fr" && e.Name() != "screens.yaml" {
				continue
			}
			want, _ := fs.ReadFile(catalog.Shipped(), name)
			if *update {
				if err := os.WriteFile(path.Join("testdata/avocat", name), want, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := fs.ReadFile(lawOffice(), name); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not the shipped one: -update copies it to testdata/avocat (%v)", name, err)
			}
		}
	}
}
