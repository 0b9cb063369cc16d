package main

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"

	"github.com/synth-vault/synth/internal/intake"
	"github.com/synth-vault/synth/vault"
)

// The inbox holds a folder a client, and in it one file of what was received, a line each.
const (
	inboxFolder  = ".synth/inbox"
	receivedFile = "received.jsonl"
)

// receive adds a record to the lines that are to be kept, unless the inbox holds it.
func (in *intaker) receive(lines map[string][]byte, p pending) {
	held := in.held(p.inbox)
	record := p.filed.Record()
	record.Note = p.path
	key := sha256.Sum256([]byte(record.Key()))
	if held.keys[key] {
		return
	}
	held.keys[key] = true
	records := []intake.Record{record}
	if sum := record.HeaderSum; sum != "" && !held.headers[sum] {
		held.headers[sum] = true
		records = []intake.Record{record.HeaderRecord(), record}
	}
	for _, r := range records {
		line, err := r.Encode()
		if err != nil {
			in.told(vault.Problem{Path: record.File, Line: record.Line, Severity: vault.Error, Code: "record_invalid", Message: err.Error()})
			continue
		}
		lines[p.inbox] = append(lines[p.inbox], line...)
	}
}

// held tells what a file of the inbox holds.
func (in *intaker) held(file string) *kept {
	if k := in.inbox[file]; k != nil {
		return k
	}
	k := &kept{keys: map[[sha256.Size]byte]bool{}, headers: map[string]bool{}, lost: map[string]string{}}
	err := in.records(file, func(r intake.Record, _ []byte) error {
		if r.IsHeader() {
			k.headers[r.Sum] = true
			return nil
		}
		k.keys[sha256.Sum256([]byte(r.Key()))] = true
		if _, there := in.shelf.notes[r.ID]; !there && k.lost[r.ID] == "" && r.Note != "" {
			k.lost[r.ID] = r.Note
		}
		return nil
	})
	in.unreadable(file, err)
	if in.inbox == nil {
		in.inbox = map[string]*kept{}
	}
	in.inbox[file] = k
	return k
}

// unreadable tells of a file of the inbox that could not be read in whole.
func (in *intaker) unreadable(file string, err error) {
	if err != nil && !errors.Is(err, errStopped) {
		in.told(vault.Problem{Path: path.Join(inboxFolder, file), Severity: vault.Error, Code: "unreadable", Message: cause(err).Error()})
	}
}

// records reads a file of the inbox, each record with its line. A line that a stopped run left unfinished is passed over:
// its note was not written.
func (in *intaker) records(file string, visit func(r intake.Record, line []byte) error) error {
	root, err := os.OpenRoot(in.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	info, err := root.Lstat(path.Join(inboxFolder, file))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && !info.Mode().IsRegular():
		return errors.New("not a regular file") // a pipe would be waited for
	}
	f, err := root.Open(path.Join(inboxFolder, file))
	if err != nil {
		return err
	}
	defer f.Close()
	reader := bufio.NewReaderSize(f, 1<<16)
	for {
		line, err := reader.ReadBytes('\n')
		if err == nil {
			if r, bad := intake.DecodeRecord(line); bad == nil {
				if err := visit(r, line); err != nil {
					return err
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// again makes the lost notes of the inbox anew. Of a submission that came several times with different answers, the
// first is the one that its note was made of.
func (in *intaker) again() {
	folders := []string{in.options.client}
	if in.options.client == "" {
		folders = slices.DeleteFunc(in.entries("", true), func(name string) bool { return name == unfiledFolder })
	}
	for _, folder := range folders {
		file := path.Join(folder, receivedFile)
		headers := map[string][]byte{}
		seen := map[string]bool{}
		err := in.records(file, func(r intake.Record, _ []byte) error {
			if r.IsHeader() {
				headers[r.Sum] = r.Raw
				return nil
			}
			if r.ID == "" || r.Spam || seen[r.ID] {
				return nil
			}
			seen[r.ID] = true
			if _, there := in.shelf.notes[r.ID]; there {
				in.count.Received++
				in.count.Unchanged++
				return nil
			}
			r.Header = headers[r.HeaderSum]
			return in.rebuild(r)
		})
		in.unreadable(file, err)
	}
	in.retry()
}

func (in *intaker) rebuild(r intake.Record) error {
	f, problems := in.reader.Again(r)
	in.told(problems...)
	if f.Submission == nil {
		return nil
	}
	return in.filed(f)
}
