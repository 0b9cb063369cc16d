package fill

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"text/template/parse"
)

// truth tells what is not empty, as text/template sees it.
func truth(of reflect.Type) (func(reflect.Value) bool, bool) {
	switch of.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool, true
	case reflect.String, reflect.Slice, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }, true
	case reflect.Int:
		return func(v reflect.Value) bool { return v.Int() != 0 }, true
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }, true
	case reflect.Struct:
		return func(reflect.Value) bool { return true }, true
	}
	return nil, false
}

// printer prints texts, numbers and booleans that have no words of their own for it.
func printer(of reflect.Type) (func([]byte, reflect.Value) []byte, bool) {
	for _, own := range []reflect.Type{reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer]()} {
		if of.Implements(own) || reflect.PointerTo(of).Implements(own) {
			return nil, false
		}
	}
	switch of.Kind() {
	case reflect.String:
		return func(out []byte, v reflect.Value) []byte { return append(out, v.String()...) }, true
	case reflect.Int:
		return func(out []byte, v reflect.Value) []byte { return strconv.AppendInt(out, v.Int(), 10) }, true
	case reflect.Bool:
		return func(out []byte, v reflect.Value) []byte { return strconv.AppendBool(out, v.Bool()) }, true
	}
	return nil, false
}

// condition reads a pipeline of which only the truth matters.
func (c *compiler) condition(n parse.Node, sc scope) (func(*state, reflect.Value) bool, bool) {
	command := only(n)
	if command != nil {
		if name, ok := command.Args[0].(*parse.IdentifierNode); ok && slices.Contains([]string{"and", "or", "not"}, name.Ident) {
			return c.logic(name.Ident, command.Args[1:], sc)
		}
	}
	e, ok := c.argument(n, sc)
	if !ok {
		return nil, false
	}
	holds, ok := truth(e.of)
	return func(s *state, dot reflect.Value) bool { return holds(e.value(s, dot)) }, ok
}

// logic reads and, or and not.
func (c *compiler) logic(name string, args []parse.Node, sc scope) (func(*state, reflect.Value) bool, bool) {
	var parts []func(*state, reflect.Value) bool
	for _, arg := range args {
		part, ok := c.condition(arg, sc)
		if !ok {
			return nil, false
		}
		parts = append(parts, part)
	}
	decisive := name == "or" // the first that is so decides
	switch {
	case name == "not" && len(parts) == 1:
		return func(s *state, dot reflect.Value) bool { return !parts[0](s, dot) }, true
	case (name == "and" || name == "or") && len(parts) > 0:
		return func(s *state, dot reflect.Value) bool {
			for _, part := range parts {
				if part(s, dot) == decisive {
					return decisive
				}
			}
			return !decisive
		}, true
	}
	return nil, false
}

// only gives the one command of a pipeline that declares nothing, nil of anything else.
func only(n parse.Node) *parse.CommandNode {
	if p, ok := n.(*parse.PipeNode); ok && len(p.Cmds) == 1 && len(p.Decl) == 0 {
		return p.Cmds[0]
	}
	return nil
}

// pipe reads a pipeline.
func (c *compiler) pipe(n *parse.PipeNode, sc scope) (expression, bool) {
	command := only(n)
	if command == nil {
		return expression{}, false
	}
	if name, ok := command.Args[0].(*parse.IdentifierNode); ok {
		return c.call(name.Ident, command.Args[1:], sc)
	}
	if len(command.Args) > 1 {
		return expression{}, false
	}
	return c.argument(command.Args[0], sc)
}

// argument reads what a name or a pipeline in brackets stands for.
func (c *compiler) argument(n parse.Node, sc scope) (expression, bool) {
	dot := expression{sc.dot, func(_ *state, dot reflect.Value) reflect.Value { return dot }}
	switch n := n.(type) {
	case *parse.DotNode:
		return dot, true
	case *parse.FieldNode:
		return chain(dot, n.Ident)
	case *parse.VariableNode:
		for i := len(sc.variables) - 1; i >= 0; i-- {
			if v := sc.variables[i]; v.name == n.Ident[0] {
				held := expression{v.of, func(s *state, _ reflect.Value) reflect.Value { return s.variables[v.slot] }}
				return chain(held, n.Ident[1:])
			}
		}
	case *parse.PipeNode:
		return c.pipe(n, sc)
	}
	return expression{}, false
}

// chain follows fields.
func chain(e expression, names []string) (expression, bool) {
	for _, name := range names {
		var ok bool
		if e, ok = field(e, name); !ok {
			return e, false
		}
	}
	return e, true
}

// field reads a field of a struct, or of what a pointer points to; a method that takes nothing goes before.
func field(e expression, name string) (expression, bool) {
	if m, ok := e.of.MethodByName(name); ok {
		if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
			return e, false
		}
		return expression{m.Type.Out(0), func(s *state, dot reflect.Value) reflect.Value {
			v := e.value(s, dot)
			if s.failed {
				return reflect.Zero(m.Type.Out(0))
			}
			return v.Method(m.Index).Call(nil)[0]
		}}, e.of.Kind() == reflect.Struct
	}
	if e.of.Kind() == reflect.Pointer {
		e = pointed(e)
	}
	if e.of.Kind() != reflect.Struct {
		return e, false
	}
	if _, own := reflect.PointerTo(e.of).MethodByName(name); own {
		return e, false
	}
	f, ok := e.of.FieldByName(name)
	if !ok || !f.IsExported() {
		return e, false
	}
	for _, at := range f.Index { // the last one's own, the others are embedded
		if e.of.Kind() == reflect.Pointer {
			e = pointed(e)
		}
		e = element(e, at)
	}
	return e, true
}

// element reads the field that stands at a place of a struct.
func element(e expression, at int) expression {
	return expression{e.of.Field(at).Type, func(s *state, dot reflect.Value) reflect.Value { return e.value(s, dot).Field(at) }}
}

// pointed follows a pointer.
func pointed(e expression) expression {
	to := e.of.Elem()
	return expression{to, func(s *state, dot reflect.Value) reflect.Value {
		v := e.value(s, dot)
		if v.IsNil() {
			s.failed = true
			return reflect.Zero(to)
		}
		return v.Elem()
	}}
}
