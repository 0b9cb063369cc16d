package vault

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// apply carries out what the drafts mean for the vault and fails on problems.
func apply(t *testing.T, v *Vault, drafts ...Draft) {
	t.Helper()
	if problems := Apply(v, Diff(v, drafts)); len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
}

// checkNoLeftovers fails if a temporary file stayed behind.
func checkNoLeftovers(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
		if strings.Contains(filepath.Base(name), ".synth-") {
			t.Errorf("%s is left over", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestApplyTwiceWritesNothingTheSecondTime(t *testing.T) {
	v := openFiles(t, map[string]string{"mine.md": "mine"})
	d := sample()
	d.Path = "new/folder/🧭 a.md"
	apply(t, v, d)
	if got := readFile(t, v, d.Path); got != string(d.Bytes()) {
		t.Errorf("the file holds %q", got)
	}
	v, err := Open(v.Dir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c := Diff(v, []Draft{d})[0]; c.Status != Unchanged || c.Unified() != nil {
		t.Errorf("the second time: %s", c.Status)
	}
	checkNoLeftovers(t, v.Dir())
}

func TestApplyUpdates(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": string(sample().Bytes())})
	apply(t, v, newer())
	if got := readFile(t, v, "a.md"); got != string(newer().Bytes()) {
		t.Errorf("the file holds %q", got)
	}
	checkNoLeftovers(t, v.Dir())
}

func TestApplyKeepsPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no such permissions there
	}
	v := openFiles(t, map[string]string{"a.md": string(sample().Bytes())})
	if err := os.Chmod(filepath.Join(v.Dir(), "a.md"), 0o664); err != nil {
		t.Fatal(err)
	}
	fresh := sample()
	fresh.Path = "new/b.md"
	apply(t, v, newer(), fresh)
	for name, want := range map[string]os.FileMode{"a.md": 0o664, "new/b.md": 0o600, "new": 0o700 | os.ModeDir} {
		info, err := os.Stat(filepath.Join(v.Dir(), name))
		if err != nil || info.Mode() != want {
			t.Errorf("%s: mode is %v, want %v, error %v", name, info.Mode(), want, err)
		}
	}
}

func TestApplyLeavesAReadOnlyNote(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": "old", "b.md": "old"})
	name := filepath.Join(v.Dir(), "a.md")
	if err := os.Chmod(name, 0o444); err != nil {
		t.Fatal(err)
	}
	changes := []Change{
		{Path: "a.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
		{Path: "b.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
	}
	problems := Apply(v, changes)
	if len(problems) != 1 || problems[0].Path != "a.md" || problems[0].Message != "cannot be written: the note is read-only" {
		t.Errorf("problems: %v", problems)
	}
	if readFile(t, v, "a.md") != "old" || readFile(t, v, "b.md") != "new" {
		t.Errorf("a.md holds %q, b.md %q", readFile(t, v, "a.md"), readFile(t, v, "b.md"))
	}
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if problems := Apply(v, changes[:1]); len(problems) > 0 || readFile(t, v, "a.md") != "new" {
		t.Errorf("a.md holds %q, problems %v", readFile(t, v, "a.md"), problems)
	}
	checkNoLeftovers(t, v.Dir())
}

func TestApplyWritesAConflictThatOpens(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": "old", "b.md": "same"})
	problems := Apply(v, []Change{
		{Path: "a.md", Status: Conflict, Old: []byte("old"), New: []byte("new")},
		{Path: "b.md", Status: Conflict, Old: []byte("other"), New: []byte("other")},
	})
	if len(problems) > 0 || readFile(t, v, "a.md") != "new" || readFile(t, v, "b.md") != "same" {
		t.Errorf("a.md holds %q, problems %v", readFile(t, v, "a.md"), problems)
	}
}

func TestApplyLeavesNotesOfOtherStatus(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": "old"})
	for _, status := range []Status{Unchanged, Kept, Refused, ""} {
		problems := Apply(v, []Change{
			{Path: "a.md", Status: status, Old: []byte("old"), New: []byte("new")},
			{Path: "b.md", Status: status, New: []byte("new")},
		})
		if len(problems) > 0 {
			t.Errorf("%s: %v", status, problems)
		}
	}
	entries, err := os.ReadDir(v.Dir())
	if err != nil || len(entries) != 1 || readFile(t, v, "a.md") != "old" {
		t.Errorf("the folder holds %v, error %v", entries, err)
	}
}

func TestApplyLeavesWhatChangedMeanwhile(t *testing.T) {
	v := openFiles(t, map[string]string{"edited.md": "edited", "taken.md": "taken", "folder.md/x.md": ""})
	problems := Apply(v, []Change{
		{Path: "edited.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
		{Path: "folder.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
		{Path: "gone.md", Status: Updated, Old: []byte("old"), New: []byte("new")},
		{Path: "taken.md", Status: Created, New: []byte("new")},
		{Path: "good.md", Status: Created, New: []byte("new")},
	})
	var got []string
	for _, p := range problems {
		got = append(got, p.Path+" "+p.Code+" "+string(p.Severity))
	}
	want := []string{
		"edited.md changed_meanwhile error", "folder.md changed_meanwhile error",
		"gone.md changed_meanwhile error", "taken.md changed_meanwhile error",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
	for name, text := range map[string]string{"edited.md": "edited", "taken.md": "taken", "good.md": "new"} {
		if got := readFile(t, v, name); got != text {
			t.Errorf("%s holds %q", name, got)
		}
	}
	checkNoLeftovers(t, v.Dir())
}

func TestApplyStaysInTheVault(t *testing.T) {
	outside := writeFiles(t, map[string]string{"a.md": "old"})
	v := openFiles(t, map[string]string{"file.md": ""})
	if err := os.Symlink(outside, filepath.Join(v.Dir(), "link")); err != nil {
		t.Fatal(err)
	}
	paths := []string{"link/new.md", "../new.md", "/new.md", "a/../../new.md", "file.md/new.md"}
	for _, text := range hostileStrings(t) {
		paths = append(paths, "../"+text, "link/"+text)
	}
	for _, name := range paths {
		if len(Apply(v, []Change{{Path: name, Status: Created, New: []byte("new")}})) == 0 {
			t.Errorf("%q is written", name)
		}
	}
	updates := []Change{{Path: "link/a.md", Status: Updated, Old: []byte("old"), New: []byte("new")}}
	if len(Apply(v, updates)) == 0 {
		t.Error("a file outside is replaced")
	}
	entries, err := os.ReadDir(outside)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder outside holds %v, error %v", entries, err)
	}
	if data, err := os.ReadFile(filepath.Join(outside, "a.md")); err != nil || string(data) != "old" {
		t.Errorf("the file outside holds %q, error %v", data, err)
	}
}

func TestApplyPassesOverLeftovers(t *testing.T) {
	v := openFiles(t, nil)
	root, err := os.OpenRoot(v.Dir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	c := Change{Path: "a.md", Status: Created, New: []byte("new")}
	left, err := (writer{root: root}).temporary(c, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if problems := Apply(v, []Change{c}); len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	if readFile(t, v, "a.md") != "new" || readFile(t, v, left) != "new" {
		t.Error("a file that an interrupted run left behind was touched")
	}
}

// openPlace opens a folder of a vault to write in it.
func openPlace(t *testing.T, v *Vault, name string) *noteFolder {
	t.Helper()
	root, err := os.OpenRoot(v.Dir())
	if err != nil {
		t.Fatal(err)
	}
	here, err := writer{root: root}.open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { here.close(); root.Close() })
	return here
}

func TestPublishWithoutAnyWay(t *testing.T) {
	v := openFiles(t, map[string]string{"taken.md": "taken"})
	here := openPlace(t, v, ".")
	// A rename or a link of a file that is not there fails as one on a file
	// system without them does: for another reason than the target.
	if err := here.publish("missing.tmp", Change{Path: "a.md", New: []byte("new")}); err != nil || readFile(t, v, "a.md") != "new" {
		t.Errorf("error %v", err)
	}
	if err := here.publish("missing.tmp", Change{Path: "taken.md", New: []byte("new")}); err == nil || readFile(t, v, "taken.md") != "taken" {
		t.Errorf("a file is replaced, error %v", err)
	}
}

func TestRenameNew(t *testing.T) {
	v := openFiles(t, map[string]string{"a/from.tmp": "new", "a/taken.md": "taken"})
	here := openPlace(t, v, "a")
	err := renameIn(here.handle, "from.tmp", "taken.md")
	if errors.Is(err, errors.ErrUnsupported) {
		return // neither this system
	}
	if !errors.Is(err, fs.ErrExist) || readFile(t, v, "a/taken.md") != "taken" || readFile(t, v, "a/from.tmp") != "new" {
		t.Errorf("a file is replaced, error %v", err)
	}
	if err := renameIn(here.handle, "from.tmp", "to.md"); err != nil || readFile(t, v, "a/to.md") != "new" {
		t.Errorf("error %v", err)
	}
}

func TestSyncMayBeUnsupported(t *testing.T) {
	for err, want := range map[error]bool{
		syscall.ENOTSUP: true, syscall.ENOTTY: true, syscall.EINVAL: true, syscall.EIO: false, syscall.ENOSPC: false,
	} {
		if got := unsupported(&os.PathError{Op: "sync", Path: "a.md", Err: err}); got != want {
			t.Errorf("%v: %t", err, got)
		}
	}
}

func TestProblemsTellTheSystemsReasonOnly(t *testing.T) {
	for _, err := range []error{
		&os.PathError{Op: "open", Path: "/secret/a.md", Err: syscall.ENOSPC},
		errors.Join(&os.LinkError{Op: "link", Old: "/secret/a", New: "/secret/b", Err: syscall.ENOSPC}),
	} {
		p := writeProblem("a.md", err)
		if p.Code != "unwritable" || p.Message != "cannot be written: "+syscall.ENOSPC.Error() {
			t.Errorf("the problem is %+v", p)
		}
	}
}

func TestApplyToAVaultThatIsGone(t *testing.T) {
	v := openFiles(t, nil)
	if err := os.Remove(v.Dir()); err != nil {
		t.Fatal(err)
	}
	problems := Apply(v, []Change{{Path: "a.md", Status: Created}})
	if len(problems) != 1 || problems[0].Code != "unreadable" {
		t.Errorf("problems: %v", problems)
	}
}
