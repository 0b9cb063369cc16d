package vault

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/synth-vault/synth/internal/obsidian"
)

// outlineReader makes outlines, most of them by a scan of the lines. What it
// has read of a file is in its buffer until the next one, so the words of an
// outline are copies. It belongs to one goroutine.
type outlineReader struct {
	buffer  []byte
	scanner obsidian.Scanner
	words   strings.Builder // a store of words that outlines hold
	outline Outline         // the last one, whose memory is used again
}

// wordStore is for how many bytes of words memory is asked at a time.
const wordStore = 32 << 10

// note packs the outline of a note without keeping its bytes.
func (r *outlineReader) note(n *Note) outlined {
	var data []byte
	var err error
	if c := n.content.Load(); c != nil && c.err == nil {
		data = c.bytes
	} else {
		data, err = r.read(n.dir, n.path)
	}
	if err != nil {
		r.outline = Outline{Problems: []Problem{unreadable(n.path, err)}}
		return r.packed()
	}
	r.file(n.path, n.head, data)
	return r.packed()
}

// packed gives the last outline as it is kept.
func (r *outlineReader) packed() outlined {
	r.buffer = packOutline(r.buffer[:0], &r.outline)
	return outlined{r.word(r.buffer), r.outline.Problems}
}

// read reads a file into the buffer.
func (r *outlineReader) read(dir, path string) ([]byte, error) {
	data, err := readInto(r.buffer, filepath.Join(dir, filepath.FromSlash(path)))
	r.buffer = data[:0]
	return data, err
}

// file makes the outline of a file's bytes. Its lists are used again for the
// next file.
func (r *outlineReader) file(path string, h head, data []byte) {
	r.outline = Outline{
		Sections: r.outline.Sections[:0], Anchors: r.outline.Anchors[:0],
		Tags: r.outline.Tags[:0], Links: r.outline.Links[:0],
	}
	r.head(path, h)
	at := scanFence(data, true).body
	firstLine := 1 + bytes.Count(data[:at], []byte{'\n'})
	if marks, ok := r.scanner.Scan(data[at:]); ok {
		r.scanned(marks, firstLine-1)
	} else if err := r.parsed(path, data[at:], firstLine); err != nil {
		r.outline.Problems = append(r.outline.Problems, problemsOf(err)...)
	}
}

// word gives a copy of a text that the buffer holds.
func (r *outlineReader) word(text []byte) string {
	if len(text) > r.words.Cap()-r.words.Len() {
		r.words.Reset()
		r.words.Grow(max(wordStore, len(text)))
	}
	from := r.words.Len()
	r.words.Write(text)
	return r.words.String()[from:]
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

// scanned adds what a scan found in a body that so many lines stand before.
func (r *outlineReader) scanned(marks *obsidian.Marks, before int) {
	for _, h := range marks.Headings {
		r.outline.Sections = append(r.outline.Sections, Section{Level: h.Level, Text: r.word(h.Text), Line: before + h.Line})
	}
	r.outline.Anchors = r.marks(r.outline.Anchors, marks.IDs, before)
	r.outline.Tags = r.marks(r.outline.Tags, marks.Tags, before)
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
		link.Line, link.Column = before+l.Line, l.Column
		r.outline.Links = append(r.outline.Links, link)
	}
}

func (r *outlineReader) marks(to []Mark, found []obsidian.Mark, before int) []Mark {
	for _, m := range found {
		to = append(to, Mark{Name: r.word(m.Text), Line: before + m.Line, Column: m.Column})
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
