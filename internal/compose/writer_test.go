package compose

import (
	"testing"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// A link to an answer is the one that the vault would write, whatever the note and the block are called.
func TestSourcesAreLinkedAsTheVaultLinks(t *testing.T) {
	files := notes{"Synthèse.md": ""}
	names := []string{"Accès.md", "Acces_IT.md", "C#.md", "100 %.md", "a%%b.md", " a.md", "a .md", "v1.2.md", "[x].md", "x^y.md", "a~b.md",
		"Clients/Deux.md", "Autres/Deux.md", "Clients/Synthèse.md"}
	for _, name := range names {
		files[name] = ""
	}
	places := &Places{vault: files.open(t)}
	for _, name := range names {
		for _, block := range []string{"sessions", "a-1", "é", "x^y", "a b", "%%"} {
			w := &writer{dossier: &dossier{places: places}, note: "Synthèse.md",
				shared: &shared{targets: map[string]string{}}}
			want := places.link(w.note, name, "^"+block, arrow)
			if got := w.source(questionnaire.Source{Note: name, Block: block}); got != want {
				t.Errorf("%s, block %s: %s, want %s", name, block, got, want)
			}
		}
	}
}
