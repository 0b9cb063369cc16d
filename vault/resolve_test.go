package vault

import (
	stdcmp "cmp"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
		got, _ := x.find("a.md", tt.file)
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

// slowly resolves a target by looking at every path, in the order that Resolve documents.
func slowly(paths []string, from, target string) Resolution {
	among := func(fits func(key string) bool) (same []string) {
		for _, p := range paths {
			if fits(foldAny(p)) {
				same = append(same, p)
			}
		}
		slices.SortFunc(same, func(a, b string) int {
			return stdcmp.Or(utf8.RuneCountInString(a)-utf8.RuneCountInString(b), strings.Compare(a, b))
		})
		return same
	}
	exactly := func(file string) []string {
		if slices.Contains(paths, file) {
			return []string{file}
		}
		return slices.Sorted(slices.Values(among(func(key string) bool { return key == foldAny(file) })))
	}
	for _, ext := range []string{"", ".md"} {
		file := target + ext
		if ext == "" && path.Ext(target) == "" {
			continue
		}
		var same []string
		switch joined := path.Join(path.Dir(from), file); {
		case strings.HasPrefix(file, "./"), strings.HasPrefix(file, "../"):
			same = exactly(joined)
		case strings.HasPrefix(file, "/"):
			same = exactly(file[1:])
		case len(exactly(file)) > 0:
			same = exactly(file)
		case strings.Contains(file, "/"):
			same = among(func(key string) bool { return strings.HasSuffix(key, "/"+foldAny(file)) })
		case len(exactly(joined)) > 0:
			same = exactly(joined)
		default:
			same = among(func(key string) bool { return path.Base(key) == foldAny(file) })
			same = slices.DeleteFunc(same, func(p string) bool { return utf8.RuneCountInString(p) > utf8.RuneCountInString(same[0]) })
		}
		if len(same) > 0 {
			return Resolution{same[0], slices.Sorted(slices.Values(same[1:]))}
		}
	}
	return Resolution{}
}

// FuzzResolve checks the index against a look at every path.
func FuzzResolve(f *testing.F) {
	paths := "A.md\na.md\nb/A.md\nb/c/Note.md\nd/Note.md\nd/c/note.md\nV1.2.md\nV1.2\nb/É.png\nE\u0301.png"
	for _, target := range []string{"a", "A.md", "c/note", "./A", "../A", "/b/a", "note", "V1.2", "É.png", "b/é.png", "..", "b/", "x"} {
		f.Add(paths, 2, target)
	}
	f.Fuzz(func(t *testing.T, text string, from int, target string) {
		if target != strings.TrimSpace(target) || target == "" {
			return
		}
		var all []string
		for p := range strings.SplitSeq(text, "\n") {
			if p != "" && path.Clean("/"+p) == "/"+p {
				all = append(all, p)
			}
		}
		slices.Sort(all)
		all = slices.Compact(all)
		isFolder := func(p string) bool {
			return slices.ContainsFunc(all, func(other string) bool { return strings.HasPrefix(other, p+"/") })
		}
		if len(all) == 0 || slices.ContainsFunc(all, isFolder) { // no file is a folder, too
			return
		}
		v := &Vault{}
		for _, p := range all {
			v.notes = append(v.notes, &Note{path: p})
		}
		at := all[max(from, -(from+1))%len(all)]
		want := slowly(all, at, target)
		for name, in := range map[string]*Vault{"opened": v, "planned": (&Vault{}).With(all...), "both": v.With(all[len(all)/2:]...)} {
			if diff := cmp.Diff(want, in.Resolve(at, Link{Target: target}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s: %q in %q of %q (-slow +index):\n%s", name, target, at, all, diff)
			}
		}
	})
}
