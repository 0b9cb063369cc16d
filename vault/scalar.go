package vault

import "bytes"

// Where a YAML scalar ends is told from its bytes. A head that is cut by
// these rules has been read by the YAML parser before and is read again
// after, so that a wrong guess is seen and never written.

// scalarEnd gives the offset behind the scalar that begins at an offset and
// ends before a limit. Within brackets commas end it.
func scalarEnd(src []byte, from, limit int, brackets bool) (end int, ok bool) {
	if from >= limit {
		return from, from == limit
	}
	switch src[from] {
	case '"':
		return doubleQuotedEnd(src, from, limit)
	case '\'':
		return singleQuotedEnd(src, from, limit)
	case '|', '>':
		if !brackets {
			return blockScalarEnd(src, from, limit)
		}
	}
	if brackets {
		return bracketedEnd(src, from, limit)
	}
	return plainEnd(src, from, limit), true
}

func doubleQuotedEnd(src []byte, from, limit int) (end int, ok bool) {
	for at := from + 1; at < limit; at++ {
		switch src[at] {
		case '\\':
			at++
		case '"':
			return at + 1, true
		}
	}
	return limit, false
}

func singleQuotedEnd(src []byte, from, limit int) (end int, ok bool) {
	for at := from + 1; at < limit; at++ {
		if src[at] != '\'' {
			continue
		}
		if at+1 == limit || src[at+1] != '\'' {
			return at + 1, true
		}
		at++
	}
	return limit, false
}

// plainEnd follows a scalar without quotes over its lines, up to a comment.
func plainEnd(src []byte, from, limit int) int {
	end := from
	for at := from; at < limit; at = nextLine(src, at) {
		first := skipBlanks(src, at)
		stop := min(lineEnd(src, at), limit)
		if first >= stop {
			continue
		}
		if src[first] == '#' && first > from {
			break
		}
		comment := commentIn(src[first:stop])
		end = first + len(bytes.TrimRight(src[first:first+comment], " \t"))
		if first+comment < stop {
			break
		}
	}
	return end
}

// commentIn gives the offset of the comment that ends a line, or the line's
// length.
func commentIn(line []byte) int {
	for i := 1; i < len(line); i++ {
		if line[i] == '#' && (line[i-1] == ' ' || line[i-1] == '\t') {
			return i
		}
	}
	return len(line)
}

// bracketedEnd ends a scalar of one line without quotes in a bracketed list.
func bracketedEnd(src []byte, from, limit int) (end int, ok bool) {
	stop := min(lineEnd(src, from), limit)
	stop = from + commentIn(src[from:stop])
	if length := bytes.IndexAny(src[from:stop], ",]"); length >= 0 {
		stop = from + length
	}
	return from + len(bytes.TrimRight(src[from:stop], " \t")), true
}

// blockScalarEnd ends a block scalar behind its last line that is not blank,
// or where "+" keeps them, behind the blank ones. One with a comment at its
// head or an indentation in figures is not cut.
func blockScalarEnd(src []byte, from, limit int) (end int, ok bool) {
	header := bytes.TrimRight(src[from:min(lineEnd(src, from), limit)], " \t")
	if len(header) > 2 || len(header) == 2 && header[1] != '-' && header[1] != '+' {
		return limit, false
	}
	keeps := len(header) == 2 && header[1] == '+'
	end = from + len(header)
	indent := 0
	for at := nextLine(src, from); at < limit; at = nextLine(src, at) {
		first, stop := skipBlanks(src, at), min(lineEnd(src, at), limit)
		if first >= stop {
			if keeps {
				end = stop
			}
			continue
		}
		if indent == 0 {
			indent = first - at
		}
		if indent == 0 || first-at < indent {
			break
		}
		end = stop
	}
	return end, true
}
