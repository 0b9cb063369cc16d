package vault

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// index finds files by their folded names and paths.
type index struct {
	files  []candidate
	byName map[string]int         // the place of the only file, or the complement of that of a list in shared
	shared [][]candidate          // of a name that several files have, the shortest path first
	byPath map[string][]candidate // those that share their name, in the order of the paths
	below  *index                 // what it adds to, nil for nothing
}

// candidate is a file that a link may lead to.
type candidate struct {
	path string
	note int // its place among the vault's notes, or noNote
}

// noNote is the place of what is no note of the vault.
const noNote = -1

// linkIndex builds the index when it is first asked for. That of planned notes
// lies over the one of the files, which is the same for all of them.
func (v *Vault) linkIndex() *index {
	v.indexOnce.Do(func() {
		if v.opened == nil {
			v.index = newIndex(v.everyFile())
			return
		}
		var planned []candidate
		for _, p := range slices.Compact(slices.Sorted(slices.Values(v.planned))) {
			planned = append(planned, candidate{p, noNote})
		}
		v.index = newIndex(planned)
		v.index.below = v.opened.linkIndex()
	})
	return v.index
}

// everyFile gives every note and every other file, sorted by path and each
// once.
func (v *Vault) everyFile() []candidate {
	all := make([]candidate, 0, len(v.notes)+len(v.files))
	others := v.files
	for i, n := range v.notes {
		for len(others) > 0 && others[0] <= n.path {
			if others[0] < n.path {
				all = append(all, candidate{others[0], noNote})
			}
			others = others[1:]
		}
		all = append(all, candidate{n.path, i})
	}
	for _, p := range others {
		all = append(all, candidate{p, noNote})
	}
	return all
}

// newIndex makes the index of files in the order of their paths.
func newIndex(files []candidate) *index {
	x := &index{files: files, byName: make(map[string]int, len(files)), byPath: map[string][]candidate{}}
	var names wordStore
	var room []byte
	for i, f := range files {
		room = appendFold(room[:0], lastPart(f.path))
		switch at, found := x.byName[string(room)]; {
		case !found:
			x.byName[names.add(room)] = i
		case at >= 0:
			x.byName[string(room)] = ^len(x.shared)
			x.shared = append(x.shared, []candidate{files[at], f})
		default:
			x.shared[^at] = append(x.shared[^at], f)
		}
	}
	for _, same := range x.shared {
		for _, f := range same {
			key := fold(f.path)
			x.byPath[key] = append(x.byPath[key], f)
		}
		slices.SortFunc(same, shorterFirst)
	}
	return x
}

// at gives the files whose paths fold to a key, in their order.
func (x *index) at(key []byte) []candidate {
	if x.below == nil {
		return x.alike(key)
	}
	return merged(x.below.alike(key), x.alike(key), byPath)
}

// alike does so without those below.
func (x *index) alike(key []byte) []candidate {
	named := x.sameName(lastPart(key))
	if len(named) != 1 {
		return x.byPath[string(key)]
	}
	var room [128]byte
	if !bytes.Equal(appendFold(room[:0], named[0].path), key) {
		return nil
	}
	return named
}

// named gives the files whose names fold to a key, the shortest path first.
func (x *index) named(key []byte) []candidate {
	if x.below == nil {
		return x.sameName(key)
	}
	return merged(x.below.sameName(key), x.sameName(key), shorterFirst)
}

// sameName does so without those below.
func (x *index) sameName(key []byte) []candidate {
	switch at, found := x.byName[string(key)]; {
	case !found:
		return nil
	case at >= 0:
		return x.files[at : at+1 : at+1]
	default:
		return x.shared[^at]
	}
}

// merged gives the files of two lists in an order. Of a file in both, it is
// the first list's that stays.
func merged(a, b []candidate, order func(a, b candidate) int) []candidate {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, order)
	return slices.CompactFunc(all, func(a, b candidate) bool { return a.path == b.path })
}

func byPath(a, b candidate) int { return strings.Compare(a.path, b.path) }

func shorterFirst(a, b candidate) int {
	return cmp.Or(
		cmp.Compare(utf8.RuneCountInString(a.path), utf8.RuneCountInString(b.path)),
		byPath(a, b),
	)
}

// lastPart gives what stands behind the last slash.
func lastPart[T string | []byte](key T) T {
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] == '/' {
			return key[i+1:]
		}
	}
	return key
}

// find looks for a file on behalf of a note.
func (x *index) find(from, target string) (Resolution, int) {
	var room [128]byte
	key := appendFold(room[:0], target)
	if path.Ext(target) != "" { // a dot may belong to the name of a note, as in "Version 1.2"
		if r, note := x.findAs(from, target, "", key); r.Path != "" {
			return r, note
		}
	}
	return x.findAs(from, target, ".md", append(key, ".md"...))
}

// findAs does so with an extension. The key is that of both together.
func (x *index) findAs(from, target, ext string, key []byte) (Resolution, int) {
	switch {
	case strings.HasPrefix(target, "./"), strings.HasPrefix(target, "../"):
		return x.exact(path.Join(path.Dir(from), target+ext))
	case target[0] == '/':
		return x.exact(strings.TrimPrefix(target+ext, "/"))
	}
	name := lastPart(key)
	same := x.named(name)
	inFolder := len(name) < len(key)
	switch {
	case len(same) == 0, len(same) == 1 && !inFolder:
		return choice(same)
	case inFolder:
		if r, note := x.exact(target + ext); r.Path != "" {
			return r, note
		}
		return ending(same, key, path.Dir(from))
	}
	for _, name := range []string{target + ext, path.Join(path.Dir(from), target+ext)} {
		if r, note := x.exact(name); r.Path != "" {
			return r, note
		}
	}
	return shortest(same)
}

// exact finds a path from the root. Of paths that differ in case only, the one
// that is written alike wins.
func (x *index) exact(name string) (Resolution, int) {
	var room [128]byte
	same := x.at(appendFold(room[:0], name))
	if alike := slices.IndexFunc(same, func(f candidate) bool { return f.path == name }); alike >= 0 {
		return choice(same[alike : alike+1])
	}
	return choice(same)
}

// shortest finds the shortest paths of those with a name, the shortest first.
func shortest(same []candidate) (Resolution, int) {
	tied := 0
	for tied < len(same) && utf8.RuneCountInString(same[tied].path) == utf8.RuneCountInString(same[0].path) {
		tied++
	}
	return choice(same[:tied])
}

// ending finds the paths of those with a name that end like a part of a path.
// The one in the note's own folder comes first, else the shortest.
func ending(named []candidate, part []byte, folder string) (Resolution, int) {
	var room [128]byte
	var same []candidate
	for _, f := range named {
		before, ends := bytes.CutSuffix(appendFold(room[:0], f.path), part)
		if ends && bytes.HasSuffix(before, []byte{'/'}) {
			same = append(same, f)
		}
	}
	if own := slices.IndexFunc(same, func(f candidate) bool { return path.Dir(f.path) == folder }); own > 0 {
		same[0], same[own] = same[own], same[0]
	}
	return choice(same)
}

// choice takes the first of the files and tells the others.
func choice(files []candidate) (Resolution, int) {
	if len(files) == 0 {
		return Resolution{}, noNote
	}
	r := Resolution{Path: files[0].path}
	if len(files) == 1 {
		return r, files[0].note
	}
	for _, other := range files[1:] {
		r.Ambiguous = append(r.Ambiguous, other.path)
	}
	slices.Sort(r.Ambiguous)
	return r, files[0].note
}
