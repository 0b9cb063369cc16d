package compose

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// noteID says which note of which client is meant.
type noteID struct{ kind, client, questionnaire string }

// Places are the paths of every generated note, chosen before any text is written.
type Places struct {
	Problems []vault.Problem // notes that claim to be one that another is
	vault    *vault.Vault    // its index holds the generated notes
	paths    map[noteID]string
}

// analysed lists the questionnaires that a client's notes analyse: those received that a domain is scored by.
func analysed(r *assess.Report) []*questionnaire.Questionnaire {
	var out []*questionnaire.Questionnaire
	for _, q := range r.Model.Set.Questionnaires {
		scored := slices.ContainsFunc(r.Model.Domains, func(d assess.Domain) bool { return d.Questionnaire == q.ID })
		if scored && r.Engagement.Received(q.ID) {
			out = append(out, q)
		}
	}
	return out
}

// Place chooses the paths of the notes of all clients. A note that exists stays where the user has put it; a new one
// takes a name that no other note of the vault bears, so that no link of the user's changes its meaning.
func (c *Composer) Place(v *vault.Vault, reports []*assess.Report) (*Places, error) {
	p := &Places{paths: map[noteID]string{}, vault: v}
	existing := generated(v)
	taken := map[string]bool{}
	var added []string
	for _, r := range reports {
		for _, q := range analysed(r) {
			id := noteID{AnalysisKind, r.Engagement.Client.Code, q.ID}
			name, err := c.analysisName(r, q)
			if err != nil {
				return nil, err
			}
			folder := path.Dir(r.Engagement.Latest(q.ID).First().Note)
			if claims := existing[id]; len(claims) > 0 {
				p.paths[id] = p.choose(claims, name)
			} else {
				p.paths[id] = free(v, taken, folder, name)
				added = append(added, p.paths[id])
			}
			taken[strings.ToLower(path.Base(p.paths[id]))] = true
		}
	}
	p.vault = v.With(added...)
	return p, nil
}

// generated finds the notes of the vault that synth has made, whatever their names are by now.
func generated(v *vault.Vault) map[noteID][]string {
	out := map[noteID][]string{}
	for _, n := range v.Notes() {
		client, ok := n.Property("synth_client")
		if !ok {
			continue
		}
		category, _ := n.Property("category")
		form, _ := n.Property("synth_questionnaire")
		id := noteID{category.Text(), client.Text(), form.Text()}
		out[id] = append(out[id], n.Path())
	}
	return out
}

// choose takes the note that bears synth's own name, else the first by path, and reports the others.
func (p *Places) choose(claims []string, name string) string {
	slices.SortFunc(claims, func(a, b string) int {
		own := func(s string) int {
			if strings.HasPrefix(path.Base(s), name) {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(own(a), own(b)), cmp.Compare(a, b))
	})
	for _, other := range claims[1:] {
		p.Problems = append(p.Problems, vault.Problem{Path: other, Line: 1, Column: 1, Severity: vault.Warning, Code: "note_twice",
			Message: "the note says that it is the one in " + claims[0], Hint: "delete the copy, or its properties that begin with synth_"})
	}
	return claims[0]
}

// free gives the first of the names "name", "name (synth)", "name (synth 2)" … that no note bears.
func free(v *vault.Vault, taken map[string]bool, folder, name string) string {
	for i := 0; ; i++ {
		base := name
		switch {
		case i == 1:
			base += " (synth)"
		case i > 1:
			base += " (synth " + strconv.Itoa(i) + ")"
		}
		file := path.Join(folder, base+".md")
		if !taken[strings.ToLower(base+".md")] && v.Free(file) {
			return file
		}
	}
}

// link gives the shortest link from one note to another.
func (p *Places) link(from, to, subpath, shown string) Markdown {
	return Markdown(p.vault.LinkTo(from, to, subpath, shown))
}

// analysisName is the file name of an analysis, without extension.
func (c *Composer) analysisName(r *assess.Report, q *questionnaire.Questionnaire) (string, error) {
	var b strings.Builder
	err := c.analysis.name.Execute(&b, map[string]string{"Emoji": q.Emoji, "Title": q.Title, "Code": strings.ToUpper(r.Engagement.Client.Code)})
	return vault.FileName(b.String()), err
}
