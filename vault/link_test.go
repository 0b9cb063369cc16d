package vault

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseLink(t *testing.T) {
	tests := []struct {
		text string
		want Link
		ok   bool
	}{
		{"[[Note]]", Link{Target: "Note"}, true},
		{" [[Note#^id|shown]] ", Link{Target: "Note", Subpath: "^id", Shown: "shown"}, true},
		{"![[x.png|100]]", Link{Target: "x.png", Shown: "100", Embed: true}, true},
		{"[[#Heading]]", Link{Subpath: "Heading"}, true},
		{"[[a]] and [[b]]", Link{}, false},
		{"see [[a]]", Link{}, false},
		{"[a](b)", Link{}, false},
		{"a", Link{}, false},
		{"", Link{}, false},
	}
	for _, tt := range tests {
		got, ok := ParseLink(tt.text)
		if ok != tt.ok || got != tt.want {
			t.Errorf("ParseLink(%q) is %+v, %v; want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

func TestLinks(t *testing.T) {
	note := openNote(t, strings.Join([]string{
		"---",
		`up: "[[Index]]"`,
		`see: ["[[A|a]]", "no link", "[[B]] and more"]`,
		"---",
		"# é [[C#H1#H2]]",
		"![[plan.png|200]] and [text *here*](<D e.md#^id>)",
		"",
		"![an image](pictures/f%20g.png) [the Web](https://example.org) <https://example.org>",
		"`[[code]]` $[[formula]]$ %% [[comment]] %% [nothing]()",
		"",
		"> [!note] [[Title]]",
		"> > [[Nested]]",
		"",
		"| a |",
		"|---|",
		`| [[Cell\|shown]] |`,
		"",
		"[reference][r]",
		"",
		"[r]: Target.md",
	}, "\n"))
	got, err := note.Links()
	if err != nil {
		t.Fatal(err)
	}
	want := []Link{
		{Target: "Index", Line: 2, Column: 5},
		{Target: "A", Shown: "a", Line: 3, Column: 7},
		{Target: "C", Subpath: "H1#H2", Line: 5, Column: 5},
		{Target: "plan.png", Shown: "200", Embed: true, Line: 6, Column: 1},
		{Target: "D e.md", Subpath: "^id", Shown: "text here", Markdown: true, Line: 6, Column: 23},
		{Target: "pictures/f g.png", Shown: "an image", Embed: true, Markdown: true, Line: 8, Column: 1},
		{Target: "Title", Line: 11, Column: 11},
		{Target: "Nested", Line: 12, Column: 5},
		{Target: "Cell", Shown: "shown", Line: 16, Column: 3},
		{Target: "Target.md", Shown: "reference", Markdown: true, Line: 18, Column: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestLinksOfBrokenHead(t *testing.T) {
	got, err := openNote(t, "---\na: [b\n---\n[[C]]\n").Links()
	want := []Link{{Target: "C", Line: 4, Column: 1}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("links: %v (-want +got):\n%s", err, diff)
	}
}

func TestMarkdownDestinations(t *testing.T) {
	tests := []struct {
		source string
		want   []Link
	}{
		{"[x](a%20b.md)", []Link{{Target: "a b.md"}}},
		{"[x](#Heading%20one)", []Link{{Subpath: "Heading one"}}},
		{"[x](100%.md)", []Link{{Target: "100%.md"}}},
		{`[x](a\_b.md)`, []Link{{Target: "a_b.md"}}},
		{"[x](a&amp;b.md)", []Link{{Target: "a&b.md"}}},
		{"[x](<Note: a.md>)", []Link{{Target: "Note: a.md"}}},
		{"[x](mailto:a@example.org)", nil},
		{"[x](obsidian://open?vault=a)", nil},
		{"[x](//example.org/a)", nil},
		{"[x]()", nil},
	}
	for _, tt := range tests {
		got, err := openNote(t, tt.source).Links()
		if err != nil {
			t.Fatal(err)
		}
		for i := range tt.want {
			tt.want[i].Shown, tt.want[i].Markdown = "x", true
			tt.want[i].Line, tt.want[i].Column = 1, 1
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.source, diff)
		}
	}
}

func TestLinkTo(t *testing.T) {
	v := openFiles(t, map[string]string{
		"source.md":         "",
		"a/Unique.md":       "",
		"Twice.md":          "",
		"a/Twice.md":        "",
		"a/Figure.png":      "",
		"b/Figure.png.md":   "",
		"Version 1.2.md":    "",
		"a/C#.md":           "",
		"a/50%% off.md":     "",
		"x: y/a[[b.md":      "",
		"deep/folder/É.md":  "",
		"longer/Twice.md":   "",
		"a/unique name .md": "",
	})
	tests := []struct {
		name                     string
		from, to, subpath, shown string
		want                     string
	}{
		{"unique", "source.md", "a/Unique.md", "", "", "[[Unique]]"},
		{"block and text", "source.md", "a/Unique.md", "^id", "↗", "[[Unique#^id|↗]]"},
		{"heading", "source.md", "a/Unique.md", "One", "", "[[Unique#One]]"},
		{"chain of headings", "source.md", "a/Unique.md", "One#Two", "", "[[Unique#One#Two]]"},
		{"heading with what breaks links", "source.md", "a/Unique.md", "A | [b] ^c", "", "[[Unique#A b c]]"},
		{"name twice, in a folder", "source.md", "a/Twice.md", "", "", "[[a/Twice]]"},
		{"name twice, at the root", "a/Unique.md", "Twice.md", "", "", "[[Twice]]"},
		{"own folder is no excuse", "a/Unique.md", "a/Twice.md", "", "", "[[a/Twice]]"},
		{"same note", "a/Unique.md", "a/Unique.md", "^id", "here", "[[#^id|here]]"},
		{"same note as a whole", "a/Unique.md", "a/Unique.md", "", "", "[[Unique]]"},
		{"attachment", "source.md", "a/Figure.png", "", "", "[[Figure.png]]"},
		{"note named like an attachment", "source.md", "b/Figure.png.md", "", "", "[[b/Figure.png]]"},
		{"dot in the name", "source.md", "Version 1.2.md", "", "", "[[Version 1.2]]"},
		{"accent", "source.md", "deep/folder/É.md", "", "", "[[É]]"},
		{"shown text", "source.md", "a/Unique.md", "", "[a]|b\n c%[%", "[[Unique|ab c]]"},
		{"number sign in the name", "source.md", "a/C#.md", "^id", "↗", "[↗](a/C%23.md#^id)"},
		{"percent signs in the name", "source.md", "a/50%% off.md", "", "x", "[x](a/50%25%25%20off.md)"},
		{"brackets in the name", "source.md", "x: y/a[[b.md", "", "", `[a\[\[b](x%3A%20y/a%5B%5Bb.md)`},
		{"padded name", "source.md", "a/unique name .md", "", "x", "[[a/unique name .md|x]]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := v.LinkTo(tt.from, tt.to, tt.subpath, tt.shown); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// FuzzLinkTo holds that what LinkTo writes for any name leads back, as Links
// reads it and Resolve understands it.
func FuzzLinkTo(f *testing.F) {
	for _, name := range []string{"Note", "C#", "a|b", "a]]", "[[a", "%%", "a%20b", "^^a", "#", "é", "a.b", "..", "a`b", `a\`, "$a$"} {
		f.Add(name, "shown")
	}
	f.Fuzz(func(t *testing.T, name, shown string) {
		if !portableName(name) {
			return
		}
		to := "folder/" + name + ".md"
		for _, app := range []appSettings{{}, {format: relativeFormat}, {format: absoluteFormat}, {markdown: true}, {format: relativeFormat, markdown: true}} {
			v := (&Vault{app: app}).With(to, "other/Note.md", "source.md")
			leadsBack(t, v, to, v.LinkTo("source.md", to, "", shown))
		}
	})
}

func leadsBack(t *testing.T, v *Vault, to, source string) {
	t.Helper()
	if link, ok := ParseLink(source); ok {
		if got := v.Resolve("source.md", link); got.Path != to || got.Ambiguous != nil {
			t.Errorf("%s leads to %+v, want %q", source, got, to)
		}
		return
	}
	links, err := openNote(t, source).Links()
	if err != nil || len(links) != 1 {
		t.Fatalf("%s is read as %v, %v", source, links, err)
	}
	if got := v.Resolve("source.md", links[0]); got.Path != to {
		t.Errorf("%s leads to %+v, want %q", source, got, to)
	}
}

// portableName keeps the names that a file can have and a line can hold.
func portableName(name string) bool {
	return name != "" && name == strings.ToValidUTF8(name, "") && !strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || r == '/' || r == 0x7f
	})
}

// TestPlainLinks puts links together from pieces, and checks that those which are told to be plain read back as written.
func TestPlainLinks(t *testing.T) {
	pieces := []string{"", "a", "É b", " ", "\u00a0", "^", "^a", "^^", "#", "|", "[", "]", "%%", "\\", "\n", "\t", ".md", "100x50", "!", "\x85", "\xff", "/"}
	plain := 0
	for _, target := range pieces {
		for _, subpath := range pieces {
			for _, shown := range pieces {
				l := Link{Target: target + "b", Subpath: subpath, Shown: shown + subpath}
				if !isPlain(l) {
					continue
				}
				plain++
				if read, ok := ParseLink(wikilink(l)); !ok || read != l {
					t.Errorf("%+v reads back as %+v, %v", l, read, ok)
				}
			}
		}
	}
	if plain < 100 {
		t.Errorf("%d links are plain", plain)
	}
}
