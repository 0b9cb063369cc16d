package strictyaml

import (
	"slices"
	"strings"
)

// longestKey is how long a key may be, in bytes, for the decoder to take it
// for one without a doubt.
const longestKey = 1000

// fewKeys is up to how many keys of a mapping are looked through one by one.
const fewKeys = 16

// keySet holds the keys of an open mapping once they are many; few of them are
// looked through on the stack.
type keySet struct {
	from int // where the mapping's entries begin on the stack
	many map[string]bool
}

// takes reports whether a mapping can have the key.
func (r *plainReader) takes(keys *keySet, key *Node) bool {
	r.keys++
	if key.IsNull() || r.keys > r.limits.Keys {
		return false
	}
	before := r.openEntries[keys.from:]
	if len(before) < fewKeys {
		return !slices.ContainsFunc(before, func(e Entry) bool { return e.Key.Value == key.Value })
	}
	if keys.many == nil {
		keys.many = make(map[string]bool, 4*fewKeys)
		for _, e := range before {
			keys.many[e.Key.Value] = true
		}
	}
	known := keys.many[key.Value]
	keys.many[key.Value] = true
	return !known
}

// atKey reports whether a key begins here, on a line of its own or behind a
// dash.
func (r *plainReader) atKey() bool {
	from := r.at
	r.skipKey(false)
	found := !r.failed
	r.at, r.failed = from, false
	return found
}

// key reads a key with its colon, behind which a space or nothing stands.
func (r *plainReader) key(bracketed bool) *Node {
	n := r.node()
	n.Value, n.Quoted = r.skipKey(bracketed)
	return n
}

func (r *plainReader) skipKey(bracketed bool) (text string, quoted bool) {
	from := r.at
	switch char := r.peek(); {
	case char == '"' || char == '\'':
		text, quoted = r.skipQuoted(), true
	case beginsPlain(char):
		text = r.skipPlain(bracketed)
	default:
		r.giveUp()
	}
	if next := r.after(1); r.failed || r.peek() != ':' || next != ' ' && (bracketed || next != '\n') || r.at-from > longestKey {
		r.giveUp()
		return "", false
	}
	r.at++
	return text, quoted
}

// beginsPlain reports whether a text without quotes may begin with a byte,
// whatever follows.
func beginsPlain(char byte) bool {
	switch {
	case char >= 'a' && char <= 'z', char >= 'A' && char <= 'Z', char >= '0' && char <= '9', char >= 0x80:
		return true
	}
	return strings.IndexByte("_/(~", char) >= 0
}

// skipPlain reads a text without quotes up to what ends it: a colon that could
// end a key, a comment, the end of the line, or a bracket or a comma within
// brackets.
func (r *plainReader) skipPlain(bracketed bool) string {
	rest := r.text[r.at:]
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	i := 0
scan:
	for ; i < len(rest); i++ {
		switch char := rest[i]; char {
		case ':':
			if bracketed || i+1 == len(rest) || rest[i+1] == ' ' {
				break scan
			}
		case '#':
			if r.text[r.at+i-1] == ' ' {
				break scan
			}
		case ',', '?', '[', ']', '{', '}':
			if bracketed {
				break scan
			}
		}
	}
	r.at += i
	return strings.TrimRight(rest[:i], " ")
}

// unquoted reads a value without quotes at the end of a line.
func (r *plainReader) unquoted() *Node {
	if !beginsPlain(r.peek()) {
		return r.giveUp()
	}
	n := r.node()
	n.Value = r.skipPlain(false)
	return n
}

// quoted reads a value in quotes.
func (r *plainReader) quoted() *Node {
	n := r.node()
	n.Value, n.Quoted = r.skipQuoted(), true
	return n
}

// skipQuoted reads a text in quotes that ends on its line. A doubled single
// quote stands for one; an escape is the decoder's.
func (r *plainReader) skipQuoted() string {
	quote, from, doubled := r.peek(), r.at+1, false
	for r.at++; ; r.at++ {
		switch char := r.peek(); {
		case char == '\n', char == '\\' && quote == '"':
			r.giveUp()
			return ""
		case char == quote && quote == '\'' && r.after(1) == quote:
			doubled = true
			r.at++
		case char == quote:
			text := r.text[from:r.at]
			r.at++
			if doubled {
				text = strings.ReplaceAll(text, "''", "'")
			}
			return text
		}
	}
}

// flow reads a list or a mapping in brackets that ends on its line.
func (r *plainReader) flow(depth int) *Node {
	if r.peek() == '[' {
		return r.flowList(depth)
	}
	return r.flowMapping(depth)
}

func (r *plainReader) flowList(depth int) *Node {
	n, from := r.collection(Sequence, depth), len(r.openItems)
	for !r.failed && !r.closes(']', len(r.openItems) == from) {
		r.openItems = append(r.openItems, r.flowValue(depth+1))
	}
	if r.failed {
		return nil
	}
	r.holdItems(n, from)
	return n
}

func (r *plainReader) flowMapping(depth int) *Node {
	n, keys := r.collection(Mapping, depth), keySet{from: len(r.openEntries)}
	for !r.failed && !r.closes('}', len(r.openEntries) == keys.from) {
		key := r.key(true)
		if r.failed || !r.takes(&keys, key) {
			return r.giveUp()
		}
		r.skipSpaces()
		r.openEntries = append(r.openEntries, Entry{Key: key, Value: r.flowValue(depth + 1)})
	}
	if r.failed {
		return nil
	}
	r.holdEntries(n, keys.from)
	return n
}

// closes reports whether the bracket closes here. If not, it goes to the next
// item, which needs a comma before it unless it is the first.
func (r *plainReader) closes(bracket byte, first bool) bool {
	if first {
		r.at++
	}
	r.skipSpaces()
	if r.peek() == bracket {
		r.at++
		return true
	}
	if first {
		return false
	}
	if r.peek() != ',' {
		r.giveUp()
		return true
	}
	r.at++
	r.skipSpaces()
	return false
}

func (r *plainReader) flowValue(depth int) *Node {
	char := r.peek()
	switch {
	case char == '[' || char == '{':
		return r.flow(depth)
	case char == '"' || char == '\'':
		return r.quoted()
	case !beginsPlain(char):
		return r.giveUp()
	}
	n := r.node()
	n.Value = r.skipPlain(true)
	return n
}
