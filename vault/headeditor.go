package vault

import (
	"slices"
	"strings"
)

// headEditor changes the properties of a head one by one. All other bytes
// stay: other properties, their order and quotes, comments, blank lines.
type headEditor struct {
	*headText
	ending  string
	splices []splice
	want    []Property         // at the places of the head's properties
	removed map[int]bool       // of those
	added   map[int][]Property // behind those; -1 is before the first
	stuck   *Property          // the first that cannot be changed alone
}

func newHeadEditor(src []byte, properties []Property, ending string) *headEditor {
	return &headEditor{
		headText: newHeadText(src, properties), ending: ending,
		want: slices.Clone(properties), removed: make(map[int]bool), added: make(map[int][]Property),
	}
}

// find gives the place of a property among the head's, or -1.
func (e *headEditor) find(name string) int {
	return slices.IndexFunc(e.properties, func(p Property) bool { return p.Name == name })
}

// done gives the head as changed. It is read again first: where that does not
// give exactly what was asked for, or a change could not be made without
// touching what stands around it, the head stays as it is and ok is false.
func (e *headEditor) done() (result []byte, ok bool) {
	if e.stuck != nil {
		return nil, false
	}
	if len(e.splices) == 0 {
		return e.src, true
	}
	if result, ok = spliced(e.src, e.splices); !ok {
		return nil, false
	}
	got, problems := head{text: result}.properties()
	return result, len(problems) == 0 && slices.EqualFunc(got, e.expected(), sameProperty)
}

func (e *headEditor) expected() []Property {
	all := slices.Clone(e.added[-1])
	for i, p := range e.want {
		if !e.removed[i] {
			all = append(all, p)
		}
		all = append(all, e.added[i]...)
	}
	return all
}

// place finds a property's layout, and marks the property as stuck where it
// has none.
func (e *headEditor) place(i int) (layout, bool) {
	l, ok := e.layout(i)
	if !ok {
		e.stick(i)
	}
	return l, ok
}

func (e *headEditor) stick(i int) {
	if e.stuck == nil {
		e.stuck = &e.properties[i]
	}
}

// add writes a new property behind another, or before the first.
func (e *headEditor) add(behind int, p Property) {
	at := 0
	if behind >= 0 {
		l, ok := e.place(behind)
		if !ok {
			return
		}
		at = l.next
	} else if len(e.properties) > 0 {
		at = e.lineOf(e.properties[0].Line)
	}
	text := strings.TrimSuffix(string(appendProperty(nil, p)), "\n")
	e.splices = append(e.splices, splice{at, at, e.indent() + e.lay(text) + e.ending})
	e.added[behind] = append(e.added[behind], p)
}

// indent gives the blanks before each name of the head.
func (e *headEditor) indent() string {
	if len(e.properties) == 0 {
		return ""
	}
	first := e.properties[0]
	return string(e.src[e.lineOf(first.Line):e.offset(first.Line, first.Column)])
}

// lay gives emitted lines the head's indentation and line ending.
func (e *headEditor) lay(text string) string { return withEnding(text, e.ending+e.indent()) }

// remove takes a property away. Comments within and behind its value stay.
func (e *headEditor) remove(i int) {
	l, ok := e.place(i)
	if !ok {
		return
	}
	e.removed[i] = true
	switch {
	case !e.holdsComment(l):
		e.splices = append(e.splices, cut(e.src, l.key, l.value.to))
	case l.dashes != nil:
		e.splices = append(e.splices, cut(e.src, l.key, l.colon))
		e.dropAll(l)
	default:
		e.stick(i)
	}
}

// set gives a property another value.
func (e *headEditor) set(i int, p Property) {
	l, ok := e.place(i)
	if !ok {
		return
	}
	d := e.properties[i]
	switch {
	case d.List && p.List && len(d.Values) > 0 && len(p.Values) > 0:
		e.setItems(i, l, p.Values)
	case !d.List && !p.List && len(d.Values) == 1 && len(p.Values) == 1:
		e.splices = append(e.splices, splice{l.value.from, l.value.to, emitValue(p.Values[0])})
	default:
		e.setWhole(i, l, p)
	}
	e.want[i] = p
}

// setWhole writes a value anew from the colon on.
func (e *headEditor) setWhole(i int, l layout, p Property) {
	text := strings.TrimSuffix(string(appendProperty(nil, p)), "\n")
	value := e.lay(strings.TrimPrefix(text, emitKey(p.Name)+":"))
	switch {
	case !e.holdsComment(l):
		e.splices = append(e.splices, splice{l.colon, l.value.to, value})
	case l.dashes != nil:
		e.splices = append(e.splices, splice{l.colon, l.colon, value})
		e.dropAll(l)
	default:
		e.stick(i)
	}
}

// dropAll takes the items of a list without brackets away, one by one, so
// that comments among them stay.
func (e *headEditor) dropAll(l layout) {
	for k, item := range l.items {
		e.splices = append(e.splices, cut(e.src, l.dashes[k], item.to))
	}
}

// setItems gives a list other items, at least one. What stays at its place
// keeps its bytes.
func (e *headEditor) setItems(i int, l layout, values []Value) {
	old := e.properties[i].Values
	for k := range min(len(old), len(values)) {
		if old[k].Text != values[k].Text {
			e.splices = append(e.splices, splice{l.items[k].from, l.items[k].to, emitValue(values[k])})
		}
	}
	if len(values) > len(old) {
		e.extend(l, values[len(old):])
		return
	}
	gone := make(map[int]bool)
	for k := len(values); k < len(old); k++ {
		gone[k] = true
	}
	e.drop(i, l, gone)
}

// change takes some items out of a list, by their places, and appends others.
// The items that stay keep their bytes.
func (e *headEditor) change(i int, gone map[int]bool, more []Value) {
	l, ok := e.place(i)
	if !ok {
		return
	}
	p := Property{Name: e.properties[i].Name, List: true}
	for k, v := range e.properties[i].Values {
		if !gone[k] {
			p.Values = append(p.Values, v)
		}
	}
	stay := len(p.Values)
	p.Values = append(p.Values, more...)
	if e.want[i] = p; stay == 0 {
		e.setWhole(i, l, p)
		return
	}
	e.drop(i, l, gone)
	e.extend(l, more)
}

// drop takes items out of a list of which one stays.
func (e *headEditor) drop(i int, l layout, gone map[int]bool) {
	if len(gone) == 0 {
		return
	}
	if l.dashes != nil {
		for k, item := range l.items {
			if gone[k] {
				e.splices = append(e.splices, cut(e.src, l.dashes[k], item.to))
			}
		}
		return
	}
	if e.holdsComment(l) {
		e.stick(i)
		return
	}
	last := len(l.items) - 1
	for last >= 0 && gone[last] {
		last--
	}
	for k := range last {
		if gone[k] {
			e.splices = append(e.splices, splice{from: l.items[k].from, to: l.items[k+1].from})
		}
	}
	if end := l.items[len(l.items)-1].to; last >= 0 && l.items[last].to < end {
		e.splices = append(e.splices, splice{from: l.items[last].to, to: end})
	}
}

// extend adds items to a list that has one.
func (e *headEditor) extend(l layout, values []Value) {
	last := l.items[len(l.items)-1]
	for _, v := range values {
		if l.dashes == nil {
			e.splices = append(e.splices, splice{last.to, last.to, ", " + emitValue(v)})
			continue
		}
		dash := l.dashes[len(l.dashes)-1]
		start := e.startOf(dash)
		e.splices = append(e.splices, splice{l.next, l.next, string(e.src[start:dash]) + "- " + emitValue(v) + e.ending})
	}
}
