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
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			to = append(append(to, s[done:i]...), '\\', c)
			i++
			done = i
		case c < ' ':
			return appendOdd(to[:begin], s)
		case c < utf8.RuneSelf:
			i++
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
