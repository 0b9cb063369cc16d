package vault

import (
	"os"
	"path/filepath"
	"testing"
)

// A batch leaves alone what is there, whatever else it holds, and writes the rest.
func TestCreateAllNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "there.md"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, problems := Begin(v, DefaultKeep)
	if s == nil {
		t.Fatal(problems)
	}
	problems = s.CreateAll([]Owned{{"lac", []Change{
		{Path: "there.md", Status: Created, New: []byte("yours")},
		{Path: "new/a.md", Status: Created, New: []byte("a")},
		{Path: "../out.md", Status: Created, New: []byte("out")},
		{Path: "there.md", Status: Updated, Old: []byte("mine"), New: []byte("passed over")},
	}}})
	if len(problems) != 2 || problems[0].Path != "../out.md" || problems[1].Code != "changed_meanwhile" {
		t.Errorf("problems %v", problems)
	}
	if problems := s.Close(); len(problems) > 0 {
		t.Error(problems)
	}
	for name, want := range map[string]string{"there.md": "mine", "new/a.md": "a"} {
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
