package result

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
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
	if !utf8.ValidString(s) || strings.Contains(s, "\u2028") || strings.Contains(s, "\u2029") {
		return appendOdd(to, s)
	}
	begin, done := len(to), 0
	to = append(to, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			to = append(append(to, s[done:i]...), '\\', c)
			done = i + 1
		case c < ' ':
			return appendOdd(to[:begin], s)
		}
	}
	return append(append(to, s[done:]...), '"')
}

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
