package vault

import (
	"bytes"
	"errors"
	"sort"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/synth-vault/synth/internal/obsidian"
)

// tree is a note's body as parsed, with what it takes to tell places.
type tree struct {
	doc    ast.Node
	source []byte
	// starts holds the offset of each line of source; the first is the
	// file's line firstLine.
	starts    []int
	firstLine int
}

// tree reads and parses the body. What is wrong with it is a Problem.
func (n *Note) tree() (*tree, error) {
	source, firstLine, err := n.body()
	if err != nil {
		return nil, err
	}
	return parseBody(n.path, []byte(source), firstLine)
}

// parseBody parses the body of the note at a path, which begins on a line.
func parseBody(path string, source []byte, firstLine int) (*tree, error) {
	doc, err := obsidian.Parse(source)
	if err != nil {
		return nil, bodyProblem(path, firstLine, err)
	}
	return &tree{doc: doc, source: source, starts: lineStarts(source), firstLine: firstLine}, nil
}

func bodyProblem(path string, firstLine int, err error) Problem {
	p := Problem{Path: path, Severity: Error, Code: "body_unreadable", Message: err.Error()}
	var refusal *obsidian.Refusal
	if errors.As(err, &refusal) {
		p.Message = refusal.Reason.Error()
		if refusal.Line > 0 {
			p.Line = firstLine + refusal.Line - 1
		}
	}
	switch {
	case errors.Is(err, obsidian.ErrTooLarge):
		p.Code, p.Hint = "body_too_large", "split the note into several notes"
	case errors.Is(err, obsidian.ErrTooDeep):
		p.Code, p.Hint = "body_too_deep", "use fewer levels of lists and quotes"
	case errors.Is(err, obsidian.ErrTooDense):
		p.Code, p.Hint = "body_too_dense", "put blank lines between the paragraphs, or shorten the table"
	}
	return p
}

func lineStarts(source []byte) []int {
	starts := []int{0}
	for i := 0; ; {
		end := bytes.IndexByte(source[i:], '\n')
		if end < 0 {
			return starts
		}
		i += end + 1
		starts = append(starts, i)
	}
}

// lineAt gives the number of the line, counted from 0, that holds an offset.
func (t *tree) lineAt(offset int) int {
	return sort.SearchInts(t.starts, offset+1) - 1
}

// line gives the bytes of a line that is counted from 0, without its end.
func (t *tree) line(i int) []byte {
	end := len(t.source)
	if i+1 < len(t.starts) {
		end = t.starts[i+1]
	}
	return bytes.TrimRight(t.source[t.starts[i]:end], "\r\n")
}

// place gives the line and the column in the file of an offset.
func (t *tree) place(offset int) (line, column int) {
	offset = min(max(offset, 0), len(t.source))
	i := t.lineAt(offset)
	return t.firstLine + i, 1 + utf8.RuneCount(t.source[t.starts[i]:offset])
}

// cutsIn gives the places below a node that are no part of its text, in the
// order of the source: comments and the boxes of its own tasks.
func cutsIn(node ast.Node) []text.Segment {
	var cuts []text.Segment
	if mark, ok := node.FirstChild().(*obsidian.TaskMark); ok {
		cuts = append(cuts, mark.Segment)
	}
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *obsidian.Comment:
			cuts = append(cuts, n.Segments.Sliced(0, n.Segments.Len())...)
		case *obsidian.CommentBlock:
			cuts = append(cuts, n.Lines().Sliced(0, n.Lines().Len())...)
		}
		return ast.WalkContinue, nil
	})
	return cuts
}

// lastOffset gives the last place in the source that a node is known to reach.
func lastOffset(node ast.Node) int {
	last := node.Pos()
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() != ast.TypeBlock {
			return ast.WalkSkipChildren, nil
		}
		last = max(last, n.Pos())
		if lines := n.Lines(); lines != nil && lines.Len() > 0 {
			line := lines.At(lines.Len() - 1)
			last = max(last, line.Start, line.Stop-1)
		}
		return ast.WalkContinue, nil
	})
	return last
}

// following gives the block that comes after a node and all that it holds.
func following(node ast.Node) ast.Node {
	for ; node != nil; node = node.Parent() {
		if next := node.NextSibling(); next != nil {
			return next
		}
	}
	return nil
}
