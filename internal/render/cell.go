package render

import "strings"

// Glamour breaks lines at no-break spaces, and counts the bar of a quote as one column however wide it is. So they are
// drawn as noncharacters, which are one column wide and no space, and take their shape once the lines are broken. A source
// cannot hold a noncharacter: [visible] has made it a mark.
const (
	noBreakCell = "\uFDD0" // U+00A0
	narrowCell  = "\uFDD1" // U+202F, the narrow no-break space before a French colon
	quoteCell   = "\uFDD2" // half of the bar before a quote
)

var (
	toCells   = strings.NewReplacer("\u00A0", noBreakCell, "\u202F", narrowCell)
	fromCells = strings.NewReplacer(noBreakCell, "\u00A0", narrowCell, "\u202F", quoteCell+quoteCell, "│ ", quoteCell, "│")
)
