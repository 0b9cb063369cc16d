// Package obsidian parses the body of an Obsidian note.
//
// Obsidian writes CommonMark with tables, strikethrough and a dialect of its
// own. This package adds the dialect to goldmark as nodes of its tree:
//
//	[[Note#Heading|shown]]  ![[image.png]]    Wikilink
//	%% hidden %%                              Comment, CommentBlock
//	$x$  $$x$$                                Math, MathBlock
//	> [!warning]- Title                       Callout, CalloutTitle
//	==marked==                                Highlight
//	#tag/sub                                  Tag
//	a paragraph ^its-id                       BlockID
//	- [?] a task                              TaskMark
//
// Nothing of the dialect is recognised in code, in mathematics or in comments.
//
// Notes come from people, from other programs and through sync services, so
// Parse answers within limits: what would take goldmark more than linear time
// is refused with its place instead.
package obsidian

import (
	"errors"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The reasons for which Parse refuses a body, to be asked with errors.Is.
var (
	// ErrTooLarge is a body of more than MaxBytes.
	ErrTooLarge = errors.New("the text is larger than 1 MB")
	// ErrTooDeep is lists or quotes inside one another beyond MaxNesting.
	ErrTooDeep = errors.New("lists or quotes are nested too deeply")
	// ErrTooDense is so much markup in one place that reading it would take
	// far longer than its size lets expect.
	ErrTooDense = errors.New("too much markup in one paragraph or table")
	// ErrUnreadable is a text on which the Markdown parser itself failed.
	ErrUnreadable = errors.New("the text cannot be parsed")
)

// A Refusal is the error that Parse gives: the reason and the line, counted
// from 1 in the parsed text, or 0 where the whole text is refused.
type Refusal struct {
	Line   int
	Reason error
}

// Error states the line and the reason.
func (r *Refusal) Error() string {
	if r.Line == 0 {
		return r.Reason.Error()
	}
	return fmt.Sprintf("line %d: %v", r.Line, r.Reason)
}

// Unwrap gives the reason.
func (r *Refusal) Unwrap() error { return r.Reason }

// Parse gives the tree of a note's body, which is the note without its
// frontmatter. The tree's segments and positions count bytes in body, which
// must not change as long as the tree is used. The error is a *Refusal.
func Parse(body []byte) (doc ast.Node, err error) {
	if len(body) > MaxBytes {
		return nil, &Refusal{Reason: ErrTooLarge}
	}
	defer func() {
		if cause := recover(); cause != nil {
			doc, err = nil, &Refusal{Reason: fmt.Errorf("%w: %v", ErrUnreadable, cause)}
		}
	}()
	limits := &limits{}
	context := parser.NewContext()
	context.Set(limitsKey, limits)
	doc = dialect.Parse(text.NewReader(body), parser.WithContext(context))
	if limits.refused != nil {
		return nil, limits.refused
	}
	return doc, nil
}

// dialect is built once, which costs as much as parsing a short note, and never
// changes: a goldmark parser may be used by several goroutines.
var dialect = newParser()

// newParser lists every syntax with the order in which goldmark tries them:
// the smaller number first. CommonMark's own parsers keep their usual numbers.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(blockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(linesLimit{}, 50),
			util.Prioritized(definitions{}, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			util.Prioritized(paragraphLimit{}, 250),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(placeTransformer{}, 100),
		),
	)
}

func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(placed{parser.NewThematicBreakParser()}, 200),
		util.Prioritized(placed{guarded{parser.NewListParser()}}, 300),
		util.Prioritized(placed{parser.NewListItemParser()}, 400),
		util.Prioritized(newContinuation(), 490),
		util.Prioritized(placed{parser.NewCodeBlockParser()}, 500),
		util.Prioritized(placed{guarded{parser.NewATXHeadingParser()}}, 600),
		util.Prioritized(placed{parser.NewFencedCodeBlockParser()}, 700),
		util.Prioritized(placed{delimitedBlock{"%%", newCommentBlock}}, 710),
		util.Prioritized(placed{delimitedBlock{"$$", newMathBlock}}, 720),
		util.Prioritized(placed{guarded{newCalloutParser()}}, 790),
		util.Prioritized(placed{guarded{parser.NewBlockquoteParser()}}, 800),
		util.Prioritized(placed{parser.NewHTMLBlockParser()}, 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(taskParser{}, 0),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(commentParser{}, 110),
		util.Prioritized(mathParser{}, 120),
		util.Prioritized(wikilinkParser{}, 190),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(highlightParser{}, 510),
		util.Prioritized(tagParser{}, 600),
		util.Prioritized(blockIDParser{}, 600),
	}
}
