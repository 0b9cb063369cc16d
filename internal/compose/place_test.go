package compose

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// oneForm is the questionnaire that the vaults below hold the answers to.
const oneForm = "correspondance"

// The names of the notes about it.
const (
	analysisName  = "📁 Correspondance et flux documentaires – CDT"
	synthesisName = "🧭 Synthèse IT – Cabinet des Tilleuls (CDT)"
	roadmapName   = "🎯 Feuille de route – Cabinet des Tilleuls (CDT)"
)

// tilleuls is a vault of one client with one questionnaire.
func tilleuls(model *assess.Model) notes {
	return notes{
		"Clients/Tilleuls/Cabinet.md": client("cdt", "title: Cabinet des Tilleuls", "country: CH"),
		"Clients/Tilleuls/Q.md":       sent(model.Set, "cdt", worst(model.Set.Questionnaire(oneForm), plainly)),
	}
}

func TestPlaceBesideItsSources(t *testing.T) {
	model, composer := loadModel(t, content(t))
	form := sent(model.Set, "cdt", worst(model.Set.Questionnaire(oneForm), plainly))
	other := sent(model.Set, "cdt", worst(model.Set.Questionnaire("facturation"), plainly))
	owner := client("cdt", "title: Cabinet des Tilleuls")
	for _, test := range []struct {
		name  string
		files notes
		want  []string // folders of the roadmap, of the analyses, of the synthesis
	}{
		{"all in one folder", notes{"x/C.md": owner, "x/q.md": form}, []string{"x", "x", "x"}},
		{"beside the questionnaire, and beside the client", notes{"C.md": owner, "x/q.md": form}, []string{".", "x", "."}},
		{"no client's note", notes{"x/y/q.md": form}, []string{"x/y", "x/y", "x/y"}},
		{"the questionnaires' common folder", notes{"x/y/q.md": form, "x/z/r.md": other}, []string{"x", "x/y", "x/z", "x"}},
		{"a folder that begins alike", notes{"x/y/q.md": form, "x/yz/r.md": other}, []string{"x", "x/y", "x/yz", "x"}},
		{"nothing in common", notes{"y/q.md": form, "z/r.md": other}, []string{".", "y", "z", "."}},
		{"no questionnaire", notes{"C.md": owner}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			drafts := stage(t, model, composer, test.files).drafts
			slices.SortFunc(drafts, func(a, b vault.Draft) int { return strings.Compare(a.Kind+a.Path, b.Kind+b.Path) })
			var got []string
			for _, kind := range []string{RoadmapKind, AnalysisKind, SynthesisKind} {
				for _, d := range drafts {
					if d.Kind == kind {
						got = append(got, path.Dir(d.Path))
					}
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("folders (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlaceOfTwoClients(t *testing.T) {
	model, composer := loadModel(t, content(t))
	files := tilleuls(model)
	files["Clients/Autre/Cabinet 2.md"] = client("cdt2", "title: Cabinet des Tilleuls")
	files["Clients/Autre/Q2.md"] = sent(model.Set, "cdt2", worst(model.Set.Questionnaire(oneForm), plainly))
	s := stage(t, model, composer, files)
	want := []string{
		"Clients/Autre/🎯 Feuille de route – Cabinet des Tilleuls (CDT2).md",
		"Clients/Autre/📁 Correspondance et flux documentaires – CDT2.md",
		"Clients/Autre/🧭 Synthèse IT – Cabinet des Tilleuls (CDT2).md",
		"Clients/Tilleuls/" + roadmapName + ".md", "Clients/Tilleuls/" + analysisName + ".md", "Clients/Tilleuls/" + synthesisName + ".md",
	}
	if diff := cmp.Diff(want, s.paths()); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
}

// A note that bears a name of ours is its author's, in whatever case or composition of letters, wherever it lies.
func TestPlaceLeavesTakenNames(t *testing.T) {
	model, composer := loadModel(t, content(t))
	ours := "Clients/Tilleuls/" + synthesisName
	for _, test := range []struct{ name, file, head string }{
		{"beside it", ours + ".md", "---\ntitle: à moi\n---\n"},
		{"elsewhere", "Archives/" + synthesisName + ".md", ""},
		{"in another case", "Archives/" + strings.ToUpper(synthesisName) + ".md", ""},
		{"decomposed", "Archives/" + norm.NFD.String(synthesisName) + ".md", ""},
		{"once generated, and adopted", ours + ".md", head("category: "+SynthesisKind, "synth_client: cdt")},
		{"not a note", "Archives/" + synthesisName + ".md.md", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := stage(t, model, composer, tilleuls(model).with(test.file, test.head+"À moi.\n"))
			want := ours + " (synth).md"
			if test.name == "not a note" {
				want = ours + ".md"
			}
			if got := s.draft(t, SynthesisKind, "cdt").Path; got != want {
				t.Errorf("the synthesis goes to %q, not %q", got, want)
			}
			if len(s.places.Problems()) > 0 {
				t.Errorf("problems %v", s.places.Problems())
			}
		})
	}
	twice := tilleuls(model).with("A/"+synthesisName+".md", "").with("B/"+synthesisName+" (SYNTH).md", "")
	if got, want := stage(t, model, composer, twice).draft(t, SynthesisKind, "cdt").Path, ours+" (synth 2).md"; got != want {
		t.Errorf("the synthesis goes to %q, not %q", got, want)
	}
}

// A generated note stays where the user has put it, under the name that he gave it.
func TestPlaceFollowsMovedNotes(t *testing.T) {
	model, composer := loadModel(t, content(t))
	files := stage(t, model, composer, tilleuls(model)).files
	for _, from := range []string{analysisName, synthesisName, roadmapName} {
		files["Suivi/Mon "+strings.ToLower(from)+".md"] = files["Clients/Tilleuls/"+from+".md"]
		delete(files, "Clients/Tilleuls/"+from+".md")
	}
	s := stage(t, model, composer, files)
	for _, d := range s.drafts {
		if !strings.HasPrefix(d.Path, "Suivi/Mon ") {
			t.Errorf("%s is written anew", d.Path)
		}
	}
	links := string(s.draft(t, SynthesisKind, "cdt").Bytes())
	if want := "[[Mon " + strings.ToLower(roadmapName) + "]]"; !strings.Contains(links, want) {
		t.Errorf("the synthesis does not link to %s", want)
	}
}

// Of two notes that claim to be the same one, ours is the one of synth's own name, else the first by path.
func TestPlaceOfCopies(t *testing.T) {
	model, composer := loadModel(t, content(t))
	built := stage(t, model, composer, tilleuls(model)).files
	own := "Clients/Tilleuls/" + roadmapName
	for _, test := range []struct {
		name   string
		copies []string // each ticked, but for the one that is wanted
		want   string
		moved  bool // the note at synth's own name is gone
	}{
		{"a copy made in Obsidian", []string{own + " 1.md"}, own + ".md", false},
		{"a copy in an earlier folder", []string{"A/" + roadmapName + " 1.md"}, own + ".md", false},
		{"two under other names", []string{"B/z.md", "C/a.md"}, "B/z.md", true},
		{"one beside a name in capitals", []string{"A/a.md", "B/" + strings.ToUpper(roadmapName) + ".md"}, "B/" + strings.ToUpper(roadmapName) + ".md", true},
		{"one beside a decomposed name", []string{"A/a.md", "B/" + norm.NFD.String(roadmapName) + ".md"}, "B/" + norm.NFD.String(roadmapName) + ".md", true},
		{"one beside a name that was taken", []string{"A/a.md", "B/" + roadmapName + " (synth).md"}, "B/" + roadmapName + " (synth).md", true},
		{"our name and the one beside it", []string{"A/" + roadmapName + " (synth).md"}, own + ".md", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := built
			for _, c := range test.copies {
				text := built[own+".md"]
				if c != test.want {
					text = strings.ReplaceAll(text, "- [ ] ", "- [x] ")
				}
				files = files.with(c, text)
			}
			if test.moved {
				delete(files, own+".md")
			}
			s := stage(t, model, composer, files)
			d := s.draft(t, RoadmapKind, "cdt")
			if d.Path != test.want {
				t.Errorf("the roadmap is %q, not %q", d.Path, test.want)
			}
			if strings.Contains(string(d.Bytes()), "- [x] ") {
				t.Error("the ticks are those of the copy")
			}
			problems := s.places.Problems()
			if len(problems) != 1 || problems[0].Code != "note_twice" || problems[0].Path == test.want || problems[0].Severity != vault.Warning {
				t.Errorf("problems %v", problems)
			}
		})
	}
}

// What a client is called cannot harm the names of his notes, nor lengthen them beyond the code.
func TestNamesOfNotes(t *testing.T) {
	model, composer := loadModel(t, content(t))
	for title, want := range map[string]string{
		"Cabinet des Tilleuls":           "Cabinet des Tilleuls (CDT)",
		" Cabinet\u00a0A / B\n":          "Cabinet A - B (CDT)",
		"Zu\u0308rich \u202eevil":        "Zürich evil (CDT)",
		"<% x %> {{y}} [[z]] $1$ `w":     "x y z 1 w (CDT)",
		"a::b #c ^d ~~e~~ |f %%g%%":      "a b c d e f g (CDT)",
		"🧑\u200d⚕️ Cabinet":              "🧑⚕ Cabinet (CDT)",
		"A (conflicted copy 2026-01-02)": "A conflicted copy 2026-01-02 (CDT)",
		"{{}}":                           "CDT",
		"":                               "CDT",
		strings.Repeat("é", 300):         strings.Repeat("é", 60) + " (CDT)",
	} {
		files := tilleuls(model)
		files["Clients/Tilleuls/Cabinet.md"] = client("cdt", "title: "+title)
		got := path.Base(stage(t, model, composer, files).draft(t, SynthesisKind, "cdt").Path)
		if want = "🧭 Synthèse IT – " + want + ".md"; got != want {
			t.Errorf("%q gives the name %q, not %q", title, got, want)
		}
		if err := vault.Portable(got); err != nil {
			t.Error(err)
		}
	}
}

// Links lead to notes of any name without any byte that something acts on.
func TestLinksToNotesOfAnyName(t *testing.T) {
	for name, want := range map[string]string{
		"a/Q_1 (2) – é.md":      "[[Q_1 (2) – é#^id|↗]]",
		"a/<% x %>.md":          "[↗](a/%3C%25%20x%20%25%3E.md#^id)",
		"a/{{title}}.md":        "[↗](a/%7B%7Btitle%7D%7D.md#^id)",
		"{{x}}/b.md":            "[↗](%7B%7Bx%7D%7D/b.md#^id)",
		"a/x::y.md":             "[↗](a/x%3A%3Ay.md#^id)",
		"a/[!x](y.md":           "[↗](a/%5B%21x%5D%28y.md#^id)",
		"a/\x1b[2J.md":          "[↗](a/%1B%5B2J.md#^id)",
		"a/x\u202ey.md":         "[↗](a/x%E2%80%AEy.md#^id)",
		"a/👩\u200d⚕\ufe0f x.md": "[[👩\u200d⚕\ufe0f x#^id|↗]]",
	} {
		v := notes{name: ""}.open(t)
		p := &Places{vault: v}
		got := p.link("from.md", name, "^id", arrow)
		if string(got) != want {
			t.Errorf("%q is linked as %q, not %q", name, got, want)
		}
		n, _ := notes{"from.md": string(got)}.open(t).Note("from.md")
		links, err := n.Links()
		if err != nil || len(links) != 1 || v.Resolve("from.md", links[0]).Path != name || links[0].Subpath != "^id" {
			t.Errorf("%s is read as %+v, error %v", got, links, err)
		}
	}
	p := &Places{vault: notes{"a/[!x](y.md": ""}.open(t)}
	if got, want := p.link("from.md", "a/[!x](y.md", "", ""), `[\[\!x\]\(y](a/%5B%21x%5D%28y.md)`; string(got) != want {
		t.Errorf("linked as %q, not %q", got, want)
	}
}
