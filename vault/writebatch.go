package vault

import (
	"maps"
	"path"
	"slices"
)

// batch gives a writer that makes the names in a folder durable once, by
// flush, for all that it writes there.
func (w writer) batch() writer { return writer{root: w.root, later: make(map[string]bool)} }

// flush makes the names in the batch's folders durable. It tells for which
// that fails.
func (w writer) flush() map[string]error {
	failed := make(map[string]error)
	at := writer{root: w.root}
	for _, folder := range slices.Sorted(maps.Keys(w.later)) {
		if err := at.syncFolder(folder); err != nil {
			failed[folder] = err
		}
	}
	return failed
}

// keepOld keeps what the changes replace and gives those that can be made, and
// a problem for each other one.
func (s *Session) keepOld(changes []Change) (ready []Change, problems []Problem) {
	h := history{w: s.w.batch()}
	for _, c := range changes {
		if !c.writes() {
			continue
		}
		if err := h.keepOld(c); err != nil {
			problems = append(problems, writeProblem(c.Path, err))
			continue
		}
		ready = append(ready, c)
	}
	for _, err := range h.w.flush() {
		return nil, append(problems, unwritable(ready, err)...)
	}
	return ready, problems
}

// writeAll writes the notes, and gives a problem for each that fails.
func (s *Session) writeAll(changes []Change) []Problem {
	var problems []Problem
	var written []string
	w := s.w.batch()
	for _, c := range changes {
		if err := w.write(c); err != nil {
			problems = append(problems, writeProblem(c.Path, err))
			continue
		}
		written = append(written, c.Path)
	}
	failed := w.flush()
	for _, name := range written {
		if err := above(failed, name); err != nil {
			problems = append(problems, writeProblem(name, err))
		}
	}
	return problems
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

// unwritable gives one and the same problem for every change.
func unwritable(changes []Change, err error) []Problem {
	var problems []Problem
	for _, c := range changes {
		problems = append(problems, writeProblem(c.Path, err))
	}
	return problems
}
