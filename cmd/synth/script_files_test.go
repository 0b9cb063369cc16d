package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

// countFiles checks how many entries a folder has: files N DIR.
func countFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: files N DIR")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[1]))
	ts.Check(err)
	if fmt.Sprint(len(entries)) != args[0] {
		ts.Fatalf("%s holds %d entries, not %s", args[1], len(entries), args[0])
	}
}

// checkMode checks a file's permissions where there are any: mode 0600 FILE.
func checkMode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode MODE FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] && runtime.GOOS != "windows" {
		ts.Fatalf("%s has the mode %s, not %s", args[1], got, args[0])
	}
}

// heldKey finds the lock that a script holds.
type heldKey struct{}

type held struct{ *flock.Flock }

// lockVault writes to a vault, as far as any other synth can tell, until unlock: lock DIR.
func lockVault(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lock DIR")
	}
	name := filepath.Join(ts.MkAbs(args[0]), ".synth", "lock")
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o700))
	lock := ts.Value(heldKey{}).(*held)
	lock.Flock = flock.New(name)
	taken, err := lock.TryLock()
	ts.Check(err)
	if !taken {
		ts.Fatalf("%s is locked already", args[0])
	}
	ts.Defer(func() { ts.Check(lock.Close()) })
}

// unlockVault ends what lock began.
func unlockVault(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(ts.Value(heldKey{}).(*held).Close())
}
