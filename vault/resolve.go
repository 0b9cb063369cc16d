package vault

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Resolution is what a link leads to.
type Resolution struct {
	// Path is the note or file, "" when the link is unresolved.
	Path string
	// Ambiguous holds, sorted, the other paths that would have done as well:
	// those of the same length, or those that end alike when the link gives a
	// part of the path only. Obsidian promises no choice between them.
	Ambiguous []string
}

// Resolve finds what a link in the note at the path from leads to, in
// Obsidian's order: the exact path from the vault's root, a file in the note's
// own folder, then the file of that name whose path is the shortest. Names
// compare without case, the extension .md may be left out, and an alias never
// counts. A path that begins with ./ or ../ is taken from the note's folder
// and nowhere else. A link without a target leads to the note itself; its
// subpath is not looked at.
func (v *Vault) Resolve(from string, l Link) Resolution {
	target := strings.TrimSpace(l.Target)
	if target == "" {
		if l.Subpath == "" {
			return Resolution{}
		}
		return Resolution{Path: from}
	}
	index := v.linkIndex()
	for _, file := range meantFiles(target) {
		if r := index.find(path.Dir(from), file); r.Path != "" {
			return r
		}
	}
	return Resolution{}
}

// With gives the same vault, whose links also lead to notes that are about to
// be written at the paths. The vault itself stays as it is.
func (v *Vault) With(paths ...string) *Vault {
	return &Vault{
		dir:      v.dir,
		notes:    v.notes,
		problems: v.problems,
		files:    v.files,
		outlines: v.outlines,
		app:      v.app,
		opened:   v.onDisk(),
		planned:  slices.Concat(v.planned, paths),
	}
}

// onDisk gives the vault without planned notes.
func (v *Vault) onDisk() *Vault {
	if v.opened != nil {
		return v.opened
	}
	return v
}

// Free tells whether a new note may take the path: nothing has it already, and
// no note anywhere has the same name, so that nobody's short link changes its
// meaning. Paths and names that differ only in case or in the composition of
// their characters are the same.
func (v *Vault) Free(notePath string) bool {
	index := v.linkIndex()
	key := fold(notePath)
	if len(index.at(key)) > 0 || len(index.named(path.Base(key))) > 0 {
		return false
	}
	_, err := os.Lstat(filepath.Join(v.dir, filepath.FromSlash(notePath))) // a folder may bear the name
	return errors.Is(err, fs.ErrNotExist)
}

// meantFiles gives the files that a target may mean, the likelier first. A dot
// may belong to the name of a note, as in "Version 1.2".
func meantFiles(target string) []string {
	if path.Ext(target) == "" {
		return []string{target + ".md"}
	}
	return []string{target, target + ".md"}
}

// index finds files by their folded paths and names.
type index struct {
	byPath map[string][]string // in the order of the paths
	byName map[string][]string // the shortest path first
	below  *index              // what it adds to, nil for nothing
}

// linkIndex builds the index when it is first asked for. That of planned notes
// lies over the one of the files, which is the same for all of them.
func (v *Vault) linkIndex() *index {
	v.indexOnce.Do(func() {
		if v.opened == nil {
			v.index = newIndex(v.paths())
			return
		}
		v.index = newIndex(slices.Compact(slices.Sorted(slices.Values(v.planned))))
		v.index.below = v.opened.linkIndex()
	})
	return v.index
}

func newIndex(paths []string) *index {
	x := &index{
		byPath: make(map[string][]string, len(paths)),
		byName: make(map[string][]string, len(paths)),
	}
	var shared []string // the names that several paths have
	for i, p := range paths {
		key := fold(p)
		addPath(x.byPath, key, paths[i:i+1:i+1])
		name := path.Base(key)
		if addPath(x.byName, name, paths[i:i+1:i+1]) == 2 {
			shared = append(shared, name)
		}
	}
	for _, name := range shared {
		slices.SortFunc(x.byName[name], shorterFirst)
	}
	return x
}

// addPath adds a path, the one of a list, and tells how many the key has now.
// The list serves for as long as there is no other.
func addPath(to map[string][]string, key string, one []string) int {
	if same, found := to[key]; found {
		to[key] = append(same, one[0])
	} else {
		to[key] = one
	}
	return len(to[key])
}

// at gives the paths that fold to a key, in their order.
func (x *index) at(key string) []string {
	if x.below == nil {
		return x.byPath[key]
	}
	return merged(x.below.byPath[key], x.byPath[key], strings.Compare)
}

// named gives the paths whose last parts fold to a key, the shortest first.
func (x *index) named(key string) []string {
	if x.below == nil {
		return x.byName[key]
	}
	return merged(x.below.byName[key], x.byName[key], shorterFirst)
}

func merged(a, b []string, order func(a, b string) int) []string {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	return slices.Compact(slices.SortedFunc(slices.Values(slices.Concat(a, b)), order))
}

func shorterFirst(a, b string) int {
	return cmp.Or(
		cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)),
		cmp.Compare(a, b),
	)
}

// find looks for a file with its extension, on behalf of a note in a folder.
func (x *index) find(folder, file string) Resolution {
	switch {
	case strings.HasPrefix(file, "./"), strings.HasPrefix(file, "../"):
		return x.exact(path.Join(folder, file))
	case strings.HasPrefix(file, "/"):
		return x.exact(strings.TrimPrefix(file, "/"))
	}
	if r := x.exact(file); r.Path != "" {
		return r
	}
	if strings.Contains(file, "/") {
		return x.ending(file)
	}
	if r := x.exact(path.Join(folder, file)); r.Path != "" {
		return r
	}
	return x.shortest(file)
}

// exact finds a path from the root. Of paths that differ in case only, the one
// that is written alike wins.
func (x *index) exact(file string) Resolution {
	same := x.at(fold(file))
	if slices.Contains(same, file) {
		return Resolution{Path: file}
	}
	return choice(same)
}

// shortest finds a name anywhere.
func (x *index) shortest(name string) Resolution {
	same := x.named(fold(name))
	tied := 0
	for tied < len(same) && utf8.RuneCountInString(same[tied]) == utf8.RuneCountInString(same[0]) {
		tied++
	}
	return choice(same[:tied])
}

// ending finds the paths that end like a part of a path.
func (x *index) ending(part string) Resolution {
	key := fold(part)
	var same []string
	for _, p := range x.named(path.Base(key)) {
		if strings.HasSuffix(fold(p), "/"+key) {
			same = append(same, p)
		}
	}
	return choice(same)
}

// choice takes the first of the paths and tells the others.
func choice(paths []string) Resolution {
	if len(paths) == 0 {
		return Resolution{}
	}
	return Resolution{Path: paths[0], Ambiguous: slices.Sorted(slices.Values(paths[1:]))}
}
