package vault

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// read reads the heads that Obsidian itself writes, so that most
// heads of a big vault are spared the YAML parser: each line is a property
// with at most one short text, or an entry of the list begun above. It is not
// ok for any other head, whether that is YAML or not, and for those that the
// parser has something to say about.
func (f *flatHead) read(text []byte) (properties []Property, ok bool) {
	if !bytes.HasSuffix(text, []byte("\n")) || len(text) > maxHead {
		return nil, false
	}
	f.properties, f.values, f.marker = f.properties[:0], f.values[:0], ""
	line := 1
	for source := range strings.SplitSeq(string(text[:len(text)-1]), "\n") {
		if line++; !isPlainText(source) || !f.line(source, line) {
			return nil, false
		}
	}
	return f.properties, true
}

// newFlatHead has room for what stands in a head that is kept.
func newFlatHead(text []byte) *flatHead {
	lines := bytes.Count(text, []byte{'\n'})
	entries := bytes.Count(text, []byte("\n  - ")) + bytes.Count(text, []byte("\n- "))
	return &flatHead{properties: make([]Property, 0, lines-entries), values: make([]Value, 0, lines)}
}

// isPlainText tells that YAML takes all characters as they are. A carriage
// return and a tab are left to the parser.
func isPlainText(line string) bool {
	for _, r := range line {
		switch {
		case r >= ' ' && r < 0x7F:
		case r <= 0x7F, r == utf8.RuneError, !unicode.IsGraphic(r):
			return false
		}
	}
	return true
}

// flatHead is what has been read of a head. Its memory is used again for the
// next one.
type flatHead struct {
	properties []Property
	values     []Value // of them, one property's behind the other's
	marker     string  // what the entries of the list at the end begin with
}

// line reads a line and tells whether it could.
func (f *flatHead) line(source string, line int) bool {
	for _, marker := range []string{"  - ", "- "} {
		if entry, ok := strings.CutPrefix(source, marker); ok {
			return f.entry(entry, marker, line)
		}
	}
	name, rest, ok := strings.Cut(source, ":")
	if !ok || !f.takes(name) {
		return false
	}
	p := Property{Name: name, Line: line, Column: 1}
	if rest != "" {
		text, spaced := strings.CutPrefix(rest, " ")
		column := len(name) + len(": ") + 1
		from := len(f.values)
		if p.List = strings.HasPrefix(text, "["); p.List {
			ok = f.list(text, line, column)
		} else {
			ok = f.scalar(text, line, column)
		}
		if !ok || !spaced {
			return false
		}
		p.Values = f.since(from)
	}
	f.properties = append(f.properties, p)
	f.marker = ""
	return true
}

// takes tells whether a property may bear the name. YAML refuses one of over
// 1024 characters.
func (f *flatHead) takes(name string) bool {
	return len(name) <= 100 && isPlainKey(name) && len(f.properties) < maxKeys &&
		!slices.ContainsFunc(f.properties, func(p Property) bool { return p.Name == name })
}

// entry adds an entry to the property before, which has no value of its own.
func (f *flatHead) entry(text, marker string, line int) bool {
	if len(f.properties) == 0 {
		return false
	}
	p := &f.properties[len(f.properties)-1]
	switch {
	case f.marker == marker:
	case f.marker == "" && !p.List && len(p.Values) == 0:
		p.List, f.marker = true, marker
	default:
		return false
	}
	from := len(f.values) - len(p.Values)
	ok := f.scalar(text, line, len(marker)+1)
	p.Values = f.since(from)
	return ok
}

// since gives the values from one on. Whoever adds to them copies them.
func (f *flatHead) since(from int) []Value {
	if from == len(f.values) {
		return nil
	}
	return f.values[from:len(f.values):len(f.values)]
}

// list reads a list between brackets whose entries are words.
func (f *flatHead) list(text string, line, column int) bool {
	text, closed := strings.CutSuffix(text[1:], "]")
	if text == "" || !closed {
		return closed
	}
	column++
	for entry := range strings.SplitSeq(text, ", ") {
		if strings.ContainsFunc(entry, isNoWordRune) {
			return false
		}
		if !f.scalar(entry, line, column) {
			return false
		}
		column += utf8.RuneCountInString(entry) + len(", ")
	}
	return true
}

func isNoWordRune(r rune) bool {
	if isASCIIAlphanumeric(r) {
		return false
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_/.", r)
}

// scalar adds a text without quotes that can be nothing else, or one in quotes
// with neither quotes nor escapes in it.
func (f *flatHead) scalar(text string, line, column int) bool {
	value := Value{Text: text, Plain: true, Line: line, Column: column}
	ok := true
	if inner, quoted := unquoted(text); quoted {
		value.Text, value.Plain = inner, false
	} else {
		first, _ := utf8.DecodeRuneInString(text)
		ok = (unicode.IsLetter(first) || unicode.IsDigit(first)) && !isNullWord(text) &&
			!strings.HasSuffix(text, " ") && !strings.HasSuffix(text, ":") &&
			!strings.Contains(text, ": ") && !strings.Contains(text, " #")
	}
	f.values = append(f.values, value)
	return ok
}

func unquoted(text string) (inner string, ok bool) {
	if len(text) < 2 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
		return "", false
	}
	inner = text[1 : len(text)-1]
	return inner, !strings.ContainsAny(inner, `"'\`)
}
