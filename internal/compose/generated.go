package compose

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// Generated are the notes of a vault that synth has made, wherever they lie by now.
type Generated struct {
	vault    *vault.Vault
	notes    map[noteID][]string // paths, sorted
	problems []vault.Problem     // notes that claim to be one that another is
}

// Find looks for the generated notes of a vault. A note without its seal is the user's own by now.
func Find(v *vault.Vault) *Generated {
	g := &Generated{vault: v, notes: map[noteID][]string{}}
	for _, n := range v.Notes() {
		if _, sealed := n.Property("synth_seal"); !sealed {
			continue
		}
		client, ok := n.Property("synth_client")
		if !ok {
			continue
		}
		category, _ := n.Property("category")
		form, _ := n.Property("synth_questionnaire")
		id := noteID{category.Text(), client.Text(), form.Text()}
		g.notes[id] = append(g.notes[id], n.Path())
	}
	return g
}

// path gives the path of a note that exists: of several that claim to be it, the one that bears synth's own name, else
// the first. The others are reported. It is empty where there is none.
func (g *Generated) path(id noteID, name string) string {
	claims := slices.Clone(g.notes[id])
	if len(claims) == 0 {
		return ""
	}
	own := func(p string) int {
		base := strings.ToLower(norm.NFC.String(strings.TrimSuffix(path.Base(p), ".md")))
		switch lower := strings.ToLower(name); {
		case base == lower:
			return 0
		case strings.HasPrefix(base, lower+" (synth"):
			return 1
		}
		return 2
	}
	slices.SortFunc(claims, func(a, b string) int { return cmp.Or(cmp.Compare(own(a), own(b)), cmp.Compare(a, b)) })
	for _, other := range claims[1:] {
		g.problems = append(g.problems, vault.Problem{Path: other, Line: 1, Column: 1, Severity: vault.Warning, Code: "note_twice",
			Message: "the note says that it is the one in " + claims[0], Hint: "delete the copy, or its properties that begin with synth_"})
	}
	return claims[0]
}
