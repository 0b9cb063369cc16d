package vault

import "bytes"

// maxHead is the size in bytes above which a head is refused unread.
const maxHead = 64 << 10

const byteOrderMark = "\uFEFF"

// fence tells where the head of a file lies. The offsets are in bytes, and
// src[:begin] + src[begin:end] + src[end:body] + src[body:] is the file.
type fence struct {
	state fenceState
	begin int // the head's first byte
	end   int // the closing fence's first byte
	body  int // the body's first byte; without a head, what follows the byte order mark
}

type fenceState uint8

const (
	noFence  fenceState = iota // the file does not begin with a fence
	unclosed                   // it does, but no closing fence was seen
	closed
)

// scanFence finds the head of a file: `---` alone on the first line, up to
// the next line that is nothing but `---` and begins at column 1, as Obsidian
// reads it. An indented `---`, as in a block scalar, closes nothing. Where
// whole is false src is the file's beginning only, and a line that it cuts
// off is not taken for a fence.
func scanFence(src []byte, whole bool) fence {
	start := 0
	if bytes.HasPrefix(src, []byte(byteOrderMark)) {
		start = len(byteOrderMark)
	}
	first, begin, _ := cutLine(src, start)
	if !isFence(first) {
		return fence{state: noFence, begin: start, end: start, body: start}
	}
	for at := begin; at < len(src); {
		line, after, complete := cutLine(src, at)
		if isFence(line) && (complete || whole) {
			return fence{state: closed, begin: begin, end: at, body: after}
		}
		at = after
	}
	return fence{state: unclosed, begin: start, end: start, body: start}
}

// cutLine gives the line that begins at an offset without its line ending,
// the offset of the next one, and whether a line ending was there.
func cutLine(src []byte, at int) (line []byte, next int, complete bool) {
	length := bytes.IndexByte(src[at:], '\n')
	if length < 0 {
		return src[at:], len(src), false
	}
	return bytes.TrimSuffix(src[at:at+length], []byte("\r")), at + length + 1, true
}

func isFence(line []byte) bool {
	rest, found := bytes.CutPrefix(line, []byte("---"))
	return found && len(bytes.Trim(rest, " \t")) == 0
}

// head is what Open keeps of a note.
type head struct {
	text    []byte   // between the fences, nil if there is no head
	problem *Problem // why there is no telling what the head is
}

const (
	firstRead = 4 << 10  // holds the whole head of nearly every note
	headSlack = 1 << 10  // room for the fences around the largest head
	slabSize  = 64 << 10 // of the memory that many heads share
)

// headReader reads heads, one after the other.
type headReader struct {
	folder folder
	buffer []byte // what is read into
	slab   headSlab
}

// headSlab is memory that many heads share.
type headSlab struct{ free []byte } // what has room for heads yet

// read reads as much of a file as its head needs.
func (r *headReader) read(name string) (head, error) {
	f, err := r.folder.open(name)
	if err != nil {
		return head{}, err
	}
	defer f.close()
	size, whole := 0, false
	for limit := firstRead; ; limit = len(r.buffer) {
		n, err := f.read(r.buffer[size:limit])
		if err != nil {
			return head{}, err
		}
		size, whole = size+n, n == 0
		at := scanFence(r.buffer[:size], whole)
		firstLine := size >= firstRead || bytes.IndexByte(r.buffer[:size], '\n') >= 0
		switch {
		case whole, at.state == closed, at.state == noFence && firstLine:
			return r.slab.keep(cutHead(r.buffer[:size], at)), nil
		case size == len(r.buffer):
			return head{problem: tooLarge()}, nil
		}
	}
}

// keep copies the head out of what was read.
func (s *headSlab) keep(h head) head {
	if h.text == nil {
		return h
	}
	if length := len(h.text); s.free == nil || length > cap(s.free)-len(s.free) {
		s.free = make([]byte, 0, max(slabSize, length))
	}
	from := len(s.free)
	s.free = append(s.free, h.text...)
	h.text = s.free[from:len(s.free):len(s.free)]
	return h
}

// headOf gives the head of a whole file, as a headReader does, and the body's
// first byte.
func headOf(data []byte) (h head, body int) {
	whole := len(data) <= maxHead+headSlack
	at := scanFence(data[:min(len(data), maxHead+headSlack)], whole)
	if at.state == unclosed && !whole {
		return head{problem: tooLarge()}, scanFence(data, true).body
	}
	return cutHead(data, at), at.body
}

// cutHead finds the head in a file's beginning.
func cutHead(src []byte, at fence) head {
	switch {
	case at.state == unclosed:
		return head{problem: &Problem{
			Line: 1, Column: 1, Severity: Error, Code: "head_unclosed",
			Message: "the head that begins here is never closed",
			Hint:    `end it with a line that is only "---"`,
		}}
	case at.end-at.begin > maxHead:
		return head{problem: tooLarge()}
	case at.state == closed:
		return head{text: src[at.begin:at.end:at.end]}
	}
	return head{}
}

func tooLarge() *Problem {
	return &Problem{
		Line: 1, Column: 1, Severity: Error, Code: "head_too_large",
		Message: "the head does not end within 64 KiB",
		Hint:    "move text from the properties to the note's body",
	}
}
