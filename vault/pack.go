package vault

import (
	"encoding/binary"
)

// A packed outline is a string: of each list its length and its entries, of a
// number its varint, of a text its length and its bytes. All outlines of a big
// vault take half of the memory so, and unpacking one copies no text.

func packOutline(to []byte, o *Outline) []byte {
	to = binary.AppendUvarint(to, uint64(len(o.Sections)))
	for _, s := range o.Sections {
		to = packText(to, s.Text)
		to = packNumbers(to, s.Level, s.Line)
	}
	to = packMarks(to, o.Anchors)
	to = packMarks(to, o.Tags)
	to = binary.AppendUvarint(to, uint64(len(o.Links)))
	for _, l := range o.Links {
		to = packText(packText(packText(to, l.Target), l.Subpath), l.Shown)
		to = packNumbers(to, bit(l.Embed)+2*bit(l.Markdown), l.Line, l.Column)
	}
	return to
}

func packMarks(to []byte, marks []Mark) []byte {
	to = binary.AppendUvarint(to, uint64(len(marks)))
	for _, m := range marks {
		to = packNumbers(packText(to, m.Name), m.Line, m.Column)
	}
	return to
}

func packText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

func packNumbers(to []byte, numbers ...int) []byte {
	for _, n := range numbers {
		to = binary.AppendUvarint(to, uint64(n))
	}
	return to
}

func bit(set bool) int {
	if set {
		return 1
	}
	return 0
}

// unpacker reads a packed outline.
type unpacker struct{ rest string }

func unpackOutline(packed string) Outline {
	u := unpacker{packed}
	return Outline{Sections: entries(&u, u.section), Anchors: entries(&u, u.mark), Tags: entries(&u, u.mark), Links: entries(&u, u.link)}
}

func entries[T any](u *unpacker, entry func() T) []T {
	n := u.number()
	if n == 0 {
		return nil
	}
	list := make([]T, n)
	for i := range list {
		list[i] = entry()
	}
	return list
}

func (u *unpacker) number() int {
	n, shift := 0, 0
	for i := range len(u.rest) {
		b := u.rest[i]
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			u.rest = u.rest[i+1:]
			break
		}
		shift += 7
	}
	return n
}

func (u *unpacker) text() string {
	size := u.number()
	text := u.rest[:size]
	u.rest = u.rest[size:]
	return text
}

func (u *unpacker) section() Section {
	return Section{Text: u.text(), Level: u.number(), Line: u.number()}
}

func (u *unpacker) mark() Mark {
	return Mark{Name: u.text(), Line: u.number(), Column: u.number()}
}

func (u *unpacker) link() Link {
	l := Link{Target: u.text(), Subpath: u.text(), Shown: u.text()}
	kind := u.number()
	l.Embed, l.Markdown = kind&1 > 0, kind&2 > 0
	l.Line, l.Column = u.number(), u.number()
	return l
}
