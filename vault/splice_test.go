package vault

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestSpliced(t *testing.T) {
	got, ok := spliced([]byte("abcdef"), []splice{{4, 6, "E"}, {1, 2, "B"}, {4, 4, "+"}, {2, 2, "x"}, {2, 2, "y"}})
	if want := "aBxycd+E"; !ok || string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, bad := range [][]splice{{{0, 2, ""}, {1, 3, ""}}, {{2, 1, ""}}, {{0, 7, ""}}} {
		if got, ok := spliced([]byte("abcdef"), bad); ok {
			t.Errorf("%v gives %q", bad, got)
		}
	}
}

func TestScalarEnd(t *testing.T) {
	tests := []struct {
		text     string
		brackets bool
		want     string
	}{
		{"a b # c\n", false, "a b"},
		{"a#b \n", false, "a#b"},
		{"a\n  b\n\n  c # d\n  e\n", false, "a\n  b\n\n  c"},
		{"a\n# b\n", false, "a"},
		{`"a \" # b" # c`, false, `"a \" # b"`},
		{"'it''s' # c", false, "'it''s'"},
		{"|\n  a\n\n  b\n\n", false, "|\n  a\n\n  b"},
		{"|+\n  a\n\n", false, "|+\n  a\n"},
		{">-\n    a\n  # c\n", false, ">-\n    a"},
		{"|\n# c\n", false, "|"},
		{"a b , c", true, "a b"},
		{"a]", true, "a"},
		{", c", true, ""},
		{"a # ]", true, "a"},
		{`"a, b"]`, true, `"a, b"`},
	}
	for _, test := range tests {
		end, ok := scalarEnd([]byte(test.text), 0, len(test.text), test.brackets)
		if got := test.text[:end]; !ok || got != test.want {
			t.Errorf("%q: got %q, %v, want %q", test.text, got, ok, test.want)
		}
	}
	for _, text := range []string{`"a`, `"a\`, "'a''", "|2\n  a", "| # c\n  a"} {
		if end, ok := scalarEnd([]byte(text), 0, len(text), false); ok {
			t.Errorf("%q ends at %d", text, end)
		}
	}
}

// FuzzSplice sets, adds or removes one property of any head that can be read,
// and checks that reading it again gives that edit and nothing else, and that
// no byte outside the property's lines has changed.
func FuzzSplice(f *testing.F) {
	for _, seed := range []string{
		"a: 1 # c\nb: [x, 'y']\n", "a:\n  - x\n  # c\n  - y # d\nb:\n", "\"a\": |+\n  x\n\nb: ~\n", "  a: x\n\n  b: y\r\n",
		"a:\n- \"x\"\n-\n- 'y'\n", "a: >-\n  x\n  y\n# c\nb:   'z'\n", "a: x\n  y\nb: []\n", "é: \"ü\"\r\na: [\r\n x, # c\r\n y ]\r\n", "a: 1\r\rb: 2\r",
	} {
		for kind := range byte(6) {
			f.Add([]byte(seed), byte(0), kind, "new")
			f.Add([]byte(seed), byte(1), kind, "x")
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, which, kind byte, text string) {
		text = strings.ToValidUTF8(text, "")
		old, problems := head{text: src}.properties()
		if len(problems) > 0 || len(old) == 0 || len(text) > 100 {
			return
		}
		i := int(which) % len(old)
		if kind%6 == 5 && slices.ContainsFunc(old, func(p Property) bool { return p.Name == "added" }) {
			return
		}
		e := newHeadEditor(src, old, lineEnding(src))
		editOne(e, i, kind%6, text)
		result, ok := e.done()
		if !ok {
			return // refused, and nothing is written
		}
		got, problems := head{text: result}.properties()
		if want := e.expected(); len(problems) > 0 || !slices.EqualFunc(got, want, sameProperty) {
			t.Fatalf("%q becomes %q: %v, want %v", src, result, got, want)
		}
		from, to := e.lineOf(old[i].Line), e.limit(i)
		if !bytes.HasPrefix(result, src[:from]) || !bytes.HasSuffix(result, src[to:]) || len(result) < from+len(src)-to {
			t.Errorf("%q becomes %q: more than property %q changed", src, result, old[i].Name)
		}
		if span := src[from:to]; !bytes.ContainsAny(span, "\"'|>") {
			for _, line := range strings.FieldsFunc(string(span), func(r rune) bool { return r == '\n' || r == '\r' }) {
				if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") && !bytes.Contains(result, []byte(line)) {
					t.Errorf("%q becomes %q: the comment %q is lost", src, result, line)
				}
			}
		}
	})
}

// editOne makes one edit of a kind.
func editOne(e *headEditor, i int, kind byte, text string) {
	p := e.properties[i]
	switch kind {
	case 0:
		e.set(i, quoted(p.Name, text))
	case 1:
		e.set(i, list(p.Name, text, "more"))
	case 2:
		e.set(i, Property{Name: p.Name, List: true})
	case 3:
		e.remove(i)
	case 4:
		if p.List {
			e.change(i, map[int]bool{0: len(p.Values) > 0}, []Value{{Text: text}})
		}
	case 5:
		e.add(i, list("added", text))
	}
}
