package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// definitions reads the definitions of links at a paragraph's beginning, but
// leaves those of footnotes alone, which CommonMark would take for them:
//
//	[^1]: Note.md
type definitions struct{}

// Transform takes the definitions out of a paragraph.
func (definitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	first := 0
	for _, line := range lines.Sliced(0, lines.Len()) {
		if isFootnote(line.Value(reader.Source())) {
			break
		}
		first++
	}
	switch first {
	case 0:
		return
	case lines.Len():
		parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
		return
	}
	before := ast.NewParagraph()
	before.SetBlankPreviousLines(node.HasBlankPreviousLines())
	before.Lines().AppendAll(lines.Sliced(0, first))
	rest := lines.Sliced(first, lines.Len())
	parent := node.Parent()
	parent.InsertBefore(parent, node, before)
	parser.LinkReferenceParagraphTransformer.Transform(before, reader, pc)
	kept := text.NewSegments()
	if before.Parent() != nil { // not all of it was definitions
		kept.AppendAll(before.Lines().Sliced(0, before.Lines().Len()))
		parent.RemoveChild(parent, before)
	}
	kept.AppendAll(rest)
	node.SetLines(kept)
}

// isFootnote tells of a line that begins as the text of a footnote does. Its
// paragraph has no indentation left.
func isFootnote(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("[^"))
}

// continuation reads a footnote's further paragraphs, which are indented like
// code:
//
//	[^1]: The first.
//
//	    The second.
type continuation struct{ parser.BlockParser }

func newContinuation() continuation { return continuation{parser.NewParagraphParser()} }

// lastOfFootnote is the paragraph that the parser has read last.
var lastOfFootnote = parser.NewContextKey()

// Open begins a paragraph behind one of a footnote.
func (c continuation) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	indent, _ := util.IndentWidth(line, reader.LineOffset())
	before := parent.LastChild()
	if before == nil || indent < 4 || before != pc.Get(lastOfFootnote) && !defines(before, reader.Source()) {
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
