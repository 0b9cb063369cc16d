package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/synth-vault/synth/schemas"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// measured is the name under which the test's program tells how much memory another takes.
const measured = "measured"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"synth":  func() { os.Exit(hasty().run(os.Args[1:])) },
		measured: runMeasured,
	})
}

// hasty is the app of the tests' program. It waits for no clock: what a build said is kept at once.
func hasty() *app {
	a := newApp()
	a.margin = -time.Hour
	return a
}

// The specification of the command line: a readable script per behaviour.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			project, err := filepath.Abs(filepath.Join("..", ".."))
			env.Setenv("PROJECT", project)
			env.Values[heldKey{}] = &held{}
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit":     editFile,
			"forge":    forgeCache,
			"hash":     hashTree,
			"valid":    validJSON,
			"crlf":     toCRLF,
			"lines":    countLines,
			"copytree": copyTree,
			"files":    countFiles,
			"mode":     checkMode,
			"lock":     lockVault,
			"unlock":   unlockVault,
		},
	})
}

// hashTree prints one hash over the names and bytes of a folder's files, or checks that two folders hold the same:
// hash DIR DIR.
func hashTree(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: hash DIR DIR")
	}
	a, b := treeHash(ts, args[0]), treeHash(ts, args[1])
	if (a == b) == neg {
		ts.Fatalf("%s is %s and %s is %s", args[0], a, args[1], b)
	}
}

func treeHash(ts *testscript.TestScript, dir string) string {
	sum := sha256.New()
	ts.Check(fs.WalkDir(os.DirFS(ts.MkAbs(dir)), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(p, ".synth/cache") { // what the last run said
			return err
		}
		data, err := os.ReadFile(filepath.Join(ts.MkAbs(dir), p))
		fmt.Fprintf(sum, "%s %d\n%s", p, len(data), data)
		return err
	}))
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// validJSON checks a file against one of the public schemas: valid SCHEMA FILE.
func validJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: valid SCHEMA FILE")
	}
	schema, err := fs.ReadFile(schemas.FS(), args[0])
	ts.Check(err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	ts.Check(err)
	compiler := jsonschema.NewCompiler()
	ts.Check(compiler.AddResource(args[0], document))
	compiled, err := compiler.Compile(args[0])
	ts.Check(err)
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(ts.ReadFile(args[1]))))
	ts.Check(err)
	ts.Check(compiled.Validate(instance))
}

// toCRLF gives files CRLF line ends and a byte order mark, as some editors do.
func toCRLF(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		data := []byte(ts.ReadFile(name))
		data = append([]byte("\ufeff"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...)
		ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o600))
	}
}

// countLines checks how many lines of a file begin with a text: lines N TEXT FILE.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: lines N TEXT FILE")
	}
	n := 0
	for line := range bytes.Lines([]byte(ts.ReadFile(args[2]))) {
		if bytes.HasPrefix(line, []byte(args[1])) {
			n++
		}
	}
	if fmt.Sprint(n) != args[0] {
		ts.Fatalf("%d lines begin with %q, not %s", n, args[1], args[0])
	}
}

// copyTree copies a folder, its files created in the reverse of their order: copytree FROM TO.
func copyTree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copytree FROM TO")
	}
	from, to := os.DirFS(ts.MkAbs(args[0])), ts.MkAbs(args[1])
	var files []string
	ts.Check(fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, p)
		}
		return err
	}))
	for i := len(files) - 1; i >= 0; i-- {
		data, err := fs.ReadFile(from, files[i])
		ts.Check(err)
		target := filepath.Join(to, filepath.FromSlash(files[i]))
		ts.Check(os.MkdirAll(filepath.Dir(target), 0o700))
		ts.Check(os.WriteFile(target, data, 0o600))
	}
}
