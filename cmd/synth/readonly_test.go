//go:build linux

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights. The superuser may write anywhere, so tests that he runs act as this one.
const nobody = 65534

// A folder that may be read only concerns its own notes: each is reported, the others are written, and the next build
// completes the work. The same holds for a note. Without a journal, nothing is written.
func TestReadOnlyFoldersAndNotes(t *testing.T) {
	stages := layStages(t)
	const roadmap = "ble/🎯 Feuille de route – Cabinet ble (BLE).md"
	for _, test := range []struct {
		name, locked string
		mode         os.FileMode
		left         string // matches the notes that are not written
		says         string
	}{
		{"a folder", "ble", 0o500, `^ble/`, "permission denied"},
		{"a note", roadmap, 0o400, `^` + regexp.QuoteMeta(roadmap) + `$`, "the note is read-only"},
		{"the folder of the journals", ".synth/history/runs", 0o500, ".", "permission denied"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := newUser(t, stages.answered)
			u.chmod(t, test.locked, test.mode)
			status, stderr := u.run(t, "build", u.dir)
			left := regexp.MustCompile(test.left)
			for name, want := range stages.built.visible() {
				old, now := stages.answered[name], u.read(t)[name]
				switch {
				case old == want && now != want:
					t.Errorf("%s is touched", name)
				case old != want && left.MatchString(name) && now != old:
					t.Errorf("%s is written", name)
				case old != want && !left.MatchString(name) && now != want:
					t.Errorf("%s is not written", name)
				case old != want && left.MatchString(name) && !strings.Contains(stderr, "synth: "+name+":1:1: cannot be written: "+test.says):
					t.Errorf("%s is not reported", name)
				}
			}
			if strings.Contains(stderr, "edited by hand") != (test.says == "the note is read-only") {
				t.Errorf("of a proposal that is not written nothing is told, else it is: %s", stderr)
			}
			if status != exitFault || !strings.Contains(stderr, test.says) || t.Failed() {
				t.Errorf("exit status %d: %s", status, stderr)
			}
			u.chmod(t, test.locked, 0o700)
			if status, stderr := u.run(t, "build", u.dir); status != exitNotSo {
				t.Errorf("the next build ends with status %d: %s", status, stderr)
			}
			if diff := stages.built.compare(u.read(t).visible()); diff != "" {
				t.Error("after the next build " + diff)
			}
		})
	}
}

// user runs the program on a vault of his own, without any rights elsewhere.
type user struct{ program, dir string }

func newUser(t *testing.T, files snapshot) user {
	t.Helper()
	base, err := os.MkdirTemp("", "synth-user-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	u := user{filepath.Join(base, "synth"), filepath.Join(base, "vault")}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	// The test's program under this name is synth itself, see TestMain.
	if err := errors.Join(os.WriteFile(u.program, program, 0o755), os.Chmod(base, 0o755)); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, u.dir, name, text)
	}
	if os.Geteuid() != 0 {
		return u
	}
	err = filepath.WalkDir(u.dir, func(p string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(p, nobody, nobody))
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (u user) chmod(t *testing.T, name string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(filepath.Join(u.dir, name), mode); err != nil {
		t.Fatal(err)
	}
}

// read gives the vault's files.
func (u user) read(t *testing.T) snapshot { return readAll(t, u.dir) }

// run runs the program as somebody who has no rights but his own.
func (u user) run(t *testing.T, args ...string) (status int, stderr string) {
	t.Helper()
	cmd := exec.Command(u.program, args...)
	cmd.Dir = u.dir
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), errs.String()
}
