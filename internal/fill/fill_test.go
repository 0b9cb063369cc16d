package fill

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"text/template"
)

// What templates of notes reach: structs, pointers, lists, maps, texts of types of their own.
type (
	grown struct {
		Age  int
		Seed *leaf
	}
	root  struct{ Depth int }
	text  string
	named string
	shown struct{ raw string }
	leaf  struct {
		Name  text
		Count int
		Done  bool
		Kind  named
		Tags  []text
	}
	tree struct {
		*grown
		root
		Leaf   leaf
		Top    *leaf
		None   *leaf
		Leaves []leaf
		Links  []*leaf
		By     map[string][]leaf
		Free   any
		Share  float64
		Shown  shown
		hidden string
	}
)

func (n named) String() string { return "<" + string(n) + ">" }

func (s shown) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("formatted")) }
func (s shown) Quote() string              { return "> " + s.raw }

func (t *tree) Size() int { return len(t.Leaves) }

func functions() Functions {
	join := func(list []text, between string) text {
		var parts []string
		for _, one := range list {
			parts = append(parts, string(one))
		}
		return text(strings.Join(parts, between))
	}
	return Functions{
		All: template.FuncMap{
			"join": join,
			"inc":  func(i int) int { return i + 1 },
			"word": func(group string, id any) (string, error) {
				if id == "" {
					return "half a word", errors.New("no word")
				}
				return group + ":" + fmt.Sprint(id), nil
			},
			"first": func(n int, list []text) []text { return list[:n] },
		},
		Appended: map[string]Appender{"join": func(out []byte, args []reflect.Value) []byte {
			return append(out, join(args[0].Interface().([]text), args[1].String())...)
		}},
	}
}

func data() *tree {
	leaves := []leaf{{Name: "a", Count: 1, Tags: []text{"x", "y"}}, {Name: "b", Done: true, Kind: "k"}, {Count: 3}}
	return &tree{grown: &grown{Age: 7}, root: root{3}, Leaf: leaves[1], Top: &leaves[0], Leaves: leaves, Links: []*leaf{&leaves[2], nil},
		By: map[string][]leaf{"one": leaves[:1]}, Free: leaves[0], Shown: shown{"raw"}, hidden: "hidden"}
}

// cases are templates, and whether text/template is not needed for them.
func cases() map[string]bool {
	return map[string]bool{
		``:                            true,
		`{{.Age}} {{.Depth}}`:         true,
		`{{.Seed.Name}}`:              true, // and fails
		`words only`:                  true,
		`{{.Leaf.Name}}{{.Top.Name}}`: true,
		`{{.Leaf.Count}} {{.Leaf.Done}} {{.Leaf.Tags | len}}`: false,
		`{{.Leaf.Kind}}`:                 false, // which prints itself
		`{{.Shown}}`:                     false,
		`{{.Shown.Quote}}`:               true,
		`{{.Size}}`:                      false,
		`{{.None.Name}}`:                 true, // and fails
		`{{with .None}}{{.Name}}{{end}}`: true,
		`{{with .None}}{{.Name}}{{else}}none of {{.Leaf.Name}}{{end}}`: true,
		`{{with .Top}}{{.Name}}{{$.Leaf.Name}}{{end}}`:                 true,
		`{{with .None}}a{{else with .Top}}{{.Name}}{{end}}`:            true,
		`{{if .Leaf.Done}}yes{{else if .Top}}no{{end}}`:                true,
		`{{if .Share}}yes{{end}}`:                                      false,
		`{{if .Free}}yes{{end}}`:                                       false,
		`{{if or .None .Leaf.Count .Leaf.Name}}yes{{else}}no{{end}}`:   true,
		`{{if and .Top .Leaf (not .Leaf.Tags)}}yes{{else}}no{{end}}`:   true,
		`{{if or .Top .None.Name}}yes{{end}}`:                          true,
		`{{if and .Top .None.Name}}yes{{end}}`:                         true,
		`{{or .Leaf.Name .Top.Name}}`:                                  false,
		`{{if not .Top .Top}}yes{{end}}`:                               false,
		`{{if gt .Leaf.Count 1}}yes{{end}}`:                            false,
		`{{if index .By "one"}}yes{{end}}`:                             true,
		`{{range .Leaves}}{{.Name}},{{else}}none{{end}}`:               true,
		`{{range .Leaf.Tags}}{{.}}{{else}}none{{end}}`:                 true,
		`{{range $i, $l := .Leaves}}{{inc $i}}{{$l.Name}}{{range $j, $t := .Tags}}{{$i}}{{$j}}{{$t}}{{$.Leaf.Name}}{{end}}{{end}}`: true,
		`{{range $l := .Leaves}}{{$l.Count}}{{end}}`:                    true,
		`{{range $l := .Leaf.Tags}}{{$l}}{{else}}{{$l}}{{end}}`:         false,
		`{{$n := .Leaf.Name}}{{$n}}`:                                    false,
		`{{range .Leaves}}{{if .Done}}{{break}}{{end}}{{.Name}}{{end}}`: false,
		`{{range .By}}{{len .}}{{end}}`:                                 false,
		`{{range .Links}}{{.Count}}{{end}}`:                             true, // and fails half way
		`{{range index .By "one"}}{{.Name}}{{end}}`:                     true,
		`{{range index .By "two"}}{{.Name}}{{else}}none{{end}}`:         true,
		`{{range index .Leaves 1}}{{.Name}}{{end}}`:                     false,
		`{{.By.one}}`: false,
		`{{join .Leaf.Tags ", "}}{{join .Top.Tags ", "}}`:                            true,
		`{{join .None.Tags ", "}}`:                                                   true,
		`{{with join .Top.Tags "+"}}{{.}}{{end}}`:                                    true,
		`{{join (first 1 .Top.Tags) ", "}}`:                                          true,
		`{{join (first 5 .Top.Tags) ", "}}`:                                          true, // and panics
		`{{word "group" .Top.Name}}{{word "group" "id"}}{{word "group" .Leaf.Kind}}`: true,
		`a{{word "group" ""}}b`:                                                      true, // and fails
		`{{word .Leaf.Name .Leaf.Name}}`:                                             false,
		`{{inc .Leaf.Name}}`:                                                         false,
		`{{inc 1 2}}`:                                                                false,
		`{{inc 1.5}}`:                                                                false,
		`{{printf "%v" .Leaf.Count}}`:                                                false,
		`{{.hidden}}`:                                                                false,
		`{{.Missing}}`:                                                               false,
		`{{.Free.Name}}`:                                                             false,
		`{{.}}`:                                                                      false,
		`{{define "t"}}{{.Name}}{{$.Count}}{{end}}{{range .Leaves}}{{template "t" .}};{{end}}`:         true,
		`{{define "t"}}{{.Name}}{{end}}{{template "t" .None}}`:                                         true,
		`{{define "t"}}t{{end}}{{template "t"}}`:                                                       false,
		`{{define "t"}}{{with .None}}{{template "t" $}}{{end}}{{.Leaf.Name}}{{end}}{{template "t" .}}`: false,
	}
}

// same fails unless a template says what text/template says, and fails as it does.
func same(t *testing.T, words string, of any) *Template {
	t.Helper()
	whole, err := template.New("").Option("missingkey=error").Funcs(functions().All).Parse(words)
	if err != nil {
		t.Skip(err)
	}
	var want bytes.Buffer
	want.WriteString("before ")
	failed := whole.Execute(&want, of)
	made := New(whole, reflect.TypeOf(of), functions())
	for range 2 { // nothing is left over from the first time
		got, err := made.Append([]byte("before "), of)
		if string(got) != want.String() || fmt.Sprint(err) != fmt.Sprint(failed) {
			t.Errorf("%s\nis %q, %v\nnot %q, %v", words, got, err, want.String(), failed)
		}
	}
	return made
}

func TestTheTextIsThatOfTextTemplate(t *testing.T) {
	for words, ready := range cases() {
		if made := same(t, words, data()); made.Ready() != ready {
			t.Errorf("%s: worked out beforehand is %t", words, made.Ready())
		}
	}
}

func TestDataOfAnotherTypeIsLeftToTextTemplate(t *testing.T) {
	made := same(t, `{{.Name}}`, &leaf{Name: "a"})
	if got, err := made.Append(nil, leaf{Name: "b"}); string(got) != "b" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzTheTextIsThatOfTextTemplate(f *testing.F) {
	for words := range cases() {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if strings.Contains(words, "{{define") || strings.Contains(words, "{{template") || strings.Contains(words, "{{block") || len(words) > 500 {
			t.Skip() // which may call itself for ever
		}
		same(t, words, data())
	})
}
