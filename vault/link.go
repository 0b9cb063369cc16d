package vault

import (
	"net/url"
	"path"
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
	s = strings.TrimSpace(s)
	w, size := obsidian.ScanWikilink([]byte(s))
	if size == 0 || size != len(s) {
		return Link{}, false
	}
	return fromWikilink(w), true
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
	properties, err := n.Properties()
	if err != nil {
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
func isElsewhere(destination string) bool {
	if strings.HasPrefix(destination, "//") {
		return true
	}
	for i := range len(destination) {
		switch c := destination[i]; {
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
		case i == 0:
			return false
		case c == ':':
			rest := destination[i+1:]
			return i > 1 && rest != "" && rest[0] != ' '
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
	if strings.ContainsAny(destination, `&\`) {
		destination = string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(destination)))))
	}
	if isElsewhere(destination) {
		return Link{}, false
	}
	target, subpath, _ := strings.Cut(destination, "#")
	link := Link{
		Target:   strings.TrimSpace(percentDecoded(target)),
		Subpath:  strings.TrimSpace(percentDecoded(subpath)),
		Markdown: true,
	}
	return link, link.Target != "" || link.Subpath != ""
}

// percentDecoded leaves a text as it is that is not properly encoded.
func percentDecoded(s string) string {
	decoded, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return decoded
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

// LinkTo writes the shortest link that brings a reader of the note at the path
// from to the file at the path to, without any doubt: its bare name where no
// other file has it, else, and where the user has told Obsidian to write links
// so, its path from the root, both without .md. A subpath
// is a heading's text or "^id"; in the note itself it stands alone, as in
// [[#^id]]. Shown is the text to show, "" for none.
//
// Characters that cannot stand in a link's text are dropped, those that cannot
// stand in a heading's link become spaces. Only a file whose name itself breaks
// a wikilink, such as "C#.md", is linked by [shown](C%23.md).
func (v *Vault) LinkTo(from, to, subpath, shown string) string {
	link := Link{Subpath: linkable(subpath), Shown: showable(shown)}
	if to != from || link.Subpath == "" {
		link.Target = v.shortestTarget(from, to)
	}
	text := wikilink(link)
	if isPlain(link) {
		return text
	}
	read, ok := ParseLink(text)
	if ok && read == link && !strings.Contains(text, "%%") {
		return text
	}
	link.Target = to
	return markdownLink(link)
}

// isPlain tells of a link that reads back as it is written.
func isPlain(l Link) bool {
	for _, part := range []string{l.Target, strings.TrimPrefix(l.Subpath, "^"), l.Shown} {
		for i := range len(part) {
			if c := part[i]; c < ' ' || strings.IndexByte("[]|#^%\\", c) >= 0 {
				return false
			}
		}
		if part != strings.TrimSpace(part) {
			return false
		}
	}
	return l.Target != "" && l.Subpath != "^"
}

func (v *Vault) shortestTarget(from, to string) string {
	index := v.linkIndex()
	short := withoutMD(to)
	targets := []string{short, to}
	var room [128]byte
	if same := index.named(appendFold(room[:0], lastPart(to))); !v.fullPaths && len(same) == 1 {
		if base := path.Base(short); same[0].path == to && base != "" && base+".md" == path.Base(to) && !strings.Contains(base, ".") && base == strings.TrimSpace(base) {
			return base // which nothing else can mean
		}
		targets = []string{path.Base(short), short, to}
	}
	for _, target := range targets {
		r := v.Resolve(from, Link{Target: target})
		if r.Path == to && len(r.Ambiguous) == 0 {
			return target
		}
	}
	return short
}

func withoutMD(p string) string {
	if ext := path.Ext(p); strings.EqualFold(ext, ".md") {
		return strings.TrimSuffix(p, ext)
	}
	return p
}

var (
	headingBreakers = strings.NewReplacer("[", " ", "]", " ", "|", " ", "^", " ", "%%", " ")
	pathSigns       = strings.NewReplacer(":", "%3A", "$", "%24")
	shownBreakers   = strings.NewReplacer("[", "", "]", "", "|", "")
)

func linkable(subpath string) string {
	if strings.HasPrefix(subpath, "^") {
		return subpath
	}
	return oneLine(headingBreakers.Replace(subpath))
}

func showable(shown string) string {
	kept := oneLine(strings.ReplaceAll(shownBreakers.Replace(shown), "%%", ""))
	return strings.TrimRight(kept, `\ `) // a backslash at the end would escape the bracket behind it
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func wikilink(l Link) string {
	text := "[[" + l.Target
	if l.Subpath != "" {
		text += "#" + l.Subpath
	}
	if l.Shown != "" {
		text += "|" + l.Shown
	}
	return text + "]]"
}

func markdownLink(l Link) string {
	destination := percentEncoded(l.Target)
	if l.Subpath != "" {
		destination += "#" + percentEncoded(l.Subpath)
	}
	shown := l.Shown
	if shown == "" {
		shown = path.Base(withoutMD(l.Target))
	}
	return "[" + Escape(shown) + "](" + destination + ")"
}

// percentEncoded encodes a path but for its slashes. A colon could begin a
// scheme, a dollar sign mathematics.
func percentEncoded(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = pathSigns.Replace(url.PathEscape(part))
	}
	return strings.Join(parts, "/")
}
