package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/vaultgen"
	"github.com/synth-vault/synth/vault"
)

// lookAt finds what is wrong with the files of a vault.
func lookAt(t *testing.T, files map[string]string, change func(*Input)) []vault.Problem {
	t.Helper()
	return findAll(t, input(t, files, change))
}

// findAll keeps what is told.
func findAll(t *testing.T, in Input) []vault.Problem {
	t.Helper()
	var found []vault.Problem
	if err := Find(in, func(p vault.Problem) { found = append(found, p) }); err != nil {
		t.Fatal(err)
	}
	return found
}

func input(t *testing.T, files map[string]string, change func(*Input)) Input {
	t.Helper()
	dir := t.TempDir()
	if err := vaultgen.WriteFiles(dir, files); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	set, problems := questionnaire.Load(catalog.Shipped(), []string{"correspondance"}, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	in := Input{Vault: v, Set: set}
	if change != nil {
		change(&in)
	}
	return in
}

// hints gives the place, the code and the hint of each problem.
func hints(found []vault.Problem) []string {
	var out []string
	for _, p := range found {
		out = append(out, strings.TrimPrefix(p.Error(), p.Path+":")+" ("+p.Code+") "+p.Hint)
	}
	return out
}

func TestRulesExplainThemselves(t *testing.T) {
	rules, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	code := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	for _, r := range rules {
		switch {
		case seen[r.Code] || !code.MatchString(r.Code):
			t.Errorf("%q is no code of a rule's own", r.Code)
		case r.Severity != vault.Error && r.Severity != vault.Warning:
			t.Errorf("%s: the severity is %q", r.Code, r.Severity)
		case !strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Reason, "."):
			t.Errorf("%s: the title or the reason is no sentence", r.Code)
		}
		seen[r.Code] = true
	}
}

// elsewhere are the codes of problems that are no fault of a vault: what somebody answered, or the catalogue's, or what
// went wrong in writing.
var elsewhere = []string{"answer_contradictory", "answers_differ", "questionnaire_waiting", "period_aged", "proposal_left", "invalid_draft",
	"unwritable", "history_unwritable", "locked", "unlockable", "file_unreadable", "question_unread", "types_unreadable", "interrupted"}

// What reading and building tell of a vault is a rule's, or on purpose none's.
func TestEveryCodeHasItsRule(t *testing.T) {
	rules, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Clone(elsewhere)
	for _, r := range rules {
		known = append(known, r.Code)
	}
	given := regexp.MustCompile(`\b(?:[cC]ode(?:, p\.Message)?(?::| =|OpenProposal =) *|\b(?:problem|headProblem|Add|add|at|invalidCode)\([^"\n]*)"([a-z]+(?:_[a-z]+)*)"`)
	catalogue := regexp.MustCompile(`^(load.*|fields|values|lint|condition|words|review)\.go$`)
	codes := 0
	for _, folder := range []string{"../../vault", "../questionnaire", "../compose", "../assess", "../strictyaml"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || catalogue.MatchString(filepath.Base(file)) {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range given.FindAllSubmatch(data, -1) {
				codes++
				if code := string(match[1]); strings.Contains(code, "_") && !slices.Contains(known, code) {
					t.Errorf("%s: no rule is about %s", file, code)
				}
			}
		}
	}
	if codes < 50 {
		t.Errorf("only %d codes were found in the sources", codes)
	}
}

func TestFindTakesWhatIsTold(t *testing.T) {
	in := func(in *Input) {
		in.Told = []vault.Problem{
			{Path: "a.md", Code: "unreadable", Severity: vault.Warning, Message: "x"},
			{Path: "a.md", Code: "head_nested", Severity: vault.Error, Message: "stops a client"},
			{Path: "a.md", Line: 1, Column: 1, Code: "unreadable", Message: "x"}, // the same
			{Path: "a.md", Code: "answers_differ", Message: "none of ours"},
			{Path: "a.md", Code: "note_unreadable", Message: "switched off"},
		}
		in.Off = []string{"note_unreadable"}
	}
	want := []vault.Problem{
		{Path: "a.md", Line: 1, Column: 1, Severity: vault.Error, Code: "head_nested", Message: "stops a client"},
		{Path: "a.md", Line: 1, Column: 1, Severity: vault.Error, Code: "unreadable", Message: "x"},
	}
	if diff := cmp.Diff(want, lookAt(t, nil, in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is told, what names have and what notes hold is told by place, however many notes there are.
func TestFindTellsByPlace(t *testing.T) {
	files := map[string]string{"zz%%.md": "", "000#.png": ""}
	in := func(in *Input) {
		in.Told = []vault.Problem{{Path: "n0300.md", Line: 9, Code: "note_unreadable", Message: "x"}, {Code: "unreadable", Message: "nowhere"}}
	}
	for i := range 5 * notesAtOnce {
		name := fmt.Sprintf("n%04d.md", i)
		if i%7 == 0 {
			name = fmt.Sprintf("n%04d^.md", i)
		}
		files[name] = "[[Nowhere]]\n\n[[#Gone]]\n"
	}
	found := lookAt(t, files, in)
	sorted := slices.Clone(found)
	vault.SortProblems(sorted)
	if diff := cmp.Diff(sorted, found); diff != "" {
		t.Errorf("(-sorted +told):\n%s", diff)
	}
	if want := 2*5*notesAtOnce + (5*notesAtOnce+6)/7 + 4; len(found) != want {
		t.Errorf("%d problems, not %d", len(found), want)
	}
}

// A link that is wrong is told with the link to write instead.
func TestLinksToWriteInstead(t *testing.T) {
	files := map[string]string{
		"Index.md":         "[[Two]] [[Two#A|words]] ![[Two]] [x](Two.md)\n",
		"a/Two.md":         "# A\n",
		"b/Two.md":         "# A\n",
		"Alias.md":         "[[ai]] [[AI|words]] ![[AI#Intro]]\n",
		"Intelligence.md":  "---\naliases: [AI]\n---\n# Intro\n",
		"Near.md":          "[[old/Intelligence]] [[intelligence.]] [[📁 Intelligence]] [[Other]] [[]]\n",
		"Table.md":         "| a | b |\n|---|---|\n| [[AI]] | > [[Two\\|x]] |\n",
		"Missing.md":       "![[plan.PNG]] [x](www.example.org) [[www.example.org]] [[Version 1.2]] ![[T.base#V]]\n",
		"Fine.md":          "[[two/../x]]\n",
		"Code.md":          "`[[Nowhere]]` %% [[Nowhere]] %% $[[Nowhere]]$ [web](https://example.org)\n",
		"📊 Été.md":         "",
		"Emoji.md":         "[[Ete]]\n",
		"Templates/New.md": "[[{{title}}]] [[Nowhere]]\n",
		"Daily.md":         "[[<% tp.date.now() %>]] [[Intelligence#{{title}}]]\n",
	}
	want := []string{
		`1:1: the link "ai" is only an alias of "Intelligence.md" (link_alias) write [[Intelligence|ai]]`,
		`1:8: the link "AI" is only an alias of "Intelligence.md" (link_alias) write [[Intelligence|words]]`,
		`1:21: the link "AI#Intro" is only an alias of "Intelligence.md" (link_alias) write ![[Intelligence#Intro|AI]]`,
		`1:1: the link "Ete" leads to no file (link_broken) write [[📊 Été|Ete]]`,
		`1:1: the link "two/../x" leads to no file (link_broken) make the note, or take the link away`,
		`1:1: the link "Two" could mean "a/Two.md" or "b/Two.md" (link_ambiguous) write [[a/Two|Two]]`,
		`1:9: the link "Two#A" could mean "a/Two.md" or "b/Two.md" (link_ambiguous) write [[a/Two#A|words]]`,
		`1:25: the link "Two" could mean "a/Two.md" or "b/Two.md" (link_ambiguous) write ![[a/Two]]`,
		`1:34: the link "Two.md" could mean "a/Two.md" or "b/Two.md" (link_ambiguous) write [[a/Two|x]]`,
		`1:1: the link "plan.PNG" leads to no file (link_broken) put the file back, or take the link away`,
		`1:15: the link "www.example.org" leads to no file (link_broken) write https:// in front of an address on the Web`,
		`1:36: the link "www.example.org" leads to no file (link_broken) make the note, or take the link away`,
		`1:56: the link "Version 1.2" leads to no file (link_broken) make the note, or take the link away`,
		`1:72: the link "T.base#V" leads to no file (link_broken) put the file back, or take the link away`,
		`1:1: the link "old/Intelligence" leads to no file (link_broken) write [[Intelligence]]`,
		`1:22: the link "intelligence." leads to no file (link_broken) write [[Intelligence|intelligence.]]`,
		`1:40: the link "📁 Intelligence" leads to no file (link_broken) write [[Intelligence|📁 Intelligence]]`,
		`1:59: the link "Other" leads to no file (link_broken) make the note, or take the link away`,
		`3:3: the link "AI" is only an alias of "Intelligence.md" (link_alias) write [[Intelligence\|AI]]`,
		`3:14: the link "Two" could mean "a/Two.md" or "b/Two.md" (link_ambiguous) write [[a/Two\|x]]`,
	}
	found := lookAt(t, files, func(in *Input) { in.Templates = []string{"Templates"} })
	if diff := cmp.Diff(want, hints(found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What the user has excluded in Obsidian is looked at and found as ever, and is suggested last.
func TestExcludedFilesAreSuggestedLast(t *testing.T) {
	files := map[string]string{
		".obsidian/app.json": `{"userIgnoreFilters": ["Archive/", "/^old-/"]}`,
		"Archive/Plan B.md":  "[[Nowhere]]\n",
		"Now/Plan-B.md":      "",
		"Index.md":           "[[PlanB]] [[Reste]]\n",
		"old-reste.md":       "",
		"zone/📁 Reste.md":    "",
	}
	want := []string{
		`1:1: the link "Nowhere" leads to no file (link_broken) make the note, or take the link away`,
		`1:1: the link "PlanB" leads to no file (link_broken) write [[Plan-B|PlanB]]`,
		`1:11: the link "Reste" leads to no file (link_broken) write [[📁 Reste|Reste]]`,
	}
	if diff := cmp.Diff(want, hints(lookAt(t, files, nil))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A file without an ending is never suggested: no link leads to it.
func TestFilesWithoutEndingAreNotSuggested(t *testing.T) {
	files := map[string]string{"LICENSE": "", "a/Makefile": "", "b/Make-file.md": "", "Index.md": "[[Licence]] [[license]] [[Make file]]\n"}
	want := []string{
		`1:1: the link "Licence" leads to no file (link_broken) make the note, or take the link away`,
		`1:13: the link "license" leads to no file (link_broken) make the note, or take the link away`,
		`1:25: the link "Make file" leads to no file (link_broken) write [[Make-file|Make file]]`,
	}
	if diff := cmp.Diff(want, hints(lookAt(t, files, nil))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Templates are told apart from notes that are broken.
func TestTemplatesArePassedOver(t *testing.T) {
	files := map[string]string{
		"Templater.md":     "---\ndate: <% tp.date.now() %>\nup: {{title}}: x\n---\n",
		"Core.md":          "---\ncode: {{title}}\nx: [\n---\n[[Nowhere]]\n",
		"Templates/Any.md": "---\nx: @handle\n---\n[[Nowhere]]\n",
		"Note.md":          "---\nx: @handle\n---\n",
	}
	found := lookAt(t, files, func(in *Input) { in.Templates = []string{"Templates/"} })
	if len(found) != 1 || found[0].Path != "Note.md" || found[0].Code != "yaml_invalid" {
		t.Errorf("found %v", found)
	}
}

// Folders that collide are told once, not for each of their files.
func TestNames(t *testing.T) {
	files := map[string]string{"A/x.md": "", "a/x.md": "", "a/y.md": "", "CON.md": "", "ok/Fine – é.md": "", "a%%b.md": "", "p|q.png": ""}
	want := []string{
		`1:1: "CON.md" is the name of a device on Windows (name_unportable) rename it in Obsidian, which keeps the links to it`,
		`1:1: is the same as "A" on some systems (name_collision) rename one of the two`,
		`1:1: the name holds "%%", at which a link ends (name_unlinkable) rename it in Obsidian, which keeps the links to it`,
		`1:1: the name holds "|", at which a link ends (name_unlinkable) rename it in Obsidian, which keeps the links to it`,
		`1:1: "p|q.png" holds '|', which Windows does not allow (name_unportable) rename it in Obsidian, which keeps the links to it`,
	}
	if diff := cmp.Diff(want, hints(lookAt(t, files, nil))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
