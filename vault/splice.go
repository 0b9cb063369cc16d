package vault

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// splice puts a text in the place of the bytes from one offset to another.
type splice struct {
	from, to int
	text     string
}

// spliced carries out splices, those at one place in the order given. Every
// byte that none of them covers stays. Splices that overlap are not carried
// out.
func spliced(src []byte, splices []splice) (result []byte, ok bool) {
	splices = slices.Clone(splices)
	slices.SortStableFunc(splices, func(a, b splice) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	at := 0
	for _, s := range splices {
		if s.from < at || s.to < s.from || s.to > len(src) {
			return nil, false
		}
		result = append(result, src[at:s.from]...)
		result = append(result, s.text...)
		at = s.to
	}
	return append(result, src[at:]...), true
}

// cut removes what lies between two offsets and, where nothing else but
// blanks stands on those lines, the lines with it.
func cut(src []byte, from, to int) splice {
	start := 1 + bytes.LastIndexAny(src[:from], "\r\n")
	after := skipBlanks(src, to)
	if skipBlanks(src, start) < from || after < len(src) && !isBreak(src[after]) {
		return splice{from: from, to: to}
	}
	return splice{from: start, to: nextLine(src, after)}
}

func isBreak(b byte) bool { return b == '\n' || b == '\r' }

// skipBlanks gives the offset of the first byte from one on that is no blank.
func skipBlanks(src []byte, at int) int {
	for at < len(src) && (src[at] == ' ' || src[at] == '\t') {
		at++
	}
	return at
}

// lineEnd gives the offset of the line break that ends the line of an offset.
func lineEnd(src []byte, at int) int {
	if length := bytes.IndexAny(src[at:], "\r\n"); length >= 0 {
		return at + length
	}
	return len(src)
}

// nextLine gives the offset at which the line after that of an offset begins.
func nextLine(src []byte, at int) int {
	at = lineEnd(src, at)
	if bytes.HasPrefix(src[at:], []byte("\r\n")) {
		return at + 2
	}
	return min(at+1, len(src))
}

// lineEnding gives the line ending of a file's first line, LF if there is
// none: new lines get the same.
func lineEnding(src []byte) string {
	if at := bytes.IndexByte(src, '\n'); at > 0 && src[at-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// withEnding gives a text of LF lines another line ending.
func withEnding(text, ending string) string { return strings.ReplaceAll(text, "\n", ending) }
