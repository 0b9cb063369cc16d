package vault

import (
	"fmt"
	"strings"
	"unicode"
)

// Escape readies words that we trust, such as the catalogue's own, for a
// Markdown sentence: it puts a backslash before each character that starts
// some markup inside a line, and before "=" and ":" where they are doubled.
// Text from outside is an [Untrusted] instead.
func Escape(trusted string) string {
	if !hasMarkup(trusted) {
		return trusted
	}
	var b strings.Builder
	b.Grow(len(trusted) + 8)
	for i := range len(trusted) {
		c := trusted[i]
		if strings.IndexByte("\\`*_[]<>|#^%{}$~", c) >= 0 || isDoubled(trusted, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// hasMarkup tells whether a text holds anything to escape. A lone ":" is
// nothing, and much of what is said has one.
func hasMarkup(text string) bool {
	for from := 0; ; from++ {
		length := strings.IndexAny(text[from:], "\\`*_[]<>|#^%{}$~=:")
		if length < 0 {
			return false
		}
		from += length
		if c := text[from]; c != '=' && c != ':' || isDoubled(text, from) {
			return true
		}
	}
}

// isDoubled tells whether an "=" or ":" stands beside another one.
func isDoubled(text string, i int) bool {
	c := text[i]
	if c != '=' && c != ':' {
		return false
	}
	return i > 0 && text[i-1] == c || i+1 < len(text) && text[i+1] == c
}

// escapeAll puts a backslash before all ASCII punctuation but the few
// characters that mean nothing to Markdown, Obsidian or a plugin wherever they
// stand. As CommonMark shows an escaped character as itself, the reader sees
// the text unchanged.
func escapeAll(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	previous := rune(0)
	for _, r := range text {
		slashAlone := r == '/' && previous != ':' && previous != '/'
		if isASCIIPunct(r) && !slashAlone && !strings.ContainsRune(`,'"?;`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		previous = r
	}
	return b.String()
}

func isASCIIPunct(r rune) bool {
	return r > ' ' && r < unicode.MaxASCII && !isASCIIAlphanumeric(r)
}

func isASCIIAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// lineBreaks are read as LF wherever some program would end a line.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ")

// clean makes text valid UTF-8 with LF line ends, and shows the characters
// that a reader would not see or that reorder what he sees.
func clean(raw string) string {
	text := lineBreaks.Replace(strings.ToValidUTF8(raw, string(unicode.ReplacementChar)))
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if r != '\n' && isHidden(r) {
			fmt.Fprintf(&b, "⟦U+%04X⟧", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isHidden tells of a character that shows nothing by itself: controls,
// format characters (bidirectional, zero width, tags, soft hyphen), variation
// selectors but the one that asks for an emoji's picture, blank fillers, and
// noncharacters.
func isHidden(r rune) bool {
	if r < '\u034F' { // most text is
		return r < ' ' || r >= '\u007F' && r < '\u00A0' || r == '\u00AD'
	}
	if r >= '\u2010' && r < '\u2028' { // most of the rest: dashes, quotation marks, dots
		return false
	}
	switch r {
	case '\uFE0F':
		return false
	case '\u034F', '\u115F', '\u1160', '\u180E', '\u3164', '\uFFA0':
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
}

// trimBlankLines drops the lines at both ends that hold nothing but white
// space, and the last line's ending.
func trimBlankLines(text string) string {
	for text != "" {
		line, rest, found := strings.Cut(text, "\n")
		if strings.TrimSpace(line) != "" {
			break
		}
		if text = rest; !found {
			return ""
		}
	}
	for text != "" {
		last := strings.LastIndexByte(text, '\n')
		if strings.TrimSpace(text[last+1:]) != "" {
			break
		}
		text = text[:max(last, 0)]
	}
	return text
}
