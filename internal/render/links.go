package render

import (
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
	"github.com/synth-vault/synth/vault"
)

// wikilink adds a link by name, or what stands for an embed in running text.
func (w *inliner) wikilink(n *obsidian.Wikilink, l look) {
	link := vault.Link{Target: n.Target, Subpath: n.Subpath, Shown: n.Shown, Embed: n.Embed}
	if n.Embed && isFile(n.Target) {
		w.add(w.say(fileWord(n.Target), path.Base(n.Target)), l.in(w.colours.dim), w.noteLink(link))
		return
	}
	shown := n.Shown
	if shown == "" {
		shown = defaultText(link)
	}
	w.add(shown, w.linkLook(link, l), w.noteLink(link))
}

// defaultText is what Obsidian shows of a link without a text of its own.
func defaultText(link vault.Link) string {
	place := strings.ReplaceAll(link.Subpath, "#", " > ")
	switch {
	case place == "":
		return link.Target
	case link.Target == "":
		return place
	}
	return link.Target + " > " + place
}

// link adds a Markdown link. Where it leads to the Web, its address is shown too.
func (w *inliner) link(n *ast.Link, l look) {
	if n.Reference != nil && n.Reference.Type == ast.ReferenceLinkShortcut && !w.ours() {
		if id, isNote := strings.CutPrefix(string(n.Reference.Value), "^"); isNote {
			w.sign(w.notes.number(id))
			return
		}
	}
	if link, ok := vault.ParseDestination(string(n.Destination)); ok {
		w.children(n, w.linkLook(link, l), w.noteLink(link))
		return
	}
	address := decoded(string(n.Destination))
	target := w.webLink(address)
	before := len(w.text.text)
	w.children(n, l.in(w.colours.link), target)
	shown := string(w.text.text[min(before, len(w.text.text)):])
	if shown == address || "mailto:"+shown == address || address == "" {
		return
	}
	w.add(" ", l, "")
	w.add(address, l.in(w.colours.dim).with(underlined), target)
}

// image adds the sign of an image.
func (w *inliner) image(n *ast.Image, l look) {
	name := &styled{}
	inner := inliner{drawer: w.drawer, text: name}
	inner.children(n, look{}, "")
	target := ""
	if link, ok := vault.ParseDestination(string(n.Destination)); ok {
		target = w.noteLink(link)
		if name.blank() {
			name.add(path.Base(link.Target), look{}, "")
		}
	}
	if name.blank() {
		name.add(decoded(string(n.Destination)), look{}, "")
	}
	shown := imageSize.ReplaceAllString(strings.ReplaceAll(string(name.text), "\n", " "), "")
	w.add(w.say("image", shown), l.in(w.colours.dim), target)
}

// imageSize matches the size that Obsidian reads after an image's text.
var imageSize = regexp.MustCompile(`\|\d+(?:x\d+)?$`)

// linkLook is the look of a link, another one where it leads nowhere.
func (d *drawer) linkLook(link vault.Link, l look) look {
	if !d.canvas.inks.plain && !d.ours() && d.vault.Resolve(d.path, link).Path == "" {
		return l.in(d.colours.lost)
	}
	return l.in(d.colours.link)
}

// noteLink gives the address that opens a link's note or file in Obsidian, "" where it leads nowhere or the terminal
// has no links.
func (d *drawer) noteLink(link vault.Link) string {
	if !d.options.Links || d.ours() {
		return ""
	}
	found := d.vault.Resolve(d.path, link).Path
	if found == "" {
		return ""
	}
	if link.Subpath != "" {
		found += "#" + link.Subpath
	}
	return "obsidian://open?vault=" + encoded(d.vaultName()) + "&file=" + encoded(found)
}

func (d *drawer) vaultName() string {
	dir, err := filepath.Abs(d.vault.Dir())
	if err != nil {
		dir = d.vault.Dir()
	}
	return filepath.Base(dir)
}

// encoded percent-encodes all but letters, digits and the four signs that never need it.
func encoded(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// web matches the addresses that a terminal may open.
var web = regexp.MustCompile(`^https?://[^/]`)

// webLink gives an address of the Web as a terminal may get it, "" for any other.
func (d *drawer) webLink(address string) string {
	const longest = 2000
	if !d.options.Links || !web.MatchString(address) || len(address) > longest {
		return ""
	}
	var b strings.Builder
	for _, c := range []byte(address) {
		if c > ' ' && c < 0x7F {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
	}
	return b.String()
}

// isFile tells a file that is no note by its extension, as Obsidian asks for one.
func isFile(target string) bool {
	switch ext := strings.ToLower(path.Ext(target)); ext {
	case "", ".md":
		return false
	default:
		return fileKind.MatchString(ext)
	}
}

var (
	fileKind  = regexp.MustCompile(`^\.[a-z0-9]{2,6}$`)
	imageKind = regexp.MustCompile(`(?i)\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$`)
)

// fileWord is the phrase for a file that is not drawn.
func fileWord(target string) string {
	if imageKind.MatchString(target) {
		return "image"
	}
	return "file"
}
