package vault

import (
	"strings"
	"testing"
	"time"
)

// TestLargeBodies reads bodies of the largest size that are made of one
// pattern. The time allowed is what a loaded machine may need for linear work;
// anything quadratic takes minutes.
func TestLargeBodies(t *testing.T) {
	for _, pattern := range []string{
		"> %%a%% b\n",
		"> - a\n",
		"- > a\n",
		"> a\n\n",
		"a %%b%%\n",
		"- a %%b%%\n",
		"%%a%%\n",
		"|a|\n|-|\n|a longer cell of text|\n|and one more of them|\n\n",
		"[[a|b]] ^c\n\n",
		"- a\n  - b\n    > c\n    - d ^e\n",
	} {
		note := NewNote("note.md", []byte(strings.Repeat(pattern, 1_000_000/len(pattern))))
		start := time.Now()
		if _, err := note.Blocks(); err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
		if _, err := note.Links(); err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
		took := time.Since(start)
		if took > 20*time.Second {
			t.Errorf("%q: took %v", pattern, took)
		}
		t.Logf("%q: %v", pattern, took)
	}
}
