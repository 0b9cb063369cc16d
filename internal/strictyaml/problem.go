package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Problem is one reason why a document, or a value in it, is refused.
type Problem struct {
	Line, Column int    // of the file, from 1; Column in code points
	Code         string // stable, in snake_case, such as "yaml_duplicate_key"
	Message      string // what is wrong, in lower case
	Hint         string // what to do about it; often empty
}

// Error returns the place and the message, as "3:7: unknown key \"titel\"".
func (p Problem) Error() string {
	return fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message)
}

// Problems are all the reasons found, sorted by place, then by code. An empty
// list is no error: compare its length, not the interface, with nothing.
type Problems []Problem

// Error returns one line per problem, without the hints.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Sink collects problems, so that one run finds all those of a file. Its zero
// value is ready for use.
type Sink struct {
	problems Problems
}

// Add notes a problem at the place of a node, or at 1:1 without one, and
// returns it so that a hint can be set. The pointer holds until the next Add.
func (s *Sink) Add(at *Node, code, format string, args ...any) *Problem {
	line, column := 1, 1
	if at != nil {
		line, column = at.Line, at.Column
	}
	s.problems = append(s.problems, Problem{
		Line: line, Column: column, Code: code, Message: fmt.Sprintf(format, args...),
	})
	return &s.problems[len(s.problems)-1]
}

// Len returns how many problems were added.
func (s *Sink) Len() int { return len(s.problems) }

// Problems returns a sorted copy of what was added, nil when nothing was.
func (s *Sink) Problems() Problems {
	sorted := slices.Clone(s.problems)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code),
		)
	})
	return sorted
}

// quote shows text from a document within a message: escaped, so that it
// cannot act on a terminal, and cut where it gets too long to read.
func quote(text string) string {
	const longest = 60
	shown := 0
	for i := range text {
		if shown == longest {
			return strconv.Quote(text[:i] + "…")
		}
		shown++
	}
	return strconv.Quote(text)
}
