package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scannedLine is what a line of a body is by itself.
type scannedLine uint8

const (
	unclearLine scannedLine = iota // the lines around it tell, or the tree
	blankLine
	headingLine
	itemLine // of a list, at any depth
	quoteLine
	fenceLine
	commentLine
	textLine
)

// lineKindOf tells what a line is that no block of code holds.
func lineKindOf(line string) scannedLine {
	text := strings.TrimLeft(line, " ")
	indent := len(line) - len(text)
	words := trimBlanksRight(text)
	if words == "" {
		return blankLine
	}
	kind := kindOfText(words)
	if indent > 0 && kind != itemLine || kind != commentLine && strings.Contains(text, "%%") {
		return unclearLine
	}
	return kind
}

// trimBlanksRight cuts the blanks off a line's end.
func trimBlanksRight(line string) string {
	for line != "" && (line[len(line)-1] == ' ' || line[len(line)-1] == '\t') {
		line = line[:len(line)-1]
	}
	return line
}

// kindOfText tells what a line is by what it begins with. Blanks do not stand
// at its ends.
func kindOfText(text string) scannedLine {
	if first, _ := utf8.DecodeRuneInString(text); first == '\t' || first >= utf8.RuneSelf && unicode.IsSpace(first) {
		return unclearLine // of the kinds that Markdown does not know
	}
	switch c := text[0]; c {
	case '#':
		return kindOfHashes(text)
	case '>':
		return quoteLine
	case '-', '*', '+', '_', '=', ':', '|':
		return kindOfMarked(text)
	case '`':
		if strings.HasPrefix(text, "```") {
			return fenceLine
		}
	case '~':
		if strings.HasPrefix(text, "~~~") {
			return unclearLine
		}
	case '%':
		return kindOfPercent(text)
	case '[':
		if strings.Contains(text, "]:") {
			return unclearLine // the definition of a link, perhaps
		}
	case '<', '$':
		return unclearLine
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if rest := strings.TrimLeft(text, "0123456789"); rest != "" && (rest[0] == '.' || rest[0] == ')') {
			return unclearLine
		}
	}
	return textLine
}

func kindOfHashes(text string) scannedLine {
	rest := strings.TrimLeft(text, "#")
	switch {
	case rest == "", rest[0] == '\t':
		return unclearLine
	case rest[0] != ' ':
		return textLine
	case len(text)-len(rest) > maxHeadings:
		return textLine
	}
	return headingLine
}

// kindOfMarked tells an item from what may be a rule, an underline or a part of
// a table.
func kindOfMarked(text string) scannedLine {
	c := text[0]
	switch {
	case len(text) == 1, strings.Trim(text, "-*_=:| \t") == "":
		return unclearLine
	case (c == '-' || c == '*' || c == '+') && text[1] == ' ':
		return itemLine
	case (c == '*' || c == '_') && text[1] != '\t':
		return textLine
	}
	return unclearLine
}

// kindOfPercent tells a comment that is the whole of its line.
func kindOfPercent(text string) scannedLine {
	if !strings.HasPrefix(text, "%%") {
		return textLine
	}
	if end := strings.Index(text[2:], "%%"); end < 0 || end+4 < len(text) {
		return unclearLine
	}
	return commentLine
}
