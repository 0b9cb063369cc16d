package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// forgeCache makes a vault's cache say something that no build says, so that it shows which one answers: forge VAULT.
func forgeCache(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: forge VAULT")
	}
	ts.Check(forge(ts.MkAbs(args[0])))
}

func forge(dir string) error {
	name := filepath.Join(dir, ".synth", "cache")
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	lines := bytes.SplitN(data, []byte("\n"), 3)
	answer, err := json.Marshal(said{Stdout: []byte("from the cache\n")})
	if err != nil {
		return err
	}
	rest := append(append(lines[1], '\n'), answer...)
	format := lines[0][:bytes.LastIndexByte(lines[0], ' ')+1]
	sum := sha256.Sum256(rest)
	return os.WriteFile(name, append(fmt.Appendf(format, "%s\n", hex.EncodeToString(sum[:])), rest...), 0o600)
}

// editFile replaces a text in a file: edit FILE OLD NEW.
func editFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o600))
}
