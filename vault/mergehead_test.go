package vault

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// headed makes a draft of properties alone.
func headed(properties ...Property) Draft {
	return Draft{Path: "a.md", Properties: append(properties, quoted("synth_seal", "answers:0"))}
}

// told makes the lines of synth_head for names and texts in turn.
func told(namesAndTexts ...string) string {
	text := ""
	for i := 0; i < len(namesAndTexts); i += 2 {
		text += "  - \"" + namesAndTexts[i] + ":" + digest(namesAndTexts[i+1], 8) + "\"\n"
	}
	return text
}

func TestPropertiesAreMerged(t *testing.T) {
	before := headed(quoted("title", "T"), plain("date", "2026-01-01"), list("tags", "a", "b", "c"), plain("synth_score", "10"))
	after := headed(quoted("title", "U"), plain("date", "2026-01-01"), list("tags", "a", "c", "d"), plain("synth_score", "20"), list("synth_history", "x"))
	newHead := told("title", "U", "date", "2026-01-01", "tags", "a", "tags", "c", "tags", "d")
	oldTags, newTags := "tags:\n  - \"a\"\n  - \"b\"\n  - \"c\"\n", "tags:\n  - \"a\"\n  - \"c\"\n  - \"d\"\n"
	tests := []struct {
		name        string
		edit, merge []string // old and new in turn: of the note on disk, of the draft's bytes
		warn        int      // the line of the warning
	}{
		{"value as generated, in other quotes, commented",
			[]string{`"T"`, `'T'  # mine`}, []string{`"U"`, `"U"  # mine`}, 0},
		{"value on the next line", []string{` "T"`, "\n  T"}, []string{` "U"`, "\n  \"U\""}, 0},
		{"value in a block", []string{` "T"`, " |-\n  T\n# mine"}, []string{` "U"`, " \"U\"\n# mine"}, 0},
		{"value edited", []string{`"T"`, "Mine # so"}, []string{`"U"`, "Mine # so"}, 2},
		{"value edited to what is offered", []string{`"T"`, "U"}, []string{`"U"`, "U"}, 0},
		{"value made a list", []string{` "T"`, "\n- T\n- M"}, []string{` "U"`, "\n- T\n- M"}, 2},
		{"property removed", []string{"title: \"T\"\n", ""}, []string{"title: \"U\"\n", ""}, 0},
		{"unchanged value edited", []string{"2026-01-01\n", "2026-01-02\n"}, []string{"2026-01-01\n", "2026-01-02\n"}, 0},
		{"entry added", []string{`- "b"`, "- mine # so\n  - \"b\""}, []string{`- "a"`, "- \"a\"\n  - mine # so"}, 0},
		{"entry removed", []string{`  - "a"` + "\n", ""}, []string{`  - "a"` + "\n", ""}, 0},
		{"all entries removed", []string{oldTags, "tags:\n"}, []string{newTags, "tags:\n  - \"d\"\n"}, 0},
		{"brackets", []string{oldTags, "tags: [ 'a', b, c ] # so\n"}, []string{newTags, "tags: [ 'a', \"c\", \"d\" ] # so\n"}, 0},
		{"brackets edited", []string{oldTags, "tags: [ b, mine, c, ]\n"}, []string{newTags, "tags: [ mine, c, \"d\", ]\n"}, 0},
		{"brackets edited at the end", []string{oldTags, "tags: [ mine, a, b ]\n"}, []string{newTags, "tags: [ mine, a, \"d\" ]\n"}, 0},
		{"entries without indent", []string{oldTags, "tags:\n- mine\n- b # so\n- c\n"}, []string{newTags, "tags:\n- mine\n # so\n- c\n- \"d\"\n"}, 0},
		{"list made a value", []string{oldTags, "tags: mine\n"}, []string{newTags, "tags: mine\n"}, 4},
		{"our own edited", []string{"synth_score: 10", "synth_score: 99 # so"}, []string{"synth_score: 20", "synth_score: 20 # so"}, 0},
		{"our own removed", []string{"synth_score: 10\n", ""}, nil, 0},
		{"our own added", []string{"synth_score: 10\n", "synth_mine: 1\nsynth_score: 10\n"}, nil, 0},
		{"a person's own", []string{"date: ", "\n# so\n'é ü':   [x,  y]\nzzz: |\n   text\n\ndate: "},
			[]string{"date: ", "\n# so\n'é ü':   [x,  y]\nzzz: |\n   text\n\ndate: "}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := build(t, note(t, before, test.edit...), after)
			want := note(t, after, test.merge...)
			if !strings.Contains(want, newHead) {
				t.Fatalf("synth_head is not %s", newHead)
			}
			if d := cmp.Diff(want, string(c.New)); d != "" {
				t.Errorf("new bytes (-want +got):\n%s", d)
			}
			if line := 0; len(c.Problems) > 0 {
				line = c.Problems[0].Line
				if line != test.warn || c.Problems[0].Code != "edited_property" || c.Problems[0].Severity != Warning {
					t.Errorf("problems are %v", c.Problems)
				}
			} else if test.warn != 0 {
				t.Errorf("no problem, want one on line %d", test.warn)
			}
		})
	}
}

func TestPropertiesThatComeAndGo(t *testing.T) {
	both := headed(quoted("title", "T"), quoted("respondant", "R"))
	one := headed(quoted("title", "T"))
	tests := []struct {
		name     string
		onDisk   string
		draft    Draft
		want     string
		warnings int
	}{
		{"gone", note(t, both), one, note(t, one), 0},
		{"gone, with a comment", note(t, both, `"R"`, `"R" # so`), one, note(t, one, "synth_seal:", " # so\nsynth_seal:"), 0},
		{"gone, edited", note(t, both, `"R"`, "Mine"), one, note(t, one, "synth_seal:", "respondant: Mine\nsynth_seal:"), 0},
		{"comes", note(t, one), both, note(t, both), 0},
		{"comes first", note(t, one, "title: ", "# so\ntitle: "), headed(plain("x", "1"), quoted("title", "T")),
			note(t, headed(plain("x", "1"), quoted("title", "T")), "x: 1\n", "# so\nx: 1\n"), 0},
		{"comes, and a person has one", note(t, one, "title: ", "respondant: Mine\ntitle: "), both,
			note(t, both, "respondant: \"R\"\n", "", "title: ", "respondant: Mine\ntitle: "), 1},
		{"comes between a person's", note(t, one, "synth_seal:", "mine: 1\nsynth_seal:"), both,
			note(t, both, "synth_seal:", "mine: 1\nsynth_seal:"), 0},
		{"comes into an indented head", indented(note(t, one)), both, indented(note(t, both)), 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := build(t, test.onDisk, test.draft)
			if d := cmp.Diff(test.want, string(c.New)); d != "" || len(c.Problems) != test.warnings {
				t.Errorf("problems %v, new bytes (-want +got):\n%s", c.Problems, d)
			}
		})
	}
}

// indented moves the lines of a head to the right.
func indented(text string) string {
	h, rest, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "---\n")
	return "---\n  " + strings.TrimSuffix(strings.ReplaceAll(h, "\n", "\n  "), "  ") + "---\n" + rest
}

func TestANoteThatLostItsHashes(t *testing.T) {
	before, after := headed(quoted("title", "T"), quoted("x", "1")), headed(quoted("title", "U"), quoted("x", "1"))
	lost := note(t, before, "synth_head:\n"+told("title", "T", "x", "1"), "")
	expect(t, build(t, lost, before), Updated, note(t, before))
	// What may be edited stays, and a warning says so.
	c := build(t, lost, after)
	if want := note(t, after, `"U"`, `"T"`); string(c.New) != want || len(c.Problems) != 1 || c.Problems[0].Line != 2 {
		t.Errorf("problems %v, new bytes\n%s", c.Problems, c.New)
	}
}

func TestHeadsThatCannotBeSpliced(t *testing.T) {
	for name, edits := range map[string][]string{
		"braces":                       {"title: \"T\"\nsynth_seal: \"answers:0\"\nsynth_head:\n" + told("title", "T"), "{title: T, synth_seal: s, synth_head: []}\n"},
		"explicit key":                 {`title: "T"`, "? title\n: T"},
		"figures in a block's head":    {`"T"`, "|1-\n T"},
		"comment within a dropped one": {`"T"`, "# so\n  T"},
	} {
		onDisk := note(t, headed(quoted("title", "T")), edits...)
		c := diffOne(t, onDisk, headed(quoted("title", "U")))
		if c.Status != Refused || string(c.New) != onDisk || c.Problems[0].Code != "head_unsafe" || c.Problems[0].Line != 2 {
			t.Errorf("%s: %s, %v", name, c.Status, c.Problems)
		}
	}
}
