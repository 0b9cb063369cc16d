package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/check"
)

// lab is a vault in which something is about to go wrong.
type lab struct {
	t   *testing.T
	dir string
}

// run runs a command and gives its exit status and what it printed.
func (l lab) run(args ...string) (int, string) {
	l.t.Helper()
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" }, workDir: l.dir}
	status := a.run(args)
	return status, out.String()
}

// write makes a note, or another file.
func (l lab) write(name, text string) {
	l.t.Helper()
	file := filepath.Join(l.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

// head makes a note whose properties are the lines.
func (l lab) head(name string, lines ...string) {
	l.t.Helper()
	l.write(name, "---\n"+strings.Join(lines, "\n")+"\n---\n")
}

// sheet makes a questionnaire's note with a body.
func (l lab) sheet(body string, lines ...string) {
	l.t.Helper()
	if lines == nil {
		lines = []string{"date_reception: 2025-07-31"}
	}
	l.write("Correspondance_LAC.md", "---\ncategory: questionnaire\nform_id: correspondance_lac\n"+strings.Join(lines, "\n")+"\n---\n"+body)
}

// answered is a body that answers one question.
const answered = "\n### Résultats\n- [x] Courrier\n\n^resultats\n"

// built makes a client with his notes.
func (l lab) built() {
	l.t.Helper()
	l.head("Lac.md", "category: client", "code: lac", "title: Cabinet du Lac", "country: CH")
	l.sheet(answered)
	l.build()
}

func (l lab) build() {
	l.t.Helper()
	if status, out := l.run("build", l.dir); status == exitFault {
		l.t.Fatalf("build: %d\n%s", status, out)
	}
}

// replace edits the notes whose name holds a text.
func (l lab) replace(note, old, with string) {
	l.t.Helper()
	done := false
	err := filepath.WalkDir(l.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(d.Name(), note) {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		done = done || strings.Contains(string(data), old)
		return os.WriteFile(p, []byte(strings.Replace(string(data), old, with, 1)), 0o600)
	})
	if err != nil || !done {
		l.t.Fatalf("%q is in no note %q: %v", old, note, err)
	}
}

// copy copies the note whose name holds a text.
func (l lab) copy(note, to string) {
	l.t.Helper()
	found, err := filepath.Glob(filepath.Join(l.dir, "*"+note+"*"))
	if err != nil || len(found) != 1 {
		l.t.Fatalf("%q: %v %v", note, found, err)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		l.t.Fatal(err)
	}
	l.write(to, string(data))
}

// codes runs check and gives what it found, by code.
func (l lab) codes() map[string]int {
	l.t.Helper()
	status, out := l.run("check", "--json", l.dir)
	var document checkDocument
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		l.t.Fatalf("%v in %q", err, out)
	}
	codes := map[string]int{}
	for _, p := range document.Problems {
		codes[p.Code]++
		if p.Path == "" || p.Line < 1 || p.Column < 1 || p.Message == "" {
			l.t.Errorf("a finding without its place: %+v", p)
		}
	}
	if want := min(len(codes), exitNotSo); status != want {
		l.t.Errorf("exit status %d with %v", status, codes)
	}
	return codes
}

const seal = `synth_seal: "answers:0123456789abcdef client:0123456789abcdef model:0123456789abcdef words:0123456789abcdef asof:2025-08-25 format:1"`

// broken makes, for each rule, a vault that is wrong in that way. A companion is a rule that cannot but find something
// there too.
func broken() map[string]func(lab) (companions []string) {
	all := map[string]func(lab) []string{}
	for _, part := range []map[string]func(lab) []string{brokenFiles(), brokenHeads(), brokenLinks(), brokenSheets(), brokenGenerated()} {
		maps.Copy(all, part)
	}
	return all
}

func brokenFiles() map[string]func(lab) []string {
	return map[string]func(lab) []string{
		"name_unportable":         func(l lab) []string { l.write("Quoi ?.md", ""); return nil },
		"name_unlinkable":         func(l lab) []string { l.write("C#/a.md", ""); return nil },
		"name_collision":          func(l lab) []string { l.write("\u00c9t\u00e9.md", ""); l.write("e\u0301te\u0301.md", ""); return nil },
		"conflict_copy":           func(l lab) []string { l.write("Idea (Conflicted copy phone 202601021530).md", ""); return nil },
		"conflict_copy_suspected": func(l lab) []string { l.head("Idea.md", "a: b"); l.head("Idea-PC-ANNE.md", "a: b"); return nil },
		"body_too_large": func(l lab) []string {
			l.sheet(answered + strings.Repeat("Un long texte qui ne finit pas.\n\n", 40_000))
			return nil
		},
		"body_too_deep": func(l lab) []string { l.sheet(answered + strings.Repeat(">", 2_000) + " x\n"); return nil },
	}
}

func brokenHeads() map[string]func(lab) []string {
	head := func(lines ...string) func(lab) []string {
		return func(l lab) []string { l.head("Idea.md", lines...); return nil }
	}
	var many []string
	for i := range 501 {
		many = append(many, fmt.Sprintf("key%d: {}", i))
	}
	return map[string]func(lab) []string{
		"head_unclosed":       func(l lab) []string { l.write("Idea.md", "---\na: b\n"); return nil },
		"head_too_large":      head("a: " + strings.Repeat("b", 70_000)),
		"head_not_properties": head("- a"),
		"head_nested":         head("up: [[Note]]"),
		"yaml_invalid":        head("a: ["),
		"yaml_duplicate_key":  head("a: b", "a: c"),
		"yaml_too_many_keys":  head(many...),
		"yaml_too_deep":       head("a: " + strings.Repeat("[", 200) + strings.Repeat("]", 200)),
		"yaml_alias":          func(l lab) []string { l.head("Idea.md", "a: &x b", "c: *x"); return []string{"yaml_anchor"} },
		"yaml_anchor":         head("a: &x b"),
		"yaml_key_not_scalar": head("? [a]", ": b"),
		"yaml_line_break":     head("a: b\u2028c: d"),
		"yaml_tag":            head("a: !x b"),
		"yaml_directive":      head("%YAML 1.1", "a: b"),
	}
}

func brokenLinks() map[string]func(lab) []string {
	return map[string]func(lab) []string{
		"link_broken": func(l lab) []string { l.write("Idea.md", "[[Nowhere]]"); return nil },
		"link_ambiguous": func(l lab) []string {
			l.write("Idea.md", "[[Two]]")
			l.write("a/Two.md", "")
			l.write("b/Two.md", "")
			return nil
		},
		"link_alias": func(l lab) []string {
			l.write("Idea.md", "[[AI]]")
			l.head("Intelligence.md", "aliases: [AI]")
			return nil
		},
		"link_heading_broken": func(l lab) []string { l.write("Idea.md", "# A\n\n[[Idea#B]]\n\n[[#A]]"); return nil },
		"link_block_broken":   func(l lab) []string { l.write("Idea.md", "a ^b\n\n[[Idea#^c]]\n\n[[#^b]]"); return nil },
	}
}

func brokenSheets() map[string]func(lab) []string {
	client := func(lines ...string) func(lab) []string {
		return func(l lab) []string { l.head("Lac.md", append([]string{"category: client"}, lines...)...); return nil }
	}
	sheet := func(body string, lines ...string) func(lab) []string {
		return func(l lab) []string { l.sheet(body, lines...); return nil }
	}
	written := func(l lab, lines ...string) {
		l.write("Note.md", "---\ncategory: questionnaire\n"+strings.Join(lines, "\n")+"\n---\n"+answered)
	}
	return map[string]func(lab) []string{
		"client_code_missing":    client("title: Cabinet du Lac"),
		"client_code_invalid":    client("code: 12"),
		"client_country_unknown": client("code: lac", "country: Suisse"),
		"client_twice": func(l lab) []string {
			l.head("Lac.md", "category: client", "code: lac")
			l.head("Port.md", "category: client", "code: LAC")
			return nil
		},
		"category_misspelt":     func(l lab) []string { l.head("Lac.md", "category: clients", "code: lac"); return nil },
		"property_misspelt":     client("code: lac", "contry: CH"),
		"property_type":         client("code: lac", "title: [Cabinet du Lac]"),
		"client_unknown":        func(l lab) []string { written(l, "form_id: correspondance", "date_reception: 2025-07-31"); return nil },
		"form_missing":          func(l lab) []string { written(l, "client: lac", "date_reception: 2025-07-31"); return nil },
		"questionnaire_unknown": func(l lab) []string { written(l, "form_id: corespondance_lac"); return nil },
		"date_missing":          sheet(answered, "source: Formspree"),
		"date_invalid":          sheet(answered, "date_reception: 31 juillet"),
		"complement_invalid":    sheet(answered, "date_reception: 2025-07-31", "complement: oui"),
		"question_unknown":      sheet("### Couleur\n- [x] Bleu\n"),
		"question_twice":        sheet(answered + answered),
		"option_unknown":        sheet("### Résultats\n- [x] Pigeon voyageur\n\n^resultats\n"),
		"number_invalid": func(l lab) []string {
			l.write("Facturation_LAC.md", "---\ncategory: questionnaire\nform_id: facturation_lac\ndate_reception: 2025-07-31\n---\n\n### Erreurs\n\nbeaucoup\n\n^erreurs-12-mois\n")
			return nil
		},
		"tick_unread": func(l lab) []string { l.sheet(answered + "\n```\n- [x] Courrier\n"); l.build(); return nil },
		"sheet_copied": func(l lab) []string {
			l.sheet(answered)
			l.copy("LAC", "Autre.md")
			l.build()
			return nil
		},
	}
}

func brokenGenerated() map[string]func(lab) []string {
	old := func(l lab, lines ...string) { // of a client who is gone
		head := append([]string{"category: feuille_de_route", seal, `synth_head: ["title:01234567"]`}, lines...)
		l.write("Old.md", "---\n"+strings.Join(head, "\n")+"\n---\n\n%% synth:regions %%\n")
	}
	return map[string]func(lab) []string{
		"note_missing":            func(l lab) []string { l.sheet(answered); return nil },
		"generated_key_missing":   func(l lab) []string { old(l); return nil },
		"generated_value_invalid": func(l lab) []string { old(l, "synth_client: Lac"); return nil },
		"note_outdated":           func(l lab) []string { l.built(); l.replace("Correspondance_LAC", "Courrier", "WhatsApp"); return nil },
		"note_twice":              func(l lab) []string { l.built(); l.copy("🎯", "Copie.md"); return nil },
		"note_orphan": func(l lab) []string {
			l.built()
			l.write("Facturation_LAC.md", "---\ncategory: questionnaire\nform_id: facturation_lac\ndate_reception: 2025-07-31\n---\n\n### Erreurs\n\n3\n\n^erreurs-12-mois\n")
			l.build()
			if err := os.Remove(filepath.Join(l.dir, "Facturation_LAC.md")); err != nil {
				l.t.Fatal(err)
			}
			l.build()
			return []string{"link_broken"} // its links to the answers
		},
		"action_unknown": func(l lab) []string {
			l.built()
			l.replace("🎯", " ^act-", " ^act-pigeons-")
			return []string{"region_edited"}
		},
		"region_edited": func(l lab) []string { l.built(); l.replace("🎯", "## ", "## Ma "); return nil },
		"open_proposal": func(l lab) []string {
			l.built()
			l.replace("📁", "## ", "## Mon ")
			l.replace("Correspondance_LAC", "Courrier", "WhatsApp")
			l.build()
			return []string{"region_edited"}
		},
		"edited_property": func(l lab) []string {
			l.built()
			l.replace("🧭", "title: ", "title: Ma ")
			l.replace("Lac.md", "Cabinet du Lac", "Cabinet du Port")
			return []string{"note_outdated"}
		},
		"broken_markers": func(l lab) []string { l.built(); l.replace("🎯", "%% synth:end gantt %%\n", ""); return nil },
	}
}

// untold are the rules of what cannot be brought about by a vault that lies still, or not by a user who may read
// everything. TestFindTakesWhatIsTold covers them.
var untold = []string{"unreadable", "yaml_too_large", "yaml_merge_key", "yaml_several_documents", "body_unreadable", "body_too_dense",
	"note_unreadable", "head_unsafe", "not_generated", "name_taken", "not_portable", "changed_meanwhile", "roadmap_unreadable"}

// Each rule finds what it is about, and nothing else does.
func TestEveryRuleFindsItsOwn(t *testing.T) {
	rules, err := check.Rules()
	if err != nil {
		t.Fatal(err)
	}
	cases := broken()
	for _, r := range rules {
		prepare := cases[r.Code]
		if (prepare == nil) != slices.Contains(untold, r.Code) {
			t.Errorf("%s: the rule has no vault that it finds something in, or is said to have none", r.Code)
		}
		delete(cases, r.Code)
		if prepare == nil {
			continue
		}
		t.Run(r.Code, func(t *testing.T) {
			t.Parallel()
			l := lab{t, t.TempDir()}
			want := append(prepare(l), r.Code)
			slices.Sort(want)
			if diff := cmp.Diff(want, slices.Sorted(maps.Keys(l.codes()))); diff != "" {
				_, text := l.run("check", "--all", l.dir)
				t.Errorf("(-want +got):\n%s%s", diff, text)
			}
		})
	}
	for code := range cases {
		t.Errorf("there is no rule %s", code)
	}
}

// What waits in a client's notes is told also where the client cannot be assessed.
func TestCheckTellsWhatWaitsForABrokenClient(t *testing.T) {
	l := lab{t, t.TempDir()}
	l.built()
	l.replace("📁", "## ", "## Mon ")
	l.replace("Correspondance_LAC", "Courrier", "WhatsApp")
	l.build()
	l.replace("Correspondance_LAC", "WhatsApp", "Pigeon voyageur")
	l.replace("🎯", "%% synth:end gantt %%\n", "")
	want := []string{"broken_markers", "open_proposal", "option_unknown", "region_edited"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(l.codes()))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// On a terminal the last line sums up.
func TestCheckSumsUpOnATerminal(t *testing.T) {
	l := lab{t, t.TempDir()}
	for _, test := range []struct{ note, want string }{
		{"", "nothing found\n"},
		{"[[Nowhere]]", "Idea.md\n  1:1 warning: the link \"Nowhere\" leads to no file [link_broken]\n    hint: make the note, or take the link away\n\n1 finding in 1 file: 0 errors, 1 warning\n"},
	} {
		l.write("Idea.md", test.note)
		var out bytes.Buffer
		a := &app{in: strings.NewReader(""), out: &out, err: &out, env: func(string) string { return "" }, workDir: l.dir, terminal: true}
		a.run([]string{"check", l.dir})
		if diff := cmp.Diff(test.want, out.String()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// A vault that is in order is told to be.
func TestCheckFindsNothingInTheExamples(t *testing.T) {
	for _, name := range []string{"suisse", "france"} {
		l := lab{t, filepath.Join("..", "..", "examples", name)}
		if codes := l.codes(); len(codes) > 0 {
			t.Errorf("%s: %v", name, codes)
		}
	}
	l := lab{t, t.TempDir()}
	l.built()
	if codes := l.codes(); len(codes) > 0 {
		t.Errorf("a vault just built: %v", codes)
	}
}
