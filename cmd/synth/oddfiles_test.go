//go:build linux

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const oddRoadmap = "lac/🎯 Feuille de route – Cabinet lac (LAC).md"

// oddVault is a vault of two clients that is built, then answered anew.
func oddVault(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, code := range []string{"ble", "lac"} {
		write(t, dir, code+"/Client.md", "---\ncategory: client\ncode: "+code+"\ntitle: Cabinet "+code+"\ncountry: CH\n---\n")
		write(t, dir, code+"/Correspondance.md", sheet("correspondance_"+code, "2025-07-31", "- [x] bluewin\n\n^resultats"))
	}
	if status, _, stderr := runSynth(t, "build", dir); status != exitDone {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	for _, code := range []string{"ble", "lac"} {
		write(t, dir, code+"/Correspondance.md", sheet("correspondance_"+code, "2025-07-31", "- [x] Courrier\n\n^resultats"))
	}
	return dir
}

// What is odd about a client's roadmap concerns that client alone, is told where it must be, and is never replaced.
func TestOddFilesConcernTheirOwnClient(t *testing.T) {
	for _, test := range []struct {
		name   string
		lay    func(file string) error // in the place of the roadmap
		status int
		says   string // on stderr, "" for nothing
		beside bool   // the roadmap is made anew, beside it
	}{
		{"larger than can be read", func(file string) error { return lengthen(file, 5<<20) }, exitFault, "the text is larger than 1 MB", false},
		{"empty", func(file string) error { return os.Truncate(file, 0) }, exitDone, "", true},
		{"a folder", func(file string) error { return os.Mkdir(file, 0o700) }, exitDone, "", true},
		{"a link", func(file string) error { return os.Symlink("Client.md", file) }, exitDone, "", true},
		{"a link to itself", func(file string) error { return os.Symlink(filepath.Base(file), file) }, exitDone, "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := oddVault(t)
			file := filepath.Join(dir, filepath.FromSlash(oddRoadmap))
			if strings.HasPrefix(test.name, "a ") {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
			if err := test.lay(file); err != nil {
				t.Fatal(err)
			}
			before, _ := os.Lstat(file)
			for range 2 {
				status, _, stderr := runSynth(t, "build", dir)
				if status != test.status || !strings.Contains(stderr, test.says) || test.says == "" && stderr != "" {
					t.Fatalf("exit status %d: %s", status, stderr)
				}
			}
			after, err := os.Lstat(file)
			if err != nil || after.Mode() != before.Mode() || after.Size() != before.Size() {
				t.Errorf("it is now %v, error %v", after, err)
			}
			if _, err := os.Stat(strings.TrimSuffix(file, ".md") + " (synth).md"); (err == nil) != test.beside {
				t.Errorf("beside it: %v", err)
			}
			if status, stdout, stderr := runSynth(t, "build", "--check", "--client", "ble", dir); status != exitDone {
				t.Errorf("the other client's notes are not written: %s%s", stdout, stderr)
			}
		})
	}
}

// lengthen appends words of a person's own to a file.
func lengthen(file string, bytes int) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, strings.Repeat("mot\n", bytes/4)...), 0o600)
}

// A pipe in the place of the inbox's file would be waited for without end.
func TestIntakeWaitsForNoPipe(t *testing.T) {
	dir := oddVault(t)
	folder := filepath.Join(dir, filepath.FromSlash(inboxFolder), "lac")
	file := filepath.Join(folder, receivedFile)
	if err := errors.Join(os.MkdirAll(folder, 0o700), syscall.Mkfifo(file, 0o600)); err != nil {
		t.Fatal(err)
	}
	status, _, stderr := runSynth(t, "intake", "--again", "--client", "lac", "--vault", dir)
	if status != exitFault || !strings.Contains(stderr, "not a regular file") {
		t.Errorf("exit status %d: %s", status, stderr)
	}
}
