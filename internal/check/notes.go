package check

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/synth-vault/synth/vault"
)

// notesAtOnce is how many notes somebody looks at before he takes more.
const notesAtOnce = 128

// partsAhead is how many parts may wait until those before them are told.
const partsAhead = 32

// notes looks at every note, several at a time, and tells everything by place: what was found before, and what the files'
// names have, is told in between. Nobody looks too far ahead, so that what is found does not pile up.
func (f *finder) notes(tell func(vault.Problem)) {
	t := telling{finder: f, notes: f.Vault.Notes(), tell: tell, busy: true}
	t.parts = make([]part, (len(t.notes)+notesAtOnce-1)/notesAtOnce)
	t.ahead, t.used = make(chan struct{}, partsAhead), make(chan []vault.Problem, partsAhead)
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		one := *f
		one.meant = map[string]string{}
		running.Go(func() { t.look(&one) })
	}
	for _, p := range f.Names.problems() {
		f.take(p)
	}
	vault.SortProblems(f.found)
	t.tellOn()
	running.Wait()
	for _, p := range f.found {
		tell(p)
	}
}

// telling is what those who look at the notes share. Who has looked at a part tells what can be told by then, so that nobody
// waits for another to do it.
type telling struct {
	finder *finder // has what was found before
	notes  []*vault.Note
	tell   func(vault.Problem)
	last   atomic.Int64         // the number of parts that somebody has taken
	ahead  chan struct{}        // holds one for each part that is taken and not told
	used   chan []vault.Problem // memory of what was told

	mu    sync.Mutex
	parts []part
	next  int  // the first part that is not told
	busy  bool // somebody tells, or nothing may be told yet
}

// part is what was found in some of the notes.
type part struct {
	found  []vault.Problem
	looked bool
}

// look looks at parts until none is left.
func (t *telling) look(f *finder) {
	for {
		t.ahead <- struct{}{}
		i := int(t.last.Add(1)) - 1
		if i >= len(t.parts) {
			<-t.ahead
			return
		}
		select {
		case list := <-t.used:
			f.found = list[:0]
		default:
			f.found = make([]vault.Problem, 0, 2*notesAtOnce)
		}
		f.part(t.notes, i)
		t.mu.Lock()
		t.parts[i] = part{f.found, true}
		busy := t.busy
		t.busy = true
		t.mu.Unlock()
		if !busy {
			t.tellOn()
		}
	}
}

// tellOn tells the parts that are next, as far as somebody has looked. Only one may do it at a time, who has said so before.
func (t *telling) tellOn() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.next < len(t.parts) && t.parts[t.next].looked {
		list := t.parts[t.next].found
		t.parts[t.next].found = nil
		t.mu.Unlock()
		t.finder.tellUpTo(t.notes[min((t.next+1)*notesAtOnce, len(t.notes))-1].Path(), list, t.tell)
		t.used <- list
		<-t.ahead
		t.mu.Lock()
		t.next++
	}
	t.busy = false
}

// part looks at a part of the notes.
func (f *finder) part(notes []*vault.Note, part int) {
	for i := part * notesAtOnce; i < min((part+1)*notesAtOnce, len(notes)); i++ {
		f.note(notes[i], f.index.Entry(i))
	}
	vault.SortProblems(f.found)
}

// tellUpTo tells what was found in a part of the notes, and what was found before up to the path of its last note.
func (f *finder) tellUpTo(path string, found []vault.Problem, tell func(vault.Problem)) {
	before := 0
	for before < len(f.found) && f.found[before].Path <= path {
		before++
	}
	if before > 0 {
		found = append(found, f.found[:before]...)
		f.found = f.found[before:]
		vault.SortProblems(found)
	}
	for _, p := range found {
		tell(p)
	}
}
