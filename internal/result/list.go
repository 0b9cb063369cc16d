package result

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/synth-vault/synth/vault"
)

// AppendProblem adds the JSON form of a problem as it stands in the list of a document, where so many of them are told
// that encoding/json takes longer than finding them. The bytes are the same.
func AppendProblem(to []byte, p vault.Problem) []byte {
	to = appendString(append(to, "{\n      \"path\": "...), p.Path)
	to = strconv.AppendInt(append(to, ",\n      \"line\": "...), int64(p.Line), 10)
	to = strconv.AppendInt(append(to, ",\n      \"column\": "...), int64(p.Column), 10)
	to = appendString(append(to, ",\n      \"severity\": "...), string(p.Severity))
	to = appendString(append(to, ",\n      \"code\": "...), p.Code)
	to = appendString(append(to, ",\n      \"message\": "...), p.Message)
	to = appendString(append(to, ",\n      \"hint\": "...), p.Hint)
	return append(to, "\n    }"...)
}

// appendString adds a text in quotes.
func appendString(to []byte, s string) []byte {
	begin, done := len(to), 0
	to = append(to, '"')
	for i := nextOdd(s, 0); i < len(s); i = nextOdd(s, i) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			to = append(append(to, s[done:i]...), '\\', c)
			i++
			done = i
		case c < ' ':
			return appendOdd(to[:begin], s)
		case c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // the letters of most languages here
			i += 2
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r == lineSeparator || r == paragraphSeparator {
				return appendOdd(to[:begin], s)
			}
			i += size
		}
	}
	return append(append(to, s[done:]...), '"')
}

// nextOdd gives the offset of the next byte that may not stand for itself, or that of the text's end. Few are any, so
// that it looks at several at once.
func nextOdd(s string, at int) int {
	for ; at+8 <= len(s); at += 8 {
		t := s[at : at+8]
		if odd[t[0]]|odd[t[1]]|odd[t[2]]|odd[t[3]]|odd[t[4]]|odd[t[5]]|odd[t[6]]|odd[t[7]] != 0 {
			break
		}
	}
	for at < len(s) && odd[s[at]] == 0 {
		at++
	}
	return at
}

// odd has a 1 for each byte that may not stand for itself.
var odd = oddBytes()

func oddBytes() (set [256]uint8) {
	for c := range set {
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			set[c] = 1
		}
	}
	return set
}

// The characters that JSON allows and JavaScript did not.
const (
	lineSeparator      = '\u2028'
	paragraphSeparator = '\u2029'
)

// appendOdd adds any text, as encoding/json writes it.
func appendOdd(to []byte, s string) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return append(to, `""`...) // no text is refused
	}
	return append(to, bytes.TrimSuffix(b.Bytes(), []byte{'\n'})...)
}
