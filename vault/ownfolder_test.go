package vault

import (
	"os"
	"path"
	"path/filepath"
	"testing"
)

// TestNothingIsClearedUpBehindALink lets a folder of ours lead to one of
// somebody's notes, in which synth would clear up as in its own.
func TestNothingIsClearedUpBehindALink(t *testing.T) {
	for _, name := range []string{ownFolder, historyFolder, objectsFolder, runsFolder, inboxFolder, unfiledFolder} {
		v := openFiles(t, map[string]string{"notes/lac.md": "mine"})
		link := filepath.Join(v.Dir(), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
			t.Fatal(err)
		}
		to, err := filepath.Rel(filepath.Dir(link), filepath.Join(v.Dir(), "notes"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
		clearUp(v)
		left, err := os.ReadDir(filepath.Join(v.Dir(), "notes"))
		if err != nil || len(left) != 1 || readFile(t, v, "notes/lac.md") != "mine" {
			t.Errorf("%s: %v is left, error %v", name, left, err)
		}
	}
}

// clearUp does whatever removes something from our folders.
func clearUp(v *Vault) {
	s, _ := Begin(v, 1)
	if s == nil {
		return
	}
	s.Apply("lac", []Change{{Path: "a.md", Status: Created, New: []byte("new")}})
	s.Purge("lac", nil)
	s.PurgeUnfiled()
	s.changed = true
	s.Close()
}

func TestWhatIsNoObjectStays(t *testing.T) {
	v := openFiles(t, map[string]string{path.Join(objectsFolder, "lac.md"): "mine"})
	clearUp(v)
	if readFile(t, v, path.Join(objectsFolder, "lac.md")) != "mine" {
		t.Error("somebody's file is gone")
	}
}
