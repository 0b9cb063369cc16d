package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// delimitedBlock parses what stands between two equal delimiters that need
// not be alone on their lines: it starts with a line that begins with the
// delimiter and ends at the next one, or at the end of the text that holds it.
// On a single line it is a block only if nothing else is on that line.
type delimitedBlock struct {
	delimiter string
	newNode   func() rawBlock
}

// rawBlock is a block whose lines are not parsed any further. Its lines hold
// the delimiters too.
type rawBlock interface {
	ast.Node
	end()
	ended() bool
}

// raw is the part that the raw blocks share.
type raw struct {
	ast.BaseBlock
	closed bool
}

// IsRaw tells goldmark to leave the lines alone.
func (r *raw) IsRaw() bool { return true }

func (r *raw) end()        { r.closed = true }
func (r *raw) ended() bool { return r.closed }

// Trigger gives the character that the block starts with.
func (d delimitedBlock) Trigger() []byte { return []byte{d.delimiter[0]} }

// Open reads the first line.
func (d delimitedBlock) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	start := pc.BlockOffset()
	if start < 0 || !bytes.HasPrefix(line[start:], []byte(d.delimiter)) {
		return nil, parser.NoChildren
	}
	node := d.newNode()
	rest := line[start+len(d.delimiter):]
	if end := bytes.Index(rest, []byte(d.delimiter)); end >= 0 {
		inParagraph := ast.IsParagraph(pc.LastOpenedBlock().Node)
		if inParagraph || !util.IsBlank(rest[end+len(d.delimiter):]) {
			return nil, parser.NoChildren
		}
		node.end()
	}
	node.Lines().Append(segment)
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// Continue reads one more line, up to the closing delimiter.
func (d delimitedBlock) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	block := node.(rawBlock)
	if block.ended() {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	end := bytes.Index(line, []byte(d.delimiter))
	if end < 0 {
		block.Lines().Append(segment)
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	block.end()
	end += len(d.delimiter)
	if util.IsBlank(line[end:]) {
		block.Lines().Append(segment)
		reader.AdvanceToEOL()
		return parser.Close
	}
	block.Lines().Append(segment.WithStop(segment.Stop - len(line) + end))
	reader.Advance(end)
	return parser.Close
}

// Close has nothing left to do.
func (d delimitedBlock) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph is true: a comment may follow a paragraph's line.
func (d delimitedBlock) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is false: that is a code block.
func (d delimitedBlock) CanAcceptIndentedLine() bool { return false }

// readSpan reads a span of text between two equal delimiters, over as many
// lines of the block as it takes, and gives its segments, the delimiters
// included. The reader must stand on the first delimiter. It is left after the
// second, or anywhere if there is none.
func readSpan(block text.Reader, delimiter string) (*text.Segments, bool) {
	segments := text.NewSegments()
	from := len(delimiter)
	for {
		line, segment := block.PeekLine()
		if line == nil {
			return nil, false
		}
		if end := bytes.Index(line[from:], []byte(delimiter)); end >= 0 {
			size := from + end + len(delimiter)
			segments.Append(segment.WithStop(segment.Start + size))
			block.Advance(size)
			return segments, true
		}
		segments.Append(segment)
		block.AdvanceLine()
		from = 0
	}
}
