package vault

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold gives the key by which names are the same: NFC, with a space for each
// space that does not break, then Unicode's simple case folding, as macOS and
// Windows compare file names and Obsidian links.
func fold(s string) string {
	var room [128]byte
	if key := appendFold(room[:0], s); string(key) != s {
		return string(key)
	}
	return s
}

// appendFold adds the key of a name. Letters without marks of their own, those
// of most names, are NFC already and are folded one by one, none into more
// bytes than it has.
func appendFold[T string | []byte](to []byte, s T) []byte {
	begin := len(to)
	to = slices.Grow(to, len(s))[:begin+len(s)]
	at := begin
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf {
			if c-'A' <= 'Z'-'A' {
				c += 'a' - 'A'
			}
			to[at] = c
			at++
			continue
		}
		r := twoByteRune(c, s[min(i+1, len(s)-1)])
		if r < 0 || r >= firstCombining {
			return append(to[:begin], foldAny(string(s))...)
		}
		at += utf8.EncodeRune(to[at:], foldRune(r))
		i++
	}
	return to[:at]
}

// firstCombining is the first character that may melt with the one before it.
const firstCombining = 0x300

// twoByteRune gives the character that two bytes encode, -1 for none.
func twoByteRune(first, second byte) rune {
	if first < 0xC2 || first > 0xDF || second&0xC0 != 0x80 {
		return -1
	}
	return rune(first&0x1F)<<6 | rune(second&0x3F)
}

// The spaces that do not break, as French sets them before its signs: a link
// and a name may differ in them, since Obsidian reads both as plain spaces.
const (
	noBreakSpace       = '\u00A0'
	narrowNoBreakSpace = '\u202F'
)

// foldAny gives the key of any name.
func foldAny(s string) string {
	return strings.Map(foldAnyRune, norm.NFC.String(s))
}

// foldRune is foldAnyRune, without a look into Unicode's tables for the
// letters of Western Europe: there a small one stands 32 places behind its
// capital.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf, r > 0xFF:
		return foldAnyRune(r)
	case r >= 'à' && r <= 'þ' && r != '÷':
		return r - ('à' - 'À')
	case r == noBreakSpace:
		return ' '
	}
	return r
}

// foldAnyRune gives one and the same character for all those that differ in case
// only: a small letter for ASCII, else the first in Unicode's order.
func foldAnyRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return unicode.ToLower(r)
	case r == noBreakSpace, r == narrowNoBreakSpace:
		return ' '
	}
	first := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		first = min(first, next)
	}
	if first < unicode.MaxASCII {
		return unicode.ToLower(first)
	}
	return first
}
