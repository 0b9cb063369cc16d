package vault

import (
	"bytes"
	"slices"
	"strings"
)

// sealProperty marks a note as generated.
const sealProperty = "synth_seal"

// generated is a note that synth wrote, as it stands in a file.
type generated struct {
	at         fence
	head       []byte
	properties []Property
	parts      []part
	bodyLine   int // how many lines stand above the body
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
	g := &generated{at: at, head: h.text, properties: properties}
	if g.property(sealProperty) == nil {
		return nil, []Problem{{
			Severity: Warning, Code: "not_generated",
			Message: "the note was not generated, so it is left alone",
			Hint:    "rename it to have the note made beside it",
		}}
	}
	g.bodyLine = bytes.Count(src[:at.body], []byte{'\n'})
	g.parts, problems = cutRegions(string(src[at.body:]), 1+g.bodyLine)
	return g, problems
}

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

func sameProperty(a, b Property) bool {
	return a.Name == b.Name && a.List == b.List &&
		slices.EqualFunc(a.Values, b.Values, func(a, b Value) bool { return a.Text == b.Text })
}

// merged gives a file's bytes brought up to date with a draft, which reads
// back as offered. What a person wrote stays. The warnings, whose path is not
// set, tell what is not written for that reason; with a refusal there are no
// bytes.
func (g *generated) merged(src []byte, draft Draft, offered *generated) (result []byte, warnings []Problem, refusal *Problem) {
	ending := lineEnding(src)
	head, warnings, refusal := mergeHead(g.head, g.properties, offered.properties, ending)
	if refusal != nil {
		return nil, nil, refusal
	}
	result = slices.Concat(src[:g.at.begin], head, src[g.at.end:g.at.body], mergeBody(g, draft, ending))
	merged, problems := readGenerated(result)
	if len(problems) > 0 {
		return nil, nil, &problems[0]
	}
	return result, append(warnings, merged.openProposals()...), nil
}

// openProposals names the proposals that wait for a person.
func (g *generated) openProposals() []Problem {
	var problems []Problem
	for _, p := range g.parts {
		if _, isProposal := proposed(p.id); p.kind == beginLine && isProposal {
			problems = append(problems, openProposal(p.id, p.line))
		}
	}
	return problems
}

// readsBack tells why a draft's regions are not found again in its bytes.
func (g *generated) readsBack(d Draft) []Problem {
	pieces := slices.DeleteFunc(g.pieces(), func(p piece) bool { return p.kind != region })
	for i, r := range d.Regions {
		if i >= len(pieces) || pieces[i].id != r.ID || regionBody(pieces[i].text) != regionBody(r.Text) {
			return []Problem{{Message: "region \"" + r.ID + "\" reads back otherwise"}}
		}
		if strings.Contains(r.Text, "%%") {
			return []Problem{{Message: "region \"" + r.ID + "\" holds a comment"}}
		}
	}
	if strings.Contains(d.Proposal, "%%") || strings.ContainsAny(d.Proposal, "\r\n") {
		return []Problem{{Message: "the title of proposals is not one line without a comment"}}
	}
	return nil
}
