package vault

import (
	"strings"
	"unicode/utf8"
)

// actionMark begins the block id that an action's line ends in.
const actionMark = " ^act-"

// appendTask writes an action's line without what is the user's: the mark, the
// priority and the dates. Other lines are written as they are.
func appendTask(b []byte, line string) []byte {
	at := strings.LastIndex(line, actionMark)
	if at < 0 || !isActionID(line[at+len(actionMark):]) {
		return append(b, line...)
	}
	bullet, text, ok := cutBox(line[:at])
	if !ok {
		return append(b, line...)
	}
	words, _ := SplitTask(text)
	b = append(append(append(b, bullet...), ' '), words...)
	return append(append(b, ' '), strings.TrimRight(line[at+1:], taskBlanks)...)
}

// taskBlanks are the blanks that may stand around a task.
const taskBlanks = "\t\n\f\r "

// isActionID tells whether a line ends in a block id, what follows its first letters.
func isActionID(rest string) bool {
	id := strings.TrimRight(rest, taskBlanks)
	for i := range len(id) {
		if !isIDByte(id[i]) {
			return false
		}
	}
	return id != ""
}

// isIDByte tells of the characters that block ids are made of.
func isIDByte(c byte) bool { return isASCIIAlphanumeric(rune(c)) || c == '-' }

// cutBox parts a task before its mark, which is one character, and behind it.
func cutBox(line string) (bullet, text string, ok bool) {
	rest := strings.TrimLeft(line, taskBlanks)
	if len(rest) < len("- [x] ") || !strings.ContainsRune("-*+", rune(rest[0])) || rest[1:3] != " [" {
		return "", "", false
	}
	box := len(line) - len(rest) + len("- [")
	_, size := utf8.DecodeRuneInString(line[box:])
	if !strings.HasPrefix(line[box+size:], "] ") {
		return "", "", false
	}
	return line[:box], line[box+size:], true
}

// The signs of the Tasks plugin's emoji format: those that stand for a priority, and those that a date follows.
var (
	prioritySigns = []string{"🔺", "⏫", "🔼", "🔽", "⏬"}
	dateSigns     = []string{"📅", "📆", "🗓", "⏳", "⌛", "🛫", "❌", "✅"}
)

// emojiStyle may follow a sign, to have it shown as an emoji.
const emojiStyle = "\uFE0F"

// SplitTask parts a task's text from the priority and the dates that it ends in, signs of the Tasks plugin's emoji
// format. The fields are given as they stand, without blanks around them; both parts may be empty.
func SplitTask(text string) (words, fields string) {
	words = text
	for {
		rest, ok := cutField(words)
		if !ok {
			return words, strings.TrimSpace(text[len(words):])
		}
		words = strings.TrimRight(rest, " ")
	}
}

// cutField takes a sign off the end of a text, and the date that follows it.
func cutField(text string) (rest string, ok bool) {
	if rest, ok := cutSign(text, prioritySigns); ok {
		return rest, true
	}
	if !endsInDate(text) {
		return text, false
	}
	return cutSign(strings.TrimRight(text[:len(text)-len(dateShape)], " "), dateSigns)
}

func cutSign(text string, signs []string) (rest string, ok bool) {
	text = strings.TrimSuffix(text, emojiStyle)
	for _, sign := range signs {
		if rest, ok := strings.CutSuffix(text, sign); ok {
			return rest, true
		}
	}
	return text, false
}

const dateShape = "0000-00-00"

func endsInDate(text string) bool {
	if len(text) < len(dateShape) {
		return false
	}
	for i, c := range []byte(text[len(text)-len(dateShape):]) {
		if isDigit := '0' <= c && c <= '9'; isDigit != (dateShape[i] == '0') || !isDigit && c != '-' {
			return false
		}
	}
	return true
}
