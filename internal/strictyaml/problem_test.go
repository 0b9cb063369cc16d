package strictyaml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/adrg/frontmatter"
	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/strictyaml"
)

func ExampleParse() {
	source := "title: Register\ntitle: Backups\nowner: !name ops\n"
	_, err := strictyaml.Parse([]byte(source), 2, strictyaml.Limits{Bytes: 64 << 10, Keys: 500})
	fmt.Println(err)
	// Output:
	// 3:1: key "title" stands twice, first on line 2
	// 4:8: the tag "!name" is not allowed
}

func ExampleFields() {
	node, err := strictyaml.Parse([]byte("name: Backups\nwieght: 3\n"), 1, strictyaml.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var sink strictyaml.Sink
	control := strictyaml.Open(node, &sink)
	name := control.String("name")
	weight, _ := control.OptInt("weight", 1, 5)
	control.Close()
	fmt.Println(name, weight)
	for _, problem := range sink.Problems() {
		fmt.Println(problem, "-", problem.Hint)
	}
	// Output:
	// Backups 0
	// 2:1: unknown key "wieght" - did you mean "weight"?
}

func TestPlacesAreThoseOfTheFile(t *testing.T) {
	node, err := strictyaml.Parse([]byte("a: 1\nb: 2"), 5, strictyaml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := node.Get("b"); got.Line != 6 || got.Column != 4 {
		t.Errorf("place of b: %d:%d, want 6:4", got.Line, got.Column)
	}
	for source, want := range map[string]string{
		"a: 1\na: 2":     `6:1: key "a" stands twice, first on line 5`,
		"a: 1\nb: c: d":  "6:1: mapping values are not allowed in this context",
		"a: 1\nb: *c":    `6:4: the alias "*c" is not allowed`,
		"a: 1\n\u2028b:": "6:1: the character U+2028 may not stand here",
		"# a\n%FOO\n":    `6:1: the directive "%FOO" is not allowed`,
		"a: 1\n---\nb":   "6:1: a second document begins here",
	} {
		_, err := strictyaml.Parse([]byte(source), 5, strictyaml.Limits{})
		if err == nil || err.Error() != want {
			t.Errorf("Parse(%q) = %v, want %s", source, err, want)
		}
	}
}

func TestHintsSayWhatToDo(t *testing.T) {
	for source, want := range map[string]string{
		"a: b: c":           "put text that contains \": \" in quotes, and check the indentation",
		"a: `b":             "put text that begins with @, ` or % in quotes, and indent with spaces",
		"a: **b**":          "put text that begins with * or & in quotes",
		"a: *b":             "put text that begins with this character in quotes",
		"a: !b":             "put text that begins with this character in quotes",
		`a: "C:\Users"`:     "write \\\\ for a backslash in double quotes, or use single quotes",
		`a: "\Docs"`:        "write \\\\ for a backslash in double quotes, or use single quotes",
		"a: \"b":            "close the quotes",
		"a: [b":             "close the bracket, or put text that begins with [ or { in quotes",
		"a: {b":             "close the bracket, or put text that begins with [ or { in quotes",
		"{{title}}: a":      "put text that begins with [ or { in quotes",
		"a: 1\n---\nb: 2":   "keep one document; --- and ... begin and end it",
		"a: \xe9":           "save the file as UTF-8",
		"a: \u2028":         "remove this invisible character",
		"%YAML 1.2\n---\na": "remove this line",
		"<<: a":             "write the keys out",
	} {
		_, err := strictyaml.Parse([]byte(source), 1, strictyaml.Limits{})
		var problems strictyaml.Problems
		if !errors.As(err, &problems) {
			t.Errorf("Parse(%q) = %v, want problems", source, err)
			continue
		}
		if problems[0].Hint != want {
			t.Errorf("%q: %s, hint %q, want %q", source, problems[0], problems[0].Hint, want)
		}
	}
}

func TestReportIsBounded(t *testing.T) {
	for name, source := range map[string]string{
		"characters": strings.Repeat("\x01", 1000),
		"aliases":    "- &a b\n" + strings.Repeat("- *a\n", 1000),
	} {
		_, err := strictyaml.Parse([]byte(source), 1, strictyaml.Limits{})
		var problems strictyaml.Problems
		if !errors.As(err, &problems) || len(problems) != 100 {
			t.Errorf("%s: %d problems, want 100", name, len(problems))
		}
	}
}

func TestMessagesShowTextSafely(t *testing.T) {
	key := `"\e[31m` + strings.Repeat("é", 100) + `"`
	_, err := strictyaml.Parse([]byte(key+": 1\n"+key+": 2\n"), 1, strictyaml.Limits{})
	want := `2:1: key "\x1b[31m` + strings.Repeat("é", 55) + `…" stands twice, first on line 1`
	if err == nil || err.Error() != want {
		t.Errorf("Parse = %v, want %s", err, want)
	}
}

func TestSinkSortsByPlaceThenCode(t *testing.T) {
	var sink strictyaml.Sink
	sink.Add(&strictyaml.Node{Line: 2, Column: 1}, "b", "third")
	sink.Add(&strictyaml.Node{Line: 1, Column: 9}, "z", "second")
	sink.Add(&strictyaml.Node{Line: 2, Column: 1}, "c", "fourth")
	sink.Add(nil, "z", "%s", "first").Hint = "hint"
	want := strictyaml.Problems{
		{Line: 1, Column: 1, Code: "z", Message: "first", Hint: "hint"},
		{Line: 1, Column: 9, Code: "z", Message: "second"},
		{Line: 2, Column: 1, Code: "b", Message: "third"},
		{Line: 2, Column: 1, Code: "c", Message: "fourth"},
	}
	got := sink.Problems()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if text := got.Error(); text != "1:1: first\n1:9: second\n2:1: third\n2:1: fourth" {
		t.Errorf("Error() = %q", text)
	}
}

func TestUnmarshalIsAFormatOfFrontmatter(t *testing.T) {
	format := frontmatter.NewFormat("---", "---", strictyaml.Unmarshal)
	var head strictyaml.Node
	body, err := frontmatter.MustParse(strings.NewReader("---\ntitle: a\n---\nbody\n"), &head, format)
	if err != nil {
		t.Fatal(err)
	}
	if title := head.Get("title"); title == nil || title.Value != "a" || string(body) != "body\n" {
		t.Errorf("title %v, body %q", title, body)
	}
	_, err = frontmatter.MustParse(strings.NewReader("---\na: &b\n---\n"), &head, format)
	if report(err) != "1:4 yaml_anchor" {
		t.Errorf("problems of an anchor: %v", err)
	}
}

func TestUnmarshalWantsANode(t *testing.T) {
	var nothing *strictyaml.Node
	for _, target := range []any{nil, map[string]any{}, strictyaml.Node{}, nothing} {
		if err := strictyaml.Unmarshal([]byte("a: 1"), target); err == nil {
			t.Errorf("Unmarshal into %T succeeds", target)
		}
	}
}

func TestNodeIsNull(t *testing.T) {
	node := parse(t, "[~, null, Null, NULL, nuLL, '', '~', a, []]")
	var got []bool
	for _, item := range node.Items() {
		got = append(got, item.IsNull())
	}
	want := []bool{true, true, true, true, false, false, false, false, false}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("IsNull (-want +got):\n%s", diff)
	}
	var none *strictyaml.Node
	if !none.IsNull() || none.Get("a") != nil || node.Get("a") != nil {
		t.Errorf("no node is not null, or something without keys has one")
	}
}
