package vault

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
)

// Owned is changes to the notes of one owner, who is remembered by the history
// so that it can be purged of them.
type Owned struct {
	Owner   string
	Changes []Change
}

// ApplyAll is [Session.Apply] for many owners at once: the changes are journaled
// together, written side by side, and each folder is synced once. No two of
// them are to be of one note.
func (s *Session) ApplyAll(batch []Owned) []Problem {
	ready, problems := s.keepOld(batch)
	if err := s.record(ready...); err != nil {
		for _, o := range ready {
			problems = append(problems, unwritable(o.Changes, err)...)
		}
		ready = nil
	}
	changes := writing(ready)
	problems = append(problems, writeProblems(changes, s.w.apply(changes))...)
	SortProblems(problems)
	return problems
}

// maxSideBySide bounds how many files are written at a time. Each takes up to
// five that are open, and a system with many processors may allow few.
const maxSideBySide = 16

// sideBySide does n things, some at a time: a disk that is asked to keep
// several files at once keeps them in one go.
func sideBySide(n int, do func(i int)) {
	var running sync.WaitGroup
	slots := make(chan struct{}, min(workers(), maxSideBySide))
	for i := range n {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			do(i)
		})
	}
	running.Wait()
}

// Receive appends what forms delivered to files of the inbox, by their paths in
// it, such as "lac/received.jsonl": whole lines, each kept as it is once the
// call has returned without a problem. A line that an interrupted run left
// unfinished is ended first.
func (s *Session) Receive(lines map[string][]byte) []Problem {
	var changes []Change
	var errs []error
	for name, data := range lines {
		c, err := Change{Path: path.Join(inboxFolder, name), New: data}, errors.New("the path leads out of the inbox")
		if fs.ValidPath(name) {
			err = s.w.folder(path.Dir(c.Path))
		}
		changes, errs = append(changes, c), append(errs, err)
	}
	sideBySide(len(changes), func(i int) {
		if errs[i] == nil {
			errs[i] = s.w.append(changes[i].Path, changes[i].New)
		}
	})
	return writeProblems(changes, errs)
}

// Retain puts what is to stay of a file of the inbox in its place, and removes
// the file where that is nothing. A crash leaves the old file or the new one.
func (s *Session) Retain(name string, left []byte) []Problem {
	file := path.Join(inboxFolder, name)
	err := errors.New("the path leads out of the inbox")
	switch {
	case !fs.ValidPath(name):
	case len(left) > 0:
		err = s.history.put(file, left)
	default:
		if err = s.w.root.Remove(file); err == nil || errors.Is(err, fs.ErrNotExist) {
			err = s.w.syncFolder(path.Dir(file))
		}
	}
	if err != nil {
		return []Problem{writeProblem(file, err)}
	}
	return nil
}

// part appends to a file that has other names too, such as in a backup that was
// made of hard links: only what has this name is to change.
func (w writer) part(name string, data []byte) error {
	before, err := w.current(name)
	if err != nil {
		return err
	}
	if len(before) > 0 && before[len(before)-1] != '\n' {
		before = append(before, '\n')
	}
	h := history{w: w}
	return h.put(name, append(before, data...))
}

// append sees lines to the end of a file, which it makes where there is none.
func (w writer) append(name string, data []byte) (err error) {
	info, statErr := w.root.Lstat(name)
	folder, err := w.root.Lstat(path.Dir(name))
	switch {
	case err != nil:
		return err
	case !folder.IsDir() || statErr == nil && !info.Mode().IsRegular():
		return errors.New("it is of another kind than synth makes it")
	case statErr == nil && hasOtherNames(info):
		return w.part(name, data)
	}
	f, err := w.root.OpenFile(name, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if statErr == nil && info.Size() > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			data = append([]byte{'\n'}, data...)
		}
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := synced(f); err != nil || statErr == nil {
		return err
	}
	return w.syncFolder(path.Dir(name))
}
