package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// source is a document as code points, in which places can be looked up.
// Lines and columns count from 1, within the source.
type source struct {
	text   []rune
	starts []int // index into text of each line's first code point
}

// at returns the code point at a place, or 0 outside the text.
func (s *source) at(line, column int) rune {
	if line < 1 || line > len(s.starts) || column < 1 {
		return 0
	}
	index := s.starts[line-1] + column - 1
	if index >= len(s.text) {
		return 0
	}
	return s.text[index]
}

// line returns the text of a line with its line break.
func (s *source) line(line int) string {
	end := len(s.text)
	if line < len(s.starts) {
		end = s.starts[line]
	}
	return string(s.text[s.starts[line-1]:end])
}

// find returns the place where word first stands at the beginning of a value,
// or 1, 1 where it does not.
func (s *source) find(word string) (line, column int) {
	for line := range len(s.starts) {
		text := s.line(line + 1)
		for from := 0; ; {
			at := strings.Index(text[from:], word)
			if at < 0 {
				break
			}
			before := text[:from+at]
			if before == "" || strings.ContainsRune(" \t[{,", rune(before[len(before)-1])) {
				return line + 1, utf8.RuneCountInString(before) + 1
			}
			from += at + len(word)
		}
	}
	return 1, 1
}

// scan splits src into lines, which end with LF, CRLF or CR, and reports the
// characters that may not stand in it.
func (r *reader) scan(src []byte) {
	s := &r.source
	s.starts = []int{0}
	for len(src) > 0 {
		char, size := utf8.DecodeRune(src)
		src = src[size:]
		line, column := len(s.starts), len(s.text)-s.starts[len(s.starts)-1]+1
		switch {
		case char == utf8.RuneError && size == 1:
			r.add(r.place(line, column), "yaml_invalid_utf8", "this byte is not valid UTF-8").
				Hint = "save the file as UTF-8"
		case isUnseen(char):
			r.add(r.place(line, column), "yaml_line_break", "the character U+%04X may not stand here", char).
				Hint = "remove this invisible character"
		}
		s.text = append(s.text, char)
		if char == '\n' || char == '\r' && (len(src) == 0 || src[0] != '\n') {
			s.starts = append(s.starts, len(s.text))
		}
	}
}

// isUnseen reports whether a character ends a line that editors do not show to
// end, or is a control character, a byte order mark or no character at all.
func isUnseen(char rune) bool {
	switch char {
	case '\t', '\n', '\r':
		return false
	case '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF':
		return true
	}
	return char < ' ' || char >= 0x7F && char <= 0x9F
}

// takeDirectives reports the directives before the document and makes comments
// of them, so that the document itself can be read. It returns the new text.
func (r *reader) takeDirectives() []byte {
	s := &r.source
	for line := 1; line <= len(s.starts); line++ {
		text := strings.TrimLeft(s.line(line), " \t\r\n")
		switch {
		case s.at(line, 1) == '%':
			r.add(r.place(line, 1), "yaml_directive", "the directive %s is not allowed", quote(strings.TrimSpace(text))).
				Hint = "remove this line"
			s.text[s.starts[line-1]] = '#'
		case text != "" && text[0] != '#':
			return []byte(string(s.text))
		}
	}
	return []byte(string(s.text))
}
