package vault_test

import (
	"fmt"

	"github.com/synth-vault/synth/vault"
)

func ExampleParseLink() {
	link, ok := vault.ParseLink("[[Backup#^restore-test|last test]]")
	fmt.Println(link.Target, link.Subpath, link.Shown, ok)

	_, ok = vault.ParseLink("see [[Backup]]")
	fmt.Println(ok)
	// Output:
	// Backup ^restore-test last test true
	// false
}

func ExampleParseDestination() {
	link, ok := vault.ParseDestination("Clients/C%23.md#Some%20heading")
	fmt.Printf("%s, %s, %t\n", link.Target, link.Subpath, ok)

	_, ok = vault.ParseDestination("https://example.org")
	fmt.Println(ok)
	// Output:
	// Clients/C#.md, Some heading, true
	// false
}

func ExampleLink() {
	v, remove := makeVault(
		"Clients/Acme.md", "",
		"Clients/Review.md", "",
	)
	defer remove()
	// A link that was made rather than read needs its target only.
	fmt.Println(v.Resolve("Clients/Review.md", vault.Link{Target: "acme"}).Path)
	// Output: Clients/Acme.md
}

func ExampleNote_Links() {
	v, remove := makeVault(
		"Review.md", "---\nclient: \"[[Acme]]\"\n---\nSee [[Backup#Tests|the tests]] and ![[plan.png]], not `[[this]]`.\n",
	)
	defer remove()
	note, _ := v.Note("Review.md")
	links, err := note.Links()
	if err != nil {
		fmt.Println(err)
	}
	for _, l := range links {
		fmt.Printf("%d:%d target %q subpath %q embed %v\n", l.Line, l.Column, l.Target, l.Subpath, l.Embed)
	}
	// Output:
	// 2:9 target "Acme" subpath "" embed false
	// 4:5 target "Backup" subpath "Tests" embed false
	// 4:36 target "plan.png" subpath "" embed true
}

func ExampleVault_LinkTo() {
	v, remove := makeVault(
		"Acme/Answers.md", "",
		"Acme/Review.md", "",
		"Bravo/Answers.md", "",
	)
	defer remove()
	fmt.Println(v.LinkTo("Acme/Answers.md", "Acme/Review.md", "", "the review"))
	fmt.Println(v.LinkTo("Acme/Review.md", "Acme/Answers.md", "^backup", "↗"))
	fmt.Println(v.LinkTo("Acme/Review.md", "Acme/Review.md", "^backup", ""))
	// Output:
	// [[Review|the review]]
	// [[Acme/Answers#^backup|↗]]
	// [[#^backup]]
}

// relativeMarkdown is what Obsidian's app.json holds of a user who has chosen so.
const relativeMarkdown = `{"newLinkFormat": "relative", "useMarkdownLinks": true, "userIgnoreFilters": ["Archive/"]}`

func ExampleVault_LinkTo_settings() {
	v, remove := makeVault(
		".obsidian/app.json", relativeMarkdown,
		"Acme/My review.md", "",
	)
	defer remove()
	fmt.Println(v.LinkTo("Bravo/Index.md", "Acme/My review.md", "^backup", "the review"))
	// Output: [the review](../Acme/My%20review.md#^backup)
}

func ExampleVault_WikilinkTo() {
	v, remove := makeVault(
		".obsidian/app.json", relativeMarkdown,
		"Acme/My review.md", "",
	)
	defer remove()
	fmt.Println(v.WikilinkTo("Bravo/Index.md", "Acme/My review.md", "^backup", "the review"))
	// Output: [[Acme/My review#^backup|the review]]
}

func ExampleVault_EmbedTo() {
	v, remove := makeVault("files/Plan.png", "")
	defer remove()
	fmt.Println(v.EmbedTo("Index.md", "files/Plan.png", "", "640x480"))
	// Output: ![[Plan.png|640x480]]
}

func ExampleVault_Excluded() {
	v, remove := makeVault(
		".obsidian/app.json", relativeMarkdown,
		"Archive/Old.md", "",
	)
	defer remove()
	fmt.Println(v.Excluded("Archive/Old.md"), v.Resolve("Index.md", vault.Link{Target: "Old"}).Path)
	// Output: true Archive/Old.md
}

func ExampleConfigDir() {
	v, remove := makeVault(".obsidian-work/app.json", "{}", ".trash/Old.md", "")
	defer remove()
	fmt.Println(vault.ConfigDir(v.Dir()))
	fmt.Println(vault.TypesFile(v.Dir()))
	// Output:
	// .obsidian-work true
	// .obsidian-work/types.json
}

func ExampleTypesFile() {
	v, remove := makeVault("Index.md", "")
	defer remove()
	fmt.Println(vault.TypesFile(v.Dir())) // where Obsidian would make it
	// Output: .obsidian/types.json
}

func ExampleVault_Resolve() {
	v, remove := makeVault(
		"Acme/Answers.md", "",
		"Acme/Review.md", "",
		"Bravo/Answers.md", "",
		"Zeta/Answers.md", "",
	)
	defer remove()
	link := vault.Link{Target: "Answers"}
	fmt.Println(v.Resolve("Bravo/Notes.md", link).Path) // beside the note
	fmt.Println(v.Resolve("Notes.md", link).Path)       // the shortest path
	// Output:
	// Bravo/Answers.md
	// Acme/Answers.md
}

func ExampleResolution() {
	v, remove := makeVault(
		"Acme/Answers.md", "",
		"Zeta/Answers.md", "",
	)
	defer remove()
	r := v.Resolve("Notes.md", vault.Link{Target: "Answers"})
	fmt.Println(r.Path, r.Ambiguous)
	// Output: Acme/Answers.md [Zeta/Answers.md]
}

func ExampleVault_With() {
	v, remove := makeVault("Acme/Plan.md", "")
	defer remove()
	fmt.Println(v.LinkTo("Index.md", "Acme/Plan.md", "", ""))

	later := v.With("Bravo/Plan.md")
	fmt.Println(later.LinkTo("Index.md", "Acme/Plan.md", "", ""))
	// Output:
	// [[Plan]]
	// [[Acme/Plan]]
}

func ExampleVault_Free() {
	v, remove := makeVault("Acme/Plan.md", "")
	defer remove()
	fmt.Println(v.Free("Bravo/Plan.md"), v.Free("Bravo/plan.md"), v.Free("Bravo/Plan B.md"))
	// Output: false false true
}
