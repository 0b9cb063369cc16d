package compose

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/synth-vault/synth/vault"
)

// maxFileWords is how many bytes of a client's title a file name takes, so that the code still ends it.
const maxFileWords = 120

// link gives the shortest link from one note to another. A file's name may hold bytes that Obsidian or a plugin acts
// on wherever they stand: such a name is linked by its encoded path and shown escaped.
func (p *Places) link(from, to, subpath, shown string) Markdown {
	if isInert(to) {
		return Markdown(p.vault.WikilinkTo(from, to, subpath, shown))
	}
	if shown == "" {
		shown = vault.Received(strings.TrimSuffix(path.Base(to), ".md")).String()
	}
	destination := encoded(to)
	if subpath != "" {
		destination += "#" + encoded(subpath)
	}
	return Markdown("[" + shown + "](" + destination + ")")
}

// isInert reports whether a path means nothing but itself in a note.
func isInert(p string) bool {
	active := strings.ContainsFunc(p, func(r rune) bool { return !isShown(r) || strings.ContainsRune("<>{}[]|#^$~:`\\", r) })
	return !active && !strings.Contains(p, "%%")
}

// isShown reports whether a reader sees a character, or sees what it joins.
func isShown(r rune) bool {
	return unicode.IsGraphic(r) && r != utf8.RuneError || r == '\u200d' || r == '\u200c'
}

// encoded percent-encodes every byte but letters, digits and what a path is made of; a block id's caret stays too.
func encoded(p string) string {
	var b strings.Builder
	for _, c := range []byte(p) {
		if isASCIIAlphanumeric(c) || strings.IndexByte("/-._^", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

func isASCIIAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// plainWords keeps of a text what has no meaning in a link, as Obsidian does when it compares headings: the rest
// becomes blanks.
func plainWords(s string) string {
	kept := strings.Map(func(r rune) rune {
		sign := r <= unicode.MaxASCII && unicode.In(r, unicode.P, unicode.S)
		if !isShown(r) || sign && !strings.ContainsRune(`.,;?!'"()/&@+-`, r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(kept), " ")
}

// fileWords are the words of a client's title that its notes' names hold: without brackets, by which sync services
// mark the copies that are not read.
func fileWords(title vault.Untrusted) string {
	words := plainWords(strings.NewReplacer("(", " ", ")", " ").Replace(vault.Raw(title)))
	for len(words) > maxFileWords {
		_, size := utf8.DecodeLastRuneInString(words)
		words = words[:len(words)-size]
	}
	return words
}
