// Package fill fills in templates of text/template for data of a type that is known beforehand. It works the way
// through the data out once: which field of which struct a name means, how it prints, whether a list is empty. What it
// does not know it leaves to text/template, and so it does where anything goes wrong: the text, and the error, are the
// same.
package fill

import (
	"bytes"
	"reflect"
	"text/template"
)

// Functions are what templates may call.
type Functions struct {
	// All are the functions as text/template takes them.
	All template.FuncMap
	// Appended say of some of them what they print: the same as the function gives, without a text made for it.
	Appended map[string]Appender
}

// Appender appends what a function would give for these arguments, which are of the types of its parameters. It may
// keep none of them.
type Appender func(out []byte, args []reflect.Value) []byte

// Template is a template for data of one type.
type Template struct {
	whole *template.Template
	data  reflect.Type
	steps step // nil where text/template does all
	slots int  // of variables
}

// New prepares a template for data of a type.
func New(t *template.Template, data reflect.Type, functions Functions) *Template {
	out := &Template{whole: t, data: data}
	c := &compiler{set: t, functions: functions}
	if data == nil {
		return out
	}
	if steps, ok := c.body(t, data); ok {
		out.steps, out.slots = steps, c.slots
	}
	return out
}

// Ready tells whether text/template is not needed unless something goes wrong.
func (t *Template) Ready() bool { return t.steps != nil }

// Append fills the template in behind what is there.
func (t *Template) Append(out []byte, data any) ([]byte, error) {
	if t.steps != nil && reflect.TypeOf(data) == t.data {
		s := &state{out: out, variables: make([]reflect.Value, t.slots)}
		if t.steps(s, reflect.ValueOf(data)); !s.failed {
			return s.out, nil
		}
	}
	b := bytes.NewBuffer(out)
	err := t.whole.Execute(b, data)
	return b.Bytes(), err
}

// state is a template that is being filled in.
type state struct {
	out       []byte
	variables []reflect.Value // by slot
	arguments []reflect.Value // of the calls that are being made
	failed    bool            // text/template is to say why
}

// step does one piece of a template. Dot is what the template calls so.
type step func(s *state, dot reflect.Value)

// inOrder does pieces one after the other.
func inOrder(list []step) step {
	if len(list) == 1 {
		return list[0]
	}
	return func(s *state, dot reflect.Value) {
		for _, each := range list {
			each(s, dot)
		}
	}
}

// expression is what stands in a pipeline, of a type that is known. Where it fails it gives the type's zero value.
type expression struct {
	of    reflect.Type
	value func(s *state, dot reflect.Value) reflect.Value
}
