package vault

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Index holds the outlines of all notes of a vault.
type Index struct {
	vault    *Vault
	outlines []Outline // in the order of the notes

	backlinksOnce sync.Once
	backlinks     map[string][]Backlink
}

// Backlink is a link from a note.
type Backlink struct {
	// From is the path of the note that holds the link.
	From string
	Link Link
}

// Index reads every note for its outline. What cannot be read is among the
// Problems of its outline.
func (v *Vault) Index() *Index {
	outlines := make([]Outline, len(v.notes))
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(v.notes)) {
		running.Go(func() {
			var r outlineReader
			for i := int(next.Add(1)) - 1; i < len(v.notes); i = int(next.Add(1)) - 1 {
				outlines[i] = r.note(v.notes[i])
			}
		})
	}
	running.Wait()
	return &Index{vault: v, outlines: outlines}
}

// Outline gives the outline of the note at a path, an empty one where there is
// no note. It must not be changed.
func (x *Index) Outline(path string) Outline {
	i, found := slices.BinarySearchFunc(x.vault.notes, path, func(n *Note, path string) int { return strings.Compare(n.path, path) })
	if !found {
		return Outline{}
	}
	return x.outlines[i]
}

// Backlinks gives the links that lead to the note or file at a path, sorted by
// the notes that hold them, without the links of a note to itself.
func (x *Index) Backlinks(path string) []Backlink {
	x.backlinksOnce.Do(func() {
		x.backlinks = map[string][]Backlink{}
		for i, n := range x.vault.notes {
			for _, link := range x.outlines[i].Links {
				if to := x.vault.Resolve(n.path, link).Path; to != "" && to != n.path {
					x.backlinks[to] = append(x.backlinks[to], Backlink{From: n.path, Link: link})
				}
			}
		}
	})
	return slices.Clone(x.backlinks[path])
}
