package render

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
)

// footnotes are those of one note, numbered as the text comes to them.
type footnotes struct {
	order   []string // the keys by number
	numbers map[string]int
	texts   map[string]*styled
	defined map[string]bool // what has a text somewhere
}

// defining matches the start of a line that gives a footnote's text.
var defining = regexp.MustCompile(`^\[\^([^\]\[\s\\^]+)\]:`)

func newFootnotes(source []byte) *footnotes {
	f := &footnotes{numbers: map[string]int{}, texts: map[string]*styled{}, defined: map[string]bool{}}
	for line := range bytes.Lines(source) {
		line = bytes.TrimLeft(line, "> ")
		if !bytes.HasPrefix(line, []byte("[^")) {
			continue
		}
		if found := defining.FindSubmatch(line); found != nil {
			f.defined[strings.ToLower(string(found[1]))] = true
		}
	}
	return f
}

// number gives the number of the footnote with an id.
func (f *footnotes) number(id string) string {
	id = strings.ToLower(id)
	if f.numbers[id] == 0 {
		f.order = append(f.order, id)
		f.numbers[id] = len(f.order)
	}
	return strconv.Itoa(f.numbers[id])
}

// place numbers a footnote that is written where it is referred to. No id holds a space.
func (f *footnotes) place(t *styled) string {
	key := " " + strconv.Itoa(len(f.order))
	f.texts[key] = t
	return f.number(key)
}

// define begins the text of a footnote; a second one for the same id is dropped.
func (f *footnotes) define(id string) *styled {
	t := &styled{}
	if id = strings.ToLower(id); f.texts[id] == nil {
		f.texts[id] = t
	}
	return t
}

// definition keeps a footnote of one word, which CommonMark takes for the definition of a link.
func (d *drawer) definition(n *ast.LinkReferenceDefinition) {
	id, ok := strings.CutPrefix(string(n.Label), "^")
	if !ok || d.ours() {
		return
	}
	_, text, _ := bytes.Cut(n.Lines().Value(d.source), []byte("]:"))
	t := d.notes.define(id)
	doc, err := obsidian.Parse(text)
	if err != nil || doc.FirstChild() == nil {
		return
	}
	outer := d.source
	d.source = text
	*t = *d.running(doc.FirstChild(), look{})
	d.source = outer
}

// drawFootnotes draws the footnotes that were referred to and have a text.
func (d *drawer) drawFootnotes() {
	ruled := false
	for i, id := range d.notes.order {
		t := d.notes.texts[id]
		if t == nil || d.canvas.full {
			continue
		}
		if !ruled {
			ruled = true
			d.canvas.apart()
			d.canvas.print(strings.Repeat("─", min(12, d.canvas.room())), look{color: d.colours.dim})
		}
		t.trim()
		sign := "[" + strconv.Itoa(i+1) + "] "
		d.canvas.enter(sign, strings.Repeat(" ", len(sign)), look{color: d.colours.link})
		d.canvas.draw(t)
		d.canvas.leave()
	}
}
