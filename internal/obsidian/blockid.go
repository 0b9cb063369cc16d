package obsidian

import (
	"bytes"
	"regexp"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// KindBlockID is the kind of the block id node.
var KindBlockID = ast.NewNodeKind("ObsidianBlockID")

// BlockID names a block so that links can lead to it: ^id at the end of a
// paragraph, a heading or a list item.
type BlockID struct {
	ast.BaseInline
	// ID holds Latin letters, digits and dashes.
	ID string
	// Alone is true if nothing else is on its line: it then names the block
	// before.
	Alone bool
	// Segment is the id with its caret.
	Segment text.Segment
}

// Kind gives KindBlockID.
func (b *BlockID) Kind() ast.NodeKind { return KindBlockID }

// Dump prints the node for debugging.
func (b *BlockID) Dump(source []byte, level int) {
	ast.DumpHelper(b, source, level, map[string]string{"ID": b.ID}, nil)
}

var blockID = regexp.MustCompile(`^\^([A-Za-z0-9-]+)[ \t]*\r?\n?$`)

type blockIDParser struct{}

// Trigger gives the caret.
func (blockIDParser) Trigger() []byte { return []byte{'^'} }

// Parse reads an id at the very end of a block.
func (blockIDParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if !canHaveID(parent) || !unicode.IsSpace(block.PrecendingCharacter()) {
		return nil
	}
	line, segment := block.PeekLine()
	match := blockID.FindSubmatch(line)
	if match == nil {
		return nil
	}
	number, _ := block.Position()
	if number != parent.Lines().Len()-1 {
		return nil
	}
	size := 1 + len(match[1])
	block.Advance(len(bytes.TrimRight(line, "\r\n")))
	return &BlockID{
		ID:      string(match[1]),
		Alone:   segment.Start == parent.Lines().At(number).Start,
		Segment: segment.WithStop(segment.Start + size),
	}
}

func canHaveID(block ast.Node) bool {
	switch block.Kind() {
	case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
		return true
	}
	return false
}
