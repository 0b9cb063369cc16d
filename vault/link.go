package vault

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/synth-vault/synth/internal/obsidian"
)

// Link is a link or an embed to a place in the vault, as a note writes it.
type Link struct {
	// Target is the name or the path of a note or file, decoded and trimmed;
	// "" for a place in the same note.
	Target string
	// Subpath is the place in the note, without the first #: "Heading",
	// "Heading#Heading below it", or "^id" for a block.
	Subpath string
	// Shown is the text to show instead of the target, or an image's size.
	Shown string
	// Embed is true where the target's content is shown in place.
	Embed bool
	// Markdown is true for [shown](target), false for [[target|shown]].
	Markdown bool
	// Line and Column are the link's place in the file, counted from 1,
	// columns in code points; 0 for a link that was not read from a file.
	Line, Column int
}

// ParseLink reads a text that is one wikilink and nothing else, as a property
// holds it: "[[Note#^id|shown]]". Blanks around it do not matter.
func ParseLink(s string) (Link, bool) {
	mark, ok := wholeWikilink([]byte(s))
	if !ok {
		return Link{}, false
	}
	return Link{Target: string(mark.Target), Subpath: string(mark.Subpath), Shown: string(mark.Shown), Embed: mark.Embed}, true
}

// wholeWikilink is ParseLink, but gives parts of the text.
func wholeWikilink(text []byte) (obsidian.LinkMark, bool) {
	text = bytes.TrimSpace(text)
	mark, size := obsidian.MarkWikilink(text)
	return mark, size > 0 && size == len(text)
}

// Links gives the note's links in the order of the file: the properties' that
// are one wikilink each, then the text's, of both notations. Links to the Web,
// and what looks like a link in code, mathematics or comments, are left out,
// and so are the properties of a head that cannot be read. The errors are those
// of Blocks.
func (n *Note) Links() ([]Link, error) {
	t, err := n.tree()
	if err != nil {
		return nil, err
	}
	links := n.propertyLinks()
	err = ast.Walk(t.doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if link, start, ok := linkAt(node, t.source); ok {
			link.Line, link.Column = t.place(start)
			links = append(links, link)
		}
		return ast.WalkContinue, nil
	})
	return links, err
}

func (n *Note) propertyLinks() []Link {
	properties, problems := n.head.properties()
	if !isNested(problems) {
		return nil
	}
	var links []Link
	for _, p := range properties {
		for _, value := range p.Values {
			if link, ok := ParseLink(value.Text); ok {
				link.Line, link.Column = value.Line, value.Column
				links = append(links, link)
			}
		}
	}
	return links
}

// linkAt gives the link that a node is, and where it starts in the source.
func linkAt(node ast.Node, source []byte) (link Link, start int, ok bool) {
	switch node := node.(type) {
	case *obsidian.Wikilink:
		return fromWikilink(node), node.Segment.Start, true
	case *ast.Link:
		link, ok = ParseDestination(string(node.Destination))
	case *ast.Image:
		link, ok = ParseDestination(string(node.Destination))
		link.Embed = true
	}
	link.Shown = shownText(node, source, ok)
	return link, node.Pos(), ok
}

func fromWikilink(w *obsidian.Wikilink) Link {
	return Link{Target: w.Target, Subpath: w.Subpath, Shown: w.Shown, Embed: w.Embed}
}

// isElsewhere tells of a destination outside of the vault: a scheme, a colon
// and no blank, or two slashes.
func isElsewhere(destination []byte) bool {
	if bytes.HasPrefix(destination, []byte("//")) {
		return true
	}
	for i := range len(destination) {
		switch c := destination[i]; {
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
		case i == 0:
			return false
		case c == ':':
			rest := destination[i+1:]
			return i > 1 && len(rest) > 0 && rest[0] != ' '
		case (c < '0' || c > '9') && c != '+' && c != '.' && c != '-':
			return false
		}
	}
	return false
}

// ParseDestination reads a Markdown link's destination, and tells whether it
// leads to a place in the vault. The fragment is cut off first, so that an
// encoded %23 belongs to the name.
func ParseDestination(destination string) (Link, bool) {
	target, subpath, ok := readDestination([]byte(destination))
	return Link{Target: string(target), Subpath: string(subpath), Markdown: ok}, ok
}

// readDestination is ParseDestination, but decodes the text in its place.
func readDestination(text []byte) (target, subpath []byte, ok bool) {
	if bytes.ContainsAny(text, `&\`) {
		text = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(text)))
	}
	if isElsewhere(text) {
		return nil, nil, false
	}
	target, subpath, _ = bytes.Cut(text, []byte{'#'})
	target, subpath = bytes.TrimSpace(percentDecoded(target)), bytes.TrimSpace(percentDecoded(subpath))
	return target, subpath, len(target)+len(subpath) > 0
}

// percentDecoded decodes a text in its place, and leaves one as it is that is
// not properly encoded.
func percentDecoded(text []byte) []byte {
	rest := text
	for {
		at := bytes.IndexByte(rest, '%')
		if at < 0 {
			break
		}
		if len(rest) < at+3 || hexDigit(rest[at+1]) < 0 || hexDigit(rest[at+2]) < 0 {
			return text
		}
		rest = rest[at+3:]
	}
	to := text[:0]
	for at := 0; at < len(text); at++ {
		c := text[at]
		if c == '%' {
			c = byte(hexDigit(text[at+1])<<4 | hexDigit(text[at+2]))
			at += 2
		}
		to = append(to, c)
	}
	return to
}

// hexDigit gives the value of a digit, -1 for what is none.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// shownText gives the source of a Markdown link's text.
func shownText(node ast.Node, source []byte, isLink bool) string {
	if !isLink {
		return ""
	}
	var b strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if text, ok := n.(*ast.Text); ok && entering {
			b.Write(text.Segment.Value(source))
			if text.SoftLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}
