package vault

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// refused is the conflict without its proposal: what is offered next finds the matter settled.
func refused(t *testing.T) string {
	t.Helper()
	return note(t, body("a", "two", "b", "b"), "\ntwo\n", "\nmine\n")
}

func TestWithdraw(t *testing.T) {
	windows := func(text string) string { return byteOrderMark + strings.ReplaceAll(text, "\n", "\r\n") }
	open := conflict(t)
	tests := []struct {
		name, onDisk, want string
		left               int // the line of the proposal that stays
	}{
		{"as generated", open, refused(t), 0},
		{"with CRLF and a byte order mark", windows(open), windows(refused(t)), 0},
		{"no line end at the end of the file", strings.TrimSuffix(open, "\n"), strings.TrimSuffix(refused(t), "\n"), 0},
		{"none is open", refused(t), refused(t), 0},
		{"the region is deleted", edit(t, open, "%% synth:begin a "+hashOf("two")+" %%\n\nmine\n\n%% synth:end a %%\n", ""),
			edit(t, refused(t), "%% synth:begin a "+hashOf("two")+" %%\n\nmine\n\n%% synth:end a %%\n", ""), 0},
		{"edited", edit(t, open, "> two", "> two, or so"), "", 12},
		{"the region is emptied to take it", edit(t, open, "mine\n\n", ""), "", 10},
		{"the markers are damaged", edit(t, open, "%% synth:end b %%\n", ""), "", 12},
		{"no generated note", edit(t, open, "synth_seal", "seal"), "", 12},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := Withdraw(openNote(t, test.onDisk))
			want, status := test.want, Updated
			if want == "" || want == test.onDisk {
				want, status = test.onDisk, Unchanged
			}
			if d := cmp.Diff(want, string(c.New)); d != "" || c.Status != status {
				t.Errorf("%s (-want +got):\n%s", c.Status, d)
			}
			var left int
			for _, p := range c.Problems {
				left = p.Line
				if p.Code != "proposal_left" || p.Path != "note.md" || p.Severity != Warning {
					t.Errorf("problem %+v", p)
				}
			}
			if left != test.left {
				t.Errorf("a proposal is left in line %d, not %d: %v", left, test.left, c.Problems)
			}
		})
	}
}

// It is as if the person had refused the proposal: the next build has nothing to say.
func TestWithdrawingRefuses(t *testing.T) {
	withdrawn := string(Withdraw(openNote(t, conflict(t))).New)
	expect(t, build(t, withdrawn, body("a", "two", "b", "b")), Kept, refused(t))
}

// What a purge takes out of a note is nowhere in the vault's own folder.
func TestPurgeKeepsNothingOfWhatItReplaces(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": conflict(t), "edited.md": conflict(t)})
	var changes []Change
	for _, n := range v.Notes() {
		changes = append(changes, Withdraw(n))
	}
	if err := put("edited.md", "mine")(v.Dir()); err != nil {
		t.Fatal(err)
	}
	s := begin(t, v.Dir())
	purged, problems := s.Purge("lac", changes)
	if len(problems) != 1 || problems[0].Path != "edited.md" || problems[0].Code != "changed_meanwhile" {
		t.Errorf("problems: %v", problems)
	}
	if d := cmp.Diff([]string{"a.md"}, purged.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	if notes, _ := s.Undo(); len(notes) > 0 {
		t.Errorf("undo knows of %v", notes)
	}
	end(t, s)
	if readFile(t, v, "a.md") != refused(t) || readFile(t, v, "edited.md") != "mine" {
		t.Errorf("a.md holds %q", readFile(t, v, "a.md"))
	}
	kept, err := os.ReadDir(v.Dir() + "/" + ownFolder)
	if err != nil || len(kept) != 1 || kept[0].Name() != "lock" {
		t.Errorf("%s holds %v, error %v", ownFolder, kept, err)
	}
}

func TestPurgeOfTheInbox(t *testing.T) {
	his := []string{
		"lac/20261122T073000Z-" + hash([]byte("a")) + ".json", "LAC.json", "lac_2025.csv",
		"done/lac/a.json", "failed/lac.json", "_unfiled/lac.json",
	}
	others := []string{
		"ble/lac.json", "lac-2/a.json", "lac-2.json", "lacets.csv", "done/ble/lac.json",
		"_unfiled/20261122T073000Z-" + hash([]byte("b")) + ".json",
	}
	files := map[string]string{}
	for _, name := range append(his, others...) {
		files[inboxFolder+"/"+name] = name
	}
	v := openFiles(t, files)
	s := begin(t, v.Dir())
	purged, problems := s.Purge("lac", nil)
	end(t, s)
	if len(problems) > 0 || len(purged.Inbox) != len(his) {
		t.Errorf("removed %v, problems %v", purged.Inbox, problems)
	}
	for _, name := range his {
		if _, err := os.Stat(v.Dir() + "/" + inboxFolder + "/" + name); err == nil {
			t.Errorf("%s is left", name)
		}
	}
	for _, name := range others {
		readFile(t, v, inboxFolder+"/"+name)
	}
}
