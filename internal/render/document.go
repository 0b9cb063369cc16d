package render

import (
	"fmt"
	"math"
	"sync"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown draws a document of CommonMark with GitHub's tables, tasks and strikethrough, whose size the caller bounds. Lines
// end in LF and not in blanks, and none is wider than Width; the first and the last line are not blank, unless there is
// nothing to draw: then the result is "". A line break in a paragraph stays one. A table that does not fit becomes a list of
// its rows.
//
// It fails when the options are out of range, and when the document cannot be drawn.
func Markdown(source string, o Options) (drawn string, err error) {
	defer func() {
		if p := recover(); p != nil {
			drawn, err = "", fmt.Errorf("cannot draw the document: %v", p)
		}
	}()
	options, colours, err := NoteOptions{Options: o, Say: aboutAlone}.ready()
	if err != nil {
		return "", err
	}
	d := &drawer{options: options, colours: colours, canvas: newCanvas(options, colours), source: normalized([]byte(source))}
	d.canvas.most = math.MaxInt
	d.blocks(documents().Parse(text.NewReader(d.source)).FirstChild(), false)
	return d.canvas.out.String(), nil
}

// aboutAlone says of an image what it is called.
func aboutAlone(_ string, about any) string { return fmt.Sprint(about) }

// ours tells that the document is one of our own: plain Markdown that belongs to no vault.
func (d *drawer) ours() bool { return d.vault == nil }

// documents gives the parser of our own documents.
var documents = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		)...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		)...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
})
