package vault

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// Apply writes the notes whose bytes change, in a session of their own, and
// leaves all others alone. It goes on after a failure and gives the problems
// sorted.
//
// A note is never torn: its text is written to a temporary file beside it,
// which then takes its place at once. It is never lost either: an updated note
// that is no longer what Diff saw, and a created one whose path someone else
// has taken, are left as they are and reported as "changed_meanwhile". New
// files are for the user alone; a note that exists keeps its permissions, and
// one that is read-only is left and reported.
// Nothing is written outside the vault's folder, wherever a symbolic link
// leads.
func Apply(v *Vault, changes []Change) []Problem {
	if !slices.ContainsFunc(changes, Change.writes) {
		return nil
	}
	s, problems := Begin(v, DefaultKeep)
	if s == nil {
		return problems
	}
	problems = append(s.Apply("", changes), s.Close()...)
	SortProblems(problems)
	return problems
}

// errChanged tells that a file is not, or no longer, what it was compared
// with.
var errChanged = errors.New("the file changed since it was read")

// errReadOnly tells of a note that may be read only. A Unix system would let it
// be replaced all the same; but who sets that wants the note to stay, and on
// Windows it does.
var errReadOnly = errors.New("the note is read-only")

func writeProblem(name string, err error) Problem {
	p := Problem{Path: name, Severity: Error, Code: "unwritable", Message: fmt.Sprintf("cannot be written: %v", reason(err))}
	switch {
	case errors.Is(err, errChanged):
		p.Code, p.Message = "changed_meanwhile", errChanged.Error()
		p.Hint = "run the command again"
	case errors.Is(err, errReadOnly):
		p.Hint = "allow writing to it, and run the command again"
	}
	return p
}

// writer writes notes below a root that no path leaves.
type writer struct {
	root  *os.Root
	later *unsynced // that flush makes durable, nil where each write does
}

// noteFolder is a folder that is open, to write notes by their names in it.
type noteFolder struct {
	writer          // of the folder
	handle *os.File // the folder, for what the writer's root has no call for
}

// open opens a folder. Its notes are then reached without the way to it, which
// costs more than they do.
func (w writer) open(name string) (*noteFolder, error) {
	root, err := w.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	handle, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &noteFolder{writer{root: root}, handle}, nil
}

// enter opens a folder, and makes it first where a new note is to lie in it.
func (w writer) enter(name string, isForNew bool) (*noteFolder, error) {
	here, err := w.open(name)
	switch {
	case !errors.Is(err, fs.ErrNotExist):
		return here, err
	case !isForNew:
		return nil, errChanged
	}
	if err := w.folder(name); err != nil {
		return nil, err
	}
	return w.open(name)
}

// close ends the use of a folder in which nothing is written any more.
func (d *noteFolder) close() {
	d.handle.Close()
	d.root.Close()
}

// write writes a note of the folder.
func (d *noteFolder) write(c Change) error {
	c.Path = path.Base(c.Path)
	if c.Status != Created {
		return d.update(c)
	}
	temporary, err := d.temporary(c, 0o600)
	if err != nil {
		return err
	}
	return d.publish(temporary, c)
}

// publish gives the temporary file its name without ever replacing a file: by
// a rename that fails if the name is taken or, where the system or its disk
// has none, by a hard link. Where it knows neither, as on a Windows disk
// without hard links, it writes a second file, which only there can be cut
// short by a crash: then it is no note of ours, and the next run says so.
func (d *noteFolder) publish(temporary string, c Change) error {
	err := renameIn(d.handle, temporary, c.Path)
	if err == nil {
		return nil
	}
	for _, way := range []func() error{
		func() error { return d.root.Link(temporary, c.Path) },
		func() error { return d.writeNew(c.Path, c.New, 0o600) },
	} {
		if errors.Is(err, fs.ErrExist) {
			break
		}
		if err = way(); err == nil {
			break
		}
	}
	if errors.Is(err, fs.ErrExist) {
		err = errChanged
	}
	if removeErr := d.root.Remove(temporary); err == nil && !errors.Is(removeErr, fs.ErrNotExist) {
		err = removeErr
	}
	return err
}

// update replaces a note. Its name is not durable yet.
func (w writer) update(c Change) error {
	info, err := w.root.Lstat(c.Path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return errChanged
	}
	if err != nil {
		return err
	}
	if isReadOnly(info) {
		return errReadOnly
	}
	temporary, err := w.temporary(c, info.Mode().Perm())
	if err != nil {
		return err
	}
	if err := w.replace(temporary, c); err != nil {
		return errors.Join(err, w.root.Remove(temporary))
	}
	return nil
}

// isReadOnly tells of a file that its owner may not write to.
func isReadOnly(info fs.FileInfo) bool { return info.Mode().Perm()&0o200 == 0 }

// replace puts the temporary file in the place of the note if that is still
// as it was when it was compared. No lock that an editor or a sync service
// would heed exists, so the comparison comes as late as it can.
func (w writer) replace(temporary string, c Change) error {
	current, err := w.current(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return errChanged
	}
	if err != nil {
		return err
	}
	if !bytes.Equal(current, c.Old) {
		return errChanged
	}
	return w.rename(temporary, c.Path)
}

// rename tries again for half a second while another program holds the file,
// which only Windows knows.
func (w writer) rename(from, to string) error {
	const lastWait = 320 * time.Millisecond
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		err := w.root.Rename(from, to)
		if err == nil || wait > lastWait || !isHeld(err) {
			return err
		}
		time.Sleep(wait)
	}
}

// isHeld tells of Windows' "access denied", "sharing violation" and "lock
// violation".
func isHeld(err error) bool {
	var number syscall.Errno
	if runtime.GOOS != "windows" || !errors.As(err, &number) {
		return false
	}
	return number == 5 || number == 32 || number == 33
}

// maxTemporary is how many names are tried for a temporary file when an
// interrupted run has left some behind.
const maxTemporary = 100

// temporary writes the new text beside the note and gives the file's path.
// The name is made from the note's, and is never one of a file that exists.
func (w writer) temporary(c Change, mode fs.FileMode) (string, error) {
	for attempt := range maxTemporary {
		seed := fmt.Appendf(nil, "%d %s", attempt, path.Base(c.Path))
		name := path.Join(path.Dir(c.Path), fmt.Sprintf(".synth-%.8x.tmp", sha256.Sum256(seed)))
		if err := w.writeNew(name, c.New, mode); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
	return "", errors.New("too many temporary files are left in the folder")
}

// writeNew writes a file that must not exist and sees it to the disk. If it
// fails there is no file.
func (w writer) writeNew(name string, data []byte, mode fs.FileMode) error {
	f, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if err := errors.Join(fill(f, data, mode), f.Close()); err != nil {
		return errors.Join(err, w.root.Remove(name))
	}
	return nil
}

func fill(f *os.File, data []byte, mode fs.FileMode) error {
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil && !unsupported(err) && !errors.Is(err, fs.ErrPermission) {
		return err // a file system without permissions may say any of the two
	}
	return synced(f)
}

// folder makes a folder, and those above it, for the user alone.
func (w writer) folder(name string) error {
	if info, err := w.root.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	parent := path.Dir(name)
	if parent != name {
		if err := w.folder(parent); err != nil {
			return err
		}
	}
	if err := w.root.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return w.syncFolder(parent)
}

// syncFolder makes the names in a folder durable. Windows has no such call.
func (w writer) syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	if w.later != nil {
		w.later.add(name)
		return nil
	}
	f, err := w.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(synced(f), f.Close())
}

// synced flushes a file to the disk, or does without where the file system
// cannot.
func synced(f *os.File) error {
	if err := f.Sync(); err != nil && !unsupported(err) {
		return err
	}
	return nil
}

func unsupported(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOTTY) || errors.Is(err, syscall.EINVAL)
}
