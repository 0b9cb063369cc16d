package strictyaml

import (
	"gopkg.in/yaml.v3"
)

// node converts a node that lies within depth collections, and reports what is
// refused in it. It never returns nil.
func (r *reader) node(from *yaml.Node, depth int) *Node {
	node := r.place(from.Line, from.Column)
	r.checkMarks(from, node)
	switch from.Kind {
	case yaml.SequenceNode, yaml.MappingNode:
		if depth == r.limits.Depth {
			r.add(node, "yaml_too_deep", "lists and mappings lie more than %d levels deep", r.limits.Depth)
			return node
		}
	case yaml.ScalarNode:
		node.Value = from.Value
		node.Quoted = from.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	}
	switch from.Kind {
	case yaml.SequenceNode:
		node.Kind = Sequence
		for _, item := range from.Content {
			node.add(r.node(item, depth+1))
		}
	case yaml.MappingNode:
		node.Kind = Mapping
		r.entries(from, node, depth+1)
	}
	return node
}

func (n *Node) add(item *Node) {
	if n.held == nil {
		n.held = &held{}
	}
	n.held.items = append(n.held.items, item)
}

func (n *Node) addEntry(e Entry) {
	if n.held == nil {
		n.held = &held{}
	}
	n.held.entries = append(n.held.entries, e)
}

// checkMarks reports an alias, an anchor or a tag. The decoder drops the bare
// tag "!", so that one is looked up in the source.
func (r *reader) checkMarks(from *yaml.Node, at *Node) {
	const text = "put text that begins with this character in quotes"
	if from.Kind == yaml.AliasNode {
		r.add(at, "yaml_alias", "the alias %s is not allowed", quote("*"+from.Value)).Hint = text
		return
	}
	if from.Anchor != "" {
		r.add(at, "yaml_anchor", "the anchor %s is not allowed", quote("&"+from.Anchor)).Hint = text
	}
	switch {
	case from.Style&yaml.TaggedStyle != 0:
		r.add(at, "yaml_tag", "the tag %s is not allowed", quote(from.Tag)).Hint = text
	case r.source.at(from.Line, from.Column) == '!':
		r.add(at, "yaml_tag", "the tag %s is not allowed", quote("!")).Hint = text
	}
}

// entries converts the keys and values of a mapping and checks its keys.
func (r *reader) entries(from *yaml.Node, into *Node, depth int) {
	firsts := make(map[string]*Node, len(from.Content)/2)
	for i := 0; i+1 < len(from.Content); i += 2 {
		key := r.node(from.Content[i], depth)
		if r.keys++; r.keys == r.limits.Keys+1 {
			r.add(key, "yaml_too_many_keys", "there are more than %d keys", r.limits.Keys)
		}
		if r.keys > r.limits.Keys {
			return
		}
		if r.acceptsKey(from.Content[i].Kind, key) {
			if first, ok := firsts[key.Value]; ok {
				r.add(key, "yaml_duplicate_key", "key %s stands twice, first on line %d", quote(key.Value), first.Line)
			} else {
				firsts[key.Value] = key
			}
		}
		into.addEntry(Entry{Key: key, Value: r.node(from.Content[i+1], depth)})
	}
}

// acceptsKey reports whether key is one whose text can be compared, and
// reports the others as problems.
func (r *reader) acceptsKey(kind yaml.Kind, key *Node) bool {
	switch {
	case kind == yaml.AliasNode:
		return false // reported as such
	case kind != yaml.ScalarNode:
		problem := r.add(key, "yaml_key_not_scalar", "a key must be text, not %s", key.Kind)
		problem.Hint = "put text that begins with [ or { in quotes"
		return false
	case key.IsNull():
		r.add(key, "yaml_key_not_scalar", "a key must be text, not empty or null")
		return false
	case !key.Quoted && key.Value == "<<":
		r.add(key, "yaml_merge_key", "the merge key << is not allowed").Hint = "write the keys out"
		return false
	}
	return true
}
