package obsidian

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// outlineCase says what a text is made of. In an outline a node is its kind in
// lower case, without "Obsidian", with what it holds in parentheses; text is
// quoted, neighbouring texts are one.
type outlineCase struct {
	name, source, want string
}

func testOutlines(t *testing.T, tests []outlineCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.source))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, outline(doc, []byte(tt.source))); diff != "" {
				t.Errorf("outline of %q (-want +got):\n%s", tt.source, diff)
			}
		})
	}
}

func outline(node ast.Node, source []byte) string {
	var parts []string
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			parts = append(parts, fmt.Sprintf("%q", run.String()))
			run.Reset()
		}
	}
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			run.Write(t.Segment.Value(source))
			if t.SoftLineBreak() {
				run.WriteByte('\n')
			}
			continue
		}
		flush()
		parts = append(parts, nodeOutline(child, source))
	}
	flush()
	return strings.Join(parts, " ")
}

func nodeOutline(node ast.Node, source []byte) string {
	name := strings.ToLower(strings.TrimPrefix(node.Kind().String(), "Obsidian"))
	switch node := node.(type) {
	case *Wikilink:
		return fmt.Sprintf("%s(%s)", name, node.Segment.Value(source))
	case *Comment:
		return fmt.Sprintf("%s(%q)", name, joined(node.Segments, source))
	case *Math:
		return fmt.Sprintf("%s(%q)", name, joined(node.Segments, source))
	case *CommentBlock, *MathBlock, *ast.FencedCodeBlock, *ast.CodeBlock:
		return fmt.Sprintf("%s(%q)", name, joined(node.Lines(), source))
	case *Tag:
		return fmt.Sprintf("%s(%s)", name, node.Name)
	case *TaskMark:
		return fmt.Sprintf("%s(%q)", name, node.Mark)
	case *BlockID:
		if node.Alone {
			name = "lone" + name
		}
		return fmt.Sprintf("%s(%s)", name, node.ID)
	case *Callout:
		name = strings.TrimRight(fmt.Sprintf("%s:%s%c", name, node.CalloutType, node.Fold), "\x00")
		if node.Meta != "" {
			name += "|" + node.Meta
		}
	}
	return fmt.Sprintf("%s(%s)", name, outline(node, source))
}

func joined(segments *text.Segments, source []byte) string {
	var b strings.Builder
	for _, s := range segments.Sliced(0, segments.Len()) {
		b.Write(s.Value(source))
	}
	return b.String()
}
