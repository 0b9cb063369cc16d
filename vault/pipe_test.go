//go:build unix

package vault

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// layPipe puts a pipe in a vault, of which whoever opens it waits for ever.
func layPipe(t *testing.T, v *Vault, name string) {
	t.Helper()
	at := filepath.Join(v.Dir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(at, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAPipeIsNotWaitedFor(t *testing.T) {
	change := Change{Path: "a.md", Status: Updated, Old: []byte("old"), New: []byte("new")}
	v := openFiles(t, map[string]string{"a.md": "old"})
	layPipe(t, v, objectsFolder+"/"+hash(change.Old))
	if problems := Apply(v, []Change{change}); len(problems) > 0 || readFile(t, v, "a.md") != "new" {
		t.Errorf("an object: %v", problems)
	}
	layPipe(t, v, run{9, runDone}.path())
	s := begin(t, v.Dir())
	if _, problems := s.Undo(); len(problems) != 1 || problems[0].Code != "history_unwritable" {
		t.Errorf("a journal: %v", problems)
	}
	end(t, s)
	layPipe(t, v, inboxFolder+"/lac/received.jsonl")
	s = begin(t, v.Dir())
	if problems := s.Receive(map[string][]byte{"lac/received.jsonl": []byte("{}\n")}); len(problems) != 1 {
		t.Errorf("the inbox: %v", problems)
	}
	end(t, s)
}

// TestReceiveTouchesNothingElse lets a backup have the inbox's file by a hard
// link, and a client's folder there be a link to somebody's own.
func TestReceiveTouchesNothingElse(t *testing.T) {
	backup := filepath.Join(t.TempDir(), "received.jsonl")
	if err := os.WriteFile(backup, []byte("{1}"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := openFiles(t, map[string]string{"mine/received.jsonl": "mine", inboxFolder + "/lac/_": ""})
	inbox := filepath.Join(v.Dir(), filepath.FromSlash(inboxFolder))
	if err := os.Link(backup, filepath.Join(inbox, "lac", "received.jsonl")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../mine", filepath.Join(inbox, "nord")); err != nil {
		t.Fatal(err)
	}
	s := begin(t, v.Dir())
	problems := s.Receive(map[string][]byte{"lac/received.jsonl": []byte("{2}\n"), "nord/received.jsonl": []byte("{3}\n")})
	if len(problems) != 1 || problems[0].Path != inboxFolder+"/nord/received.jsonl" {
		t.Errorf("problems: %v", problems)
	}
	end(t, s)
	kept, err := os.ReadFile(backup)
	if err != nil || string(kept) != "{1}" || readFile(t, v, "mine/received.jsonl") != "mine" {
		t.Errorf("the backup holds %q, the other %q, error %v", kept, readFile(t, v, "mine/received.jsonl"), err)
	}
	if got := readFile(t, v, inboxFolder+"/lac/received.jsonl"); got != "{1}\n{2}\n" {
		t.Errorf("the inbox holds %q", got)
	}
}
