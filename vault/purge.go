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

// unfiledFolder holds what could not be filed.
const unfiledFolder = inboxFolder + "/_unfiled"

// Purged counts what was removed.
type Purged struct {
	Entries int      // of the history's journals
	Objects int      // texts that were kept and that no other entry names
	Inbox   []string // files and folders of the inbox, by path, sorted
	Notes   []string // those that were written, by path, sorted
}

// Purge removes what belongs to an owner: the [Cache]; his part of the history; of the
// inbox his folder and whatever else there is named after him, "owner",
// "owner.json", "owner_2025.csv"; and, by changes such as [Withdraw] gives,
// parts of his notes. Those are written as [Session.Apply] writes, but nothing
// of what they replace is kept: they can not be undone. Where the vault's own
// folder cannot be cleaned it stops and tells what it did until then. It may
// always be called again, also after it was interrupted.
func (s *Session) Purge(owner string, changes []Change) (Purged, []Problem) {
	var p Purged
	var problems []Problem
	err := s.removeCache()
	if err == nil {
		err = s.purgeHistory(owner, &p)
	}
	if err == nil {
		err = s.purgeInbox(inboxFolder, owner, &p)
	}
	if err != nil {
		problems = append(problems, writeProblem(ownFolder, err))
	}
	changes = writing([]Owned{{owner, changes}})
	errs := s.w.apply(changes)
	for i, c := range changes {
		if errs[i] == nil {
			p.Notes = append(p.Notes, c.Path)
		}
	}
	problems = append(problems, writeProblems(changes, errs)...)
	slices.Sort(p.Inbox)
	slices.Sort(p.Notes)
	SortProblems(problems)
	return p, problems
}

// removeCache removes what the last run said: it names every client.
func (s *Session) removeCache() error {
	for _, name := range []string{cacheFile, cacheDraft} {
		info, err := s.w.root.Lstat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue // it is none of ours
		}
		if err := s.w.root.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// PurgeUnfiled removes what could not be filed, whoever it is from.
func (s *Session) PurgeUnfiled() (Purged, []Problem) {
	var p Purged
	entries, err := s.history.list(unfiledFolder)
	for _, entry := range entries {
		at := path.Join(unfiledFolder, entry.Name())
		if err = s.w.root.RemoveAll(at); err != nil {
			break
		}
		p.Inbox = append(p.Inbox, at)
	}
	if err != nil {
		return p, []Problem{writeProblem(unfiledFolder, err)}
	}
	slices.Sort(p.Inbox)
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

// isShared tells of the inbox's folders that hold things of several clients.
// Every other folder is one client's.
func isShared(entry fs.DirEntry) bool {
	name := entry.Name()
	return entry.IsDir() && (name == "done" || name == "failed" || name == path.Base(unfiledFolder))
}

// purgeInbox looks at a folder of the inbox and the shared ones below it. What
// another client's folder holds is his, whatever its name.
func (s *Session) purgeInbox(folder, owner string, p *Purged) error {
	entries, err := s.history.list(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		at := path.Join(folder, entry.Name())
		switch {
		case isShared(entry):
			if err := s.purgeInbox(at, owner, p); err != nil {
				return err
			}
		case namedAfter(entry, owner):
			if err := s.w.root.RemoveAll(at); err != nil {
				return err
			}
			p.Inbox = append(p.Inbox, at)
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
