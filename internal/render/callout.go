package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
)

// kind is how a type of callouts is drawn.
type kind struct {
	icon   string
	colour string
}

// calloutAliases are the other names of Obsidian's types.
func calloutAliases(name string) string {
	switch name {
	case "summary", "tldr":
		return "abstract"
	case "hint", "important":
		return "tip"
	case "check", "done":
		return "success"
	case "help", "faq":
		return "question"
	case "caution", "attention":
		return "warning"
	case "fail", "missing":
		return "failure"
	case "error":
		return "danger"
	case "cite":
		return "quote"
	}
	return name
}

// calloutKind gives the icon and the colour of a type. One that Obsidian does not know looks like a note. No icon needs a
// variation selector, by which terminals disagree about widths.
func (p palette) calloutKind(name string) kind {
	switch calloutAliases(name) {
	case "abstract":
		return kind{"📋", p.cyan}
	case "info":
		return kind{"ℹ", p.blue}
	case "todo":
		return kind{"☑", p.blue}
	case "tip":
		return kind{"🔥", p.cyan}
	case "success":
		return kind{"✅", p.green}
	case "question":
		return kind{"❓", p.orange}
	case "warning":
		return kind{"⚠", p.orange}
	case "failure":
		return kind{"❌", p.red}
	case "danger":
		return kind{"⚡", p.red}
	case "bug":
		return kind{"🐞", p.red}
	case "example":
		return kind{"📑", p.purple}
	case "quote":
		return kind{"❝", p.dim}
	}
	return kind{"📝", p.blue}
}

// callout draws a callout: its title with the icon, and what it holds unless that is folded.
func (d *drawer) callout(n *obsidian.Callout) {
	k := d.colours.calloutKind(n.CalloutType)
	bar := look{color: k.colour}
	d.canvas.enter("┃ ", "┃ ", bar)
	defer d.canvas.leave()
	body := n.FirstChild()
	t := &styled{}
	t.add(k.icon+" ", bar.with(bold), "")
	if title, ok := body.(*obsidian.CalloutTitle); ok {
		w := inliner{drawer: d, text: t}
		w.children(title, bar.with(bold), "")
		body = body.NextSibling()
	} else {
		t.add(titleCase(n.CalloutType), bar.with(bold), "")
	}
	t.trim()
	folded := n.Fold == obsidian.Folded && !d.options.Unfold && body != nil
	switch {
	case folded:
		t.add(" ▸ ", bar, "")
		t.add(d.say("folded", d.linesOf(body)), look{color: d.colours.dim}, "")
	case n.Fold != obsidian.Fixed:
		t.add(" ▾", bar, "")
	}
	d.canvas.draw(t)
	if !folded {
		d.blocks(body, false)
	}
}

// linesOf counts the lines that blocks take when they are drawn.
func (d *drawer) linesOf(first ast.Node) int {
	outer := d.canvas
	scratch := newCanvas(d.options, d.colours)
	scratch.width = outer.room()
	d.canvas = scratch
	d.blocks(first, false)
	d.canvas = outer
	return strings.Count(scratch.out.String(), "\n")
}

// titleCase makes the title of a callout that has none of its own.
func titleCase(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[size:]
}
