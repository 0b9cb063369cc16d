package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
)

// entry is a line of a journal: what a run was about to do to a note. What
// became of it shows in the note.
type entry struct {
	Path   string `json:"path"`
	Owner  string `json:"owner"`
	Status Status `json:"status"` // of the change
	Old    string `json:"old"`    // the object that it replaces, "" for none
	New    string `json:"new"`    // the hash of what it writes
}

// valid tells whether the entry may have been written by us. The path is one
// below the vault, and the hashes can name nothing but objects.
func (e entry) valid() bool {
	return fs.ValidPath(e.Path) && isObjectName(e.New) && (e.Old == "" || isObjectName(e.Old))
}

// isObjectName tells of a SHA-256 in hexadecimal, as [hash] writes it.
func isObjectName(name string) bool {
	return len(name) == 2*sha256.Size && strings.Trim(name, "0123456789abcdef") == ""
}

// journal is the file of a run that writes.
type journal struct {
	history *history
	run     run
	file    *os.File
}

// begin opens the journal of a new run.
func (h *history) begin() (*journal, error) {
	runs, err := h.runs()
	if err != nil {
		return nil, err
	}
	next := run{number: 1, state: runOpen}
	if len(runs) > 0 {
		next.number = runs[len(runs)-1].number + 1
	}
	way := h.w.batch()
	if err := way.folder(runsFolder); err != nil {
		return nil, err
	}
	file, err := way.root.OpenFile(next.path(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	way.later.add(runsFolder)
	return &journal{h, next, file}, firstOf(way.flush())
}

// add sees entries for the changes to the disk.
func (j *journal) add(owned ...Owned) error {
	var entries []entry
	var changes []Change
	for _, o := range owned {
		for _, c := range o.Changes {
			entries = append(entries, entry{Path: c.Path, Owner: o.Owner, Status: c.Status})
			changes = append(changes, c)
		}
	}
	sideBySide(len(entries), func(i int) {
		if entries[i].New = hash(changes[i].New); changes[i].Old != nil {
			entries[i].Old = hash(changes[i].Old)
		}
	})
	var lines bytes.Buffer
	for _, e := range entries {
		if err := json.NewEncoder(&lines).Encode(e); err != nil {
			return err
		}
	}
	if _, err := j.file.Write(lines.Bytes()); err != nil {
		return err
	}
	return synced(j.file)
}

// end closes the journal. From then on the run can be undone.
func (j *journal) end() error {
	return errors.Join(j.file.Close(), j.history.move(j.run, runDone))
}

// entries reads a run's journal. Lines that cannot be read, such as the last
// one of a run that was interrupted while it wrote it, are passed over: none of
// the notes had been touched by then.
func (h *history) entries(r run) ([]entry, error) {
	data, err := h.w.current(r.path())
	if err != nil {
		return nil, err
	}
	var entries []entry
	for line := range bytes.Lines(data) {
		var e entry
		if json.Unmarshal(line, &e) == nil && e.valid() {
			entries = append(entries, e)
		}
	}
	return entries, nil
}
