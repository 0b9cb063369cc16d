package vault_test

import (
	"fmt"
	"slices"

	"github.com/synth-vault/synth/vault"
)

func ExampleVault_Index() {
	v, remove := makeVault(
		"Acme.md", "# Acme\n\nSee [[Plan#Backup]] and [[Plan#Restore]].\n",
		"Plan.md", "# Plan\n\n## Backup\n",
	)
	defer remove()

	index := v.Index()
	for _, n := range v.Notes() {
		for _, link := range index.Outline(n.Path()).Links {
			to := v.Resolve(n.Path(), link).Path
			fmt.Println(to, link.Subpath, index.Outline(to).Has(link.Subpath))
		}
	}
	// Output:
	// Plan.md Backup true
	// Plan.md Restore false
}

func ExampleIndex() {
	v, remove := makeVault("Acme.md", "A practice. #client\n")
	defer remove()

	// The notes are read whole when the vault is opened, and once.
	v, err := vault.Open(v.Dir(), vault.Options{Index: true})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(v.Index().Outline("Acme.md").Tags)
	// Output:
	// [{client 1 13}]
}

func ExampleIndex_Outline() {
	v, remove := makeVault("Plan.md", "# Plan\n\nRestore a file. ^test\n")
	defer remove()

	o := v.Index().Outline("Plan.md")
	fmt.Println(o.Sections[0].Text, o.Anchors[0].Name)
	// Output:
	// Plan test
}

func ExampleIndex_Entry() {
	v, remove := makeVault("Acme.md", "See [[Plan]].\n", "Plan.md", "# Plan\n")
	defer remove()

	index := v.Index()
	for i, n := range v.Notes() {
		fmt.Println(n.Path(), index.Entry(i).Has("Plan"))
	}
	// Output:
	// Acme.md false
	// Plan.md true
}

func ExampleIndex_Follow() {
	v, remove := makeVault("Plan.md", "# Plan\n\n## Backup\n", "logo.png", "")
	defer remove()

	index := v.Index()
	for _, target := range []string{"plan", "logo.png", "nothing"} {
		to, entry, isNote := index.Follow("Plan.md", vault.Link{Target: target})
		fmt.Printf("%q %t %t\n", to.Path, isNote, entry.Has("Backup"))
	}
	// Output:
	// "Plan.md" true true
	// "logo.png" false false
	// "" false false
}

func ExampleEntry() {
	v, remove := makeVault("Plan.md", "---\naliases: [the plan]\n---\n\nSee [[Acme]].\n")
	defer remove()

	e := v.Index().Entry(0)
	fmt.Println(len(e.Problems()), slices.Collect(e.Aliases()), len(slices.Collect(e.Links())))
	// Output:
	// 0 [the plan] 1
}

func ExampleEntry_Links() {
	v, remove := makeVault("Acme.md", "See [[Plan#Backup]] and ![[logo.png|100]].\n")
	defer remove()

	for link := range v.Index().Entry(0).Links() {
		fmt.Println(link.Target, link.Subpath, link.Embed, link.Column)
	}
	// Output:
	// Plan Backup false 5
	// logo.png  true 25
}

func ExampleEntry_Aliases() {
	v, remove := makeVault("Plan.md", "---\naliases:\n  - the plan\n  - roadmap\n---\n")
	defer remove()

	for alias := range v.Index().Entry(0).Aliases() {
		fmt.Println(alias)
	}
	// Output:
	// the plan
	// roadmap
}

func ExampleEntry_Problems() {
	v, remove := makeVault("Plan.md", "---\na: [\n---\n# Plan\n")
	defer remove()

	e := v.Index().Entry(0)
	fmt.Println(e.Problems()[0].Code, e.Has("Plan"))
	// Output:
	// yaml_invalid true
}

func ExampleEntry_Has() {
	v, remove := makeVault("Plan.md", "# Plan\n\n## Backup: tests\n\nRestore a file. ^test\n")
	defer remove()

	e := v.Index().Entry(0)
	fmt.Println(e.Has("plan#Backup tests"), e.Has("^test"), e.Has("Tests"))
	// Output:
	// true true false
}

func ExampleIndex_Backlinks() {
	v, remove := makeVault("Acme.md", "See [[Plan]].\n", "Index.md", "- [[Acme]]\n- [[plan|the plan]]\n", "Plan.md", "")
	defer remove()

	for _, b := range v.Index().Backlinks("Plan.md") {
		fmt.Println(b.From, b.Link.Line)
	}
	// Output:
	// Acme.md 1
	// Index.md 2
}

func ExampleBacklink() {
	v, remove := makeVault("Index.md", "- [[Plan#^test|the test]]\n", "Plan.md", "")
	defer remove()

	b := v.Index().Backlinks("Plan.md")[0]
	fmt.Println(b.From, b.Link.Subpath, b.Link.Shown)
	// Output:
	// Index.md ^test the test
}

func ExampleNote_Outline() {
	n := vault.NewNote("Plan.md", []byte("---\ntags: [plan]\n---\n# Plan\n\n- Restore a file. ^test\n"))
	o := n.Outline()
	fmt.Println(o.Sections, o.Anchors, o.Tags, len(o.Problems))
	// Output:
	// [{1 Plan 4}] [{test 6 19}] [{plan 2 8}] 0
}

func ExampleOutline() {
	o := vault.NewNote("Plan.md", []byte("---\na: [\n---\n# Plan\n")).Outline()
	fmt.Println(len(o.Sections), len(o.Problems) > 0)
	// Output:
	// 1 true
}

func ExampleOutline_Has() {
	o := vault.NewNote("Plan.md", []byte("# Plan\n\n## Backup: tests\n\nRestore a file. ^test\n")).Outline()
	for _, subpath := range []string{"Plan#Backup tests", "backup tests", "Backup#Plan", "^test", "^other"} {
		fmt.Println(subpath, o.Has(subpath))
	}
	// Output:
	// Plan#Backup tests true
	// backup tests true
	// Backup#Plan false
	// ^test true
	// ^other false
}

func ExampleSection() {
	o := vault.NewNote("Plan.md", []byte("# Plan\n\n## Backup ^b\n")).Outline()
	for _, s := range o.Sections {
		fmt.Println(s.Level, s.Text, s.Line)
	}
	// Output:
	// 1 Plan 1
	// 2 Backup 3
}

func ExampleMark() {
	o := vault.NewNote("Plan.md", []byte("To do #plan/backup ^first\n")).Outline()
	fmt.Println(o.Tags[0].Name, o.Tags[0].Column)
	fmt.Println(o.Anchors[0].Name, o.Anchors[0].Column)
	// Output:
	// plan/backup 7
	// first 20
}

func ExampleNote_Fields() {
	n := vault.NewNote("Acme.md", []byte("Owner:: [[Smith]]\n\n- Backup [due:: 2026-05-01] (rating:: good)\n"))
	fields, err := n.Fields()
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range fields {
		fmt.Println(f.Line, f.Key, f.Value)
	}
	// Output:
	// 1 Owner [[Smith]]
	// 3 due 2026-05-01
	// 3 rating good
}

func ExampleField() {
	fields, _ := vault.NewNote("Acme.md", []byte("**Last visit**:: Monday\n")).Fields()
	fmt.Printf("%+v\n", fields[0])
	// Output:
	// {Key:Last visit Value:Monday Line:1}
}

func ExampleHeadingKey() {
	fmt.Println(vault.HeadingKey("Step 1: set-up (draft)"))
	fmt.Println(vault.HeadingKey("step 1 SET-UP draft"))
	// Output:
	// step 1 set-up draft
	// step 1 set-up draft
}
