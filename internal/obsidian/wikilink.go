package obsidian

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// KindWikilink is the kind of the wikilink node.
var KindWikilink = ast.NewNodeKind("ObsidianWikilink")

// Wikilink is a link or an embed by name: [[Note#Heading|shown]].
type Wikilink struct {
	ast.BaseInline
	// Target is the note or file, as written but trimmed, "" for a place in
	// the same note.
	Target string
	// Subpath is what follows the first #: "Heading", "H1#H2" or "^id".
	Subpath string
	// Shown is what follows the pipe: the text to show, or an image's size.
	Shown string
	// Embed is true for ![[…]].
	Embed bool
	// Segment is the whole link, brackets included.
	Segment text.Segment
}

// Kind gives KindWikilink.
func (w *Wikilink) Kind() ast.NodeKind { return KindWikilink }

// Dump prints the node for debugging.
func (w *Wikilink) Dump(source []byte, level int) {
	ast.DumpHelper(w, source, level, map[string]string{
		"Target": w.Target, "Subpath": w.Subpath, "Shown": w.Shown,
	}, nil)
}

type wikilinkParser struct{}

// Trigger gives what a link and an embed begin with.
func (wikilinkParser) Trigger() []byte { return []byte{'[', '!'} }

// Parse reads a wikilink, which never spans lines.
func (wikilinkParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	link, size := ScanWikilink(line)
	if size == 0 {
		return nil
	}
	link.Segment = segment.WithStop(segment.Start + size)
	block.Advance(size)
	return link
}

// ScanWikilink reads the wikilink or embed with which a line begins and gives
// its size in bytes, 0 if the line does not begin with one. The editor's
// searches [[##…]] and [[^^…]] are no links.
func ScanWikilink(line []byte) (*Wikilink, int) {
	inner, embed := bytes.CutPrefix(line, []byte{'!'})
	inner, ok := bytes.CutPrefix(inner, []byte("[["))
	if !ok {
		return nil, 0
	}
	end := bytes.Index(inner, []byte("]]"))
	if end < 0 {
		return nil, 0
	}
	inner = inner[:end]
	// Of brackets that open twice, the link is the inner pair.
	if bytes.HasPrefix(inner, []byte{'['}) || bytes.Contains(inner, []byte("[[")) || bytes.IndexByte(inner, '\n') >= 0 {
		return nil, 0
	}
	link := splitWikilink(string(inner))
	if link == nil {
		return nil, 0
	}
	link.Embed = embed
	size := len("[[") + end + len("]]")
	if embed {
		size++
	}
	return link, size
}

// splitWikilink takes what stands between the brackets apart. A pipe in a
// table must carry a backslash, and is a separator with it everywhere.
func splitWikilink(inner string) *Wikilink {
	path, shown, _ := strings.Cut(inner, "|")
	path = strings.TrimSuffix(path, `\`)
	target, subpath, _ := strings.Cut(path, "#")
	link := &Wikilink{
		Target:  strings.TrimSpace(target),
		Subpath: strings.TrimSpace(subpath),
		Shown:   strings.TrimSpace(shown),
	}
	isSearch := strings.HasPrefix(link.Target, "^^") || link.Target == "" && strings.HasPrefix(link.Subpath, "#")
	if isSearch || link.Target == "" && link.Subpath == "" {
		return nil
	}
	return link
}
