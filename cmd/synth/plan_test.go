package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// planned runs plan as on a terminal of some width.
func planned(t testing.TB, width int, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" },
		workDir: filepath.Join("..", ".."), terminal: width > 0, width: width}
	status = a.run(append([]string{"plan", "--color", "never"}, args...))
	return status, out.String(), errs.String()
}

// What the help shows runs.
func TestPlanExamples(t *testing.T) {
	for line := range strings.Lines(newPlan(newApp()).Example) {
		args := strings.Fields(line)
		if status, _, stderr := planned(t, 0, args[2:]...); status != exitDone {
			t.Errorf("%s: exit status %d: %s", strings.TrimSpace(line), status, stderr)
		}
	}
}

// No line is wider than the terminal, and no action is cut out of the roadmap.
func TestPlanFits(t *testing.T) {
	client := []string{"--client", "cdt", "examples/suisse"}
	for _, width := range []int{60, 80, 117, 118, 120, 200} {
		for _, flags := range [][]string{nil, {"--gantt"}, {"--target", "20"}, {"--budget", "9", "--gantt"}} {
			_, stdout, stderr := planned(t, width, append(flags, client...)...)
			if stdout == "" {
				t.Fatalf("%v prints nothing: %s", flags, stderr)
			}
			for line := range strings.Lines(stdout) {
				line = strings.TrimSuffix(line, "\n")
				if n := utf8.RuneCountInString(line) + strings.Count(line, "❓"); n > width {
					t.Errorf("%v at %d columns: %d in %q", flags, width, n, line)
				}
			}
			if flags == nil && strings.Contains(stdout, "…") {
				t.Errorf("at %d columns the roadmap cuts words:\n%s", width, stdout)
			}
		}
		_, table, _ := planned(t, width, client...)
		if isTable := strings.Contains(table, "│"); isTable != (width >= planWidth) {
			t.Errorf("at %d columns the roadmap is a table: %v", width, isTable)
		}
	}
}

// The same question gets the same bytes.
func TestPlanIsTheSameEveryTime(t *testing.T) {
	args := []string{"--client", "cdt", "--target", "25", "--json", "examples/suisse"}
	_, first, _ := planned(t, 0, args...)
	for range 5 {
		if _, again, _ := planned(t, 0, args...); again != first {
			t.Fatalf("the answer changes:\n%s\n%s", first, again)
		}
	}
}

// BenchmarkPlan answers a target for the example's first client, as a user runs it, among more and more clients.
func BenchmarkPlan(b *testing.B) {
	for _, clients := range []int{1, 50} {
		dir := builtVault(b, 10_000, clients)
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			for b.Loop() {
				if status, _, stderr := planned(b, 0, "--client", "cdt", "--target", "25", dir); status != exitDone {
					b.Fatalf("exit status %d: %s", status, stderr)
				}
			}
		})
	}
}
