package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// continuation reads paragraphs that are indented like code and are none: a
// footnote's further ones, and the text right below a callout's title, which
// the title would be one paragraph with if it were no title.
//
//	[^1]: The first.
//
//	    The second.
type continuation struct{ parser.BlockParser }

func newContinuation() continuation { return continuation{parser.NewParagraphParser()} }

// lastOfFootnote is the further paragraph that was read last.
var lastOfFootnote = parser.NewContextKey()

// Open begins a paragraph behind one of a footnote, or below a title.
func (c continuation) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	number, _ := reader.Position()
	if indent, _ := util.IndentWidth(line, reader.LineOffset()); indent < 4 {
		return nil, parser.NoChildren
	}
	if callout, ok := parent.(*Callout); ok && number == callout.line+1 {
		return c.BlockParser.Open(parent, reader, pc)
	}
	before := parent.LastChild()
	if before == nil || before != pc.Get(lastOfFootnote) && !defines(before, reader.Source()) {
		return nil, parser.NoChildren
	}
	node, state := c.BlockParser.Open(parent, reader, pc)
	if node != nil {
		pc.Set(lastOfFootnote, node)
	}
	return node, state
}

// CanAcceptIndentedLine says that the parser is asked before that of code.
func (continuation) CanAcceptIndentedLine() bool { return true }

// defines tells of a paragraph in which a line gives the text of a footnote.
func defines(node ast.Node, source []byte) bool {
	paragraph, ok := node.(*ast.Paragraph)
	if !ok {
		return false
	}
	for _, line := range paragraph.Lines().Sliced(0, paragraph.Lines().Len()) {
		if value := line.Value(source); isFootnote(value) && bytes.Contains(value, []byte("]:")) {
			return true
		}
	}
	return false
}
