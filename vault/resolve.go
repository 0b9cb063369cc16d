package vault

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	r, _ := v.resolve(from, l)
	return r
}

// resolve also gives the place of the note among the vault's, noNote for
// another file and for nothing.
func (v *Vault) resolve(from string, l Link) (Resolution, int) {
	target := strings.TrimSpace(l.Target)
	switch {
	case target == "" && l.Subpath == "":
		return Resolution{}, noNote
	case target == "":
		return Resolution{Path: from}, v.place(from)
	}
	return v.linkIndex().find(from, target)
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
	key := []byte(fold(notePath))
	if len(index.at(key)) > 0 || len(index.named(lastPart(key))) > 0 {
		return false
	}
	_, err := os.Lstat(filepath.Join(v.dir, filepath.FromSlash(notePath))) // a folder may bear the name
	return errors.Is(err, fs.ErrNotExist)
}
