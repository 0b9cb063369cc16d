package strictyaml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/strictyaml"
)

// outline writes a tree on one line per scalar, with the place of each.
func outline(n *strictyaml.Node, path string) string {
	var b strings.Builder
	switch n.Kind {
	case strictyaml.Sequence:
		fmt.Fprintf(&b, "%s[] %d:%d\n", path, n.Line, n.Column)
		for i, item := range n.Items() {
			b.WriteString(outline(item, fmt.Sprintf("%s[%d]", path, i)))
		}
	case strictyaml.Mapping:
		fmt.Fprintf(&b, "%s{} %d:%d\n", path, n.Line, n.Column)
		for _, entry := range n.Entries() {
			b.WriteString(outline(entry.Key, path+".key"))
			b.WriteString(outline(entry.Value, path+"."+entry.Key.Value))
		}
	default:
		quoted := ""
		if n.Quoted {
			quoted = " quoted"
		}
		fmt.Fprintf(&b, "%s = %q%s %d:%d\n", path, n.Value, quoted, n.Line, n.Column)
	}
	return b.String()
}

func TestParseReadsNodesWithTheirPlaces(t *testing.T) {
	tests := map[string]struct {
		source string
		want   string
	}{
		"nothing":            {"", ` = "" 1:1`},
		"only a comment":     {"# nothing\n", ` = "" 1:1`},
		"document markers":   {"---\na\n...\n", ` = "a" 2:1`},
		"numbers stay text":  {"[1.10, 010, 0777, 1e3, 2020-01-02]", "[] 1:1\n[0] = \"1.10\" 1:2\n[1] = \"010\" 1:8\n[2] = \"0777\" 1:13\n[3] = \"1e3\" 1:19\n[4] = \"2020-01-02\" 1:24"},
		"columns are points": {"é: [😀, ü]", "{} 1:1\n.key = \"é\" 1:1\n.é[] 1:4\n.é[0] = \"😀\" 1:5\n.é[1] = \"ü\" 1:8"},
		"CRLF":               {"a: 1\r\nb: 2\r\n", "{} 1:1\n.key = \"a\" 1:1\n.a = \"1\" 1:4\n.key = \"b\" 2:1\n.b = \"2\" 2:4"},
		"lone CR":            {"a: 1\rb: 2", "{} 1:1\n.key = \"a\" 1:1\n.a = \"1\" 1:4\n.key = \"b\" 2:1\n.b = \"2\" 2:4"},
		"tab before value":   {"a:\t1", "{} 1:1\n.key = \"a\" 1:1\n.a = \"1\" 1:4"},
		"quotes and blocks":  {"- 'it''s'\n- \"a\\tb\"\n- |\n  x\n  y\n- >\n  x\n  y\n", "[] 1:1\n[0] = \"it's\" quoted 1:3\n[1] = \"a\\tb\" quoted 2:3\n[2] = \"x\\ny\\n\" quoted 3:3\n[3] = \"x y\\n\" quoted 6:3"},
		"links":              {"up: \"[[Note]]\"\nup2: [[Note]]", "{} 1:1\n.key = \"up\" 1:1\n.up = \"[[Note]]\" quoted 1:5\n.key = \"up2\" 2:1\n.up2[] 2:6\n.up2[0][] 2:7\n.up2[0][0] = \"Note\" 2:8"},
		"quoted merge key":   {`"<<": a`, "{} 1:1\n.key = \"<<\" quoted 1:1\n.<< = \"a\" 1:7"},
		"text like a merge":  {"a: <<", "{} 1:1\n.key = \"a\" 1:1\n.a = \"<<\" 1:4"},
		"text with marks":    {"a: b & c * d ! e", "{} 1:1\n.key = \"a\" 1:1\n.a = \"b & c * d ! e\" 1:4"},
		"quoted null key":    {`"": a`, "{} 1:1\n.key = \"\" quoted 1:1\n. = \"a\" 1:5"},
		"nothing at the end": {"? a", "{} 1:1\n.key = \"a\" 1:3\n.a = \"\" 1:4"},
		"explicit key":       {"? a\n: b", "{} 1:1\n.key = \"a\" 1:3\n.a = \"b\" 2:3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			node, err := strictyaml.Parse([]byte(test.source), 1, strictyaml.Limits{})
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			if diff := cmp.Diff(test.want+"\n", outline(node, "")); diff != "" {
				t.Errorf("nodes (-want +got):\n%s", diff)
			}
		})
	}
}

// report writes problems as "line:col code", one per line.
func report(err error) string {
	var problems strictyaml.Problems
	if !errors.As(err, &problems) {
		return fmt.Sprint(err)
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code))
	}
	return strings.Join(lines, "\n")
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"alias and anchor":            {"a: &x 1\nb: *x", "1:4 yaml_anchor\n2:4 yaml_alias"},
		"unknown alias":               {"a: '*x'\nb: *x", "2:4 yaml_alias"},
		"alias as key":                {"&x a: 1\n*x : 2", "1:1 yaml_anchor\n2:1 yaml_alias"},
		"anchor of nothing":           {"a: &x", "1:4 yaml_anchor"},
		"merge key":                   {"<<: {b: 1}", "1:1 yaml_merge_key"},
		"merge key, complex key":      {"? [x]\n: 1\n<<: {b: 1}", "1:3 yaml_key_not_scalar\n3:1 yaml_merge_key"},
		"custom tag":                  {"a: !secret b", "1:4 yaml_tag"},
		"standard tag":                {"a: !!str 1", "1:4 yaml_tag"},
		"bare tag":                    {"a: ! 1\n! b: 1", "1:4 yaml_tag\n2:1 yaml_tag"},
		"tag of the document":         {"!!map\na: 1", "1:1 yaml_tag"},
		"bare tag of the first key":   {"! a: 1", "1:1 yaml_tag"},
		"duplicate key":               {"a: 1\nb: 2\na: 3", "3:1 yaml_duplicate_key"},
		"duplicate by quoting":        {"1: a\n\"1\": b\n'1': c", "2:1 yaml_duplicate_key\n3:1 yaml_duplicate_key"},
		"duplicate key within":        {"a:\n  - b: 1\n    b: 2", "3:5 yaml_duplicate_key"},
		"mapping as key":              {"{a: 1}: b", "1:1 yaml_key_not_scalar"},
		"null keys":                   {"~: 1\nnull: 2\n? \n: 3", "1:1 yaml_key_not_scalar\n2:1 yaml_key_not_scalar\n3:2 yaml_key_not_scalar"},
		"two documents":               {"a: 1\n---\nb: 2", "2:1 yaml_several_documents"},
		"second document empty":       {"a: 1\n---\n", "2:1 yaml_several_documents"},
		"directives":                  {"# c\n%YAML 1.2\n%FOO x\n---\na: *x", "2:1 yaml_directive\n3:1 yaml_directive\n5:4 yaml_alias"},
		"percent in the middle":       {"a: 1\n%b: 2", "2:1 yaml_invalid"},
		"U+0085":                      {"a: b\u0085c: d", "1:5 yaml_line_break"},
		"U+2028 and U+2029":           {"a: é\u2028c\nb: \"\u2029\"", "1:5 yaml_line_break\n2:5 yaml_line_break"},
		"byte order mark":             {"\ufeffa: 1", "1:1 yaml_line_break"},
		"control characters":          {"a: \x00\n# \x1b\x7f", "1:4 yaml_line_break\n2:3 yaml_line_break\n2:4 yaml_line_break"},
		"invalid UTF-8":               {"a: é\xff", "1:5 yaml_invalid_utf8"},
		"UTF-16":                      {"\xff\xfea\x00", "1:1 yaml_invalid_utf8\n1:2 yaml_invalid_utf8\n1:4 yaml_line_break"},
		"CVE-2022-28948":              {"0: [:!00 \xef", "1:10 yaml_invalid_utf8"},
		"two values on a line":        {"x: 1\na: b: c", "2:1 yaml_invalid"},
		"key among items":             {"- a\nb: 1", "2:1 yaml_invalid"},
		"item among keys":             {"a: 1\n- b", "2:1 yaml_invalid"},
		"unclosed list":               {"x: 1\na: [b\nc: d\n", "2:1 yaml_invalid"},
		"unclosed quotes":             {"x: 1\na: \"b\nc: d\n", "2:1 yaml_invalid"},
		"unclosed on first line":      {"a: 'b\nc: d\ne: f", "1:1 yaml_invalid"},
		"unclosed on last line":       {"a: b\nc: 'd", "2:1 yaml_invalid"},
		"unclosed in second document": {"a: b\n---\nc: 'd\n\n", "3:1 yaml_invalid"},
		"mistake far below":           {"a: 1\nb: 2\nc: 3\n- d\n", "4:1 yaml_invalid"},
		"text after the document":     {"[a]\nb: 1", "2:1 yaml_invalid"},
		"tab as indentation":          {"a:\n\tb: 1", "2:1 yaml_invalid"},
		"reserved character":          {"a: @b", "1:1 yaml_invalid"},
		"everything that is not text": {"a: &x 1\n<<: 2\na: !t 3", "1:4 yaml_anchor\n2:1 yaml_merge_key\n3:1 yaml_duplicate_key\n3:4 yaml_tag"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			node, err := strictyaml.Parse([]byte(test.source), 1, strictyaml.Limits{})
			if node != nil {
				t.Errorf("a refused document has nodes")
			}
			if diff := cmp.Diff(test.want, report(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseKeepsToLimits(t *testing.T) {
	nested := func(open, inner, end string, times int) string {
		return strings.Repeat(open, times) + inner + strings.Repeat(end, times)
	}
	tests := map[string]struct {
		source string
		limits strictyaml.Limits
		want   string
	}{
		"bytes reached":       {"a: 1", strictyaml.Limits{Bytes: 4}, "<nil>"},
		"bytes exceeded":      {"a: 12", strictyaml.Limits{Bytes: 4}, "1:1 yaml_too_large"},
		"own bytes":           {strings.Repeat("#", 1<<20+1), strictyaml.Limits{Bytes: 1 << 30}, "1:1 yaml_too_large"},
		"keys reached":        {"a: {b: 1}\nc: 2", strictyaml.Limits{Keys: 3}, "<nil>"},
		"keys exceeded":       {"a: {b: 1}\nc: 2\nd: 4", strictyaml.Limits{Keys: 3}, "3:1 yaml_too_many_keys"},
		"depth reached":       {nested("[", "a", "]", 100), strictyaml.Limits{}, "<nil>"},
		"depth exceeded":      {nested("[", "a", "]", 101), strictyaml.Limits{}, "1:101 yaml_too_deep"},
		"depth of the caller": {"a:\n  - b: c", strictyaml.Limits{Depth: 2}, "2:5 yaml_too_deep"},
		"beyond own depth":    {nested("[", "a", "]", 101), strictyaml.Limits{Depth: 1000}, "1:101 yaml_too_deep"},
		"open brackets":       {strings.Repeat("[", 20_000), strictyaml.Limits{}, "1:1 yaml_too_deep"},
		"dashes":              {strings.Repeat("- ", 5_000), strictyaml.Limits{}, "1:201 yaml_too_deep"},
		"many links":          {strings.Repeat("- \"[[Note]]\"\n- [[Note]]\n", 2_000), strictyaml.Limits{}, "<nil>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := strictyaml.Parse([]byte(test.source), 1, test.limits)
			if diff := cmp.Diff(test.want, report(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
