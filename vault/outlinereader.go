package vault

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
)

// outlineReader makes packed outlines, most of them by a scan of the lines. Its
// memory is used again for the next file. It belongs to one goroutine.
type outlineReader struct {
	buffer   []byte // what is read into
	scanner  obsidian.Scanner
	flat     flatHead
	lists    packer
	problems []Problem // told by the last outline
	packed   []byte
	room     []byte    // for a link that is taken apart
	words    wordStore // what outlines are kept in
}

// note packs the outline of a note without keeping its bytes.
func (r *outlineReader) note(n *Note) outlined {
	var data []byte
	var err error
	if c := n.content.Load(); c != nil && c.err == nil {
		data = r.hold(c.text)
	} else if data, err = r.read(n.dir, n.path); err != nil {
		return outlined{problems: []Problem{unreadable(n.path, err)}}
	}
	return r.file(n.path, n.head, data, scanFence(data, true).body)
}

// read reads a file of a folder into the buffer.
func (r *outlineReader) read(dir, path string) ([]byte, error) {
	folder, err := enter(dir)
	if err != nil {
		return nil, err
	}
	defer folder.close()
	return r.readFrom(folder, path)
}

// hold puts a text that was read already into the buffer.
func (r *outlineReader) hold(text string) []byte {
	if len(text) > len(r.buffer) {
		r.buffer = make([]byte, len(text))
	}
	return r.buffer[:copy(r.buffer, text)]
}

// readFrom does so for a folder that is open.
func (r *outlineReader) readFrom(folder folder, path string) ([]byte, error) {
	f, err := folder.open(path)
	if err != nil {
		return nil, err
	}
	defer f.close()
	size := 0
	for {
		if size == len(r.buffer) {
			r.buffer = append(r.buffer, make([]byte, max(wholeRead, size))...)
		}
		n, err := f.read(r.buffer[size:])
		if err != nil {
			return nil, err
		}
		if size += n; n == 0 {
			return r.buffer[:size], nil
		}
	}
}

// wholeRead holds nearly every note.
const wholeRead = 64 << 10

// file packs the outline of a file's bytes, of which the body begins at one.
func (r *outlineReader) file(path string, h head, data []byte, body int) outlined {
	r.lists.reset()
	r.problems = nil
	r.head(path, h)
	before := bytes.Count(data[:body], []byte{'\n'})
	if marks, ok := r.scanner.Scan(data[body:]); ok {
		r.scanned(marks, before)
	} else if err := r.parsed(path, data[body:], 1+before); err != nil {
		r.problems = append(r.problems, problemsOf(err)...)
	}
	return r.outlined()
}

// outlined keeps what was read.
func (r *outlineReader) outlined() outlined {
	r.packed = r.lists.appendTo(r.packed[:0])
	return outlined{packed(r.words.add(r.packed)), r.problems}
}

// head adds the aliases, the tags and the links of the properties.
func (r *outlineReader) head(path string, h head) {
	properties, problems := h.read(&r.flat)
	for _, p := range problems {
		p.Path = path
		r.problems = append(r.problems, p)
	}
	if !isNested(problems) {
		return
	}
	for _, p := range properties {
		isTags := strings.EqualFold(p.Name, "tags")
		for _, value := range p.Values {
			at := obsidian.Place{Line: value.Line, Column: value.Column}
			if strings.Contains(value.Text, "[[") {
				r.room = append(r.room[:0], value.Text...)
				if link, ok := wholeWikilink(r.room); ok {
					link.Place = at
					r.lists.link(&link)
				}
			}
			if isTags && !r.scanner.Untagged {
				r.tags(p, value.Text, at)
			}
			if p.Name == "aliases" {
				r.lists.mark(aliasList, []byte(value.Text), at)
			}
		}
	}
}

// tags adds the tags of a property's value: the words of a text that is no
// list, with blanks or commas between, and the entries of a list that are one
// word.
func (r *outlineReader) tags(p Property, text string, at obsidian.Place) {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == ',' || c == '\n' })
	if p.List && (len(words) != 1 || words[0] != text) {
		return
	}
	for _, word := range words {
		if tag := strings.TrimPrefix(word, "#"); tag != "" {
			r.lists.mark(tagList, []byte(tag), at)
		}
	}
}

// link adds a link that stands at a place.
func (r *outlineReader) link(l Link, at obsidian.Place) {
	r.lists.link(&obsidian.LinkMark{
		Target: []byte(l.Target), Subpath: []byte(l.Subpath), Shown: []byte(l.Shown),
		Embed: l.Embed, Markdown: l.Markdown, Place: at,
	})
}

// scanned adds what a scan found in a body that so many lines stand before.
func (r *outlineReader) scanned(marks *obsidian.Marks, before int) {
	for _, h := range marks.Headings {
		r.lists.section(h.Text, h.Level, before+h.Line)
	}
	for _, m := range marks.IDs {
		m.Line += before
		r.lists.mark(anchorList, m.Text, m.Place)
	}
	for _, m := range marks.Tags {
		m.Line += before
		r.lists.mark(tagList, m.Text, m.Place)
	}
	for i := range marks.Links {
		l := &marks.Links[i]
		l.Line += before
		if l.Markdown {
			r.room = append(r.room[:0], l.Target...)
			var ok bool
			if l.Target, l.Subpath, ok = readDestination(r.room); !ok {
				continue
			}
		}
		r.lists.link(l)
	}
}

// parsed adds what the tree of a body holds.
func (r *outlineReader) parsed(path string, body []byte, firstLine int) error {
	t, err := parseBody(path, body, firstLine)
	if err != nil {
		return err
	}
	blocks := &blockReader{tree: t}
	return ast.Walk(t.doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			r.node(blocks, node)
		}
		return ast.WalkContinue, nil
	})
}

func (r *outlineReader) node(b *blockReader, node ast.Node) {
	switch node := node.(type) {
	case *ast.Heading:
		b.blocks = b.blocks[:0]
		b.running(node, Block{Kind: Heading, Level: node.Level}, node.Pos())
		first := b.blocks[0]
		r.lists.section([]byte(first.Text), first.Level, first.Line)
	case *obsidian.BlockID:
		r.lists.mark(anchorList, []byte(node.ID), placeOf(b.place(node.Segment.Start)))
	case *obsidian.Tag:
		if !r.scanner.Untagged {
			r.lists.mark(tagList, []byte(node.Name), placeOf(b.place(node.Segment.Start)))
		}
	default:
		if link, start, ok := linkAt(node, b.source); ok {
			r.link(link, placeOf(b.place(start)))
		}
	}
}

func placeOf(line, column int) obsidian.Place { return obsidian.Place{Line: line, Column: column} }
