package vault_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/synth-vault/synth/vault"
)

func ExampleVault() {
	v, remove := makeVault("Smith.md", "")
	defer remove()
	_, found := v.Note("Jones.md")
	fmt.Println(len(v.Notes()), found)
	// Output: 1 false
}

func ExampleVault_Dir() {
	v, remove := makeVault("Smith.md", "")
	defer remove()
	_, err := os.Stat(v.Dir() + "/Smith.md")
	fmt.Println(err)
	// Output: <nil>
}

func ExampleVault_Notes() {
	v, remove := makeVault("b.md", "", "a.md", "", "figure.png", "")
	defer remove()
	for _, n := range v.Notes() {
		fmt.Println(n.Path())
	}
	// Output:
	// a.md
	// b.md
}

func ExampleVault_Interrupted() {
	v, remove := makeVault("Smith.md", "")
	defer remove()
	fmt.Println(v.Interrupted())
	// Output: false
}

func ExampleOptions() {
	v, remove := makeVault("Archive/Old.md", "", "Smith.md", "")
	defer remove()
	v, _ = vault.Open(v.Dir(), vault.Options{Ignore: []string{"Archive"}, Index: true})
	fmt.Println(len(v.Notes()))
	// Output: 1
}

func ExampleNote() {
	n := vault.NewNote("Smith.md", []byte("---\ncode: smith\n---\n# Smith\n"))
	code, _ := n.Property("code")
	body, _ := n.Body()
	fmt.Printf("%s %q\n", code.Text(), body)
	// Output: smith "# Smith\n"
}

func ExampleNote_Path() {
	fmt.Println(vault.NewNote("Clients/Smith.md", nil).Path())
	// Output: Clients/Smith.md
}

func ExampleNote_Name() {
	fmt.Println(vault.NewNote("Clients/Smith.md", nil).Name())
	// Output: Smith
}

func ExampleNote_Folder() {
	fmt.Println(vault.NewNote("Clients/Smith.md", nil).Folder())
	// Output: Clients
}

func ExampleNote_Head() {
	n := vault.NewNote("Smith.md", []byte("---\ncode: smith # ours\n---\n# Smith\n"))
	fmt.Printf("%q\n", n.Head())
	// Output: "code: smith # ours\n"
}

func ExampleProperty() {
	n := vault.NewNote("Smith.md", []byte("---\ntags: [a, b]\n---\n"))
	tags, _ := n.Property("tags")
	fmt.Println(tags.List, len(tags.Values), tags.Line)
	// Output: true 2 2
}

func ExampleValue() {
	n := vault.NewNote("Smith.md", []byte("---\na: 010\nb: \"010\"\n---\n"))
	for _, name := range []string{"a", "b"} {
		p, _ := n.Property(name)
		fmt.Println(p.Values[0].Text, p.Values[0].Plain)
	}
	// Output:
	// 010 true
	// 010 false
}

func ExampleIsConflictCopy() {
	fmt.Println(vault.IsConflictCopy("Plan (Conflicted copy phone 202601021530).png"), vault.IsConflictCopy("Conflicts at work.md"))
	// Output: true false
}

func ExampleProblem() {
	p := vault.Problem{Path: "Smith.md", Line: 3, Severity: vault.Warning, Code: "link_broken", Message: "nothing is there"}
	fmt.Println(p.Severity, p.Code, p.Line)
	// Output: warning link_broken 3
}

func ExampleProblem_Error() {
	fmt.Println(vault.Problem{Path: "Smith.md", Line: 3, Column: 5, Message: "nothing is there"}.Error())
	// Output: Smith.md:3:5: nothing is there
}

func ExampleSeverity() {
	fmt.Println(vault.Error, vault.Warning)
	// Output: error warning
}

func ExampleHeadError_Error() {
	_, err := vault.NewNote("Smith.md", []byte("---\nclient: [[Smith]]\n---\n")).Properties()
	fmt.Println(err)
	// Output: Smith.md:2:10: property "client" holds a list within its value
}

func ExampleDraft() {
	d := vault.Draft{
		Path:       "Summary.md",
		Properties: []vault.Property{{Name: "synth_seal", Values: []vault.Value{{Text: "answers:1"}}}},
		Regions:    []vault.Region{{ID: "summary", Text: "All is well."}},
	}
	fmt.Println(strings.Contains(string(d.Bytes()), "All is well."))
	// Output: true
}

func ExampleRegion() {
	d := summary("All is well.")
	d.Regions = append(d.Regions, vault.Region{ID: "next", Text: "Nothing to do."})
	standing, _ := vault.NewNote("Summary.md", d.Bytes()).Regions()
	for _, r := range standing {
		fmt.Println(r.ID, r.Edited)
	}
	// Output:
	// summary false
	// next false
}

func ExampleChange() {
	v, remove := makeVault()
	defer remove()
	c := vault.Diff(v, []vault.Draft{summary("All is well.")})[0]
	fmt.Println(c.Path, c.Status, c.Old == nil, len(c.New) > 0)
	// Output: Summary.md created true true
}

func ExampleStatus() {
	v, remove := makeVault("Summary.md", string(summary("All is well.").Bytes()))
	defer remove()
	c := vault.Diff(v, []vault.Draft{summary("All is better.")})[0]
	fmt.Println(c.Status, c.Status == vault.Updated)
	// Output: updated true
}

func ExampleSession() {
	v, remove := makeVault()
	defer remove()
	s, problems := vault.Begin(v, vault.DefaultKeep)
	problems = append(problems, s.Apply("lac", vault.Diff(v, []vault.Draft{summary("All is well.")}))...)
	problems = append(problems, s.Close()...)
	fmt.Println(len(problems))
	// Output: 0
}

func ExampleSession_Apply() {
	v, remove := makeVault()
	defer remove()
	s, _ := vault.Begin(v, vault.DefaultKeep)
	defer s.Close()
	fmt.Println(len(s.Apply("lac", vault.Diff(v, []vault.Draft{summary("All is well.")}))))
	_, err := os.Stat(v.Dir() + "/Summary.md")
	fmt.Println(err)
	// Output:
	// 0
	// <nil>
}

func ExampleSession_Close() {
	v, remove := makeVault()
	defer remove()
	s, _ := vault.Begin(v, vault.DefaultKeep)
	s.Close()
	s, problems := vault.Begin(v, vault.DefaultKeep) // the vault is free again
	fmt.Println(len(problems), len(s.Close()))
	// Output: 0 0
}

func ExampleOutcome() {
	fmt.Println(vault.Restored, vault.Removed)
	// Output: restored removed
}

func ExampleUndone() {
	u := vault.Undone{Path: "Summary.md", Outcome: vault.Restored}
	fmt.Println(u.Path, u.Outcome)
	// Output: Summary.md restored
}

func ExamplePurged() {
	p := vault.Purged{Entries: 2, Notes: []string{"Summary.md"}}
	fmt.Println(p.Entries, p.Notes)
	// Output: 2 [Summary.md]
}

func ExampleSplitTask() {
	words, fields := vault.SplitTask("Test a restore 🔼 📅 2026-05-01")
	fmt.Printf("%q %q\n", words, fields)
	// Output: "Test a restore" "🔼 📅 2026-05-01"
}

func ExampleReceived() {
	fmt.Println(vault.Received("[[Secret]] & <b>"))
	// Output: \[\[Secret\]\] \& \<b\>
}

func ExampleUntrusted() {
	answer := vault.Received("yes, *all*")
	fmt.Println(answer, vault.Raw(answer) == "yes, *all*")
	// Output: yes, \*all\* true
}

func ExampleUntrusted_Format() {
	fmt.Printf("%s and %v and %q\n", vault.Received("#a"), vault.Received("#b"), vault.Received("#c"))
	// Output: \#a and \#b and "\\#c"
}

func ExampleName() {
	var none vault.Name
	name, _ := vault.NewName(vault.Received("Anne-Marie"))
	fmt.Println(none == vault.Name{}, vault.PlainName(name))
	// Output: true Anne-Marie
}

func ExampleName_String() {
	name, _ := vault.NewName(vault.Received("Anne-Marie"))
	fmt.Println(name.String())
	// Output: Anne\-Marie
}

func ExampleName_Format() {
	name, _ := vault.NewName(vault.Received("Anne-Marie"))
	fmt.Printf("%v\n", name)
	// Output: Anne\-Marie
}

func ExampleName_LogValue() {
	name, _ := vault.NewName(vault.Received("Anne"))
	fmt.Println(name.LogValue())
	// Output: [bytes=4]
}

func ExamplePlainName() {
	name, _ := vault.NewName(vault.Received(" Anne-Marie "))
	fmt.Println(vault.PlainName(name))
	// Output: Anne-Marie
}
