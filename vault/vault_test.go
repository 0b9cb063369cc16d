package vault

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// writeFiles makes a folder of files by their slash-separated paths.
func writeFiles(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func openFiles(t testing.TB, files map[string]string) *Vault {
	t.Helper()
	v, err := Open(writeFiles(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func openNote(t testing.TB, text string) *Note {
	t.Helper()
	n, found := openFiles(t, map[string]string{"note.md": text}).Note("note.md")
	if !found {
		t.Fatal("the note is not in the vault")
	}
	return n
}

func readFile(t testing.TB, v *Vault, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(v.Dir(), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestOpenFindsNotes(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"b.md":                  "",
		"a/z.MD":                "",
		"a/b/c.md":              "",
		"a.md":                  "",
		"image.png":             "",
		".hidden.md":            "",
		".obsidian/x.md":        "",
		"a/.trash/y.md":         "",
		"Archive/old.md":        "",
		"Archive2/new.md":       "",
		"skipped.md":            "",
		"synth.yaml":            "",
		"Note 2.md":             "",
		"folder.md/in it.md":    "",
		"🧭 Synthèse – CDP.md":   "",
		"c (draft).md":          "",
		"Notes on conflicts.md": "",
	})
	v, err := Open(dir, Options{Ignore: []string{"Archive/", "skipped.md"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Archive2/new.md", "Note 2.md", "Notes on conflicts.md", "a.md", "a/b/c.md", "a/z.MD", "b.md",
		"c (draft).md", "folder.md/in it.md", "🧭 Synthèse – CDP.md",
	}
	if d := cmp.Diff(want, notePaths(v)); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	others := []string{"Archive/old.md", "image.png", "skipped.md", "synth.yaml"}
	if d := cmp.Diff(others, v.files); d != "" {
		t.Errorf("other files (-want +got):\n%s", d)
	}
	all := slices.Sorted(slices.Values(append(want, others...)))
	if d := cmp.Diff(all, everyPath(v)); d != "" {
		t.Errorf("paths (-want +got):\n%s", d)
	}
	if problems := v.Problems(); len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	if v.Dir() != dir {
		t.Errorf("Dir is %q, want %q", v.Dir(), dir)
	}
}

func TestOpenDoesNotFollowSymlinks(t *testing.T) {
	outside := writeFiles(t, map[string]string{"secret.md": "x"})
	dir := writeFiles(t, map[string]string{"a.md": "x"})
	for name, target := range map[string]string{
		"link.md": filepath.Join(outside, "secret.md"),
		"folder":  outside,
		"self":    dir,
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a.md"}, notePaths(v)); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestOpenRefusesWhatIsNoFolder(t *testing.T) {
	dir := writeFiles(t, map[string]string{"a.md": ""})
	for _, name := range []string{"a.md", "missing"} {
		if _, err := Open(filepath.Join(dir, name), Options{}); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func TestUnreadableFilesAreProblems(t *testing.T) {
	v := &Vault{dir: t.TempDir()}
	v.keepNotes([]string{"gone.md"}, Options{})
	if len(v.notes) > 0 || len(v.problems) != 1 || v.problems[0].Code != "unreadable" || v.problems[0].Severity != Error {
		t.Errorf("notes %v, problems %v", v.notes, v.problems)
	}
	if d := cmp.Diff([]string{"gone.md"}, everyPath(v)); d != "" {
		t.Errorf("the name is free (-want +got):\n%s", d)
	}
	w := walker{dir: filepath.Join(v.dir, "missing")}
	gone := Listing{dir: w.dir, found: w.walk()}
	if found := gone.Open(Options{}).Problems(); len(found) != 1 || found[0].Code != "unreadable" {
		t.Errorf("problems of a folder that is gone: %v", found)
	}
}

func TestConflictCopies(t *testing.T) {
	head := "---\nclient: abc\n---\n"
	v := openFiles(t, map[string]string{
		"Note.md": head,
		"Note (Conflicted copy laptop 202601021530).md": head,
		"Note.sync-conflict-20260102-153000-ABCDEF7.md": head,
		"Note (Ann's conflicted copy 2026-01-02).md":    head,
		"Note (conflicted copy 2026-01-02 153000).md":   head,
		"Note (conflicted copy ann 2026-01-02 1530).md": head,
		"Note (Copie en conflit de PC 2026-01-02).md":   head,
		"Note_conflict-20260102-153000.md":              head,
		"Note_conflict_20260102_153000_a1b2c3.md":       head,
		"Note-OFFICE-PC.md":                             head,
		"Note - Ann.md":                                 head,
		"Note-2026-01-02.md":                            head,
		"Note-OFFICE.md":                                "---\nclient: other\n---\n",
		"Note_conflict.md":                              head,
		"Note (about a conflicted copy).md":             head,
		"Note 2.md":                                     head,
		"Note (2).md":                                   head,
		"Note 3.md":                                     "---\nclient: other\n---\n",
		"Chapter 2.md":                                  head,
		"sub/Note 2.md":                                 head,
		"Empty.md":                                      "",
		"Empty 2.md":                                    "",
	})
	want := []Problem{
		{Path: "Note (2).md", Line: 1, Code: "conflict_copy_suspected"},
		{Path: "Note (Ann's conflicted copy 2026-01-02).md", Code: "conflict_copy"},
		{Path: "Note (Conflicted copy laptop 202601021530).md", Code: "conflict_copy"},
		{Path: "Note (Copie en conflit de PC 2026-01-02).md", Code: "conflict_copy"},
		{Path: "Note (conflicted copy 2026-01-02 153000).md", Code: "conflict_copy"},
		{Path: "Note (conflicted copy ann 2026-01-02 1530).md", Code: "conflict_copy"},
		{Path: "Note 2.md", Line: 1, Code: "conflict_copy_suspected"},
		{Path: "Note-OFFICE-PC.md", Line: 1, Code: "conflict_copy_suspected"},
		{Path: "Note.sync-conflict-20260102-153000-ABCDEF7.md", Code: "conflict_copy"},
		{Path: "Note_conflict-20260102-153000.md", Code: "conflict_copy"},
		{Path: "Note_conflict_20260102_153000_a1b2c3.md", Code: "conflict_copy"},
	}
	ignore := cmpopts.IgnoreFields(Problem{}, "Severity", "Message", "Hint")
	if d := cmp.Diff(want, v.Problems(), ignore); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
	for _, p := range v.Problems() {
		if p.Severity != Warning {
			t.Errorf("%s: severity is %s", p.Path, p.Severity)
		}
		if _, read := v.Note(p.Path); read == (p.Code == "conflict_copy") {
			t.Errorf("%s: %s, read: %t", p.Path, p.Code, read)
		}
	}
}

func TestOpenIsTheSameForAnyNumberOfProcessors(t *testing.T) {
	files := make(map[string]string)
	for _, folder := range []string{"a", "b", "a/c", "a/c/d"} {
		for _, name := range []string{"1", "2", "3", "4", "5"} {
			files[folder+"/"+name+".md"] = "---\nn: " + name + "\n---\n"
		}
	}
	dir := writeFiles(t, files)
	var first []string
	for _, processors := range []int{1, 16} {
		previous := runtime.GOMAXPROCS(processors)
		v, err := Open(dir, Options{})
		runtime.GOMAXPROCS(previous)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = notePaths(v)
		}
		if d := cmp.Diff(first, notePaths(v)); d != "" || len(first) != len(files) {
			t.Errorf("%d processors, %d notes (-first +got):\n%s", processors, len(v.notes), d)
		}
	}
}

func notePaths(v *Vault) []string {
	var paths []string
	for _, n := range v.notes {
		paths = append(paths, n.path)
	}
	return paths
}

func everyPath(v *Vault) []string {
	var paths []string
	for _, f := range v.everyFile() {
		paths = append(paths, f.path)
	}
	return paths
}
