package vault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"text/template"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

func TestUntrustedQuote(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"words", "Un mot, un autre ; \"oui\" ?", "> Un mot, un autre ; \"oui\" ?"},
		{"lines", "one\r\ntwo\rthree\u2028four", "> one\n> two\n> three\n> four"},
		{"blank lines", "\n\n  one\n \t\n  two \n\n", "> one\n>\n> two"},
		{"nothing", " \n\t", ""},
		{"link", "[[Note]]", "> \\[\\[Note\\]\\]"},
		{"address", "https://a.b//c/d", "> https\\:\\/\\/a\\.b/\\/c/d"},
		{"either/or", "and/or", "> and/or"},
		{"backslash", `a\`, `> a\\`},
		{"quote", "> x", "> \\> x"},
		{"right to left", "a\u202Eb", "> a⟦U\\+202E⟧b"},
		{"escape sequence", "\x1b[2J", "> ⟦U\\+001B⟧\\[2J"},
		{"tag character", "\U000E0041", "> ⟦U\\+E0041⟧"},
		{"joined emoji", "🧑\u200D🤝", "> 🧑⟦U\\+200D⟧🤝"},
		{"emoji picture", "⚠\uFE0F", "> ⚠\uFE0F"},
		{"text picture", "⚠\uFE0E", "> ⚠⟦U\\+FE0E⟧"},
		{"filler", "\u3164", "> ⟦U\\+3164⟧"},
		{"noncharacter", "\uFFFE", "> ⟦U\\+FFFE⟧"},
		{"invalid UTF-8", "a\xff", "> a\uFFFD"},
		{"all of ASCII", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
			"> \\!\"\\#\\$\\%\\&'\\(\\)\\*\\+,\\-\\./\\:;\\<\\=\\>?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Received(test.raw).Quote(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestUntrustedString(t *testing.T) {
	tests := []struct{ raw, want string }{
		{" one \n\n two\t", "one two"},
		{"<\n% x %>", "\\< \\% x \\%\\>"},
		{"http:\n//a", "http\\: /\\/a"},
		{"\n", ""},
	}
	for _, test := range tests {
		if got := Received(test.raw).String(); got != test.want {
			t.Errorf("%q gives %q, want %q", test.raw, got, test.want)
		}
	}
}

func TestUnescape(t *testing.T) {
	tests := []struct{ quoted, want string }{
		{`a\.b \[c\]`, "a.b [c]"},
		{`a\\\.`, `a\.`},
		{`C:\Users`, `C:\Users`},
		{`end\`, `end\`},
		{"by hand: [x]", "by hand: [x]"},
	}
	for _, test := range tests {
		if got := Raw(Unescape(test.quoted)); got != test.want {
			t.Errorf("%q gives %q, want %q", test.quoted, got, test.want)
		}
	}
}

func TestUntrustedIsZero(t *testing.T) {
	for raw, want := range map[string]bool{"": true, " \n\t\u00A0": true, "x": false, "\u200B": false} {
		if got := Received(raw).IsZero(); got != want {
			t.Errorf("%q: %t", raw, got)
		}
	}
}

// TestUntrustedIsOpaque tries the ways in which text gets printed.
func TestUntrustedIsOpaque(t *testing.T) {
	u := Received("[x]")
	name, _ := NewName(Received("A-B"))
	for _, verb := range []string{"%v", "%s", "%q", "%x", "%d", "%+v", "%#v", "%c", "%10s"} {
		if got := fmt.Sprintf(verb, u); strings.Contains(got, "[x") && !strings.Contains(got, `\[x`) {
			t.Errorf("%s prints %s", verb, got)
		}
		if got := fmt.Sprintf(verb, name); strings.Contains(got, "A-B") {
			t.Errorf("%s prints %s", verb, got)
		}
	}
	if got := fmt.Sprint(u); got != `\[x\]` {
		t.Errorf("Sprint gives %s", got)
	}
	var page, log bytes.Buffer
	shown := template.Must(template.New("").Parse(`{{.}} {{printf "%v" .}} {{print .}}`))
	if err := shown.Execute(&page, u); err != nil || page.String() != `\[x\] \[x\] \[x\]` {
		t.Errorf("a template shows %s, error %v", page.String(), err)
	}
	if err := template.Must(template.New("").Parse(`{{.raw}}`)).Execute(&page, u); err == nil {
		t.Error("a template reaches the text")
	}
	slog.New(slog.NewTextHandler(&log, nil)).Info("got", "answer", u, "name", name)
	if got := log.String(); strings.Contains(got, "x]") || strings.Contains(got, "A-B") || !strings.Contains(got, "answer.bytes=3") {
		t.Errorf("the log holds %s", got)
	}
	if data, err := json.Marshal([]any{u}); err != nil || string(data) != "[{}]" {
		t.Errorf("JSON gives %s, error %v", data, err)
	}
}

func TestNewName(t *testing.T) {
	long := strings.Repeat("é", maxName)
	tests := []struct {
		raw, name, shown string
		ok               bool
	}{
		{" Dr. Anne-Marie O'Neil & fils ", "Dr. Anne-Marie O'Neil & fils", "Dr\\. Anne\\-Marie O'Neil \\& fils", true},
		{"Rene\u0301", "René", "René", true},
		{"L’Étude 2", "L’Étude 2", "L’Étude 2", true},
		{long, long, long, true},
		{long + "é", "", "", false},
		{"12.5", "", "", false},
		{"", "", "", false},
		{"two\nlines", "", "", false},
		{"a:b", "", "", false},
		{"[x]", "", "", false},
		{"a\u202Eb", "", "", false},
		{"a\uFE0Eb", "", "", false},
		{"\u3164", "", "", false},
		{"a\u1FEFb", "", "", false}, // a backtick once in NFC
		{"a\xff", "", "", false},
		{"a 🙂", "", "", false},
	}
	for _, test := range tests {
		name, ok := NewName(Received(test.raw))
		if ok != test.ok || PlainName(name) != test.name || name.String() != test.shown {
			t.Errorf("%q: %t, plain %q, shown %q", test.raw, ok, PlainName(name), name)
		}
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ trusted, want string }{
		{"Mails, dossiers (3) - 1.5 : ok !", "Mails, dossiers (3) - 1.5 : ok !"},
		{"a_b *c* `d` #e", "a\\_b \\*c\\* \\`d\\` \\#e"},
		{"[[x]] {{y}} <% z %>", "\\[\\[x\\]\\] \\{\\{y\\}\\} \\<\\% z \\%\\>"},
		{"a=b a==b a::b a:b", "a=b a\\=\\=b a\\:\\:b a:b"},
		{"é|$~^\\", "é\\|\\$\\~\\^\\\\"},
	}
	for _, test := range tests {
		if got := Escape(test.trusted); got != test.want {
			t.Errorf("%q gives %q, want %q", test.trusted, got, test.want)
		}
	}
}

// TestHostileTextIsInert puts every hostile string alone and after another one
// into a quote and into a line.
func TestHostileTextIsInert(t *testing.T) {
	previous := ""
	for id, raw := range hostileStrings(t) {
		for _, text := range []string{raw, previous + raw, previous + "\n" + raw} {
			checkInert(t, id, text)
		}
		previous = raw
	}
}

// hostileStrings gives the test strings by their id.
func hostileStrings(t testing.TB) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string)
	for line := range bytes.Lines(data) {
		var entry struct{ ID, Text string }
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatal(err)
		}
		all[entry.ID] = entry.Text
	}
	return all
}

// triggers are the bytes by which Markdown, Obsidian or a plugin is set off.
var triggers = []string{
	"<%", "%%", "[[", "]]", "{{", "::", "~~~", "<!--", "](", "$$", "==", "[!", "://", "||", "---", "^[", "```",
	"\x1b", "\u202e", "\u2028", "\u0085", "\r", "\t",
}

// checkInert fails unless a text yields nothing but text, by the bytes and by
// the tree, and can be read back.
func checkInert(t *testing.T, id, raw string) {
	t.Helper()
	u := Received(raw)
	for _, shown := range []string{u.String(), u.Quote()} {
		for _, trigger := range triggers {
			if strings.Contains(shown, trigger) {
				t.Errorf("%s: %q holds %q", id, shown, trigger)
			}
		}
		if kinds := activeKinds(shown); len(kinds) > 0 {
			t.Errorf("%s: %q is read as %v", id, shown, kinds)
		}
	}
	var unquoted, trimmed []string
	for line := range strings.SplitSeq(u.Quote(), "\n") {
		unquoted = append(unquoted, strings.TrimPrefix(strings.TrimPrefix(line, ">"), " "))
	}
	for line := range strings.SplitSeq(trimBlankLines(clean(raw)), "\n") {
		trimmed = append(trimmed, strings.TrimSpace(line))
	}
	back := Unescape(strings.Join(unquoted, "\n"))
	if d := cmp.Diff(strings.Join(trimmed, "\n"), Raw(back)); d != "" {
		t.Errorf("%s: the quote reads back otherwise (-want +got):\n%s", id, d)
	}
	if u.Quote() != back.Quote() {
		t.Errorf("%s: quoted again, %q becomes %q", id, u.Quote(), back.Quote())
	}
}

// activeKinds gives the kinds of nodes that are more than quoted text.
func activeKinds(source string) []string {
	markdown := goldmark.New(goldmark.WithExtensions(
		extension.GFM, extension.Footnote, extension.DefinitionList))
	src := []byte("before\n\n" + source + "\n\nafter\n")
	var kinds []string
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.(type) {
		case *ast.Document, *ast.Blockquote, *ast.Paragraph, *ast.Text:
		default:
			if entering {
				kinds = append(kinds, n.Kind().String())
			}
		}
		return ast.WalkContinue, nil
	})
	return kinds
}

// TestHiddenCharacters compares the quick answer for the first characters with the tables.
func TestHiddenCharacters(t *testing.T) {
	for r := range rune(0x34F) {
		want := unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
		if got := isHidden(r); got != want {
			t.Errorf("isHidden(%U) = %v", r, got)
		}
	}
}
