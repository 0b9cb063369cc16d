package vault

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"
)

// DefaultKeep is how many runs the history keeps where nobody says otherwise.
const DefaultKeep = 20

// The folder of what belongs to one machine, and its lock.
const (
	ownFolder = ".synth"
	lockFile  = ownFolder + "/lock"
)

// Session is the right to write to a vault. While it lasts no other program
// that uses this package writes there; editors and sync services, which know
// no lock of ours, are met by comparing each note once more just before it is
// replaced. What a session writes is one run of the vault's history.
type Session struct {
	w        writer
	lock     *flock.Flock
	history  *history
	keep     int // runs
	swept    []string
	problems []Problem // to be told at the end

	journal *journal // of this run, nil until it writes
	failed  error    // why no more can be journaled
	changed bool     // the history has changed, and may hold too much
}

// Begin takes the vault's lock and makes good what interrupted runs left
// behind, see [Session.Swept]. The history is to keep that many runs, at least
// one. Without the lock there is no session and one problem that says why: its
// code is "locked" where another program writes.
func Begin(v *Vault, keep int) (*Session, []Problem) {
	root, err := os.OpenRoot(v.dir)
	if err != nil {
		return nil, []Problem{unreadable("", err)}
	}
	w := writer{root: root}
	lock, err := takeLock(w, v.dir)
	if err != nil {
		return nil, []Problem{lockProblem(errors.Join(err, root.Close()))}
	}
	s := &Session{w: w, lock: lock, history: &history{w: w}, keep: max(1, keep)}
	s.sweep(v.stale)
	return s, nil
}

var errLocked = errors.New("another synth is writing to this vault")

func takeLock(w writer, dir string) (*flock.Flock, error) {
	if err := w.folder(ownFolder); err != nil {
		return nil, err
	}
	if err := ownKinds(w.root); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, filepath.FromSlash(lockFile)))
	taken, err := lock.TryLock()
	if err == nil && !taken {
		err = errLocked
	}
	return lock, err
}

// ownKinds fails where anything of ours is of another kind. Synth clears up in
// its folders: a symbolic link among them would have it remove what somebody
// keeps elsewhere in the vault. A file in the place of one of the inner folders
// harms nobody, and is told of where it is in the way.
func ownKinds(root *os.Root) error {
	isOurs := func(m os.FileMode) bool { return m.IsDir() || m.IsRegular() }
	kinds := map[string]func(os.FileMode) bool{ownFolder: os.FileMode.IsDir, lockFile: os.FileMode.IsRegular}
	for _, name := range []string{historyFolder, objectsFolder, runsFolder, inboxFolder, unfiledFolder} {
		kinds[name] = isOurs
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		if info, err := root.Lstat(name); err == nil && !kinds[name](info.Mode()) {
			return Problem{Path: name, Severity: Error, Code: unlockable,
				Message: "it is of another kind than synth makes it, so nothing is written",
				Hint:    "move it out of the way: synth makes it anew"}
		}
	}
	return nil
}

const unlockable = "unlockable"

func lockProblem(err error) Problem {
	if p, ok := errors.AsType[Problem](err); ok {
		return p
	}
	if errors.Is(err, errLocked) {
		return Problem{Severity: Error, Code: "locked", Message: errLocked.Error(), Hint: "run the command again when the other has ended"}
	}
	return Problem{
		Path: lockFile, Severity: Error, Code: unlockable,
		Message: fmt.Sprintf("the vault cannot be locked, so nothing is written: %v", reason(err)),
	}
}

// Apply is [Apply] within a session. The history remembers whom the notes
// belong to, so that it can be purged of them. What is to be replaced is kept,
// and what is to be written is journaled, before the first note is touched; a
// note for which that fails stays as it is.
func (s *Session) Apply(owner string, changes []Change) []Problem {
	return s.ApplyAll([]Owned{{owner, changes}})
}

// record journals what is about to be written. After a failure nothing more
// can be: the journal may end in half a line.
func (s *Session) record(owned ...Owned) error {
	if s.failed != nil || !slices.ContainsFunc(owned, func(o Owned) bool { return len(o.Changes) > 0 }) {
		return s.failed
	}
	if s.journal == nil {
		s.journal, s.failed = s.history.begin()
	}
	if s.failed == nil {
		s.failed = s.journal.add(owned...)
	}
	return s.failed
}

// Close ends the session: it closes the run in the history, drops the oldest
// runs and gives the lock back. It gives what could not be put in order.
func (s *Session) Close() []Problem {
	var err error
	if s.journal != nil {
		err, s.changed = s.journal.end(), true
	}
	if s.changed {
		err = errors.Join(err, s.history.prune(s.keep))
	}
	if err != nil {
		s.problems = append(s.problems, historyProblem(err))
	}
	if err := errors.Join(s.lock.Close(), s.w.root.Close()); err != nil {
		s.problems = append(s.problems, lockProblem(err))
	}
	return s.problems
}

func historyProblem(err error) Problem {
	return Problem{
		Path: historyFolder, Severity: Error, Code: "history_unwritable",
		Message: fmt.Sprintf("the history cannot be brought up to date: %v", reason(err)),
		Hint:    "the notes are safe; what the last run replaced may not be undone",
	}
}
