package vault

import (
	"bytes"
	"unicode/utf8"
)

// extent is a run of bytes in a head.
type extent struct{ from, to int }

// layout tells where the parts of one property stand in a head.
type layout struct {
	key    int    // the name's first byte
	colon  int    // behind the colon
	value  extent // empty, behind the colon, where there is no value
	items  []extent
	dashes []int // of the items of a list without brackets
	next   int   // the first byte of the line after the value
}

// headText is the source of a head with the properties that it holds.
type headText struct {
	src        []byte
	properties []Property
	lines      []int // the offset of each line
}

func newHeadText(src []byte, properties []Property) *headText {
	h := &headText{src: src, properties: properties}
	for at := 0; at < len(src); at = nextLine(src, at) {
		h.lines = append(h.lines, at)
	}
	return h
}

// offset finds a place of the file in the head, which begins on line 2. A
// place behind the end is the end.
func (h *headText) offset(line, column int) int {
	if line-2 < 0 || line-2 >= len(h.lines) {
		return len(h.src)
	}
	at := h.lines[line-2]
	for ; column > 1 && at < len(h.src); column-- {
		_, size := utf8.DecodeRune(h.src[at:])
		at += size
	}
	return at
}

// lineOf gives the offset at which a line of the file begins.
func (h *headText) lineOf(line int) int { return h.offset(line, 1) }

// limit gives the offset at which the property after one begins its line.
func (h *headText) limit(i int) int {
	if i+1 < len(h.properties) {
		return h.lineOf(h.properties[i+1].Line)
	}
	return len(h.src)
}

// layout finds the parts of a property. It does not find them in a head that
// is written in braces, or where a comment stands between the parts.
func (h *headText) layout(i int) (l layout, ok bool) {
	p, limit := h.properties[i], h.limit(i)
	l.key = h.offset(p.Line, p.Column)
	if start := h.lineOf(p.Line); l.key >= limit || skipBlanks(h.src, start) != l.key {
		return l, false
	}
	if l.colon, ok = h.colon(l.key, p.Name, limit); !ok {
		return l, false
	}
	switch {
	case p.List:
		ok = h.list(&l, p, limit)
	case len(p.Values) == 1:
		from := h.offset(p.Values[0].Line, p.Values[0].Column)
		l.value.from = from
		l.value.to, ok = scalarEnd(h.src, from, limit, false)
		ok = ok && h.onlySpace(l.colon, from)
	default:
		l.value = extent{l.colon, l.colon}
		if from := skipBlanks(h.src, l.colon); from < limit && !isBreak(h.src[from]) && h.src[from] != '#' {
			l.value = extent{from, plainEnd(h.src, from, limit)}
		}
	}
	l.next = nextLine(h.src, l.value.to)
	return l, ok
}

// colon gives the offset behind the colon that follows a name.
func (h *headText) colon(key int, name string, limit int) (at int, ok bool) {
	switch h.src[key] {
	case '"', '\'':
		if at, ok = scalarEnd(h.src, key, limit, false); !ok {
			return at, false
		}
	default:
		if !bytes.HasPrefix(h.src[key:limit], []byte(name)) {
			return key, false
		}
		at = key + len(name)
	}
	at = skipBlanks(h.src, at)
	return at + 1, at < limit && h.src[at] == ':'
}

// onlySpace tells whether nothing stands between two offsets.
func (h *headText) onlySpace(from, to int) bool {
	return from <= to && len(bytes.Trim(h.src[from:to], " \t\r\n")) == 0
}

// list finds the items of a list.
func (h *headText) list(l *layout, p Property, limit int) bool {
	open := l.colon + len(h.src[l.colon:limit]) - len(bytes.TrimLeft(h.src[l.colon:limit], " \t\r\n"))
	if open < limit && h.src[open] == '[' {
		return h.bracketed(l, p, extent{open, limit})
	}
	for i, v := range p.Values {
		from, end := h.offset(v.Line, v.Column), limit
		if i+1 < len(p.Values) {
			end = h.lineOf(p.Values[i+1].Line)
		}
		dash := bytes.LastIndexByte(h.src[:min(from, len(h.src))], '-')
		start := h.lineOf(v.Line)
		if dash < start || skipBlanks(h.src, start) != dash || !h.onlySpace(dash+1, from) {
			return false
		}
		to, ok := scalarEnd(h.src, from, end, false)
		if !ok {
			return false
		}
		l.items, l.dashes = append(l.items, extent{from, to}), append(l.dashes, dash)
	}
	if len(l.items) == 0 {
		return false
	}
	l.value = extent{l.dashes[0], l.items[len(l.items)-1].to}
	return true
}

// bracketed finds the items of a list in brackets.
func (h *headText) bracketed(l *layout, p Property, in extent) bool {
	at := in.from + 1
	for _, v := range p.Values {
		from := h.offset(v.Line, v.Column)
		to, ok := scalarEnd(h.src, from, in.to, true)
		if !ok || from < at {
			return false
		}
		l.items = append(l.items, extent{from, to})
		at = to
	}
	rest := h.src[at:in.to]
	at += len(rest) - len(bytes.TrimLeft(rest, ", \t\r\n"))
	l.value = extent{in.from, at + 1}
	return at < in.to && h.src[at] == ']'
}

// holdsComment tells whether a comment stands among the items of a list.
func (h *headText) holdsComment(l layout) bool {
	at := l.colon
	for _, item := range l.items {
		if bytes.IndexByte(h.src[at:item.from], '#') >= 0 {
			return true
		}
		at = item.to
	}
	return false
}

// startOf gives the offset at which the line of an offset begins.
func (h *headText) startOf(at int) int { return 1 + bytes.LastIndexAny(h.src[:at], "\r\n") }
