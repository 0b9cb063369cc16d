package render

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/synth-vault/synth/internal/obsidian"
)

// blocks draws a block and those that follow it, with a blank line between them unless they are a tight list's.
func (d *drawer) blocks(first ast.Node, tight bool) {
	for n := first; n != nil && !d.canvas.full; n = n.NextSibling() {
		if !tight && n != first {
			d.canvas.apart()
		}
		d.block(n)
	}
}

func (d *drawer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		d.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		d.paragraph(n)
	case *ast.List:
		d.list(n)
	case *ast.ListItem:
		d.item(n, itemNumber(n))
	case *ast.Blockquote:
		d.canvas.enter("│ ", "│ ", look{color: d.colours.dim})
		d.blocks(n.FirstChild(), false)
		d.canvas.leave()
	case *obsidian.Callout:
		d.callout(n)
	case *ast.FencedCodeBlock:
		d.fenced(n)
	case *ast.CodeBlock:
		d.code(n.Lines())
	case *obsidian.MathBlock:
		d.formula(n)
	case *extension.Table:
		d.table(n)
	case *ast.ThematicBreak:
		d.canvas.print(strings.Repeat("─", d.canvas.room()), look{color: d.colours.dim})
	case *ast.HTMLBlock:
		d.htmlBlock(n)
	case *ast.LinkReferenceDefinition:
		d.definition(n)
	}
}

// heading draws a heading with the signs of its level.
func (d *drawer) heading(n *ast.Heading) {
	l := look{color: d.colours.heading}.with(bold)
	t := &styled{}
	t.add(strings.Repeat("#", n.Level)+" ", l, "")
	w := inliner{drawer: d, text: t}
	w.children(n, l, "")
	t.trim()
	d.canvas.draw(t)
}

// paragraph draws running text, or what an embed alone in it leads to.
func (d *drawer) paragraph(n ast.Node) {
	if link, ok := soleEmbed(n); ok {
		d.embed(link)
		return
	}
	if t := d.running(n, look{}); !t.blank() {
		d.canvas.draw(t)
	}
}

func (d *drawer) list(n *ast.List) {
	number := n.Start
	for c := n.FirstChild(); c != nil && !d.canvas.full; c = c.NextSibling() {
		if !n.IsTight && number != n.Start {
			d.canvas.apart()
		}
		d.item(c, number)
		number++
	}
}

// itemNumber counts an item that is drawn without its list.
func itemNumber(n ast.Node) int {
	list, ok := n.Parent().(*ast.List)
	if !ok {
		return 0
	}
	number := list.Start
	for before := n.PreviousSibling(); before != nil; before = before.PreviousSibling() {
		number++
	}
	return number
}

// item draws a list item behind its sign, number or box.
func (d *drawer) item(n ast.Node, number int) {
	list, _ := n.Parent().(*ast.List)
	ordinal, sign, l := "", "• ", look{}
	if list != nil && list.IsOrdered() {
		ordinal = strconv.Itoa(number) + string(list.Marker) + " "
		sign = ordinal
	}
	if first := n.FirstChild(); first != nil {
		if box, ok := boxOf(first.FirstChild()); ok {
			sign, l = ordinal+"["+mark(strings.ReplaceAll(box, "\u00A0", " "))+"] ", d.boxLook(box)
		}
	}
	d.canvas.enter(sign, strings.Repeat(" ", columns(sign)), l)
	d.blocks(n.FirstChild(), list != nil && list.IsTight)
	d.canvas.leave()
}

// boxOf gives what is in a task's box.
func boxOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *obsidian.TaskMark:
		return n.Mark, true
	case *extension.TaskCheckBox:
		if n.IsChecked {
			return "x", true
		}
		return " ", true
	}
	return "", false
}

// boxLook is the look of a task's box.
func (d *drawer) boxLook(box string) look {
	switch box {
	case " ":
		return look{}.with(bold)
	case "x", "X":
		return look{color: d.colours.green}
	case "-":
		return look{color: d.colours.dim}
	}
	return look{color: d.colours.orange}
}

// fenced draws a code block; a calendar of tasks becomes a chart.
func (d *drawer) fenced(n *ast.FencedCodeBlock) {
	if strings.EqualFold(string(n.Language(d.source)), "mermaid") {
		if chart, ok := readGantt(string(n.Lines().Value(d.source))); ok {
			d.gantt(chart)
			return
		}
	}
	d.code(n.Lines())
}

// code draws lines as they are, broken where they are full; a command of ours breaks between its words.
func (d *drawer) code(lines *text.Segments) {
	d.canvas.enter("  ", "  ", look{})
	defer d.canvas.leave()
	for _, s := range lines.Sliced(0, lines.Len()) {
		d.verbatim(string(s.Value(d.source)))
	}
}

func (d *drawer) verbatim(line string) {
	t := &styled{verbatim: !d.ours()}
	line = strings.TrimRight(line, " \n")
	text := strings.TrimLeft(line, " ")
	indent := min(len(line)-len(text), d.canvas.room()/2) // else it would be all that is seen
	t.add(strings.Repeat(" ", indent)+text, look{color: d.colours.code}, "")
	if len(t.text) == 0 {
		d.canvas.write(t, 0, 0)
	}
	d.canvas.draw(t)
}

// formula draws mathematics as its source says it.
func (d *drawer) formula(n ast.Node) {
	source := strings.TrimSpace(string(n.Lines().Value(d.source)))
	source = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(source, "$$"), "$$"), "\n")
	d.canvas.enter("  ", "  ", look{})
	defer d.canvas.leave()
	for line := range strings.Lines(source) {
		d.verbatim(line)
	}
}

// htmlBlock draws the text of HTML.
func (d *drawer) htmlBlock(n *ast.HTMLBlock) {
	source := string(n.Lines().Value(d.source))
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(d.source))
	}
	for line := range strings.Lines(htmlText(source)) {
		if line = strings.TrimSpace(line); line != "" {
			d.canvas.print(line, look{})
		}
	}
}

// soleEmbed gives the embed that a paragraph consists of.
func soleEmbed(n ast.Node) (*obsidian.Wikilink, bool) {
	link, ok := n.FirstChild().(*obsidian.Wikilink)
	if !ok || !link.Embed || isFile(link.Target) {
		return nil, false
	}
	for rest := link.NextSibling(); rest != nil; rest = rest.NextSibling() {
		switch rest := rest.(type) {
		case *obsidian.BlockID, *obsidian.Comment:
		case *ast.Text:
			if rest.Segment.Len() > 0 && !rest.Segment.IsEmpty() {
				return nil, false
			}
		default:
			return nil, false
		}
	}
	return link, true
}
