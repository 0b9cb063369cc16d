package obsidian

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The kinds of the callout nodes.
var (
	KindCallout      = ast.NewNodeKind("ObsidianCallout")
	KindCalloutTitle = ast.NewNodeKind("ObsidianCalloutTitle")
)

// A Fold says whether a callout can be folded.
type Fold byte

// The folds, as they are written after the type.
const (
	Fixed  Fold = 0
	Open   Fold = '+'
	Folded Fold = '-'
)

// Callout is a block quote whose first line is "[!type] Title". Its children
// are a CalloutTitle, unless the title is left to the type, and the blocks of
// its body.
type Callout struct {
	ast.BaseBlock
	// CalloutType is in lower case, as written: aliases are not resolved.
	CalloutType string
	// Meta is what some themes read after a pipe in the type.
	Meta string
	Fold Fold

	line int // of the type and the title
}

// Kind gives KindCallout.
func (c *Callout) Kind() ast.NodeKind { return KindCallout }

// Dump prints the node for debugging.
func (c *Callout) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{"Type": c.CalloutType}, nil)
}

// CalloutTitle is a callout's title, a line of text with its markup.
type CalloutTitle struct{ ast.BaseBlock }

// Kind gives KindCalloutTitle.
func (c *CalloutTitle) Kind() ast.NodeKind { return KindCalloutTitle }

// Dump prints the node for debugging.
func (c *CalloutTitle) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// calloutHead matches a quote's first line: type, meta, fold, and the blanks
// before the title.
var calloutHead = regexp.MustCompile(`^>[ \t]?[ ]{0,3}\[!([^\[\]|]+)(?:\|([^\[\]]*))?\]([+-]?)(?:[ \t]+|\r?\n|$)`)

// calloutParser differs from the parser of quotes only in how a callout opens.
type calloutParser struct{ parser.BlockParser }

func newCalloutParser() calloutParser { return calloutParser{parser.NewBlockquoteParser()} }

// Open reads the line of the type and the title.
func (calloutParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	start := pc.BlockOffset()
	if start < 0 {
		return nil, parser.NoChildren
	}
	match := calloutHead.FindSubmatch(line[start:])
	if match == nil || util.IsBlank(match[1]) {
		return nil, parser.NoChildren
	}
	callout := &Callout{
		CalloutType: strings.ToLower(strings.TrimSpace(string(match[1]))),
		Meta:        strings.TrimSpace(string(match[2])),
	}
	callout.line, _ = reader.Position()
	if len(match[3]) > 0 {
		callout.Fold = Fold(match[3][0])
	}
	titleAt := start + len(match[0])
	title := segment.WithStart(segment.Stop - (len(line) - titleAt))
	title = title.TrimRightSpace(reader.Source())
	if !title.IsEmpty() {
		child := &CalloutTitle{}
		child.SetPos(title.Start)
		child.Lines().Append(title)
		callout.AppendChild(callout, child)
	}
	reader.AdvanceToEOL()
	return callout, parser.HasChildren
}
