// Package strictyaml reads one YAML document into nodes with their places and
// refuses whatever two programs could read differently.
//
// YAML lets a document hide things from its reader: aliases repeat a value
// from elsewhere, tags change what a value means, a key written twice wins
// once, U+2028 begins a new key that no editor shows. The notes of a vault and
// the files beside them are edited by hand and read by several programs, so
// none of this has a place in them. Parse refuses aliases, anchors, merge
// keys, tags, directives, duplicate keys, keys that are not plain text, further
// documents and characters that end a line unseen. It guesses no types either:
// a scalar keeps its text, and Fields reads it as what its key asks for.
//
// What is refused is reported as Problems, each with its line, its column and a
// code:
//
//	yaml_alias          yaml_anchor             yaml_merge_key
//	yaml_tag            yaml_directive          yaml_several_documents
//	yaml_duplicate_key  yaml_key_not_scalar     yaml_invalid
//	yaml_line_break     yaml_invalid_utf8       yaml_too_large
//	yaml_too_many_keys  yaml_too_deep
//
// The input may be hostile: whatever it holds, Parse returns, in a time
// proportional to its size.
package strictyaml

import "fmt"

// The package's own limits, which a caller can lower but not raise. Size is
// checked before the document is decoded, the others after: the decoder stops
// at 10,000 levels by itself, and reaches them within milliseconds.
const (
	mostBytes = 1 << 20
	mostKeys  = 50_000
	mostDepth = 100
)

// mostProblems bounds the report on a document in which everything is wrong.
const mostProblems = 100

// Limits bounds a document. A field that is zero, or beyond the package's own
// limit, stands for that limit: 1 MiB, 50,000 keys, 100 levels.
type Limits struct {
	Bytes int // length of the source
	Keys  int // keys of all the mappings together
	Depth int // mappings and sequences within each other
}

func (l Limits) bounded() Limits {
	return Limits{
		Bytes: bounded(l.Bytes, mostBytes),
		Keys:  bounded(l.Keys, mostKeys),
		Depth: bounded(l.Depth, mostDepth),
	}
}

func bounded(limit, most int) int {
	if limit <= 0 || limit > most {
		return most
	}
	return limit
}

// Parse reads src, which holds exactly one document. firstLine is the line of
// its file on which src begins: 1 for a whole file, 2 for the frontmatter of a
// note. An empty document is a null scalar at the beginning.
//
// The error is of type Problems and holds up to 100 of them. Characters that
// may not stand in the source are reported alone, because they decide where
// the lines begin; a syntax error hides what follows it.
func Parse(src []byte, firstLine int, limits Limits) (*Node, error) {
	r := &reader{offset: max(firstLine, 1) - 1, limits: limits.bounded()}
	if root, ok := readPlain(src, r.offset, r.limits); ok {
		return root, nil
	}
	root := r.read(src)
	if problems := r.report(); len(problems) > 0 {
		return nil, problems
	}
	return root, nil
}

// Unmarshal parses data, as the beginning of a file and within the package's
// own limits, into v, which must be a *Node. It has the signature that
// github.com/adrg/frontmatter asks of a format.
func Unmarshal(data []byte, v any) error {
	target, ok := v.(*Node)
	if !ok || target == nil {
		return fmt.Errorf("yaml is read into a *strictyaml.Node, not into %T", v)
	}
	node, err := Parse(data, 1, Limits{})
	if err != nil {
		return err
	}
	*target = *node
	return nil
}
