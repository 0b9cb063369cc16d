package check

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// links looks at where the links of a note lead.
func (f *finder) links(n *vault.Note, links []vault.Link) {
	for _, l := range links {
		if isPlaceholder(l.Target) || isPlaceholder(l.Subpath) {
			continue
		}
		r := f.Vault.Resolve(n.Path(), l)
		if r.Path == "" {
			f.leadsNowhere(n, l)
			continue
		}
		if len(r.Ambiguous) > 0 {
			f.link(n, l, "link_ambiguous", "could mean "+several(append([]string{r.Path}, r.Ambiguous...)), f.instead(n, l, r.Path))
		}
		if _, isNote := f.Vault.Note(r.Path); isNote && l.Subpath != "" {
			f.subpath(n, l, r.Path)
		}
	}
}

// isPlaceholder tells a link that some plugin has yet to fill in.
func isPlaceholder(s string) bool { return strings.Contains(s, "{{") || strings.Contains(s, "<%") }

// link keeps a problem of a link.
func (f *finder) link(n *vault.Note, l vault.Link, code, message, hint string) {
	target := l.Target
	if l.Subpath != "" {
		target += "#" + l.Subpath
	}
	f.take(vault.Problem{Path: n.Path(), Line: l.Line, Column: l.Column, Code: code, Message: "the link " + quoted(target) + " " + message, Hint: hint})
}

// subpath looks for the heading or the block that a link names.
func (f *finder) subpath(n *vault.Note, l vault.Link, to string) {
	o := f.index.Outline(to)
	if o.Has(l.Subpath) || slices.ContainsFunc(o.Problems, func(p vault.Problem) bool { return strings.HasPrefix(p.Code, "body_") }) {
		return
	}
	if id, isBlock := strings.CutPrefix(l.Subpath, "^"); isBlock {
		f.link(n, l, "link_block_broken", "leads to no block: "+quoted(to)+" has no ^"+id, "write the block's id, or put ^"+id+" behind the block that is meant")
		return
	}
	f.link(n, l, "link_heading_broken", "leads to no heading of "+quoted(to), "write the heading as it stands there")
}

// leadsNowhere tells apart what an alias would explain, what is nearly a file's name, and what is nothing yet.
func (f *finder) leadsNowhere(n *vault.Note, l vault.Link) {
	near := f.near()
	if named := near.aliases[sameFile(l.Target)]; len(named) > 0 {
		if l.Shown == "" {
			l.Shown = l.Target
		}
		f.link(n, l, "link_alias", "is only an alias of "+several(named), f.instead(n, l, named[0]))
		return
	}
	hint := missing(l)
	if name := letters(l.Target); name != "" && len(near.files[name]) > 0 {
		hint = f.instead(n, l, near.files[name][0])
	}
	f.link(n, l, "link_broken", "leads to no file", hint)
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

// nearNames finds what somebody may have meant by a link that leads nowhere.
type nearNames struct {
	aliases map[string][]string // paths of the notes, by alias
	files   map[string][]string // paths, by the letters of the name
}

func newNearNames(f *finder) *nearNames {
	near := &nearNames{aliases: map[string][]string{}, files: map[string][]string{}}
	all := f.paths()
	slices.SortStableFunc(all, func(a, b string) int { return excluded(f, a) - excluded(f, b) }) // Obsidian, too, suggests those last
	for _, p := range all {
		name := letters(strings.TrimSuffix(p, ".md"))
		near.files[name] = append(near.files[name], p)
	}
	for _, n := range f.Vault.Notes() {
		p, _ := n.Property("aliases")
		for _, v := range p.Values {
			key := sameFile(strings.TrimSpace(v.Text))
			near.aliases[key] = append(near.aliases[key], n.Path())
		}
	}
	return near
}

// excluded is 1 for a file that the user has excluded in Obsidian.
func excluded(f *finder, p string) int {
	if f.Vault.Excluded(p) {
		return 1
	}
	return 0
}

// letters gives what somebody remembers of a name: its letters and digits, without folder, case, accents and emoji.
func letters(target string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(strings.TrimSuffix(path.Base(target), ".md")))
}
