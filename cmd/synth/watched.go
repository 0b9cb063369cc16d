package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
	"github.com/synth-vault/synth/vault"
)

// watched are the folders of a vault whose changes ask for a build. Folders are watched, not files: many editors save
// by putting a new file in the old one's place.
type watched struct {
	dir      string
	fs       *fsnotify.Watcher
	settings settings
	config   string                       // the folder with Obsidian's own settings
	wrote    map[string][sha256.Size]byte // what the last build left in its notes, by path
}

func newWatched(dir string) (*watched, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, watchFault(err, 0)
	}
	return &watched{dir: dir, fs: watcher}, nil
}

// watchFault says what the system refuses.
func watchFault(err error, folders int) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fault("watch_limit", fmt.Sprintf("the system lets nobody watch more than %d of the vault's folders", folders),
			"raise the limit, on Linux with sysctl fs.inotify.max_user_watches=524288, or name folders under ignore: in "+settingsFile)
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return fault("watch_limit", "the system lets nobody watch more folders: "+err.Error(),
			"end other programs that watch, or raise the limit, on Linux with sysctl fs.inotify.max_user_instances=512")
	}
	return fault("watch_failed", "the vault cannot be watched: "+err.Error(), "run synth build without --watch")
}

// sync watches the folders that the vault has by now, and no others. What happens before is seen by the build that
// follows, what happens after is an event. Those that are gone are let go first: a folder that was renamed would be
// watched under its old name only.
func (w *watched) sync(s settings) error {
	w.settings = s
	if _, err := os.Stat(w.dir); err != nil {
		return fault("vault_gone", "the vault's folder is gone: "+reason(err).Error(), "")
	}
	w.config, _ = vault.ConfigDir(w.dir)
	want := w.folders()
	for _, folder := range w.fs.WatchList() {
		if _, found := slices.BinarySearch(want, folder); !found {
			_ = w.fs.Remove(folder) // it may be gone already
		}
	}
	for i, folder := range want {
		err := w.fs.Add(folder)
		switch {
		case err == nil, errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission): // the build tells of what it cannot read
		default:
			return watchFault(err, i)
		}
	}
	return nil
}

// folders lists the folders to watch, sorted: those that the build reads, the one that tells how Obsidian writes links,
// and the catalogue's wherever it lies.
func (w *watched) folders() []string {
	var out []string
	walk := func(root string, skip func(name string) bool) {
		_ = filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil || !entry.IsDir():
				return nil // the build tells of what it cannot read
			case at != root && skip(at):
				return filepath.SkipDir
			}
			out = append(out, at)
			return nil
		})
	}
	walk(w.dir, func(at string) bool {
		name := w.name(at)
		return strings.HasPrefix(path.Base(name), ".") || w.ignored(name)
	})
	if w.settings.Catalog != "" {
		walk(filepath.Join(w.dir, filepath.FromSlash(w.settings.Catalog)), func(string) bool { return false })
	}
	if config := filepath.Join(w.dir, w.config); isFolder(config) {
		out = append(out, config)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func isFolder(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.IsDir()
}

// name is a file's slash-separated path in the vault.
func (w *watched) name(file string) string {
	inside, err := filepath.Rel(w.dir, file)
	if err != nil {
		return file
	}
	return filepath.ToSlash(inside)
}

func (w *watched) ignored(name string) bool {
	return slices.ContainsFunc(w.settings.Ignore, func(prefix string) bool { return within(name, prefix) })
}

// within tells whether a path lies in a folder, or is it.
func within(name, folder string) bool {
	folder = strings.Trim(folder, "/")
	return folder != "" && (name == folder || strings.HasPrefix(name, folder+"/"))
}

// counts tells whether an event may change what a build would write.
func (w *watched) counts(e fsnotify.Event) bool {
	if !e.Has(fsnotify.Create) && !e.Has(fsnotify.Write) && !e.Has(fsnotify.Remove) && !e.Has(fsnotify.Rename) {
		return false // rights and times only
	}
	name := w.name(e.Name)
	base := path.Base(name)
	hidden := name != "." && (strings.HasPrefix(name, ".") || strings.Contains(name, "/."))
	switch {
	case within(name, w.settings.Catalog):
		return !strings.HasPrefix(base, ".")
	case name == w.config+"/app.json":
		return true
	case hidden || w.ignored(name):
		return false
	case name == settingsFile:
		return true
	case strings.EqualFold(path.Ext(base), ".md"):
		return !w.isOurs(name)
	}
	return e.Op != fsnotify.Write // other files and folders matter by their names alone
}

// isOurs tells whether a file is as the last build left it.
func (w *watched) isOurs(name string) bool {
	sum, ours := w.wrote[name]
	if !ours {
		return false
	}
	data, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
	return err == nil && sha256.Sum256(data) == sum
}

// keep remembers what a build left in its notes.
func (w *watched) keep(changes []vault.Change) {
	w.wrote = make(map[string][sha256.Size]byte, len(changes))
	for _, c := range changes {
		w.wrote[c.Path] = sha256.Sum256(c.New)
	}
}

// lost takes what the watch itself reports. Where events were lost, another round finds what they would have told.
func (w *watched) lost(err error) error {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		return nil
	}
	return watchFault(err, len(w.fs.WatchList()))
}
