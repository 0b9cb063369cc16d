package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// The screens of verify and compare fit a terminal of any width; only the diffs keep their lines whole.
func TestComparisonsFitTheTerminal(t *testing.T) {
	vault, _ := copyVault(t, filepath.Join(examples, "suisse"))
	if status, _, stderr := runSynth(t, "build", vault); status != exitDone {
		t.Fatal(stderr)
	}
	for _, width := range []int{60, 80, 120} {
		for _, args := range [][]string{{"compare", "--client", "cvp", vault}, {"verify", "--vault", vault}, {"verify", "--vault", vault, "--as-of", "2030-01-01"}} {
			var out, errs bytes.Buffer
			a := &app{out: &out, err: &errs, terminal: true, width: width, env: environment(map[string]string{"NO_COLOR": "1"}), workDir: vault}
			if status := a.run(args); status == exitFault {
				t.Fatalf("%v: %s", args, errs.String())
			}
			for line := range strings.Lines(out.String()) {
				if w := uniseg.StringWidth(strings.TrimRight(line, "\n")); w > width+2 { // the drawing takes some emoji for one column
					t.Errorf("%v: a line of %d columns in %d: %s", args, w, width, line)
				}
			}
		}
	}
}
