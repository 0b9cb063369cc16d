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
// a note cannot be written, a problem says why, and Undo may be called again,
// as it may after an interruption: it finishes the same run, and gives the
// notes that are already what they were, too. Else the next call goes one run
// further back.
func (s *Session) Undo() ([]Undone, []Problem) {
	runs, err := s.history.runs()
	if err != nil {
		return nil, []Problem{historyProblem(err)}
	}
	for _, r := range slices.Backward(runs) {
		if r.state != runDone && r.state != runUndoing {
			continue
		}
		u := &undoing{session: s, run: r, again: r.state == runUndoing}
		notes, problems := u.all()
		if len(problems) > 0 {
			return notes, problems
		}
		s.changed = true
		if err := s.history.move(u.run, runUndone); err != nil {
			return notes, []Problem{historyProblem(err)}
		}
		if len(notes) > 0 {
			return notes, nil
		}
		// Nothing of this run was there to undo: it was interrupted before
		// it wrote.
	}
	return nil, nil
}

// undoing is a run that is being undone.
type undoing struct {
	session *Session
	run     run
	again   bool // it was begun before, and did not come to its end
}

// all undoes every entry, the last first.
func (u *undoing) all() ([]Undone, []Problem) {
	entries, err := u.session.history.entries(u.run)
	if err != nil {
		return nil, []Problem{historyProblem(err)}
	}
	outcomes := make(map[string]Outcome) // a note that was written several times is told once
	var problems []Problem
	for _, e := range slices.Backward(entries) {
		outcome, err := u.entry(e)
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

// entry undoes one entry. What it replaces is kept like anything else that is
// replaced.
func (u *undoing) entry(e entry) (Outcome, error) {
	s := u.session
	current, err := s.w.current(e.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && e.Old == "":
		return u.undone(Removed), nil
	case errors.Is(err, fs.ErrNotExist):
		return Left, nil
	case err != nil:
		return "", err
	case hash(current) == e.Old:
		return u.undone(Restored), nil
	case hash(current) != e.New:
		return Left, nil
	}
	if err := s.history.keep(current); err != nil {
		return "", err
	}
	if e.Old == "" {
		return Removed, u.write(func() error { return s.w.remove(e.Path, current) })
	}
	old, err := s.history.object(e.Old)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errDamaged) {
		return Left, nil
	}
	if err != nil {
		return "", err
	}
	return Restored, u.write(func() error { return s.w.apply([]Change{{Path: e.Path, Status: Updated, Old: current, New: old}})[0] })
}

// undone gives the outcome for a note that is already what it was before the
// run, "" unless it was undoing that made it so.
func (u *undoing) undone(o Outcome) Outcome {
	if u.again {
		return o
	}
	return ""
}

// write touches a note, and before the first one tells the history that the
// run is being undone.
func (u *undoing) write(note func() error) error {
	if u.run.state != runUndoing {
		if err := u.session.history.move(u.run, runUndoing); err != nil {
			return err
		}
		u.run.state = runUndoing
	}
	return note()
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
	if info, err := w.root.Lstat(name); err == nil && isReadOnly(info) {
		return errReadOnly
	}
	if err := w.root.Remove(name); err != nil {
		return err
	}
	return w.syncFolder(path.Dir(name))
}
