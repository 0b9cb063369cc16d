package vault_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/synth-vault/synth/vault"
)

func ExampleSession_Undo() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	s.Apply("lac", vault.Diff(v, []vault.Draft{summary("All is well.")}))
	s.Close()

	s, _ = vault.Begin(v, vault.DefaultKeep)
	notes, _ := s.Undo()
	s.Close()
	for _, n := range notes {
		fmt.Println(n.Path, n.Outcome)
	}
	// Output:
	// Summary.md removed
}

func ExampleSession_Purge() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	s.Apply("lac", vault.Diff(v, []vault.Draft{summary("All is well.")}))
	s.Close()

	s, _ = vault.Begin(v, vault.DefaultKeep)
	purged, _ := s.Purge("lac", nil)
	notes, _ := s.Undo()
	s.Close()
	fmt.Println(purged.Entries, purged.Objects, len(notes))
	// Output:
	// 1 0 0
}

func ExampleSession_Swept() {
	v, remove := makeVault()
	defer remove()

	// As a run leaves it that was killed.
	if err := os.WriteFile(filepath.Join(v.Dir(), ".synth-0123456789abcdef.tmp"), nil, 0o600); err != nil {
		fmt.Println(err)
	}
	v, _ = vault.Open(v.Dir(), vault.Options{})
	fmt.Println(v.Interrupted())
	s, _ := vault.Begin(v, vault.DefaultKeep)
	fmt.Println(s.Swept())
	s.Close()
	// Output:
	// true
	// [.synth-0123456789abcdef.tmp]
}

func ExampleBegin() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	_, problems := vault.Begin(v, vault.DefaultKeep)
	fmt.Println(problems[0])
	fmt.Println(len(s.Close()))
	// Output:
	// another synth is writing to this vault
	// 0
}

func ExampleWithdraw() {
	v, remove := makeVault()
	defer remove()
	vault.Apply(v, vault.Diff(v, []vault.Draft{summary("All is well.")}))

	// A person edits the note; the next text is proposed beside his own.
	name := filepath.Join(v.Dir(), "Summary.md")
	text, _ := os.ReadFile(name)
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), "All is well.", "I doubt it.", 1)), 0o600); err != nil {
		fmt.Println(err)
	}
	vault.Apply(v, vault.Diff(v, []vault.Draft{summary("All is better.")}))

	v, _ = vault.Open(v.Dir(), vault.Options{})
	n, _ := v.Note("Summary.md")
	c := vault.Withdraw(n)
	fmt.Println(c.Status, strings.Contains(string(c.Old), "All is better."), strings.Contains(string(c.New), "All is better."))
	fmt.Println(strings.Contains(string(c.New), "I doubt it."))
	// Output:
	// updated true false
	// true
}
