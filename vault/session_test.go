package vault

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// begin opens a vault again and takes its lock.
func begin(t *testing.T, dir string) *Session {
	t.Helper()
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, problems := Begin(v, 2)
	if s == nil {
		t.Fatal(problems)
	}
	return s
}

func end(t *testing.T, s *Session) {
	t.Helper()
	if problems := s.Close(); len(problems) > 0 {
		t.Fatal(problems)
	}
}

func TestBeginRefusesAFolderOfAnotherKind(t *testing.T) {
	outside := t.TempDir()
	for name, lay := range map[string]func(dir string) error{
		".synth is a file": func(dir string) error { return os.WriteFile(filepath.Join(dir, ".synth"), nil, 0o600) },
		".synth leads out": func(dir string) error { return os.Symlink(outside, filepath.Join(dir, ".synth")) },
		"the lock leads out": func(dir string) error {
			if err := os.Mkdir(filepath.Join(dir, ".synth"), 0o700); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(outside, "lock"), filepath.Join(dir, ".synth", "lock"))
		},
		"objects lead out": func(dir string) error {
			history := filepath.Join(dir, ".synth", "history")
			return errors.Join(os.MkdirAll(history, 0o700), os.Symlink(outside, filepath.Join(history, "objects")))
		},
	} {
		v := openFiles(t, nil)
		if err := lay(v.Dir()); err != nil {
			t.Fatal(err)
		}
		problems := Apply(v, []Change{{Path: "a.md", Status: Created, New: []byte("new")}})
		if len(problems) != 1 || problems[0].Code != "unlockable" {
			t.Errorf("%s: problems %v", name, problems)
		}
		if strings.HasSuffix(name, "out") && (len(problems) != 1 || problems[0].Hint == "") {
			t.Errorf("%s: nothing says what to do: %v", name, problems)
		}
		if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
			t.Fatalf("%s: %v is outside, error %v", name, left, err)
		}
	}
}

func TestOneSessionAtATime(t *testing.T) {
	v := openFiles(t, nil)
	s := begin(t, v.Dir())
	problems := Apply(v, []Change{{Path: "a.md", Status: Created, New: []byte("new")}})
	if len(problems) != 1 || problems[0].Code != "locked" || problems[0].Severity != Error {
		t.Errorf("problems: %v", problems)
	}
	end(t, s)
	end(t, begin(t, v.Dir()))
}

// A folder that cannot be written to concerns its own notes only.
func TestApplyReportsPerNote(t *testing.T) {
	v := openFiles(t, map[string]string{"file.md": "mine", "old.md": "old"})
	problems := Apply(v, []Change{
		{Path: "file.md/a.md", Status: Created, New: []byte("new")},
		{Path: "new.md", Status: Created, New: []byte("new")},
		{Path: "CON.md", Status: Created, New: []byte("new")},
		{Path: "old.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
	})
	var got []string
	for _, p := range problems {
		got = append(got, p.Path+" "+p.Code)
	}
	if d := cmp.Diff([]string{"CON.md unwritable", "file.md/a.md unwritable"}, got); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
	if readFile(t, v, "new.md") != "new" || readFile(t, v, "old.md") != "new" {
		t.Error("a good note is not written")
	}
}

// Without the history nothing is replaced; what is new needs none, but its journal does.
func TestNothingIsReplacedThatCannotBeKept(t *testing.T) {
	v := openFiles(t, map[string]string{"old.md": "old", ".synth/history/objects": "in the way"})
	problems := Apply(v, []Change{
		{Path: "new.md", Status: Created, New: []byte("new")},
		{Path: "old.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
	})
	if len(problems) == 0 || problems[len(problems)-1].Path != "old.md" || readFile(t, v, "old.md") != "old" {
		t.Errorf("old.md holds %q, problems %v", readFile(t, v, "old.md"), problems)
	}

	v = openFiles(t, map[string]string{".synth/history/runs": "in the way"})
	problems = Apply(v, []Change{{Path: "new.md", Status: Created, New: []byte("new")}})
	if _, err := os.Stat(filepath.Join(v.Dir(), "new.md")); len(problems) == 0 || err == nil {
		t.Errorf("a note is written that could not be undone: %v", problems)
	}
}

func TestUndoTable(t *testing.T) {
	update := Change{Path: "a.md", Status: Updated, Old: []byte("old"), New: []byte("new")}
	create := Change{Path: "a.md", Status: Created, New: []byte("new")}
	tests := []struct {
		name   string
		change Change
		then   func(dir string) error
		want   []Undone
		holds  string // "" for no note
	}{
		{"as written", update, nil, []Undone{{"a.md", Restored}}, "old"},
		{"created", create, nil, []Undone{{"a.md", Removed}}, ""},
		{"edited since", update, put("a.md", "mine"), []Undone{{"a.md", Left}}, "mine"},
		{"created and edited since", create, put("a.md", "mine"), []Undone{{"a.md", Left}}, "mine"},
		{"put back by hand", update, put("a.md", "old"), nil, "old"},
		{"removed since", update, remove("a.md"), []Undone{{"a.md", Left}}, ""},
		{"created and removed since", create, remove("a.md"), nil, ""},
		{"what it was is gone", update, remove(".synth/history/objects/" + hash([]byte("old"))), []Undone{{"a.md", Left}}, "new"},
		{"what it was is damaged", update, put(".synth/history/objects/"+hash([]byte("old")), "bad"), []Undone{{"a.md", Left}}, "new"},
		{"the journal leads out", update, put(".synth/history/runs/00000001.jsonl",
			`{"path":"../a.md","status":"created","old":"","new":"`+hash([]byte("new"))+`"}`+"\n"), nil, "new"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"a.md": string(test.change.Old)}
			if test.change.Old == nil {
				files = nil
			}
			v := openFiles(t, files)
			apply := Apply(v, []Change{test.change})
			if len(apply) > 0 {
				t.Fatal(apply)
			}
			if test.then != nil {
				if err := test.then(v.Dir()); err != nil {
					t.Fatal(err)
				}
			}
			s := begin(t, v.Dir())
			got, problems := s.Undo()
			if d := cmp.Diff(test.want, got); d != "" || len(problems) > 0 {
				t.Errorf("problems %v, notes (-want +got):\n%s", problems, d)
			}
			end(t, s)
			data, err := os.ReadFile(filepath.Join(v.Dir(), "a.md"))
			if string(data) != test.holds || (err != nil) != (test.holds == "") {
				t.Errorf("a.md holds %q, error %v", data, err)
			}
		})
	}
}

// Undoing that was cut short is finished, whatever it came to, before the run before is undone.
func TestUndoFinishesWhatItBegan(t *testing.T) {
	for name, text := range map[string]string{"before the first note": "2", "after the last note": "1"} {
		v := openFiles(t, map[string]string{"a.md": "0"})
		for i := range 2 {
			s := begin(t, v.Dir())
			s.Apply("x", []Change{{Path: "a.md", Status: Updated, Old: []byte{byte('0' + i)}, New: []byte{byte('1' + i)}}})
			end(t, s)
		}
		// As an undo leaves it that is killed.
		runs := filepath.Join(v.Dir(), runsFolder)
		if err := errors.Join(os.Rename(runs+"/00000002.jsonl", runs+"/00000002.undoing"), put("a.md", text)(v.Dir())); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"1", "0"} {
			s := begin(t, v.Dir())
			notes, problems := s.Undo()
			end(t, s)
			if d := cmp.Diff([]Undone{{"a.md", Restored}}, notes); d != "" || len(problems) > 0 || readFile(t, v, "a.md") != want {
				t.Errorf("%s: a.md holds %q, not %q; problems %v", name, readFile(t, v, "a.md"), want, problems)
			}
		}
	}
}

func put(name, text string) func(string) error {
	return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600) }
}

func remove(name string) func(string) error {
	return func(dir string) error { return os.Remove(filepath.Join(dir, name)) }
}

// Of many runs the newest are kept, and what they replaced.
func TestHistoryIsPruned(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": "0"})
	for i := range 5 {
		s := begin(t, v.Dir())
		s.Apply("x", []Change{{Path: "a.md", Status: Updated, Old: []byte{byte('0' + i)}, New: []byte{byte('1' + i)}}})
		end(t, s)
	}
	for folder, want := range map[string]string{
		runsFolder:    "00000004.jsonl 00000005.jsonl",
		objectsFolder: strings.Join(sorted(hash([]byte("3")), hash([]byte("4"))), " "),
	} {
		entries, err := os.ReadDir(filepath.Join(v.Dir(), folder))
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%s holds %s, not %s, error %v", folder, got, want, err)
		}
	}
}

func sorted(a, b string) []string { return []string{min(a, b), max(a, b)} }

// A note that one session wrote several times is undone as a whole, and told once.
func TestUndoTellsANoteOnce(t *testing.T) {
	dir := t.TempDir()
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, problems := Begin(v, DefaultKeep)
	problems = append(problems, s.Apply("nord", []Change{{Path: "a.md", Status: Created, New: []byte("1")}})...)
	problems = append(problems, s.Apply("nord", []Change{{Path: "a.md", Status: Updated, Old: []byte("1"), New: []byte("2")}})...)
	problems = append(problems, s.Apply("", []Change{{Path: TypesFile(dir), Status: Created, New: []byte("{}")}})...)
	if problems = append(problems, s.Close()...); len(problems) > 0 {
		t.Fatal(problems)
	}
	s, _ = Begin(v, DefaultKeep)
	notes, problems := s.Undo()
	if problems = append(problems, s.Close()...); len(problems) > 0 {
		t.Fatal(problems)
	}
	if want := []Undone{{TypesFile(dir), Removed}, {"a.md", Removed}}; !slices.Equal(notes, want) {
		t.Errorf("undone %v, not %v", notes, want)
	}
	if problems := Apply(v, []Change{{Path: ".obsidian/app.json", Status: Created, New: []byte("{}")}}); len(problems) != 1 {
		t.Errorf("another hidden file is written: %v", problems)
	}
}
