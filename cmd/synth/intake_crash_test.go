//go:build linux

package main

import (
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// An import is killed at the calls by which it writes, and those calls are made to fail, each time in a fresh vault. The
// same import once more completes it: every submission has one note, under the name and with the bytes that it would
// have had in peace.
func TestIntakeIsCompletedAfterACrash(t *testing.T) {
	tr := newTracer(t)
	export := filepath.Join(t.TempDir(), "export.csv")
	writeExport(t, export, 9, 2)
	peace := snapshot{".obsidian/app.json": "{}\n"}.lay(t)
	if status, _, stderr := runSynth(t, "intake", "--vault", peace, export); status != exitDone {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	want := readShown(t, peace)
	var disturbed atomic.Int64
	t.Run("points", func(t *testing.T) {
		for _, kind := range []faultKind{"signal=SIGKILL", "error=EIO", "error=ENOSPC"} {
			for _, call := range []string{"mkdirat", "openat", "write", "fsync", "renameat", "renameat2", "unlinkat"} {
				t.Run(fmt.Sprintf("%s/%s", kind, call), func(t *testing.T) {
					t.Parallel()
					step := 9
					if *allPoints {
						step = 1
					}
					for occurrence := 1; disturbIntake(t, tr, kind.injection(call, occurrence), export, want); occurrence += step {
						disturbed.Add(1)
					}
				})
			}
		}
	})
	t.Logf("disturbed at %d points", disturbed.Load())
	if disturbed.Load() == 0 {
		t.Error("nothing was disturbed")
	}
}

// disturbIntake imports with a fault and once more without, and tells whether the fault took place.
func disturbIntake(t *testing.T, tr *tracer, injection, export string, want snapshot) bool {
	t.Helper()
	dir := snapshot{".obsidian/app.json": "{}\n"}.lay(t)
	r, err := tr.run(injection, "intake", "--vault", dir, export)
	if err != nil {
		t.Fatal(err)
	}
	if !r.fired {
		return false
	}
	if diff := want.compare(readShown(t, dir)); r.status == exitDone && diff != "" {
		t.Errorf("%s: the import was done, and yet %s", injection, diff)
	}
	if status, _, stderr := runSynth(t, "intake", "--vault", dir, export); status != exitDone {
		t.Errorf("%s: the next import ends with status %d: %s", injection, status, stderr)
	}
	if diff := want.compare(readShown(t, dir)); diff != "" {
		t.Errorf("%s: after the next import %s", injection, diff)
	}
	return true
}
