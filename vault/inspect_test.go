package vault

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// regexpHead finds the property synth_head.
var regexpHead = regexp.MustCompile(`(?m)^synth_head:\n(  - .*\n)+`)

// inspected is a draft of two regions, one of tasks, and three properties.
func inspected(first string) Draft {
	one := func(name, value string) Property { return Property{Name: name, Values: []Value{{Text: value}}} }
	return Draft{Path: "a.md",
		Properties: []Property{one("title", "A"), {Name: "tags", List: true, Values: []Value{{Text: "x"}, {Text: "y"}}},
			one("synth_score", "12"), one(sealProperty, "s")},
		Regions: []Region{{"first", first}, {"tasks", "- [ ] Do it ^act-do"}},
	}
}

func TestInspect(t *testing.T) {
	asIs := string(inspected("one\ntwo").Bytes())
	change := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(asIs) }
	begin, end, _ := strings.Cut(asIs, "%% synth:begin first")
	without := begin + end[strings.Index(end, "%% synth:begin tasks"):]
	today, other := inspected("one\ntwo"), inspected("one\nthree")
	more := inspected("one\ntwo")
	more.Regions = append(more.Regions, Region{"last", "new"})
	fewer := Draft{Path: "a.md", Properties: today.Properties[1:], Regions: today.Regions[1:]}
	tests := []struct {
		name, file string
		draft      Draft
		want       []string
		holds      bool
	}{
		{"as generated", asIs, today, nil, true},
		{"CRLF and a byte order mark", "\uFEFF" + strings.ReplaceAll(asIs, "\n", "\r\n"), today, nil, true},
		{"an edit", change("two", "2"), today, []string{"edited first:15 recomputed"}, false},
		{"an edit of what is out of date", change("two", "2"), other, []string{"edited first:15"}, false},
		{"an edit of what is not known", change("two", "2"), Draft{}, []string{"edited first:15"}, false},
		{"out of date", asIs, other, []string{"outdated first:15"}, false},
		{"a region taken away", without, today, []string{"removed first:0"}, false},
		{"a region more", asIs, more, []string{"absent last:0"}, false},
		{"a region and a property fewer", asIs, fewer, []string{"dropped title:2", "dropped first:15"}, false},
		{"a tick", change("- [ ] Do it", "- [x] Do it ✅ 2026-01-01"), today, []string{"ticked tasks:22"}, true},
		{"another action", change("Do it", "Do that"), today, []string{"edited tasks:22 recomputed"}, false},
		{"lines of one's own", asIs + "Mine.\n", today, []string{"beside :0"}, true},
		{"a property of one's own", change("\ntitle:", "\nmine: 1\ntitle:"), today, []string{"beside mine:2"}, true},
		{"quotes", change(`"A"`, "A"), today, []string{"layout :0"}, true},
		{"a title edited", change(`"A"`, "B"), today, []string{"edited title:2 recomputed"}, false},
		{"a tag added", change("\ntags:", "\ntags:\n  - z"), today, []string{"edited tags:3 recomputed"}, false},
		{"a title taken away", change("title: \"A\"\n", ""), today, []string{"removed title:0"}, false},
		{"a score edited", change(`"12"`, "100"), today, []string{"outdated synth_score:6"}, false},
		{"a score taken away", change("synth_score: \"12\"\n", ""), today, []string{"absent synth_score:0"}, false},
		{"no hashes", regexpHead.ReplaceAllString(asIs, ""), today, []string{"removed synth_head:0"}, false},
		{"a proposal", change("two", "2", "%% synth:end first %%\n", "%% synth:end first %%\n\n%% synth:begin first.propose "+digest("x", 16)+" %%\nx\n%% synth:end first.propose %%\n"),
			today, []string{"edited first:15 recomputed", "proposed first:22"}, false},
		{"a damaged marker", change("synth:end first", "synth:end firs"), today, nil, false},
		{"not generated", "Mine.\n", today, nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := Inspect([]byte(test.file), test.draft)
			var got []string
			for _, d := range in.Deviations {
				line := fmt.Sprintf("%s %s%s:%d", d.Verdict, d.Region, d.Name, d.Line)
				if d.Recomputed {
					line += " recomputed"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("deviations (-want +got):\n%s", diff)
			}
			if in.Holds() != test.holds || in.Exact != (test.holds && got == nil) {
				t.Errorf("holds %t, exact %t", in.Holds(), in.Exact)
			}
		})
	}
}

// A marker that was given the hash of the edit hides nothing: the draft holds
// another text.
func TestInspectSeesAForgedHash(t *testing.T) {
	d := inspected("one\ntwo")
	forged := strings.NewReplacer("two", "2", d.Regions[0].hash(), Region{Text: "one\n2"}.hash()).Replace(string(d.Bytes()))
	in := Inspect([]byte(forged), d)
	if in.Holds() || len(in.Deviations) != 1 || in.Deviations[0].Verdict != Outdated {
		t.Errorf("%+v", in)
	}
}

func TestUnifiedDeviation(t *testing.T) {
	edit := Deviation{Verdict: Edited, Region: "r", Recomputed: true, Generated: "one", Found: "two"}
	want := "diff a/n 1.md#r b/n 1.md#r\n--- a/n 1.md#r\t\n+++ b/n 1.md#r\t\n@@ -1,1 +1,1 @@\n-one\n+two\n"
	if diff := cmp.Diff(want, string(edit.Unified("n 1.md"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	old := Deviation{Verdict: Outdated, Name: "p", Generated: "one", Found: "two"}
	if got := string(old.Unified("n.md")); !strings.HasSuffix(got, "\n-two\n+one\n") {
		t.Errorf("out of date: %s", got)
	}
	edit.Recomputed = false
	if got := edit.Unified("n.md"); got != nil {
		t.Errorf("of an unknown origin: %s", got)
	}
}

// Whatever a file holds, a part is told at most once as what it is.
func FuzzInspect(f *testing.F) {
	d := inspected("one\ntwo")
	for _, seed := range []string{string(d.Bytes()), "", "---\nsynth_seal: x\n---\n%% synth:regions %%\n", string(d.Bytes()) + "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		in := Inspect([]byte(file), d)
		if in.Exact && (len(in.Deviations) > 0 || len(in.Damaged) > 0) || in.Exact != sameText([]byte(file), d.Bytes()) {
			t.Errorf("exact %t with %v", in.Exact, in.Deviations)
		}
		if !in.Exact && in.Damaged == nil && len(in.Deviations) == 0 {
			t.Error("a difference without a deviation")
		}
		var told []string
		for _, dev := range in.Deviations {
			key := string(dev.Verdict) + " " + dev.Region + " " + dev.Name
			if slices.Contains(told, key) {
				t.Errorf("%s is told twice", key)
			}
			told = append(told, key)
			dev.Unified("a.md")
		}
	})
}
