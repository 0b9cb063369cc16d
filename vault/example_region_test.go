package vault_test

import (
	"fmt"
	"strings"

	"github.com/synth-vault/synth/vault"
)

func ExampleNote_Regions() {
	text := string(summary("All is well.").Bytes())
	v, remove := makeVault("Summary.md", strings.Replace(text, "All is well.", "All is better.", 1))
	defer remove()

	n, _ := v.Note("Summary.md")
	regions, err := n.Regions()
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range regions {
		fmt.Println(r.ID, r.Edited, r.First, r.Last)
	}
	// Output:
	// summary true 7 9
}

func ExampleNote_Review() {
	text := string(summary("All is well.").Bytes())
	v, remove := makeVault("Summary.md", strings.Replace(text, "%% synth:end summary %%\n", "", 1))
	defer remove()

	n, _ := v.Note("Summary.md")
	problems, err := n.Review()
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range problems {
		fmt.Println(p.Code, p)
	}
	// Output:
	// broken_markers Summary.md:11: the list of regions stands within region "summary"
	// broken_markers Summary.md:12: region "summary" is not closed
}

func ExampleStanding() {
	r := vault.Standing{ID: "summary", Edited: true, First: 7, Last: 9}
	fmt.Println(r.ID, r.Last-r.First+1)
	// Output:
	// summary 3
}

// A region that a person has edited stays, and the new text is proposed below
// it.
func ExampleDiff_edited() {
	text := string(summary("All is well.").Bytes())
	v, remove := makeVault("Summary.md", strings.Replace(text, "All is well.", "I am not so sure.", 1))
	defer remove()

	draft := summary("All is better.")
	draft.Proposal = "Update proposed"
	change := vault.Diff(v, []vault.Draft{draft})[0]
	fmt.Println(change.Status)
	for _, p := range change.Problems {
		fmt.Println(p.Error())
	}
	_, body, _ := strings.Cut(string(change.New), "---\n\n")
	fmt.Print(body)
	// Output:
	// conflict
	// Summary.md:12: region "summary" was edited by hand, so its new text is proposed below it
	// %% synth:begin summary 99d5f433c10f7dc6 %%
	//
	// I am not so sure.
	//
	// %% synth:end summary %%
	//
	// %% synth:begin summary.propose ddc924716ca20d9d %%
	//
	// > [!question]- Update proposed
	// > All is better.
	//
	// %% synth:end summary.propose %%
	//
	// %% synth:regions summary %%
}

func ExampleInspect() {
	text := strings.Replace(string(summary("All is well.").Bytes()), "well", "better", 1)

	in := vault.Inspect([]byte(text), summary("All is well."))
	fmt.Println(in.Exact, in.Holds())
	for _, d := range in.Deviations {
		fmt.Println(d.Verdict, d.Region, d.Line)
		fmt.Print(string(d.Unified("Summary.md")))
	}
	// Output:
	// false false
	// edited summary 7
	// diff a/Summary.md#summary b/Summary.md#summary
	// --- a/Summary.md#summary
	// +++ b/Summary.md#summary
	// @@ -1,1 +1,1 @@
	// -All is well.
	// +All is better.
}

// What a person adds beside the generated parts is his own.
func ExampleInspection_Holds() {
	text := string(summary("All is well.").Bytes()) + "My own line.\n"

	in := vault.Inspect([]byte(text), summary("All is well."))
	fmt.Println(in.Exact, in.Holds(), in.Deviations[0].Verdict.Own())
	// Output:
	// false true true
}
