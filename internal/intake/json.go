package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/synth-vault/synth/vault"
)

const (
	maxDepth   = 32
	maxMembers = 5000 // fields of one submission
)

// node is a JSON value with its place in the input.
type node struct {
	kind       json.Delim // '{' or '[', 0 for a scalar
	null       bool
	text       string
	members    []member
	items      []*node
	start, end int64
}

type member struct {
	name  string
	value *node
}

// get gives the value of a member, nil where there is none.
func (n *node) get(name string) *node {
	for _, m := range n.members {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// json reads the shapes of JSON: one submission, a list, a list within an export, a webhook's payload.
func (r *input) json(data []byte) error {
	data = r.text(data, 1)
	p := &parser{decoder: json.NewDecoder(bytes.NewReader(data))}
	p.decoder.UseNumber()
	root, err := p.value(0)
	if err == nil {
		if _, extra := p.decoder.Token(); !errors.Is(extra, io.EOF) {
			err = errors.New("something follows the JSON value")
		}
	}
	if err != nil {
		r.add(1+bytes.Count(data[:min(int(p.decoder.InputOffset()), len(data))], []byte("\n")), vault.Error, "json_invalid", "is no JSON that can be trusted: "+err.Error(),
			"export it again, and give one JSON document a file")
		return nil
	}
	d := &document{input: r, data: data}
	return d.value(root, r.form)
}

// document is a JSON document that is being read.
type document struct {
	*input
	data    []byte
	line    int   // of the offset below, from 0
	counted int64 // offset
}

func (d *document) value(n *node, form string) error {
	if list := n.get("submissions"); n.kind == '{' && list != nil && list.kind == '[' {
		n = list
	}
	if n.kind != '[' {
		return d.one(n, form)
	}
	for _, item := range n.items {
		if err := d.one(item, form); err != nil {
			return err
		}
	}
	return nil
}

// one reads a submission, in a webhook's envelope or as it is.
func (d *document) one(n *node, form string) error {
	d.line += bytes.Count(d.data[d.counted:max(n.start, d.counted)], []byte("\n"))
	d.counted = max(n.start, d.counted)
	s := &Submission{Kind: JSON, Line: d.line + 1, Raw: d.data[n.start:n.end], Form: form}
	if inner := n.get("submission"); n.kind == '{' && inner != nil && inner.kind == '{' {
		if hash := n.get("form"); hash != nil && hash.kind == 0 {
			s.Form = hash.text
		}
		n = inner
	}
	if n.kind != '{' {
		d.skipped++
		d.add(s.Line, vault.Error, "submission_invalid", "is no submission: an object of fields and values must stand here", "")
		return d.give(s)
	}
	names := []string{}
	for _, m := range n.members {
		names = append(names, m.name)
		s.Fields = flatten(s.Fields, m.name, m.value)
	}
	if s.Tool = toolOf(names); s.Tool == "" && s.Form != "" {
		s.Tool = "Formspree"
	}
	return d.give(s)
}

// flatten makes fields of a value: nested ones get the path as their name.
func flatten(fields []Field, name string, n *node) []Field {
	if n.kind == 0 {
		if n.null {
			return fields
		}
		return append(fields, Field{Name: name, Values: []string{n.text}})
	}
	for _, m := range n.members {
		fields = flatten(fields, name+"."+m.name, m.value)
	}
	f := Field{Name: name}
	for i, item := range n.items {
		switch {
		case item.kind != 0:
			fields = flatten(fields, name+"."+strconv.Itoa(i+1), item)
		case !item.null:
			f.Values = append(f.Values, item.text)
		}
	}
	if len(f.Values) > 0 {
		fields = append(fields, f)
	}
	return fields
}

// parser makes nodes of tokens, so that a member that stands twice is seen.
type parser struct {
	decoder *json.Decoder
}

func (p *parser) value(depth int) (*node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("values lie more than %d levels deep", maxDepth)
	}
	before := p.decoder.InputOffset()
	token, err := p.decoder.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	n := &node{start: before, end: p.decoder.InputOffset()}
	switch t := token.(type) {
	case json.Delim:
		n.kind, n.start = t, n.end-1
		err = p.inside(n, depth)
		n.end = p.decoder.InputOffset()
	case nil:
		n.null = true
	default:
		n.text = fmt.Sprint(t)
	}
	return n, err
}

func (p *parser) inside(n *node, depth int) error {
	seen := map[string]bool{}
	for p.decoder.More() {
		name := ""
		if n.kind == '{' {
			token, err := p.decoder.Token()
			if err != nil {
				return err
			}
			name, _ = token.(string)
			if seen[name] {
				return fmt.Errorf("the member %s stands twice in one object", shown(name))
			}
			if seen[name] = true; len(seen) > maxMembers {
				return fmt.Errorf("an object has more than %d members", maxMembers)
			}
		}
		value, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		if n.kind == '{' {
			n.members = append(n.members, member{name, value})
		} else {
			n.items = append(n.items, value)
		}
	}
	_, err := p.decoder.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return err
}
