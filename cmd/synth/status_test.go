package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/result"
)

// BenchmarkStatus shows fifty clients among 10,000 notes. The yardstick is to read, in the same run, every file of the
// same vault, one after the other.
func BenchmarkStatus(b *testing.B) {
	dir := builtVault(b, 10_000, 50)
	b.Run("status", func(b *testing.B) { benchmarkCommand(b, "status", dir) })
	b.Run("explain", func(b *testing.B) { benchmarkCommand(b, "explain", "score", "--client", "cdt", dir) })
	b.Run("read", func(b *testing.B) { benchmarkRead(b, dir) })
}

func benchmarkCommand(b *testing.B, args ...string) {
	b.ReportAllocs()
	for b.Loop() {
		var out, errs bytes.Buffer
		a := &app{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" }}
		if status := a.run(args); status != exitDone || out.Len() == 0 {
			b.Fatalf("exit status %d: %s", status, errs.String())
		}
	}
}

// columns is how wide a line is on a terminal: emoji take two columns, what joins or varies them none.
func columns(line string) int {
	n := 0
	for _, r := range line {
		switch {
		case unicode.Is(unicode.M, r):
		case r >= 0x1F300 || r >= 0x2753 && r <= 0x2755 || r == 0x23F0 || r == 0x274C || r == 0x2705:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Whatever the width of the terminal, no line is cut and no cell is broken: tables that would not fit are lists.
func TestScreensFitTheTerminal(t *testing.T) {
	vault, err := filepath.Abs(filepath.Join(examples, "suisse"))
	if err != nil {
		t.Fatal(err)
	}
	commands := [][]string{{"status"}, {"status", "--client", "cdt"}, {"explain", "score", "--client", "cdt"},
		{"explain", "score", "--client", "cvp"}, {"explain", "corr_resultats", "--client", "cdt"}, {"explain", "lpd_8", "--client", "cdt"},
		{"explain", "acces_it.verrouillage", "--client", "cvp"}, {"explain", "act_corr_mfa", "--client", "cdt"}}
	for _, width := range []int{60, 80, 120} {
		for _, args := range commands {
			var out bytes.Buffer
			a := &app{in: strings.NewReader(""), out: &out, err: os.Stderr, env: func(name string) string {
				return map[string]string{"NO_COLOR": "1"}[name]
			}, terminal: true, width: width}
			if status := a.run(append(args, vault)); status != exitDone {
				t.Fatalf("%v: exit status %d", args, status)
			}
			if strings.Contains(out.String(), "\x1b") {
				t.Errorf("%v at %d columns is coloured:\n%s", args, width, out.String())
			}
			least := tableWidth
			if args[0] == "explain" {
				least = sumsWidth
			}
			if table := strings.Contains(out.String(), "┼"); table && width < least {
				t.Errorf("%v at %d columns holds a table", args, width)
			}
			if strings.Contains(out.String(), "╌") {
				t.Errorf("%v at %d columns breaks the cells of a table:\n%s", args, width, out.String())
			}
			for line := range strings.Lines(out.String()) {
				if n := columns(strings.TrimRight(line, "\n")); n > width {
					t.Errorf("%v at %d columns: a line of %d: %q", args, width, n, line)
				}
			}
		}
	}
}

func TestBar(t *testing.T) {
	tests := []struct {
		final, best int
		want        string
	}{
		{0, 0, "▕░░░░░░░░░░▏"},
		{4, 5, "▕▒░░░░░░░░░▏"}, // 0.4 of a cell is none, 0.5 is one
		{23, 35, "▕██▒▒░░░░░░▏"},
		{95, 100, "▕██████████▏"},
		{100, 100, "▕██████████▏"},
	}
	for _, test := range tests {
		if got := bar(result.Score{Final: &test.final, Best: &test.best}); got != test.want {
			t.Errorf("%d–%d is drawn %s, want %s", test.final, test.best, got, test.want)
		}
	}
	if got := bar(result.Score{}); got != "" {
		t.Errorf("no score is drawn %q", got)
	}
}

func TestSafeCell(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Cabinet": "Cabinet", "=1+1": "'=1+1", "+41": "'+41", "-1": "'-1", "@x": "'@x", "\tx": "⟦U+0009⟧x", "\rx": "⟦U+000D⟧x", "a=1": "a=1", "’=": "’=",
	} {
		if got := safeCell(cell); got != want {
			t.Errorf("%q is written %q, want %q", cell, got, want)
		}
	}
}

// Clients come by priority, then by final score, then by what is overdue, then by code.
func TestOverviewOrder(t *testing.T) {
	status := func(code string, p assess.Priority, final, overdue int) result.Status {
		s := result.Status{Client: result.ClientHead{Code: code}, Priority: string(p), Overdue: make([]result.Due, overdue)}
		if final >= 0 {
			s.Score.Final = &final
		}
		return s
	}
	overview := result.NewOverview("2026-01-01", []result.Status{
		status("g", assess.PriorityNone, -1, 0), status("f", assess.PriorityLow, 1, 9), status("e", assess.PriorityHigh, -1, 9),
		status("d", assess.PriorityHigh, 20, 1), status("c", assess.PriorityHigh, 20, 1), status("b", assess.PriorityHigh, 20, 2),
		status("a", assess.PriorityHigh, 10, 0),
	}, nil)
	got := ""
	for _, c := range overview.Clients {
		got += c.Client.Code
	}
	if got != "abcdefg" {
		t.Errorf("the order is %s", got)
	}
}
