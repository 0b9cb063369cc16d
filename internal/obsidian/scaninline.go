package obsidian

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// inline reads the markup in a line's text. Ids say whether one may end it.
func (s *Scanner) inline(text []byte, start int, ids bool) bool {
	for at := nextSign(text, 0); at < len(text); {
		size := s.sign(text, at, start)
		if size == 0 && text[at] == '^' && ids {
			size = s.id(text, at, start)
		}
		if size < 0 {
			return false
		}
		at = nextSign(text, at+max(size, 1))
	}
	return true
}

// nextSign gives the offset of the next sign, or that of the text's end. Most
// text is none, so that it looks at several bytes at once.
func nextSign(text []byte, at int) int {
	for ; at+8 <= len(text); at += 8 {
		t := text[at : at+8]
		if signs[t[0]]|signs[t[1]]|signs[t[2]]|signs[t[3]]|signs[t[4]]|signs[t[5]]|signs[t[6]]|signs[t[7]] != 0 {
			break
		}
	}
	for at < len(text) && signs[text[at]] == 0 {
		at++
	}
	return at
}

// signs are the characters with which markup may begin that matters.
var signs = [256]uint8{
	'\\': 1, '`': 1, '%': 1, '$': 1, '<': 1, '[': 1, ']': 1, '!': 1, '#': 1, '^': 1,
}

// sign reads what begins with a sign and gives its size, 0 for nothing and -1
// if the line does not tell.
func (s *Scanner) sign(text []byte, at, start int) int {
	rest := text[at:]
	switch rest[0] {
	case '\\':
		if len(rest) == 1 {
			return -1
		}
		return 2
	case '`':
		return codeSize(rest)
	case '%', '$':
		return spanSize(rest)
	case '<':
		return htmlSize(rest)
	case '[', '!':
		return s.link(rest, start+at)
	case ']':
		if len(rest) > 1 && rest[1] == '(' {
			return -1
		}
	case '#':
		if !s.Untagged {
			return s.tag(text, at, start)
		}
	}
	return 0
}

func (s *Scanner) tag(text []byte, at, start int) int {
	spaced, ok := followsSpace(text, at)
	if !spaced || !ok {
		return notOK(ok)
	}
	size := tagSize(text[at+1:])
	if size == 0 {
		return 0
	}
	s.marks.Tags = append(s.marks.Tags, Mark{Text: text[at+1 : at+1+size], Place: s.place(start + at)})
	return 1 + size
}

func notOK(ok bool) int {
	if ok {
		return 0
	}
	return -1
}

// followsSpace tells whether white space or nothing stands before an offset. It
// is not ok where no valid character does.
func followsSpace(text []byte, at int) (spaced, ok bool) {
	if at == 0 {
		return true, true
	}
	before, size := utf8.DecodeLastRune(text[:at])
	return unicode.IsSpace(before), before != utf8.RuneError || size > 1
}

// id reads a block id at the end of a line.
func (s *Scanner) id(text []byte, at, start int) int {
	if spaced, ok := followsSpace(text, at); !spaced || !ok {
		return notOK(ok)
	}
	name := trimEnd(text[at+1:])
	if len(name) == 0 {
		return 0
	}
	for _, c := range name {
		if !util.IsAlphaNumeric(c) && c != '-' {
			return 0
		}
	}
	s.marks.IDs = append(s.marks.IDs, Mark{Text: name, Place: s.place(start + at)})
	s.pending = true
	return len(text) - at
}

// codeSize measures a code span that ends on its line.
func codeSize(text []byte) int {
	ticks := 0
	for ticks < len(text) && text[ticks] == '`' {
		ticks++
	}
	for at := ticks; at < len(text); {
		if text[at] != '`' {
			at++
			continue
		}
		run := at
		for at < len(text) && text[at] == '`' {
			at++
		}
		if at-run == ticks {
			return at
		}
	}
	return -1
}

// spanSize measures a comment or a formula that ends on its line.
func spanSize(text []byte) int {
	if len(text) < 2 || text[1] != text[0] {
		if text[0] == '$' {
			return formulaSize(text)
		}
		return 0
	}
	end := bytes.Index(text[2:], text[:2])
	if end < 0 {
		return -1
	}
	return end + 4
}

// htmlSize measures an address or a tag without attributes in angles.
func htmlSize(text []byte) int {
	if len(text) == 1 || text[1] == ' ' {
		return 0
	}
	end := bytes.IndexByte(text, '>')
	if end < 0 {
		return -1
	}
	inner := text[1:end]
	if bytes.HasPrefix(inner, []byte("https://")) || bytes.HasPrefix(inner, []byte("http://")) {
		if bytes.ContainsAny(inner, " \t<") {
			return -1
		}
		return end + 1
	}
	name, closing := bytes.CutPrefix(inner, []byte{'/'})
	if !closing {
		name = bytes.TrimSuffix(inner, []byte{'/'})
	}
	if len(name) == 0 || len(bytes.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) > 0 {
		return -1
	}
	return end + 1
}

// link reads a link of either notation, or passes over brackets.
func (s *Scanner) link(text []byte, start int) int {
	opener := 1
	if text[0] == '!' {
		if opener = 2; len(text) == 1 || text[1] != '[' {
			return 0
		}
	}
	if len(text) > opener && text[opener] == '[' {
		if link, size := MarkWikilink(text); size > 0 {
			link.Place = s.place(start)
			s.marks.Links = append(s.marks.Links, link)
			return size
		}
	}
	shown := text[opener:endOf(text, opener, &wordBytes)]
	end := opener + len(shown)
	if end+1 >= len(text) || text[end] != ']' || text[end+1] != '(' {
		return opener
	}
	destination := text[end+2 : endOf(text, end+2, &destinationBytes)]
	end += 2 + len(destination)
	if len(destination) == 0 || end == len(text) || text[end] != ')' || len(shown) > 500 {
		return -1
	}
	s.marks.Links = append(s.marks.Links, LinkMark{
		Target: destination, Shown: bytes.TrimSpace(shown), Embed: opener == 2, Markdown: true, Place: s.place(start),
	})
	return end + 1
}

// endOf gives the offset at which a run of bytes ends, from one on.
func endOf(text []byte, at int, bytes *byteSet) int {
	for at < len(text) && bytes[text[at]] {
		at++
	}
	return at
}

// byteSet tells which bytes belong to a set.
type byteSet [256]bool

// bytesOf gives the set of letters, digits, all that is not ASCII, and some
// more.
func bytesOf(more string) (set byteSet) {
	for c := range set {
		set[c] = c >= utf8.RuneSelf || util.IsAlphaNumeric(byte(c)) || strings.IndexByte(more, byte(c)) >= 0
	}
	return set
}

// wordBytes are those of a link's text that mean nothing more.
var wordBytes = bytesOf(` -.,;:?'"/()+@`)

// destinationBytes are those of a destination that mean themselves.
var destinationBytes = bytesOf("-._~:/?#@!*+,;=%")
