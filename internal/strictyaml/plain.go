package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// plainReader reads the YAML that people write without thinking of YAML, many
// times faster than the decoder: mappings and lists in blocks or in brackets,
// and texts of one line, in quotes or not. Whatever else it meets, and all
// that would be refused, it gives up and leaves to the decoder, so that what
// it does give must be what the decoder would have given.
type plainReader struct {
	text   string
	limits Limits
	offset int // lines of the file before the text
	keys   int // read so far
	failed bool

	at     int // the first byte not yet read
	line   int // counts from 1
	start  int // of the line
	indent int // of the content at which a line begins, -1 at the end of the text

	counted, column int // an offset on the line and its code points before it

	// Nodes and lists are cut from larger pieces. What an open collection holds so far lies on top of a stack, for only
	// its end tells how much it is.
	nodes       []Node
	held        []held
	entries     []Entry
	items       []*Node
	openEntries []Entry
	openItems   []*Node
}

// readPlain reads a document. It is not ok for those of the decoder.
func readPlain(src []byte, offset int, limits Limits) (root *Node, ok bool) {
	if len(src) > limits.Bytes || !isPlainSource(src) {
		return nil, false
	}
	r := &plainReader{text: string(src), limits: limits, offset: offset}
	r.nextContent()
	root = r.block(0)
	return root, !r.failed && r.indent < 0
}

// isPlainSource reports whether every character stands for itself, and every
// line ends with LF.
func isPlainSource(src []byte) bool {
	for i := 0; i < len(src); {
		if char := src[i]; char < utf8.RuneSelf {
			if char < ' ' && char != '\n' || char == 0x7F {
				return false
			}
			i++
			continue
		} else if char >= 0xC3 && char <= 0xDF && i+1 < len(src) && src[i+1]&0xC0 == 0x80 { // most accented letters
			i += 2
			continue
		}
		char, size := utf8.DecodeRune(src[i:])
		if char == utf8.RuneError && size == 1 || isUnseen(char) {
			return false
		}
		i += size
	}
	return true
}

// giveUp leaves the document to the decoder.
func (r *plainReader) giveUp() *Node {
	r.failed = true
	return nil
}

// nextContent goes to the next line that holds more than a comment.
func (r *plainReader) nextContent() {
	for r.at < len(r.text) {
		r.line++
		r.start, r.counted, r.column = r.at, r.at, 0
		r.skipSpaces()
		if !r.atLineEnd() {
			r.indent = r.at - r.start
			return
		}
		r.skipLine()
	}
	r.indent = -1
}

func (r *plainReader) skipSpaces() {
	for r.at < len(r.text) && r.text[r.at] == ' ' {
		r.at++
	}
}

// skipLine goes to the beginning of the next line.
func (r *plainReader) skipLine() {
	if length := strings.IndexByte(r.text[r.at:], '\n'); length >= 0 {
		r.at += length + 1
		return
	}
	r.at = len(r.text)
}

// peek gives the next byte, a line break at the end of the text.
func (r *plainReader) peek() byte { return r.after(0) }

func (r *plainReader) after(distance int) byte {
	if r.at+distance < len(r.text) {
		return r.text[r.at+distance]
	}
	return '\n'
}

// atLineEnd reports whether nothing stands here, or a comment, which needs a
// space or the beginning of the line before it.
func (r *plainReader) atLineEnd() bool {
	switch r.peek() {
	case '\n':
		return true
	case '#':
		return r.at == r.start || r.text[r.at-1] == ' '
	}
	return false
}

// endLine goes to the next content. Nothing else may stand on this line.
func (r *plainReader) endLine() {
	r.skipSpaces()
	if !r.atLineEnd() {
		r.giveUp()
		return
	}
	r.skipLine()
	r.nextContent()
}

// node gives a scalar that begins here.
func (r *plainReader) node() *Node {
	if len(r.nodes) == cap(r.nodes) {
		r.nodes = make([]Node, 0, r.piece(bytesOfNode))
	}
	r.column += utf8.RuneCountInString(r.text[r.counted:r.at])
	r.counted = r.at
	r.nodes = r.nodes[:len(r.nodes)+1]
	n := &r.nodes[len(r.nodes)-1]
	n.Line, n.Column = r.line+r.offset, r.column+1
	return n
}

// collection gives one that begins here, within depth others.
func (r *plainReader) collection(kind Kind, depth int) *Node {
	if depth >= r.limits.Depth {
		return r.giveUp()
	}
	n := r.node()
	n.Kind = kind
	return n
}

// How many bytes of a source there are to a node, an entry, an item and a collection, in files that list much in few words.
const (
	bytesOfNode  = 9
	bytesOfEntry = 24
	bytesOfItem  = 32
	bytesOfHeld  = 100
)

// piece is how many things to make at once: as many as the rest of the text may hold.
func (r *plainReader) piece(bytesOfOne int) int {
	return 4 + min((len(r.text)-r.at)/bytesOfOne, 256)
}

// holdEntries gives a mapping the entries on top of the stack.
func (r *plainReader) holdEntries(n *Node, from int) {
	found := r.openEntries[from:]
	if len(found) == 0 {
		return
	}
	if free := cap(r.entries) - len(r.entries); free < len(found) {
		r.entries = make([]Entry, 0, max(len(found), r.piece(bytesOfEntry)))
	}
	start := len(r.entries)
	r.entries = append(r.entries, found...)
	r.hold(n).entries = r.entries[start:len(r.entries):len(r.entries)]
	r.openEntries = r.openEntries[:from]
}

// holdItems gives a list the items on top of the stack.
func (r *plainReader) holdItems(n *Node, from int) {
	found := r.openItems[from:]
	if len(found) == 0 {
		return
	}
	if free := cap(r.items) - len(r.items); free < len(found) {
		r.items = make([]*Node, 0, max(len(found), r.piece(bytesOfItem)))
	}
	start := len(r.items)
	r.items = append(r.items, found...)
	r.hold(n).items = r.items[start:len(r.items):len(r.items)]
	r.openItems = r.openItems[:from]
}

// hold makes room for what a collection holds.
func (r *plainReader) hold(n *Node) *held {
	if len(r.held) == cap(r.held) {
		r.held = make([]held, 0, r.piece(bytesOfHeld))
	}
	r.held = r.held[:len(r.held)+1]
	n.held = &r.held[len(r.held)-1]
	return n.held
}

// atDash reports whether an item of a list begins here.
func (r *plainReader) atDash() bool {
	return r.peek() == '-' && (r.after(1) == ' ' || r.after(1) == '\n')
}

// block reads the list or the mapping that begins here and goes on as long as
// lines begin at the same indent.
func (r *plainReader) block(depth int) *Node {
	if r.failed || r.indent < 0 {
		return r.giveUp()
	}
	if r.atDash() {
		return r.list(depth)
	}
	return r.mapping(depth)
}

func (r *plainReader) list(depth int) *Node {
	n, indent, from := r.collection(Sequence, depth), r.indent, len(r.openItems)
	for !r.failed && r.indent == indent && r.atDash() {
		r.at++
		r.openItems = append(r.openItems, r.item(indent, depth+1))
	}
	if r.failed {
		return nil
	}
	r.holdItems(n, from)
	return n
}

// item reads what stands behind a dash: a value, or on the same line already
// the first line of a block.
func (r *plainReader) item(indent, depth int) *Node {
	none := r.at
	r.skipSpaces()
	switch {
	case r.atLineEnd():
		return r.below(none, indent, depth)
	case r.atDash() || r.atKey():
		r.indent = r.at - r.start
		return r.block(depth)
	}
	return r.value(depth)
}

func (r *plainReader) mapping(depth int) *Node {
	n, indent, keys := r.collection(Mapping, depth), r.indent, keySet{from: len(r.openEntries)}
	for !r.failed && r.indent == indent {
		key := r.key(false)
		if r.failed || !r.takes(&keys, key) {
			return r.giveUp()
		}
		none := r.at
		r.skipSpaces()
		var value *Node
		switch {
		case !r.atLineEnd():
			value = r.value(depth + 1)
		default:
			value = r.belowKey(none, indent, depth+1)
		}
		r.openEntries = append(r.openEntries, Entry{Key: key, Value: value})
	}
	if r.failed {
		return nil
	}
	r.holdEntries(n, keys.from)
	return n
}

// belowKey reads the value of a key with nothing behind it. A list may lie as
// far to the left as the key.
func (r *plainReader) belowKey(none, indent, depth int) *Node {
	nothing := r.nothing(none)
	r.endLine()
	if r.indent > indent || r.indent == indent && r.atDash() {
		r.takeBack()
		return r.block(depth)
	}
	return nothing
}

// below reads the value of an item with nothing behind its dash.
func (r *plainReader) below(none, indent, depth int) *Node {
	nothing := r.nothing(none)
	r.endLine()
	if r.indent > indent {
		r.takeBack()
		return r.block(depth)
	}
	return nothing
}

// nothing gives the value that would stand at an offset of this line.
func (r *plainReader) nothing(at int) *Node {
	here := r.at
	r.at = at
	n := r.node()
	r.at = here
	return n
}

// takeBack makes use of the last node, which says nothing yet, for another one.
func (r *plainReader) takeBack() { r.nodes = r.nodes[:len(r.nodes)-1] }

// value reads a value to the end of its line.
func (r *plainReader) value(depth int) *Node {
	var n *Node
	switch r.peek() {
	case '[', '{':
		n = r.flow(depth)
	case '"', '\'':
		n = r.quoted()
	default:
		n = r.unquoted()
	}
	if !r.failed {
		r.endLine()
	}
	return n
}
