package vault

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
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
	dir    string
	found  listed
	app    appSettings // what the user has chosen in Obsidian
	stamps stamps      // of all that counts, where they were asked for
	device uint64      // likewise
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
	config, _ := configAmong(dir, l.found.hidden)
	l.app = readAppSettings(dir, config)
	return l, nil
}

// Open reads the heads of the notes that were listed, as [Open] does.
func (l *Listing) Open(o Options) *Vault {
	v := &Vault{dir: l.dir, stale: l.found.stale, app: l.app}
	half := len(l.found.folders) / 2
	var second sortedPaths
	var running sync.WaitGroup
	running.Go(func() { second = pathsIn(l.found.folders[half:], o) })
	first := pathsIn(l.found.folders[:half], o)
	running.Wait()
	v.files, v.problems = append(first.files, second.files...), append(first.problems, second.problems...)
	v.keepNotes(mergedPaths(first.notes, second.notes), o)
	slices.Sort(v.files)
	if o.Index {
		go v.linkIndex() // whoever asks for it waits
	}
	v.problems = append(v.problems, v.suspectedCopies()...)
	SortProblems(v.problems)
	return v
}

// sortedPaths are those of the files in some folders.
type sortedPaths struct {
	notes    []string // sorted
	files    []string // the others, in any order
	problems []Problem
}

// pathsIn gives the paths of the files in folders.
func pathsIn(folders []listedFolder, o Options) (paths sortedPaths) {
	for _, folder := range folders {
		if folder.err != nil && !o.ignores(folder.path) {
			paths.problems = append(paths.problems, unreadable(folder.path, folder.err))
		}
		for _, entry := range folder.files {
			at := inFolder(folder.path, entry.name)
			if entry.kind == fileEntry && isMarkdown(at) && !o.ignores(at) {
				paths.notes = append(paths.notes, at)
				continue
			}
			paths.files = append(paths.files, at)
		}
	}
	slices.Sort(paths.notes)
	return paths
}

// mergedPaths makes one sorted list of two.
func mergedPaths(a, b []string) []string {
	all := make([]string, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return append(append(all, a...), b...)
}

func (o Options) ignores(name string) bool {
	return slices.ContainsFunc(o.Ignore, func(prefix string) bool {
		prefix = strings.Trim(prefix, "/")
		return prefix != "" && (name == prefix || strings.HasPrefix(name, prefix+"/"))
	})
}

func isMarkdown(name string) bool { return strings.EqualFold(path.Ext(name), ".md") }

// keepNotes reads the heads of sorted paths, or the notes whole, and keeps the notes that are readable and no
// other program's conflict copies.
func (v *Vault) keepNotes(paths []string, o Options) {
	paths = slices.DeleteFunc(paths, func(p string) bool {
		if !IsConflictCopy(p) {
			return false
		}
		v.files = append(v.files, p)
		v.problems = append(v.problems, conflictCopy(p))
		return true
	})
	v.notes = make([]*Note, 0, len(paths))
	if o.Index {
		parts, outlines := readWhole(v.dir, paths, o.Untagged)
		v.outlines = outlines[:0]
		for k, part := range parts {
			for i := range part {
				if v.keepNote(&part[i].note, part[i].err) {
					v.outlines = append(v.outlines, outlines[k*batch+i])
				}
			}
		}
	} else {
		notes, errs := readHeads(v.dir, paths)
		for i, n := range notes {
			v.keepNote(n, errs[i])
		}
	}
}

// keepNote keeps a note that is readable, and tells of another one.
func (v *Vault) keepNote(n *Note, err error) bool {
	if err == nil {
		v.notes = append(v.notes, n)
		return true
	}
	v.files = append(v.files, n.path)
	v.problems = append(v.problems, unreadable(n.path, err))
	return false
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
