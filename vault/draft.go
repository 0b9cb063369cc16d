package vault

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
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
func (d Draft) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString("---\n")
	b.WriteString(emitHead(d.Properties))
	b.WriteString("---\n\n")
	ids := make([]string, len(d.Regions))
	for i, r := range d.Regions {
		ids[i] = r.ID
		newRegion(r, "\n").join(&b)
		b.WriteByte('\n')
	}
	b.WriteString(listMarker(ids) + "\n")
	return b.Bytes()
}

// emitHead writes the properties as YAML, synth_head last.
func emitHead(properties []Property) string {
	var b strings.Builder
	for _, p := range properties {
		if p.Name != headHashes {
			emitProperty(&b, p)
		}
	}
	emitProperty(&b, hashProperties(properties))
	return b.String()
}

func emitProperty(b *strings.Builder, p Property) {
	b.WriteString(emitKey(p.Name) + ":")
	switch {
	case p.List && len(p.Values) == 0:
		b.WriteString(" []")
	case p.List:
		for _, v := range p.Values {
			b.WriteString("\n  - " + emitValue(v))
		}
	case len(p.Values) > 0:
		b.WriteString(" " + emitValue(p.Values[0]))
	}
	b.WriteByte('\n')
}

// hashProperties makes synth_head: one text "name:hash" for each value of the
// properties that a user may edit.
func hashProperties(properties []Property) Property {
	hashes := Property{Name: headHashes, List: true}
	for _, p := range properties {
		if strings.HasPrefix(p.Name, ownPrefix) {
			continue
		}
		for _, hash := range valueHashes(p) {
			hashes.Values = append(hashes.Values, Value{Text: p.Name + ":" + hash})
		}
	}
	return hashes
}

// valueHashes gives a hash of each value; a property without a value is
// hashed as one that is empty.
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

// plainValue matches the numbers, dates and words that need no quotes: no text
// that YAML reads as anything but a scalar.
var plainValue = regexp.MustCompile(`^-?[\pL\pN_][\pL\pM\pN_.+/-]*(?:[ :][\pL\pM\pN_.+/-]+)*$`)

func emitKey(name string) string {
	if isPlainKey(name) {
		return name
	}
	return emitQuoted(name)
}

func emitValue(v Value) string {
	if v.Plain && plainValue.MatchString(v.Text) && !isNullWord(v.Text) {
		return v.Text
	}
	return emitQuoted(v.Text)
}

// isNullWord tells of a word that YAML reads as no value at all.
func isNullWord(text string) bool { return text == "null" || text == "Null" || text == "NULL" }

// emitQuoted writes a double-quoted YAML scalar. It escapes what YAML cannot
// hold, what a reader would not see, and the beginnings of the placeholders
// "<%" and "{{", which a template engine would fill in wherever they stand.
func emitQuoted(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		rest := text[i:]
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case strings.HasPrefix(rest, "<%"), strings.HasPrefix(rest, "{{"):
			fmt.Fprintf(&b, `\x%02X`, r)
		case r > 0xFFFF && mustEscape(r):
			fmt.Fprintf(&b, `\U%08X`, r)
		case mustEscape(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// mustEscape spares the two characters that emoji are joined with.
func mustEscape(r rune) bool {
	return r == '\u2028' || r == '\u2029' || r != '\u200D' && r != '\u200C' && isHidden(r)
}
