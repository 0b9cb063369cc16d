package vault_test

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/synth-vault/synth/vault"
)

func ExampleList() {
	v, remove := makeVault("Clients/Smith.md", "", "plan.png", "")
	defer remove()

	l, _ := vault.List(v.Dir())
	fmt.Println(l.Open(vault.Options{}).Files())
	// Output:
	// [plan.png]
}

func ExampleListing() {
	v, remove := makeVault()
	defer remove()

	// A listing is of the moment when it was made.
	l, _ := vault.List(v.Dir())
	_ = os.WriteFile(filepath.Join(v.Dir(), "Later.md"), nil, 0o600)
	_, found := l.Open(vault.Options{}).Note("Later.md")
	fmt.Println(found)
	// Output:
	// false
}

func ExampleListing_Open() {
	v, remove := makeVault("Clients/Smith.md", "", "Archive/Old.md", "")
	defer remove()

	l, _ := vault.List(v.Dir())
	all, some := l.Open(vault.Options{}), l.Open(vault.Options{Ignore: []string{"Archive"}})
	fmt.Println(len(all.Notes()) > len(some.Notes()))
	// Output:
	// true
}

// countNotes says how many notes a vault has, and looks into none if it said so before and nothing has changed.
func countNotes(dir string) string {
	c, err := vault.OpenCache(dir, vault.CacheOptions{Key: "count"})
	if err != nil {
		return err.Error()
	}
	defer c.Close()
	if answer, known := c.Answer(); known {
		return string(answer)
	}
	v := c.Listing().Open(vault.Options{})
	answer := fmt.Sprintf("%d notes", len(v.Notes()))
	c.Keep([]byte(answer))
	return answer
}

func ExampleCache() {
	v, remove := makeVault()
	defer remove()

	before := countNotes(v.Dir())
	_ = os.WriteFile(filepath.Join(v.Dir(), "Later.md"), nil, 0o600)
	fmt.Println(before == countNotes(v.Dir()))
	// Output:
	// false
}

func ExampleOpenCache() {
	_, err := vault.OpenCache("nowhere", vault.CacheOptions{})
	fmt.Println(err != nil)
	// Output:
	// true
}

func ExampleCacheOptions() {
	// What a program says depends on the program and its options, too.
	program, _ := os.Executable()
	o := vault.CacheOptions{Key: fmt.Sprintf("count %q", os.Args[1:]), Files: []string{program}}
	fmt.Println(len(o.Files))
	// Output:
	// 1
}

func ExampleCache_Listing() {
	v, remove := makeVault()
	defer remove()

	c, _ := vault.OpenCache(v.Dir(), vault.CacheOptions{})
	defer c.Close()
	fmt.Println(len(c.Listing().Open(vault.Options{}).Notes()) == len(v.Notes()))
	// Output:
	// true
}

func ExampleCache_Answer() {
	v, remove := makeVault()
	defer remove()

	c, _ := vault.OpenCache(v.Dir(), vault.CacheOptions{})
	defer c.Close()
	_, known := c.Answer()
	fmt.Println(known)
	// Output:
	// false
}

func ExampleCache_Include() {
	v, remove := makeVault(".rules/rules.yaml", "count: notes\n")
	defer remove()

	c, _ := vault.OpenCache(v.Dir(), vault.CacheOptions{})
	defer c.Close()
	c.Include(".rules") // which is hidden, so that nothing else looks at it
	rules, _ := os.ReadFile(filepath.Join(v.Dir(), ".rules", "rules.yaml"))
	c.Keep(rules)
	fmt.Print(string(rules))
	// Output:
	// count: notes
}

func ExampleCache_Keep() {
	v, remove := makeVault()
	defer remove()
	_ = os.Mkdir(filepath.Join(v.Dir(), ".synth"), 0o700)

	c, _ := vault.OpenCache(v.Dir(), vault.CacheOptions{Margin: 24 * time.Hour})
	defer c.Close()
	c.Keep([]byte("all is well")) // not yet: the vault was made today
	_, err := os.Stat(filepath.Join(v.Dir(), ".synth", "cache"))
	fmt.Println(os.IsNotExist(err))
	// Output:
	// true
}

func ExampleCache_Close() {
	v, remove := makeVault()
	defer remove()

	c, _ := vault.OpenCache(v.Dir(), vault.CacheOptions{})
	c.Close()
	fmt.Println(c.Listing() != nil)
	// Output:
	// true
}
