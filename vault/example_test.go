package vault_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// makeVault makes a vault of notes by their paths, in a temporary folder that
// remove deletes. The paths and texts alternate.
func makeVault(pathsAndTexts ...string) (v *vault.Vault, remove func()) {
	dir, err := os.MkdirTemp("", "vault")
	if err != nil {
		panic(err)
	}
	for i := 0; i < len(pathsAndTexts); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(pathsAndTexts[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			panic(err)
		}
		if err := os.WriteFile(name, []byte(pathsAndTexts[i+1]), 0o600); err != nil {
			panic(err)
		}
	}
	v, err = vault.Open(dir, vault.Options{})
	if err != nil {
		panic(err)
	}
	return v, func() { _ = os.RemoveAll(dir) }
}

func ExampleOpen() {
	v, remove := makeVault("Clients/Smith.md", "", "Archive/Old.md", "", ".trash/Gone.md", "")
	defer remove()

	v, err := vault.Open(v.Dir(), vault.Options{Ignore: []string{"Archive/"}})
	if err != nil {
		fmt.Println(err)
	}
	for _, n := range v.Notes() {
		fmt.Println(n.Path())
	}
	// Output:
	// Clients/Smith.md
}

func ExampleVault_Note() {
	v, remove := makeVault("Clients/Smith.md", "")
	defer remove()

	n, found := v.Note("Clients/Smith.md")
	fmt.Println(found, n.Folder(), n.Name())
	// Output:
	// true Clients Smith
}

func ExampleVault_Files() {
	v, remove := makeVault("Smith.md", "", "Contracts/Rent.pdf", "")
	defer remove()

	fmt.Println(v.Files())
	// Output:
	// [Contracts/Rent.pdf]
}

func ExampleVault_Problems() {
	v, remove := makeVault("Smith.md", "", "Smith (Conflicted copy laptop 202601021530).md", "")
	defer remove()

	for _, p := range v.Problems() {
		fmt.Println(p.Severity, p.Code)
		fmt.Println(p)
	}
	// Output:
	// warning conflict_copy
	// Smith (Conflicted copy laptop 202601021530).md: a sync service's conflict copy is not read
}

func ExampleNote_Properties() {
	v, remove := makeVault("Smith.md", "---\ntitle: \"Smith\"\ncode: 007\ntags:\n  - a\n  - b\n---\n")
	defer remove()

	n, _ := v.Note("Smith.md")
	properties, err := n.Properties()
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range properties {
		fmt.Print(p.Line, " ", p.Name)
		for _, value := range p.Values {
			fmt.Printf(" %q", value.Text)
		}
		fmt.Println()
	}
	// Output:
	// 2 title "Smith"
	// 3 code "007"
	// 4 tags "a" "b"
}

func ExampleHeadError() {
	v, remove := makeVault("Smith.md", "---\ntitle: Smith\nclient: [[Smith]]\n---\n")
	defer remove()

	n, _ := v.Note("Smith.md")
	_, err := n.Properties()
	for _, p := range err.(*vault.HeadError).Problems {
		fmt.Println(p)
		fmt.Println("hint:", p.Hint)
	}
	// Output:
	// Smith.md:3:10: property "client" holds a list within its value
	// hint: put a link in quotes: "[[Note]]"
}

func ExampleNote_Property() {
	v, remove := makeVault("Smith.md", "---\ncategory: client\n---\n")
	defer remove()

	n, _ := v.Note("Smith.md")
	p, found := n.Property("category")
	fmt.Println(found, p.Text())
	_, found = n.Property("title")
	fmt.Println(found)
	// Output:
	// true client
	// false
}

func ExampleProperty_Text() {
	p := vault.Property{Name: "title", Values: []vault.Value{{Text: "Smith"}}}
	fmt.Println(p.Text())
	// Output:
	// Smith
}

func ExampleNote_IsTemplate() {
	v, remove := makeVault("Template.md", "---\ntitle: {{title}}\n---\n")
	defer remove()

	n, _ := v.Note("Template.md")
	fmt.Printf("%q %t\n", n.Head(), n.IsTemplate())
	// Output:
	// "title: {{title}}\n" true
}

func ExampleNote_Bytes() {
	v, remove := makeVault("Smith.md", "Text.\n")
	defer remove()

	n, _ := v.Note("Smith.md")
	data, err := n.Bytes()
	fmt.Printf("%q %v\n", data, err)
	// Output:
	// "Text.\n" <nil>
}

func ExampleNote_Text() {
	v, remove := makeVault("Smith.md", "Text.\n")
	defer remove()

	n, _ := v.Note("Smith.md")
	text, err := n.Text()
	fmt.Printf("%q %v\n", text, err)
	// Output:
	// "Text.\n" <nil>
}

func ExampleSortProblems() {
	problems := []vault.Problem{
		{Path: "b.md", Message: "first"},
		{Path: "a.md", Line: 10, Message: "second"},
		{Path: "a.md", Line: 9, Column: 2, Message: "third"},
	}
	vault.SortProblems(problems)
	for _, p := range problems {
		fmt.Println(p.Error())
	}
	// Output:
	// a.md:9:2: third
	// a.md:10: second
	// b.md: first
}

func ExampleUntrusted_Quote() {
	answer := vault.Received("See [[Secret]]\r\n\r\n<% tp.system.clipboard() %>")
	fmt.Println(answer.Quote())
	// Output:
	// > See \[\[Secret\]\]
	// >
	// > \<\% tp\.system\.clipboard\(\) \%\>
}

func ExampleUntrusted_String() {
	answer := vault.Received("# one\ntwo")
	fmt.Println(answer)
	// Output:
	// \# one two
}

func ExampleUntrusted_IsZero() {
	fmt.Println(vault.Received(" \n").IsZero())
	// Output:
	// true
}

func ExampleUntrusted_LogValue() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	log.Info("received", "answer", vault.Received("a secret"))
	// Output:
	// level=INFO msg=received answer.bytes=8
}

func ExampleRaw() {
	fmt.Println(vault.Raw(vault.Received("*as received*")))
	// Output:
	// *as received*
}

func ExampleUnescape() {
	quote := vault.Received("1. First").Quote()
	answer := vault.Unescape(strings.TrimPrefix(quote, "> "))
	fmt.Println(quote)
	fmt.Println(vault.Raw(answer))
	// Output:
	// > 1\. First
	// 1. First
}

func ExampleNewName() {
	name, ok := vault.NewName(vault.Received(" Anne-Marie "))
	fmt.Println(ok, vault.PlainName(name), name)
	_, ok = vault.NewName(vault.Received("[[Secret]]"))
	fmt.Println(ok)
	// Output:
	// true Anne-Marie Anne\-Marie
	// false
}

func ExampleEscape() {
	fmt.Println(vault.Escape("Rule #1: save_as"))
	// Output:
	// Rule \#1: save\_as
}

func ExampleFileName() {
	fmt.Println(vault.FileName("🖥️ Access: who/what?"))
	// Output:
	// 🖥 Access who-what
}

func ExamplePortable() {
	fmt.Println(vault.Portable("Clients/Smith.md"))
	fmt.Println(vault.Portable("Clients/aux.md"))
	// Output:
	// <nil>
	// "aux.md" is the name of a device on Windows
}

func ExampleDraft_Bytes() {
	draft := vault.Draft{
		Path: "Summary.md",
		Properties: []vault.Property{
			{Name: "date", Values: []vault.Value{{Text: "2026-01-02", Plain: true}}},
			{Name: "synth_seal", Values: []vault.Value{{Text: "answers:1"}}},
		},
		Regions: []vault.Region{{ID: "summary", Text: "All is well."}},
	}
	fmt.Printf("%s", draft.Bytes())
	// Output:
	// ---
	// date: 2026-01-02
	// synth_seal: "answers:1"
	// synth_head:
	//   - "date:39b6f2c4"
	// ---
	//
	// %% synth:begin summary 8ec321e3fda08707 %%
	//
	// All is well.
	//
	// %% synth:end summary %%
	//
	// %% synth:regions summary %%
}

// summary is a small generated note.
func summary(text string) vault.Draft {
	return vault.Draft{
		Path:       "Summary.md",
		Properties: []vault.Property{{Name: "synth_seal", Values: []vault.Value{{Text: "answers:1"}}}},
		Regions:    []vault.Region{{ID: "summary", Text: text}},
	}
}

func ExampleDiff() {
	v, remove := makeVault("Mine.md", "My own.\n", "Summary.md", string(summary("All is well.").Bytes()))
	defer remove()

	mine, fresh := summary("All is well."), summary("All is well.")
	mine.Path, fresh.Path = "Mine.md", "New.md"
	for _, change := range vault.Diff(v, []vault.Draft{summary("All is better."), mine, fresh}) {
		fmt.Println(change.Path, change.Status)
		for _, p := range change.Problems {
			fmt.Println(" ", p.Message)
		}
	}
	// Output:
	// Mine.md refused
	//   the note was not generated, so it is left alone
	// New.md created
	// Summary.md updated
}

func ExampleChange_Unified() {
	change := vault.Change{Path: "a.md", Status: vault.Updated, Old: []byte("old\n"), New: []byte("new\n")}
	fmt.Printf("%s", change.Unified())
	// Output:
	// diff a/a.md b/a.md
	// --- a/a.md
	// +++ b/a.md
	// @@ -1,1 +1,1 @@
	// -old
	// +new
}

func ExampleApply() {
	v, remove := makeVault()
	defer remove()

	drafts := []vault.Draft{summary("All is well.")}
	fmt.Println(vault.Diff(v, drafts)[0].Status)
	for _, p := range vault.Apply(v, vault.Diff(v, drafts)) {
		fmt.Println(p)
	}
	fmt.Println(vault.Diff(v, drafts)[0].Status)
	// Output:
	// created
	// unchanged
}

func ExampleNewNote() {
	n := vault.NewNote("Clients/Nord.md", []byte("---\ncode: nord\n---\n\n- [x] Called\n"))
	code, _ := n.Property("code")
	blocks, _ := n.Blocks()
	fmt.Println(n.Name(), code.Text(), blocks[0].Mark, blocks[0].Line)
	// Output:
	// Nord nord x 5
}

func ExampleNote_Body() {
	v, remove := makeVault("Acme.md", "---\ncity: Bern\n---\nA practice.\n")
	defer remove()
	note, _ := v.Note("Acme.md")
	body, err := note.Body()
	fmt.Printf("%q %v\n", body, err)
	// Output: "A practice.\n" <nil>
}
