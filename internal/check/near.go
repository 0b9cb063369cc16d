package check

import (
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// nearNames finds what somebody may have meant by a link that leads nowhere.
type nearNames struct {
	forms   *shortForms
	aliases map[string]string   // the path of the only note that has it, by alias
	shared  map[string][]string // those of several notes that have the same
	files   map[string]string   // the first path, by the letters of the name
}

func newNearNames(n *Names) *nearNames {
	near := &nearNames{forms: n.forms, aliases: map[string]string{}, shared: map[string][]string{}, files: make(map[string]string, len(n.paths))}
	var running sync.WaitGroup
	running.Go(func() {
		paths := excludedLast(n.vault, n.paths)
		var letters []byte // of all, end to end, so that the keys share their memory
		ends := make([]int, len(paths))
		for i, p := range paths {
			letters = near.forms.letters(letters, strings.TrimSuffix(p, ".md"))
			ends[i] = len(letters)
		}
		keys, begin := string(letters), 0
		for i, p := range paths {
			key := keys[begin:ends[i]]
			if _, found := near.files[key]; !found && path.Ext(p) != "" { // without an ending, no link leads to it
				near.files[key] = p
			}
			begin = ends[i]
		}
	})
	var key []byte
	index := n.vault.Index()
	for i, note := range n.vault.Notes() {
		for alias := range index.Entry(i).Aliases() {
			key = near.forms.sameFile(key[:0], strings.TrimSpace(alias))
			near.alias(key, note.Path())
		}
	}
	running.Wait()
	return near
}

// alias adds one of a note's. Most have no other note, and are spared a list.
func (n *nearNames) alias(key []byte, of string) {
	if paths, found := n.shared[string(key)]; found {
		n.shared[string(key)] = append(paths, of)
		return
	}
	first, found := n.aliases[string(key)]
	if !found {
		n.aliases[string(key)] = of
		return
	}
	n.shared[string(key)] = []string{first, of}
	delete(n.aliases, string(key))
}

// excludedLast gives paths in the order in which Obsidian suggests them: what the user has excluded is behind the rest.
func excludedLast(v *vault.Vault, paths []string) []string {
	first := slices.IndexFunc(paths, v.Excluded)
	if first < 0 {
		return paths
	}
	ordered, last := slices.Clone(paths[:first]), []string(nil)
	for _, p := range paths[first:] {
		if v.Excluded(p) {
			last = append(last, p)
		} else {
			ordered = append(ordered, p)
		}
	}
	return append(ordered, last...)
}

// named gives the paths of the notes with an alias.
func (n *nearNames) named(alias string) []string {
	var room [128]byte
	key := n.forms.sameFile(room[:0], alias)
	if first, found := n.aliases[string(key)]; found {
		return []string{first}
	}
	return n.shared[string(key)]
}

// like gives the first path with the letters of a target, "" where there is none.
func (n *nearNames) like(target string) string {
	var room [128]byte
	key := n.forms.letters(room[:0], target)
	if len(key) == 0 {
		return ""
	}
	return n.files[string(key)]
}

// shortForms makes the forms in which names are compared. Characters below firstOther have the same form wherever they
// stand, so that it is found out once.
type shortForms struct{ same, plain charForms }

// charForms are the forms of characters. Those of ASCII have one byte, or none, which is 0.
type charForms struct {
	ascii  [utf8.RuneSelf]byte
	others [firstOther]string
}

// firstOther is the first character of none of Europe's Latin alphabets. Those that melt with others are all behind it.
const firstOther = 0x180

func newShortForms() *shortForms {
	s := new(shortForms)
	s.same.fill(sameFile)
	s.plain.fill(lettersOf)
	return s
}

func (c *charForms) fill(form func(string) string) {
	for r := range rune(firstOther) {
		c.others[r] = form(string(r))
		if r < utf8.RuneSelf && c.others[r] != "" {
			c.ascii[r] = c.others[r][0]
		}
	}
}

// sameFile adds the form that sameFile gives.
func (s *shortForms) sameFile(to []byte, p string) []byte { return s.same.add(to, p, sameFile) }

// letters adds what lettersOf gives for the name of a target.
func (s *shortForms) letters(to []byte, target string) []byte {
	return s.plain.add(to, nameOf(target), lettersOf)
}

// add puts the forms of a name's characters together, unless one of them has none of its own.
func (c *charForms) add(to []byte, name string, whole func(string) string) []byte {
	begin := len(to)
	for at := 0; at < len(name); {
		if b := name[at]; b < utf8.RuneSelf && b != 0 {
			if c.ascii[b] != 0 {
				to = append(to, c.ascii[b])
			}
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(name[at:])
		if r >= firstOther || r == 0 {
			return append(to[:begin], whole(name)...)
		}
		to = append(to, c.others[r]...)
		at += size
	}
	return to
}

// nameOf gives what stands behind the folders of a target, without .md.
func nameOf(target string) string { return strings.TrimSuffix(path.Base(target), ".md") }

// lettersOf gives what somebody remembers of a name: its letters and digits, without case, accents and emoji.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}

// sameFile gives the form in which the systems that ignore case compare names.
func sameFile(p string) string { return strings.ToLower(strings.ToUpper(norm.NFC.String(p))) }
