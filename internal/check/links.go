package check

import (
	"bytes"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// links looks at where the links of a note lead.
func (f *finder) links(n *vault.Note, links iter.Seq[vault.Link]) {
	for l := range links {
		if isPlaceholder(l.Target) || isPlaceholder(l.Subpath) {
			continue
		}
		r, to, isNote := f.index.Follow(n.Path(), l)
		if r.Path == "" {
			f.leadsNowhere(n, l)
			continue
		}
		if len(r.Ambiguous) > 0 {
			f.say(l, "could mean ", several(append([]string{r.Path}, r.Ambiguous...)))
			f.link(n, l, "link_ambiguous", f.instead(n, l, r.Path))
		}
		if isNote && l.Subpath != "" && !to.Has(l.Subpath) {
			f.subpath(n, l, r.Path, to)
		}
	}
}

// isPlaceholder tells a link that some plugin has yet to fill in.
func isPlaceholder(s string) bool { return strings.Contains(s, "{{") || strings.Contains(s, "<%") }

// say puts the message of a problem of a link together, in the same memory each time: there are many.
func (f *finder) say(l vault.Link, parts ...string) {
	f.target = append(f.target[:0], l.Target...)
	if l.Subpath != "" {
		f.target = append(append(f.target, '#'), l.Subpath...)
	}
	f.message = append(appendQuoted(append(f.message[:0], "the link "...), f.target), ' ')
	for _, part := range parts {
		f.message = append(f.message, part...)
	}
}

// link keeps a problem of a link with the message that was put together.
func (f *finder) link(n *vault.Note, l vault.Link, code, hint string) {
	f.take(vault.Problem{Path: n.Path(), Line: l.Line, Column: l.Column, Code: code, Message: string(f.message), Hint: hint})
}

// subpath tells of the heading or the block that a link names and that a note does not have, if it can be read.
func (f *finder) subpath(n *vault.Note, l vault.Link, to string, entry vault.Entry) {
	if slices.ContainsFunc(entry.Problems(), func(p vault.Problem) bool { return strings.HasPrefix(p.Code, "body_") }) {
		return
	}
	if id, isBlock := strings.CutPrefix(l.Subpath, "^"); isBlock {
		f.say(l, "leads to no block: ")
		f.message = append(append(appendQuoted(f.message, to), " has no ^"...), id...)
		f.link(n, l, "link_block_broken", "write the block's id, or put ^"+id+" behind the block that is meant")
		return
	}
	f.say(l, "leads to no heading of ")
	f.message = appendQuoted(f.message, to)
	f.link(n, l, "link_heading_broken", "write the heading as it stands there")
}

// leadsNowhere tells apart what an alias would explain, what is nearly a file's name, and what is nothing yet.
func (f *finder) leadsNowhere(n *vault.Note, l vault.Link) {
	near := f.Names.near()
	if named := near.named(l.Target); len(named) > 0 {
		if l.Shown == "" {
			l.Shown = l.Target
		}
		f.say(l, "is only an alias of ", several(named))
		f.link(n, l, "link_alias", f.instead(n, l, named[0]))
		return
	}
	hint := missing(l)
	if file := near.like(l.Target); file != "" {
		hint = f.instead(n, l, file)
	}
	f.say(l, "leads to no file")
	f.link(n, l, "link_broken", hint)
}

// instead is the hint that gives the link to write. It shows what the link showed.
func (f *finder) instead(n *vault.Note, l vault.Link, to string) string {
	shown := l.Shown
	if shown == "" && !l.Embed && l.Subpath == "" {
		shown = path.Base(l.Target)
	}
	write := f.Vault.LinkTo
	switch {
	case l.Embed:
		write = f.Vault.EmbedTo
	case inHead(n, l):
		write = f.Vault.WikilinkTo // a Markdown link is none there
	}
	text := write(n.Path(), to, l.Subpath, shown)
	if plain := write(n.Path(), to, l.Subpath, ""); l.Shown == "" && strings.Trim(plain, "[]") == shown {
		text = plain
	}
	if strings.Contains(text, "|") && f.inTable(n, l) {
		text = strings.ReplaceAll(text, "|", `\|`) // a pipe alone would end the cell
	}
	return "write " + text
}

// inHead tells whether a link stands among the properties.
func inHead(n *vault.Note, l vault.Link) bool {
	head := n.Head()
	return head != nil && l.Line <= 2+bytes.Count(head, []byte("\n"))
}

// inTable tells whether a link stands in the row of a table.
func (f *finder) inTable(n *vault.Note, l vault.Link) bool {
	if f.lines == nil {
		data, err := os.ReadFile(filepath.Join(f.Vault.Dir(), filepath.FromSlash(n.Path()))) // not kept by the note
		if err != nil {
			return false
		}
		f.lines = bytes.Split(data, []byte("\n"))
	}
	return l.Line >= 1 && l.Line <= len(f.lines) && bytes.HasPrefix(bytes.TrimLeft(f.lines[l.Line-1], "> \t"), []byte("|"))
}

// several lists paths, the first few of many.
func several(paths []string) string {
	const told = 3
	var parts []string
	for _, p := range paths[:min(told, len(paths))] {
		parts = append(parts, quoted(p))
	}
	if more := len(paths) - told; more > 0 {
		parts = append(parts, strconv.Itoa(more)+" more")
	}
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " or " + parts[last]
}
