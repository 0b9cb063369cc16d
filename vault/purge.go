package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// inboxFolder holds what forms delivered, as it was received.
const inboxFolder = ownFolder + "/inbox"

// Purged counts what was removed.
type Purged struct {
	Entries int      // of the history's journals
	Objects int      // texts that were kept and that no other entry names
	Inbox   []string // files and folders of the inbox, by path, sorted
}

// Purge removes from the vault's own folder what belongs to an owner: his part
// of the history, and whatever in the inbox is named after him: "owner",
// "owner.json", "owner_2025.csv". Notes are not touched. It stops at the first
// failure, tells what it did until then, and may be called again.
func (s *Session) Purge(owner string) (Purged, []Problem) {
	var p Purged
	err := s.purgeHistory(owner, &p)
	if err == nil {
		err = s.purgeInbox(inboxFolder, owner, &p)
	}
	slices.Sort(p.Inbox)
	if err != nil {
		return p, []Problem{writeProblem(ownFolder, err)}
	}
	return p, nil
}

// purgeHistory first rewrites the journals and then removes the objects, so
// that no entry ever names one that is gone.
func (s *Session) purgeHistory(owner string, p *Purged) error {
	runs, err := s.history.runs()
	if err != nil {
		return err
	}
	var rest []run
	for _, r := range runs {
		purged, left, err := s.history.purge(r, owner)
		if err != nil {
			return err
		}
		p.Entries += purged
		if left > 0 {
			rest = append(rest, r)
		}
	}
	p.Objects, err = s.history.collect(rest)
	return err
}

// purge takes an owner's entries, and lines that cannot be read, out of a run,
// and removes a run without entries.
func (h *history) purge(r run, owner string) (purged, left int, err error) {
	entries, err := h.entries(r)
	if err != nil {
		return 0, 0, err
	}
	var lines bytes.Buffer
	for _, e := range entries {
		if e.Owner == owner {
			purged++
			continue
		}
		left++
		if err := json.NewEncoder(&lines).Encode(e); err != nil {
			return 0, 0, err
		}
	}
	switch {
	case left == 0:
		return purged, 0, errors.Join(h.w.root.Remove(r.path()), h.w.syncFolder(runsFolder))
	case purged == 0:
		return 0, left, nil
	}
	return purged, left, h.put(r.path(), lines.Bytes())
}

// purgeInbox looks at a folder of the inbox and those below it.
func (s *Session) purgeInbox(folder, owner string, p *Purged) error {
	entries, err := s.history.list(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		at := path.Join(folder, entry.Name())
		switch {
		case namedAfter(entry, owner):
			if err := s.w.root.RemoveAll(at); err != nil {
				return err
			}
			p.Inbox = append(p.Inbox, at)
		case entry.IsDir():
			if err := s.purgeInbox(at, owner, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// namedAfter tells whether a name is the owner's, alone or before a dot or an
// underscore, which no code holds.
func namedAfter(entry fs.DirEntry, owner string) bool {
	name := strings.ToLower(entry.Name())
	rest, found := strings.CutPrefix(name, owner)
	return found && owner != "" && (rest == "" || strings.ContainsRune("._", rune(rest[0])))
}
