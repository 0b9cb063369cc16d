package vault

import (
	"maps"
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

// keepOld keeps what the changes replace and gives those that can be made, and
// a problem for each other one.
func (s *Session) keepOld(batch []Owned) (ready []Owned, problems []Problem) {
	changes := writing(batch)
	errs := make([]error, len(changes))
	h := history{w: s.w.batch()}
	sideBySide(len(changes), func(i int) { errs[i] = h.keepOld(changes[i]) })
	for _, err := range h.w.flush() { // what any of them needs
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

// writeAll writes the notes, and gives a problem for each that fails.
func (w writer) writeAll(batch []Owned) []Problem {
	changes := writing(batch)
	errs := make([]error, len(changes))
	each := w.batch()
	sideBySide(len(changes), func(i int) { errs[i] = each.write(changes[i]) })
	failed := each.flush()
	for i, c := range changes {
		if errs[i] == nil {
			errs[i] = above(failed, c.Path)
		}
	}
	return writeProblems(changes, errs)
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
