// Package render draws Markdown and notes in a terminal. The text may come from the Internet: whatever it holds, nothing reaches
// the terminal but printable characters, line feeds, the colours of the chosen style, and links that are made here.
//
// The text is parsed, its blocks are laid out as lines of pieces, and one canvas writes the pieces. Where a piece is taken
// from the tree, and once more where it is written, characters that a reader would not see become visible marks such as
// ⟦U+001B⟧. So it does not matter in which disguise one comes: as it is, as a character reference, or put together across
// markup.
//
// [Markdown] draws documents of our own, which are plain Markdown. [Note] draws a user's notes in Obsidian's dialect. They
// share all but the parser.
//
// The result depends on the source and the options alone: not on the terminal, nor on variables such as NO_COLOR and TERM,
// which the caller asks, nor on the locale.
package render

import "fmt"

// Style says in which colours to draw.
type Style string

// The styles. Dark and Light name the terminal's background; Plain draws without any escape sequence.
const (
	Dark  Style = "dark"
	Light Style = "light"
	Plain Style = "plain"
)

// The widths that can be drawn, in columns, and the one that stands for 0.
const (
	minWidth     = 20
	maxWidth     = 400
	defaultWidth = 80
)

// Options say how to draw.
type Options struct {
	Width int   // in columns, from 20 to 400; 0 is 80
	Style Style // "" is Plain
}

// ready fills in the width and checks it.
func (o Options) ready() (Options, error) {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	if o.Width < minWidth || o.Width > maxWidth {
		return o, fmt.Errorf("width %d is not between %d and %d columns", o.Width, minWidth, maxWidth)
	}
	return o, nil
}
