// Package vault reads, links, compares and safely writes the notes of an
// Obsidian vault, and leaves alone what it does not own.
//
// [Open] reads a folder of Markdown files. A [Note] gives its properties, its
// blocks and its links, each with its place in the file; [Vault.Resolve] finds
// what a link leads to by Obsidian's rules, and [Vault.LinkTo] writes a link
// that leads to a note, as the user has told Obsidian to write them.
// [Vault.Index] reads all notes at once for what links need to know of them:
// headings, block ids, tags, links, backlinks.
//
// Notes are written in two steps. A [Draft] says what a generated note should
// hold. [Diff] compares drafts with the files and gives a [Change] for each,
// which can be listed, or shown as a unified diff, and [Apply] carries the
// changes out. A generated note carries hashes of what was generated, so that
// what a person wrote into it is seen, on any machine, and never overwritten.
//
// All writing is done in a [Session], which one program at a time can hold. It
// keeps what it replaces in the vault's history, so that [Session.Undo] can put
// it back, and makes good what an interrupted run left behind.
//
// A [Cache] remembers what a run said, so that the next one need not read a
// vault in which nothing has changed.
//
// Text that came from outside is an [Untrusted], which shows itself only
// escaped: Obsidian and its plugins run code that stands in notes.
//
// What is wrong is a [Problem] with its place in the file.
package vault

import (
	"slices"
	"strings"
	"sync"
)

// Options says what Open leaves out.
type Options struct {
	// Ignore holds slash-separated paths of folders or files that are not
	// read.
	Ignore []string
	// Index tells Open that the vault's Index will be asked for: it reads the
	// notes whole, and no file twice.
	Index bool
	// Untagged tells Open that nobody will ask that Index for tags: no outline
	// in it has any.
	Untagged bool
}

// Vault is a folder of notes as it was when Open read it.
type Vault struct {
	dir      string
	notes    []*Note // sorted by path
	problems []Problem
	files    []string   // every other file that is not hidden, sorted
	outlines []outlined // of the notes, nil unless Options asked for them

	app appSettings // what the user has chosen in Obsidian

	// Of a vault that With gave: the one as it was opened, which keeps the
	// index of all that is on disk, and what is about to be written.
	opened  *Vault
	planned []string

	stale []string // temporary files of runs that were interrupted, or still write

	indexOnce sync.Once
	index     *index

	rooms sync.Pool // of *diffRoom, in which Diff compares
}

// Dir gives the folder that Open was given.
func (v *Vault) Dir() string { return v.dir }

// Notes gives every note, sorted by path.
func (v *Vault) Notes() []*Note { return slices.Clone(v.notes) }

// Note gives the note at a slash-separated path.
func (v *Vault) Note(path string) (*Note, bool) {
	at := v.place(path)
	if at == noNote {
		return nil, false
	}
	return v.notes[at], true
}

// place gives the place of a note among the vault's, or noNote.
func (v *Vault) place(path string) int {
	at, found := slices.BinarySearchFunc(v.notes, path, func(n *Note, path string) int { return strings.Compare(n.path, path) })
	if !found {
		return noNote
	}
	return at
}

// Files gives the path of every other file that is not hidden, sorted: also of
// the Markdown files that are none of the Notes, because they are ignored,
// cannot be read, or are conflict copies.
func (v *Vault) Files() []string { return slices.Clone(v.files) }

// Problems gives what Open could not read or left out on purpose, sorted.
func (v *Vault) Problems() []Problem { return slices.Clone(v.problems) }
