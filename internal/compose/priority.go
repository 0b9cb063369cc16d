package compose

import (
	"bytes"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// The priorities of the Tasks plugin, the highest first. A chosen action gets the second: the highest is left to the
// human, and stands where he has put it.
const (
	highest = "🔺"
	high    = "⏫"
)

var lowerPriorities = []string{"🔼", "🔽", "⏬"}

// Prioritised is what becomes of a roadmap in which chosen actions get a high priority. Each list is of actions' ids.
type Prioritised struct {
	// Change writes the roadmap's note; it changes nothing where no line was marked.
	Change  vault.Change
	Marked  []string // those whose line changes
	Already []string // those whose priority is as high
	Missing []string // those that no line of the note holds
	Others  []string // not chosen, and of a high priority all the same: whose it is cannot be told
}

// Prioritise puts the sign of a high priority into the lines of chosen actions in a client's roadmap, and changes no
// other byte: the priority of an action's line is the human's, so the next build keeps it. Actions are all of the
// model. It gives false where the client has no roadmap yet.
func (p *Places) Prioritise(client string, chosen, actions []string) (Prioritised, bool, error) {
	var out Prioritised
	n := p.note(RoadmapKind, client)
	if n == nil {
		return out, false, nil
	}
	text, err := n.Bytes()
	if err != nil {
		return out, true, err
	}
	tasks, err := taskLines(n)
	if err != nil {
		return out, true, err
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	for _, id := range actions {
		isChosen := slices.Contains(chosen, id)
		at, found := tasks[questionnaire.BlockID(id)]
		var line, marked string
		if found = found && at <= len(lines); found {
			line = string(lines[at-1])
			marked, found = raisePriority(line, questionnaire.BlockID(id))
		}
		switch {
		case isChosen && !found:
			out.Missing = append(out.Missing, id)
		case isChosen && marked != line:
			out.Marked = append(out.Marked, id)
			lines[at-1] = []byte(marked)
		case isChosen:
			out.Already = append(out.Already, id)
		case found && marked == line:
			out.Others = append(out.Others, id)
		}
	}
	out.Change = vault.Change{Path: n.Path(), Kind: RoadmapKind, Status: vault.Updated, Old: text, New: bytes.Join(lines, nil)}
	return out, true, nil
}

// taskLines gives the lines of a note's tasks by their block ids. The first of two lines with one id counts.
func taskLines(n *vault.Note) (map[string]int, error) {
	blocks, err := n.Blocks()
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for _, b := range blocks {
		if _, twice := out[b.ID]; !twice && b.Kind == vault.Item && b.Mark != "" && b.ID != "" {
			out[b.ID] = b.Line
		}
	}
	return out, nil
}

// raisePriority gives a task's line with a high priority: the same where it has one that is as high, else with that
// sign in the place of a lower one, or before the dates. It gives false for a line that does not end in the id.
func raisePriority(line, id string) (string, bool) {
	mark := " ^" + id
	at := strings.LastIndex(line, mark)
	if at < 0 || strings.TrimSpace(line[at+len(mark):]) != "" {
		return line, false
	}
	words, fields := vault.SplitTask(line[:at])
	if strings.Contains(fields, highest) || strings.Contains(fields, high) {
		return line, true
	}
	rest := line[len(words):]
	for _, sign := range lowerPriorities {
		if strings.Contains(fields, sign) {
			return words + strings.Replace(rest, sign, high, 1), true
		}
	}
	return words + " " + high + rest, true
}
