package obsidian

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// KindTaskMark is the kind of the task mark node.
var KindTaskMark = ast.NewNodeKind("ObsidianTaskMark")

// TaskMark is the box that makes a list item a task: [x].
type TaskMark struct {
	ast.BaseInline
	// Mark is the one character in the box: a space while the task is open.
	Mark string
	// Segment is the box with its brackets.
	Segment text.Segment
}

// Kind gives KindTaskMark.
func (t *TaskMark) Kind() ast.NodeKind { return KindTaskMark }

// Dump prints the node for debugging.
func (t *TaskMark) Dump(source []byte, level int) {
	ast.DumpHelper(t, source, level, map[string]string{"Mark": t.Mark}, nil)
}

type taskParser struct{}

// Trigger gives the opening bracket.
func (taskParser) Trigger() []byte { return []byte{'['} }

// Parse reads a box with which an item begins.
func (taskParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item := parent.Parent()
	if item == nil || item.Kind() != ast.KindListItem || item.FirstChild() != parent || parent.HasChildren() {
		return nil
	}
	line, segment := block.PeekLine()
	mark := boxMark(line)
	if mark == "" {
		return nil
	}
	size := len("[") + len(mark) + len("]")
	block.Advance(size)
	return &TaskMark{Mark: mark, Segment: segment.WithStop(segment.Start + size)}
}

// boxMark gives the character in the box at the start of a line, "" if there
// is no box. A blank or the line's end follows the box, so that a link is none.
func boxMark(line []byte) string {
	if len(line) < 3 || line[1] == '\n' || line[1] == '\r' {
		return ""
	}
	_, size := utf8.DecodeRune(line[1:])
	end := 1 + size
	if end >= len(line) || line[end] != ']' {
		return ""
	}
	if end+1 < len(line) && !util.IsSpace(line[end+1]) {
		return ""
	}
	return string(line[1:end])
}
