package vault

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
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
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = &os.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the vault: %w", err)
	}
	found := walk(dir, o)
	v := &Vault{dir: dir, files: found.others, stale: found.stale, problems: found.problems}
	config, _ := configAmong(dir, found.hidden)
	v.app = readAppSettings(dir, config)
	v.keepNotes(found.notes, o.Index)
	slices.Sort(v.files)
	slices.Sort(v.stale)
	SortProblems(v.problems)
	return v, nil
}

// keepNotes reads the heads, or the notes whole, and keeps the notes that are readable and no
// other program's conflict copies.
func (v *Vault) keepNotes(paths []string, whole bool) {
	slices.Sort(paths)
	paths = slices.DeleteFunc(paths, func(p string) bool {
		if !IsConflictCopy(p) {
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

// walker lists a folder tree, several folders at a time.
type walker struct {
	dir     string
	options Options
	slots   chan struct{} // one per goroutine that may run besides the first
	running sync.WaitGroup

	mu    sync.Mutex
	found listing
}

type listing struct {
	notes    []string
	others   []string
	stale    []string // temporary files of ours
	hidden   []string // folders beside the notes, one of which is Obsidian's
	problems []Problem
}

func walk(dir string, o Options) listing {
	w := &walker{dir: dir, options: o, slots: make(chan struct{}, workers())}
	w.folder("")
	w.running.Wait()
	return w.found
}

// workers is how many files or folders are read at a time: more than there
// are processors, since most of the time is spent waiting for the disk.
func workers() int { return 4 * runtime.GOMAXPROCS(0) }

// folder lists one folder and those below it, in goroutines of their own
// while there are free slots.
func (w *walker) folder(name string) {
	entries, err := readDir(filepath.Join(w.dir, filepath.FromSlash(name)))
	var here listing
	if err != nil && !w.ignored(name) {
		here.problems = append(here.problems, unreadable(name, err))
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			if isTemporary(entry) {
				here.stale = append(here.stale, path.Join(name, entry.Name()))
			}
			if name == "" && entry.IsDir() {
				here.hidden = append(here.hidden, entry.Name())
			}
			continue
		}
		at := path.Join(name, entry.Name())
		switch {
		case entry.IsDir():
			w.descend(at)
		case entry.Type().IsRegular() && isMarkdown(at) && !w.ignored(at):
			here.notes = append(here.notes, at)
		default:
			here.others = append(here.others, at)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.found.notes = append(w.found.notes, here.notes...)
	w.found.others = append(w.found.others, here.others...)
	w.found.stale = append(w.found.stale, here.stale...)
	w.found.hidden = append(w.found.hidden, here.hidden...)
	w.found.problems = append(w.found.problems, here.problems...)
}

func (w *walker) descend(name string) {
	select {
	case w.slots <- struct{}{}:
		w.running.Go(func() {
			defer func() { <-w.slots }()
			w.folder(name)
		})
	default:
		w.folder(name)
	}
}

func (w *walker) ignored(name string) bool {
	return slices.ContainsFunc(w.options.Ignore, func(prefix string) bool {
		prefix = strings.Trim(prefix, "/")
		return prefix != "" && (name == prefix || strings.HasPrefix(name, prefix+"/"))
	})
}

func isMarkdown(name string) bool { return strings.EqualFold(path.Ext(name), ".md") }

// readDir lists a folder without sorting it.
func readDir(name string) ([]os.DirEntry, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
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
