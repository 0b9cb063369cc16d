package vault_test

import (
	"fmt"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// doubted is a generated note whose text a person has changed, compared with its draft.
func doubted() vault.Inspection {
	draft := summary("All is well.")
	return vault.Inspect([]byte(strings.Replace(string(draft.Bytes()), "All is well.", "I doubt it.", 1)), draft)
}

func ExampleInspection() {
	i := doubted()
	fmt.Println(i.Exact, len(i.Deviations), len(i.Damaged))
	// Output: false 1 0
}

func ExampleDeviation() {
	d := doubted().Deviations[0]
	fmt.Println(d.Verdict, d.Region, d.Found)
	// Output: edited summary I doubt it.
}

func ExampleDeviation_Unified() {
	fmt.Printf("%s", doubted().Deviations[0].Unified("Summary.md"))
	// Output:
	// diff a/Summary.md#summary b/Summary.md#summary
	// --- a/Summary.md#summary
	// +++ b/Summary.md#summary
	// @@ -1,1 +1,1 @@
	// -All is well.
	// +I doubt it.
}

func ExampleVerdict() {
	fmt.Println(doubted().Deviations[0].Verdict == vault.Edited)
	// Output: true
}

func ExampleVerdict_Own() {
	fmt.Println(vault.Ticked.Own(), vault.Edited.Own())
	// Output: true false
}
