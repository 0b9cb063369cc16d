package vault

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// diffOne compares one draft with one file at its path.
func diffOne(t *testing.T, onDisk string, d Draft) Change {
	t.Helper()
	v := openFiles(t, map[string]string{d.Path: onDisk})
	changes := Diff(v, []Draft{d})
	if len(changes) != 1 || changes[0].Path != d.Path || changes[0].Kind != d.Kind {
		t.Fatalf("changes are %+v", changes)
	}
	if got := readFile(t, v, d.Path); got != onDisk {
		t.Fatalf("Diff wrote %q", got)
	}
	return changes[0]
}

// newer is the sample with another text in its second region.
func newer() Draft {
	d := sample()
	d.Regions[1].Text = "New text."
	return d
}

func TestDiffOfAnUntouchedNote(t *testing.T) {
	generated := string(sample().Bytes())
	update := string(newer().Bytes())
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	renamed := newer()
	renamed.Properties[0] = quoted("title", "Another")
	tests := []struct {
		name, onDisk string
		draft        Draft
		status       Status
		want         string
	}{
		{"same", generated, sample(), Unchanged, generated},
		{"same but for line ends", crlf(generated), sample(), Unchanged, crlf(generated)},
		{"same but for a byte order mark", "\uFEFF" + generated, sample(), Unchanged, "\uFEFF" + generated},
		{"new text", generated, newer(), Updated, update},
		{"new property", generated, renamed, Updated, string(renamed.Bytes())},
		{"line ends stay", crlf(generated), newer(), Updated, crlf(update)},
		{"byte order mark stays", "\uFEFF" + generated, newer(), Updated, "\uFEFF" + update},
		{"blank lines outside regions", generated + "\n\n", newer(), Updated, update + "\n\n"},
		{"blank lines, nothing new", generated + "\n\n", sample(), Kept, generated + "\n\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := diffOne(t, test.onDisk, test.draft)
			if c.Status != test.status || len(c.Problems) > 0 {
				t.Errorf("status is %s, problems %v", c.Status, c.Problems)
			}
			if c.Status == Unchanged {
				if c.Old != nil || c.New != nil {
					t.Errorf("the bytes of a note that is unchanged are kept: %q, %q", c.Old, c.New)
				}
				return
			}
			if d := cmp.Diff(test.want, string(c.New)); d != "" {
				t.Errorf("new bytes (-want +got):\n%s", d)
			}
			if string(c.Old) != test.onDisk {
				t.Errorf("old bytes are %q", c.Old)
			}
		})
	}
}

// Each edit stays, byte for byte, while what was not edited is brought up to
// date around it; without anything new nothing is written.
func TestDiffOfAnEditedNote(t *testing.T) {
	tests := []struct{ name, old, new string }{
		{"text in a region", "Text.", "My text."},
		{"text before the regions", "---\n\n%%", "---\n\nMine\n\n%%"},
		{"text between regions", "%% synth:end first %%\n", "%% synth:end first %%\nMine\n"},
		{"text glued to a marker", "\n%% synth:regions", "Mine\n%% synth:regions"},
		{"text behind", "second-2 %%\n", "second-2 %%\n\nMine\n"},
		{"no line ending at the end", "regions first second-2 %%\n", "regions first second-2 %%"},
		{"value", "2025-07-31", "2025-08-01"},
		{"value removed", "date: 2025-07-31", "date:"},
		{"list entry removed", "  - \"IT\"\n", ""},
		{"list entry added", "  - \"IT\"\n", "  - \"IT\"\n  - \"mine\" # my own\n"},
		{"list in brackets", "tags:\n  - \"IT\"\n  - \"a b\"\n", "tags: [mine, IT]\n"},
		{"key added", "date:", "mine: 1\ndate:"},
		{"key behind", "---\n\n%%", "mine: 1\n---\n\n%%"},
		{"key removed", "empty:\n", ""},
		{"comment", "date:", "# mine\ndate:"},
		{"comment behind a value", "2025-07-31", "2025-07-31 # mine"},
		{"quotes", `"One: \"two\""`, `'One: "two"'`},
		{"order", "none: []\nempty:\n", "empty:\nnone: []\n"},
	}
	edited := func(t *testing.T, d Draft, old, new string) string {
		text := string(d.Bytes())
		if !strings.Contains(text, old) {
			t.Fatalf("%q is not in the sample", old)
		}
		return strings.Replace(text, old, new, 1)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			onDisk := edited(t, sample(), test.old, test.new)
			c := diffOne(t, onDisk, newer())
			if c.Status != Updated || len(c.Problems) > 0 {
				t.Fatalf("status is %s, problems %v", c.Status, c.Problems)
			}
			if d := cmp.Diff(edited(t, newer(), test.old, test.new), string(c.New)); d != "" {
				t.Errorf("new bytes (-want +got):\n%s", d)
			}
			kept := diffOne(t, onDisk, sample())
			if kept.Status != Kept || len(kept.Problems) > 0 || string(kept.New) != onDisk {
				t.Errorf("with nothing new: status is %s, problems %v", kept.Status, kept.Problems)
			}
		})
	}
}

func TestDiffRefuses(t *testing.T) {
	generated := string(sample().Bytes())
	tests := []struct{ name, onDisk, code string }{
		{"somebody's note", "My own note.\n", "not_generated"},
		{"an empty file", "", "not_generated"},
		{"a note without seal", strings.ReplaceAll(generated, "synth_seal", "seal"), "not_generated"},
		{"a head that is no YAML", strings.Replace(generated, "none: []", "none: [", 1), "yaml_invalid"},
		{"a head that is not closed", "---\nsynth_seal: x\n", "head_unclosed"},
		{"a marker lost", strings.Replace(generated, "%% synth:end first %%\n", "", 1), "broken_markers"},
		{"the list lost", strings.Replace(generated, "%% synth:regions first second-2 %%\n", "", 1), "broken_markers"},
	}
	for _, test := range tests {
		for _, draft := range []Draft{sample(), newer()} {
			c := diffOne(t, test.onDisk, draft)
			if c.Status != Refused || string(c.New) != test.onDisk || len(c.Problems) != 1 || c.Problems[0].Code != test.code {
				t.Errorf("%s: status is %s, problems %v", test.name, c.Status, c.Problems)
			}
		}
	}
}

func TestDiffKeepsTicks(t *testing.T) {
	d := sample()
	d.Regions[0].Text = "- [ ] Do it 📅 2026-01-02 ^act-do"
	ticked := strings.Replace(string(d.Bytes()), "[ ] Do it 📅 2026-01-02", "[x] Do it 📅 2026-02-02 ✅ 2026-02-01", 1)
	if c := diffOne(t, ticked, d); c.Status != Kept || string(c.New) != ticked {
		t.Errorf("status is %s, problems %v", c.Status, c.Problems)
	}
}

func TestDiffOfNewNotes(t *testing.T) {
	v := openFiles(t, map[string]string{"Taken.md": "", "Été.md": "", "dir.md/x.md": ""})
	draft := func(path string) Draft {
		d := sample()
		d.Path = path
		return d
	}
	tests := []struct {
		path   string
		status Status
		code   string
	}{
		{"z/new.md", Created, ""},
		{"TAKEN.md", Refused, "name_taken"},
		{"e\u0301te\u0301.md", Refused, "name_taken"},
		{"../out.md", Refused, "unreadable"},
		{"/out.md", Refused, "unreadable"},
		{"con.md", Refused, "not_portable"},
		{".hidden.md", Refused, "not_portable"},
		{"dir.md", Refused, "unreadable"},
	}
	var drafts []Draft
	for _, test := range tests {
		drafts = append(drafts, draft(test.path))
	}
	byPath := make(map[string]Change)
	for _, c := range Diff(v, drafts) {
		byPath[c.Path] = c
	}
	for _, test := range tests {
		c := byPath[test.path]
		code := ""
		if len(c.Problems) > 0 {
			code = c.Problems[0].Code
		}
		if c.Status != test.status || code != test.code {
			t.Errorf("%q: status is %s, problems %v", test.path, c.Status, c.Problems)
		}
	}

	twice := Diff(v, []Draft{draft("b.md"), draft("a.md"), draft("B.md")})
	var got []string
	for _, c := range twice {
		got = append(got, c.Path+" "+string(c.Status))
	}
	if d := cmp.Diff([]string{"B.md refused", "a.md created", "b.md created"}, got); d != "" {
		t.Errorf("two drafts of one name (-want +got):\n%s", d)
	}
}

func TestDiffRefusesDraftsThatDoNotReadBack(t *testing.T) {
	text := func(text string) Draft {
		d := sample()
		d.Regions[0].Text = text
		return d
	}
	id := sample()
	id.Regions[0].ID = "Not An Id"
	twice := sample()
	twice.Regions[1].ID = "first"
	name := sample()
	name.Properties = append(name.Properties, quoted("title", "again"))
	for _, d := range []Draft{text("a %%b%% c"), text("%% synth:end first %%"), id, twice, name} {
		c := Diff(openFiles(t, nil), []Draft{d})[0]
		if c.Status != Refused || c.Problems[0].Code != "invalid_draft" || c.Problems[0].Severity != Error {
			t.Errorf("%q: status is %s, problems %v", d.Bytes(), c.Status, c.Problems)
		}
	}
}

func TestDiffRefusesANoteThatChangedSinceItWasRead(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": string(sample().Bytes())})
	n, _ := v.Note("a.md")
	if _, err := n.Bytes(); err != nil {
		t.Fatal(err)
	}
	if c := Diff(v, []Draft{newer()})[0]; c.Status != Updated {
		t.Errorf("status is %s, problems %v", c.Status, c.Problems)
	}
	if err := os.WriteFile(filepath.Join(v.Dir(), "a.md"), newer().Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := Diff(v, []Draft{sample()})[0]; c.Status != Refused || c.Problems[0].Code != "changed_meanwhile" {
		t.Errorf("status is %s, problems %v", c.Status, c.Problems)
	}
}

func TestDiffOfAVaultThatIsGone(t *testing.T) {
	v := openFiles(t, nil)
	if err := os.Remove(v.Dir()); err != nil {
		t.Fatal(err)
	}
	c := Diff(v, []Draft{sample()})[0]
	if c.Status != Refused || c.Problems[0].Code != "unreadable" {
		t.Errorf("status is %s, problems %v", c.Status, c.Problems)
	}
}

func TestDiffDoesNotReadThroughSymlinks(t *testing.T) {
	outside := writeFiles(t, map[string]string{"a.md": string(sample().Bytes())})
	v := openFiles(t, nil)
	if err := os.Symlink(filepath.Join(outside, "a.md"), filepath.Join(v.Dir(), "a.md")); err != nil {
		t.Fatal(err)
	}
	c := Diff(v, []Draft{newer()})[0]
	if c.Status != Refused || c.Old != nil || c.Problems[0].Code != "unreadable" {
		t.Errorf("status is %s, problems %v", c.Status, c.Problems)
	}
}

// A planned note takes no name on disk: it is what the draft will become.
func TestDiffAsksTheDiskOnly(t *testing.T) {
	v := openFiles(t, map[string]string{"b.md": ""}).With("A.md")
	d := sample()
	for path, want := range map[string]Status{"a.md": Created, "B.md": Refused} {
		d.Path = path
		if got := Diff(v, []Draft{d})[0].Status; got != want {
			t.Errorf("%s is %s, not %s", path, got, want)
		}
	}
}

func TestUnified(t *testing.T) {
	created := Change{Path: "a.md", Status: Created, New: []byte("one\n")}
	want := "diff /dev/null b/a.md\n--- /dev/null\n+++ b/a.md\n@@ -0,0 +1,1 @@\n+one\n"
	if got := string(created.Unified()); got != want {
		t.Errorf("created: %q, want %q", got, want)
	}
	same := Change{Path: "a.md", Status: Unchanged, Old: []byte("one\n"), New: []byte("one\n")}
	if got := same.Unified(); got != nil {
		t.Errorf("unchanged: %q", got)
	}
}
