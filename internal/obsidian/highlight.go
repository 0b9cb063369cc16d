package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// KindHighlight is the kind of the highlight node.
var KindHighlight = ast.NewNodeKind("ObsidianHighlight")

// Highlight is marked text: ==text==. Its children are the text.
type Highlight struct{ ast.BaseInline }

// Kind gives KindHighlight.
func (h *Highlight) Kind() ast.NodeKind { return KindHighlight }

// Dump prints the node for debugging.
func (h *Highlight) Dump(source []byte, level int) { ast.DumpHelper(h, source, level, nil, nil) }

type highlightParser struct{}

// Trigger gives the equals sign.
func (highlightParser) Trigger() []byte { return []byte{'='} }

// Parse reads a pair of equals signs that opens or closes.
func (h highlightParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, h)
	if node == nil || node.OriginalLength != 2 || before == '=' {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// IsDelimiter is true for the equals sign.
func (highlightParser) IsDelimiter(b byte) bool { return b == '=' }

// CanOpenCloser pairs equals signs with equals signs.
func (highlightParser) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch gives the node that takes the text in between.
func (highlightParser) OnMatch(int) ast.Node { return &Highlight{} }
