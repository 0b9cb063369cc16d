package strictyaml

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"gopkg.in/yaml.v3"
)

// reader is the state of one call of Parse.
type reader struct {
	source source
	offset int // lines of the file before the source
	limits Limits
	keys   int // seen so far
	sink   Sink
}

// place returns a null scalar at a place of the source. The decoder puts what
// is not written at the very end on a line of its own: it belongs on the last.
func (r *reader) place(line, column int) *Node {
	if last := len(r.source.starts); last > 0 && line > last {
		line, column = last, len(r.source.text)-r.source.starts[last-1]+1
	}
	return &Node{Line: line + r.offset, Column: column}
}

// add notes a problem, up to the most that one report holds.
func (r *reader) add(at *Node, code, format string, args ...any) *Problem {
	if len(r.sink.problems) >= mostProblems {
		return &Problem{}
	}
	return r.sink.Add(at, code, format, args...)
}

// report returns the problems found. A mapping begins where its first key
// does, so one tag can be met twice: it is reported once.
func (r *reader) report() Problems {
	return slices.CompactFunc(r.sink.Problems(), func(a, b Problem) bool {
		return a.Line == b.Line && a.Column == b.Column && a.Code == b.Code
	})
}

func (r *reader) read(src []byte) *Node {
	if len(src) > r.limits.Bytes {
		r.add(r.place(1, 1), "yaml_too_large", "%d bytes of YAML are more than the %d allowed", len(src), r.limits.Bytes)
		return nil
	}
	r.scan(src)
	if len(r.sink.problems) > 0 {
		return nil
	}
	document, ok := r.decode(r.takeDirectives())
	if !ok {
		return nil
	}
	if document == nil || len(document.Content) == 0 {
		return r.place(1, 1)
	}
	return r.node(document.Content[0], 0)
}

// decode reads the one document of src, nil when there is none. It reports
// false when no tree could be had.
func (r *reader) decode(src []byte) (document *yaml.Node, ok bool) {
	defer func() {
		// The YAML reader is not ours and is known to panic on rare input,
		// which must cost one document, not the program.
		if cause := recover(); cause != nil {
			r.add(r.place(1, 1), "yaml_invalid", "this cannot be read as YAML")
			document, ok = nil, false
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		return nil, true
	} else if err != nil {
		r.refuseSyntax(err)
		return nil, false
	}
	if err := decoder.Decode(&second); err == nil {
		r.add(r.place(second.Line, second.Column), "yaml_several_documents", "a second document begins here").
			Hint = "keep one document; --- and ... begin and end it"
	} else if !errors.Is(err, io.EOF) {
		r.refuseSyntax(err)
	}
	return &first, true
}
