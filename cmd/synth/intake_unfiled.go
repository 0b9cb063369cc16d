package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/intake"
)

// What could not be filed waits in a folder of the inbox: under its client's code where that is known, so that a purge
// finds it, else in a file whose name no code can be.
const (
	unfiledFolder = "_unfiled"
	namelessFile  = "_received.jsonl"
)

// inboxFile is the file of the inbox that keeps a submission's bytes.
func inboxFile(f intake.Filed) string {
	switch {
	case f.Sheet != nil:
		return path.Join(f.Sheet.Client, receivedFile)
	case f.Client != "":
		return path.Join(unfiledFolder, f.Client+".jsonl")
	}
	return path.Join(unfiledFolder, namelessFile)
}

// unfiled knows what waited unfiled before this run, and where it belongs by now.
type unfiled struct {
	files   []string          // of the inbox
	waiting map[string]bool   // by the hash of its bytes
	belongs map[string]string // by the same: the file of the inbox
}

// openUnfiled reads what waits.
func (in *intaker) openUnfiled() {
	in.unfiled = &unfiled{waiting: map[string]bool{}, belongs: map[string]string{}}
	for _, name := range in.entries(unfiledFolder, false) {
		file := path.Join(unfiledFolder, name)
		in.unfiled.files = append(in.unfiled.files, file)
		in.unreadable(file, in.records(file, func(r intake.Record, _ []byte) error {
			if !r.IsHeader() {
				in.unfiled.waiting[r.Sum] = true
			}
			return nil
		}))
	}
}

// settle remembers where something that waited belongs.
func (u *unfiled) settle(p pending) {
	if len(u.waiting) == 0 {
		return
	}
	if sum := p.filed.BytesSum(); u.waiting[sum] {
		u.belongs[sum] = p.inbox
	}
}

// tidy takes away what belongs elsewhere by now: it lies there already.
func (in *intaker) tidy() {
	if in.session == nil || in.stopped || len(in.unfiled.belongs) == 0 {
		return
	}
	for _, file := range in.unfiled.files {
		var left bytes.Buffer
		moved := false
		headers := map[string][]byte{}
		err := in.records(file, func(r intake.Record, line []byte) error {
			if r.IsHeader() {
				headers[r.Sum] = bytes.Clone(line)
				return nil
			}
			if to, known := in.unfiled.belongs[r.Sum]; known && to != file {
				moved = true
				return nil
			}
			left.Write(headers[r.HeaderSum])
			delete(headers, r.HeaderSum)
			left.Write(line)
			return nil
		})
		if in.unreadable(file, err); err == nil && moved {
			in.told(in.session.Retain(file, left.Bytes())...)
		}
	}
}

// retry tries what waits once more, by what the settings say now. The flags name questionnaire and client of those that
// do not say it themselves only together: a client alone says of which the lost notes are to be made.
func (in *intaker) retry() {
	client, both := in.options.client, in.options.questionnaire != ""
	for _, file := range in.unfiled.files {
		its := strings.TrimSuffix(path.Base(file), path.Ext(file))
		if path.Base(file) == namelessFile {
			its = ""
		}
		if client != "" && client != its && (its != "" || !both) {
			continue
		}
		headers := map[string][]byte{}
		err := in.records(file, func(r intake.Record, _ []byte) error {
			switch {
			case r.IsHeader():
				headers[r.Sum] = r.Raw
				return nil
			case r.Spam:
				return nil
			}
			r.Header, r.Client = headers[r.HeaderSum], its
			return in.rebuild(r)
		})
		in.unreadable(file, err)
	}
}

// entries lists the folders or the files in a folder of the inbox.
func (in *intaker) entries(folder string, folders bool) []string {
	entries, err := in.inboxEntries(folder)
	in.unreadable(folder, err)
	var names []string
	for _, entry := range entries {
		if entry.IsDir() == folders {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names
}

// inboxEntries gives what a folder of the inbox holds, nothing where there is no such folder.
func (in *intaker) inboxEntries(folder string) ([]fs.DirEntry, error) {
	root, err := os.OpenRoot(in.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(path.Join(inboxFolder, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}
