package render

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/synth-vault/synth/vault"
)

// joinedEmojis finds two emojis that make one picture.
var joinedEmojis = regexp.MustCompile(strings.ReplaceAll(`(P[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*)\x{200D}(P)`, "P",
	`[\x{A9}\x{AE}\x{203C}\x{2049}\x{2122}\x{2139}\x{2194}-\x{21AA}\x{231A}-\x{23FF}\x{24C2}\x{25AA}-\x{27BF}\x{2934}-\x{2935}\x{2B05}-\x{2B55}\x{3030}\x{303D}\x{3297}\x{3299}\x{1F000}-\x{1FAFF}]`))

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

// silent fails the test if something is printed on the standard output before it ends, as glamour does when it warns.
func silent(t *testing.T) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdout
	os.Stdout = file
	t.Cleanup(func() {
		os.Stdout = before
		if printed, err := os.ReadFile(file.Name()); err != nil || len(printed) > 0 {
			t.Errorf("printed on the standard output: %q (error %v)", printed, err)
		}
		file.Close()
	})
}

func TestMarkdownHostile(t *testing.T) {
	silent(t)
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
		{"reference without a semicolon", "a&#27 b", "a⟦U+001B⟧ b\n"},
		{"named reference", "a&ZeroWidthSpace;b &shy;c", "a⟦U+200B⟧b ⟦U+00AD⟧c\n"},
		{"number that overflows", "a&#4294967323;b", "a⟦U+001B⟧b\n"},
		{"line feed", "| a |\n|---|\n| b&#10;c |", " a\n" + strings.Repeat("─", 58) + "\n b⟦U+000A⟧c\n"},
		{"escaped ampersand", `a\&#27;b`, "a\\⟦U+001B⟧b\n"},
		{"put together across markup", "~~&**#27;**[31mFAKE~~", "&#27;[31mFAKE\n"},
		{"put together across an escape", `~~&\#27;[31mFAKE~~`, "&#27;[31mFAKE\n"},
		{"in code", "`&#27;`", "⟦U+001B⟧\n"},
		{"in HTML", "<b>&<i></i>#27;</b>", "&#27;\n"},
	}
	for _, test := range tests {
		got, err := Markdown(test.source, Options{Width: 60})
		if err != nil || got != test.want {
			t.Errorf("%s: %q, want %q (error %v)", test.name, got, test.want, err)
		}
	}
}

func TestTidy(t *testing.T) {
	tests := []struct{ name, drawn, want string }{
		{"padding", "\n\na  \x1b[1m \x1b[0m\x1b[1m \x1b[0m\n\nb\n\n", "a\n\nb\n"},
		{"colours over a line's end", "\x1b[1ma\nb\x1b[0m c", "\x1b[1ma\x1b[0m\n\x1b[1mb\x1b[0m c\n"},
		{"the same colours again", "\x1b[1ma\x1b[0m\x1b[1mb\x1b[0m", "\x1b[1mab\x1b[0m\n"},
		{"another sequence", "a\x1b]0;t\x07b\x1b[2J", "a⟦U+001B⟧]0;t⟦U+0007⟧b⟦U+001B⟧[2J\n"},
		{"blanks alone", " \x1b[1m \x1b[0m\n", ""},
	}
	for _, test := range tests {
		if got := tidy(test.drawn); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n\n| b | c |\n|---|---|\n| ~~&**#27;**~~ | &shy; |\n\n> - [x] `d`\n", uint8(0))
	f.Add("[a](&#27;x \"t\") ![b](c) <d&#27;@e.f>\n\n    \x1b[31m\n\n<p>&#27;</p>", uint8(200))
	f.Fuzz(func(t *testing.T, source string, width uint8) {
		for _, style := range []Style{Plain, Dark} {
			drawn, err := Markdown(source, Options{Width: minWidth + int(width), Style: style})
			if err != nil {
				continue
			}
			if found := forbidden(drawn, style); found != "" {
				t.Errorf("%s: %q is drawn with %s: %q", style, source, found, drawn)
			}
		}
	})
}
