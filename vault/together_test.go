package vault

import (
	"fmt"
	"testing"
)

// However many notes of a folder are written, and whether there is a folder yet: all are.
func TestApplyWritesManyNotesOfAFolder(t *testing.T) {
	v := openFiles(t, map[string]string{"mine.md": "mine"})
	var changes []Change
	for i := range 3*together + 1 {
		changes = append(changes,
			Change{Path: fmt.Sprintf("%d.md", i), Status: Created, New: []byte("new")},
			Change{Path: fmt.Sprintf("new/folder/%d.md", i), Status: Created, New: []byte("new")})
	}
	if problems := Apply(v, changes); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range changes {
		if got := readFile(t, v, c.Path); got != "new" {
			t.Errorf("%s holds %q", c.Path, got)
		}
	}
	checkNoLeftovers(t, v.Dir())
}
