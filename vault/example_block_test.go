package vault_test

import (
	"fmt"

	"github.com/synth-vault/synth/vault"
)

func ExampleNote_Blocks() {
	v, remove := makeVault("Answers.md", `# Mail

### How are results sent? %% one answer %%

- [x] By encrypted mail
- [ ] By post

^results
`)
	defer remove()
	note, _ := v.Note("Answers.md")
	blocks, err := note.Blocks()
	if err != nil {
		fmt.Println(err)
	}
	for _, b := range blocks {
		fmt.Printf("line %d: level %d, mark %q, text %q, id %q\n", b.Line, b.Level, b.Mark, b.Text, b.ID)
	}
	// Output:
	// line 1: level 1, mark "", text "Mail", id ""
	// line 3: level 3, mark "", text "How are results sent?", id ""
	// line 5: level 1, mark "x", text "By encrypted mail", id ""
	// line 6: level 1, mark " ", text "By post", id ""
	// line 8: level 0, mark "", text "", id "results"
}

func ExampleNote_Named() {
	v, remove := makeVault("Plan.md", `# Plan

- [x] Write to the insurer ^act-insurer
  - by letter
- [ ] Buy a shredder ^act-shredder
`)
	defer remove()
	note, _ := v.Note("Plan.md")
	blocks, err := note.Named()
	if err != nil {
		fmt.Println(err)
	}
	for _, b := range blocks {
		fmt.Printf("line %d: mark %q, text %q, id %q\n", b.Line, b.Mark, b.Text, b.ID)
	}
	// Output:
	// line 3: mark "x", text "Write to the insurer", id "act-insurer"
	// line 5: mark " ", text "Buy a shredder", id "act-shredder"
}

func ExampleBlock() {
	v, remove := makeVault("Answers.md", "> all \\*good\\*\n> > as before\n")
	defer remove()
	note, _ := v.Note("Answers.md")
	blocks, _ := note.Blocks()
	fmt.Println(blocks[0].Text)
	// Output:
	// all \*good\*
	// > as before
}

func ExampleBlockKind() {
	v, remove := makeVault("Review.md", "# Done\n\n- [x] one\n- [-] two\n- three\n")
	defer remove()
	note, _ := v.Note("Review.md")
	blocks, _ := note.Blocks()
	tasks := 0
	for _, b := range blocks {
		if b.Kind == vault.Item && b.Mark != "" {
			tasks++
		}
	}
	fmt.Println(tasks, "tasks")
	// Output: 2 tasks
}
