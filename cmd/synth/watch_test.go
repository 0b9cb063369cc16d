//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/fsnotify/fsnotify"
	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

const watchedSheet = "---\ncategory: questionnaire\nform_id: correspondance_lac\ndate_reception: 2025-07-31\n---\n\n### Résultats\n- [x] bluewin\n\n^resultats\n"

// watching is a watch that runs, as its user sees it.
type watching struct {
	dir   string
	lines chan string
	errs  *bytes.Buffer
	stop  context.CancelFunc
	ended chan error
}

func startWatch(t *testing.T, dir string) *watching {
	t.Helper()
	reader, writer := io.Pipe()
	w := &watching{dir: dir, lines: make(chan string), errs: &bytes.Buffer{}, ended: make(chan error, 1)}
	ctx, stop := context.WithCancel(t.Context())
	w.stop = stop
	a := &app{out: writer, err: w.errs, env: environment(nil), workDir: dir}
	go func() {
		w.ended <- a.watch(ctx, buildOptions{color: "auto"}, nil)
		writer.Close()
	}()
	go func() {
		defer close(w.lines)
		for s := bufio.NewScanner(reader); s.Scan(); {
			w.lines <- s.Text()
		}
	}()
	w.until(t, "En attente")
	return w
}

// until reads lines up to one that begins with a text, which it gives.
func (w *watching) until(t *testing.T, begins string) string {
	t.Helper()
	for line := range w.lines {
		if strings.HasPrefix(line, begins) {
			return line
		}
	}
	t.Fatalf("the watch ended before %q: %s", begins, w.errs)
	return ""
}

// round waits for a round whose line holds a text. On a slow machine one change may make several rounds.
func (w *watching) round(t *testing.T, holds string) {
	t.Helper()
	for !strings.Contains(w.until(t, "Reconstruction"), holds) {
		continue
	}
}

func (w *watching) end(t *testing.T) int {
	t.Helper()
	w.stop()
	for range w.lines {
		continue
	}
	err := <-w.ended
	var out *outcome
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &out):
		return out.status
	}
	t.Fatal(err)
	return 0
}

func newWatchedVault(t *testing.T) string {
	dir := t.TempDir()
	write(t, dir, ".obsidian/app.json", "{}")
	write(t, dir, "LAC/Correspondance_LAC.md", watchedSheet)
	return dir
}

func TestWatchBuildsAgain(t *testing.T) {
	w := startWatch(t, newWatchedVault(t))
	better := strings.Replace(watchedSheet, "bluewin", "Courrier", 1)

	// Saved as most editors do, by putting another file in its place.
	write(t, w.dir, "LAC/.Correspondance_LAC.md.swp", better)
	if err := os.Rename(filepath.Join(w.dir, "LAC/.Correspondance_LAC.md.swp"), filepath.Join(w.dir, "LAC/Correspondance_LAC.md")); err != nil {
		t.Fatal(err)
	}
	w.round(t, "mises à jour")

	// The settings that cannot be read do not end it.
	write(t, w.dir, "synth.yaml", "catalogue: modele\n")
	w.round(t, "impossible")
	if err := os.Mkdir(filepath.Join(w.dir, "modele"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, w.dir, "synth.yaml", "catalog: modele\n")
	w.round(t, "rien à écrire")

	// The catalogue's folder, and one within it that is new.
	write(t, w.dir, "modele/fr/templates/feuille_de_route.md", "---\n")
	w.round(t, "impossible")
	write(t, w.dir, "synth.yaml", "")
	w.round(t, "rien à écrire")

	// A folder that comes with its notes, and whose notes change; that moves, and changes again; that goes.
	write(t, w.dir, "ZUG/sub/Correspondance_ZUG.md", strings.Replace(watchedSheet, "_lac", "_zug", 1))
	w.round(t, "notes créées\u00a0: 3")
	write(t, w.dir, "ZUG/sub/Correspondance_ZUG.md", strings.Replace(better, "_lac", "_zug", 1))
	w.round(t, "mises à jour\u00a0: 3")
	if err := os.Rename(filepath.Join(w.dir, "ZUG"), filepath.Join(w.dir, "Zoug")); err != nil {
		t.Fatal(err)
	}
	w.round(t, "rien à écrire")
	write(t, w.dir, "Zoug/sub/Correspondance_ZUG.md", strings.Replace(watchedSheet, "_lac", "_zug", 1))
	w.round(t, "mises à jour\u00a0: 3")
	if err := os.RemoveAll(filepath.Join(w.dir, "Zoug")); err != nil {
		t.Fatal(err)
	}
	w.round(t, "rien à écrire")
	if status := w.end(t); status != exitDone {
		t.Errorf("exit status %d: %s", status, w.errs)
	}
	if n := strings.Count(w.errs.String(), "synth.yaml:1:1"); n != 1 {
		t.Errorf("the settings' problem is told %d times: %s", n, w.errs)
	}
}

// What a build writes asks for no other build.
func TestWatchIgnoresItsOwnWrites(t *testing.T) {
	w := startWatch(t, newWatchedVault(t))
	for i := range 4 {
		answer := []string{"Courrier", "bluewin"}[i%2]
		write(t, w.dir, ".new", strings.Replace(watchedSheet, "bluewin", answer, 1))
		if err := os.Rename(filepath.Join(w.dir, ".new"), filepath.Join(w.dir, "LAC/Correspondance_LAC.md")); err != nil {
			t.Fatal(err)
		}
		if line := w.until(t, "Reconstruction"); !strings.Contains(line, "mises à jour") {
			t.Errorf("after change %d: %s", i+1, line)
		}
	}
	w.end(t)
}

// Ctrl-C ends the program itself, with the status of its last build.
func TestWatchEndsWhenInterrupted(t *testing.T) {
	u := newUser(t, snapshot{"LAC/Correspondance_LAC.md": strings.Replace(watchedSheet, "_lac", "", 1)})
	cmd := exec.Command(u.program, "build", "--watch", u.dir)
	cmd.Dir = u.dir
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for s := bufio.NewScanner(out); s.Scan(); {
		if strings.HasPrefix(s.Text(), "En attente") {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // the status tells
	if status := cmd.ProcessState.ExitCode(); status != exitFault {
		t.Errorf("exit status %d", status)
	}
}

// The watch ends with the status of its last build.
func TestWatchEndsWithTheLastStatus(t *testing.T) {
	w := startWatch(t, newWatchedVault(t))
	write(t, w.dir, "LAC/Correspondance_LAC.md", strings.Replace(watchedSheet, "bluewin", "Rien de tel", 1))
	w.round(t, "problèmes signalés")
	if status := w.end(t); status != exitFault {
		t.Errorf("exit status %d: %s", status, w.errs)
	}
}

func TestWatchEndsWithItsVault(t *testing.T) {
	w := startWatch(t, newWatchedVault(t))
	if err := os.RemoveAll(w.dir); err != nil {
		t.Fatal(err)
	}
	for range w.lines {
		continue
	}
	var out *outcome
	if err := <-w.ended; !errors.As(err, &out) || out.problems[0].Code != "vault_gone" {
		t.Errorf("error %v", err)
	}
}

func TestWatchCounts(t *testing.T) {
	dir := t.TempDir()
	w := &watched{dir: dir, config: ".obsidian", settings: settings{Ignore: []string{"Archives"}, Catalog: ".synth/modele"}}
	write(t, dir, "ours.md", "as written")
	write(t, dir, "edited.md", "edited")
	w.keep([]vault.Change{{Path: "ours.md", New: []byte("as written")}, {Path: "edited.md", New: []byte("as written")}})
	tests := []struct {
		name string
		op   fsnotify.Op
		want bool
	}{
		{"note.md", fsnotify.Write, true},
		{"NOTE.MD", fsnotify.Create, true},
		{"note.md", fsnotify.Chmod, false},
		{"gone.md", fsnotify.Remove, true},
		{"ours.md", fsnotify.Create | fsnotify.Write, false},
		{"edited.md", fsnotify.Write, true},
		{"synth.yaml", fsnotify.Write, true},
		{"image.png", fsnotify.Write, false},
		{"image.png", fsnotify.Create, true},
		{"folder", fsnotify.Rename, true},
		{"", fsnotify.Remove, true},
		{".obsidian/workspace.json", fsnotify.Write, false},
		{".obsidian/app.json", fsnotify.Write, true},
		{".config/app.json", fsnotify.Write, false},
		{"a/.trash/note.md", fsnotify.Create, false},
		{"a/.synth-0123456789abcdef.tmp", fsnotify.Create, false},
		{".synth/history/runs/00000001.jsonl", fsnotify.Create, false},
		{".synth/modele/model/a.yaml", fsnotify.Write, true},
		{".synth/modele/model/.a.yaml.swp", fsnotify.Write, false},
		{"Archives/note.md", fsnotify.Write, false},
		{"Archives 2/note.md", fsnotify.Write, true},
	}
	for _, test := range tests {
		if got := w.counts(fsnotify.Event{Name: filepath.Join(dir, filepath.FromSlash(test.name)), Op: test.op}); got != test.want {
			t.Errorf("%s of %s: %t", test.op, test.name, got)
		}
	}
}

func TestWatchedFolders(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a/b/n.md", ".obsidian/x/n.md", "Archives/old/n.md", ".synth/modele/fr/n.md", "a/.trash/n.md"} {
		write(t, dir, name, "")
	}
	w := &watched{dir: dir, config: ".obsidian", settings: settings{Ignore: []string{"Archives/"}, Catalog: ".synth/modele"}}
	var got []string
	for _, folder := range w.folders() {
		got = append(got, w.name(folder))
	}
	if diff := cmp.Diff([]string{".", ".obsidian", ".synth/modele", ".synth/modele/fr", "a", "a/b"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWatchFault(t *testing.T) {
	for _, test := range []struct {
		err  error
		code string
	}{{&os.PathError{Err: syscall.ENOSPC}, "watch_limit"}, {syscall.EMFILE, "watch_limit"}, {errors.New("other"), "watch_failed"}} {
		var out *outcome
		if err := watchFault(test.err, 8192); !errors.As(err, &out) || out.problems[0].Code != test.code || out.problems[0].Hint == "" || out.status != exitFault {
			t.Errorf("%v: %v", test.err, err)
		}
	}
	if err := (&watched{}).lost(fsnotify.ErrEventOverflow); err != nil {
		t.Errorf("events that were lost end the watch: %v", err)
	}
}
