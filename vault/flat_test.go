package vault

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFlatPropertiesReadsWhatObsidianWrites(t *testing.T) {
	head := "title: \"Été: a [b]\"\nday: 2025-07-31\nempty:\naliases: [œuvre, b c]\ntags:\n  - IT\n  - '#x'\nlinks:\n- \"[[A|b]]\"\nnone: []\n"
	want := []Property{
		{Name: "title", Line: 2, Column: 1, Values: []Value{{Text: "Été: a [b]", Line: 2, Column: 8}}},
		{Name: "day", Line: 3, Column: 1, Values: []Value{{Text: "2025-07-31", Plain: true, Line: 3, Column: 6}}},
		{Name: "empty", Line: 4, Column: 1},
		{Name: "aliases", List: true, Line: 5, Column: 1, Values: []Value{
			{Text: "œuvre", Plain: true, Line: 5, Column: 11}, {Text: "b c", Plain: true, Line: 5, Column: 18}}},
		{Name: "tags", List: true, Line: 6, Column: 1, Values: []Value{
			{Text: "IT", Plain: true, Line: 7, Column: 5}, {Text: "#x", Line: 8, Column: 5}}},
		{Name: "links", List: true, Line: 9, Column: 1, Values: []Value{{Text: "[[A|b]]", Line: 10, Column: 3}}},
		{Name: "none", List: true, Line: 11, Column: 1},
	}
	got, ok := new(flatHead).read([]byte(head))
	if d := cmp.Diff(want, got); d != "" || !ok {
		t.Errorf("ok is %t (-want +got):\n%s", ok, d)
	}
}

// What is rare, unclear or wrong is the parser's.
func TestFlatPropertiesHandsOver(t *testing.T) {
	for _, head := range []string{
		"", "a: 1", "a: b: c\n", "a:b\n", "a:  b\n", "a: \n", "a: b \n", "a: b #c\n", "a: b:\n", "a: null\n", "a: ~\n",
		"null: a\n", "a: b\na: c\n", "a: b\n  c\n", "a: |\n  b\n", "a: *b\n", "a: !b c\n", "a: {b: c}\n", "a: [[b]]\n", "a: [b\n",
		"a: [b,c]\n", "a: [b, ]\n", "a: ['b']\n", "a: \"b\\n\"\n", "a: 'b''c'\n", "a: \"b\" c\n", "a: b\n- c\n", "- a\n",
		"a:\n- b\n  - c\n", "a:\n  - b: c\n", "a:\n  -\n", "a:\n  - - b\n", "a: []\n- b\n", "# a\n", "a: b\n\n", "a: b\r\n", "a:\tb\n", "é: b\n",
		"a: \xff\n", "a: \u2028\n", "a: b\ufeff\n", "a: b\u0085\n", "---\n", strings.Repeat("a", 2000) + ": b\n", "a: " + strings.Repeat("b", maxHead) + "\n",
	} {
		if got, ok := new(flatHead).read([]byte(head)); ok {
			t.Errorf("%q is read as %v", head, got)
		}
	}
	var many strings.Builder
	for i := range maxKeys + 1 {
		fmt.Fprintf(&many, "a%d:\n", i)
	}
	if _, ok := new(flatHead).read([]byte(many.String())); ok {
		t.Errorf("%d properties are read", maxKeys+1)
	}
}

// FuzzFlatProperties checks that the short way gives what the parser gives, or
// nothing.
func FuzzFlatProperties(f *testing.F) {
	for _, seed := range []string{
		"a: 1\n", "a: \"é: #b\"\nb:\nc:\n  - d\n  - 'e'\n", "a: [b, c d]\n", "a:\n- b\nc: []\n", "a: b[]{},'\"&*!|>%@`c\n", "a: ²\n", "a: ª-_.\u00a0b\n", "a: [1-, b/]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		short, ok := new(flatHead).read(text)
		if !ok {
			return
		}
		parsed, problems := parseProperties(text)
		if d := cmp.Diff(parsed, short); d != "" || len(problems) > 0 {
			t.Errorf("%q: %v\n-parsed +short:\n%s", text, problems, d)
		}
	})
}
