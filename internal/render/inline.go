package render

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/synth-vault/synth/internal/obsidian"
)

// inliner reads the running text of one block.
type inliner struct {
	*drawer
	text *styled
	tags []string // the HTML elements that are open
	main *styled  // in a footnote that is written in place: the text around it
}

// running gives the running text of a block, without blanks at its ends.
func (d *drawer) running(block ast.Node, l look) *styled {
	whole := &styled{}
	w := inliner{drawer: d, text: whole}
	w.children(block, l, "")
	whole.trim()
	return whole
}

// trim drops the blanks and line breaks at the end.
func (t *styled) trim() { t.text = []byte(strings.TrimRight(string(t.text), " \n")) }

func (w *inliner) children(parent ast.Node, l look, link string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			n = w.words(t, l, link)
			continue
		}
		w.node(n, l, link)
	}
}

// words adds a text and those that go on where it ends, and gives the last of them.
func (w *inliner) words(first *ast.Text, l look, link string) ast.Node {
	last, start := first, first.Segment.Start
	for !last.SoftLineBreak() && !last.HardLineBreak() {
		next, ok := last.NextSibling().(*ast.Text)
		if !ok || next.Segment.Start != last.Segment.Stop {
			break
		}
		last = next
	}
	source := string(w.source[start:last.Segment.Stop])
	if w.ours() {
		w.plain(source, l, link)
	} else {
		w.raw(w.inPlace(source, last, l, link), l, link)
	}
	switch {
	case last.HardLineBreak():
		w.text.broken()
	case last.SoftLineBreak() && len(w.text.text) > 0 && w.text.text[len(w.text.text)-1] != '\n':
		w.text.broken()
	}
	return last
}

// inPlace adds a piece of source up to where a footnote with markup in it begins, or from where it ends, and gives the
// rest of the piece.
func (w *inliner) inPlace(source string, at ast.Node, l look, link string) string {
	if w.main != nil {
		end := strings.IndexByte(source, ']')
		if end < 0 {
			return source
		}
		w.add(decoded(source[:end]), look{}, link)
		w.text, w.main = w.main, nil
		return source[end+1:]
	}
	before, begun, found := strings.Cut(source, "^[")
	if !found || strings.HasSuffix(before, `\`) || strings.Contains(begun, "]") || !w.ends(at) {
		return source
	}
	w.raw(before, l, link)
	note := &styled{}
	w.sign(w.notes.place(note))
	w.main, w.text = w.text, note
	return begun
}

// ends tells whether a bracket closes after a node.
func (w *inliner) ends(at ast.Node) bool {
	for n := at.NextSibling(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok && bytes.IndexByte(t.Segment.Value(w.source), ']') >= 0 {
			return true
		}
	}
	return false
}

// footnote matches, in a text's source, a reference to a footnote or a footnote in place.
var footnote = regexp.MustCompile(`\[\^([^\]\[\s\\^]+)\](:?)|\^\[([^\[\]]+)\]`)

// raw adds a piece of source, with the footnotes that it names.
func (w *inliner) raw(source string, l look, link string) {
	for strings.IndexByte(source, '^') >= 0 {
		at := footnote.FindStringSubmatchIndex(source)
		if at == nil {
			break
		}
		if at[0] > 0 && source[at[0]-1] == '\\' {
			w.plain(source[:at[1]], l, link)
			source = source[at[1]:]
			continue
		}
		w.plain(source[:at[0]], l, link)
		w.footnote(source, at)
		source = source[at[1]:]
		if w.text.blank() {
			source = strings.TrimLeft(source, " ")
		}
	}
	w.plain(source, l, link)
}

// bare matches an address of the Web that stands in the text as it is.
var bare = regexp.MustCompile(`https?://[^\s<>\\]*[^\s<>\\.,;:!?'"*_~)\]]`)

// plain adds a piece of source without footnotes; addresses in it are links.
func (w *inliner) plain(source string, l look, link string) {
	for link == "" && strings.Contains(source, "://") {
		at := bare.FindStringIndex(source)
		if at == nil {
			break
		}
		w.add(decoded(source[:at[0]]), l, link)
		address := decoded(source[at[0]:at[1]])
		w.add(address, l.in(w.colours.link).with(underlined), w.webLink(address))
		source = source[at[1]:]
	}
	w.add(decoded(source), l, link)
}

// footnote adds the sign of a footnote, or begins the footnote's text if it is defined here.
func (w *inliner) footnote(source string, at []int) {
	if at[2] < 0 {
		note := &styled{}
		note.add(decoded(source[at[6]:at[7]]), look{}, "")
		w.sign(w.notes.place(note))
		return
	}
	id, length := source[at[2]:at[3]], len(w.text.text)
	defines := at[4] < at[5] && at[0] == 0 && (length == 0 || w.text.text[length-1] == '\n')
	if defines {
		w.text.trim()
		w.text = w.notes.define(id)
		return
	}
	if !w.notes.defined[strings.ToLower(id)] {
		w.add(source[at[0]:at[1]], look{}, "")
		return
	}
	w.sign(w.notes.number(id))
	w.add(source[at[4]:at[5]], look{}, "")
}

func (w *inliner) sign(number string) { w.text.add("["+number+"]", look{color: w.colours.link}, "") }

// add adds decoded text, in the look of the HTML elements around it.
func (w *inliner) add(s string, l look, link string) {
	if n := len(w.text.text); n == 0 || w.text.text[n-1] == ' ' || w.text.text[n-1] == '\n' {
		s = strings.TrimLeft(s, " ") // what was between is hidden
	}
	for _, tag := range w.tags {
		l = w.element(tag, l)
	}
	w.text.add(s, l, link)
}

func (w *inliner) node(n ast.Node, l look, link string) {
	switch n := n.(type) {
	case *ast.String:
		w.add(string(n.Value), l, link)
	case *ast.CodeSpan:
		w.add(w.code(n), l.in(w.colours.code), link)
	case *ast.Emphasis:
		effect := italic
		if n.Level > 1 {
			effect = bold
		}
		w.children(n, l.with(effect), link)
	case *extension.Strikethrough:
		w.between("~~", n, l.with(struck), link)
	case *obsidian.Highlight:
		w.between("==", n, l.with(marked), link)
	case *ast.Link:
		w.link(n, l)
	case *ast.AutoLink:
		w.add(string(n.Label(w.source)), l.in(w.colours.link).with(underlined), w.webLink(string(n.URL(w.source))))
	case *ast.Image:
		w.image(n, l)
	case *ast.RawHTML:
		w.html(n)
	case *obsidian.Wikilink:
		w.wikilink(n, l)
	case *obsidian.Math:
		w.add(strings.Trim(joined(n.Segments, w.source), "$ "), l.in(w.colours.code), link)
	case *obsidian.Tag:
		w.add("#"+n.Name, l.in(w.colours.cyan), link)
	}
}

// between adds text whose look says something, with its signs where no look shows it.
func (w *inliner) between(signs string, n ast.Node, l look, link string) {
	if w.canvas.inks.plain {
		w.add(signs, look{}, link)
		defer w.add(signs, look{}, link)
	}
	w.children(n, l, link)
}

// code gives the text of a code span.
func (w *inliner) code(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(strings.ReplaceAll(string(t.Segment.Value(w.source)), "\n", " "))
		}
	}
	return b.String()
}

// html follows an element's tags; of all elements, those with a look and the line break are drawn.
func (w *inliner) html(n *ast.RawHTML) {
	name, closing := tagName(joined(n.Segments, w.source))
	switch {
	case name == "br":
		w.text.broken()
	case closing:
		for i := len(w.tags) - 1; i >= 0; i-- {
			if w.tags[i] == name {
				w.tags = append(w.tags[:i], w.tags[i+1:]...)
				return
			}
		}
	case w.element(name, look{}) != (look{}) && len(w.tags) < 8:
		w.tags = append(w.tags, name)
	}
}

// element gives the look of text in an HTML element.
func (d *drawer) element(name string, l look) look {
	switch name {
	case "b", "strong":
		return l.with(bold)
	case "i", "em":
		return l.with(italic)
	case "s", "del":
		return l.with(struck)
	case "u", "ins":
		return l.with(underlined)
	case "mark":
		return l.with(marked)
	case "code", "kbd":
		return l.in(d.colours.code)
	}
	return l
}

func joined(segments *text.Segments, source []byte) string {
	var b strings.Builder
	for _, s := range segments.Sliced(0, segments.Len()) {
		b.WriteString(strings.ReplaceAll(string(s.Value(source)), "\n", " "))
	}
	return b.String()
}

// decoded gives what a piece of source means: without the backslashes that escape, and with the characters that
// references stand for.
func decoded(source string) string {
	if !strings.ContainsAny(source, `\&`) {
		return source
	}
	var b strings.Builder
	for i := 0; i < len(source); {
		switch c := source[i]; {
		case c == '\\' && i+1 < len(source) && isPunctuation(source[i+1]):
			b.WriteByte(source[i+1])
			i += 2
		case c == '&':
			shown, size := entity(source[i:])
			b.WriteString(shown)
			i += size
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// isPunctuation tells of ASCII punctuation, which is what a backslash escapes.
func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7F && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}

// entity reads the character reference at the start of a text, or its ampersand if there is none.
func entity(source string) (shown string, size int) {
	const longest = 40
	end := strings.IndexByte(source[:min(len(source), longest)], ';')
	if end < 0 {
		return "&", 1
	}
	ref := source[:end+1]
	if shown = html.UnescapeString(ref); shown == ref || strings.HasSuffix(shown, ";") && shown != ";" {
		return "&", 1
	}
	return shown, len(ref)
}
