package main

import "testing"

func TestPatchActsOnNoTerminal(t *testing.T) {
	const hostile = "--- a/b\t\n-a\x1b]0;title\x07\rc\r\n+b\n"
	if got := string((&app{}).patch([]byte(hostile))); got != hostile {
		t.Errorf("a pipe is given %q", got)
	}
	const want = "--- a/b\t\n-a⟦U+001B⟧]0;title⟦U+0007⟧⟦U+000D⟧c\n+b\n"
	if got := string((&app{terminal: true}).patch([]byte(hostile))); got != want {
		t.Errorf("a terminal is given %q, want %q", got, want)
	}
}
