package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"syscall"
)

// Outcome says what undoing a run did to a note.
type Outcome string

// The outcomes for a note.
const (
	Restored Outcome = "restored" // it is what it was before the run
	Removed  Outcome = "removed"  // the run had created it
	Left     Outcome = "left"     // it is not what the run wrote, or what it replaced is no longer kept
)

// Undone is what became of a note.
type Undone struct {
	Path    string
	Outcome Outcome
}

// Undo puts back what the last run replaced that was not undone yet, and
// removes what it created. A note that is no longer what the run wrote is left
// alone. The notes are given sorted by path, none if there is no such run. If
// a note cannot be written, a problem says why, and Undo may be called again;
// else the next call goes one run further back.
func (s *Session) Undo() ([]Undone, []Problem) {
	runs, err := s.history.runs()
	if err != nil {
		return nil, []Problem{historyProblem(err)}
	}
	for _, r := range slices.Backward(runs) {
		if r.state != runDone {
			continue
		}
		notes, problems := s.undo(r)
		if len(problems) > 0 {
			return notes, problems
		}
		s.changed = true
		if err := s.history.move(r, runUndone); err != nil {
			return notes, []Problem{historyProblem(err)}
		}
		if len(notes) > 0 {
			return notes, nil
		}
		// Nothing of this run was left to undo: it was interrupted
		// before it wrote, or undoing it was interrupted after.
	}
	return nil, nil
}

func (s *Session) undo(r run) ([]Undone, []Problem) {
	entries, err := s.history.entries(r)
	if err != nil {
		return nil, []Problem{historyProblem(err)}
	}
	outcomes := make(map[string]Outcome) // a note that was written several times is told once
	var problems []Problem
	for _, e := range slices.Backward(entries) {
		outcome, err := s.undoEntry(e)
		switch {
		case errors.Is(err, errChanged):
			outcomes[e.Path] = Left
		case err != nil:
			problems = append(problems, writeProblem(e.Path, err))
		case outcome != "":
			outcomes[e.Path] = outcome
		}
	}
	var notes []Undone
	for _, name := range slices.Sorted(maps.Keys(outcomes)) {
		notes = append(notes, Undone{name, outcomes[name]})
	}
	SortProblems(problems)
	return notes, problems
}

// undoEntry gives "" where the note is already what it was before the run. What
// it replaces is kept like anything else that is replaced.
func (s *Session) undoEntry(e entry) (Outcome, error) {
	current, err := s.w.current(e.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && e.Old == "":
		return "", nil
	case errors.Is(err, fs.ErrNotExist):
		return Left, nil
	case err != nil:
		return "", err
	case hash(current) == e.Old:
		return "", nil
	case hash(current) != e.New:
		return Left, nil
	}
	if err := s.history.keep(current); err != nil {
		return "", err
	}
	if e.Old == "" {
		return Removed, s.w.remove(e.Path, current)
	}
	old, err := s.history.object(e.Old)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errDamaged) {
		return Left, nil
	}
	if err != nil {
		return "", err
	}
	return Restored, s.w.update(Change{Path: e.Path, Old: current, New: old})
}

// current gives the bytes of a regular file, and that there is none for
// anything else.
func (w writer) current(name string) ([]byte, error) {
	info, err := w.root.Lstat(name)
	if errors.Is(err, syscall.ENOTDIR) || err == nil && !info.Mode().IsRegular() {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	return w.root.ReadFile(name)
}

// remove removes a note that is still what it was compared with.
func (w writer) remove(name string, expected []byte) error {
	current, err := w.current(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !bytes.Equal(current, expected) {
		return errChanged
	}
	if err != nil {
		return err
	}
	if err := w.root.Remove(name); err != nil {
		return err
	}
	return w.syncFolder(path.Dir(name))
}
