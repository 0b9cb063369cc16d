package obsidian

import (
	"bytes"

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
	mark, size := MarkWikilink(line)
	if size == 0 {
		return nil, 0
	}
	return &Wikilink{Target: string(mark.Target), Subpath: string(mark.Subpath), Shown: string(mark.Shown), Embed: mark.Embed}, size
}

// MarkWikilink is ScanWikilink, but gives parts of the line, without a place.
func MarkWikilink(line []byte) (LinkMark, int) {
	inner, embed, size := cutWikilink(line)
	if size == 0 {
		return LinkMark{}, 0
	}
	target, subpath, shown, ok := splitWikilink(inner)
	if !ok {
		return LinkMark{}, 0
	}
	return LinkMark{Target: target, Subpath: subpath, Shown: shown, Embed: embed}, size
}

// cutWikilink gives what stands between the brackets with which a line begins,
// and the size of the whole, 0 if the line does not begin with a pair.
func cutWikilink(line []byte) (inner []byte, embed bool, size int) {
	inner, embed = bytes.CutPrefix(line, []byte{'!'})
	inner, ok := bytes.CutPrefix(inner, []byte("[["))
	if !ok {
		return nil, false, 0
	}
	end := bytes.Index(inner, []byte("]]"))
	if end < 0 {
		return nil, false, 0
	}
	size = len(line) - len(inner) + end + len("]]")
	inner = inner[:end]
	// Of brackets that open twice, the link is the inner pair.
	if bytes.HasPrefix(inner, []byte{'['}) || bytes.Contains(inner, []byte("[[")) || bytes.IndexByte(inner, '\n') >= 0 {
		return nil, false, 0
	}
	return inner, embed, size
}

// splitWikilink takes what stands between the brackets apart. A pipe in a
// table must carry a backslash, and is a separator with it everywhere.
func splitWikilink(inner []byte) (target, subpath, shown []byte, ok bool) {
	path, shown, _ := bytes.Cut(inner, []byte{'|'})
	path = bytes.TrimSuffix(path, []byte{'\\'})
	target, subpath, _ = bytes.Cut(path, []byte{'#'})
	target, subpath, shown = bytes.TrimSpace(target), bytes.TrimSpace(subpath), bytes.TrimSpace(shown)
	isSearch := bytes.HasPrefix(target, []byte("^^")) || len(target) == 0 && bytes.HasPrefix(subpath, []byte{'#'})
	return target, subpath, shown, !isSearch && len(target)+len(subpath) > 0
}
