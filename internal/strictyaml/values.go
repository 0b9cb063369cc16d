package strictyaml

import (
	"errors"
	"strconv"
)

// Text returns the text of a list item or of a mapping's value, which must
// have some. It reports missing_value or not_a_scalar, and then returns "".
func Text(n *Node, s *Sink) string {
	switch {
	case n.isEmpty():
		s.Add(n, "missing_value", "a text is missing here")
		return ""
	case n.Kind != Scalar:
		s.Add(n, "not_a_scalar", "a text must stand here, not %s", n.Kind)
		return ""
	}
	return n.Value
}

// Int returns the number that n holds, a plain decimal integer from least to
// most. It reports not_a_number or out_of_range, and then returns 0.
func Int(n *Node, least, most int, s *Sink) int {
	number, _ := integer(n, least, most, s)
	return number
}

// integer accepts only the one way to write a number on which all YAML readers
// agree: 010 is eight to some of them, 1_000 a text to others.
func integer(n *Node, least, most int, s *Sink) (number int, ok bool) {
	if n == nil || n.Kind != Scalar || n.Quoted {
		problem := s.Add(n, "not_a_number", "a number must stand here, not %s", describe(n))
		if n != nil && n.Quoted {
			problem.Hint = "write the number without quotes"
		}
		return 0, false
	}
	number, err := strconv.Atoi(n.Value)
	tooLong := errors.Is(err, strconv.ErrRange)
	switch {
	case !tooLong && (err != nil || strconv.Itoa(number) != n.Value):
		s.Add(n, "not_a_number", "a number must stand here, not %s", describe(n)).
			Hint = "write it with digits alone, without leading zeros"
		return 0, false
	case tooLong, number < least, number > most:
		s.Add(n, "out_of_range", "%s is not a number from %d to %d", quote(n.Value), least, most)
		return 0, false
	}
	return number, true
}

// isEmpty reports whether n is null or a text of no length.
func (n *Node) isEmpty() bool {
	return n.IsNull() || n.Kind == Scalar && n.Value == ""
}

// describe says what stands in place of what was expected.
func describe(n *Node) string {
	switch {
	case n.isEmpty():
		return "nothing"
	case n.Kind == Scalar && n.Quoted:
		return "the quoted text " + quote(n.Value)
	case n.Kind == Scalar:
		return quote(n.Value)
	}
	return n.Kind.String()
}
