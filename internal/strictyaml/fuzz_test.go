package strictyaml_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/strictyaml"
)

// aliasBomb is a document of nine levels, each of which names the one before
// it nine times.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for level := 'b'; level <= 'i'; level++ {
		before := "*" + string(level-1)
		b.WriteString(string(level) + ": &" + string(level) + " [" + strings.Repeat(before+", ", 8) + before + "]\n")
	}
	return b.String()
}

// manyKeys is a document of distinct keys: aa…: 1, one per line.
func manyKeys(count int) string {
	var b strings.Builder
	for i := range count {
		for rest := i; ; rest /= 26 {
			b.WriteByte(byte('a' + rest%26))
			if rest < 26 {
				break
			}
		}
		b.WriteString("_: 1\n")
	}
	return b.String()
}

// linesOf splits a source the way an editor does.
func linesOf(source string) []string {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(source, "\r", "\n"), "\n")
}

// checkPlaces fails unless every node begins where its text stands in lines.
func checkPlaces(t *testing.T, n *strictyaml.Node, lines []string) {
	t.Helper()
	if n.Line < 1 || n.Line > len(lines) {
		t.Fatalf("%d:%d: there are %d lines", n.Line, n.Column, len(lines))
	}
	line := []rune(lines[n.Line-1])
	if n.Column < 1 || n.Column > len(line)+1 {
		t.Fatalf("%d:%d: the line has %d characters", n.Line, n.Column, len(line))
	}
	if n.Kind == strictyaml.Scalar && (n.Quoted || n.Value != "") {
		first, _ := utf8.DecodeRuneInString(n.Value)
		switch written := line[n.Column-1:]; {
		case len(written) == 0:
			t.Fatalf("%d:%d: nothing is written for %q", n.Line, n.Column, n.Value)
		case n.Quoted && !strings.ContainsRune("'\"|>", written[0]):
			t.Fatalf("%d:%d: %q is not quoted", n.Line, n.Column, n.Value)
		case !n.Quoted && written[0] != first:
			t.Fatalf("%d:%d: %q begins with %q", n.Line, n.Column, n.Value, written[0])
		}
	}
	for _, item := range n.Items() {
		checkPlaces(t, item, lines)
	}
	for _, entry := range n.Entries() {
		if entry.Key.Kind != strictyaml.Scalar || entry.Key.IsNull() {
			t.Fatalf("%d:%d: this key is no text", entry.Key.Line, entry.Key.Column)
		}
		checkPlaces(t, entry.Key, lines)
		checkPlaces(t, entry.Value, lines)
	}
}

// FuzzParse holds for any input: Parse returns, the same for the same input,
// either a tree whose nodes all stand in the source or problems that all do.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"title: Registre\ntags: [a, \"b\"]\nup: \"[[Note]]\"\n",
		"? [x]\n: 1\n<<: {b: 1}",
		aliasBomb(),
		manyKeys(20_000),
		"a: b\u0085c: d\u2028e: f",
		"0: [:!00 \xef",
		"%YAML 1.2\n---\na: 1",
		"a:\tb\n\tc: d",
		"a: 1\r\nb: 2\r\n",
		"a: |\n  b\n c: 'd\n\n  e'\n# f\n- !x &y *z",
		strings.Repeat("[", 20_000),
		"a: 1\n---\nb: 2\n...\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		node, err := strictyaml.Parse(source, 1, strictyaml.Limits{})
		again, errAgain := strictyaml.Parse(source, 1, strictyaml.Limits{})
		if !reflect.DeepEqual(node, again) || !reflect.DeepEqual(err, errAgain) {
			t.Fatalf("two readings of %q differ, with the errors %v and %v", source, err, errAgain)
		}
		lines := linesOf(string(source))
		if err == nil {
			checkPlaces(t, node, lines)
			return
		}
		problems, ok := err.(strictyaml.Problems)
		if !ok || len(problems) == 0 || len(problems) > 100 || node != nil {
			t.Fatalf("not a report of 1 to 100 problems alone: %#v", err)
		}
		for _, p := range problems {
			checkPlaces(t, &strictyaml.Node{Line: p.Line, Column: p.Column}, lines)
		}
	})
}
