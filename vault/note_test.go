package vault

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNoteNames(t *testing.T) {
	tests := []struct{ path, name, folder string }{
		{"a.md", "a", ""},
		{"x/y/a.b.MD", "a.b", "x/y"},
		{"x/🧭 Synthèse – CDP.md", "🧭 Synthèse – CDP", "x"},
	}
	for _, test := range tests {
		n := &Note{path: test.path}
		if n.Path() != test.path || n.Name() != test.name || n.Folder() != test.folder {
			t.Errorf("%q: path %q, name %q, folder %q", test.path, n.Path(), n.Name(), n.Folder())
		}
	}
}

func TestProperties(t *testing.T) {
	n := openNote(t, "---\n"+
		"title: \"Accès: 010\"\n"+
		"code:   010\n"+
		"date: 2025-07-31\n"+
		"empty:\n"+
		"nothing: ~\n"+
		"blank: \"\"\n"+
		"tags:\n"+
		"  - IT\n"+
		"  - 'a b'\n"+
		"  -\n"+
		"none: []\n"+
		"é: |\n"+
		"  two\n"+
		"  lines\n"+
		"---\nbody\n")
	got, err := n.Properties()
	if err != nil {
		t.Fatal(err)
	}
	want := []Property{
		{Name: "title", Values: []Value{{Text: "Accès: 010", Line: 2, Column: 8}}, Line: 2, Column: 1},
		{Name: "code", Values: []Value{{Text: "010", Plain: true, Line: 3, Column: 9}}, Line: 3, Column: 1},
		{Name: "date", Values: []Value{{Text: "2025-07-31", Plain: true, Line: 4, Column: 7}}, Line: 4, Column: 1},
		{Name: "empty", Line: 5, Column: 1},
		{Name: "nothing", Line: 6, Column: 1},
		{Name: "blank", Values: []Value{{Line: 7, Column: 8}}, Line: 7, Column: 1},
		{Name: "tags", List: true, Values: []Value{
			{Text: "IT", Plain: true, Line: 9, Column: 5},
			{Text: "a b", Line: 10, Column: 5},
			{Plain: true, Line: 11, Column: 4},
		}, Line: 8, Column: 1},
		{Name: "none", List: true, Line: 12, Column: 1},
		{Name: "é", Values: []Value{{Text: "two\nlines\n", Line: 13, Column: 4}}, Line: 13, Column: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("properties (-want +got):\n%s", d)
	}
	for name, text := range map[string]string{"title": "Accès: 010", "empty": "", "tags": "", "none": ""} {
		if p, found := n.Property(name); !found || p.Text() != text {
			t.Errorf("%s: found %t, text %q, want %q", name, found, p.Text(), text)
		}
	}
	if _, found := n.Property("tit"); found {
		t.Error("a property is found by the beginning of its name")
	}
}

func TestPropertyIsFoundHoweverItsNameIsWritten(t *testing.T) {
	tests := []struct{ head, name string }{
		{`"categ\u006Fry": a`, "category"},
		{`'it''s': a`, "it's"},
		{"? \"two\n  words\"\n: a", "two words"},
		{`{"category": "a"}`, "category"},
	}
	for _, test := range tests {
		p, found := openNote(t, "---\n"+test.head+"\n---\n").Property(test.name)
		if !found || p.Text() != "a" {
			t.Errorf("%s: found %t, text %q", test.head, found, p.Text())
		}
	}
}

func TestHeadErrors(t *testing.T) {
	tests := []struct {
		name, text   string
		code         string
		line, column int
	}{
		{"not closed", "---\na: 1\n", "head_unclosed", 1, 1},
		{"unquoted link", "---\na: 1\nup: [[Note]]\n---\n", "head_nested", 3, 6},
		{"mapping in a value", "---\na:\n  b: 1\n---\n", "head_nested", 3, 3},
		{"mapping in a list", "---\na:\n  - b: 1\n---\n", "head_nested", 3, 5},
		{"a list", "---\n- a\n---\n", "head_not_properties", 2, 1},
		{"text", "---\njust words\n---\n", "head_not_properties", 2, 1},
		{"a name twice", "---\na: 1\nb: 2\na: 3\n---\n", "yaml_duplicate_key", 4, 1},
		{"an alias", "---\na: &x 1\n---\n", "yaml_anchor", 2, 4},
		{"CRLF", "\uFEFF---\r\na: 1\r\nup: [[Note]]\r\n---\r\n", "head_nested", 3, 6},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := openNote(t, test.text)
			_, err := n.Properties()
			var headErr *HeadError
			if !errors.As(err, &headErr) {
				t.Fatalf("error is %v", err)
			}
			p := headErr.Problems[0]
			if p.Path != "note.md" || p.Code != test.code || p.Line != test.line || p.Column != test.column || p.Severity != Error {
				t.Errorf("problem is %+v", p)
			}
			if got := strings.Count(err.Error(), "\n") + 1; got != len(headErr.Problems) || !strings.HasPrefix(err.Error(), "note.md:") {
				t.Errorf("the error reads %q", err)
			}
			if _, found := n.Property("a"); found {
				t.Error("a property is found in a head that cannot be read")
			}
		})
	}
}

func TestIsTemplate(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"---\ndate: {{date}}\n---\n", true},
		{"---\ntitle: <% tp.file.title %>\n---\n", true},
		{"---\ntitle: plain\n---\n{{date}}", false},
		{"---\na: \"}} {{\"\n---\n", false},
		{"no head {{x}}", false},
	}
	for _, test := range tests {
		if got := openNote(t, test.text).IsTemplate(); got != test.want {
			t.Errorf("%q: %t, want %t", test.text, got, test.want)
		}
	}
}

func TestBody(t *testing.T) {
	tests := []struct {
		text, body string
		line       int
	}{
		{"text", "text", 1},
		{"\uFEFFtext", "text", 1},
		{"---\na: 1\n---\ntext\n", "text\n", 4},
		{"\uFEFF---\r\na: 1\r\n---\r\n\r\ntext", "\r\ntext", 4},
		{"---\nunclosed\n", "---\nunclosed\n", 1},
		{"", "", 1},
	}
	for _, test := range tests {
		body, line, err := openNote(t, test.text).body()
		if err != nil || string(body) != test.body || line != test.line {
			t.Errorf("%q: body %q on line %d, error %v", test.text, body, line, err)
		}
	}
}

func TestBytesAreReadOnce(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": "one", "gone.md": "x"})
	n, _ := v.Note("a.md")
	if data, err := n.Bytes(); err != nil || string(data) != "one" {
		t.Fatalf("got %q, error %v", data, err)
	}
	if err := os.WriteFile(filepath.Join(v.Dir(), "a.md"), []byte("two"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, _ := n.Bytes(); string(data) != "one" {
		t.Errorf("second reading gives %q", data)
	}

	if err := os.Remove(filepath.Join(v.Dir(), "gone.md")); err != nil {
		t.Fatal(err)
	}
	n, _ = v.Note("gone.md")
	_, err := n.Bytes()
	var problem Problem
	if !errors.As(err, &problem) || problem.Path != "gone.md" || problem.Code != "unreadable" {
		t.Errorf("error is %v", err)
	}
	if _, _, err := n.body(); err == nil {
		t.Error("the body of a file that is gone")
	}
}

func TestHeadAloneIsNotEmpty(t *testing.T) {
	if head := openNote(t, "---\n---\n").Head(); head == nil || len(head) > 0 {
		t.Errorf("an empty head is %#v", head)
	}
	if head := openNote(t, "text").Head(); head != nil {
		t.Errorf("no head is %q", head)
	}
}

func TestProblemText(t *testing.T) {
	tests := []struct {
		problem Problem
		want    string
	}{
		{Problem{Path: "a.md", Line: 3, Column: 5, Message: "no"}, "a.md:3:5: no"},
		{Problem{Path: "a.md", Line: 3, Message: "no"}, "a.md:3: no"},
		{Problem{Path: "a.md", Message: "no"}, "a.md: no"},
		{Problem{Line: 3, Message: "no"}, "3: no"},
		{Problem{Message: "no"}, "no"},
	}
	for _, test := range tests {
		if got := test.problem.Error(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
