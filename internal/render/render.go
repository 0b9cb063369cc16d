// Package render draws Markdown and notes in a terminal. The text may come from the Internet: whatever it holds, nothing reaches
// the terminal but printable characters, line feeds and the colours of the chosen style.
//
// Glamour draws documents of our own, with [Markdown]. It was not written for hostile text, so the work around it has three steps:
//
//   - The source is readied: characters that a reader would not see become visible marks such as ⟦U+001B⟧, and
//     backslash escapes and ampersands are rewritten so that glamour shows what CommonMark says that they mean.
//   - It is drawn without any style. That drawing holds no escape sequence of ours, so one that stands in it was smuggled
//     in; then this drawing is the result, with the sequence made visible.
//   - Otherwise it is drawn in the style, and the lines are tidied: only colour sequences pass.
//
// A user's notes are drawn by [Note], which knows Obsidian's dialect. It lays blocks out itself, in one pass, and has
// glamour draw their looks.
//
// The result does not depend on the terminal, nor on variables such as NO_COLOR and TERM: the caller asks those. One thing
// is the locale's: an East Asian one takes some characters, é and … among them, for two columns wide where a paragraph
// breaks into lines.
package render

import (
	"fmt"

	"github.com/charmbracelet/glamour"
	"github.com/charmbracelet/glamour/ansi"
)

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

// Markdown draws a document of CommonMark with GitHub's tables, tasks and strikethrough. Lines end in LF and not in
// blanks; the first and the last line are not blank, unless there is nothing to draw: then the result is "". A line break
// in a paragraph stays one. A word that is wider than Width sticks out, unless it stands in a table; the headings of a
// table with more columns than Width has room for are cut short, with an ellipsis.
//
// It fails when the options are out of range, and when the document cannot be drawn.
func Markdown(source string, o Options) (string, error) {
	o, err := o.ready()
	if err != nil {
		return "", err
	}
	style, err := o.Style.config()
	if err != nil {
		return "", err
	}
	ready, err := prepare(source)
	if err != nil {
		return "", err
	}
	plain, err := draw(ready, o.Width, layout())
	if err != nil {
		return "", err
	}
	if o.Style == Plain || o.Style == "" || hasHidden(plain) {
		return tidy(plain), nil
	}
	painted, err := draw(ready, o.Width, style)
	if err != nil {
		return "", err
	}
	return tidy(painted), nil
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

// draw runs glamour, whose panics become errors: it has several on documents that it did not expect.
func draw(source string, width int, style ansi.StyleConfig) (drawn string, err error) {
	defer func() {
		if p := recover(); p != nil {
			drawn, err = "", fmt.Errorf("cannot draw the document: %v", p)
		}
	}()
	r, err := glamour.NewTermRenderer(
		glamour.WithStyles(style),
		glamour.WithWordWrap(width),
		glamour.WithPreservedNewLines(),    // as Obsidian shows them
		glamour.WithInlineTableLinks(true), // else links gather under the table, by a path that decodes nothing
	)
	if err != nil {
		return "", fmt.Errorf("cannot draw the document: %w", err)
	}
	drawn, err = r.Render(source)
	if err != nil {
		return "", fmt.Errorf("cannot draw the document: %w", err)
	}
	return fromCells.Replace(drawn), nil
}
