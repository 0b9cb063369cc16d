package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
)

// ahead is what is on the disk by now of notes that are yet to be written: the
// text of each in a temporary file in its folder, seen by nobody. A session
// that ends removes what was not used, and one that is cut short leaves it to
// the next, like any temporary file.
type ahead struct {
	running sync.WaitGroup
	slots   chan struct{}

	mu   sync.Mutex
	laid map[string]laid // by the note's path
}

// laid is a temporary file.
type laid struct {
	name string // in the note's folder
	text []byte
}

func newAhead() *ahead {
	return &ahead{slots: make(chan struct{}, workers()), laid: map[string]laid{}}
}

// Prepare begins to write the text of new notes, before it is known whether
// they will be: a disk takes its time, in which other notes can be thought of.
// Nothing of it shows until [Session.ApplyAll] is called with the same changes,
// which then has only to give the files their names. What it is not called
// with is removed by [Session.Close]. What fails is done anew by ApplyAll, and
// told by it. Prepare may be called by several at a time, but not once ApplyAll
// is.
func (s *Session) Prepare(changes []Change) {
	var fresh []Change
	for _, c := range changes {
		if c.Status == Created && Portable(c.Path) == nil {
			fresh = append(fresh, c)
		}
	}
	for _, places := range byFolder(fresh) {
		s.w.ahead.running.Go(func() {
			s.w.ahead.slots <- struct{}{}
			defer func() { <-s.w.ahead.slots }()
			s.prepareIn(places, fresh)
		})
	}
}

// prepareIn writes the texts of one folder's notes. A folder that is not there
// yet is not made: it would show.
func (s *Session) prepareIn(places []int, changes []Change) {
	here, err := s.w.open(path.Dir(changes[places[0]].Path))
	if err != nil {
		return
	}
	defer here.close()
	for _, i := range places {
		c := changes[i]
		c.Path = path.Base(c.Path)
		if name, err := here.temporary(c, 0o600); err == nil {
			s.w.ahead.add(changes[i].Path, laid{name, c.New})
		}
	}
}

func (a *ahead) add(note string, file laid) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.laid[note] = file
}

// take gives the temporary file that holds the text of a change, and leaves it
// to the caller. It is "" where there is none.
func (a *ahead) take(c Change) string {
	if a == nil {
		return ""
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	file, isLaid := a.laid[c.Path]
	if !isLaid || c.Status != Created || !bytes.Equal(file.text, c.New) {
		return ""
	}
	delete(a.laid, c.Path)
	return file.name
}

// drop removes what nobody took, and gives a problem for each file that stays.
func (a *ahead) drop(w writer) []Problem {
	a.running.Wait()
	var problems []Problem
	for _, note := range slices.Sorted(maps.Keys(a.laid)) {
		name := path.Join(path.Dir(note), a.laid[note].name)
		if err := w.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, writeProblem(name, err))
		}
	}
	clear(a.laid)
	return problems
}
