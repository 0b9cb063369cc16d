package vault

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Note is one Markdown file of a vault. Open has read its head; the rest is
// read when it is first asked for. A Note may be used by several goroutines.
type Note struct {
	dir  string // of the vault
	path string
	head head

	readOnce sync.Once
	content  atomic.Pointer[content] // nil until Bytes was asked for

	parseOnce sync.Once
	parsed    *parsed // nil until the properties were asked for
}

// readRoom is the size of files, in bytes, that are read without further room:
// most notes, and most of those that synth writes.
const readRoom = 32 << 10

// content is a note's file as it was read. Most notes of a big vault have none.
type content struct {
	text      string
	body      int // the offset of what follows the head
	firstLine int // of the body, in the file
	err       error
}

func newContent(data []byte) *content {
	at := scanFence(data, true).body
	return &content{text: string(data), body: at, firstLine: 1 + bytes.Count(data[:at], []byte{'\n'})}
}

// parsed is a note's head as it was read.
type parsed struct {
	properties []Property
	err        error // a *HeadError
}

// NewNote gives a note of that path with those bytes, which need not be on
// any disk: what a change would make can be read before it is written. The
// bytes must not be changed before the note has no more use.
func NewNote(path string, data []byte) *Note {
	n := &Note{path: path, head: cutHead(data, scanFence(data, true))}
	n.readOnce.Do(func() { n.content.Store(newContent(data)) })
	return n
}

// Path gives the slash-separated path from the vault's folder, as on disk.
func (n *Note) Path() string { return n.path }

// Name gives the base name without its extension.
func (n *Note) Name() string {
	base := path.Base(n.path)
	return strings.TrimSuffix(base, path.Ext(base))
}

// Folder gives the slash-separated path of the note's folder, "" for the
// vault's own.
func (n *Note) Folder() string {
	folder, _ := path.Split(n.path)
	return strings.TrimSuffix(folder, "/")
}

// Head gives the bytes between the head's fences, nil if the note has no
// head. They must not be changed.
func (n *Note) Head() []byte { return n.head.text }

// IsTemplate tells whether the head holds a placeholder, {{…}} or <%…%>: then
// the note is a form to make notes from, and what it says is about none.
func (n *Note) IsTemplate() bool {
	return holds(n.head.text, "{{", "}}") || holds(n.head.text, "<%", "%>")
}

func holds(text []byte, open, end string) bool {
	_, after, found := bytes.Cut(text, []byte(open))
	return found && bytes.Contains(after, []byte(end))
}

// Text gives the whole file as it was when first asked for. The error is a
// Problem.
func (n *Note) Text() (string, error) {
	c := n.read()
	return c.text, c.err
}

// Bytes gives a copy of what Text gives.
func (n *Note) Bytes() ([]byte, error) {
	c := n.read()
	if c.err != nil {
		return nil, c.err
	}
	return []byte(c.text), nil
}

// Body gives a copy of the bytes after the head.
func (n *Note) Body() ([]byte, error) {
	text, _, err := n.body()
	if err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// body gives the text after the head and the file's line on which it begins.
// The byte order mark belongs to neither head nor body.
func (n *Note) body() (text string, firstLine int, err error) {
	c := n.read()
	return c.text[c.body:], c.firstLine, c.err
}

// read reads the file, once.
func (n *Note) read() *content {
	n.readOnce.Do(func() {
		c, err := readContent(filepath.Join(n.dir, filepath.FromSlash(n.path)))
		if err != nil {
			c = &content{err: unreadable(n.path, err)}
		}
		n.content.Store(c)
	})
	return n.content.Load()
}

// readContent reads a file through room that nothing keeps, so that a note
// takes no more memory than its text.
func readContent(name string) (*content, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.close()
	var room [readRoom]byte
	data := room[:0]
	for {
		n, err := f.read(data[len(data):cap(data)])
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return newContent(data), nil
		}
		if data = data[:len(data)+n]; len(data) == cap(data) {
			data = slices.Grow(data, len(data))
		}
	}
}

// unreadable is the problem of a file or folder that the system refuses to
// give.
func unreadable(path string, err error) Problem {
	return Problem{
		Path:     path,
		Severity: Error,
		Code:     "unreadable",
		Message:  fmt.Sprintf("cannot be read: %v", reason(err)),
	}
}

// reason gives what the system says without the path, which a problem has
// already.
func reason(err error) error {
	if pathErr, ok := errors.AsType[*os.PathError](err); ok {
		return pathErr.Err
	}
	if linkErr, ok := errors.AsType[*os.LinkError](err); ok {
		return linkErr.Err
	}
	return err
}
