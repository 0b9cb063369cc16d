package vault

import (
	"encoding/binary"
	"iter"
	"strings"

	"github.com/synth-vault/synth/internal/obsidian"
)

// A packed outline is a string of lists: of each the bytes and the number of
// its entries, then those, of a number its varint, of a text its length and its
// bytes. All outlines of a big vault take half of the memory so, a list is
// passed over by its size, and unpacking one copies no text.
type packed string

// The lists of a packed outline, in their order: what other notes ask for comes
// first, so that whoever follows a link finds it where the outline begins.
const (
	anchorList = iota
	sectionList
	aliasList
	tagList
	linkList
	lists
)

// packer puts a packed outline together.
type packer [lists]struct {
	entries int
	bytes   []byte
}

func (p *packer) reset() {
	for i := range p {
		p[i].entries, p[i].bytes = 0, p[i].bytes[:0]
	}
}

// appendTo adds the outline to a text.
func (p *packer) appendTo(to []byte) []byte {
	for i := range p {
		to = packNumber(packNumber(to, len(p[i].bytes)), p[i].entries)
		to = append(to, p[i].bytes...)
	}
	return to
}

func (p *packer) link(l *obsidian.LinkMark) {
	list := &p[linkList]
	list.entries++
	list.bytes = packText(packText(packText(list.bytes, l.Target), l.Subpath), l.Shown)
	list.bytes = packPlace(packNumber(list.bytes, bit(l.Embed)+2*bit(l.Markdown)), l.Place)
}

func (p *packer) section(text []byte, level, line int) {
	list := &p[sectionList]
	list.entries++
	list.bytes = packNumber(packNumber(packText(list.bytes, text), level), line)
}

// mark adds an anchor, a tag or an alias.
func (p *packer) mark(to int, name []byte, at obsidian.Place) {
	list := &p[to]
	list.entries++
	list.bytes = packPlace(packText(list.bytes, name), at)
}

func packText(to, text []byte) []byte {
	return append(packNumber(to, len(text)), text...)
}

func packPlace(to []byte, at obsidian.Place) []byte {
	return packNumber(packNumber(to, at.Line), at.Column)
}

// packNumber adds a varint, most of which have one byte.
func packNumber(to []byte, n int) []byte {
	if n < 0x80 {
		return append(to, byte(n))
	}
	return binary.AppendUvarint(to, uint64(n))
}

func bit(set bool) int {
	if set {
		return 1
	}
	return 0
}

// outline unpacks all lists but the aliases.
func (p packed) outline() Outline {
	return Outline{
		Sections: unpackAll(p, sectionList, (*unpacker).section),
		Anchors:  unpackAll(p, anchorList, (*unpacker).mark),
		Tags:     unpackAll(p, tagList, (*unpacker).mark),
		Links:    unpackAll(p, linkList, (*unpacker).link),
	}
}

// unpackAll gives the entries of a list.
func unpackAll[T any](p packed, list int, entry func(*unpacker) T) []T {
	u, n := p.list(list)
	if n == 0 {
		return nil
	}
	all := make([]T, n)
	for i := range all {
		all[i] = entry(&u)
	}
	return all
}

// unpackEach gives the entries of a list one after the other.
func unpackEach[T any](p packed, list int, entry func(*unpacker) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		u, n := p.list(list)
		for range n {
			if !yield(entry(&u)) {
				return
			}
		}
	}
}

// list goes to a list and tells how many entries it has. An empty text is the
// outline of a note that could not be read.
func (p packed) list(number int) (u unpacker, entries int) {
	u.rest = string(p)
	for i := 0; u.rest != ""; i++ {
		size := u.number()
		entries = u.number()
		if i == number {
			return u, entries
		}
		u.rest = u.rest[size:]
	}
	return u, 0
}

// unpacker reads entries.
type unpacker struct{ rest string }

func (u *unpacker) number() int {
	if u.rest != "" && u.rest[0] < 0x80 {
		n := int(u.rest[0])
		u.rest = u.rest[1:]
		return n
	}
	return u.bigNumber()
}

// bigNumber is number, for one of any size.
func (u *unpacker) bigNumber() int {
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

// wordStore keeps many short texts in few pieces of memory.
type wordStore struct{ piece strings.Builder }

// wordPiece is for how many bytes memory is asked at a time.
const wordPiece = 32 << 10

// add gives a copy of a text.
func (w *wordStore) add(text []byte) string {
	if len(text) > w.piece.Cap()-w.piece.Len() {
		w.piece.Reset()
		w.piece.Grow(max(wordPiece, len(text)))
	}
	from := w.piece.Len()
	w.piece.Write(text)
	return w.piece.String()[from:]
}
