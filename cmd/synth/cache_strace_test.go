//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var notesOpened = regexp.MustCompile(`openat\([^\n]*\.md"`)

// cacheStage is a vault whose notes are up to date and of which nothing is kept yet.
func cacheStage(t *testing.T) snapshot {
	t.Helper()
	dir := snapshot{"Client.md": "---\ncategory: client\ncode: lac\ntitle: Cabinet du Lac\ncountry: CH\n---\n",
		"Acces.md": sheet("acces_it_lac", "2025-08-01", "- [x] nulle_part\n\n^mfa"), "Mes notes.md": "mine\n"}.lay(t)
	if status, _, stderr := runSynth(t, "build", dir); status != exitDone {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	return readAll(t, dir)
}

// A build that the cache answers opens no note. Another program does not get that answer.
func TestCachedBuildOpensNoNote(t *testing.T) {
	tr := newHastyTracer(t)
	dir := cacheStage(t).lay(t)
	said := ""
	for i, opens := range []bool{true, false, false} {
		r, err := tr.run("", "build", dir)
		if err != nil || r.status != exitDone {
			t.Fatalf("exit status %d, error %v: %s", r.status, err, r.stderr)
		}
		if said == "" {
			said = r.stdout
		}
		if notesOpened.MatchString(r.log) != opens || r.stdout != said {
			t.Errorf("run %d opens notes, which it should: %v; it says\n%s%s", i, opens, r.stdout, notesOpened.FindString(r.log))
		}
	}
	other := newHastyTracer(t)
	if r, err := other.run("", "build", dir); err != nil || !notesOpened.MatchString(r.log) {
		t.Errorf("another program opens no note: error %v, %s", err, r.stdout)
	}
	if err := os.Chmod(other.program, 0o500); err != nil {
		t.Fatal(err)
	}
	if r, err := other.run("", "build", dir); err != nil || !notesOpened.MatchString(r.log) {
		t.Errorf("a program that changed opens no note: error %v, %s", err, r.stdout)
	}
}

// cacheCalls are the system calls by which a run keeps what it says.
var cacheCalls = []string{"openat", "newfstatat", "fstat", "write", "close", "renameat", "renameat2", "unlinkat"}

// A run is killed at every system call by which it keeps what it says, and every such call is made to fail. It says the
// same all the same, unless it was killed, changes nothing else, and the next run says it, too, and leaves nothing behind.
func TestCrashesOfTheCache(t *testing.T) {
	tr := newHastyTracer(t)
	from := cacheStage(t)
	dir := from.lay(t)
	calm, err := tr.run("", "build", dir)
	if kept := readAll(t, dir)[".synth/cache"]; err != nil || calm.status != exitDone || kept == "" {
		t.Fatalf("in peace: exit status %d, error %v: %s%s", calm.status, err, kept, calm.stderr)
	}
	for _, kind := range []faultKind{"signal=SIGKILL", "error=EIO"} {
		points := 0
		for _, call := range cacheCalls {
			for occurrence := 1; ; occurrence++ {
				dir := from.lay(t)
				one := *tr
				one.paths = []string{filepath.Join(dir, ".synth"), filepath.Join(dir, ".synth/cache"), filepath.Join(dir, ".synth/cache.tmp")}
				r, err := one.run(kind.injection(call, occurrence), "build", dir)
				if err != nil {
					t.Fatal(err)
				}
				if !r.fired {
					break
				}
				points++
				if wrong := judgeCache(t, tr, calm, r, from, dir); wrong != "" {
					t.Errorf("%s, %s %d: %s", kind, call, occurrence, wrong)
				}
				os.RemoveAll(dir)
			}
		}
		t.Logf("%s: %d points", kind, points)
		if points < 8 {
			t.Errorf("%s: those are too few points", kind)
		}
	}
}

// judgeCache says what is wrong after a run that was disturbed, and after the two that follow.
func judgeCache(t *testing.T, tr *tracer, calm, r traced, from snapshot, dir string) string {
	if r.status != -1 && (r.status != calm.status || r.stdout != calm.stdout || r.stderr != calm.stderr) {
		return fmt.Sprintf("exit status %d: %s%s", r.status, r.stdout, r.stderr)
	}
	for i := range 3 {
		left := readAll(t, dir)
		if _, drafted := left[".synth/cache.tmp"]; drafted && i > 0 {
			return "a draft is left"
		}
		delete(left, ".synth/cache")
		delete(left, ".synth/cache.tmp")
		if diff := from.compareAll(left); diff != "" {
			return diff
		}
		next, err := tr.run("", "build", dir)
		if err != nil || next.status != calm.status || next.stdout != calm.stdout || strings.Contains(next.stderr, "interrupted") {
			return fmt.Sprintf("the next run ends with status %d, error %v: %s%s", next.status, err, next.stdout, next.stderr)
		}
	}
	return ""
}
