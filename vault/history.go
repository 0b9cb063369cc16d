package vault

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
)

// The history of a vault: what was replaced, by its hash, and a journal for
// each run. Nothing rests on it but undoing.
const (
	historyFolder = ownFolder + "/history"
	objectsFolder = historyFolder + "/objects"
	runsFolder    = historyFolder + "/runs"
)

// history reads and writes the history's folder.
type history struct{ w writer }

// state is the extension of a run's journal. It tells how far the run is.
type state string

const (
	runOpen    state = ".part"    // it writes, or was interrupted
	runDone    state = ".jsonl"   // it can be undone
	runUndoing state = ".undoing" // it is being undone, or that was interrupted
	runUndone  state = ".undone"  // it was
)

// run is one run's journal. Runs are numbered as they follow each other.
type run struct {
	number int
	state  state
}

// path gives the journal's place in the vault.
func (r run) path() string { return fmt.Sprintf("%s/%08d%s", runsFolder, r.number, r.state) }

var runName = regexp.MustCompile(`^(\d{8})(\.part|\.jsonl|\.undoing|\.undone)$`)

// hash gives the name of an object: SHA-256 in hexadecimal.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// list gives the entries of a folder, none if there is no such folder.
func (h *history) list(folder string) ([]fs.DirEntry, error) {
	f, err := h.w.root.Open(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// runs gives every run, the oldest first.
func (h *history) runs() ([]run, error) {
	entries, err := h.list(runsFolder)
	if err != nil {
		return nil, err
	}
	var runs []run
	for _, entry := range entries {
		if m := runName.FindStringSubmatch(entry.Name()); m != nil {
			number, _ := strconv.Atoi(m[1]) // eight digits
			runs = append(runs, run{number, state(m[2])})
		}
	}
	slices.SortFunc(runs, func(a, b run) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.state, b.state))
	})
	return runs, nil
}

// keepOld keeps what a change replaces, if it replaces anything.
func (h *history) keepOld(c Change) error {
	if c.Old == nil {
		return nil
	}
	return h.keep(c.Old)
}

// keep sees an object to the disk, once.
func (h *history) keep(data []byte) error {
	name := path.Join(objectsFolder, hash(data))
	if kept, err := h.w.current(name); err == nil && bytes.Equal(kept, data) {
		return nil
	}
	return h.put(name, data)
}

// put writes a file of the history, in the place of any other of that name.
func (h *history) put(name string, data []byte) error {
	if err := h.w.folder(path.Dir(name)); err != nil {
		return err
	}
	temporary, err := h.w.temporary(Change{Path: name, New: data}, 0o600)
	if err != nil {
		return err
	}
	if err := h.w.rename(temporary, name); err != nil {
		return errors.Join(err, h.w.root.Remove(temporary))
	}
	return h.w.syncFolder(path.Dir(name))
}

var errDamaged = errors.New("the history does not hold what was kept")

// object gives the bytes of that hash.
func (h *history) object(sum string) ([]byte, error) {
	data, err := h.w.current(path.Join(objectsFolder, sum))
	if err == nil && hash(data) != sum {
		err = errDamaged
	}
	return data, err
}

// move gives a run another state.
func (h *history) move(r run, to state) error {
	if err := h.w.rename(r.path(), run{r.number, to}.path()); err != nil {
		return err
	}
	return h.w.syncFolder(runsFolder)
}

// prune drops the oldest runs until that many are left, and then the objects
// that no run names any more.
func (h *history) prune(keep int) error {
	runs, err := h.runs()
	if err != nil {
		return err
	}
	for len(runs) > keep {
		if err := h.w.root.Remove(runs[0].path()); err != nil {
			return err
		}
		runs = runs[1:]
	}
	_, err = h.collect(runs)
	return err
}

// collect removes the objects that none of the runs names and tells how many
// those were. What somebody else put beside them stays.
func (h *history) collect(runs []run) (removed int, err error) {
	named := map[string]bool{}
	for _, r := range runs {
		entries, err := h.entries(r)
		if err != nil {
			return 0, err
		}
		for _, e := range entries {
			named[e.Old], named[e.New] = true, true
		}
	}
	objects, err := h.list(objectsFolder)
	if err != nil {
		return 0, err
	}
	for _, object := range objects {
		if named[object.Name()] || !isObjectName(object.Name()) || !object.Type().IsRegular() {
			continue
		}
		if err := h.w.root.Remove(path.Join(objectsFolder, object.Name())); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}
