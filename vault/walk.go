package vault

import (
	"cmp"
	"crypto/sha256"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// walker lists a folder tree, several folders at a time.
type walker struct {
	dir     string
	stamped bool         // take the stamp of everything, too
	hidden  bool         // look into hidden folders, too
	device  uint64       // where everything must lie to be stamped
	free    chan *lister // of the goroutines that may run besides the first
	running sync.WaitGroup

	mu    sync.Mutex
	found listed
}

// listed is what a walker finds.
type listed struct {
	folders []listedFolder // sorted by path
	stale   []string       // temporary files of ours, sorted
	hidden  []string       // the root's hidden folders, one of which may be Obsidian's
}

// listedFolder is one folder of a tree.
type listedFolder struct {
	path   string // slash-separated, "" for the root
	files  []listedEntry
	err    error  // why not everything in it is known
	stamps stamps // of all that is in it, where the walker takes them
}

// listedEntry is an entry of a folder.
type listedEntry struct {
	name string
	kind entryKind
}

type entryKind uint8

const (
	otherEntry entryKind = iota // a link, a device
	fileEntry
	folderEntry
)

// lister is what one goroutine lists folders with.
type lister struct {
	buffer  []byte // what the system gives
	names   []byte // of a folder's entries, end to end
	ends    []int  // of each name in names
	entries []listedEntry
	record  []byte // what a folder's digest is made of
}

func (w *walker) walk() listed {
	w.free = make(chan *lister, workers())
	for range cap(w.free) {
		w.free <- &lister{}
	}
	w.folder(&lister{}, "")
	w.running.Wait()
	slices.SortFunc(w.found.folders, func(a, b listedFolder) int { return cmp.Compare(a.path, b.path) })
	slices.Sort(w.found.stale)
	return w.found
}

// workers is how many files or folders are read at a time: more than there
// are processors, since most of the time is spent waiting for the disk.
func workers() int { return 4 * runtime.GOMAXPROCS(0) }

// folder lists one folder, and then those below it.
func (w *walker) folder(l *lister, name string) {
	here := listedFolder{path: name}
	here.err = w.list(l, &here)
	var folders, stale, hidden []string
	here.files = make([]listedEntry, 0, len(l.entries))
	for _, entry := range l.entries {
		switch isHidden := strings.HasPrefix(entry.name, "."); {
		case isHidden && !w.hidden:
			if isTemporaryName(entry.name) && entry.kind == fileEntry {
				stale = append(stale, inFolder(name, entry.name))
			}
			if name == "" && entry.kind == folderEntry {
				hidden = append(hidden, entry.name)
			}
		case entry.kind == folderEntry:
			folders = append(folders, inFolder(name, entry.name))
		default:
			here.files = append(here.files, entry)
		}
	}
	w.mu.Lock()
	w.found.folders = append(w.found.folders, here)
	w.found.stale = append(w.found.stale, stale...)
	w.found.hidden = append(w.found.hidden, hidden...)
	w.mu.Unlock()
	for _, folder := range folders {
		w.descend(l, folder)
	}
}

// list leaves a folder's entries in the lister, and their stamps in the
// folder.
func (w *walker) list(l *lister, here *listedFolder) error {
	l.entries = l.entries[:0]
	f, err := openListing(filepath.Join(w.dir, filepath.FromSlash(here.path)))
	if err != nil {
		return err
	}
	defer f.close()
	err = l.read(f)
	if w.stamped && err == nil {
		here.stamps = w.stamp(l, f)
	}
	return err
}

// stamp takes the stamps of the entries that the walker looks at. They are
// hashed in the system's order: that of a folder that did not change is the
// same, and if ever it is not, the folder counts as changed.
func (w *walker) stamp(l *lister, f listing) stamps {
	sum := stamps{whole: true}
	l.record = l.record[:0]
	for _, entry := range l.entries {
		if strings.HasPrefix(entry.name, ".") && !w.hidden {
			continue
		}
		s, err := f.stamp(entry.name)
		if err != nil || entry.kind == otherEntry || entry.kind == folderEntry && s.device != w.device {
			return stamps{}
		}
		l.record = append(append(l.record, entry.name...), 0)
		l.record = s.append(l.record)
		sum.newest = sum.newest.latest(s.changed).latest(s.modified)
	}
	sum.digest = sha256.Sum256(l.record)
	return sum
}

// descend lists a folder in a goroutine of its own while there is a lister for
// it.
func (w *walker) descend(l *lister, name string) {
	select {
	case other := <-w.free:
		w.running.Go(func() {
			w.folder(other, name)
			w.free <- other
		})
	default:
		w.folder(l, name)
	}
}

// inFolder gives the path of an entry of a folder.
func inFolder(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}
