package obsidian

import (
	"bytes"
	"unicode/utf8"

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
func MarkWikilink(line []byte) (link LinkMark, size int) {
	begin := len("[[")
	embed := len(line) > 0 && line[0] == '!'
	if embed {
		begin++
	}
	if len(line) < begin || line[begin-2] != '[' || line[begin-1] != '[' {
		return LinkMark{}, 0
	}
	end, number, pipe := cutWikilink(line, begin)
	if end < 0 {
		return LinkMark{}, 0
	}
	link = LinkMark{Target: line[begin:end], Embed: embed}
	if pipe < end {
		link.Target, link.Shown = line[begin:pipe], trimmed(line[pipe+1:end])
	}
	link.Target = bytes.TrimSuffix(link.Target, []byte{'\\'}) // that a pipe in a table must carry, and may everywhere
	if number < end {
		link.Target, link.Subpath = line[begin:number], trimmed(link.Target[number+1-begin:])
	}
	link.Target = trimmed(link.Target)
	isSearch := bytes.HasPrefix(link.Target, []byte("^^")) || len(link.Target) == 0 && bytes.HasPrefix(link.Subpath, []byte{'#'})
	if isSearch || len(link.Target)+len(link.Subpath) == 0 {
		return LinkMark{}, 0
	}
	return link, end + len("]]")
}

// cutWikilink gives the offset at which a link ends that begins before another
// one, and those of the number sign and the pipe that part it, the end for
// none. The end is -1 where there is no link: of brackets that open twice, it is
// the inner pair.
func cutWikilink(line []byte, begin int) (end, number, pipe int) {
	number, pipe = len(line), len(line)
	for at := begin; at+1 < len(line); at++ {
		if !wikilinkSigns[line[at]] {
			continue
		}
		switch c, next := line[at], line[at+1]; {
		case c == ']' && next == ']':
			return at, min(at, number), min(at, pipe)
		case c == '\n', c == '[' && (at == begin || next == '['):
			return -1, 0, 0
		case c == '|':
			pipe = min(pipe, at)
		case c == '#' && at < pipe:
			number = min(number, at)
		}
	}
	return -1, 0, 0
}

// wikilinkSigns are the bytes that matter within a link.
var wikilinkSigns = byteSet{'[': true, ']': true, '\n': true, '|': true, '#': true}

// trimmed is bytes.TrimSpace, but sees at once that there is none, as mostly.
func trimmed(text []byte) []byte {
	if last := len(text) - 1; last >= 0 && isGraphic(text[0]) && isGraphic(text[last]) {
		return text
	}
	return bytes.TrimSpace(text)
}

// isGraphic tells of an ASCII character that is neither white nor a control.
func isGraphic(c byte) bool { return c > ' ' && c < utf8.RuneSelf }
