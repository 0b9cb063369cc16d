package vault

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/synth-vault/synth/internal/obsidian"
)

// Field is an entry in a note's text, as the Dataview plugin reads it: a line
// "key:: value", or [key:: value] and (key:: value) anywhere in a line.
type Field struct {
	// Key is as written, without the formatting around it.
	Key string
	// Value is the source behind the colons, trimmed. It may be empty.
	Value string
	// Line is the field's line in the file, counted from 1.
	Line int
}

// Fields gives the fields in the order of the text, without those in code,
// mathematics and comments. The errors are those of Blocks.
func (n *Note) Fields() ([]Field, error) {
	t, err := n.tree()
	if err != nil {
		return nil, err
	}
	var fields []Field
	err = ast.Walk(t.doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		isText := node.Kind() == ast.KindParagraph || node.Kind() == ast.KindTextBlock
		if !entering || !isText {
			return ast.WalkContinue, nil
		}
		hidden := hiddenIn(node)
		lines := node.Lines()
		for _, line := range lines.Sliced(0, lines.Len()) {
			if id, ok := node.LastChild().(*obsidian.BlockID); ok && id.Segment.Start < line.Stop {
				line.Stop = max(line.Start, id.Segment.Start)
			}
			number, _ := t.place(line.Start)
			f := fieldLine{source: line.Value(t.source), plain: masked(t.source, line, hidden), line: number}
			fields = append(fields, f.fields()...)
		}
		return ast.WalkSkipChildren, nil
	})
	return fields, err
}

// hiddenIn gives the places in a block in which no field begins.
func hiddenIn(block ast.Node) []text.Segment {
	hidden := cutsIn(block)
	_ = ast.Walk(block, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch node := node.(type) {
		case *ast.Text:
			if node.Parent().Kind() == ast.KindCodeSpan {
				hidden = append(hidden, node.Segment)
			}
		case *obsidian.Math:
			hidden = append(hidden, node.Segments.Sliced(0, node.Segments.Len())...)
		case *obsidian.Wikilink:
			hidden = append(hidden, node.Segment)
		}
		return ast.WalkContinue, nil
	})
	return hidden
}

// masked gives a line in which zeros stand for what is hidden.
func masked(source []byte, line text.Segment, hidden []text.Segment) []byte {
	plain := bytes.Clone(line.Value(source))
	for _, h := range hidden {
		for i := max(h.Start, line.Start); i < min(h.Stop, line.Stop); i++ {
			plain[i-line.Start] = 0
		}
	}
	return plain
}

// fieldLine is a line with its source and without what is hidden.
type fieldLine struct {
	source, plain []byte
	line          int
}

func (f fieldLine) fields() []Field {
	colons := bytes.Index(f.plain, []byte("::"))
	if colons < 0 {
		return nil
	}
	blank := len(f.plain) - len(bytes.TrimLeft(f.plain, "\x00 \t")) // a task's box
	if field, ok := f.field(min(blank, colons), colons, len(f.plain)); ok {
		return []Field{field}
	}
	var fields []Field
	for at := 0; at < len(f.plain); at++ {
		if c := f.plain[at]; c != '[' && c != '(' {
			continue
		}
		end := closing(f.plain, at)
		colons := bytes.Index(f.plain[at:end], []byte("::"))
		if colons < 0 {
			continue
		}
		if field, ok := f.field(at+1, at+colons, end); ok {
			fields = append(fields, field)
			at = end
		}
	}
	return fields
}

// field reads the field between two offsets whose colons are at a third.
func (f fieldLine) field(start, colons, end int) (Field, bool) {
	const formatting = "*_~="
	key := strings.TrimSpace(string(f.plain[start:colons]))
	value := strings.TrimSpace(string(f.source[colons+len("::") : end]))
	name := strings.TrimLeft(key, formatting)
	if around := key[:len(key)-len(name)]; around != "" && !strings.HasSuffix(key, around) && strings.HasPrefix(value, around) {
		value = strings.TrimSpace(value[len(around):]) // it ends behind the colons
	}
	name = strings.TrimRight(name, formatting)
	return Field{Key: name, Value: value, Line: f.line}, isFieldKey(name)
}

func isFieldKey(key string) bool {
	for i, r := range key {
		isWord := unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.So)
		if !isWord && (i == 0 || !strings.ContainsRune(" _-/\u200d\ufe0f", r)) {
			return false
		}
	}
	return key != ""
}

// closing gives the offset of the bracket that closes the one at an offset, or
// that offset if none does.
func closing(line []byte, open int) int {
	depth := 0
	end := byte(']')
	if line[open] == '(' {
		end = ')'
	}
	for i := open; i < len(line); i++ {
		switch line[i] {
		case line[open]:
			depth++
		case end:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return open
}
