package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
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
