package vault_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/synth-vault/synth/vault"
)

func ExampleOwned() {
	note := vault.Change{Path: "Answers.md", Status: vault.Created, New: []byte("# Mail\n")}
	fmt.Println(vault.Owned{Owner: "lac", Changes: []vault.Change{note}}.Owner)
	// Output: lac
}

func ExampleSession_ApplyAll() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	problems := s.ApplyAll([]vault.Owned{
		{Owner: "lac", Changes: []vault.Change{{Path: "Clients/LAC/Mail.md", Status: vault.Created, New: []byte("# Mail\n")}}},
		{Owner: "ble", Changes: []vault.Change{{Path: "Clients/BLE/Mail.md", Status: vault.Created, New: []byte("# Mail\n")}}},
	})
	s.Close()
	v, _ = vault.Open(v.Dir(), vault.Options{})
	for _, n := range v.Notes() {
		fmt.Println(n.Path())
	}
	fmt.Println(problems)
	// Output:
	// Clients/BLE/Mail.md
	// Clients/LAC/Mail.md
	// []
}

func ExampleSession_Receive() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	s.Receive(map[string][]byte{"lac/received.jsonl": []byte("{\"answer\":1}\n")})
	s.Receive(map[string][]byte{"lac/received.jsonl": []byte("{\"answer\":2}\n")})
	s.Close()
	data, _ := os.ReadFile(filepath.Join(v.Dir(), ".synth", "inbox", "lac", "received.jsonl"))
	fmt.Printf("%s", data)
	// Output:
	// {"answer":1}
	// {"answer":2}
}

func ExampleSession_Retain() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	s.Receive(map[string][]byte{"_unfiled/lac.jsonl": []byte("{\"answer\":1}\n{\"answer\":2}\n")})
	s.Retain("_unfiled/lac.jsonl", []byte("{\"answer\":2}\n"))
	name := filepath.Join(v.Dir(), ".synth", "inbox", "_unfiled", "lac.jsonl")
	data, _ := os.ReadFile(name)
	fmt.Printf("%s", data)
	s.Retain("_unfiled/lac.jsonl", nil)
	s.Close()
	_, err := os.Stat(name)
	fmt.Println(os.IsNotExist(err))
	// Output:
	// {"answer":2}
	// true
}

func ExampleSession_PurgeUnfiled() {
	v, remove := makeVault()
	defer remove()

	s, _ := vault.Begin(v, vault.DefaultKeep)
	s.Receive(map[string][]byte{"_unfiled/_received.jsonl": []byte("{}\n"), "lac/received.jsonl": []byte("{}\n")})
	purged, _ := s.PurgeUnfiled()
	s.Close()
	fmt.Println(purged.Inbox)
	// Output:
	// [.synth/inbox/_unfiled/_received.jsonl]
}
