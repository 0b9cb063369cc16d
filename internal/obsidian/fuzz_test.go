package obsidian

import (
	"errors"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// FuzzParse holds that no text makes the parser fail, and that the places in
// the tree are places in the text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"# a ^b\n%% c %%\n- [x] d [[e#f\\|g]]\n\n^h\n",
		"> [!note]- a\n> > b\n>\n> ==c== #d $e$\n",
		"%%\n# a\n%% b\n$$\nc\n$$ d",
		"|a|\n|-|\n|[[b\\|c]] ^d|\n",
		"- a\n  ^b\n\t> c\n1. [ ] %%d\n",
		"> %%\r\n> a\r\n%%\r\n\tb ^c\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		doc, err := Parse(source)
		if errors.Is(err, ErrUnreadable) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		_ = ast.Walk(doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				checkPlaces(t, node, source)
			}
			return ast.WalkContinue, nil
		})
	})
}

func checkPlaces(t *testing.T, node ast.Node, source []byte) {
	t.Helper()
	if node.Pos() > len(source) {
		t.Errorf("%v is at %d of %d", node.Kind(), node.Pos(), len(source))
	}
	var segments []text.Segment
	switch node := node.(type) {
	case *Wikilink:
		segments = append(segments, node.Segment)
	case *Tag:
		segments = append(segments, node.Segment)
	case *TaskMark:
		segments = append(segments, node.Segment)
	case *BlockID:
		segments = append(segments, node.Segment)
	case *Comment:
		segments = node.Segments.Sliced(0, node.Segments.Len())
	case *Math:
		segments = node.Segments.Sliced(0, node.Segments.Len())
	case *CommentBlock, *MathBlock, *CalloutTitle:
		segments = node.Lines().Sliced(0, node.Lines().Len())
	}
	for _, s := range segments {
		if s.Start < 0 || s.Start > s.Stop || s.Stop > len(source) {
			t.Errorf("%v has the segment %d to %d of %d", node.Kind(), s.Start, s.Stop, len(source))
		}
	}
}
