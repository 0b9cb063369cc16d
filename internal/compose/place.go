package compose

import (
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// noteID says which note of which client is meant. The questionnaire is empty but for analyses.
type noteID struct{ kind, client, questionnaire string }

// Places are the paths of every generated note, chosen before any text is written.
type Places struct {
	generated *Generated
	vault     *vault.Vault // its index holds the generated notes
	paths     map[noteID]string
	cited     sync.Map // the *referenceView of an *assess.Reference, which all clients' notes show alike
	said      sync.Map // the *actionWords of an *assess.Action, which most clients' notes say alike
	orders    sync.Map // the *modelOrder of an *assess.Model
	charts    sync.Map // titles of actions as they stand in charts, by title
}

// analysed lists the questionnaires that a client's notes analyse: those received that a domain is scored by, or that a
// control reads.
func analysed(r *assess.Report) []*questionnaire.Questionnaire {
	var out []*questionnaire.Questionnaire
	for _, q := range r.Model.Set.Questionnaires {
		if r.Engagement.Received(q.ID) && r.Model.Uses(q.ID) {
			out = append(out, q)
		}
	}
	return out
}

// wanted is a note that a client is to have.
type wanted struct {
	id     noteID
	folder string
	name   map[string]string // what the template of its name can use
}

// wants lists the notes of a client; none before a questionnaire was received that says anything. New notes lie in the
// folder that the settings give their kind, else beside what they are about.
func wants(r *assess.Report, folders map[string]string) []wanted {
	client := r.Engagement.Client
	code := strings.ToUpper(client.Code)
	var out []wanted
	var beside []string
	for _, q := range analysed(r) {
		folder := path.Dir(r.Engagement.Latest(q.ID).First().Note)
		beside = append(beside, folder)
		out = append(out, wanted{noteID{AnalysisKind, client.Code, q.ID}, folder,
			map[string]string{"Emoji": q.Emoji, "Title": q.Title, "Code": code}})
	}
	if out == nil {
		return nil
	}
	folder := common(beside)
	if client.Note != "" {
		folder = path.Dir(client.Note)
	}
	name := map[string]string{"Client": fileWords(client.Title), "Code": code}
	out = append(out, wanted{noteID{SynthesisKind, client.Code, ""}, folder, name},
		wanted{noteID{RoadmapKind, client.Code, ""}, folder, name})
	for i := range out {
		if set, ok := folders[out[i].id.kind]; ok {
			out[i].folder = set
		}
	}
	return out
}

// fileName makes the name of a note, without its extension.
func (c *Composer) fileName(id noteID, use map[string]string) (string, error) {
	var b strings.Builder
	if err := c.layouts[id.kind].name.Execute(&b, use); err != nil {
		return "", err
	}
	return vault.FileName(b.String()), nil
}

// common is the deepest folder that holds all of the folders.
func common(folders []string) string {
	shared := strings.Split(folders[0], "/")
	for _, f := range folders[1:] {
		parts := strings.Split(f, "/")
		n := 0
		for n < min(len(shared), len(parts)) && shared[n] == parts[n] {
			n++
		}
		shared = shared[:n]
	}
	return path.Join(shared...)
}

// Place chooses the paths of the notes of all clients. A note that exists stays where the user has put it; a new one
// takes a name that no other note of the vault bears, so that no link of the user's changes its meaning.
func (c *Composer) Place(g *Generated, reports []*assess.Report, folders map[string]string) (*Places, error) {
	p := &Places{generated: g, paths: map[noteID]string{}}
	taken := map[string]bool{}
	var added []string
	for _, r := range reports {
		for _, w := range wants(r, folders) {
			name, err := c.fileName(w.id, w.name)
			if err != nil {
				return nil, err
			}
			file := g.path(w.id, name)
			if file == "" {
				file = free(g.vault, taken, w.folder, name)
				added = append(added, file)
			}
			p.paths[w.id] = file
			taken[strings.ToLower(path.Base(file))] = true
		}
	}
	p.vault = g.vault.With(added...)
	p.orphans(reports)
	return p, nil
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

// orphans reports the notes of these clients that nothing is left to say in: their questionnaire is gone.
func (p *Places) orphans(reports []*assess.Report) {
	clients := map[string]bool{}
	for _, r := range reports {
		clients[r.Engagement.Client.Code] = true
	}
	for id, paths := range p.generated.notes {
		if _, wanted := p.paths[id]; wanted || !clients[id.client] {
			continue
		}
		for _, orphan := range paths {
			p.generated.problems = append(p.generated.problems, vault.Problem{Path: orphan, Line: 1, Column: 1, Severity: vault.Warning,
				Code: "note_orphan", Message: "the questionnaire that the note is about is not in the vault any more",
				Hint: "delete the note, or put the questionnaire back"})
		}
	}
}

// Problems tells of notes that claim to be one that another is.
func (p *Places) Problems() []vault.Problem { return p.generated.problems }

// note gives the note of that kind that a client has already, nil where there is none.
func (p *Places) note(kind, client string) *vault.Note {
	n, _ := p.vault.Note(p.paths[noteID{kind, client, ""}])
	return n
}

// Tasks reads back what the human ticked, moved and ranked in a client's roadmap.
func (p *Places) Tasks(client string) (Tasks, error) {
	n := p.note(RoadmapKind, client)
	if n == nil {
		return Tasks{}, nil
	}
	return States(n)
}

// history gives the lines of a client's synth_history, as they stand.
func (p *Places) history(client string) []string {
	n := p.note(SynthesisKind, client)
	if n == nil {
		return nil
	}
	history, _ := n.Property("synth_history")
	lines := make([]string, len(history.Values))
	for i, v := range history.Values {
		lines[i] = v.Text
	}
	return lines
}
