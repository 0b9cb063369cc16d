package vault

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What is prepared takes its place only as it was prepared, where it still can; else the change is made as if nothing had
// been. Nothing is left over.
func TestPreparedNotes(t *testing.T) {
	soon := Change{Path: "in/a.md", Status: Created, New: []byte("new")}
	tests := []struct {
		name  string
		apply []Change
		then  func(t *testing.T, dir string) // between the two
		want  string                         // what in/a.md holds, "" for no note
		told  []string
	}{
		{"as prepared", []Change{soon}, nil, "new", nil},
		{"never applied", nil, nil, "", nil},
		{"another text", []Change{{Path: "in/a.md", Status: Created, New: []byte("newer")}}, nil, "newer", nil},
		{"another note", []Change{{Path: "in/b.md", Status: Created, New: []byte("new")}}, nil, "", nil},
		{"a note that appeared", []Change{soon}, func(t *testing.T, dir string) {
			if err := put("in/a.md", "mine")(dir); err != nil {
				t.Fatal(err)
			}
		}, "mine", []string{"in/a.md changed_meanwhile"}},
		{"tidied up", []Change{soon}, func(t *testing.T, dir string) {
			for _, name := range temporaries(t, dir) {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}, "new", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := openFiles(t, map[string]string{"in/mine.md": "mine"})
			s := begin(t, v.Dir())
			s.Prepare([]Change{soon})
			s.w.ahead.running.Wait()
			if left := temporaries(t, v.Dir()); len(left) != 1 {
				t.Errorf("prepared are %v", left)
			}
			if test.then != nil {
				test.then(t, v.Dir())
			}
			var told []string
			for _, p := range s.Apply("lac", test.apply) {
				told = append(told, p.Path+" "+p.Code)
			}
			end(t, s)
			got, _ := os.ReadFile(filepath.Join(v.Dir(), "in", "a.md")) // nothing where there is no file
			if string(got) != test.want || !slices.Equal(told, test.told) {
				t.Errorf("in/a.md holds %q, told %v", got, told)
			}
			checkNoLeftovers(t, v.Dir())
		})
	}
}

// temporaries gives the temporary files beside the note that is prepared.
func temporaries(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "in", ".synth-*.tmp"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// To prepare is to show nothing, wherever a path leads: no note, no folder, and nothing outside.
func TestPrepareShowsNothing(t *testing.T) {
	outside := writeFiles(t, map[string]string{"a.md": "old"})
	v := openFiles(t, map[string]string{"old.md": "old"})
	if err := os.Symlink(outside, filepath.Join(v.Dir(), "link")); err != nil {
		t.Fatal(err)
	}
	s := begin(t, v.Dir())
	s.Prepare([]Change{
		{Path: "new/folder/a.md", Status: Created, New: []byte("new")},
		{Path: "link/new.md", Status: Created, New: []byte("new")},
		{Path: "../new.md", Status: Created, New: []byte("new")},
		{Path: "old.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
		{Path: "CON.md", Status: Created, New: []byte("new")},
	})
	s.w.ahead.running.Wait()
	for dir, want := range map[string][]string{v.Dir(): {".synth", "link", "old.md"}, outside: {"a.md"}} {
		entries, err := os.ReadDir(dir)
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("%s holds %v, error %v", dir, names, err)
		}
	}
	end(t, s)
}
