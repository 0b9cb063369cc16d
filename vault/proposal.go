package vault

import (
	"fmt"
	"regexp"
	"strings"
)

// proposalSuffix ends the id of a region that holds the new text for one that
// a person has edited.
const proposalSuffix = ".propose"

// codeOpenProposal is the problem of a proposal that is neither taken nor
// deleted.
const codeOpenProposal = "open_proposal"

// proposed gives the id of the region that a proposal is for.
func proposed(id string) (region string, isProposal bool) {
	return strings.CutSuffix(id, proposalSuffix)
}

var (
	taskBox     = regexp.MustCompile(`^([>\s]*(?:[-*+]|\d+[.)])\s+)\[.\]\s`)
	trailingID  = regexp.MustCompile(`\s+\^[0-9A-Za-z-]+\s*$`)
	standingID  = regexp.MustCompile(`^[>\s]*\^[0-9A-Za-z-]+\s*$`)
	blankInside = regexp.MustCompile(`^\s*$`)
)

// proposal gives the region that shows a new text beside an edited one: folded
// in a callout, without block ids or task boxes, so that nothing that the text
// holds counts twice.
func proposal(title string, r Region) Region {
	lines := []string{strings.TrimRight("> [!question]- "+title, " ")}
	for _, line := range strings.Split(regionBody(r.Text), "\n") {
		if standingID.MatchString(line) {
			continue
		}
		line = taskBox.ReplaceAllString(trailingID.ReplaceAllString(line, ""), "$1")
		if blankInside.MatchString(line) {
			lines = append(lines, ">")
			continue
		}
		lines = append(lines, "> "+line)
	}
	return Region{ID: r.ID + proposalSuffix, Text: strings.Join(lines, "\n")}
}

func openProposal(id string, line int) Problem {
	region, _ := proposed(id)
	return Problem{
		Line: line, Severity: Warning, Code: codeOpenProposal,
		Message: fmt.Sprintf("region %q was edited by hand, so its new text is proposed below it", region),
		Hint:    "empty the region to take the proposal, or delete the proposal to keep what stands there",
	}
}
