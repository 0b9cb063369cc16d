package check

import (
	"hash/maphash"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/synth-vault/synth/vault"
)

// linkBreakers are the signs at which Obsidian ends a link's target.
const linkBreakers = "#^[]|"

// longName is the length of a name, in bytes, that no system holds. What is longer is a path of several.
const longName = 255

// Names is what the names of a vault's files have, and what links may mean by them. It is found out while others do
// something else.
type Names struct {
	vault *vault.Vault
	paths []string // of every file that is not hidden, sorted
	forms *shortForms
	found []vault.Problem
	done  chan struct{} // closed once they are found
	near  func() *nearNames
}

// LookAtNames begins to look at the path of every file, and of every folder that holds one.
func LookAtNames(v *vault.Vault) *Names {
	n := &Names{vault: v, done: make(chan struct{})}
	listed := make(chan struct{})
	n.near = sync.OnceValue(func() *nearNames {
		<-listed
		return newNearNames(n)
	})
	go func() {
		n.paths, n.forms = everyPath(n.vault), newShortForms()
		close(listed)
		n.look()
		close(n.done)
	}()
	go n.near() // hardly any vault has no link that leads nowhere
	return n
}

// problems waits until everything was looked at.
func (n *Names) problems() []vault.Problem {
	<-n.done
	return n.found
}

func (n *Names) look() {
	before := ""
	seen := newSeen(n.forms, len(n.paths))
	for _, file := range n.paths {
		for p := file; p != "." && !isWithin(before, p); p = path.Dir(p) {
			seen.add(p)
			n.name(p)
		}
		before = file
	}
	for _, same := range seen.alike() {
		for _, other := range same[1:] {
			if path.Dir(other) != path.Dir(same[0]) {
				continue // it is their folders that collide
			}
			n.tell(vault.Problem{Path: other, Code: "name_collision", Message: "is the same as " + quoted(same[0]) + " on some systems",
				Hint: "rename one of the two"})
		}
	}
}

func (n *Names) tell(p vault.Problem) { n.found = append(n.found, p) }

// isWithin tells whether a path leads through a folder.
func isWithin(p, folder string) bool {
	return len(p) > len(folder) && p[len(folder)] == '/' && p[:len(folder)] == folder
}

// seen finds names that are alike. It keeps only a number of each until two have the same: hardly any are alike.
type seen struct {
	forms  *shortForms
	seed   maphash.Seed
	names  map[uint64]string // the first of each number
	shared map[uint64][]string
	form   []byte
}

func newSeen(forms *shortForms, names int) *seen {
	return &seen{forms: forms, seed: maphash.MakeSeed(), names: make(map[uint64]string, names), shared: map[uint64][]string{}}
}

func (s *seen) add(name string) {
	s.form = s.forms.sameFile(s.form[:0], name)
	number := maphash.Bytes(s.seed, s.form)
	first, found := s.names[number]
	if !found {
		s.names[number] = name
		return
	}
	if s.shared[number] == nil {
		s.shared[number] = []string{first}
	}
	s.shared[number] = append(s.shared[number], name)
}

// alike gives the names that are the same on some systems, sorted.
func (s *seen) alike() [][]string {
	same := map[string][]string{}
	for _, names := range s.shared {
		for _, name := range names {
			same[sameFile(name)] = append(same[sameFile(name)], name)
		}
	}
	var lists [][]string
	for _, names := range same {
		slices.Sort(names)
		lists = append(lists, names)
	}
	return lists
}

// everyPath gives every file that is not hidden, sorted and once.
func everyPath(v *vault.Vault) []string {
	files, notes := v.Files(), v.Notes()
	all := make([]string, 0, len(files)+len(notes))
	for _, n := range notes {
		for len(files) > 0 && files[0] < n.Path() {
			all = append(all, files[0])
			files = files[1:]
		}
		all = append(all, n.Path())
	}
	return slices.Compact(append(all, files...))
}

// name looks at the last part of a path.
func (n *Names) name(p string) {
	base := path.Base(p)
	err := vault.Portable(base)
	if err == nil && len(p) > longName {
		err = vault.Portable(p) // the whole path may be too long
	}
	if err != nil {
		n.tell(vault.Problem{Path: p, Code: "name_unportable", Message: err.Error(), Hint: "rename it in Obsidian, which keeps the links to it"})
	}
	sign := ""
	if i := strings.IndexAny(base, linkBreakers); i >= 0 {
		sign = base[i : i+1]
	} else if strings.Contains(base, "%%") {
		sign = "%%"
	}
	if sign != "" {
		n.tell(vault.Problem{Path: p, Code: "name_unlinkable", Message: "the name holds " + quoted(sign) + ", at which a link ends",
			Hint: "rename it in Obsidian, which keeps the links to it"})
	}
}
