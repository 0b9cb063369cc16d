package vault

import (
	"slices"
	"testing"
)

// What lies in a folder comes between its siblings, wherever the list of folders is parted.
func TestOpenSortsAcrossFolders(t *testing.T) {
	files := map[string]string{}
	for _, p := range []string{"a/b.md", "a/c/d.md", "a/z.md", "a b/x.md", "m.md", "n/o/p.md", "n/o.md", "zz.md", "a/pic.png", "b.png"} {
		files[p] = ""
	}
	v, err := Open(writeFiles(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, n := range v.Notes() {
		notes = append(notes, n.Path())
	}
	if len(notes) != 8 || !slices.IsSorted(notes) || !slices.Equal(v.Files(), []string{"a/pic.png", "b.png"}) {
		t.Errorf("notes %q, files %q", notes, v.Files())
	}
}
