package vault

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// body makes a draft of regions, their ids and texts in turn.
func body(idsAndTexts ...string) Draft {
	d := Draft{Path: "a.md", Properties: []Property{quoted("synth_seal", "answers:0")}, Proposal: "Proposed"}
	for i := 0; i < len(idsAndTexts); i += 2 {
		d.Regions = append(d.Regions, Region{idsAndTexts[i], idsAndTexts[i+1]})
	}
	return d
}

// note gives the file of a draft with parts replaced, old and new in turn.
func note(t *testing.T, d Draft, oldsAndNews ...string) string {
	t.Helper()
	return edit(t, string(d.Bytes()), oldsAndNews...)
}

func edit(t *testing.T, text string, oldsAndNews ...string) string {
	t.Helper()
	for i := 0; i < len(oldsAndNews); i += 2 {
		if strings.Count(text, oldsAndNews[i]) != 1 {
			t.Fatalf("%q does not stand once in\n%s", oldsAndNews[i], text)
		}
		text = strings.Replace(text, oldsAndNews[i], oldsAndNews[i+1], 1)
	}
	return text
}

func hashOf(text string) string { return Region{Text: text}.hash() }

// build compares a draft with a file, and again with what is written, which
// must change nothing more.
func build(t *testing.T, onDisk string, d Draft) Change {
	t.Helper()
	c := diffOne(t, onDisk, d)
	again := diffOne(t, string(c.New), d)
	if d := cmp.Diff(string(c.New), string(again.New)); again.Status != Unchanged && d != "" {
		t.Errorf("the second build writes (-first +second):\n%s", d)
	}
	if (again.Status == Conflict) != (c.Status == Conflict) || again.Status == Updated {
		t.Errorf("status is %s, the second time %s", c.Status, again.Status)
	}
	return c
}

func expect(t *testing.T, c Change, status Status, want string) {
	t.Helper()
	if c.Status != status {
		t.Errorf("status is %s, not %s; problems %v", c.Status, status, c.Problems)
	}
	if (status == Conflict) != (len(c.Problems) == 1 && c.Problems[0].Code == "open_proposal") {
		t.Errorf("problems are %v", c.Problems)
	}
	if d := cmp.Diff(want, string(c.New)); d != "" {
		t.Errorf("new bytes (-want +got):\n%s", d)
	}
}

// proposalOf is the region that proposes a text for region a.
func proposalOf(text string) string {
	quote := "> [!question]- Proposed\n> " + strings.ReplaceAll(text, "\n", "\n> ")
	return "%% synth:begin a.propose " + hashOf(quote) + " %%\n\n" + quote + "\n\n%% synth:end a.propose %%\n"
}

// conflict is the note whose region a was edited to "mine" before "two" was
// offered: the person's text under the hash of the offered one.
func conflict(t *testing.T) string {
	t.Helper()
	return note(t, body("a", "two", "b", "b"), "\ntwo\n", "\nmine\n",
		"end a %%\n", "end a %%\n\n"+proposalOf("two"))
}

func TestAnEditOpensAProposal(t *testing.T) {
	c := build(t, note(t, body("a", "one", "b", "b"), "\none\n", "\nmine\n"), body("a", "two", "b", "b"))
	expect(t, c, Conflict, conflict(t))
	if line := c.Problems[0].Line; string(c.New[:strings.Index(string(c.New), "%% synth:begin a.propose")]) !=
		strings.Join(strings.SplitAfter(string(c.New), "\n")[:line-1], "") {
		t.Errorf("the problem names line %d", line)
	}
}

func TestAConflictWaits(t *testing.T) {
	expect(t, build(t, conflict(t), body("a", "two", "b", "b")), Conflict, conflict(t))
}

func TestAnEmptiedRegionTakesTheProposal(t *testing.T) {
	emptied := edit(t, conflict(t), "\nmine\n", "\n")
	expect(t, build(t, emptied, body("a", "two", "b", "b")), Updated, note(t, body("a", "two", "b", "b")))
	// The text that is current is taken, whatever the proposal showed.
	expect(t, build(t, emptied, body("a", "three", "b", "b")), Updated, note(t, body("a", "three", "b", "b")))
}

func TestADeletedProposalIsRefused(t *testing.T) {
	settled := note(t, body("a", "two", "b", "b"), "\ntwo\n", "\nmine\n")
	if got := edit(t, conflict(t), "\n"+proposalOf("two"), ""); got != settled {
		t.Fatalf("the note is\n%s", got)
	}
	expect(t, build(t, settled, body("a", "two", "b", "b")), Kept, settled)
	// Something newer is proposed again.
	want := note(t, body("a", "three", "b", "b"), "\nthree\n", "\nmine\n", "end a %%\n", "end a %%\n\n"+proposalOf("three"))
	expect(t, build(t, settled, body("a", "three", "b", "b")), Conflict, want)
}

func TestANewerTextReplacesTheProposal(t *testing.T) {
	three := note(t, body("a", "three", "b", "b"), "\nthree\n", "\nmine\n", "end a %%\n", "end a %%\n\n"+proposalOf("three"))
	expect(t, build(t, conflict(t), body("a", "three", "b", "b")), Conflict, three)
}

func TestAnEditedProposalBecomesThePersonsText(t *testing.T) {
	edited := edit(t, conflict(t), "> two", "> two and mine")
	expect(t, build(t, edited, body("a", "two", "b", "b")), Conflict, edited)

	mine := "\n\n> [!question]- Proposed\n> two and mine\n\n"
	three := note(t, body("a", "three", "b", "b"), "\nthree\n", "\nmine\n", "end a %%\n", "end a %%\n\n"+proposalOf("three")+mine)
	expect(t, build(t, edited, body("a", "three", "b", "b")), Conflict, three)

	accepted := note(t, body("a", "two", "b", "b"), "end a %%\n", "end a %%\n"+mine)
	expect(t, build(t, edit(t, edited, "\nmine\n", "\n"), body("a", "two", "b", "b")), Updated, accepted)
}

func TestATextThatSaysTheSameSettles(t *testing.T) {
	copied := edit(t, conflict(t), "\nmine\n", "\ntwo\n")
	expect(t, build(t, copied, body("a", "two", "b", "b")), Updated, note(t, body("a", "two", "b", "b")))
	ahead := note(t, body("a", "one"), "\none\n", "\ntwo\n")
	expect(t, build(t, ahead, body("a", "two")), Updated, note(t, body("a", "two")))
	back := edit(t, conflict(t), "\nmine\n", "\nthree\n")
	expect(t, build(t, back, body("a", "three", "b", "b")), Updated, note(t, body("a", "three", "b", "b")))
}

func TestAnEmptiedRegionStaysEmpty(t *testing.T) {
	emptied := note(t, body("a", "one", "b", "b"), "\none\n\n", "\n")
	expect(t, build(t, emptied, body("a", "one", "b", "b")), Kept, emptied)
	expect(t, build(t, emptied, body("a", "two", "b", "b")), Updated, note(t, body("a", "two", "b", "b"), "\ntwo\n\n", "\n"))
	// A region that was generated empty is no region that was emptied.
	expect(t, build(t, note(t, body("a", "")), body("a", "one")), Updated, note(t, body("a", "one")))
}

func TestADeletedRegionStaysDeleted(t *testing.T) {
	region := "%% synth:begin a " + hashOf("one") + " %%\n\none\n\n%% synth:end a %%\n\n"
	deleted := note(t, body("a", "one", "b", "b"), region, "")
	expect(t, build(t, deleted, body("a", "one", "b", "b")), Kept, deleted)
	expect(t, build(t, deleted, body("a", "two", "b", "b")), Kept, deleted)
	expect(t, build(t, deleted, body("b", "b")), Kept, deleted)
	// Its proposal goes with it.
	region = "%% synth:begin a " + hashOf("two") + " %%\n\nmine\n\n%% synth:end a %%\n\n"
	left := note(t, body("a", "two", "b", "b"), "%% synth:begin a "+hashOf("two")+" %%\n\ntwo\n\n%% synth:end a %%\n\n", "")
	expect(t, build(t, edit(t, conflict(t), region, ""), body("a", "two", "b", "b")), Updated, left)
}

func TestANewRegionStandsBehindItsPredecessor(t *testing.T) {
	for _, want := range []Draft{
		body("new", "n", "a", "a", "b", "b"), body("a", "a", "new", "n", "b", "b"), body("a", "a", "b", "b", "new", "n", "other", ""),
	} {
		expect(t, build(t, note(t, body("a", "a", "b", "b")), want), Updated, note(t, want))
	}
	// Behind the one before if that one was deleted, and behind its proposal.
	deleted := note(t, body("a", "a", "b", "b"), "%% synth:begin b "+hashOf("b")+" %%\n\nb\n\n%% synth:end b %%\n\n", "")
	want := note(t, body("a", "a", "new", "n"), "regions a new", "regions a b new")
	expect(t, build(t, deleted, body("a", "a", "b", "b", "new", "n")), Updated, want)

	want = edit(t, conflict(t), "end a.propose %%\n", "end a.propose %%\n\n%% synth:begin new "+hashOf("n")+" %%\n\nn\n\n%% synth:end new %%\n",
		"regions a b", "regions a new b")
	expect(t, build(t, conflict(t), body("a", "two", "new", "n", "b", "b")), Conflict, want)
}

func TestARegionThatIsNoLongerComposed(t *testing.T) {
	expect(t, build(t, note(t, body("a", "a", "b", "b", "c", "c")), body("a", "a", "c", "c")), Updated, note(t, body("a", "a", "c", "c")))
	edited := note(t, body("a", "a", "b", "b"), "\nb\n", "\nmine\n")
	expect(t, build(t, edited, body("a", "a")), Kept, edited)
	// An open proposal has nothing more to say.
	settled := note(t, body("a", "two", "b", "b"), "\ntwo\n", "\nmine\n")
	expect(t, build(t, conflict(t), body("b", "b")), Updated, settled)
}

func TestAProposalHoldsNoBlockIDsAndNoTasks(t *testing.T) {
	text := "## Title ^id\n\n- [ ] Do it 📅 2026-01-02 ^act-do\n  - [x] part\n1. [-] one\n\n> [!tip]\n> - [ ] quoted\n\n^anchor\n[x] no task, 2 ^ 3"
	want := "> [!question]- Proposed\n> ## Title\n>\n> - Do it 📅 2026-01-02\n>   - part\n> 1. one\n>\n> > [!tip]\n> > - quoted\n>\n> [x] no task, 2 ^ 3"
	if d := cmp.Diff(Region{"a.propose", want}, proposal("Proposed", Region{"a", text})); d != "" {
		t.Errorf("proposal (-want +got):\n%s", d)
	}
	if got := proposal("", Region{"a", ""}).Text; got != "> [!question]-\n>" {
		t.Errorf("without a title and a text: %q", got)
	}
}

func TestLineEndingsAndByteOrderMarkStay(t *testing.T) {
	dress := func(text string) string { return "\uFEFF" + strings.ReplaceAll(text, "\n", "\r\n") }
	onDisk := note(t, body("a", "one", "b", "b"), "\none\n", "\nmine\n")
	expect(t, build(t, dress(onDisk), body("a", "two", "b", "b")), Conflict, dress(conflict(t)))
	emptied := edit(t, conflict(t), "\nmine\n", "\n")
	expect(t, build(t, dress(emptied), body("new", "n", "a", "two", "b", "b")), Updated, dress(note(t, body("new", "n", "a", "two", "b", "b"))))
	// One line of a person's with another ending keeps it.
	mixed := edit(t, dress(onDisk), "mine\r\n", "mine\nmore\r\n")
	if c := build(t, mixed, body("a", "two", "b", "b")); !strings.Contains(string(c.New), "mine\nmore\r\n") {
		t.Errorf("new bytes are %q", c.New)
	}
}

func TestBrokenProposalsAreRefused(t *testing.T) {
	for name, onDisk := range map[string]string{
		"twice":        edit(t, conflict(t), proposalOf("two"), proposalOf("two")+proposalOf("two")),
		"of no region": edit(t, conflict(t), "regions a b", "regions b", "synth:begin a "+hashOf("two")+" %%\n\nmine\n\n%% synth:end a %%\n\n%% ", ""),
		"not closed":   edit(t, conflict(t), "%% synth:end a.propose %%\n", ""),
	} {
		c := diffOne(t, onDisk, body("a", "two", "b", "b"))
		if c.Status != Refused || c.Problems[0].Code != "broken_markers" || c.Problems[0].Line == 0 || string(c.New) != onDisk {
			t.Errorf("%s: %s, %v", name, c.Status, c.Problems)
		}
	}
}
