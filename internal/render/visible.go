package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// mark shows every hidden character as its number in double brackets.
func mark(text string) string {
	at := hiddenFrom(text, 0)
	if at < 0 {
		return text
	}
	var b strings.Builder
	done := 0
	for ; at >= 0; at = hiddenFrom(text, done) {
		r, size := utf8.DecodeRuneInString(text[at:])
		b.WriteString(text[done:at])
		b.WriteString(markOf(r))
		done = at + size
	}
	b.WriteString(text[done:])
	return b.String()
}

func markOf(r rune) string { return fmt.Sprintf("⟦U+%04X⟧", r) }

// hiddenFrom finds the first hidden character from an offset on, -1 where there is none.
func hiddenFrom(text string, from int) int {
	for i, r := range text[from:] {
		if isHidden(r) && !(r == joiner && joinsPictures(text[:from+i], text[from+i+len(string(joiner)):])) {
			return from + i
		}
	}
	return -1
}

// joiner makes one picture of two emojis. Anywhere else it is hidden.
const joiner = '\u200D'

// pictureSigns follow an emoji and belong to it: the one that asks for its picture, and the tones of skin.
const pictureSigns = "\uFE0F\U0001F3FB\U0001F3FC\U0001F3FD\U0001F3FE\U0001F3FF"

// joinsPictures tells whether a joiner between two texts makes one picture.
func joinsPictures(before, after string) bool {
	before = strings.TrimRight(before[max(0, len(before)-16):], pictureSigns)
	left, leftSize := utf8.DecodeLastRuneInString(before)
	right, rightSize := utf8.DecodeRuneInString(after)
	return leftSize > 0 && rightSize > 0 && joins(left, right) && !joins('a', right)
}

// joins tells whether Unicode takes two characters with a joiner between them for one.
func joins(left, right rune) bool {
	joined := string([]rune{left, joiner, right})
	first, _, _, _ := uniseg.FirstGraphemeClusterInString(joined, -1)
	return first == joined
}

// isHidden tells of a character that a terminal obeys instead of showing it, or that shows nothing: controls but the
// line feed, format characters (bidirectional, zero width, tags, soft hyphen), line and paragraph separators, variation
// selectors but the one that asks for an emoji's picture, blank fillers, and noncharacters. The joiner of emojis is one where it joins none.
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
