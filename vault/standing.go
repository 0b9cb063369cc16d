package vault

import "bytes"

// Standing is a region of a generated note as it stands in its file.
type Standing struct {
	ID string
	// Edited tells that its text is not what was generated.
	Edited bool
	// First and Last are the lines of its text, from 1. Last is less than
	// First if there is none.
	First, Last int
}

// Regions gives the regions of a generated note in their order, proposals
// left out. There are none in a note that was not generated, and in one whose
// markers make no sense. The error is a Problem.
func (n *Note) Regions() ([]Standing, error) {
	src, err := n.Bytes()
	if err != nil {
		return nil, err
	}
	g, problems := readGenerated(src)
	if len(problems) > 0 {
		return nil, nil
	}
	var regions []Standing
	line := 1 + bytes.Count(src[:g.at.body], []byte("\n"))
	for _, p := range g.pieces() {
		first := line + bytes.Count(p.begin, []byte("\n"))
		end := first + bytes.Count(p.text, []byte("\n"))
		line = end + bytes.Count(p.end, []byte("\n"))
		if _, isProposal := proposed(p.id); p.kind == region && !isProposal {
			regions = append(regions, Standing{ID: p.id, Edited: !p.asGenerated(), First: first, Last: end - 1})
		}
	}
	return regions, nil
}

// Review tells what keeps a generated note from being brought up to date, or
// waits for a person in it: markers that make no sense, and proposals that are
// neither taken nor deleted. There is nothing to tell of a note that was not
// generated. The error is a Problem.
func (n *Note) Review() ([]Problem, error) {
	src, err := n.Bytes()
	if err != nil {
		return nil, err
	}
	g, problems := readGenerated(src)
	if g == nil {
		return nil, nil
	}
	if len(problems) == 0 {
		problems = g.openProposals()
	}
	for i := range problems {
		problems[i].Path = n.path
	}
	return problems, nil
}
