package render

import "strings"

// Glamour breaks lines at no-break spaces and behind marks, as in "25.|08.2025" and "client-|side", and lets a comma stand
// beyond the width. It also counts the bar of a quote as one column however wide it is. So these are drawn as
// noncharacters, which are one column wide, no space and no mark, and take their shape once the lines are broken. A source
// cannot hold a noncharacter: [visible] has made it a mark.
const (
	noBreakCell = "\uFDD0" // U+00A0
	narrowCell  = "\uFDD1" // U+202F, the narrow no-break space before a French colon
	quoteCell   = "\uFDD2" // half of the bar before a quote
	commaCell   = "\uFDD3"
	stopCell    = "\uFDD4"
	semiCell    = "\uFDD5"
	hyphenCell  = "\uFDD6"
	plusCell    = "\uFDD7"
	barCell     = "\uFDD8"
)

var (
	toCells   = strings.NewReplacer("\u00A0", noBreakCell, "\u202F", narrowCell)
	markCells = strings.NewReplacer(",", commaCell, ".", stopCell, ";", semiCell, "-", hyphenCell, "+", plusCell, "|", barCell)
	fromCells = strings.NewReplacer(noBreakCell, "\u00A0", narrowCell, "\u202F", quoteCell+quoteCell, "│ ", quoteCell, "│",
		commaCell, ",", stopCell, ".", semiCell, ";", hyphenCell, "-", plusCell, "+", barCell, "|")
)

// longestWord is the width of a word from which on it may break behind a mark: an address would stick out of the line.
const longestWord = 48

// isLong tells whether a place stands in a word that is wider than that; a backslash that escapes takes no room.
func isLong(source string, at int) bool {
	const ends, most = " \n", 4 * longestWord // bytes
	before := source[max(0, at-most):at]
	after := source[at:min(len(source), at+most)]
	if end := strings.IndexAny(after, ends); end >= 0 {
		after = after[:end]
	}
	word := before[strings.LastIndexAny(before, ends)+1:] + after
	return columns(word)-strings.Count(word, "\\") > longestWord
}
