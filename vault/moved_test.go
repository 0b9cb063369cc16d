package vault

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestAFolderThatIsMovedAway lets somebody take the folder away in which notes
// are just written, and put another thing in its place.
func TestAFolderThatIsMovedAway(t *testing.T) {
	for name, replace := range map[string]func(dir string) error{
		"nothing":        func(string) error { return nil },
		"another folder": func(dir string) error { return os.Mkdir(dir, 0o700) },
		"a link out":     func(dir string) error { return os.Symlink(t.TempDir(), dir) },
	} {
		v := openFiles(t, map[string]string{"a/b/mine.md": "mine"})
		here := openPlace(t, v, "a/b")
		w := writer{root: openPlace(t, v, ".").root}
		write := func(name string) error {
			errs := make([]error, 1)
			w.writeTo(here, []int{0}, []Change{{Path: "a/b/" + name, Status: Created, New: []byte("x")}}, errs)
			return errs[0]
		}
		if err := write("before.md"); err != nil {
			t.Fatalf("before: %v", err)
		}
		dir := filepath.Join(v.Dir(), "a", "b")
		if err := errors.Join(os.Rename(dir, dir+" moved"), replace(dir)); err != nil {
			t.Fatal(err)
		}
		if err := write("after.md"); err == nil {
			t.Errorf("%s: what was written is said to be in its place", name)
		}
	}
}
