package compose

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
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

// claims lists the notes that claim to be one: first the one that bears synth's own name, else the first by path.
func (g *Generated) claims(id noteID, name string) []string {
	claims := slices.Clone(g.notes[id])
	own := func(p string) int {
		base := strings.TrimSuffix(path.Base(p), ".md")
		if base == name || strings.HasPrefix(base, name+" (synth") {
			return 0
		}
		return 1
	}
	slices.SortFunc(claims, func(a, b string) int { return cmp.Or(cmp.Compare(own(a), own(b)), cmp.Compare(a, b)) })
	return claims
}

// path gives the path of a note that exists, empty where there is none. Other notes that claim to be it are reported.
func (g *Generated) path(id noteID, name string) string {
	claims := g.claims(id, name)
	if len(claims) == 0 {
		return ""
	}
	for _, other := range claims[1:] {
		g.Problems = append(g.Problems, vault.Problem{Path: other, Line: 1, Column: 1, Severity: vault.Warning, Code: "note_twice",
			Message: "the note says that it is the one in " + claims[0], Hint: "delete the copy, or its properties that begin with synth_"})
	}
	return claims[0]
}

// Tasks reads back what the human ticked, moved and ranked in a client's roadmap.
func (c *Composer) Tasks(g *Generated, client questionnaire.Client) (Tasks, error) {
	id := noteID{RoadmapKind, client.Code, ""}
	name, err := c.fileName(id, clientName(client))
	if err != nil {
		return nil, err
	}
	claims := g.claims(id, name)
	if len(claims) == 0 {
		return Tasks{}, nil
	}
	n, _ := g.vault.Note(claims[0])
	return States(n)
}

// history gives the lines of a client's synth_history, as they stand.
func (p *Places) history(client string) []string {
	n, found := p.vault.Note(p.paths[noteID{SynthesisKind, client, ""}])
	if !found {
		return nil
	}
	recorded, _ := n.Property("synth_history")
	lines := make([]string, len(recorded.Values))
	for i, v := range recorded.Values {
		lines[i] = v.Text
	}
	return lines
}
