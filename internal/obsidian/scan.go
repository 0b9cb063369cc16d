package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/util"
)

// Marks are what a body offers for links to lead to, and where its own links
// lead. The texts are parts of the body, which must not change as long as they
// are used.
type Marks struct {
	Headings []Mark
	IDs      []Mark
	Tags     []Mark
	Links    []LinkMark
}

// Mark is a heading, a block id or a tag.
type Mark struct {
	// Text is a heading's source without its id, and the name of the others.
	Text []byte
	// Level is a heading's, 0 for the others.
	Level int
	Place
}

// Place is where a mark begins in the body. Both numbers count from 1, columns
// in code points.
type Place struct{ Line, Column int }

// LinkMark is a link of either notation.
type LinkMark struct {
	// Target, Subpath and Shown are those of a Wikilink. Of a Markdown link,
	// Target is the destination as written, and Shown the source of its text.
	Target, Subpath, Shown []byte
	Embed, Markdown        bool
	Place
}

// Scanner finds the marks of bodies. Its memory is used again for the next
// body, so it belongs to one goroutine.
type Scanner struct {
	// Untagged says that nobody will ask for tags: none is marked.
	Untagged bool

	marks  Marks
	body   []byte
	number int   // of the line
	begin  int   // its offset
	last   Place // the last one, and its offset
	lastAt int

	depth     int   // of the quotes that the last line stands in
	items     []int // the columns at which the contents of the open list items begin
	paragraph bool  // the last line is of a paragraph, which may go on
	brackets  bool  // the paragraph begins like the definition of a link
	columns   int   // of the table that the last line stands in, 0 for none
	pending   bool  // the last line ends in an id, if the paragraph ends as well
	fence     openFence
	raw       []byte // the delimiter of the block of comments or mathematics, nil outside
}

// openFence is the fence that the last line stands in.
type openFence struct {
	char          byte
	length        int // 0 for none
	depth, column int // of the quotes and the item that hold it
}

// Scan finds the marks of a body in one pass over its lines, without making a
// tree, and gives what the tree would hold. It is not ok if the body holds
// anything of which one line does not tell what it is: then the tree must be
// asked. The marks are those of the scanner, up to its next body.
func (s *Scanner) Scan(body []byte) (*Marks, bool) {
	s.reset(body)
	if !isPlain(body) {
		return nil, false
	}
	for at := 0; at < len(body); {
		s.number, s.begin = s.number+1, at
		if body[at] == '\n' && s.raw == nil && s.fence.length == 0 {
			s.blank(0)
			at++
			continue
		}
		line, next := s.lineAt(at)
		if !s.line(line, at) {
			return nil, false
		}
		if s.columns < 0 { // the line below the table's header says nothing more
			s.columns = -s.columns
			_, next = s.lineAt(next)
			s.number++
		}
		at = next
	}
	return &s.marks, true
}

func (s *Scanner) reset(body []byte) {
	*s = Scanner{
		Untagged: s.Untagged,

		body:  body,
		items: s.items[:0],
		marks: Marks{
			Headings: s.marks.Headings[:0],
			IDs:      s.marks.IDs[:0],
			Tags:     s.marks.Tags[:0],
			Links:    s.marks.Links[:0],
		},
	}
}

// isPlain tells of a body whose lines all programs see alike.
func isPlain(body []byte) bool {
	for _, c := range []byte{0, '\v', '\f'} {
		if bytes.IndexByte(body, c) >= 0 {
			return false
		}
	}
	if bytes.IndexByte(body, '\r') >= 0 && bytes.Count(body, []byte{'\r'}) != bytes.Count(body, []byte("\r\n")) {
		return false
	}
	return true
}

// place gives the place of an offset on the line.
func (s *Scanner) place(offset int) Place {
	if s.last.Line != s.number || offset < s.lastAt {
		s.last, s.lastAt = Place{Line: s.number, Column: 1}, s.begin
	}
	s.last.Column += codePoints(s.body[s.lastAt:offset])
	s.lastAt = offset
	return s.last
}

// lineAt gives the line at an offset without its end, and the offset of the
// next one.
func (s *Scanner) lineAt(at int) (line []byte, next int) {
	length := bytes.IndexByte(s.body[at:], '\n')
	if length < 0 {
		return s.body[at:], len(s.body)
	}
	line = s.body[at : at+length]
	if length > 0 && line[length-1] == '\r' {
		line = line[:length-1]
	}
	return line, at + length + 1
}

// line reads a line at an offset.
func (s *Scanner) line(line []byte, start int) bool {
	switch {
	case s.raw != nil:
		return s.rawLine(line)
	case s.fence.length > 0:
		return s.fencedLine(line)
	}
	if len(line) > 0 && s.depth == 0 && line[0] > ' ' && line[0] != '>' { // as most lines begin
		return s.block(line, start, 0)
	}
	return s.nested(line, start)
}

// nested reads a line that may be blank, indented or quoted.
func (s *Scanner) nested(line []byte, start int) bool {
	depth, size, ok := s.quotes(line)
	if !ok {
		return false
	}
	text := line[size:]
	indent, blanks := indentation(text)
	start += size + blanks
	text = text[blanks:]
	if len(text) == 0 {
		s.blank(depth)
		return true
	}
	opened := depth > s.depth
	if depth < s.depth && (s.paragraph || s.pending) {
		return false // a lazy line, perhaps
	}
	if depth != s.depth {
		s.depth, s.items = depth, s.items[:0]
		s.endParagraph()
	}
	if depth > 0 && (bytes.IndexByte(line[:size+blanks], '\t') >= 0 || line[size+blanks-1] == '>' && (text[0] == '#' || text[0] == '^')) {
		return false
	}
	if len(s.items) > 0 && bytes.Contains(line[size:size+blanks], []byte(" \t")) {
		return false // goldmark does not count such a tab in every place
	}
	if opened && bytes.HasPrefix(text, []byte("[!")) {
		return indent < 4 && s.calloutTitle(text, start)
	}
	return s.block(text, start, indent)
}

// quotes measures the signs of the quotes with which a line begins.
func (s *Scanner) quotes(line []byte) (depth, size int, ok bool) {
	for {
		at := size
		for at < len(line) && at-size < 4 && line[at] == ' ' {
			at++
		}
		if at == len(line) || at-size == 4 || line[at] != '>' {
			return depth, size, true
		}
		if at > size && depth >= s.depth && len(s.items) > 0 {
			return 0, 0, false // a quote in an item
		}
		depth++
		if size = at + 1; size < len(line) && line[size] == ' ' {
			size++
		}
	}
}

// indentation gives the column at which a line's text begins, and how many
// bytes stand before it.
func indentation(line []byte) (column, blanks int) {
	for _, c := range line {
		switch c {
		case ' ':
			column++
		case '\t':
			column += 4 - column%4
		default:
			return column, blanks
		}
		blanks++
	}
	return column, blanks
}

// blank ends what a blank line ends.
func (s *Scanner) blank(depth int) {
	if depth != s.depth {
		s.depth, s.items = depth, s.items[:0]
	}
	s.endParagraph()
}

func (s *Scanner) endParagraph() {
	s.paragraph, s.pending, s.brackets, s.columns = false, false, false, 0
}

// base gives the column at which the innermost item's content begins that a
// line of this indentation belongs to, and how many items that leaves open.
func (s *Scanner) base(indent int) (column, open int) {
	for open = len(s.items); open > 0; open-- {
		if s.items[open-1] <= indent {
			return s.items[open-1], open
		}
	}
	return 0, 0
}

// block reads a line's text without the signs of quotes.
func (s *Scanner) block(text []byte, start, indent int) bool {
	if s.columns > 0 {
		return text[0] == '|' && s.row(text, start)
	}
	column, open := s.base(indent)
	kind, size := startOf(text)
	switch {
	case kind == unclear:
		return false
	case kind == running && s.paragraph:
		return !s.pending && s.paragraphLine(text, start)
	case indent >= column+4:
		return false // code, or a paragraph that goes on
	}
	closed := open < len(s.items)
	s.items = s.items[:open]
	switch kind {
	case heading:
		s.endParagraph()
		return s.heading(text, start, size)
	case rule:
		ok := !s.paragraph || text[0] != '-'
		s.endParagraph()
		return ok
	case item:
		interrupts := closed || !s.paragraph || isBullet(text[0]) || size == 2 && text[0] == '1'
		s.endParagraph()
		return interrupts && s.item(text, start, extentOf{indent, size})
	case fenced:
		s.endParagraph()
		return s.openFence(text, column)
	case delimited:
		return !(closed && s.paragraph) && s.delimited(text, start)
	}
	return s.paragraphLine(text, start)
}

// extentOf is the column of a list's marker and its size.
type extentOf struct{ column, size int }

// paragraphLine reads a line of running text.
func (s *Scanner) paragraphLine(text []byte, start int) bool {
	if !s.paragraph {
		s.endParagraph()
		s.paragraph, s.brackets = true, text[0] == '[' && !isFootnote(text)
	}
	if s.brackets && mayDefine(text) {
		return false
	}
	if text[0] == '|' {
		if columns := s.tableBelow(start); columns != 0 {
			s.columns = -columns
			return columns > 0 && len(s.items) == 0 && cells(text) == columns && s.rowCells(text, start, columns)
		}
	}
	return s.inline(text, start, true)
}

// mayDefine tells whether a line could end the label of a link's definition.
func mayDefine(line []byte) bool {
	for at := 0; ; {
		found := bytes.Index(line[at:], []byte("]:"))
		if found < 0 {
			return false
		}
		at += found
		if at == 0 || line[at-1] != ']' || at > 1 && line[at-2] == '\\' {
			return true
		}
		at++
	}
}

// heading reads a line of a heading, whose signs have a size.
func (s *Scanner) heading(text []byte, start, signs int) bool {
	words := trimEnd(text[signs:])
	if bytes.HasSuffix(words, []byte{'#'}) || bytes.Contains(words, []byte("%%")) || bytes.IndexByte(words, '>') >= 0 {
		return false
	}
	_, blanks := indentation(words)
	words = words[blanks:]
	ids := len(s.marks.IDs)
	if !s.inline(words, start+signs+blanks, true) {
		return false
	}
	if len(s.marks.IDs) > ids {
		words = words[:bytes.LastIndexByte(words, '^')]
	}
	s.pending = false
	s.marks.Headings = append(s.marks.Headings, Mark{Text: bytes.TrimSpace(words), Level: signs, Place: s.place(start)})
	return true
}

// item reads the first line of a list's item.
func (s *Scanner) item(text []byte, start int, marker extentOf) bool {
	rest := text[marker.size:]
	content := bytes.TrimLeft(rest, " ")
	blanks := len(rest) - len(content)
	if len(content) == 0 || blanks > 4 || content[0] == '\t' {
		return false
	}
	s.items = append(s.items, marker.column+marker.size+blanks)
	if kind, _ := startOf(content); kind != running {
		return false
	}
	start += marker.size + blanks
	s.paragraph = true
	if mark := boxMark(content); mark != "" && content[0] == '[' {
		size := len(mark) + len("[]")
		return s.inline(content[size:], start+size, true)
	}
	s.paragraph = false
	return s.paragraphLine(content, start)
}

// calloutTitle reads the first line of a callout.
func (s *Scanner) calloutTitle(text []byte, start int) bool {
	end := bytes.IndexByte(text, ']')
	if end < len("[!x") {
		return false
	}
	for _, c := range text[len("[!"):end] {
		if !util.IsAlphaNumeric(c) && c != '-' && c != '_' {
			return false
		}
	}
	rest := text[end+1:]
	if len(rest) > 0 && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	s.endParagraph()
	_, blanks := indentation(rest)
	if blanks == 0 && len(rest) > 0 {
		return false
	}
	return s.inline(rest[blanks:], start+len(text)-len(rest)+blanks, false)
}
