package obsidian

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestLimits holds the patterns that make Markdown parsers slow, each filled up
// to the largest body: they are parsed or refused, but never take long.
func TestLimits(t *testing.T) {
	tests := []struct {
		name string
		head string // stands once in front of the pattern
		unit string // is repeated
		want error
	}{
		{"list markers on one line", "", "- * ", ErrTooDeep},
		{"ordered markers on one line", "", "1. ", ErrTooDeep},
		{"quote signs on one line", "", "> ", ErrTooDeep},
		{"blank lines below deep lists", strings.Repeat("- ", 31) + "a", "\n", ErrTooDense},
		{"links without an end", "", "[a](b", ErrTooDense},
		{"links in a heading", "# ", "[a](b", ErrTooDense},
		{"links in a title", "> [!note] ", "[a](b", ErrTooDense},
		{"links in a table", "|a|\n|-|\n|", "[a](b", ErrTooDense},
		{"links in many paragraphs", "", strings.Repeat("[a](b", 1600) + "\n\n", ErrTooDense},
		{"emphasis without an end", "", "*a_ ", ErrTooDense},
		{"highlights without an end", "", "==a ", ErrTooDense},
		{"wikilinks without an end", "", "[[a ", ErrTooDense},
		{"embeds without an end", "", "![[a", ErrTooDense},
		{"code spans of two lengths", "", "`a``b", ErrTooDense},
		{"declarations without an end", "", "a <!A ", ErrTooDense},
		{"link definitions", "", "[a]: b\n", ErrTooDense},
		{"short rows below a wide header", strings.Repeat("|a", 500) + "\n" + strings.Repeat("|-", 500) + "\n", "a\n", ErrTooDense},
		{"comments without an end", "", "a %%% ", nil},
		{"formulas without an end", "", "$a ", nil},
		{"tags", "", "#a ", nil},
		{"block ids", "", "^a ", nil},
		{"closing brackets", "", "](", nil},
		{"zero bytes", "", "\x00", nil},
		{"items with tasks and links", "", "- [ ] **b** [[c|d]] ^e\n", nil},
		{"prose", "", strings.Repeat("Some *words* and a [[link|of note]] in a line.\n", 12) + "\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source := tt.head + strings.Repeat(tt.unit, (MaxBytes-len(tt.head))/len(tt.unit))
			start := time.Now()
			_, err := Parse([]byte(source))
			if !errors.Is(err, tt.want) {
				t.Errorf("Parse gave %v, want %v", err, tt.want)
			}
			// An unguarded parser takes minutes; a loaded machine seconds.
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("Parse took %v", took)
			}
		})
	}
}

func TestRefusal(t *testing.T) {
	tests := []struct {
		name, source string
		line         int
		reason       error
		text         string
	}{
		{"too large", strings.Repeat("a", MaxBytes+1), 0, ErrTooLarge, "the text is larger than 1 MB"},
		{"too deep", "a\n\n" + strings.Repeat("> ", MaxNesting+1), 3, ErrTooDeep, "line 3: lists or quotes are nested too deeply"},
		{"too dense", "a\n\n\n# " + strings.Repeat("[", 30_000), 4, ErrTooDense, "line 4: too much markup in one paragraph or table"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.source))
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("Parse gave %v, want a *Refusal", err)
			}
			if refusal.Line != tt.line || !errors.Is(err, tt.reason) || err.Error() != tt.text {
				t.Errorf("got line %d, %q; want line %d, %q", refusal.Line, err, tt.line, tt.text)
			}
		})
	}
}

func TestNestingWithinLimit(t *testing.T) {
	if _, err := Parse([]byte(strings.Repeat("> ", MaxNesting) + "a")); err != nil {
		t.Errorf("%d quotes inside one another: %v", MaxNesting, err)
	}
}
