package strictyaml

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

const unclosedQuotes = "found unexpected end of stream"

// refuseSyntax reports an error of the decoder.
func (r *reader) refuseSyntax(err error) {
	line, message := splitSyntax(err)
	if message == unclosedQuotes {
		line = r.unclosedLine(line)
	}
	line = min(max(line, 1), len(r.source.starts))
	if name, ok := unknownAnchor(message); ok {
		at := r.place(r.source.find("*" + name))
		r.add(at, "yaml_alias", "the alias %s is not allowed", quote("*"+name)).
			Hint = "put text that begins with this character in quotes"
		return
	}
	if strings.HasPrefix(message, "exceeded max depth") {
		r.add(r.place(line, 1), "yaml_too_deep", "lists and mappings lie more than %d levels deep", r.limits.Depth)
		return
	}
	r.add(r.place(line, 1), "yaml_invalid", "%s", message).Hint = syntaxHint(message)
}

// splitSyntax returns the line and the message of an error of the decoder,
// whose text is all it gives: "yaml: line 3: did not find expected key", or
// without a line when that is the first.
func splitSyntax(err error) (line int, message string) {
	line, message = 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if number, text, ok := strings.Cut(rest, ": "); ok {
			line, _ = strconv.Atoi(number)
			message = text
		}
	}
	if countsFromZero(message) {
		line++
	}
	return line, message
}

// unclosedLine returns the line on which unclosed quotes open. The decoder
// names it, except that it takes the first line for none and names the last:
// so it is asked again with an empty line before the document.
func (r *reader) unclosedLine(named int) int {
	var none yaml.Node
	if err := yaml.Unmarshal([]byte("\n"+string(r.source.text)), &none); err != nil {
		named, _ = splitSyntax(err)
		named--
	}
	return named
}

// countsFromZero reports whether a message comes from the decoder's second
// stage, which counts the lines from 0, unlike the first.
func countsFromZero(message string) bool {
	expected, ok := strings.CutPrefix(message, "did not find expected ")
	if !ok {
		return message == "found undefined tag handle"
	}
	switch expected {
	case "<document start>", "node content", "'-' indicator", "key", "',' or ']'", "',' or '}'":
		return true
	}
	return false
}

// unknownAnchor returns the name in "unknown anchor 'name' referenced", which
// comes without a line.
func unknownAnchor(message string) (name string, ok bool) {
	rest, found := strings.CutPrefix(message, "unknown anchor '")
	if !found {
		return "", false
	}
	return strings.CutSuffix(rest, "' referenced")
}

func syntaxHint(message string) string {
	switch message {
	case "mapping values are not allowed in this context":
		return "put text that contains \": \" in quotes, and check the indentation"
	case "found character that cannot start any token":
		return "put text that begins with @, ` or % in quotes, and indent with spaces"
	case "did not find expected alphabetic or numeric character":
		return "put text that begins with * or & in quotes"
	case "found unknown escape character", "did not find expected hexdecimal number":
		return "write \\\\ for a backslash in double quotes, or use single quotes"
	case unclosedQuotes:
		return "close the quotes"
	case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
		return "close the bracket, or put text that begins with [ or { in quotes"
	case "did not find expected key", "did not find expected '-' indicator":
		return "check the indentation of this line and of those before it"
	}
	return ""
}
