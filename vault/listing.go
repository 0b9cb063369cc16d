package vault

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
)

// Open reads the folder: the path of every file in it and the head of every
// note. Files and folders whose name begins with a dot are passed over, and
// symbolic links are not followed. A file that cannot be read is one of the
// vault's Problems; the error is for the folder itself, which does not exist
// or is not a folder.
func Open(dir string, o Options) (*Vault, error) {
	l, err := List(dir)
	if err != nil {
		return nil, err
	}
	return l.Open(o), nil
}

// Listing is the names that a vault's folder holds, as they were when List
// read them.
type Listing struct {
	dir       string
	found     listed
	fullPaths bool   // the user has Obsidian write links so
	stamps    stamps // of all that counts, where they were asked for
	device    uint64 // likewise
}

// List reads the names in a vault's folder and nothing else of the notes. It is
// the first half of [Open], and fails where that does.
func List(dir string) (*Listing, error) { return listFolder(dir, false) }

// listFolder takes the stamps, too, if told so and if they can be trusted there.
func listFolder(dir string, stamped bool) (*Listing, error) {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = &os.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the vault: %w", err)
	}
	l := &Listing{dir: dir}
	w := walker{dir: dir}
	if stamped {
		l.found, l.stamps = w.walkStamped()
		l.device = w.device
	} else {
		l.found = w.walk()
	}
	l.fullPaths = writesPaths(dir, l.found.hidden)
	return l, nil
}

// Open reads the heads of the notes that were listed, as [Open] does.
func (l *Listing) Open(o Options) *Vault {
	v := &Vault{dir: l.dir, stale: l.found.stale, fullPaths: l.fullPaths}
	var notes []string
	for _, folder := range l.found.folders {
		if folder.err != nil && !o.ignores(folder.path) {
			v.problems = append(v.problems, unreadable(folder.path, folder.err))
		}
		for _, entry := range folder.files {
			at := inFolder(folder.path, entry.name)
			if entry.kind == fileEntry && isMarkdown(at) && !o.ignores(at) {
				notes = append(notes, at)
				continue
			}
			v.files = append(v.files, at)
		}
	}
	v.keepNotes(notes, o.Index)
	slices.Sort(v.files)
	SortProblems(v.problems)
	return v
}

func (o Options) ignores(name string) bool {
	return slices.ContainsFunc(o.Ignore, func(prefix string) bool {
		prefix = strings.Trim(prefix, "/")
		return prefix != "" && (name == prefix || strings.HasPrefix(name, prefix+"/"))
	})
}

func isMarkdown(name string) bool { return strings.EqualFold(path.Ext(name), ".md") }

// keepNotes reads the heads, or the notes whole, and keeps the notes that are readable and no
// other program's conflict copies.
func (v *Vault) keepNotes(paths []string, whole bool) {
	slices.Sort(paths)
	paths = slices.DeleteFunc(paths, func(p string) bool {
		if !isConflictCopy(p) {
			return false
		}
		v.files = append(v.files, p)
		v.problems = append(v.problems, conflictCopy(p))
		return true
	})
	var notes []*Note
	var outlines []outlined
	var errs []error
	if whole {
		notes, outlines, errs = readWhole(v.dir, paths)
		v.outlines = outlines[:0] // those of the notes kept move up
	} else {
		notes, errs = readHeads(v.dir, paths)
	}
	v.notes = make([]*Note, 0, len(notes))
	for i, n := range notes {
		if errs[i] != nil {
			v.files = append(v.files, paths[i])
			v.problems = append(v.problems, unreadable(paths[i], errs[i]))
			continue
		}
		v.notes = append(v.notes, n)
		if whole {
			v.outlines = append(v.outlines, outlines[i])
		}
	}
	v.problems = append(v.problems, v.suspectedCopies()...)
}

// batch is how many notes a worker takes at a time.
const batch = 32

// readHeads makes a note of each path and gives, at the same place, why its
// head could not be read. All notes lie in one piece of memory.
func readHeads(dir string, paths []string) ([]*Note, []error) {
	notes, errs := make([]*Note, len(paths)), make([]error, len(paths))
	folder, err := enter(dir)
	if err != nil {
		for i, p := range paths {
			notes[i], errs[i] = &Note{dir: dir, path: p}, err
		}
		return notes, errs
	}
	defer folder.close()
	all := make([]Note, len(paths))
	inParallel((len(paths)+batch-1)/batch, func(next func() (int, bool)) {
		r := headReader{folder: folder, buffer: make([]byte, maxHead+headSlack)}
		for k, ok := next(); ok; k, ok = next() {
			for i := k * batch; i < min((k+1)*batch, len(paths)); i++ {
				notes[i] = &all[i]
				all[i].dir, all[i].path = dir, paths[i]
				all[i].head, errs[i] = r.read(paths[i])
			}
		}
	})
	return notes, errs
}
