package render

import "strings"

// The bounds of a drawing.
const (
	maxDrawn = 2 << 20 // bytes of a note
	minRoom  = 16      // columns that quotes and lists leave to what they hold
)

// canvas takes the lines of a drawing. It is the only way to the terminal: what it writes is visible text, the colours
// of a look, and links that it makes itself.
type canvas struct {
	out     strings.Builder
	width   int
	inks    *inks
	links   bool
	indents []indent
	indent  int  // the columns of all indents
	gap     int  // the indents that a blank line before the next one has, -1 for none
	most    int  // the bytes that there is room for
	full    bool // there is no room for more
}

// indent is what stands at the start of each line of a quote, a list item or a callout.
type indent struct {
	first, rest string // as wide as each other
	look        look
	columns     int
	used        bool
}

func newCanvas(o NoteOptions, p palette) *canvas {
	return &canvas{width: o.Width, inks: newInks(o.Style, p), links: o.Links, gap: -1, most: maxDrawn}
}

// room is the width that is left to text.
func (c *canvas) room() int { return max(c.width-c.indent, 1) }

// enter indents the lines that follow. Too far in, a line keeps its room instead, and only an item its sign.
func (c *canvas) enter(first, rest string, l look) {
	wide := max(columns(first), columns(rest))
	if c.indent+wide > c.width-max(minRoom, c.width/3) {
		first, rest, wide = "", "", 0
	}
	c.indents = append(c.indents, indent{first: first, rest: rest, look: l, columns: wide})
	c.indent += wide
}

// leave ends an indent. An item without any line gets one for its sign.
func (c *canvas) leave() {
	last := len(c.indents) - 1
	if in := c.indents[last]; !in.used && in.first != in.rest {
		c.write(&styled{}, 0, 0)
	}
	c.indent -= c.indents[last].columns
	c.indents = c.indents[:last]
	if c.gap > last {
		c.gap = last
	}
}

// apart asks for a blank line before the next line, unless that is the first.
func (c *canvas) apart() {
	if c.out.Len() > 0 {
		c.gap = len(c.indents)
	}
}

// draw writes a text, broken into lines.
func (c *canvas) draw(t *styled) {
	t.wrap(c.room(), func(from, to int) { c.write(t, from, to) })
}

// print writes a text of one look.
func (c *canvas) print(s string, l look) {
	var t styled
	t.add(s, l, "")
	c.draw(&t)
}

// write writes one line: a part of a text behind the indents.
func (c *canvas) write(t *styled, from, to int) {
	if c.full {
		return
	}
	c.blank()
	l := line{canvas: c}
	for i := range c.indents {
		in := &c.indents[i]
		sign := in.rest
		if !in.used {
			sign, in.used = in.first, true
		}
		l.put(sign, in.look, "")
	}
	for i := max(t.at(from), 0); from < to && i < len(t.runs); i++ {
		stop := to
		if i+1 < len(t.runs) {
			stop = min(to, t.runs[i+1].start)
		}
		if stop > from {
			l.put(string(t.text[from:stop]), t.runs[i].look, t.runs[i].link)
			from = stop
		}
	}
	l.end()
	c.full = c.out.Len() > c.most
}

// blank writes the blank line that was asked for.
func (c *canvas) blank() {
	if c.gap < 0 {
		return
	}
	l := line{canvas: c}
	for _, in := range c.indents[:min(c.gap, len(c.indents))] {
		if in.used {
			l.put(in.rest, in.look, "")
		}
	}
	l.end()
	c.gap = -1
}

// line is one line while it is written. Blanks are held back until something follows them.
type line struct {
	*canvas
	blanks string
	link   string
	on     string // the sequence of the look that is on
}

// put writes a piece.
func (l *line) put(s string, look look, link string) {
	if !l.links {
		link = ""
	}
	kept := strings.TrimRight(s, " ")
	held := s[len(kept):]
	if kept == "" {
		if look.effects&marked == 0 || s == "" {
			if link != l.link {
				l.unlink()
			}
			l.blanks += held
			return
		}
	}
	if link != l.link {
		l.unlink()
	}
	if on := l.inks.sequence(look); on != l.on {
		if l.on != "" {
			l.out.WriteString(reset)
		}
		l.out.WriteString(l.blanks + on)
		l.blanks, l.on = "", on
	}
	if l.blanks != "" {
		l.out.WriteString(l.blanks)
		l.blanks = ""
	}
	if link != l.link {
		l.out.WriteString("\x1b]8;;" + link + "\x1b\\")
		l.link = link
	}
	l.out.WriteString(mark(kept))
	l.blanks = held
}

func (l *line) unlink() {
	if l.link != "" {
		l.out.WriteString("\x1b]8;;\x1b\\")
		l.link = ""
	}
}

// end ends the line, without blanks before its end.
func (l *line) end() {
	l.unlink()
	if l.on != "" {
		l.out.WriteString(reset)
	}
	l.out.WriteByte('\n')
}
