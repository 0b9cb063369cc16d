package vault

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Index holds the outlines of all notes of a vault.
type Index struct {
	vault    *Vault
	outlines []outlined // in the order of the notes
	none     outlined   // that of what is no note

	backlinksOnce sync.Once
	backlinks     map[string][]Backlink
}

// outlined is an outline as the index keeps it.
type outlined struct {
	packed   packed
	problems []Problem
}

func (o outlined) outline() Outline {
	outline := o.packed.outline()
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

// wholeNote is a note that was read whole, or why it could not be.
type wholeNote struct {
	note Note
	err  error
}

// readWhole reads the notes of the paths, in parts of a batch, and their
// outlines, which lie close together for those who follow links. Each worker asks
// for the memory of a part when it fills it: of memory that lies about, the
// collector of garbage has the system map every page before somebody writes.
func readWhole(dir string, paths []string, untagged bool) ([][]wholeNote, []outlined) {
	outlines := make([]outlined, len(paths))
	parts := make([][]wholeNote, (len(paths)+batch-1)/batch)
	inParallel(len(parts), func(next func() (int, bool)) {
		r := wholeReader{dir: dir}
		if r.folder, r.err = enter(dir); r.err == nil {
			defer r.folder.close()
		}
		r.outline.scanner.Untagged = untagged
		for k, ok := next(); ok; k, ok = next() {
			parts[k] = make([]wholeNote, min(batch, len(paths)-k*batch))
			for i := range parts[k] {
				outlines[k*batch+i] = r.read(&parts[k][i], paths[k*batch+i])
			}
		}
	})
	return parts, outlines
}

// wholeReader reads notes whole, one after the other.
type wholeReader struct {
	dir     string
	folder  folder
	err     error // why there is no folder
	outline outlineReader
	slab    headSlab
}

// read leaves a note in its place and gives its outline.
func (r *wholeReader) read(n *wholeNote, path string) outlined {
	n.note.dir, n.note.path, n.err = r.dir, path, r.err
	if r.err != nil {
		return outlined{}
	}
	data, err := r.outline.readFrom(r.folder, path)
	if n.err = err; err != nil {
		return outlined{}
	}
	h, body := headOf(data)
	n.note.head = r.slab.keep(h)
	return r.outline.file(path, n.note.head, data, body)
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
	at := x.vault.place(path)
	if at == noNote {
		return Outline{}
	}
	return x.outlines[at].outline()
}

// Entry gives what the index holds of one of the vault's Notes, counted from 0.
func (x *Index) Entry(note int) Entry { return Entry{&x.outlines[note]} }

// Follow resolves a link in the note at the path from, as Resolve does, and
// gives what the index holds of the note that it leads to. It is not ok where
// the link leads to no note.
func (x *Index) Follow(from string, l Link) (r Resolution, to Entry, ok bool) {
	r, note := x.vault.resolve(from, l)
	if note == noNote {
		return r, Entry{&x.none}, false
	}
	return r, x.Entry(note), true
}

// Entry is what an index holds of a note. It tells the same as the note's
// Outline and takes out only what is asked for.
type Entry struct{ outlined *outlined }

// Problems tell why the head or the body could not be read.
func (e Entry) Problems() []Problem { return e.outlined.problems }

// Links gives the note's links, one after the other.
func (e Entry) Links() iter.Seq[Link] {
	return unpackEach(e.outlined.packed, linkList, (*unpacker).link)
}

// Aliases gives the other names of the note, those of the property aliases.
func (e Entry) Aliases() iter.Seq[string] {
	return unpackEach(e.outlined.packed, aliasList, func(u *unpacker) string { return u.mark().Name })
}

// Has tells whether a link's subpath leads to a place in the note.
func (e Entry) Has(subpath string) bool {
	p := e.outlined.packed
	if id, ok := strings.CutPrefix(subpath, "^"); ok {
		u, n := p.list(anchorList)
		return hasName(u, n, id) || hasAnchor(u, n, id)
	}
	if subpath == "" || strings.Contains(subpath, "#") {
		return Outline{Sections: unpackAll(p, sectionList, (*unpacker).section)}.Has(subpath)
	}
	u, n := p.list(sectionList)
	return hasName(u, n, subpath) || hasHeading(u, n, subpath)
}

// hasName tells whether a list of marks or sections holds a name as it is
// written in most links.
func hasName(u unpacker, entries int, name string) bool {
	for range entries {
		if u.text() == name {
			return true
		}
		u.number()
		u.number()
	}
	return false
}

// hasAnchor tells whether a list of marks holds a block's id, whatever its case.
func hasAnchor(u unpacker, entries int, id string) bool {
	var room [128]byte
	key := fold(id)
	for range entries {
		if name := u.mark().Name; mayEndIn(name, key) && string(appendFold(room[:0], name)) == key {
			return true
		}
	}
	return false
}

// hasHeading tells whether a list of sections holds a heading's words.
func hasHeading(u unpacker, entries int, words string) bool {
	var room [128]byte
	key := HeadingKey(words)
	for range entries {
		if text := u.section().Text; mayEndIn(text, key) && string(appendHeadingKey(room[:0], text)) == key {
			return true
		}
	}
	return false
}

// mayEndIn tells whether a text's key may be the given one, by the last byte: no
// sign melts with an ASCII letter or digit behind it.
func mayEndIn(text, key string) bool {
	if text == "" || !isASCIIAlphanumeric(rune(text[len(text)-1])) {
		return true
	}
	last := text[len(text)-1]
	if last >= 'A' && last <= 'Z' {
		last += 'a' - 'A'
	}
	return key != "" && key[len(key)-1] == last
}

// Backlinks gives the links that lead to the note or file at a path, sorted by
// the notes that hold them, without the links of a note to itself.
func (x *Index) Backlinks(path string) []Backlink {
	x.backlinksOnce.Do(func() {
		x.backlinks = map[string][]Backlink{}
		for i, n := range x.vault.notes {
			for link := range x.Entry(i).Links() {
				if to := x.vault.Resolve(n.path, link).Path; to != "" && to != n.path {
					x.backlinks[to] = append(x.backlinks[to], Backlink{From: n.path, Link: link})
				}
			}
		}
	})
	return slices.Clone(x.backlinks[path])
}
