package render

import (
	"strings"

	"github.com/synth-vault/synth/vault"
)

// The bounds of the properties' header.
const (
	maxName  = 20    // the columns that names share
	maxValue = 1_000 // the bytes of a value that are looked at
	maxLines = 2     // the lines of a value that are shown
)

// head draws a note's path and its properties, a line each.
func (d *drawer) head(n *vault.Note) {
	d.path = n.Path()
	dim := look{color: d.colours.dim}
	path := &styled{}
	path.add(n.Path(), dim, d.noteLink(vault.Link{Target: n.Path()}))
	d.canvas.draw(path)
	properties, err := n.Properties()
	if err != nil {
		d.tell("head", "")
		for line := range strings.Lines(string(n.Head())) {
			d.verbatim(line)
		}
	}
	name := 0
	for _, p := range properties {
		name = max(name, min(columns(mark(p.Name)), maxName))
	}
	for _, p := range properties {
		label := mark(p.Name) + ":"
		label += strings.Repeat(" ", max(1, name+2-columns(label)))
		d.canvas.enter(label, strings.Repeat(" ", columns(label)), dim)
		value := d.value(p)
		value.shorten(d.canvas.room())
		d.canvas.draw(value)
		d.canvas.leave()
	}
	d.canvas.print(strings.Repeat("─", d.canvas.room()), dim)
}

// value gives a property's values on one line.
func (d *drawer) value(p vault.Property) *styled {
	t := &styled{}
	for i, v := range p.Values {
		if i > 0 {
			t.add(", ", look{}, "")
		}
		if len(t.text) > maxValue {
			t.add("…", look{}, "")
			break
		}
		if link, ok := vault.ParseLink(v.Text); ok {
			shown := link.Shown
			if shown == "" {
				shown = defaultText(link)
			}
			t.add(shown, d.linkLook(link, look{}), d.noteLink(link))
			continue
		}
		text := []rune(strings.ReplaceAll(strings.TrimSpace(v.Text), "\n", " "))
		if len(text) > maxValue {
			text = append(text[:maxValue], '…')
		}
		t.add(string(text), look{}, "")
	}
	return t
}

// shorten cuts a text that takes too many lines, with a sign that it goes on.
func (t *styled) shorten(width int) {
	lines, end := 0, 0
	t.wrap(max(1, width-1), func(_, to int) {
		if lines++; lines == maxLines {
			end = to
		}
	})
	if lines > maxLines {
		t.text = t.text[:end]
		t.add("…", look{}, "")
	}
}
