package compose

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// Generated are the notes of a vault that synth has made, wherever they lie by now.
type Generated struct {
	vault    *vault.Vault
	notes    map[noteID][]string // paths, sorted
	Problems []vault.Problem     // notes that claim to be one that another is
}

// Find looks for the generated notes of a vault.
func Find(v *vault.Vault) *Generated {
	g := &Generated{vault: v, notes: map[noteID][]string{}}
	for _, n := range v.Notes() {
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
		base := strings.TrimSuffix(path.Base(p), ".md")
		if base == name || strings.HasPrefix(base, name+" (synth") {
			return 0
		}
		return 1
	}
	slices.SortFunc(claims, func(a, b string) int { return cmp.Or(cmp.Compare(own(a), own(b)), cmp.Compare(a, b)) })
	for _, other := range claims[1:] {
		g.Problems = append(g.Problems, vault.Problem{Path: other, Line: 1, Column: 1, Severity: vault.Warning, Code: "note_twice",
			Message: "the note says that it is the one in " + claims[0], Hint: "delete the copy, or its properties that begin with synth_"})
	}
	return claims[0]
}

// first gives the note of that kind that a client has, nil where there is none.
func (g *Generated) first(kind, client string) *vault.Note {
	claims := g.notes[noteID{kind, client, ""}]
	if len(claims) == 0 {
		return nil
	}
	n, _ := g.vault.Note(slices.Min(claims))
	return n
}

// Tasks reads back what the human ticked, moved and ranked in a client's roadmap.
func (g *Generated) Tasks(client string) (Tasks, error) {
	n := g.first(RoadmapKind, client)
	if n == nil {
		return Tasks{}, nil
	}
	return States(n)
}

// history gives the lines of a client's synth_history, as they stand.
func (g *Generated) history(client string) []string {
	n := g.first(SynthesisKind, client)
	if n == nil {
		return nil
	}
	p, _ := n.Property("synth_history")
	lines := make([]string, len(p.Values))
	for i, v := range p.Values {
		lines[i] = v.Text
	}
	return lines
}
