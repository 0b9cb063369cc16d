package vault

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Index holds the outlines of all notes of a vault.
type Index struct {
	vault    *Vault
	outlines []outlined // in the order of the notes

	backlinksOnce sync.Once
	backlinks     map[string][]Backlink
}

// outlined is an outline as the index keeps it.
type outlined struct {
	packed   string
	problems []Problem
}

func (o outlined) outline() Outline {
	outline := unpackOutline(o.packed)
	outline.Problems = o.problems
	return outline
}

// Backlink is a link from a note.
type Backlink struct {
	// From is the path of the note that holds the link.
	From string
	Link Link
}

// Index gives the outlines of all notes. What cannot be read is among the
// Problems of its outline. Unless Open has read the notes for it, Index reads
// them, each time it is called.
func (v *Vault) Index() *Index {
	if v.outlines != nil {
		return &Index{vault: v, outlines: v.outlines}
	}
	outlines := make([]outlined, len(v.notes))
	inParallel(len(v.notes), func(next func() (int, bool)) {
		var r outlineReader
		for i, ok := next(); ok; i, ok = next() {
			outlines[i] = r.note(v.notes[i])
		}
	})
	return &Index{vault: v, outlines: outlines}
}

// readWhole makes a note and an outline of each path and gives, at the same
// place, why the file could not be read.
func readWhole(dir string, paths []string) ([]*Note, []outlined, []error) {
	notes, outlines, errs := make([]*Note, len(paths)), make([]outlined, len(paths)), make([]error, len(paths))
	inParallel(len(paths), func(next func() (int, bool)) {
		var r outlineReader
		for i, ok := next(); ok; i, ok = next() {
			data, err := r.read(dir, paths[i])
			n := &Note{dir: dir, path: paths[i], head: headOf(data)}
			notes[i], errs[i] = n, err
			if err == nil {
				r.file(n.path, n.head, data)
				outlines[i] = r.packed()
			}
		}
	})
	return notes, outlines, errs
}

// inParallel lets several goroutines ask for the next number below n.
func inParallel(n int, worker func(next func() (int, bool))) {
	var last atomic.Int64
	next := func() (int, bool) {
		i := int(last.Add(1)) - 1
		return i, i < n
	}
	var running sync.WaitGroup
	for range min(workers(), n) {
		running.Go(func() { worker(next) })
	}
	running.Wait()
}

// Outline gives the outline of the note at a path, an empty one where there is
// no note.
func (x *Index) Outline(path string) Outline {
	i, found := slices.BinarySearchFunc(x.vault.notes, path, func(n *Note, path string) int { return strings.Compare(n.path, path) })
	if !found {
		return Outline{}
	}
	return x.outlines[i].outline()
}

// Backlinks gives the links that lead to the note or file at a path, sorted by
// the notes that hold them, without the links of a note to itself.
func (x *Index) Backlinks(path string) []Backlink {
	x.backlinksOnce.Do(func() {
		x.backlinks = map[string][]Backlink{}
		for i, n := range x.vault.notes {
			for _, link := range x.outlines[i].outline().Links {
				if to := x.vault.Resolve(n.path, link).Path; to != "" && to != n.path {
					x.backlinks[to] = append(x.backlinks[to], Backlink{From: n.path, Link: link})
				}
			}
		}
	})
	return slices.Clone(x.backlinks[path])
}
