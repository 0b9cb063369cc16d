package strictyaml

import "slices"

// Fields reads a mapping key by key and reports what is missing, of the wrong
// kind or unknown. Every method goes on after a problem with the zero value,
// so that one run finds all the problems of a file. An optional key whose
// value is null counts as absent.
type Fields struct {
	mapping *Node // nil when there is none to read: then nothing is reported
	sink    *Sink
	few     [8]string // keys asked for so far, each once
	count   int       // of the few
	more    []string  // those beyond them
}

// Open begins to read a mapping. Anything else is reported as
// yaml_not_a_mapping, and its fields then read as absent without a word.
func Open(n *Node, s *Sink) *Fields {
	return &Fields{mapping: mapping(n, s), sink: s} // short enough to be made in its caller's frame
}

func mapping(n *Node, s *Sink) *Node {
	if n != nil && n.Kind == Mapping {
		return n
	}
	s.Add(n, "yaml_not_a_mapping", "a mapping must stand here, not %s", describe(n))
	return nil
}

// Node returns the value of an optional key as it is, nil when it is absent.
func (f *Fields) Node(key string) *Node {
	switch {
	case f.isAsked(key):
	case f.count < len(f.few):
		f.few[f.count] = key
		f.count++
	default:
		f.more = append(f.more, key)
	}
	return f.mapping.Get(key)
}

// isAsked reports whether a method has asked for the key.
func (f *Fields) isAsked(key string) bool {
	return slices.Contains(f.few[:f.count], key) || slices.Contains(f.more, key)
}

// required returns the value of a key that must have one, nil when it has not,
// which is reported as missing_key.
func (f *Fields) required(key string) *Node {
	n := f.Node(key)
	switch {
	case f.mapping == nil:
		return nil
	case n == nil:
		f.sink.Add(f.mapping, "missing_key", "key %s is missing", quote(key))
		return nil
	case n.isEmpty():
		f.sink.Add(n, "missing_key", "key %s has no value", quote(key))
		return nil
	}
	return n
}

// optional returns the value of a key, nil when it is absent or null.
func (f *Fields) optional(key string) *Node {
	if n := f.Node(key); !n.IsNull() {
		return n
	}
	return nil
}

// String returns the text of a key that must have some. It reports missing_key
// or not_a_scalar.
func (f *Fields) String(key string) string {
	return f.text(key, f.required(key))
}

// OptString returns the text of a key, "" when it is absent. It reports
// not_a_scalar.
func (f *Fields) OptString(key string) string {
	return f.text(key, f.optional(key))
}

func (f *Fields) text(key string, n *Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != Scalar {
		f.sink.Add(n, "not_a_scalar", "key %s must be text, not %s", quote(key), n.Kind)
		return ""
	}
	return n.Value
}

// Int returns the number of a key that must have one, a plain decimal integer
// from least to most. It reports missing_key, not_a_number or out_of_range.
func (f *Fields) Int(key string, least, most int) int {
	n := f.required(key)
	if n == nil {
		return 0
	}
	return Int(n, least, most, f.sink)
}

// OptInt is Int for a key that may be absent. It returns false when there is
// no number to use.
func (f *Fields) OptInt(key string, least, most int) (int, bool) {
	n := f.optional(key)
	if n == nil {
		return 0, false
	}
	return integer(n, least, most, f.sink)
}

// Bool returns whether a key is true; an absent one is false. Only an unquoted
// true or false is accepted, anything else reported as not_a_boolean.
func (f *Fields) Bool(key string) bool {
	n := f.optional(key)
	if n == nil {
		return false
	}
	if n.Kind == Scalar && !n.Quoted && (n.Value == "true" || n.Value == "false") {
		return n.Value == "true"
	}
	f.sink.Add(n, "not_a_boolean", "key %s must be true or false, not %s", quote(key), describe(n))
	return false
}

// Strings returns the texts of a list, none when the key is absent. It reports
// not_a_list, even for a single text, and leaves out the items that Text
// reports.
func (f *Fields) Strings(key string) []string {
	var texts []string
	for _, item := range f.List(key) {
		if text := Text(item, f.sink); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// List returns the items of a list, none when the key is absent. It reports
// not_a_list.
func (f *Fields) List(key string) []*Node {
	n := f.optional(key)
	if n == nil {
		return nil
	}
	if n.Kind != Sequence {
		problem := f.sink.Add(n, "not_a_list", "key %s must be a list, not %s", quote(key), describe(n))
		if n.Kind == Scalar {
			problem.Hint = "write a list of one: [" + quote(n.Value) + "]"
		}
		return nil
	}
	return n.Items()
}

// Map returns the entries of a mapping in the order written, none when the key
// is absent. It reports yaml_not_a_mapping.
func (f *Fields) Map(key string) []Entry {
	n := f.optional(key)
	if n == nil {
		return nil
	}
	if n.Kind != Mapping {
		f.sink.Add(n, "yaml_not_a_mapping", "key %s must be a mapping, not %s", quote(key), describe(n))
		return nil
	}
	return n.Entries()
}

// Close reports every key that no method asked for as unknown_key, with the
// key that was probably meant as its hint.
func (f *Fields) Close() {
	if f.mapping == nil {
		return
	}
	for _, entry := range f.mapping.Entries() {
		key := entry.Key.Value
		if f.isAsked(key) {
			continue
		}
		problem := f.sink.Add(entry.Key, "unknown_key", "unknown key %s", quote(key))
		if near := Nearest(key, slices.Concat(f.few[:f.count], f.more)); near != "" {
			problem.Hint = "did you mean " + quote(near) + "?"
		}
	}
}
