package vault

import "strings"

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
	parts, problems, err := n.cut()
	if err != nil || len(problems) > 0 {
		return nil, err
	}
	g := &generated{parts: parts}
	var regions []Standing
	var room [16 << 10]byte // for what is hashed of a region, which hardly any fills
	_, line, _ := n.body()
	for _, p := range g.pieces() {
		first := line + strings.Count(p.begin, "\n")
		end := first + strings.Count(p.text, "\n")
		line = end + strings.Count(p.end, "\n")
		if _, isProposal := proposed(p.id); p.kind == region && !isProposal {
			isEdited := regionHash(appendCanonical(room[:0], regionBody(p.text))) != p.hash
			regions = append(regions, Standing{ID: p.id, Edited: isEdited, First: first, Last: end - 1})
		}
	}
	return regions, nil
}

// Review tells what keeps a generated note from being brought up to date, or
// waits for a person in it: markers that make no sense, and proposals that are
// neither taken nor deleted. There is nothing to tell of a note that was not
// generated. The error is a Problem.
func (n *Note) Review() ([]Problem, error) {
	parts, problems, err := n.cut()
	if len(problems) == 0 {
		problems = (&generated{parts: parts}).openProposals()
	}
	for i := range problems {
		problems[i].Path = n.path
	}
	return problems, err
}

// cut cuts the body of a generated note into its parts, of which any other note
// has none.
func (n *Note) cut() ([]part, []Problem, error) {
	body, firstLine, err := n.body()
	if err != nil {
		return nil, nil, err
	}
	if _, isSealed := n.Property(sealProperty); !isSealed {
		return nil, nil, nil
	}
	parts, problems := cutRegions(body, firstLine)
	return parts, problems, nil
}
