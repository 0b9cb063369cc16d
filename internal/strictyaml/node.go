package strictyaml

// Kind is the shape of a node.
type Kind uint8

// The three shapes that a node can have.
const (
	Scalar   Kind = iota // one piece of text
	Sequence             // a list of nodes
	Mapping              // keys with their values
)

// String names the kind the way messages do: "text", "a list" or "a mapping".
func (k Kind) String() string {
	switch k {
	case Sequence:
		return "a list"
	case Mapping:
		return "a mapping"
	default:
		return "text"
	}
}

// Node is one value of a document, with the place where it begins.
type Node struct {
	Kind Kind
	// Quoted tells that a scalar stands in quotes or in a block (| or >):
	// then it is text, whatever it looks like.
	Quoted bool
	// Value is the text of a scalar once quotes, escapes and folding are
	// undone, and nothing more: 1.10 stays "1.10" and 010 stays "010".
	// Escapes can put any character in it, control characters included.
	Value string
	// Line and Column count from 1 within the file, Column in code points.
	// A value that is not written has the place where it would stand.
	Line, Column int

	held *held // nil of a scalar and of what is empty
}

// held is what a collection holds. Most nodes are scalars, which need not have
// room for it.
type held struct {
	items   []*Node
	entries []Entry
}

// Items gives the nodes of a sequence, in the order written.
func (n *Node) Items() []*Node {
	if n == nil || n.held == nil {
		return nil
	}
	return n.held.items
}

// Entries gives the keys of a mapping with their values, in the order written.
func (n *Node) Entries() []Entry {
	if n == nil || n.held == nil {
		return nil
	}
	return n.held.entries
}

// Entry is one key of a mapping with its value. The key is always a scalar.
type Entry struct {
	Key, Value *Node
}

// Get returns the value of key, or nil when n is no mapping or has no such key.
func (n *Node) Get(key string) *Node {
	for _, entry := range n.Entries() {
		if entry.Key.Value == key {
			return entry.Value
		}
	}
	return nil
}

// IsNull reports whether n says nothing: no node at all, a value that is not
// written, or an unquoted ~, null, Null or NULL.
func (n *Node) IsNull() bool {
	if n == nil {
		return true
	}
	if n.Kind != Scalar || n.Quoted {
		return false
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}
