package render

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
	"github.com/synth-vault/synth/vault"
)

// NoteOptions say how to draw a note.
type NoteOptions struct {
	Options
	Links          bool   // the terminal has links (OSC 8)
	Unfold         bool   // show what callouts fold away
	HideProperties bool   // leave the properties out
	Part           string // a link's subpath: the one part to draw, "" for the whole note
	// Say gives a phrase in the reader's language: "folded" (a number of lines), "cut", "deep" (a note's name), "cycle"
	// (likewise), "missing" (likewise), "image" (a name), "file" (likewise), "head" and "as_written".
	Say func(phrase string, about any) string
}

// ErrNoPart tells that a note has no such heading or block.
var ErrNoPart = errors.New("the note has no such heading or block")

// drawer draws one note and those embedded in it, or a document.
type drawer struct {
	vault   *vault.Vault // none for a document
	options NoteOptions
	colours palette
	canvas  *canvas

	// Of the note that is being drawn:
	path   string
	source []byte
	notes  *footnotes // none in a document

	open  []string // it and the notes around it
	spent int      // bytes of embedded notes so far
}

// Note draws a note as Obsidian's reading view shows it. Whatever the note holds, the drawing holds printable characters,
// line feeds, the colours of the style, and links to notes of the vault and to the Web; it is at most 2 MB and no line is
// wider than the width. What had to be left out is told in it.
//
// It fails when the options are out of range, when the note cannot be read, and with ErrNoPart.
func Note(v *vault.Vault, n *vault.Note, o NoteOptions) (drawn string, err error) {
	defer func() {
		if p := recover(); p != nil {
			drawn, err = "", fmt.Errorf("cannot draw the note: %v", p)
		}
	}()
	options, colours, err := o.ready()
	if err != nil {
		return "", err
	}
	d := &drawer{vault: v, options: options, colours: colours, canvas: newCanvas(options, colours)}
	body, cut, err := readBody(n)
	if err != nil {
		return "", err
	}
	if !o.HideProperties && o.Part == "" {
		d.head(n)
		d.canvas.apart()
	}
	d.open = []string{embedKey(n.Path(), o.Part)}
	if err := d.body(n.Path(), body, o.Part); err != nil {
		return "", err
	}
	if cut || d.canvas.full {
		d.canvas.full = false
		d.canvas.apart()
		d.tell("cut", "")
	}
	return d.canvas.out.String(), nil
}

// ready checks the options and fills in what is left out.
func (o NoteOptions) ready() (NoteOptions, palette, error) {
	common, err := o.Options.ready()
	if err != nil {
		return o, palette{}, err
	}
	o.Options = common
	colours, err := o.Style.palette()
	if o.Say == nil {
		o.Say = func(string, any) string { return "…" }
	}
	return o, colours, err
}

// readBody gives what stands below a note's head, up to the largest size that is parsed.
func readBody(n *vault.Note) (body []byte, cut bool, err error) {
	body, err = n.Body()
	if err != nil {
		return nil, false, err
	}
	body = normalized(body)
	if len(body) > obsidian.MaxBytes {
		body, cut = beginning(body), true
	}
	return body, cut, nil
}

// normalized gives a text as UTF-8 that differs between systems in nothing.
func normalized(text []byte) []byte {
	text = bytes.ToValidUTF8(text, []byte(string(unicode.ReplacementChar)))
	return withoutTabs(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
}

// withoutTabs writes the blanks that tabs stand for, by which lists and code are indented: up to the next fourth column.
func withoutTabs(body []byte) []byte {
	if bytes.IndexByte(body, '\t') < 0 {
		return body
	}
	out, column := make([]byte, 0, len(body)+len(body)/8), 0
	for _, c := range body {
		switch {
		case c == '\t':
			const stop = 4
			blanks := stop - column%stop
			out = append(out, "    "[:blanks]...)
			column += blanks
			continue
		case c == '\n':
			column = -1
		}
		out = append(out, c)
		if utf8.RuneStart(c) {
			column++
		}
	}
	return out
}

// beginning cuts a body down to the size that is parsed, at a line's end where there is one.
func beginning(body []byte) []byte {
	body = body[:obsidian.MaxBytes]
	if end := bytes.LastIndexByte(body, '\n'); end > 0 {
		return body[:end+1]
	}
	return bytes.TrimRightFunc(body, func(r rune) bool { return r == utf8.RuneError })
}

// body draws a note's body or a part of it.
func (d *drawer) body(path string, source []byte, part string) error {
	d.path, d.source, d.notes = path, source, newFootnotes(source)
	doc, err := obsidian.Parse(source)
	if errors.Is(err, obsidian.ErrTooDeep) {
		d.source = shallow(source)
		doc, err = obsidian.Parse(d.source)
	}
	if err != nil {
		d.asWritten()
		return nil
	}
	return d.parsed(doc, part)
}

func (d *drawer) parsed(doc ast.Node, part string) error {
	if part == "" {
		d.blocks(doc.FirstChild(), false)
		d.drawFootnotes()
		return nil
	}
	nodes := d.part(doc, part)
	if len(nodes) == 0 {
		return ErrNoPart
	}
	for i, n := range nodes {
		if d.canvas.full {
			break
		}
		if i > 0 {
			d.canvas.apart()
		}
		d.block(n)
	}
	d.collectFootnotes(doc)
	d.drawFootnotes()
	return nil
}

// asWritten draws a note that cannot be parsed within the limits as its source.
func (d *drawer) asWritten() {
	d.tell("as_written", "")
	d.canvas.apart()
	for line := range bytes.Lines(d.source) {
		if d.canvas.full {
			return
		}
		d.verbatim(string(line))
	}
}

// tell draws a phrase about the drawing itself.
func (d *drawer) tell(phrase string, about any) {
	d.canvas.print(d.say(phrase, about), look{color: d.colours.dim}.with(italic))
}

func (d *drawer) say(phrase string, about any) string { return d.options.Say(phrase, about) }

// shallow takes quotes out of one another where there are too many.
func shallow(source []byte) []byte {
	const deepest = obsidian.MaxNesting - 8
	var b strings.Builder
	for line := range bytes.Lines(source) {
		signs, at := 0, 0
		for i, c := range line {
			if c != '>' && c != ' ' {
				break
			}
			if c == '>' {
				signs++
				if signs == deepest {
					at = i + 1
				}
			}
			if at > 0 {
				b.Write(line[:at])
				line = bytes.TrimLeft(line[at:], "> ")
				b.WriteByte(' ')
				break
			}
		}
		b.Write(line)
	}
	return []byte(b.String())
}
