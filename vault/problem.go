package vault

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Severity tells whether a problem stops the work on what it concerns.
type Severity string

// The two severities: an Error stops, a Warning is told and passed over.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one thing that a user should know, with its place. Code is
// stable and in snake_case, Message states the fact in lower case, and Hint,
// when there is one, says what to do about it.
type Problem struct {
	// Path is the note's path in the vault, "" when no note is concerned.
	Path string
	// Line and Column count from 1 in the file, columns in code points.
	// They are 0 where there is no such place.
	Line, Column int

	Severity Severity
	Code     string
	Message  string
	Hint     string
}

// Error gives "path:line:column: message", without the parts that are not
// known.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Path)
	for _, n := range []int{p.Line, p.Column} {
		if n == 0 {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		b.WriteString(strconv.Itoa(n))
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// SortProblems orders by path, line, column, code and message, so that the
// same problems are always told in the same order.
func SortProblems(ps []Problem) {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Hint, b.Hint),
		)
	})
}
