package obsidian

import (
	"testing"

	"github.com/yuin/goldmark/ast"
)

// A footnote's text is text, whatever stands before it in its paragraph.
func TestFootnotesDefineNoLinks(t *testing.T) {
	tests := []struct {
		source             string
		definitions, links int
		paragraphs         []string
	}{
		{"[^1]: Note.md\n\na[^1] [r]", 0, 0, []string{"[^1]: Note.md", "a[^1] [r]"}},
		{"[r]: Note.md\n[^1]: Note.md\n[s]: Note.md\n\n[r] [^1] [s]", 1, 1, []string{"[^1]: Note.md\n[s]: Note.md", "[r] [^1] [s]"}},
		{"[r]: Note.md\n[s]: Note.md\n\n[r] [s]", 2, 2, []string{"[r] [s]"}},
		{"[r]: Note.md\ntext\n  [^1]: Note.md\n\n[r]", 1, 1, []string{"text\n[^1]: Note.md", "[r]"}},
		{"text\n[^1]: Note.md", 0, 0, []string{"text\n[^1]: Note.md"}},
		{"> [^1]: [[Note]]", 0, 1, []string{"[^1]: [[Note]]"}},
		{"[^1]:", 0, 0, []string{"[^1]:"}},
		{"[^1]: a\n\n    [[b]]\n\n\n\t[[c]]\n    d\n\n[[e]]\n\n    [[code]]", 0, 3, []string{"[^1]: a", "[[b]]", "[[c]]\nd", "[[e]]"}},
		{"> [^1]: a\n>\n>     [[b]]\n\n    [[code]]", 0, 1, []string{"[^1]: a", "[[b]]"}},
		{"[^1] a\n\n    [[code]]", 0, 0, []string{"[^1] a"}},
	}
	for _, test := range tests {
		doc, err := Parse([]byte(test.source))
		if err != nil {
			t.Fatal(err)
		}
		definitions, links := 0, 0
		var paragraphs []string
		_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			switch n := n.(type) {
			case *ast.LinkReferenceDefinition:
				definitions++
			case *ast.Link, *Wikilink:
				links++
			case *ast.Paragraph:
				paragraphs = append(paragraphs, string(n.Lines().Value([]byte(test.source))))
			}
			return ast.WalkContinue, nil
		})
		if definitions != test.definitions || links != test.links || len(paragraphs) != len(test.paragraphs) {
			t.Errorf("%q: %d definitions, %d links, paragraphs %q", test.source, definitions, links, paragraphs)
			continue
		}
		for i, want := range test.paragraphs {
			if paragraphs[i] != want {
				t.Errorf("%q: paragraph %q, want %q", test.source, paragraphs[i], want)
			}
		}
	}
}
