package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The sizes up to which blocks are scanned. Bodies within them are never so
// built that the tree would be refused.
const (
	maxScanned  = 32 << 10
	maxRun      = 4 << 10 // of one block's text
	maxItemsIn  = 8
	maxBlanks   = 4 // behind an item's marker
	maxHeadings = 6
	maxMarkers  = 24 // with which a quote's line begins
)

// blockScanner finds the blocks of a body line by line, as long as each line
// tells by itself what it is. All texts are parts of the source.
type blockScanner struct {
	source string
	at     int // the offset of the next line
	line   int // the file's number of the line before
	ahead  aheadLine
	items  []openItem
	blocks []Block
	named  bool // keep only the blocks that bear an id
}

// aheadLine is the next line, once somebody has looked at it.
type aheadLine struct {
	seen bool
	text string // without its end
	size int    // with it
	kind scannedLine
}

// openItem holds the columns, from 0, of a list item's marker and its text.
type openItem struct{ marker, text int }

// scan gives the blocks that the tree of a body would hold, without making it.
// It is not ok if the body holds anything but headings, lists of short items,
// quotes, paragraphs, fenced code and comments of one line, all of them plainly
// laid out: then the tree must be asked.
func (s *blockScanner) scan() (ok bool) {
	if len(s.source) > maxScanned || hasOddBreak(s.source) {
		return false
	}
	s.blocks = make([]Block, 0, s.guess())
	for s.at < len(s.source) {
		kind := s.next()
		if !s.block(s.take(), kind) {
			return false
		}
	}
	s.dropNameless()
	if len(s.blocks) == 0 {
		s.blocks = nil
	}
	return true
}

// guess tells about how many blocks there will be: in notes with answers, few
// more than half as many as lines.
func (s *blockScanner) guess() int {
	if s.named {
		return 1 + strings.Count(s.source, " ^")
	}
	return 1 + strings.Count(s.source, "\n")*4/7
}

// hasOddBreak tells whether a text holds any break that is not the usual one.
func hasOddBreak(text string) bool {
	for _, c := range []byte("\x00\v\f\r") {
		if strings.IndexByte(text, c) >= 0 {
			return true
		}
	}
	return false
}

// take gives the next line without its end.
func (s *blockScanner) take() string {
	s.look()
	s.at += s.ahead.size
	s.line++
	s.ahead.seen = false
	return s.ahead.text
}

// next tells what the next line is.
func (s *blockScanner) next() scannedLine {
	s.look()
	return s.ahead.kind
}

// look looks at the next line.
func (s *blockScanner) look() {
	if s.ahead.seen {
		return
	}
	line := s.source[s.at:]
	size := len(line)
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line, size = line[:end], end+1
	}
	s.ahead = aheadLine{true, line, size, lineKindOf(line)}
}

// block reads the block that begins on a line.
func (s *blockScanner) block(line string, kind scannedLine) bool {
	if kind != blankLine && kind != itemLine {
		s.items = s.items[:0]
	}
	switch kind {
	case blankLine:
		return true
	case headingLine:
		return s.heading(line)
	case itemLine:
		return s.item(line)
	case quoteLine:
		return s.quote(line)
	case textLine:
		return s.paragraph(line)
	case fenceLine:
		return s.fence(line)
	case commentLine:
		return true
	}
	return false
}

func (s *blockScanner) add(b Block) {
	s.dropNameless()
	b.Line = s.line
	if b.Column == 0 {
		b.Column = 1
	}
	s.blocks = append(s.blocks, b)
}

// dropNameless drops the last block if it is not to be kept. Only now is it
// whole.
func (s *blockScanner) dropNameless() {
	if last := len(s.blocks) - 1; s.named && last >= 0 && s.blocks[last].ID == "" {
		s.blocks = s.blocks[:last]
	}
}

func (s *blockScanner) heading(line string) bool {
	words := strings.TrimLeft(line, "#")
	block := Block{Kind: Heading, Level: len(line) - len(words)}
	words = strings.Trim(words, " \t")
	if strings.ContainsAny(words, ">{") || strings.HasSuffix(words, "#") {
		return false
	}
	var ok bool
	block.Text, block.ID, ok = cutBlockID(words)
	s.add(block)
	return ok && block.Text != ""
}

// item reads an item of one line.
func (s *blockScanner) item(line string) bool {
	text := strings.TrimLeft(line, " ")
	indent := len(line) - len(text)
	content := strings.TrimLeft(text[1:], " ")
	blanks := len(text) - 1 - len(content)
	if blanks > maxBlanks || content == "" || content[0] == '\t' || !s.nest(openItem{indent, indent + 1 + blanks}) {
		return false
	}
	block := Block{Kind: Item, Level: len(s.items), Column: indent + 1}
	if mark, rest, boxed := cutTaskBox(content); boxed {
		block.Mark, content = mark, rest
	} else if lineKindOf(content) != textLine || content[0] == '^' || content[0] == '[' && !beginsWithLink(content) {
		return false
	}
	var ok bool
	block.Text, block.ID, ok = cutBlockID(content)
	s.add(block)
	switch s.next() {
	case blankLine, itemLine, headingLine:
		return ok && strings.Trim(block.Text, "> \t") != "" && len(line) <= maxRun
	}
	return false
}

// beginsWithLink tells a wikilink from the box of a task whose mark is a
// bracket.
func beginsWithLink(content string) bool {
	return strings.HasPrefix(content, "[[") && !strings.HasPrefix(content, "[[]")
}

// nest opens an item beside the one with whose marker it is in line, or in the
// one with whose text it is.
func (s *blockScanner) nest(one openItem) bool {
	want := 0
	if last := len(s.items) - 1; last >= 0 {
		want = s.items[last].text
	}
	for len(s.items) > 0 && one.marker < s.items[len(s.items)-1].text {
		want = s.items[len(s.items)-1].marker
		s.items = s.items[:len(s.items)-1]
	}
	s.items = append(s.items, one)
	return one.marker == want && len(s.items) <= maxItemsIn
}

// cutTaskBox parts the box of a task from its text.
func cutTaskBox(content string) (mark, rest string, ok bool) {
	if len(content) < len("[x] a") || content[0] != '[' || content[2] != ']' || content[3] != ' ' {
		return "", "", false
	}
	c := rune(content[1])
	if !isASCIIAlphanumeric(c) && !strings.ContainsRune(" -/?!<>", c) {
		return "", "", false
	}
	return content[1:2], content[4:], true
}

// cutBlockID parts a block id from the text that it ends. It is not ok if the
// bytes before it do not tell whether it is one.
func cutBlockID(text string) (words, id string, ok bool) {
	text = trimBlanksRight(text)
	from := len(text)
	for from > 0 && isIDByte(text[from-1]) {
		from--
	}
	at := from - 1
	if at < 0 || text[at] != '^' || from == len(text) {
		return strings.TrimSpace(text), "", true
	}
	before, size := utf8.DecodeLastRuneInString(text[:at])
	switch {
	case before == utf8.RuneError && size == 1:
		return "", "", false
	case at > 0 && !unicode.IsSpace(before):
		return strings.TrimSpace(text), "", true
	}
	return strings.TrimSpace(text[:at]), text[from:], true
}

// quote reads a quote or a callout, which ends at a blank line or a heading.
func (s *blockScanner) quote(line string) bool {
	block := Block{Kind: Quote}
	first := unquote(line)
	if strings.HasPrefix(strings.TrimLeft(first, " \t"), "[!") {
		if block.Kind = Other; !isCalloutHead(first) {
			return false
		}
	}
	s.add(block)
	start, texts := s.at, []string{first}
	for s.at < len(s.source) && s.next() == quoteLine {
		texts = append(texts, unquote(s.take()))
	}
	for i, text := range texts {
		inner := strings.TrimLeft(text, " \t>-*+.)0123456789")
		if len(text)-len(inner) > maxMarkers || i > 0 && strings.HasPrefix(inner, "[!") {
			return false
		}
	}
	if s.at-start+len(line) > maxRun {
		return false
	}
	text := strings.Join(texts, "\n")
	for i := range len(text) {
		if text[i] == '^' && (i == 0 || text[i-1] != '\\') {
			return false // an id, perhaps
		}
	}
	s.blocks[len(s.blocks)-1].Text = strings.Trim(text, "\n")
	kind := s.next()
	return kind == blankLine || kind == headingLine
}

// isCalloutHead tells of a quote's first line, without its sign, that makes it
// a callout.
func isCalloutHead(line string) bool {
	name, title, ok := strings.Cut(strings.TrimPrefix(line, "[!"), "]")
	if !ok || name == "" || len(name)+len("[!") > len(line) || !strings.HasPrefix(line, "[!") {
		return false
	}
	for _, c := range name {
		if !isASCIIAlphanumeric(c) && c != '-' && c != '_' {
			return false
		}
	}
	if title != "" && (title[0] == '+' || title[0] == '-') {
		title = title[1:]
	}
	return title == "" || title[0] == ' '
}

// paragraph reads running text.
func (s *blockScanner) paragraph(line string) bool {
	s.add(Block{Kind: Paragraph})
	block := &s.blocks[len(s.blocks)-1]
	start, head, last := s.at, "", line
	for s.at < len(s.source) && s.next() == textLine {
		words, id, ok := cutBlockID(last)
		if id != "" || words == "" || !ok || strings.ContainsAny(words, "`$<[") {
			return false // an id between lines, or markup that may go on
		}
		head, last = head+words+"\n", s.take()
	}
	words, id, ok := cutBlockID(last)
	switch {
	case id != "" && words == "" && head == "":
		*block = Block{Kind: Anchor, ID: id, Line: s.line, Column: 1}
	case id != "" && words == "":
		block.Text = strings.TrimSuffix(head, "\n")
		s.add(Block{Kind: Anchor, ID: id})
	case words == "":
		return false
	default:
		block.Text, block.ID = head+words, id
	}
	switch s.next() {
	case commentLine, unclearLine:
		return false
	}
	return ok && s.at-start+len(line) <= maxRun
}

// fence reads a block of fenced code.
func (s *blockScanner) fence(line string) bool {
	info := strings.TrimLeft(line, "`")
	size := len(line) - len(info)
	if strings.Contains(info, "`") {
		return false
	}
	s.add(Block{Kind: Code})
	mine, start := len(s.blocks)-1, s.at
	for s.at < len(s.source) {
		end := s.at
		text := s.take()
		content := strings.TrimLeft(text, " ")
		if strings.HasPrefix(content, "```") && strings.Trim(content, "` \t") == "" {
			if len(text)-len(content) > 3 || len(strings.TrimRight(content, " \t")) < size || strings.Contains(strings.TrimRight(content, " \t"), " ") {
				return false
			}
			s.blocks[mine].Text = strings.TrimRight(s.source[start:end], "\n")
			return true
		}
	}
	return false
}
