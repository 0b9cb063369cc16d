package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The kinds of the nodes for mathematics.
var (
	KindMath      = ast.NewNodeKind("ObsidianMath")
	KindMathBlock = ast.NewNodeKind("ObsidianMathBlock")
)

// Math is a formula inside a paragraph: $x$ or $$x$$.
type Math struct {
	ast.BaseInline
	// Segments are the formula's bytes, one segment per line, with the
	// dollar signs.
	Segments *text.Segments
}

// Kind gives KindMath.
func (m *Math) Kind() ast.NodeKind { return KindMath }

// Dump prints the node for debugging.
func (m *Math) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

// MathBlock is a formula of whole lines between $$ and $$. Its lines include
// those of the dollar signs.
type MathBlock struct{ raw }

// Kind gives KindMathBlock.
func (m *MathBlock) Kind() ast.NodeKind { return KindMathBlock }

// Dump prints the node for debugging.
func (m *MathBlock) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

func newMathBlock() rawBlock { return &MathBlock{} }

type mathParser struct{}

// Trigger gives the dollar sign.
func (mathParser) Trigger() []byte { return []byte{'$'} }

// Parse reads a formula.
func (mathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if bytes.HasPrefix(line, []byte("$$")) {
		segments, ok := readSpan(block, "$$")
		if !ok {
			return nil
		}
		return &Math{Segments: segments}
	}
	size := formulaSize(line)
	if size == 0 {
		return nil
	}
	segments := text.NewSegments()
	segments.Append(segment.WithStop(segment.Start + size))
	block.Advance(size)
	return &Math{Segments: segments}
}

// formulaSize measures a formula $x$ at the start of a line, 0 if there is
// none. An amount such as "$5 and $6" is no formula: the dollar sign that
// closes follows no space and precedes no digit.
func formulaSize(line []byte) int {
	if len(line) < 3 || util.IsSpace(line[1]) {
		return 0
	}
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '$':
			followedByDigit := i+1 < len(line) && util.IsNumeric(line[i+1])
			if i == 1 || util.IsSpace(line[i-1]) || followedByDigit {
				return 0
			}
			return i + 1
		}
	}
	return 0
}
