package vault

import (
	"bytes"
	"slices"
)

// Withdraw gives the change that takes the open proposals out of a generated
// note, markers and all. It is as if the person had refused them: the regions
// that they are for keep what he wrote, and the next run has nothing to say.
// Every other byte stays. A proposal that he edited, or is about to take, stays
// too, and so does each one in a note whose markers make no sense: a problem
// names it.
func Withdraw(n *Note) Change {
	src, err := n.Bytes()
	if err != nil {
		return Change{Path: n.path}.refuse(err.(Problem))
	}
	return withdraw(n.path, src)
}

func withdraw(path string, src []byte) Change {
	c := Change{Path: path, Status: Unchanged, Old: src, New: src}
	g, problems := readGenerated(src)
	if len(problems) > 0 {
		c.Problems = strandedProposals(c.Path, src)
		return c
	}
	m := &merger{pieces: g.pieces()}
	for _, part := range g.parts {
		region, isProposal := proposed(part.id)
		if part.kind != beginLine || !isProposal {
			continue
		}
		if p, stays := m.staying(region); stays {
			p.Path, p.Line = c.Path, part.line
			c.Problems = append(c.Problems, p)
			continue
		}
		m.drop(part.id)
		c.Status = Updated
	}
	c.New = slices.Concat(src[:g.at.body], joinPieces(m.pieces))
	return c
}

// staying tells why a region's proposal is not to be withdrawn. Its place is
// not set.
func (m *merger) staying(region string) (why Problem, stays bool) {
	base, own := m.find(region), m.find(region+proposalSuffix)
	why = Problem{Severity: Warning, Code: "proposal_left"}
	switch {
	case !m.pieces[own].asGenerated():
		why.Message = "the proposal was edited by hand, so it is left in the note"
		why.Hint = "delete it there"
	case base >= 0 && m.pieces[base].isBlank() && !m.pieces[base].asGenerated():
		why.Message = "the proposal is left in the note, since its region was emptied to take it"
		why.Hint = "have it taken by synth build, or delete it in the note"
	default:
		return Problem{}, false
	}
	return why, true
}

// strandedProposals names the proposals of a file that is no generated note,
// or whose markers are damaged.
func strandedProposals(path string, src []byte) []Problem {
	at := scanFence(src, true)
	parts, _ := cutRegions(string(src[at.body:]), 1+bytes.Count(src[:at.body], []byte("\n")))
	var problems []Problem
	for _, p := range parts {
		if _, isProposal := proposed(p.id); p.kind == beginLine && isProposal {
			problems = append(problems, Problem{
				Path: path, Line: p.line, Severity: Warning, Code: "proposal_left",
				Message: "the proposal is left in the note, which is not as synth writes it",
				Hint:    "delete it there",
			})
		}
	}
	return problems
}
