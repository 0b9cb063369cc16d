package vault

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
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

// content is a note's file as it was read. Most notes of a big vault have none.
type content struct {
	bytes []byte
	err   error
}

// parsed is a note's head as it was read.
type parsed struct {
	properties []Property
	err        error // a *HeadError
}

// NewNote gives a note of that path with those bytes, which need not be on
// any disk: what a change would make can be read before it is written. The
// bytes must not be changed afterwards.
func NewNote(path string, data []byte) *Note {
	n := &Note{path: path, head: cutHead(data, scanFence(data, true))}
	n.readOnce.Do(func() { n.content.Store(&content{bytes: data}) })
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

// Bytes gives the whole file as it was when first asked for. The bytes must
// not be changed. The error is a Problem.
func (n *Note) Bytes() ([]byte, error) {
	n.readOnce.Do(func() {
		data, err := os.ReadFile(filepath.Join(n.dir, filepath.FromSlash(n.path)))
		if err != nil {
			n.content.Store(&content{err: unreadable(n.path, err)})
			return
		}
		n.content.Store(&content{bytes: data})
	})
	c := n.content.Load()
	return c.bytes, c.err
}

// Body gives the bytes after the head, as Bytes gives the whole: they must not
// be changed.
func (n *Note) Body() ([]byte, error) {
	text, _, err := n.body()
	return text, err
}

// body gives the bytes after the head and the file's line on which they
// begin. The byte order mark belongs to neither head nor body.
func (n *Note) body() (text []byte, firstLine int, err error) {
	data, err := n.Bytes()
	if err != nil {
		return nil, 0, err
	}
	at := scanFence(data, true).body
	return data[at:], 1 + bytes.Count(data[:at], []byte("\n")), nil
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
