package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The kinds of the comment nodes.
var (
	KindComment      = ast.NewNodeKind("ObsidianComment")
	KindCommentBlock = ast.NewNodeKind("ObsidianCommentBlock")
)

// Comment is a comment inside a paragraph: %% hidden %%.
type Comment struct {
	ast.BaseInline
	// Segments are the comment's bytes, one segment per line, with the
	// percent signs.
	Segments *text.Segments
}

// Kind gives KindComment.
func (c *Comment) Kind() ast.NodeKind { return KindComment }

// Dump prints the node for debugging.
func (c *Comment) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// CommentBlock is a comment of whole lines, with everything in it. Its lines
// include those of the percent signs.
type CommentBlock struct{ raw }

// Kind gives KindCommentBlock.
func (c *CommentBlock) Kind() ast.NodeKind { return KindCommentBlock }

// Dump prints the node for debugging.
func (c *CommentBlock) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

func newCommentBlock() rawBlock { return &CommentBlock{} }

type commentParser struct{}

// Trigger gives the percent sign.
func (commentParser) Trigger() []byte { return []byte{'%'} }

// Parse reads a comment that ends in the same paragraph.
func (commentParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if line, _ := block.PeekLine(); !bytes.HasPrefix(line, []byte("%%")) {
		return nil
	}
	segments, ok := readSpan(block, "%%")
	if !ok {
		return nil
	}
	return &Comment{Segments: segments}
}
