package questionnaire

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/synth-vault/synth/vault"
)

// reading is a questionnaire's note as it was read.
type reading struct {
	note     *vault.Note
	rest     string         // what its form_id says of the client
	problem  *vault.Problem // why there is no telling which questionnaire it answers
	sheet    *Sheet         // nil then
	problems []vault.Problem
}

// readAll reads notes, several at a time, since most of a run's time goes into parsing them.
func (in *collector) readAll(notes []*vault.Note) []reading {
	all := make([]reading, len(notes))
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(notes)) {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(notes); i = int(next.Add(1)) - 1 {
				all[i] = in.read(notes[i])
			}
		})
	}
	running.Wait()
	return all
}

func (in *collector) read(n *vault.Note) reading {
	q, rest, problem := in.identify(n)
	one := reading{note: n, rest: rest, problem: problem}
	if q != nil {
		one.sheet, one.problems = in.set.ReadSheet(n, q)
	}
	return one
}
