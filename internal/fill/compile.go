package fill

import (
	"reflect"
	"slices"
	"text/template"
	"text/template/parse"
)

// compiler reads a template's tree. All that it does gives false where it meets what it does not know.
type compiler struct {
	set       *template.Template
	functions Functions
	slots     int      // of variables, each of its own
	within    []string // the templates that are being read
}

// scope is what names mean at a place of the template.
type scope struct {
	dot       reflect.Type
	variables []variable
}

type variable struct {
	name string
	of   reflect.Type
	slot int
}

// declare gives a variable a slot. The scope that it is added to stays as it is.
func (c *compiler) declare(sc scope, name string, of reflect.Type) (scope, int) {
	slot := c.slots
	c.slots++
	sc.variables = append(slices.Clip(sc.variables), variable{name, of, slot})
	return sc, slot
}

// body reads a whole template: $ is its data.
func (c *compiler) body(t *template.Template, data reflect.Type) (step, bool) {
	if t == nil || t.Tree == nil || slices.Contains(c.within, t.Name()) {
		return nil, false
	}
	c.within = append(c.within, t.Name())
	defer func() { c.within = c.within[:len(c.within)-1] }()
	sc, slot := c.declare(scope{dot: data}, "$", data)
	all, ok := c.list(t.Root, sc)
	return func(s *state, dot reflect.Value) {
		s.variables[slot] = dot
		all(s, dot)
	}, ok
}

// list reads nodes. An empty list does nothing.
func (c *compiler) list(n *parse.ListNode, sc scope) (step, bool) {
	var steps []step
	if n != nil {
		for _, child := range n.Nodes {
			each, ok := c.node(child, sc)
			if !ok {
				return nil, false
			}
			steps = append(steps, each)
		}
	}
	return inOrder(steps), true
}

func (c *compiler) node(n parse.Node, sc scope) (step, bool) {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(s *state, _ reflect.Value) { s.out = append(s.out, n.Text...) }, true
	case *parse.ActionNode:
		return c.print(n.Pipe, sc)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, sc)
	case *parse.WithNode:
		return c.with(n, sc)
	case *parse.RangeNode:
		return c.each(n, sc)
	case *parse.TemplateNode:
		return c.other(n, sc)
	}
	return nil, false
}

// branch reads {{if}}.
func (c *compiler) branch(n *parse.BranchNode, sc scope) (step, bool) {
	holds, known := c.condition(n.Pipe, sc)
	then, first := c.list(n.List, sc)
	otherwise, second := c.list(n.ElseList, sc)
	return func(s *state, dot reflect.Value) {
		if holds(s, dot) {
			then(s, dot)
		} else {
			otherwise(s, dot)
		}
	}, known && first && second
}

// with reads {{with}}.
func (c *compiler) with(n *parse.WithNode, sc scope) (step, bool) {
	e, ok := c.pipe(n.Pipe, sc)
	if !ok {
		return nil, false
	}
	holds, known := truth(e.of)
	inside := sc
	inside.dot = e.of
	then, first := c.list(n.List, inside)
	otherwise, second := c.list(n.ElseList, sc)
	return func(s *state, dot reflect.Value) {
		if v := e.value(s, dot); holds(v) {
			then(s, v)
		} else {
			otherwise(s, dot)
		}
	}, known && first && second
}

// each reads {{range}} over a list.
func (c *compiler) each(n *parse.RangeNode, sc scope) (step, bool) {
	declared := n.Pipe.Decl
	bare := *n.Pipe
	bare.Decl = nil
	e, ok := c.pipe(&bare, sc)
	if !ok || n.Pipe.IsAssign || e.of.Kind() != reflect.Slice || len(declared) > 2 {
		return nil, false
	}
	inside, index, element := sc, -1, -1
	inside.dot = e.of.Elem()
	if len(declared) == 2 {
		inside, index = c.declare(inside, declared[0].Ident[0], reflect.TypeFor[int]())
	}
	if len(declared) > 0 {
		inside, element = c.declare(inside, declared[len(declared)-1].Ident[0], inside.dot)
	}
	one, first := c.list(n.List, inside)
	none, second := c.list(n.ElseList, sc)
	return func(s *state, dot reflect.Value) {
		list := e.value(s, dot)
		for i := range list.Len() {
			v := list.Index(i)
			if index >= 0 {
				s.variables[index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				s.variables[element] = v
			}
			one(s, v)
		}
		if list.Len() == 0 {
			none(s, dot)
		}
	}, first && second
}

// other reads {{template}}.
func (c *compiler) other(n *parse.TemplateNode, sc scope) (step, bool) {
	if n.Pipe == nil {
		return nil, false
	}
	e, ok := c.pipe(n.Pipe, sc)
	if !ok {
		return nil, false
	}
	all, ok := c.body(c.set.Lookup(n.Name), e.of)
	return func(s *state, dot reflect.Value) { all(s, e.value(s, dot)) }, ok
}

// print reads a pipeline whose value is printed.
func (c *compiler) print(n *parse.PipeNode, sc scope) (step, bool) {
	if appended, ok := c.appended(n, sc); ok {
		return appended, true
	}
	e, ok := c.pipe(n, sc)
	if !ok {
		return nil, false
	}
	printed, ok := printer(e.of)
	return func(s *state, dot reflect.Value) {
		if v := e.value(s, dot); !s.failed {
			s.out = printed(s.out, v)
		}
	}, ok
}
