package strictyaml_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/strictyaml"
)

// parse returns the tree of a source that must be readable.
func parse(t *testing.T, source string) *strictyaml.Node {
	t.Helper()
	node, err := strictyaml.Parse([]byte(source), 1, strictyaml.Limits{})
	if err != nil {
		t.Fatalf("Parse(%q): %v", source, err)
	}
	return node
}

func TestFieldsReadWhatIsThere(t *testing.T) {
	var sink strictyaml.Sink
	f := strictyaml.Open(parse(t, `
title: Accès
version: 1.10
weight: 3
spare: ~
active: true
tags: [a, "2", 010]
items: [a, {b: c}]
labels: {z: 1, a: 2}
`), &sink)
	spare, given := f.OptInt("spare", 0, 9)
	got := map[string]any{
		"title":   f.String("title"),
		"version": f.OptString("version"),
		"absent":  f.OptString("absent"),
		"weight":  f.Int("weight", 1, 3),
		"spare":   fmt.Sprint(spare, given),
		"active":  f.Bool("active"),
		"passive": f.Bool("passive"),
		"tags":    f.Strings("tags"),
		"none":    f.Strings("none"),
		"items":   len(f.List("items")),
		"raw":     f.Node("title").Line,
	}
	want := map[string]any{
		"title":   "Accès",
		"version": "1.10",
		"absent":  "",
		"weight":  3,
		"spare":   "0 false",
		"active":  true,
		"passive": false,
		"tags":    []string{"a", "2", "010"},
		"none":    []string(nil),
		"items":   2,
		"raw":     2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	var labels []string
	for _, entry := range f.Map("labels") {
		labels = append(labels, entry.Key.Value+"="+entry.Value.Value)
	}
	if diff := cmp.Diff([]string{"z=1", "a=2"}, labels); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	f.Close()
	if problems := sink.Problems(); problems != nil {
		t.Errorf("problems: %v", problems)
	}
}

func TestFieldsReportWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		source string
		read   func(*strictyaml.Fields)
		want   []string
	}{
		"missing": {"a: 1", func(f *strictyaml.Fields) { f.String("title") },
			[]string{`1:1 missing_key: key "title" is missing`}},
		"without value": {"title:\nn: ''", func(f *strictyaml.Fields) { f.String("title"); f.Int("n", 0, 9) },
			[]string{`1:7 missing_key: key "title" has no value`, `2:4 missing_key: key "n" has no value`}},
		"list for text": {"title: [a]\nsub: {}", func(f *strictyaml.Fields) { f.String("title"); f.OptString("sub") },
			[]string{`1:8 not_a_scalar: key "title" must be text, not a list`, `2:6 not_a_scalar: key "sub" must be text, not a mapping`}},
		"not numbers": {"a: 010\nb: '3'\nc: 1e3\nd: [1]\ne: +1\nf: 1_000\ng: -0", func(f *strictyaml.Fields) {
			for _, key := range []string{"a", "b", "c", "d", "e", "f", "g"} {
				f.OptInt(key, -10, 2000)
			}
		}, []string{
			`1:4 not_a_number: a number must stand here, not "010" (write it with digits alone, without leading zeros)`,
			`2:4 not_a_number: a number must stand here, not the quoted text "3" (write the number without quotes)`,
			`3:4 not_a_number: a number must stand here, not "1e3" (write it with digits alone, without leading zeros)`,
			`4:4 not_a_number: a number must stand here, not a list`,
			`5:4 not_a_number: a number must stand here, not "+1" (write it with digits alone, without leading zeros)`,
			`6:4 not_a_number: a number must stand here, not "1_000" (write it with digits alone, without leading zeros)`,
			`7:4 not_a_number: a number must stand here, not "-0" (write it with digits alone, without leading zeros)`,
		}},
		"out of range": {"a: 0\nb: 4\nc: 99999999999999999999", func(f *strictyaml.Fields) { f.Int("a", 1, 3); f.Int("b", 1, 3); f.Int("c", 1, 3) },
			[]string{`1:4 out_of_range: "0" is not a number from 1 to 3`, `2:4 out_of_range: "4" is not a number from 1 to 3`,
				`3:4 out_of_range: "99999999999999999999" is not a number from 1 to 3`}},
		"not booleans": {"a: yes\nb: 'true'\nc: True", func(f *strictyaml.Fields) { f.Bool("a"); f.Bool("b"); f.Bool("c") },
			[]string{`1:4 not_a_boolean: key "a" must be true or false, not "yes"`,
				`2:4 not_a_boolean: key "b" must be true or false, not the quoted text "true"`,
				`3:4 not_a_boolean: key "c" must be true or false, not "True"`}},
		"not a list": {"tags: a\nmore: {b: c}", func(f *strictyaml.Fields) { f.Strings("tags"); f.List("more") },
			[]string{`1:7 not_a_list: key "tags" must be a list, not "a" (write a list of one: ["a"])`,
				`2:7 not_a_list: key "more" must be a list, not a mapping`}},
		"items": {"tags: [a, ~, [b]]", func(f *strictyaml.Fields) { f.Strings("tags") },
			[]string{`1:11 missing_value: a text is missing here`, `1:14 not_a_scalar: a text must stand here, not a list`}},
		"nothing for a boolean": {"a: ''\nb: [1]", func(f *strictyaml.Fields) { f.Bool("a"); f.Bool("b") },
			[]string{`1:4 not_a_boolean: key "a" must be true or false, not nothing`,
				`2:4 not_a_boolean: key "b" must be true or false, not a list`}},
		"not a mapping": {"labels: [a]", func(f *strictyaml.Fields) { f.Map("labels") },
			[]string{`1:9 yaml_not_a_mapping: key "labels" must be a mapping, not a list`}},
		"unknown keys": {"titel: a\nzzz: b", func(f *strictyaml.Fields) { f.OptString("title"); f.Close() },
			[]string{`1:1 unknown_key: unknown key "titel" (did you mean "title"?)`, `2:1 unknown_key: unknown key "zzz"`}},
		"list for all": {"[a]", func(f *strictyaml.Fields) { f.String("title"); f.Int("n", 0, 1); f.Close() },
			[]string{`1:1 yaml_not_a_mapping: a mapping must stand here, not a list`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var sink strictyaml.Sink
			f := strictyaml.Open(parse(t, test.source), &sink)
			test.read(f)
			var got []string
			for _, p := range sink.Problems() {
				line := fmt.Sprintf("%d:%d %s: %s", p.Line, p.Column, p.Code, p.Message)
				if p.Hint != "" {
					line += " (" + p.Hint + ")"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
