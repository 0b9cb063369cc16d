package check

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// actionPrefix begins the block id of every action.
const actionPrefix = "act-"

// actions looks at the parts of a generated note for actions that the model does not have: it may have lost them since.
// What is as generated a build takes out; what a person has edited stays until he takes it out himself.
func (f *finder) actions(n *vault.Note, standing []vault.Standing) {
	if f.Actions == nil {
		return
	}
	for _, m := range f.index.Outline(n.Path()).Anchors {
		if !strings.HasPrefix(m.Name, actionPrefix) || slices.Contains(f.Actions, m.Name) {
			continue
		}
		p := vault.Problem{Path: n.Path(), Line: m.Line, Column: m.Column, Code: "action_unknown",
			Message: "the model has no action ^" + m.Name, Hint: "run synth build, which takes it out"}
		i := slices.IndexFunc(standing, func(s vault.Standing) bool { return s.First <= m.Line && m.Line <= s.Last })
		if i < 0 || standing[i].Edited {
			p.Message += ", and the line is in a text of yours"
			p.Hint = "take ^" + m.Name + " away to keep the line as your own, or the whole line: nothing reads its tick any more"
		}
		f.take(p)
	}
}
