package vault

import (
	"slices"
	"strings"
)

// sealProperty marks a note as generated.
const sealProperty = "synth_seal"

// generated is a note that synth wrote, as it stands in a file.
type generated struct {
	head       string // with LF line ends
	properties []Property
	parts      []part
}

// readGenerated reads a file that should hold a generated note. The problems,
// whose path is not set, tell why it does not or why its parts cannot be told
// from each other.
func readGenerated(src []byte) (*generated, []Problem) {
	at := scanFence(src, true)
	h := cutHead(src, at)
	properties, problems := h.properties()
	if len(problems) > 0 {
		return nil, problems
	}
	g := &generated{head: lineFeeds(h.text), properties: properties}
	if g.property(sealProperty) == nil {
		return nil, []Problem{{
			Severity: Warning, Code: "not_generated",
			Message: "the note was not generated, so it is left alone",
			Hint:    "rename it to have the note made beside it",
		}}
	}
	firstLine := 1 + strings.Count(string(src[:at.body]), "\n")
	g.parts, problems = cutRegions(src[at.body:], firstLine)
	return g, problems
}

func lineFeeds(src []byte) string { return strings.ReplaceAll(string(src), "\r\n", "\n") }

func (g *generated) property(name string) *Property {
	i := slices.IndexFunc(g.properties, func(p Property) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &g.properties[i]
}

// listed gives the ids in the note's list of regions.
func (g *generated) listed() []string {
	for _, p := range g.parts {
		if p.kind == listLine {
			return p.ids
		}
	}
	return nil
}

// hashes gives the hash that each region's marker carries.
func (g *generated) hashes() map[string]string {
	hashes := make(map[string]string)
	for _, p := range g.parts {
		if p.kind == beginLine {
			hashes[p.id] = p.hash
		}
	}
	return hashes
}

// offersSame tells whether both notes were generated from the same texts,
// whatever became of them since: the regions have the same list and, where
// they still stand, the same hashes, and the properties were the same.
func (g *generated) offersSame(other *generated) bool {
	if !slices.Equal(g.listed(), other.listed()) {
		return false
	}
	hashes := other.hashes()
	for id, hash := range g.hashes() {
		if hashes[id] != hash {
			return false
		}
	}
	return slices.EqualFunc(g.ownProperties(), other.ownProperties(), sameProperty)
}

// ownProperties gives those that only synth writes, synth_head included.
func (g *generated) ownProperties() []Property {
	return slices.DeleteFunc(slices.Clone(g.properties), func(p Property) bool {
		return !strings.HasPrefix(p.Name, ownPrefix)
	})
}

func sameProperty(a, b Property) bool {
	return a.Name == b.Name && a.List == b.List &&
		slices.EqualFunc(a.Values, b.Values, func(a, b Value) bool { return a.Text == b.Text })
}

// edits tells what is in the note that synth did not write, by line.
func (g *generated) edits() []Problem {
	problems := append(g.editedHead(), g.missingRegions()...)
	text := make(map[string]string)
	for _, p := range g.parts {
		switch p.kind {
		case regionText:
			text[p.id] = string(p.source)
		case between:
			problems = append(problems, foreignText(p)...)
		}
	}
	for _, p := range g.parts {
		if p.kind == beginLine && p.hash != (Region{Text: text[p.id]}).hash() {
			problems = append(problems, edit(p.line, "edited_region", "region \""+p.id+"\" was edited by hand"))
		}
	}
	SortProblems(problems)
	return problems
}

// editedHead finds the first property that is not what synth_head tells, or
// else the first line that synth would have written otherwise.
func (g *generated) editedHead() []Problem {
	const message = "the properties were edited by hand"
	told := g.property(headHashes)
	if told == nil {
		return []Problem{edit(1, "edited_property", message)}
	}
	have := hashProperties(g.properties).Values
	for i, v := range have {
		if i >= len(told.Values) || told.Values[i].Text != v.Text {
			return []Problem{edit(v.Line, "edited_property", message)}
		}
	}
	if len(have) < len(told.Values) {
		return []Problem{edit(told.Line, "edited_property", message)}
	}
	head, written := strings.Split(g.head, "\n"), strings.Split(emitHead(g.properties), "\n")
	for i := range min(len(head), len(written)) {
		if head[i] != written[i] {
			return []Problem{edit(2+i, "edited_property", message)}
		}
	}
	if len(head) != len(written) {
		return []Problem{edit(told.Line, "edited_property", message)}
	}
	return nil
}

// missingRegions reports a region that is listed and does not stand in its
// place.
func (g *generated) missingRegions() []Problem {
	var standing []string
	line := 0
	for _, p := range g.parts {
		switch p.kind {
		case beginLine:
			standing = append(standing, p.id)
		case listLine:
			line = p.line
		}
	}
	for i, id := range g.listed() {
		if i >= len(standing) || standing[i] != id {
			return []Problem{edit(line, "edited_region", "region \""+id+"\" was removed or moved by hand")}
		}
	}
	return nil
}

func foreignText(p part) []Problem {
	for i, line := range strings.Split(string(p.source), "\n") {
		if strings.TrimSpace(line) != "" {
			return []Problem{edit(p.line+i, "foreign_text", "text stands outside the regions")}
		}
	}
	return nil
}

func edit(line int, code, message string) Problem {
	return Problem{
		Line: line, Severity: Warning, Code: code,
		Message: message + ", so the note is not updated",
		Hint:    "copy what you wrote elsewhere, then delete the note to have it made anew",
	}
}
