package vault

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LinkTo writes a link that brings a reader of the note at the path from to the
// file at the path to, without any doubt, as the user has told Obsidian to
// write links; the second way where he does without wikilinks:
//
//	[[Name#^id|shown]]
//	[shown](Name.md#^id)
//
// The target is the shortest that does: the bare name where no other file has
// it, else the path from the root. Of a user who has chosen relative paths it is
// the path from the note's folder, as in ../Clients/Name, without any ./ in
// front; but the path from the root where Obsidian would take it for that of
// another file. Of one who has chosen absolute paths it is the path from the
// root. A wikilink has no .md behind it, a Markdown link has. A path that begins
// with a blank has a slash in front, without which the blank would be lost.
//
// A subpath is a heading's text or "^id"; in the note itself it stands alone, as
// in [[#^id]]. Shown is the text to show, "" for none.
//
// Characters that cannot stand in a link's text are dropped, those that cannot
// stand in a heading's link become spaces. A file whose name itself breaks a
// wikilink, such as "C#.md", is always linked by [shown](C%23.md).
func (v *Vault) LinkTo(from, to, subpath, shown string) string {
	return v.write(from, to, Link{Subpath: subpath, Shown: shown, Markdown: v.app.markdown})
}

// WikilinkTo is LinkTo, but writes a wikilink also for a user who does without
// them. Generated notes hold no others, so that they stay the same when
// he changes his mind.
func (v *Vault) WikilinkTo(from, to, subpath, shown string) string {
	return v.write(from, to, Link{Subpath: subpath, Shown: shown})
}

// EmbedTo is LinkTo for a link that shows the file in place. Shown is an image's
// size or text.
//
//	![[Name.png|100]]
//	![100](Name.png)
func (v *Vault) EmbedTo(from, to, subpath, shown string) string {
	return v.write(from, to, Link{Subpath: subpath, Shown: shown, Embed: true, Markdown: v.app.markdown})
}

// write writes a link whose target is yet to be found.
func (v *Vault) write(from, to string, link Link) string {
	link.Subpath, link.Shown = linkable(link.Subpath), showable(link.Shown)
	if to != from || link.Subpath == "" {
		link.Target = v.targetOf(from, to, link.Markdown)
	}
	if !link.Markdown {
		text := wikilink(link)
		if isPlain(link) {
			return text
		}
		if read, ok := ParseLink(text); ok && read == link && !strings.Contains(text, "%%") {
			return text
		}
		link.Target = to
	}
	return markdownLink(link)
}

// isPlain tells of a link that reads back as it is written.
func isPlain(l Link) bool {
	for _, part := range []string{l.Target, strings.TrimPrefix(l.Subpath, "^"), l.Shown} {
		for i := range len(part) {
			if c := part[i]; c < ' ' || strings.IndexByte("[]|#^%\\", c) >= 0 {
				return false
			}
		}
		if part != strings.TrimSpace(part) {
			return false
		}
	}
	return l.Target != "" && l.Subpath != "^"
}

// targetOf gives the target in the user's format, or the first longer one that
// leads to the file and to no other.
func (v *Vault) targetOf(from, to string, markdown bool) string {
	last := to
	if !markdown {
		last = withoutMD(to)
	}
	targets := []string{last, to}
	switch v.app.format {
	case relativeFormat:
		if relative := relativePath(from, last); markdown || !strings.HasPrefix(relative, "../") {
			targets = append([]string{relative, relativePath(from, to)}, targets...)
		}
	case absoluteFormat:
	default:
		var room [128]byte
		if same := v.linkIndex().named(appendFold(room[:0], lastPart(to))); len(same) == 1 {
			base := path.Base(last)
			if name := withoutMD(base); same[0].path == to && name != "" && name+".md" == path.Base(to) && !strings.Contains(name, ".") && name == strings.TrimSpace(name) {
				return base // which nothing else can mean
			}
			targets = append([]string{base}, targets...)
		}
	}
	for _, target := range targets {
		r := v.Resolve(from, Link{Target: target})
		if r.Path == to && len(r.Ambiguous) == 0 {
			return target
		}
	}
	root := "/" + last // keeps a blank with which the path begins
	if r := v.Resolve(from, Link{Target: root}); r.Path == to && len(r.Ambiguous) == 0 {
		return root
	}
	return last
}

// relativePath gives the way from a note's folder to a file, both known from
// the root.
func relativePath(from, to string) string {
	here, there := folders(from), strings.Split(to, "/")
	for len(here) > 0 && len(there) > 1 && here[0] == there[0] {
		here, there = here[1:], there[1:]
	}
	return strings.Repeat("../", len(here)) + strings.Join(there, "/")
}

// folders gives the names of those that a file lies in, the outermost first.
func folders(file string) []string {
	parts := strings.Split(file, "/")
	return parts[:len(parts)-1]
}

func withoutMD(p string) string {
	if ext := path.Ext(p); strings.EqualFold(ext, ".md") {
		return strings.TrimSuffix(p, ext)
	}
	return p
}

var (
	headingBreakers = strings.NewReplacer("[", " ", "]", " ", "|", " ", "^", " ", "%%", " ")
	shownBreakers   = strings.NewReplacer("[", "", "]", "", "|", "")
)

func linkable(subpath string) string {
	if strings.HasPrefix(subpath, "^") {
		return subpath
	}
	return oneLine(headingBreakers.Replace(subpath))
}

func showable(shown string) string {
	kept := oneLine(strings.ReplaceAll(shownBreakers.Replace(shown), "%%", ""))
	return strings.TrimRight(kept, `\ `) // a backslash at the end would escape the bracket behind it
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func wikilink(l Link) string {
	text := "[[" + l.Target
	if l.Embed {
		text = "!" + text
	}
	if l.Subpath != "" {
		text += "#" + l.Subpath
	}
	if l.Shown != "" {
		text += "|" + l.Shown
	}
	return text + "]]"
}

// markdownLink shows the name of the note, or the place in this one, where no
// other text is given. An embed needs none.
func markdownLink(l Link) string {
	destination, shown, mark := percentEncoded(l.Target), l.Shown, ""
	if l.Subpath != "" {
		destination += "#" + percentEncoded(l.Subpath)
	}
	switch {
	case l.Embed:
		mark = "!"
	case shown == "" && l.Target == "":
		shown = strings.TrimPrefix(l.Subpath, "^")
	case shown == "":
		shown = path.Base(withoutMD(l.Target))
	}
	return mark + "[" + Escape(shown) + "](" + destination + ")"
}

// percentEncoded encodes what a destination cannot hold, or what may be read as
// something else: a colon could begin a scheme, a dollar sign mathematics.
// Letters of all scripts stay, as Obsidian leaves them, and so does the caret
// that begins a block's id.
func percentEncoded(p string) string {
	var b strings.Builder
	for i, r := range p {
		_, size := utf8.DecodeRuneInString(p[i:])
		if staysInDestination(r) || r == '^' && i == 0 {
			b.WriteString(p[i : i+size])
			continue
		}
		for _, c := range []byte(p[i : i+size]) {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func staysInDestination(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIIAlphanumeric(r) || strings.ContainsRune("/-._+,@=!'", r)
	}
	return r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r)
}
