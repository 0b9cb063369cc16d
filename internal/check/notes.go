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
	notes := f.Vault.Notes()
	found := make([]chan []vault.Problem, (len(notes)+notesAtOnce-1)/notesAtOnce)
	for i := range found {
		found[i] = make(chan []vault.Problem, 1)
	}
	ahead, used := make(chan struct{}, partsAhead), make(chan []vault.Problem, partsAhead)
	var last atomic.Int64
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		one := *f
		running.Go(func() {
			for {
				ahead <- struct{}{}
				i := int(last.Add(1)) - 1
				if i >= len(found) {
					<-ahead
					return
				}
				select {
				case list := <-used:
					one.found = list[:0]
				default:
					one.found = make([]vault.Problem, 0, 2*notesAtOnce)
				}
				one.part(notes, i)
				found[i] <- one.found
			}
		})
	}
	f.names()
	vault.SortProblems(f.found)
	for i := range found {
		list := <-found[i]
		f.tellUpTo(notes[min((i+1)*notesAtOnce, len(notes))-1].Path(), list, tell)
		used <- list
		<-ahead
	}
	running.Wait()
	for _, p := range f.found {
		tell(p)
	}
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
