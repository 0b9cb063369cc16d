package vault

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// writingRule is a row of testdata/conformance/writing.jsonl.
type writingRule struct {
	Rule, Source             string
	Files                    []string
	Settings                 json.RawMessage
	From, To, Subpath, Shown string
	Embed                    bool
	Want                     string
}

func TestLinkToConforms(t *testing.T) {
	eachRule(t, "writing.jsonl", func(r writingRule) string { return r.Rule }, func(t *testing.T, r writingRule) {
		files := map[string]string{}
		for _, file := range r.Files {
			files[file] = ""
		}
		if r.Settings != nil {
			files[".obsidian/app.json"] = string(r.Settings)
		}
		v := openFiles(t, files)
		write := v.LinkTo
		if r.Embed {
			write = v.EmbedTo
		}
		text := write(r.From, r.To, r.Subpath, r.Shown)
		if text != r.Want {
			t.Errorf("%s is written, want %s (%s)", text, r.Want, r.Source)
		}
		leadBack(t, v, r.From, []written{{text, r.To}})
	})
}

// written is a link as it was written to lead to a file.
type written struct{ text, to string }

// leadBack holds that the links of a note lead to their files.
func leadBack(t *testing.T, v *Vault, from string, all []written) {
	t.Helper()
	var note strings.Builder
	for _, w := range all {
		note.WriteString(w.text + "\n\n")
	}
	links, err := openNote(t, note.String()).Links()
	if err != nil || len(links) != len(all) {
		t.Fatalf("%q is read as %v, %v", note.String(), links, err)
	}
	for i, w := range all {
		if got := v.Resolve(from, links[i]); got.Path != w.to || got.Ambiguous != nil {
			t.Errorf("%s in %q leads to %+v, want %q", w.text, from, got, w.to)
		}
	}
}

// Whatever the names and the user's choices, a link leads to the file that it is written for.
func TestLinkToLeadsBack(t *testing.T) {
	files := []string{
		"Note.md", "a/Note.md", "a/b/Note.md", "b/Note.md", "a/b/c/Deep one.md", "É/été 🌞/Réunion d’équipe.md",
		"a/E\u0301te\u0301.md", "C#.md", "a/C#.md", "x^y.md", "a|b.md", "[draft].md", "a/]].md", "[[.md", "50%.md", "a%20b.md", "%%.md",
		"re: x.md", "http:.md", "a/&amp;.md", "(a).md", "a)b(.md", "$x$.md", "`x`.md", `a\b.md`, "<x>.md", "a.b.c.md", "Untitled 1.md",
		"Drawing.excalidraw.md", "Board.canvas", "Table.base", "img.png", "a/img.png", "img.png.md", "^^x.md",
		"Notes.MD", "🇨🇭.md", "👩‍💻.md", "a\u00a0b.md", "a\u200bb.md", "*x*.md", "_x_.md", "~~x~~.md", "==x==.md", "x!.md", "a/'.md",
	}
	for _, format := range []string{"shortest", "relative", "absolute"} {
		for _, markdown := range []bool{false, true} {
			settings := fmt.Sprintf(`{"newLinkFormat": %q, "useMarkdownLinks": %t}`, format, markdown)
			all := map[string]string{".obsidian/app.json": settings}
			for _, file := range files {
				all[file] = ""
			}
			v := openFiles(t, all)
			for _, from := range []string{"source.md", "a/source.md", "a/b/c/source.md", "É/source.md", "z z/y#/source.md"} {
				var all []written
				for _, to := range files {
					all = append(all, written{v.LinkTo(from, to, "", "x"), to}, written{v.LinkTo(from, to, "^id", ""), to},
						written{v.WikilinkTo(from, to, "One#Two words", ""), to}, written{v.EmbedTo(from, to, "", ""), to})
				}
				leadBack(t, v, from, all)
			}
		}
	}
}
