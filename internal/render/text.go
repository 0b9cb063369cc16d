package render

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// styled is running text in pieces that look differently. It holds nothing hidden: what is added is made visible first.
// A line feed in it is a line break.
type styled struct {
	text     []byte
	runs     []run
	verbatim bool // lines break where they are full, and keep their blanks
}

// run is a piece: from its start to that of the next one.
type run struct {
	start int
	look  look
	link  string // where a click leads, "" for nowhere
}

// add appends text, of which no line feed breaks the line.
func (t *styled) add(s string, l look, link string) {
	if s == "" {
		return
	}
	if n := len(t.runs); n == 0 || t.runs[n-1].look != l || t.runs[n-1].link != link {
		t.runs = append(t.runs, run{len(t.text), l, link})
	}
	s = mark(s)
	if strings.IndexByte(s, '\n') >= 0 {
		s = strings.ReplaceAll(s, "\n", markOf('\n'))
	}
	t.text = append(t.text, s...)
}

// broken breaks the line.
func (t *styled) broken() { t.text = append(t.text, '\n') }

// at gives the number of the run that holds an offset.
func (t *styled) at(offset int) int {
	return sort.Search(len(t.runs), func(i int) bool { return t.runs[i].start > offset }) - 1
}

// blank tells whether there is nothing to see.
func (t *styled) blank() bool { return len(strings.TrimSpace(string(t.text))) == 0 }

// width is that of the longest line.
func (t *styled) width() int {
	widest, column := 0, 0
	for i := 0; i < len(t.text); {
		if t.text[i] == '\n' {
			column = 0
			i++
			continue
		}
		size, columns := cluster(t.text[i:])
		column += columns
		widest = max(widest, column)
		i += size
	}
	return widest
}

// word is the width of the longest piece that does not break by itself.
func (t *styled) word() int {
	widest, column := 0, 0
	for i := 0; i < len(t.text); {
		size, columns := cluster(t.text[i:])
		if c := t.text[i]; c == ' ' || c == '\n' {
			column = -columns
		} else if breaksAnywhere(t.text[i:]) {
			column = 0
		}
		column += columns
		widest = max(widest, column)
		i += size
	}
	return widest
}

// wrap breaks the text into lines of a width and gives the place of each. It breaks at spaces, between ideographs, and
// anywhere in a word that is wider than the line.
func (t *styled) wrap(width int, line func(from, to int)) {
	from, column, space := 0, 0, -1
	for i := 0; i < len(t.text); {
		if t.text[i] == '\n' {
			line(from, i)
			i++
			from, column, space = i, 0, -1
			continue
		}
		size, columns := cluster(t.text[i:])
		if column+columns <= width || i == from {
			if t.text[i] == ' ' && !t.verbatim {
				space = i
			}
			column += columns
			i += size
			continue
		}
		switch {
		case t.text[i] == ' ' || breaksAnywhere(t.text[i:]):
			line(from, i)
		case space > from:
			line(from, space)
			i = space
		default:
			line(from, i)
		}
		for i < len(t.text) && t.text[i] == ' ' && !t.verbatim {
			i++
		}
		from, column, space = i, 0, -1
	}
	if from < len(t.text) {
		line(from, len(t.text))
	}
}

// breaksAnywhere tells of an ideograph, before which a line may end.
func breaksAnywhere(text []byte) bool {
	if text[0] < 0xE0 {
		return false
	}
	r, _ := utf8.DecodeRune(text)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// cluster measures the first character of a text as a reader counts it: its bytes, and the columns that it takes.
func cluster(text []byte) (size, columns int) {
	r, size := utf8.DecodeRune(text)
	if isSingle(r) {
		if size == len(text) {
			return size, 1
		}
		if next, _ := utf8.DecodeRune(text[size:]); isSingle(next) || next == '\n' {
			return size, 1
		}
	}
	first, _, columns, _ := uniseg.FirstGraphemeCluster(text, -1)
	return len(first), columns
}

// isSingle tells of a character that takes one column and joins no other: most of those in European texts.
func isSingle(r rune) bool {
	return r >= ' ' && r < 0x7F || r >= 0xA0 && r < 0x300 || r >= 0x2010 && r <= 0x2026 || r >= 0x2500 && r <= 0x257F
}

// columns is the width of a text on one line.
func columns(s string) int {
	total, text := 0, []byte(s)
	for len(text) > 0 {
		size, width := cluster(text)
		total += width
		text = text[size:]
	}
	return total
}
