package vault

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/strictyaml"
)

// maxKeys bounds the properties of one note.
const maxKeys = 500

// Property is one entry of a note's head.
type Property struct {
	Name string
	// List tells that the value is a list, even of one entry or none.
	List bool
	// Values holds a list's entries, or a scalar's one value. A property
	// without a value (null) has none.
	Values []Value
	// Line and Column are the place of the name in the file, from 1,
	// columns in code points. They are 0 in a draft.
	Line, Column int
}

// Value is one text of a property, as written but for quotes: 010 is "010".
type Value struct {
	Text string
	// Plain tells that it is written without quotes. Only such a value
	// can be a number or a date.
	Plain bool
	// Line and Column are the value's place, as a property's.
	Line, Column int
}

// Text gives the property's one value, and "" for null and for a list.
func (p Property) Text() string {
	if p.List || len(p.Values) != 1 {
		return ""
	}
	return p.Values[0].Text
}

// HeadError tells why a note's head cannot be read, with the place of each
// reason in the file.
type HeadError struct{ Problems []Problem }

// Error gives one line per problem.
func (e *HeadError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Properties gives the head's entries in the order written, none if the note
// has no head. The error is a *HeadError: the head is not closed, larger than
// 64 KiB, not YAML that all programs read alike, or not flat, since Obsidian
// shows no value within a value.
func (n *Note) Properties() ([]Property, error) {
	n.readProperties()
	return slices.Clone(n.parsed.properties), n.parsed.err
}

// Property gives the entry of that name. It is not found where the head
// cannot be read.
func (n *Note) Property(name string) (Property, bool) {
	if !mayHold(n.head.text, name) {
		return Property{}, false
	}
	n.readProperties()
	for _, p := range n.parsed.properties {
		if p.Name == name {
			return p, true
		}
	}
	return Property{}, false
}

// mayHold spares most heads of a big vault the YAML parser: a name that is
// not there byte for byte is not there, unless YAML could write it otherwise,
// with escapes, doubled quotes or a fold at its space.
func mayHold(head []byte, name string) bool {
	return bytes.Contains(head, []byte(name)) ||
		bytes.IndexByte(head, '\\') >= 0 ||
		strings.ContainsAny(name, "' \n")
}

func (n *Note) readProperties() {
	n.parseOnce.Do(func() {
		properties, problems := n.head.properties()
		if len(problems) > 0 {
			for i := range problems {
				problems[i].Path = n.path
			}
			n.parsed = &parsed{err: &HeadError{problems}}
			return
		}
		n.parsed = &parsed{properties: properties}
	})
}

// properties reads the head; the problems have no path yet.
func (h head) properties() ([]Property, []Problem) {
	if len(h.text) == 0 {
		return h.read(nil) // most notes of many vaults have no head: they cost nothing
	}
	return h.read(newFlatHead(h.text))
}

// read reads the head with the memory for flat ones.
func (h head) read(flat *flatHead) ([]Property, []Problem) {
	if h.problem != nil {
		return nil, []Problem{*h.problem}
	}
	if len(h.text) == 0 {
		return nil, nil
	}
	if properties, ok := flat.read(h.text); ok {
		return properties, nil
	}
	return parseProperties(h.text)
}

// parseProperties reads any head, as YAML.
func parseProperties(text []byte) ([]Property, []Problem) {
	root, err := strictyaml.Parse(text, 2, strictyaml.Limits{Bytes: maxHead, Keys: maxKeys})
	if err != nil {
		return nil, yamlProblems(err)
	}
	if root.IsNull() {
		return nil, nil
	}
	if root.Kind != strictyaml.Mapping {
		return nil, []Problem{headProblem(root, "head_not_properties", "the head is "+root.Kind.String()+", not properties", `write each one as "name: value"`)}
	}
	return flatten(root)
}

func yamlProblems(err error) []Problem {
	var found strictyaml.Problems
	if !errors.As(err, &found) {
		return []Problem{{Line: 1, Severity: Error, Code: "yaml_invalid", Message: err.Error()}}
	}
	problems := make([]Problem, len(found))
	for i, p := range found {
		problems[i] = Problem{Line: p.Line, Column: p.Column, Severity: Error, Code: p.Code, Message: p.Message, Hint: p.Hint}
	}
	return problems
}

// flatten gives a property for each entry. What is nested in one is told, and
// given too, each value under its path, as "up.0" or "source.url": Obsidian
// shows none of it, but follows its links.
func flatten(root *strictyaml.Node) ([]Property, []Problem) {
	var f flattener
	f.properties = make([]Property, 0, len(root.Entries()))
	for _, entry := range root.Entries() {
		f.property(entry)
	}
	SortProblems(f.problems)
	return f.properties, f.problems
}

type flattener struct {
	properties []Property
	problems   []Problem
}

func (f *flattener) property(entry strictyaml.Entry) {
	p := Property{Name: entry.Key.Value, Line: entry.Key.Line, Column: entry.Key.Column}
	values := []*strictyaml.Node{entry.Value}
	if entry.Value.Kind == strictyaml.Sequence {
		p.List, values = true, entry.Value.Items()
	}
	at := len(f.properties)
	f.properties = append(f.properties, p)
	for i, v := range values {
		switch {
		case v.Kind == strictyaml.Scalar && p.List, v.Kind == strictyaml.Scalar && !v.IsNull():
			p.Values = append(p.Values, valueOf(v))
		case v.Kind != strictyaml.Scalar:
			f.problems = append(f.problems, nested(p.Name, v))
			path := p.Name
			if p.List {
				path += "." + strconv.Itoa(i)
			}
			f.nested(path, v)
		}
	}
	f.properties[at].Values = p.Values
}

// nested adds the values within a value.
func (f *flattener) nested(path string, n *strictyaml.Node) {
	if n.Kind == strictyaml.Scalar && !n.IsNull() {
		f.properties = append(f.properties, Property{Name: path, Values: []Value{valueOf(n)}, Line: n.Line, Column: n.Column})
	}
	for i, item := range n.Items() {
		f.nested(path+"."+strconv.Itoa(i), item)
	}
	for _, entry := range n.Entries() {
		f.nested(path+"."+entry.Key.Value, entry.Value)
	}
}

func valueOf(n *strictyaml.Node) Value {
	return Value{Text: n.Value, Plain: !n.Quoted, Line: n.Line, Column: n.Column}
}

// isNested tells that what keeps a head from being read is nothing but values
// within values.
func isNested(problems []Problem) bool {
	return !slices.ContainsFunc(problems, func(p Problem) bool { return p.Code != nestedCode })
}

const nestedCode = "head_nested"

func nested(name string, at *strictyaml.Node) Problem {
	hint := "a property holds one text or one list of texts"
	if at.Kind == strictyaml.Sequence {
		hint = `put a link in quotes: "[[Note]]"`
	}
	return headProblem(at, nestedCode, "property "+strconv.Quote(name)+" holds "+at.Kind.String()+" within its value", hint)
}

func headProblem(at *strictyaml.Node, code, message, hint string) Problem {
	return Problem{Line: at.Line, Column: at.Column, Severity: Error, Code: code, Message: message, Hint: hint}
}
