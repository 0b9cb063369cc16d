package render

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
	"github.com/synth-vault/synth/vault"
)

// The bounds of what is embedded.
const (
	maxEmbeds   = 3       // notes inside one another
	maxEmbedded = 1 << 20 // bytes of all of them
)

// embed draws what an embed leads to, or says why not.
func (d *drawer) embed(n *obsidian.Wikilink) {
	link := vault.Link{Target: n.Target, Subpath: n.Subpath, Embed: true}
	name := defaultText(link)
	note, found := d.vault.Note(d.vault.Resolve(d.path, link).Path)
	if !found {
		d.tell("missing", name)
		return
	}
	key := embedKey(note.Path(), n.Subpath)
	if slices.Contains(d.open, key) {
		d.tell("cycle", name)
		return
	}
	body, cut, err := readBody(note)
	if err != nil {
		d.tell("missing", name)
		return
	}
	if d.spent += len(body); len(d.open) > maxEmbeds || d.spent > maxEmbedded {
		d.tell("deep", name)
		return
	}
	title := &styled{}
	title.add("↳ "+name, look{color: d.colours.link}, d.noteLink(link))
	d.canvas.enter("┆ ", "┆ ", look{color: d.colours.dim})
	d.canvas.draw(title)
	d.canvas.apart()
	d.within(key, func() {
		if err := d.body(note.Path(), body, n.Subpath); err != nil {
			d.tell("missing", name)
		}
		if cut {
			d.canvas.apart()
			d.tell("cut", "")
		}
	})
	d.canvas.leave()
}

// within draws another note and comes back to this one.
func (d *drawer) within(key string, draw func()) {
	path, source, notes := d.path, d.source, d.notes
	d.open = append(d.open, key)
	draw()
	d.open = d.open[:len(d.open)-1]
	d.path, d.source, d.notes = path, source, notes
}

func embedKey(path, subpath string) string { return path + "#" + vault.HeadingKey(subpath) }

// part finds the blocks that a subpath names: a block with its id, or a heading with what stands below it.
func (d *drawer) part(doc ast.Node, subpath string) []ast.Node {
	if id, isBlock := strings.CutPrefix(subpath, "^"); isBlock {
		if n := identified(doc, id); n != nil {
			return []ast.Node{n}
		}
		return nil
	}
	var section []ast.Node
	blocks, level := siblings(doc.FirstChild()), 0
	for name := range strings.SplitSeq(subpath, "#") {
		if name == "" {
			continue
		}
		if section = d.below(blocks, level, vault.HeadingKey(name)); section == nil {
			return nil
		}
		blocks, level = siblings(section[0].NextSibling()), section[0].(*ast.Heading).Level
	}
	return section
}

func siblings(first ast.Node) []ast.Node {
	var all []ast.Node
	for n := first; n != nil; n = n.NextSibling() {
		all = append(all, n)
	}
	return all
}

// below gives the first heading among blocks that is deeper than a level and bears a name, and what stands below it.
func (d *drawer) below(blocks []ast.Node, level int, name string) []ast.Node {
	for i, n := range blocks {
		heading, ok := n.(*ast.Heading)
		if !ok || heading.Level <= level || vault.HeadingKey(string(heading.Lines().Value(d.source))) != name {
			continue
		}
		end := i + 1
		for ; end < len(blocks); end++ {
			if next, ok := blocks[end].(*ast.Heading); ok && next.Level <= heading.Level {
				break
			}
		}
		return blocks[i:end]
	}
	return nil
}

// identified finds the block that bears an id.
func identified(doc ast.Node, id string) ast.Node {
	var found ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		sign, ok := n.(*obsidian.BlockID)
		if !ok || !entering || !strings.EqualFold(sign.ID, id) {
			return ast.WalkContinue, nil
		}
		found = named(sign)
		return ast.WalkStop, nil
	})
	return found
}

// named gives the block that an id names: the one before, where it stands alone, an item rather than its text.
func named(sign *obsidian.BlockID) ast.Node {
	block := sign.Parent()
	if sign.Alone && sign.PreviousSibling() == nil && block.PreviousSibling() != nil {
		return block.PreviousSibling()
	}
	if item, ok := block.Parent().(*ast.ListItem); ok && item.FirstChild() == block {
		return item
	}
	return block
}

// collectFootnotes reads the texts of the footnotes of a note that is drawn in part.
func (d *drawer) collectFootnotes(doc ast.Node) {
	referred := len(d.notes.order)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if p, ok := n.(*ast.Paragraph); ok && strings.HasPrefix(string(p.Lines().Value(d.source)), "[^") {
			d.running(p, look{})
		}
	}
	d.notes.order = d.notes.order[:referred]
}
