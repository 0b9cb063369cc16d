package vault

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A batch leaves alone what is not as it was seen, whatever else it holds, and writes the rest.
func TestApplyAllWritesWhatIsAsItWas(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"there.md": "mine", "old.md": "before", "edited.md": "by hand"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, problems := Begin(v, DefaultKeep)
	if s == nil {
		t.Fatal(problems)
	}
	problems = s.ApplyAll([]Owned{{"lac", []Change{
		{Path: "there.md", Status: Created, New: []byte("yours")},
		{Path: "new/a.md", Status: Created, New: []byte("a")},
		{Path: "../out.md", Status: Created, New: []byte("out")},
	}}, {"nord", []Change{
		{Path: "old.md", Status: Updated, Old: []byte("before"), New: []byte("after")},
		{Path: "edited.md", Status: Updated, Old: []byte("seen"), New: []byte("ours")},
		{Path: "same.md", Status: Unchanged, Old: []byte("same"), New: []byte("same")},
	}}})
	if len(problems) != 3 || problems[0].Path != "../out.md" || problems[1].Code != "changed_meanwhile" || problems[2].Code != "changed_meanwhile" {
		t.Errorf("problems %v", problems)
	}
	if problems := s.Close(); len(problems) > 0 {
		t.Error(problems)
	}
	for name, want := range map[string]string{"there.md": "mine", "new/a.md": "a", "old.md": "after", "edited.md": "by hand"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", ".synth-*.tmp")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What a run that was stopped has left of a line is ended before the next one, which stays readable.
func TestReceiveEndsATornLine(t *testing.T) {
	dir := t.TempDir()
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, problems := Begin(v, DefaultKeep)
	if s == nil {
		t.Fatal(problems)
	}
	file := filepath.Join(dir, inboxFolder, "lac", "a.jsonl")
	if problems := s.Receive(map[string][]byte{"lac/a.jsonl": []byte("1\n2")}); len(problems) > 0 {
		t.Fatal(problems)
	}
	if problems := s.Receive(map[string][]byte{"lac/a.jsonl": []byte("3\n"), "../../b": []byte("x")}); len(problems) != 1 {
		t.Errorf("problems %v", problems)
	}
	s.Close()
	if got, _ := os.ReadFile(file); string(got) != "1\n2\n3\n" {
		t.Errorf("holds %q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "..", "b")); err == nil {
		t.Error("a path left the inbox")
	}
}

// Untrusted text costs a note no more than its length, however much markup it means to be.
func TestEscapedTextIsNeverTooDense(t *testing.T) {
	for _, text := range []string{"[", "|", "*a_ ", "[a](b", "|\n", "`<~=", "%%", "$"} {
		long := ""
		for len(long) < 60_000 {
			long += text
		}
		n := NewNote("a.md", []byte(Received(long).Quote()+"\n"))
		if blocks, err := n.Blocks(); err != nil || len(blocks) == 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What cannot be kept is not replaced, and what cannot be journaled is not touched; the rest of the batch is written where
// it can be.
func TestApplyAllTouchesNothingThatTheHistoryCannotKeep(t *testing.T) {
	for _, test := range []struct {
		name    string
		blocked string // a file stands where the history needs a folder
		want    map[string]string
		told    []string
	}{
		{"what is replaced", objectsFolder, map[string]string{"old.md": "before", "new.md": "new"}, []string{"old.md"}},
		{"the journal", runsFolder, map[string]string{"old.md": "before"}, []string{"new.md", "old.md"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := writeFiles(t, map[string]string{"old.md": "before", test.blocked: "in the way"})
			s, problems := Begin(openFolder(t, dir), DefaultKeep)
			if s == nil {
				t.Fatal(problems)
			}
			var told []string
			for _, p := range s.ApplyAll([]Owned{
				{"lac", []Change{{Path: "old.md", Status: Updated, Old: []byte("before"), New: []byte("after")}}},
				{"nord", []Change{{Path: "new.md", Status: Created, New: []byte("new")}}},
			}) {
				told = append(told, p.Path)
			}
			if !slices.Equal(told, test.told) {
				t.Errorf("told of %v, not of %v", told, test.told)
			}
			s.Close()
			for _, name := range []string{"old.md", "new.md"} {
				got, _ := os.ReadFile(filepath.Join(dir, name)) // nothing where there is no file
				if string(got) != test.want[name] {
					t.Errorf("%s holds %q, not %q", name, got, test.want[name])
				}
			}
		})
	}
}

// A folder whose names cannot be made durable is told for each note below it.
func TestFlushTellsOfFolders(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	w := writer{root: root}.batch()
	w.later.add("gone")
	w.later.add(".")
	failed := w.flush()
	if above(failed, "gone/deep/note.md") == nil || above(failed, "note.md") != nil {
		t.Errorf("failed: %v", failed)
	}
}
