package obsidian

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// lineKind is what a line's first characters say of it.
type lineKind uint8

const (
	running   lineKind = iota // text, unless a line before says otherwise
	heading                   // # a
	rule                      // ***
	item                      // - a
	fenced                    // ```
	delimited                 // %% or $$
	unclear                   // HTML, an underline, an item without text
)

// startOf tells what a line of text begins, and the size of the marker of a
// heading or an item.
func startOf(text []byte) (kind lineKind, size int) {
	switch c := text[0]; c {
	case '#':
		return headingStart(text)
	case '-', '*', '+', '_':
		return markedStart(text)
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return orderedStart(text)
	case '`', '~':
		if len(text) > 2 && text[1] == c && text[2] == c {
			return fenced, 0
		}
	case '%', '$':
		if len(text) > 1 && text[1] == c {
			return delimited, 0
		}
	case '<':
		if !bytes.HasPrefix(text, []byte("<http://")) && !bytes.HasPrefix(text, []byte("<https://")) {
			return unclear, 0
		}
	case '>':
		return unclear, 0
	case '=':
		if len(bytes.Trim(text, "= \t")) == 0 {
			return unclear, 0
		}
	case ':', '|':
		if isTableRule(text) {
			return unclear, 0
		}
	}
	return running, 0
}

func headingStart(text []byte) (kind lineKind, size int) {
	for size < len(text) && text[size] == '#' {
		size++
	}
	if size > 6 || size < len(text) && text[size] != ' ' && text[size] != '\t' {
		return running, 0
	}
	return heading, size
}

// markedStart reads a line that may be a rule, an underline or an item.
func markedStart(text []byte) (kind lineKind, size int) {
	c := text[0]
	if c != '_' && len(text) > 2 && text[1] == ' ' && (text[2] == '[' || text[2] >= utf8.RuneSelf || util.IsAlphaNumeric(text[2])) {
		return item, 1 // as most of them
	}
	if c != '+' && len(bytes.Trim(text, string(c)+" \t")) == 0 {
		if bytes.Count(text, []byte{c}) > 2 {
			return rule, 0
		}
		return unclear, 0
	}
	if c == '-' && isTableRule(text) {
		return unclear, 0 // may stand below a table's header
	}
	if c == '_' || len(text) > 1 && text[1] != ' ' && text[1] != '\t' {
		return running, 0
	}
	if len(text) == 1 {
		return unclear, 0
	}
	return item, 1
}

func orderedStart(text []byte) (kind lineKind, size int) {
	for size < len(text) && util.IsNumeric(text[size]) {
		size++
	}
	if size > 9 || size == len(text) || text[size] != '.' && text[size] != ')' {
		return running, 0
	}
	if size++; size == len(text) {
		return unclear, 0
	}
	if text[size] != ' ' && text[size] != '\t' {
		return running, 0
	}
	return item, size
}

func isBullet(c byte) bool { return c == '-' || c == '*' || c == '+' }

// openFence reads the first line of a block of code.
func (s *Scanner) openFence(text []byte, column int) bool {
	char := text[0]
	length := 0
	for length < len(text) && text[length] == char {
		length++
	}
	if bytes.IndexByte(text[length:], '`') >= 0 {
		return false
	}
	s.fence = openFence{char: char, length: length, depth: s.depth, column: column}
	return true
}

// fencedLine reads a line within a block of code.
func (s *Scanner) fencedLine(line []byte) bool {
	for range s.fence.depth {
		rest := bytes.TrimLeft(line, " ")
		if len(line)-len(rest) > 3 || len(rest) == 0 || rest[0] != '>' {
			return false // the quote ends, and the code with it
		}
		line = bytes.TrimPrefix(rest[1:], []byte{' '})
		if len(line) > 0 && line[0] == '\t' {
			return false
		}
	}
	indent, blanks := indentation(line)
	text := trimEnd(line[blanks:])
	if len(text) == 0 {
		return true
	}
	if indent < s.fence.column {
		return false // the item ends, and the code with it
	}
	if indent < s.fence.column+4 && len(text) >= s.fence.length && len(bytes.Trim(text, string(s.fence.char))) == 0 {
		s.fence = openFence{}
	}
	return true
}

// delimited reads a line that begins with the delimiter of a comment or of
// mathematics.
func (s *Scanner) delimited(text []byte, start int) bool {
	delimiter := text[:2]
	rest := text[2:]
	if end := bytes.Index(rest, delimiter); end >= 0 {
		if s.paragraph || !util.IsBlank(rest[end+2:]) {
			return !s.pending && s.paragraphLine(text, start)
		}
		s.endParagraph()
		return true
	}
	if s.depth > 0 || len(s.items) > 0 {
		return false
	}
	s.endParagraph()
	s.raw = delimiter
	return true
}

// rawLine reads a line within a block of comments or mathematics.
func (s *Scanner) rawLine(line []byte) bool {
	end := bytes.Index(line, s.raw)
	if end < 0 {
		return true
	}
	ok := util.IsBlank(line[end+len(s.raw):])
	s.raw = nil
	return ok
}

// tableBelow gives the number of columns that the line after the one at an
// offset gives to a table, 0 if it begins none, and -1 if that is not clear.
func (s *Scanner) tableBelow(start int) int {
	_, next := s.lineAt(start)
	if next == len(s.body) {
		return 0
	}
	line, _ := s.lineAt(next)
	depth, size, ok := s.quotes(line)
	if !ok || depth != s.depth {
		return 0
	}
	text := line[size:]
	indent, blanks := indentation(text)
	text = trimEnd(text[blanks:])
	if !isTableRule(text) || bytes.IndexByte(text, '-') < 0 {
		return 0
	}
	if text[0] != '|' || indent > 3 {
		return -1
	}
	for cell := range bytes.SplitSeq(bytes.TrimSuffix(text[1:], []byte{'|'}), []byte{'|'}) {
		dashes := bytes.TrimSuffix(bytes.TrimPrefix(bytes.Trim(cell, " \t"), []byte{':'}), []byte{':'})
		if len(dashes) == 0 || len(bytes.Trim(dashes, "-")) > 0 {
			return -1
		}
	}
	return cells(text)
}

// cells counts the cells of a row that begins with a pipe.
func cells(row []byte) int {
	count := 0
	for row = insideOf(row); len(row) > 0; count++ {
		row = row[min(cellEnd(row)+1, len(row)):]
	}
	return count
}

// insideOf gives a row without the pipes at its ends.
func insideOf(row []byte) []byte {
	return bytes.TrimSuffix(trimEnd(row)[1:], []byte{'|'})
}

// cellEnd gives the offset of the first pipe that parts cells, or that of the
// row's end.
func cellEnd(row []byte) int {
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			return i
		}
	}
	return len(row)
}

// row reads a row below a table's header.
func (s *Scanner) row(text []byte, start int) bool {
	if s.depth == 0 && len(s.items) > 0 {
		return false
	}
	return s.rowCells(text, start, s.columns)
}

// rowCells reads as many cells of a row as the table has columns.
func (s *Scanner) rowCells(text []byte, start, columns int) bool {
	row := insideOf(text)
	if nextSign(row, 0) == len(row) {
		return true
	}
	start++
	for ; columns > 0 && len(row) > 0; columns-- {
		end := cellEnd(row)
		_, blanks := indentation(row[:end])
		if !s.inline(trimEnd(row[blanks:max(blanks, end)]), start+blanks, false) {
			return false
		}
		next := min(end+1, len(row))
		row, start = row[next:], start+next
	}
	return true
}

// isTableRule tells whether a line holds nothing but what parts a table's
// header from its rows.
func isTableRule(line []byte) bool {
	for _, c := range line {
		if c != '-' && c != '|' && c != ' ' && c != ':' && c != '\t' {
			return false
		}
	}
	return true
}

// trimEnd drops the blanks at a line's end.
func trimEnd(line []byte) []byte {
	for len(line) > 0 && (line[len(line)-1] == ' ' || line[len(line)-1] == '\t') {
		line = line[:len(line)-1]
	}
	return line
}
