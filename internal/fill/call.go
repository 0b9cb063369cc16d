package fill

import (
	"reflect"
	"text/template/parse"
)

// call reads the call of a function that gives a value, and perhaps an error.
func (c *compiler) call(name string, args []parse.Node, sc scope) (expression, bool) {
	f, ok := c.functions.All[name]
	if !ok {
		return c.builtin(name, args, sc)
	}
	called := reflect.ValueOf(f)
	signature := called.Type()
	given, ok := c.arguments(signature, args, sc)
	if !ok || signature.NumOut() == 0 {
		return expression{}, false
	}
	of := signature.Out(0)
	return expression{of, func(s *state, dot reflect.Value) reflect.Value {
		with := given(s, dot)
		if s.failed {
			return reflect.Zero(of)
		}
		v, ok := call(called, with)
		if !ok {
			s.failed = true
			return reflect.Zero(of)
		}
		return v
	}}, true
}

// call gives false where a function fails, or panics: text/template makes an error of that.
func call(f reflect.Value, with []reflect.Value) (v reflect.Value, ok bool) {
	defer func() { ok = recover() == nil && ok }()
	out := f.Call(with)
	return out[0], len(out) < 2 || out[1].IsNil()
}

// arguments reads what a function is called with. The values are good until the next call.
func (c *compiler) arguments(signature reflect.Type, args []parse.Node, sc scope) (func(*state, reflect.Value) []reflect.Value, bool) {
	if signature.NumIn() != len(args) || signature.IsVariadic() {
		return nil, false
	}
	given := make([]expression, len(args))
	for i, arg := range args {
		of := signature.In(i)
		e, ok := constant(arg, of)
		if !ok {
			e, ok = c.argument(arg, sc)
		}
		if !ok || !e.of.AssignableTo(of) {
			return nil, false
		}
		given[i] = e
	}
	return func(s *state, dot reflect.Value) []reflect.Value {
		from := len(s.arguments)
		for _, e := range given {
			v := e.value(s, dot) // which may call a function itself
			s.arguments = append(s.arguments, v)
		}
		with := s.arguments[from:]
		s.arguments = s.arguments[:from]
		return with
	}, true
}

// constant is a text or a number as a parameter of a type takes it.
func constant(n parse.Node, of reflect.Type) (expression, bool) {
	v := reflect.New(of).Elem()
	switch n := n.(type) {
	case *parse.StringNode:
		switch {
		case of.Kind() == reflect.String:
			v.SetString(n.Text)
		case of.Kind() == reflect.Interface && of.NumMethod() == 0:
			v.Set(reflect.ValueOf(n.Text))
		default:
			return expression{}, false
		}
	case *parse.NumberNode:
		if !n.IsInt || of.Kind() != reflect.Int {
			return expression{}, false
		}
		v.SetInt(n.Int64)
	default:
		return expression{}, false
	}
	return expression{of, func(*state, reflect.Value) reflect.Value { return v }}, true
}

// builtin reads a look into a map, the one function of text/template's own that gives a value here.
func (c *compiler) builtin(name string, args []parse.Node, sc scope) (expression, bool) {
	if name != "index" || len(args) != 2 {
		return expression{}, false
	}
	m, ok := c.argument(args[0], sc)
	if !ok || m.of.Kind() != reflect.Map {
		return expression{}, false
	}
	key, ok := constant(args[1], m.of.Key())
	if !ok || m.of.Key().Kind() != reflect.String {
		return expression{}, false
	}
	of := m.of.Elem()
	return expression{of, func(s *state, dot reflect.Value) reflect.Value {
		if v := m.value(s, dot).MapIndex(key.value(s, dot)); v.IsValid() {
			return v
		}
		return reflect.Zero(of)
	}}, true
}

// appended reads the call of a function whose value is printed, and that can say so itself.
func (c *compiler) appended(n *parse.PipeNode, sc scope) (step, bool) {
	command := only(n)
	if command == nil {
		return nil, false
	}
	name, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok || c.functions.Appended[name.Ident] == nil {
		return nil, false
	}
	printed := c.functions.Appended[name.Ident]
	given, ok := c.arguments(reflect.TypeOf(c.functions.All[name.Ident]), command.Args[1:], sc)
	return func(s *state, dot reflect.Value) {
		if with := given(s, dot); !s.failed {
			s.out = printed(s.out, with)
		}
	}, ok
}
