package render

import (
	"fmt"

	"github.com/charmbracelet/glamour/ansi"
)

// palette holds the colours that set a style apart, as numbers of the 256 colours that nearly every terminal has. The last
// ones are those of callouts, marked text and links that lead nowhere.
type palette struct {
	heading, link, code, dim                       string
	mark, lost                                     string
	blue, cyan, green, yellow, orange, red, purple string
}

// palette gives the colours of a style, none for Plain.
func (s Style) palette() (palette, error) {
	switch s {
	case Plain, "":
		return palette{}, nil
	case Dark:
		return palette{heading: "39", link: "75", code: "216", dim: "245", mark: "58", lost: "139",
			blue: "39", cyan: "43", green: "78", yellow: "221", orange: "215", red: "203", purple: "141"}, nil
	case Light:
		return palette{heading: "26", link: "25", code: "130", dim: "242", mark: "229", lost: "96",
			blue: "26", cyan: "30", green: "28", yellow: "136", orange: "166", red: "160", purple: "97"}, nil
	}
	return palette{}, fmt.Errorf("style %q is none of dark, light and plain", string(s))
}

// config gives the style to glamour.
func (s Style) config() (ansi.StyleConfig, error) {
	p, err := s.palette()
	if err != nil || p == (palette{}) {
		return layout(), err
	}
	return paint(layout(), p), nil
}

// layout is what all styles share: everything but colours, so that a document breaks into the same lines in each. There
// is no margin around the document, and nothing before or after it, because a command's output is a part of a page and
// not a page. Code has no theme: chroma would keep it in a registry that all renderers share.
func layout() ansi.StyleConfig {
	return ansi.StyleConfig{
		Heading:        ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{BlockSuffix: "\n"}},
		H1:             prefixed("# "),
		H2:             prefixed("## "),
		H3:             prefixed("### "),
		H4:             prefixed("#### "),
		H5:             prefixed("##### "),
		H6:             prefixed("###### "),
		BlockQuote:     ansi.StyleBlock{Indent: new(uint(2)), IndentToken: new(quoteCell)},
		List:           ansi.StyleList{LevelIndent: 2},
		Item:           ansi.StylePrimitive{BlockPrefix: "• "},
		Enumeration:    ansi.StylePrimitive{BlockPrefix: ". "},
		Task:           ansi.StyleTask{Ticked: "[x] ", Unticked: "[ ] "},
		HorizontalRule: ansi.StylePrimitive{Format: "\n--------\n"},
		ImageText:      ansi.StylePrimitive{Format: "{{.text}} →"},
		CodeBlock:      ansi.StyleCodeBlock{StyleBlock: ansi.StyleBlock{Margin: new(uint(2))}},
		DefinitionDescription: ansi.StylePrimitive{
			BlockPrefix: "\n→ ",
		},
	}
}

func prefixed(prefix string) ansi.StyleBlock {
	return ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Prefix: prefix}}
}

// paint adds colours. Running text keeps the terminal's own.
func paint(c ansi.StyleConfig, p palette) ansi.StyleConfig {
	c.Heading.Color, c.Heading.Bold = &p.heading, new(true)
	c.Emph.Italic = new(true)
	c.Strong.Bold = new(true)
	c.Strikethrough.CrossedOut = new(true)
	c.Link.Color, c.Link.Underline = &p.link, new(true)
	c.LinkText.Color = &p.link
	c.Image.Color, c.ImageText.Color = &p.link, &p.dim
	c.Code.Color, c.CodeBlock.Color = &p.code, &p.code
	c.HorizontalRule.Color = &p.dim
	return c
}
