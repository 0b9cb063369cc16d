package vault

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"sync"
)

// unsynced are the folders of a vault whose names are yet to be made durable.
// Several writers may add to them at a time.
type unsynced struct {
	mu    sync.Mutex
	names map[string]bool
}

func (f *unsynced) add(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.names[name] = true
}

// batch gives a writer that makes the names in a folder durable once, by
// flush, for all that it writes there.
func (w writer) batch() writer {
	return writer{root: w.root, later: &unsynced{names: map[string]bool{}}}
}

// flush makes the names in the batch's folders durable. It tells for which
// that fails.
func (w writer) flush() map[string]error {
	names := slices.Sorted(maps.Keys(w.later.names))
	errs := make([]error, len(names))
	at := writer{root: w.root}
	sideBySide(len(names), func(i int) { errs[i] = at.syncFolder(names[i]) })
	failed := map[string]error{}
	for i, err := range errs {
		if err != nil {
			failed[names[i]] = err
		}
	}
	return failed
}

// firstOf gives what failed for the first of the folders, by name.
func firstOf(failed map[string]error) error {
	if len(failed) == 0 {
		return nil
	}
	return failed[slices.Min(slices.Collect(maps.Keys(failed)))]
}

// keepOld keeps what the changes replace and gives those that can be made, and
// a problem for each other one.
func (s *Session) keepOld(batch []Owned) (ready []Owned, problems []Problem) {
	changes := writing(batch)
	errs := make([]error, len(changes))
	h := history{w: s.w.batch()}
	sideBySide(len(changes), func(i int) { errs[i] = h.keepOld(changes[i]) })
	if err := firstOf(h.w.flush()); err != nil { // what any of them needs
		return nil, unwritable(changes, err)
	}
	next := 0
	for _, o := range batch {
		kept := Owned{Owner: o.Owner}
		for range writing([]Owned{o}) {
			if errs[next] == nil {
				kept.Changes = append(kept.Changes, changes[next])
			}
			next++
		}
		ready = append(ready, kept)
	}
	return ready, writeProblems(changes, errs)
}

// writing gives the changes that write.
func writing(batch []Owned) []Change {
	var changes []Change
	for _, o := range batch {
		for _, c := range o.Changes {
			if c.writes() {
				changes = append(changes, c)
			}
		}
	}
	return changes
}

// apply writes the changes that write, and gives for each of them what failed.
func (w writer) apply(changes []Change) []error {
	errs := make([]error, len(changes))
	each := w.batch()
	groups := byFolder(changes)
	sideBySide(len(groups), func(i int) { each.applyIn(groups[i], changes, errs) })
	failed := each.flush()
	for i, c := range changes {
		if errs[i] == nil {
			errs[i] = above(failed, c.Path)
		}
	}
	return errs
}

// together is how many notes of a folder are written one after the other.
// Files that are made in one folder at the same time wait for each other, so
// that different folders are better; but a folder may hold all there is.
const together = 16

// byFolder gives the places of the changes of one folder together.
func byFolder(changes []Change) [][]int {
	var groups [][]int
	last := map[string]int{}
	for i, c := range changes {
		name := path.Dir(c.Path)
		at, isKnown := last[name]
		if !isKnown || len(groups[at]) == together {
			at, groups = len(groups), append(groups, nil)
			last[name] = at
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

// applyIn writes changes of one folder.
func (w writer) applyIn(places []int, changes []Change, errs []error) {
	name, isForNew := path.Dir(changes[places[0]].Path), false
	var fit []int
	for _, i := range places {
		if errs[i] = w.fits(changes[i]); errs[i] == nil {
			fit, isForNew = append(fit, i), isForNew || changes[i].Status == Created
		}
	}
	if len(fit) == 0 {
		return
	}
	here, err := w.enter(name, isForNew)
	if err != nil {
		for _, i := range fit {
			errs[i] = err
		}
		return
	}
	defer here.close()
	w.writeTo(here, fit, changes, errs)
	w.later.add(name)
}

// writeTo writes the changes of an open folder, and claims none of them unless
// the folder is still found under its name.
func (w writer) writeTo(here *noteFolder, places []int, changes []Change, errs []error) {
	for _, i := range places {
		errs[i] = here.write(changes[i])
	}
	err := w.holds(path.Dir(changes[places[0]].Path), here)
	for _, i := range places {
		errs[i] = cmp.Or(errs[i], err)
	}
}

// holds fails where a name no longer leads to an open folder: somebody moved it
// while notes were written to it, and they went with it.
func (w writer) holds(name string, here *noteFolder) error {
	now, err := w.root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return errChanged
	}
	if err != nil {
		return err
	}
	opened, err := here.handle.Stat()
	if err == nil && !os.SameFile(now, opened) {
		err = errChanged
	}
	return err
}

// fits tells why a new note cannot have its name.
func (w writer) fits(c Change) error {
	if c.Status != Created {
		return nil
	}
	if err := Portable(c.Path); err != nil && c.Path != TypesFile(w.root.Name()) {
		return err
	}
	return nil
}

// above gives what failed for the folder of a file, or for one that holds it:
// the way there may have been made just now.
func above(failed map[string]error, name string) error {
	for folder := path.Dir(name); ; folder = path.Dir(folder) {
		if err := failed[folder]; err != nil || folder == "." {
			return err
		}
	}
}

// writeProblems tells of the changes that failed.
func writeProblems(changes []Change, errs []error) []Problem {
	var problems []Problem
	for i, err := range errs {
		if err != nil {
			problems = append(problems, writeProblem(changes[i].Path, err))
		}
	}
	SortProblems(problems)
	return problems
}

// unwritable gives one and the same problem for every change.
func unwritable(changes []Change, err error) []Problem {
	errs := make([]error, len(changes))
	for i := range errs {
		errs[i] = err
	}
	return writeProblems(changes, errs)
}
