package vault

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// resolutionRule is a row of testdata/conformance/resolution.jsonl: a rule of Obsidian's resolution, who says so, and a
// vault in which only that rule gives the path wanted.
type resolutionRule struct {
	Rule, Source     string
	Files            []string
	From, Link, Want string
	Ambiguous        []string
	Settings         json.RawMessage
}

func TestResolveConforms(t *testing.T) {
	eachRule(t, "resolution.jsonl", func(r resolutionRule) string { return r.Rule }, func(t *testing.T, r resolutionRule) {
		files := map[string]string{r.From: r.Link + "\n"}
		for _, file := range r.Files {
			files[file] = "---\naliases: [AI]\n---\n"
		}
		if r.Settings != nil {
			files[".obsidian/app.json"] = string(r.Settings)
		}
		v := openFiles(t, files)
		note, _ := v.Note(r.From)
		links, err := note.Links()
		if err != nil || len(links) != 1 {
			t.Fatalf("Links gave %v, %v; want one link", links, err)
		}
		want := Resolution{Path: r.Want, Ambiguous: r.Ambiguous}
		if diff := cmp.Diff(want, v.Resolve(r.From, links[0])); diff != "" {
			t.Errorf("%s (%s): (-want +got):\n%s", r.Link, r.Source, diff)
		}
	})
}

func TestResolveNothing(t *testing.T) {
	v := openFiles(t, map[string]string{"a.md": ""})
	if got := v.Resolve("a.md", Link{}); got.Path != "" {
		t.Errorf("an empty link leads to %q", got.Path)
	}
}

// Two names that differ in case only cannot stand on every system, so the
// index is made by hand.
func TestResolvePrefersSameCase(t *testing.T) {
	x := newIndex([]candidate{{"Log.md", 0}, {"log.md", 1}})
	tests := []struct {
		file string
		want Resolution
	}{
		{"log.md", Resolution{Path: "log.md"}},
		{"Log.md", Resolution{Path: "Log.md"}},
		{"LOG.md", Resolution{Path: "Log.md", Ambiguous: []string{"log.md"}}},
	}
	for _, tt := range tests {
		got, _ := x.find("a.md", tt.file, "")
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.file, diff)
		}
	}
}

func TestWith(t *testing.T) {
	v := openFiles(t, map[string]string{"a/Note.md": "", "source.md": ""})
	with := v.With("b/Plan.md").With("Note.md")

	for _, tt := range []struct {
		name         string
		vault        *Vault
		target, want string
	}{
		{"planned", with, "Plan", "b/Plan.md"},
		{"planned later", with, "Note", "Note.md"},
		{"not planned", v, "Plan", ""},
		{"as before", v, "Note", "a/Note.md"},
	} {
		if got := tt.vault.Resolve("source.md", Link{Target: tt.target}); got.Path != tt.want {
			t.Errorf("%s: [[%s]] leads to %q, want %q", tt.name, tt.target, got.Path, tt.want)
		}
	}
	if diff := cmp.Diff(len(v.Notes()), len(with.Notes())); diff != "" {
		t.Errorf("the planned notes are among the notes:\n%s", diff)
	}
}

func TestWithKeepsKnownPath(t *testing.T) {
	v := openFiles(t, map[string]string{"a/Note.md": ""}).With("a/Note.md")
	if got := v.LinkTo("source.md", "a/Note.md", "", ""); got != "[[Note]]" {
		t.Errorf("a note that is there already is counted twice: %s", got)
	}
}

func TestFree(t *testing.T) {
	v := openFiles(t, map[string]string{
		"a/Note.md":    "",
		"a/Résumé.md":  "",
		"b/figure.png": "",
	}).With("c/Planned.md")
	tests := []struct {
		path string
		want bool
	}{
		{"New.md", true},
		{"a/New.md", true},
		{"a/Note.md", false},
		{"A/NOTE.md", false},
		{"b/Note.md", false},
		{"note.MD", false},
		{"Re\u0301sume\u0301.md", false},
		{"x/planned.md", false},
		{"figure.md", true},
		{"x/figure.png", false},
	}
	for _, tt := range tests {
		if got := v.Free(tt.path); got != tt.want {
			t.Errorf("Free(%q) is %v, want %v", tt.path, got, tt.want)
		}
	}
}

// Obsidian's own setting says how links are written, whatever its folder is called.
func TestLinkToWritesAsObsidianDoes(t *testing.T) {
	const absolute, shortest = `{"newLinkFormat": "absolute"}`, `{"alwaysUpdateLinks": true}`
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"no settings", nil, "[[Note]]"},
		{"the default", map[string]string{".obsidian/app.json": shortest}, "[[Note]]"},
		{"paths", map[string]string{".obsidian/app.json": absolute}, "[[a/Note]]"},
		{"a renamed folder", map[string]string{".config/app.json": absolute, ".git/HEAD": ""}, "[[a/Note]]"},
		{"the usual folder first", map[string]string{".config/app.json": absolute, ".obsidian/app.json": shortest}, "[[Note]]"},
		{"damaged", map[string]string{".obsidian/app.json": "{"}, "[[Note]]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"a/Note.md": ""}
			for name, text := range tt.files {
				files[name] = text
			}
			v := openFiles(t, files).With("New.md")
			if got := v.LinkTo("New.md", "a/Note.md", "", ""); got != tt.want {
				t.Errorf("LinkTo gives %s, want %s", got, tt.want)
			}
		})
	}
}
