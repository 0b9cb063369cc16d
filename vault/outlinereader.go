package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
)

// outlineReader makes outlines, most of them by a scan of the lines. What it
// has read of a file is in its buffer until the next one, so the words of an
// outline are copies, one for all notes that hold the same. It belongs to one
// goroutine.
type outlineReader struct {
	buffer  []byte
	scanner obsidian.Scanner
	words   map[string]string
	outline Outline // the last one, whose memory is used again
}

// note reads a file that is not kept.
func (r *outlineReader) note(n *Note) Outline {
	data, err := r.read(n)
	if err != nil {
		return Outline{Problems: []Problem{unreadable(n.path, err)}}
	}
	return r.file(n.path, n.head, data)
}

// read gives the bytes of a note: its own if it has them, else those that it
// reads into the buffer.
func (r *outlineReader) read(n *Note) ([]byte, error) {
	if n.read.Load() {
		return n.bytes, nil
	}
	f, err := os.Open(filepath.Join(n.dir, filepath.FromSlash(n.path)))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 0
	for {
		if size == len(r.buffer) {
			r.buffer = slices.Grow(r.buffer, firstRead)
			r.buffer = r.buffer[:cap(r.buffer)]
		}
		got, err := f.Read(r.buffer[size:])
		size += got
		if errors.Is(err, io.EOF) {
			return r.buffer[:size], nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// file makes the outline of a file's bytes.
func (r *outlineReader) file(path string, h head, data []byte) Outline {
	if r.words == nil {
		r.words = map[string]string{}
	}
	r.outline = Outline{
		Sections: r.outline.Sections[:0], Anchors: r.outline.Anchors[:0],
		Tags: r.outline.Tags[:0], Links: r.outline.Links[:0],
	}
	r.head(path, h)
	at := scanFence(data, true).body
	firstLine := 1 + bytes.Count(data[:at], []byte{'\n'})
	if marks, ok := r.scanner.Scan(data[at:]); ok {
		r.scanned(marks, &placer{source: data[at:], line: firstLine})
	} else if err := r.parsed(path, data[at:], firstLine); err != nil {
		r.outline.Problems = append(r.outline.Problems, problemsOf(err)...)
	}
	return Outline{
		Sections: slices.Clone(r.outline.Sections), Anchors: slices.Clone(r.outline.Anchors),
		Tags: slices.Clone(r.outline.Tags), Links: slices.Clone(r.outline.Links),
		Problems: r.outline.Problems,
	}
}

// word gives a text that the buffer does not hold.
func (r *outlineReader) word(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if known, ok := r.words[string(text)]; ok {
		return known
	}
	known := string(text)
	r.words[known] = known
	return known
}

// head adds the tags and the links of the properties.
func (r *outlineReader) head(path string, h head) {
	properties, problems := h.properties()
	for _, p := range problems {
		p.Path = path
		r.outline.Problems = append(r.outline.Problems, p)
	}
	if len(problems) > 0 {
		return
	}
	for _, p := range properties {
		isTags := strings.EqualFold(p.Name, "tags")
		for _, value := range p.Values {
			if link, ok := ParseLink(value.Text); ok {
				link.Target, link.Subpath, link.Shown = r.word([]byte(link.Target)), r.word([]byte(link.Subpath)), r.word([]byte(link.Shown))
				link.Line, link.Column = value.Line, value.Column
				r.outline.Links = append(r.outline.Links, link)
			}
			if isTags && value.Text != "" {
				name := r.word([]byte(strings.TrimPrefix(value.Text, "#")))
				r.outline.Tags = append(r.outline.Tags, Mark{Name: name, Line: value.Line, Column: value.Column})
			}
		}
	}
}

// placer tells the places of offsets that come in the order of the source, or
// nearly so.
type placer struct {
	source []byte
	at     int // the start of a line
	line   int // its number in the file
}

func (p *placer) place(offset int) (line, column int) {
	if offset < p.at {
		p.line -= bytes.Count(p.source[offset:p.at], []byte{'\n'})
		p.at = 1 + bytes.LastIndexByte(p.source[:offset], '\n')
	}
	between := p.source[p.at:offset]
	if last := bytes.LastIndexByte(between, '\n'); last >= 0 {
		p.line += bytes.Count(between, []byte{'\n'})
		p.at += last + 1
	}
	return p.line, 1 + utf8.RuneCount(p.source[p.at:offset])
}

// scanned adds what a scan found.
func (r *outlineReader) scanned(marks *obsidian.Marks, at *placer) {
	for _, h := range marks.Headings {
		line, _ := at.place(h.Start)
		r.outline.Sections = append(r.outline.Sections, Section{Level: h.Level, Text: r.word(h.Text), Line: line})
	}
	r.outline.Anchors = r.marks(r.outline.Anchors, marks.IDs, at)
	r.outline.Tags = r.marks(r.outline.Tags, marks.Tags, at)
	for _, l := range marks.Links {
		link := Link{Embed: l.Embed, Shown: r.word(l.Shown)}
		if l.Markdown {
			read, ok := ParseDestination(string(l.Target))
			if !ok {
				continue
			}
			link.Target, link.Subpath, link.Markdown = read.Target, read.Subpath, true
		} else {
			link.Target, link.Subpath = r.word(l.Target), r.word(l.Subpath)
		}
		link.Line, link.Column = at.place(l.Start)
		r.outline.Links = append(r.outline.Links, link)
	}
}

func (r *outlineReader) marks(to []Mark, found []obsidian.Mark, at *placer) []Mark {
	for _, m := range found {
		line, column := at.place(m.Start)
		to = append(to, Mark{Name: r.word(m.Text), Line: line, Column: column})
	}
	return to
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
		r.outline.Sections = append(r.outline.Sections, Section{Level: first.Level, Text: strings.Clone(first.Text), Line: first.Line})
	case *obsidian.BlockID:
		line, column := b.place(node.Segment.Start)
		r.outline.Anchors = append(r.outline.Anchors, Mark{Name: strings.Clone(node.ID), Line: line, Column: column})
	case *obsidian.Tag:
		line, column := b.place(node.Segment.Start)
		r.outline.Tags = append(r.outline.Tags, Mark{Name: strings.Clone(node.Name), Line: line, Column: column})
	default:
		if link, start, ok := linkAt(node, b.source); ok {
			link.Line, link.Column = b.place(start)
			r.outline.Links = append(r.outline.Links, link)
		}
	}
}
