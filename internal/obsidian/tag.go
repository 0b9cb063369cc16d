package obsidian

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// KindTag is the kind of the tag node.
var KindTag = ast.NewNodeKind("ObsidianTag")

// Tag is a tag in the text: #area/topic.
type Tag struct {
	ast.BaseInline
	// Name is the tag as written, without the number sign.
	Name string
	// Segment is the tag with its number sign.
	Segment text.Segment
}

// Kind gives KindTag.
func (t *Tag) Kind() ast.NodeKind { return KindTag }

// Dump prints the node for debugging.
func (t *Tag) Dump(source []byte, level int) {
	ast.DumpHelper(t, source, level, map[string]string{"Name": t.Name}, nil)
}

type tagParser struct{}

// Trigger gives the number sign.
func (tagParser) Trigger() []byte { return []byte{'#'} }

// Parse reads a tag at the start of a line or after a space.
func (tagParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if !unicode.IsSpace(block.PrecendingCharacter()) {
		return nil
	}
	line, segment := block.PeekLine()
	size := tagSize(line[1:])
	if size == 0 {
		return nil
	}
	block.Advance(1 + size)
	return &Tag{Name: string(line[1 : 1+size]), Segment: segment.WithStop(segment.Start + 1 + size)}
}

// tagSize measures a tag's name at the start of a text. A name of digits alone
// is none.
func tagSize(name []byte) int {
	size, named := 0, false
	for size < len(name) {
		r, n := utf8.DecodeRune(name[size:])
		if !isTagRune(r) {
			break
		}
		named = named || r < '0' || r > '9'
		size += n
	}
	if !named {
		return 0
	}
	return size
}

// isTagRune tells of the characters that Obsidian takes into a tag: all but
// blanks, ASCII's signs and Unicode's two blocks of punctuation, so that a
// guillemet or a Chinese comma belongs to it, and the joiner of an emoji
// ends it.
func isTagRune(r rune) bool {
	switch {
	case r == utf8.RuneError:
		return false
	case r < utf8.RuneSelf:
		return util.IsAlphaNumeric(byte(r)) || r == '_' || r == '-' || r == '/'
	case r >= 0x2000 && r <= 0x206F, r >= 0x2E00 && r <= 0x2E7F:
		return false
	}
	return !unicode.IsSpace(r)
}
