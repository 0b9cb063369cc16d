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
	atOnce(len(notes), 1, func(i int) { all[i] = in.read(notes[i]) })
	return all
}

// ours gives the notes that have a category or claim to be of ours, which hardly any is in a big vault. Their heads have
// been read then.
func ours(notes []*vault.Note) []*vault.Note {
	is := make([]bool, len(notes))
	atOnce(len(notes), 64, func(i int) {
		_, has := notes[i].Property("category")
		is[i] = has || claims(meantHead(notes[i]))
	})
	var out []*vault.Note
	for i, n := range notes {
		if is[i] {
			out = append(out, n)
		}
	}
	return out
}

// atOnce calls do for every index below n, on all processors and so many in a row on each.
func atOnce(n, row int, do func(i int)) {
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+row-1)/row) {
		running.Go(func() {
			for from := int(next.Add(int64(row))) - row; from < n; from = int(next.Add(int64(row))) - row {
				for i := from; i < min(from+row, n); i++ {
					do(i)
				}
			}
		})
	}
	running.Wait()
}

func (in *collector) read(n *vault.Note) reading {
	q, rest, problem := in.identify(n)
	one := reading{note: n, rest: rest, problem: problem}
	if q != nil {
		one.sheet, one.problems = in.set.ReadSheet(n, q)
	}
	return one
}
