package vault

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/synth-vault/synth/internal/obsidian"
)

// BlockKind says what a block of a note's body is.
type BlockKind uint8

const (
	// Heading is a heading of either notation.
	Heading BlockKind = iota + 1
	// Paragraph is running text.
	Paragraph
	// Quote is a block quote with all that it holds. A callout is Other.
	Quote
	// Item is an item of a list, with its first paragraph as its text.
	Item
	// Anchor is a block id alone on its line, which names the block before.
	Anchor
	// Code is a code block, fenced or indented.
	Code
	// Table is a table.
	Table
	// Other is anything else that can be seen: a callout, a formula, HTML, a
	// rule.
	Other
)

// Block is one block of a note's body, as its source says it: nothing is
// rendered, and backslashes stay. Comments are left out of the texts.
type Block struct {
	Kind BlockKind
	// Level is a Heading's level from 1 to 6, or an Item's depth from 1; 0
	// for the other kinds.
	Level int
	// Mark is the character in the box of an Item that is a task: " ", "x",
	// "-" or any other; "" if it is none.
	Mark string
	// Text is the source without heading and list markers, task box and
	// block id, its lines trimmed and joined by "\n". A Quote, and a callout,
	// lose the outer "> " of each line; Code loses its fences.
	Text string
	// ID is the block id at the block's end, without the caret.
	ID string
	// Line and Column tell where the block begins in the file, both counted
	// from 1, columns in code points.
	Line, Column int
}

// Blocks gives the body as a flat list in the order of the text. A list gives
// one Item per item, whatever its depth; further paragraphs, quotes and lists
// in an item follow it as blocks of their own. A quote is one block. What
// stands in a %% comment %% gives none, nor does the definition of a link.
//
// The error is a Problem if the body is over 1 MB, or so built that reading it
// would take too long.
func (n *Note) Blocks() ([]Block, error) {
	source, firstLine, err := n.body()
	if err != nil {
		return nil, err
	}
	s := blockScanner{source: source, line: firstLine - 1}
	if s.scan() {
		return s.blocks, nil
	}
	return parsedBlocks(n.path, []byte(source), firstLine)
}

// Named gives those of the Blocks that bear an id.
func (n *Note) Named() ([]Block, error) {
	source, firstLine, err := n.body()
	if err != nil {
		return nil, err
	}
	s := blockScanner{source: source, line: firstLine - 1, named: true}
	if s.scan() {
		return s.blocks, nil
	}
	blocks, err := parsedBlocks(n.path, []byte(source), firstLine)
	return slices.DeleteFunc(blocks, func(b Block) bool { return b.ID == "" }), err
}

// parsedBlocks gives the blocks that the tree of a body holds.
func parsedBlocks(path string, source []byte, firstLine int) ([]Block, error) {
	t, err := parseBody(path, source, firstLine)
	if err != nil {
		return nil, err
	}
	r := &blockReader{tree: t}
	r.children(t.doc.FirstChild(), 0)
	return r.blocks, nil
}

// blockReader turns a tree into the list of its blocks.
type blockReader struct {
	*tree
	blocks []Block
}

// children reads a node and its next siblings; depth counts the lists around.
func (r *blockReader) children(node ast.Node, depth int) {
	for ; node != nil; node = node.NextSibling() {
		r.block(node, depth)
	}
}

func (r *blockReader) block(node ast.Node, depth int) {
	switch node.Kind() {
	case obsidian.KindCommentBlock, ast.KindLinkReferenceDefinition: // never seen
	case ast.KindList:
		for item := node.FirstChild(); item != nil; item = item.NextSibling() {
			r.item(item, depth+1)
		}
	case ast.KindHeading:
		r.running(node, Block{Kind: Heading, Level: node.(*ast.Heading).Level}, node.Pos())
	case ast.KindParagraph, ast.KindTextBlock:
		r.running(node, Block{Kind: Paragraph}, node.Pos())
	case ast.KindBlockquote:
		r.quote(node, Quote)
	case obsidian.KindCallout:
		r.quote(node, Other)
	case ast.KindFencedCodeBlock, ast.KindCodeBlock:
		r.verbatim(node, Code)
	case extension.KindTable:
		r.table(node)
	default:
		r.verbatim(node, Other)
	}
}

// item reads a list item and, after it, what else it holds.
func (r *blockReader) item(item ast.Node, depth int) {
	block := Block{Kind: Item, Level: depth}
	first := item.FirstChild()
	if first == nil || first.Kind() != ast.KindTextBlock && first.Kind() != ast.KindParagraph {
		r.add(block, item.Pos())
		r.children(first, depth)
		return
	}
	if mark, ok := first.FirstChild().(*obsidian.TaskMark); ok {
		block.Mark = mark.Mark
	}
	r.running(first, block, item.Pos())
	r.children(first.NextSibling(), depth)
}

// running reads a block of running text, whose markers may begin earlier than
// its lines.
func (r *blockReader) running(node ast.Node, block Block, start int) {
	lines := node.Lines()
	cuts := cutsIn(node)
	id, _ := node.LastChild().(*obsidian.BlockID)
	cuts = cutID(&block, cuts, id)
	var texts []string
	for _, line := range lines.Sliced(0, lines.Len()) {
		if text, ok := r.cut(line.Start, line.Stop, cuts); ok {
			texts = append(texts, strings.TrimSpace(text))
		}
	}
	block.Text = strings.Join(texts, "\n")
	if block.Text != "" || block.ID != "" || block.Kind != Paragraph {
		r.add(block, start)
	}
	r.anchor(id)
}

// cutID adds an id to what is cut from a block's text. Unless it is alone on
// its line it becomes the block's own.
func cutID(block *Block, cuts []text.Segment, id *obsidian.BlockID) []text.Segment {
	if id == nil {
		return cuts
	}
	if !id.Alone {
		block.ID = id.ID
	}
	return append(cuts, id.Segment)
}

func (r *blockReader) anchor(id *obsidian.BlockID) {
	if id != nil && id.Alone {
		r.add(Block{Kind: Anchor, ID: id.ID}, id.Segment.Start)
	}
}

// quote reads a quote's lines without the sign in front, which the last lines
// of a paragraph may lack.
func (r *blockReader) quote(node ast.Node, kind BlockKind) {
	block := Block{Kind: kind}
	cuts := cutsIn(node)
	var id *obsidian.BlockID
	if end := node.LastChild(); end != nil && end.Kind() == ast.KindParagraph {
		id, _ = end.LastChild().(*obsidian.BlockID)
	}
	cuts = cutID(&block, cuts, id)
	var texts []string
	first := r.lineAt(node.Pos())
	last := r.lastQuoteLine(node, first)
	for i := first; i <= last; i++ {
		start := r.starts[i]
		stop := start + len(r.line(i))
		if i == first {
			start = node.Pos()
		}
		if text, ok := r.cut(start, stop, cuts); ok {
			texts = append(texts, unquote(text))
		}
	}
	block.Text = strings.Trim(strings.Join(texts, "\n"), "\n")
	r.add(block, node.Pos())
	r.anchor(id)
}

// lastQuoteLine finds the last line of a quote: it goes as far as the lines
// carry the sign and no other block begins, or its contents reach.
func (r *blockReader) lastQuoteLine(node ast.Node, first int) int {
	last := max(first, r.lineAt(lastOffset(node)))
	end := len(r.starts)
	if next := following(node); next != nil && next.Pos() >= 0 {
		end = r.lineAt(next.Pos())
	}
	for last+1 < end && bytes.HasPrefix(bytes.TrimLeft(r.line(last+1), " \t"), []byte{'>'}) {
		last++
	}
	return last
}

// unquote takes one sign and one space off the start of a line.
func unquote(line string) string {
	line = strings.TrimRight(line, " \t")
	trimmed := strings.TrimLeft(line, " \t")
	if rest, ok := strings.CutPrefix(trimmed, ">"); ok {
		return strings.TrimPrefix(rest, " ")
	}
	return trimmed
}

// verbatim reads a block whose lines are taken as they are.
func (r *blockReader) verbatim(node ast.Node, kind BlockKind) {
	var b bytes.Buffer
	lines := node.Lines()
	for _, line := range lines.Sliced(0, lines.Len()) {
		b.Write(bytes.TrimRight(line.Value(r.source), "\r\n"))
		b.WriteByte('\n')
	}
	r.add(Block{Kind: kind, Text: strings.TrimRight(b.String(), "\n")}, node.Pos())
}

// table reads a table's lines. The tree places a table at the paragraph in
// front of it, if no blank line parts them, and says nothing of the line below
// the header.
func (r *blockReader) table(node ast.Node) {
	start := node.FirstChild().Pos()
	first := r.lineAt(start)
	last := max(first+1, r.lineAt(lastOffset(node)))
	var texts []string
	for i := first; i <= last; i++ {
		texts = append(texts, string(bytes.TrimSpace(r.line(i))))
	}
	r.add(Block{Kind: Table, Text: strings.Join(texts, "\n")}, start)
}

func (r *blockReader) add(block Block, start int) {
	block.Line, block.Column = r.place(start)
	r.blocks = append(r.blocks, block)
}

// cut gives the source between two offsets without the cuts, which are in
// order. It is not ok if nothing but a cut stood there.
func (r *blockReader) cut(start, stop int, cuts []text.Segment) (string, bool) {
	next := sort.Search(len(cuts), func(i int) bool { return cuts[i].Stop > start })
	var b strings.Builder
	touched := false
	for ; next < len(cuts) && cuts[next].Start < stop; next++ {
		touched = true
		b.Write(r.source[start:max(start, cuts[next].Start)])
		start = min(cuts[next].Stop, stop)
	}
	b.Write(r.source[start:stop])
	text := b.String()
	return text, !touched || strings.Trim(text, "> \t\r\n") != ""
}
