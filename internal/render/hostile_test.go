package render

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/synth-vault/synth/vault"
)

// joinedEmojis finds two emojis that make one picture.
var joinedEmojis = regexp.MustCompile(strings.ReplaceAll(`(P[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*)\x{200D}(P)`, "P",
	`[\x{A9}\x{AE}\x{203C}\x{2049}\x{2122}\x{2139}\x{2194}-\x{21AA}\x{231A}-\x{23FF}\x{24C2}\x{25AA}-\x{27BF}\x{2934}-\x{2935}\x{2B05}-\x{2B55}\x{3030}\x{303D}\x{3297}\x{3299}\x{1F000}-\x{1FAFF}]`))

// colouring is the one kind of escape sequence that passes anywhere.
var colouring = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// forbidden says what a drawing holds that no terminal may get, or "".
func forbidden(drawn string, style Style) string {
	if style != Plain {
		drawn = colouring.ReplaceAllString(drawn, "")
	}
	for joinedEmojis.MatchString(drawn) {
		drawn = joinedEmojis.ReplaceAllString(drawn, "$1$2")
	}
	switch i := strings.IndexFunc(drawn, isHidden); {
	case !utf8.ValidString(drawn):
		return "bytes that are not UTF-8"
	case i >= 0:
		return "the character " + markOf([]rune(drawn[i:])[0])
	}
	for line := range strings.Lines(drawn) {
		if trimmed := strings.TrimRight(line, " \n"); trimmed+"\n" != line {
			return "a line that does not end well"
		}
	}
	return ""
}

// widest is the width of the longest line.
func widest(drawn string) int {
	wide := 0
	for line := range strings.Lines(colouring.ReplaceAllString(drawn, "")) {
		wide = max(wide, columns(strings.TrimSuffix(line, "\n")))
	}
	return wide
}

func hostile(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open("testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	texts := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var entry struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
			t.Fatal(err)
		}
		texts[entry.ID] = entry.Text
	}
	return texts
}

func TestMarkdownHostile(t *testing.T) {
	for id, text := range hostile(t) {
		received := vault.Received(text)
		sources := map[string]string{
			"raw":       text,
			"paragraph": "Dit : " + received.String(),
			"cell":      "| a | b |\n|---|---|\n| " + received.String() + " | c |\n",
			"quote":     received.Quote(),
		}
		for place, source := range sources {
			for _, style := range []Style{Plain, Dark} {
				drawn, err := Markdown(source, Options{Width: 60, Style: style})
				if err != nil {
					t.Errorf("%s as %s: %v", id, place, err)
				}
				if found := forbidden(drawn, style); found != "" {
					t.Errorf("%s as %s, %s: drawn with %s: %q", id, place, style, found, drawn)
				}
				if wide := widest(drawn); wide > 60 {
					t.Errorf("%s as %s, %s: drawn %d columns wide: %q", id, place, style, wide, drawn)
				}
			}
		}
	}
}

// What is shown of a text from outside is that text: the escapes that protect the note are gone.
func TestMarkdownShowsReceivedText(t *testing.T) {
	for _, text := range []string{
		`!"#$%&'()*+,-./:;<=>?@[\]^_{|}~` + "`",
		`C:\Users\_x\\y \* \&amp;`,
		"&#27;[31m &amp; &lt;b&gt; <b>gras</b> info@exemple.ch https://exemple.ch/?a=1&b=2",
		"# titre - [x] **a** ~~b~~ `c` | d | [[e]] #f ^g",
	} {
		want := text + "\n"
		for _, source := range []string{vault.Received(text).String(), "**" + vault.Received(text).String() + "**"} {
			got, err := Markdown(source, Options{Width: 200})
			if err != nil || got != want {
				t.Errorf("%q is shown as %q (error %v)", text, got, err)
			}
		}
	}
}

func TestMarkdownNeutralises(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"escape byte", "a\x1b[31mb", "a⟦U+001B⟧[31mb\n"},
		{"8-bit control", "a\u009b31mb", "a⟦U+009B⟧31mb\n"},
		{"invalid UTF-8", "a\x9bb", "a\uFFFDb\n"},
		{"carriage return", "a\rb", "a⟦U+000D⟧b\n"},
		{"reversed", "a\u202eb", "a⟦U+202E⟧b\n"},
		{"zero width", "a\u200bb", "a⟦U+200B⟧b\n"},
		{"reference", "a&#27;b &#x1b;c", "a⟦U+001B⟧b ⟦U+001B⟧c\n"},
		{"reference without a semicolon", "a&#27 b", "a&#27 b\n"},
		{"named reference", "a&ZeroWidthSpace;b &shy;c", "a⟦U+200B⟧b ⟦U+00AD⟧c\n"},
		{"number that overflows", "a&#4294967323;b", "a⟦U+001B⟧b\n"},
		{"line feed", "| a |\n|---|\n| b&#10;c |", "a\n──────────\nb⟦U+000A⟧c\n"},
		{"escaped ampersand", `a\&#27;b`, "a&#27;b\n"},
		{"put together across markup", "~~&**#27;**[31mFAKE~~", "~~&#27;[31mFAKE~~\n"},
		{"put together across an escape", `~~&\#27;[31mFAKE~~`, "~~&#27;[31mFAKE~~\n"},
		{"in code", "`&#27;` `a\x1bb`", "&#27; a⟦U+001B⟧b\n"},
		{"in an address", "[a](https://b&#27;c) <https://d\x1be>", "a https://b⟦U+001B⟧c <https://d⟦U+001B⟧e>\n"},
		{"in a block of code", "    a\x1bb&#27;", "  a⟦U+001B⟧b&#27;\n"},
		{"in an image", "![a&#27;b](c)", "a⟦U+001B⟧b\n"},
		{"in HTML", "<b>&<i></i>#27;</b>", "&#27;\n"},
	}
	for _, test := range tests {
		got, err := Markdown(test.source, Options{Width: 60})
		if err != nil || got != test.want {
			t.Errorf("%s: %q, want %q (error %v)", test.name, got, test.want, err)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n\n| b | c |\n|---|---|\n| ~~&**#27;**~~ | &shy; |\n\n> - [x] `d`\n", uint8(0))
	f.Add("[^a]: b\n\n[^a] [^a][] [c][^a] ^[d] ![^a]\n\n[[e]]: f\n", uint8(9))
	f.Add("[a](&#27;x \"t\") ![b](c) <d&#27;@e.f>\n\n    \x1b[31m\n\n<p>&#27;</p>", uint8(200))
	f.Fuzz(func(t *testing.T, source string, width uint8) {
		for _, style := range []Style{Plain, Dark} {
			drawn, err := Markdown(source, Options{Width: minWidth + int(width), Style: style})
			if err != nil {
				t.Errorf("%s: %q: %v", style, source, err)
			}
			if found := forbidden(drawn, style); found != "" {
				t.Errorf("%s: %q is drawn with %s: %q", style, source, found, drawn)
			}
			if wide := widest(drawn); wide > minWidth+int(width) {
				t.Errorf("%s: %q is drawn %d columns wide, more than %d: %q", style, source, wide, minWidth+int(width), drawn)
			}
		}
	})
}
