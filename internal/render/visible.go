package render

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
)

// reference is what html.UnescapeString, and so glamour, may take for a character reference: it asks for no semicolon.
var reference = regexp.MustCompile(`&(?:#[xX]?[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);?`)

// sourceText reads what differs between systems alike: line ends, and tabs, which Markdown takes for four columns.
var sourceText = strings.NewReplacer("\r\n", "\n", "\t", "    ")

// visible makes every hidden character of a source visible, whether it stands there or a reference names it. A reference
// to a line feed counts as hidden: it would break out of a quote or a table.
func visible(source string) string {
	source = mark(sourceText.Replace(strings.ToValidUTF8(source, string(unicode.ReplacementChar))))
	return reference.ReplaceAllStringFunc(source, func(ref string) string {
		text := html.UnescapeString(ref)
		if !hasHidden(text) && !strings.Contains(text, "\n") {
			return ref
		}
		return strings.ReplaceAll(mark(text), "\n", markOf('\n'))
	})
}

// mark shows every hidden character as its number in double brackets.
func mark(text string) string {
	if !hasHidden(text) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if isHidden(r) {
			b.WriteString(markOf(r))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func markOf(r rune) string { return fmt.Sprintf("⟦U+%04X⟧", r) }

func hasHidden(text string) bool { return strings.ContainsFunc(text, isHidden) }

// isHidden tells of a character that a terminal obeys instead of showing it, or that shows nothing: controls but the
// line feed, format characters (bidirectional, zero width, tags, soft hyphen), line and paragraph separators, variation
// selectors but the one that asks for an emoji's picture, blank fillers, and noncharacters.
func isHidden(r rune) bool {
	if r >= ' ' && r < 0x7F || r > 0xAD && r < 0x300 {
		return false
	}
	switch r {
	case '\n', '\uFE0F':
		return false
	case '\u034F', '\u115F', '\u1160', '\u180E', '\u3164', '\uFFA0':
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
}
