package vault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headHashes is the property that tells what the others were when they were
// generated, so that an edit is seen.
const headHashes = "synth_head"

// headDigits is the length of a hash in it.
const headDigits = 8

// ownPrefix begins the names of the properties that only synth writes.
const ownPrefix = "synth_"

// Draft is a note as it should be, before it is compared with what is there.
type Draft struct {
	// Path is slash-separated, from the vault's folder.
	Path string
	// Kind is the caller's name for this kind of note. It is only carried
	// to the Change.
	Kind string
	// Properties stand in the head in this order. A Plain value is written
	// without quotes where YAML allows it. One must be synth_seal: by it
	// Diff knows a generated note from a person's own.
	Properties []Property
	// Regions make the body, in this order.
	Regions []Region
	// Proposal is the title, one line, above a new text that is shown
	// beside a region which a person has edited.
	Proposal string
}

// Bytes gives the note as a file, with LF line ends. Each region stands
// between markers that carry a hash of its text, the last line lists the
// regions, and the property synth_head carries a hash of each property that
// does not begin with "synth_", so that an edit by hand is seen without any
// other file.
func (d Draft) Bytes() []byte { return d.appendTo(make([]byte, 0, d.size())) }

func (d Draft) appendTo(b []byte) []byte {
	b = append(b, "---\n"...)
	b = appendHead(b, d.Properties)
	b = append(b, "---\n\n"...)
	for _, r := range d.Regions {
		b = append(appendRegion(b, r), '\n')
	}
	b = append(b, listWord...)
	for _, r := range d.Regions {
		b = append(append(b, ' '), r.ID...)
	}
	return append(append(b, endWord...), '\n')
}

// size guesses the file's: it must only not be far too small.
func (d Draft) size() int {
	size, longest := 512, 0
	for _, p := range d.Properties {
		for _, v := range p.Values {
			size += 2*len(p.Name) + len(v.Text) + 32
		}
	}
	for _, r := range d.Regions {
		size += 3*len(r.ID) + len(r.Text) + 80
		longest = max(longest, len(r.Text))
	}
	return size + longest // what is hashed of a region is written behind it first
}

// appendHead writes the properties as YAML, synth_head last.
func appendHead(b []byte, properties []Property) []byte {
	for _, p := range properties {
		if p.Name != headHashes {
			b = appendProperty(b, p)
		}
	}
	return appendHashes(b, properties)
}

func appendProperty(b []byte, p Property) []byte {
	b = append(appendKey(b, p.Name), ':')
	switch {
	case p.List && len(p.Values) == 0:
		b = append(b, " []"...)
	case p.List:
		for _, v := range p.Values {
			b = appendValue(append(b, "\n  - "...), v)
		}
	case len(p.Values) > 0:
		b = appendValue(append(b, ' '), p.Values[0])
	}
	return append(b, '\n')
}

// appendHashes writes synth_head: one text "name:hash" for each value of the
// properties that a user may edit. A property without a value is hashed as one
// that is empty.
func appendHashes(b []byte, properties []Property) []byte {
	b = append(b, headHashes...)
	b = append(b, ':')
	before := len(b)
	for _, p := range properties {
		if isOwn(p.Name) {
			continue
		}
		if len(p.Values) == 0 {
			b = appendHash(b, p.Name, "")
		}
		for _, v := range p.Values {
			b = appendHash(b, p.Name, v.Text)
		}
	}
	if len(b) == before {
		b = append(b, " []"...)
	}
	return append(b, '\n')
}

// appendHash writes an entry of synth_head.
func appendHash(b []byte, name, text string) []byte {
	b = appendEscaped(append(b, "\n  - \""...), name)
	b = append(b, ':')
	to := len(b) + headDigits
	var room [128]byte
	return append(appendDigest(b, append(room[:0], text...))[:to], '"')
}

// valueHashes gives the hashes that synth_head holds of a property.
func valueHashes(p Property) []string {
	if len(p.Values) == 0 {
		return []string{digest("", headDigits)}
	}
	hashes := make([]string, len(p.Values))
	for i, v := range p.Values {
		hashes[i] = digest(v.Text, headDigits)
	}
	return hashes
}

// isPlainKey tells of a name that needs no quotes.
func isPlainKey(name string) bool {
	for i := range len(name) {
		char := name[i]
		letter := char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z'
		if !letter && (i == 0 || (char < '0' || char > '9') && char != '_' && char != '-') {
			return false
		}
	}
	return name != "" && !isNullWord(name)
}

// isPlainScalar tells of the numbers, dates and words that need no quotes: no
// text that YAML reads as anything but a scalar. It is made of words, parted
// by one blank or colon each, the first of which begins with a letter or digit
// behind no more than a minus.
func isPlainScalar(text string) bool {
	if text = strings.TrimPrefix(text, "-"); text == "" {
		return false
	}
	inWord := false
	for i, r := range text {
		switch isLetter := r == '_' || isASCIIAlphanumeric(r) || r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.N); {
		case isLetter, i > 0 && (strings.ContainsRune(".+/-", r) || r >= utf8.RuneSelf && unicode.Is(unicode.M, r)):
			inWord = true
		case inWord && (r == ' ' || r == ':'):
			inWord = false
		default:
			return false
		}
	}
	return inWord
}

func emitKey(name string) string { return string(appendKey(nil, name)) }

func appendKey(b []byte, name string) []byte {
	if isPlainKey(name) {
		return append(b, name...)
	}
	return appendQuoted(b, name)
}

func emitValue(v Value) string { return string(appendValue(nil, v)) }

func appendValue(b []byte, v Value) []byte {
	if v.Plain && isPlainScalar(v.Text) && !isNullWord(v.Text) {
		return append(b, v.Text...)
	}
	return appendQuoted(b, v.Text)
}

// isNullWord tells of a word that YAML reads as no value at all.
func isNullWord(text string) bool { return text == "null" || text == "Null" || text == "NULL" }

// appendQuoted writes a double-quoted YAML scalar.
func appendQuoted(b []byte, text string) []byte {
	return append(appendEscaped(append(b, '"'), text), '"')
}

// appendEscaped writes what stands between the quotes. It escapes what YAML
// cannot hold, what a reader would not see, and the beginnings of the
// placeholders "<%" and "{{", which a template engine would fill in wherever
// they stand.
func appendEscaped(b []byte, text string) []byte {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	for i, r := range text {
		rest := text[i:]
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '<' && strings.HasPrefix(rest, "<%"), r == '{' && strings.HasPrefix(rest, "{{"):
			b = fmt.Appendf(b, `\x%02X`, r)
		case r > 0xFFFF && mustEscape(r):
			b = fmt.Appendf(b, `\U%08X`, r)
		case mustEscape(r):
			b = fmt.Appendf(b, `\u%04X`, r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// mustEscape spares the two characters that emoji are joined with.
func mustEscape(r rune) bool {
	return r == '\u2028' || r == '\u2029' || r != '\u200D' && r != '\u200C' && isHidden(r)
}
