package check

import (
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// linkBreakers are the signs at which Obsidian ends a link's target.
const linkBreakers = "#^[]|"

// longName is the length of a name, in bytes, that no system holds. What is longer is a path of several.
const longName = 255

// names looks at the path of every file, and of every folder that holds one.
func (f *finder) names() {
	alike := map[string][]string{}
	known := map[string]bool{}
	for _, file := range f.paths() {
		for p := file; p != "." && !known[p]; p = path.Dir(p) {
			known[p] = true
			alike[sameFile(p)] = append(alike[sameFile(p)], p)
			f.name(p)
		}
	}
	for _, same := range alike {
		slices.Sort(same)
		for _, other := range same[1:] {
			if path.Dir(other) != path.Dir(same[0]) {
				continue // it is their folders that collide
			}
			f.take(vault.Problem{Path: other, Code: "name_collision", Message: "is the same as " + quoted(same[0]) + " on some systems",
				Hint: "rename one of the two"})
		}
	}
}

// paths gives every file that is not hidden, once.
func (f *finder) paths() []string {
	files := f.Vault.Files()
	for _, n := range f.Vault.Notes() {
		files = append(files, n.Path())
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// name looks at the last part of a path.
func (f *finder) name(p string) {
	base := path.Base(p)
	err := vault.Portable(base)
	if err == nil && len(p) > longName {
		err = vault.Portable(p) // the whole path may be too long
	}
	if err != nil {
		f.take(vault.Problem{Path: p, Code: "name_unportable", Message: err.Error(), Hint: "rename it in Obsidian, which keeps the links to it"})
	}
	sign := ""
	if i := strings.IndexAny(base, linkBreakers); i >= 0 {
		sign = base[i : i+1]
	} else if strings.Contains(base, "%%") {
		sign = "%%"
	}
	if sign != "" {
		f.take(vault.Problem{Path: p, Code: "name_unlinkable", Message: "the name holds " + quoted(sign) + ", at which a link ends",
			Hint: "rename it in Obsidian, which keeps the links to it"})
	}
}

// sameFile gives the form in which the systems that ignore case compare names.
func sameFile(p string) string { return strings.ToLower(strings.ToUpper(norm.NFC.String(p))) }
