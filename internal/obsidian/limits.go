package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

const (
	// MaxBytes is the largest body that Parse reads.
	MaxBytes = 1 << 20
	// MaxNesting is how many lists and quotes may stand inside one another.
	MaxNesting = 32

	// maxSteps bounds the work of a whole body. A paragraph counts its bytes
	// times the characters in it that could open something, because goldmark
	// may look to the paragraph's end from each of them; about 400 million
	// such steps take a second.
	maxSteps = 400_000_000
	// cellSteps is the price of one table cell: a short row is filled up to
	// the width of the header, so a few bytes can make many cells.
	cellSteps = 2_000
	// levelSteps is the price of one more line in one open list or quote:
	// goldmark remembers every line for every open block.
	levelSteps = 400
)

var limitsKey = parser.NewContextKey()

// limits is what the parsing of one body has used up so far.
type limits struct {
	steps   int
	refused *Refusal
}

func limitsOf(pc parser.Context) *limits {
	l, _ := pc.Get(limitsKey).(*limits)
	if l == nil {
		l = &limits{}
		pc.Set(limitsKey, l)
	}
	return l
}

// refuse keeps the first reason, with the line of a place in the source.
func (l *limits) refuse(reason error, source []byte, at int) {
	if l.refused != nil {
		return
	}
	at = min(max(at, 0), len(source))
	l.refused = &Refusal{Line: 1 + bytes.Count(source[:at], []byte{'\n'}), Reason: reason}
}

// spend books the work of what stands at a place of the source and tells
// whether it may be parsed. After a refusal nothing may.
func (l *limits) spend(steps int, source []byte, at int) bool {
	l.steps += steps
	if l.steps > maxSteps {
		l.refuse(ErrTooDense, source, at)
	}
	return l.refused == nil
}

// spendLines books lines that will be parsed as text, and empties them if they
// may not be.
func (l *limits) spendLines(steps int, source []byte, lines *text.Segments) {
	if lines.Len() > 0 && !l.spend(steps, source, lines.At(0).Start) {
		lines.Clear()
	}
}

// inlineSteps estimates the work of parsing lines as one run of text.
func inlineSteps(source []byte, lines *text.Segments) int {
	size, openers := 0, 0
	for _, line := range lines.Sliced(0, lines.Len()) {
		size += line.Len()
		openers += countOpeners(line.Value(source))
	}
	return size * openers
}

// countOpeners counts the characters that could open something. One behind a
// backslash opens nothing: untrusted text, all of it escaped, costs no more
// than its length.
func countOpeners(line []byte) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '[', '*', '_', '`', '<', '~', '=':
			n++
		}
	}
	return n
}

// countCells counts the pipes that could part cells.
func countCells(line []byte) int {
	return bytes.Count(line, []byte{'|'}) - bytes.Count(line, []byte(`\|`))
}

// guarded is a parser of blocks that keeps to the limits: it opens no block
// deeper than MaxNesting, none for too many lines, and no heading or title
// with too much markup.
type guarded struct{ parser.BlockParser }

// Open refuses or hands over.
func (g guarded) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	limits := limitsOf(pc)
	if nesting(parent) >= MaxNesting {
		_, at := reader.Position()
		limits.refuse(ErrTooDeep, reader.Source(), at.Start)
	}
	if limits.refused != nil {
		return nil, parser.NoChildren
	}
	node, state := g.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	for _, n := range []ast.Node{node, node.FirstChild()} {
		if n != nil {
			limits.spendLines(inlineSteps(reader.Source(), n.Lines()), reader.Source(), n.Lines())
		}
	}
	return node, state
}

// Continue refuses or hands over.
func (g guarded) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	_, at := reader.Position()
	if !limitsOf(pc).spend(levelSteps, reader.Source(), at.Start) {
		return parser.Close
	}
	return g.BlockParser.Continue(node, reader, pc)
}

func nesting(node ast.Node) int {
	depth := 0
	for ; node != nil; node = node.Parent() {
		switch node.Kind() {
		case ast.KindList, ast.KindBlockquote, KindCallout:
			depth++
		}
	}
	return depth
}

// linesLimit sees a paragraph before its first lines are taken for link
// definitions and the others for a table.
type linesLimit struct{}

// Transform empties a paragraph that would make too many definitions, each of
// which is cut off the front of the others, or too large a table.
func (linesLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	source, lines := reader.Source(), node.Lines()
	definitions, widest, steps := 0, 0, 0
	for _, line := range lines.Sliced(0, lines.Len()) {
		row := line.Value(source)
		if len(row) > 0 && row[0] == '[' {
			definitions++
		}
		widest = max(widest, countCells(row))
		steps += countOpeners(row) * len(row)
	}
	steps += definitions*definitions + widest*lines.Len()*cellSteps
	limitsOf(pc).spendLines(steps, source, lines)
}

// paragraphLimit sees a paragraph that stays one.
type paragraphLimit struct{}

// Transform empties a paragraph with too much markup.
func (paragraphLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	source, lines := reader.Source(), node.Lines()
	limitsOf(pc).spendLines(inlineSteps(source, lines), source, lines)
}
