package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

const (
	hostileForm = "correspondance"
	// hostileText is a question that takes a respondent's own text. The shipped questionnaires have none.
	hostileText = `
  - {id: precisions, type: text, label: "Quelles précisions ajouter ?", informative: true}
`
)

func hostileStrings(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../../vault/testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range bytes.Lines(data) {
		var entry struct{ Text string }
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatal(err)
		}
		all = append(all, entry.Text)
	}
	return all
}

// hostileVault is a vault in which every hostile string stands in every position that a form or a person can fill. The
// clients of the i-th string have the codes answers-i, pasted-i, loose-i, named-i, tick-i and client-i, after where it
// stands.
type hostileVault struct {
	dir   string
	set   *questionnaire.Set
	texts []string
}

func newHostileVault(t *testing.T) *hostileVault {
	t.Helper()
	const file = "questionnaires/" + hostileForm + ".yaml"
	form, err := fs.ReadFile(catalog.Shipped(), file)
	if err != nil {
		t.Fatal(err)
	}
	form = append(form, hostileText...)
	model, problems := assess.Load(catalog.Over(fstest.MapFS{file: {Data: form}}), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	h := &hostileVault{dir: t.TempDir(), set: model.Set, texts: hostileStrings(t)}
	h.write(t, "synth.yaml", "catalog: catalogue\n")
	h.write(t, "catalogue/"+file, string(form))
	for i, text := range h.texts {
		folder := fmt.Sprintf("%03d/", i)
		h.client(t, folder, fmt.Sprintf("answers-%d", i), text)
		h.write(t, folder+"Réponses.md", h.head(text, fmt.Sprintf("answers-%d", i), text)+h.answers(text))
		h.write(t, folder+"Collé.md", h.head("A", fmt.Sprintf("pasted-%d", i), hostileForm)+h.pasted(text))
		h.write(t, folder+"Libre.md", h.head("A", fmt.Sprintf("loose-%d", i), hostileForm)+h.loose(text))
		h.write(t, folder+"Coche.md", h.head("A", fmt.Sprintf("tick-%d", i), hostileForm)+h.ticked(oneLine(text)))
		h.write(t, folder+"Client.md", h.head("A", text, hostileForm+fmt.Sprintf("_client-%d", i))+h.answers("A"))
		h.client(t, folder, fmt.Sprintf("client-%d", i), "A")
		name := strings.ReplaceAll(text, "/", "-") + ".md"
		file := filepath.Join(h.dir, folder, name)
		if len(name) > 255 || strings.ContainsRune(name, 0) {
			continue // no system can hold it
		}
		if err := os.WriteFile(file, []byte(h.head("A", fmt.Sprintf("named-%d", i), hostileForm)+h.answers("A")), 0o600); err != nil && runtime.GOOS == "linux" {
			t.Error(err) // others refuse more
		}
	}
	return h
}

func (h *hostileVault) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(h.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// inYAML quotes any text, every sign as an escape, so that it does not make its note a template.
func inYAML(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	return `"` + b.String() + `"`
}

func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}

func (h *hostileVault) client(t *testing.T, folder, code, text string) {
	t.Helper()
	h.write(t, folder+code+".md", fmt.Sprintf("---\ncategory: client\ncode: %s\ntitle: %s\nconsultant: %s\ncountry: CH\n---\n", code, inYAML(text), inYAML(text)))
}

// head is a questionnaire's, with a text for the persons in it.
func (h *hostileVault) head(text, code, form string) string {
	return fmt.Sprintf("---\ncategory: questionnaire\nquestionnaire: %s\nclient: %s\nform_id: %s\ndate_reception: 2026-01-31\nrespondant: %[4]s\nconsultant: %[4]s\nsource: %[4]s\n---\n",
		hostileForm, inYAML(code), inYAML(form), inYAML(text))
}

// sheet answers every question but the first, choices with their first option, and remarks on each.
func (h *hostileVault) sheet(text string) *questionnaire.Sheet {
	s := &questionnaire.Sheet{Questionnaire: hostileForm}
	for _, q := range h.set.Questionnaire(hostileForm).Questions[1:] {
		a := questionnaire.Answer{Ref: questionnaire.Ref{Questionnaire: hostileForm, Question: q.ID}, State: questionnaire.Known, Text: vault.Received(text)}
		if q.Type.Choice() {
			a.Options = []string{q.Options[0].ID}
		}
		s.Answers = append(s.Answers, a)
		s.Remarks = append(s.Remarks, questionnaire.Remark{Ref: a.Ref, Text: vault.Received(text)})
	}
	s.Remarks = append(s.Remarks, questionnaire.Remark{Text: vault.Received(text)})
	return s
}

// answers is a body with the text as an answer, a name and remarks, and with its signs in the first question's heading
// and tick, as tolerantly as they are read.
func (h *hostileVault) answers(text string) string {
	q := h.set.Questionnaire(hostileForm).Questions[0]
	_, rest, _ := strings.Cut(h.set.Body(h.sheet(text)), "\n^"+q.Block()+"\n")
	signs := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
	return rest + "\n### " + q.Label + signs + "\n- [x] " + q.Options[0].Label + signs + "\n\n## " + oneLine(text) + " …\n\nÀ moi.\n"
}

// pasted is a body in which somebody put the text as it is behind the marks of a quote.
func (h *hostileVault) pasted(text string) string {
	raw := "> " + strings.ReplaceAll(text, "\n", "\n> ")
	return fmt.Sprintf("### D\n%s\n\n^domaine\n\n%[1]s\n\n### P\n\n%[1]s\n\n^precisions\n\n### R\n\n%[1]s\n\n^remarques\n", raw)
}

// loose is a body in which the text stands as it is, as somebody pastes it: among an answer's section in a list, a table,
// a sentence and a title, and in the questionnaire's remarks.
func (h *hostileVault) loose(text string) string {
	q := h.set.Questionnaire(hostileForm).Questions[0]
	line := oneLine(text)
	around := "\n\n- " + text + "\n  1. " + line + "\n\n| A | " + line + " |\n|---|---|\n| " + line + " | B |\n\nVoir " + text + "\n"
	return "### Q\n- [x] " + q.Options[0].Label + "\n\n^" + q.Block() + around + "\n#### " + line + "\n\n### R" + around + "\n^remarques\n"
}

func (h *hostileVault) ticked(line string) string {
	q := h.set.Questionnaire(hostileForm).Questions[0]
	return "### Q\n- [x] " + line + "\n\n^" + q.Block() + "\n\n### " + line + "\n- [" + line[:min(1, len(line))] + "] " + line + "\n"
}

// tree gives every file's bytes by its path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		out[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever a form, a client's note or a file's name holds, the notes that build writes hold nothing but text of it.
func TestHostileTextsStayInertInEveryPosition(t *testing.T) {
	h := newHostileVault(t)
	status, stdout, stderr := runSynth(t, "build", h.dir)
	if status != exitFault { // not every client can be built
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	checkTerminal(t, stdout+stderr)
	v, err := vault.Open(h.dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := &inertness{vault: v, blocks: map[string][]string{}}
	names, built := map[string]string{}, map[string]int{}
	for _, n := range v.Notes() {
		key := strings.ToLower(norm.NFC.String(path.Base(n.Path())))
		if _, generated := n.Property("synth_seal"); !generated {
			names[key] += n.Path()
			continue
		}
		client, _ := n.Property("synth_client")
		position, _, _ := strings.Cut(client.Text(), "-")
		built[position]++
		c.check(t, n)
		if names[key] != "" || vault.Portable(path.Base(n.Path())) != nil {
			t.Errorf("the name of %q is %q's too, or not portable", n.Path(), names[key])
		}
		names[key] += n.Path()
	}
	// Each of these clients gets an analysis, a synthesis and a roadmap; of the others, those whose note is read.
	all := 3 * len(h.texts)
	if built["answers"] != all || built["pasted"] < all*9/10 || runtime.GOOS == "linux" && built["named"] < all*9/10 {
		t.Errorf("%d strings give %v notes", len(h.texts), built)
	}
	if built["loose"] < all*7/10 {
		t.Errorf("%d strings give %v notes", len(h.texts), built)
	}
	before := tree(t, h.dir)
	if again, _, stderr := runSynth(t, "build", h.dir); again != status {
		t.Errorf("the second build's exit status is %d: %s", again, stderr)
	}
	after := tree(t, h.dir)
	for name, text := range after {
		if before[name] != text {
			t.Errorf("the second build writes %q", name)
		}
	}
	for _, args := range [][]string{{"purge", "--client", "answers-0", h.dir}, {"undo", h.dir}} {
		_, stdout, stderr := runSynth(t, args...)
		checkTerminal(t, stdout+stderr)
	}
}

// checkTerminal fails on every character that acts on a terminal.
func checkTerminal(t *testing.T, printed string) {
	t.Helper()
	for line := range strings.SplitSeq(printed, "\n") {
		if i := strings.IndexFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' }); i >= 0 {
			t.Errorf("printed: %+q", line)
		}
	}
}

// The properties that generated notes may have, and what each may hold. The rest are names, lists of links, and what
// names are part of.
var propertyForms = map[string]*regexp.Regexp{
	"category":            regexp.MustCompile(`^[a-z_]+$`),
	"form_id":             regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`),
	"date_reception":      regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`),
	"date":                regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`),
	"tags":                regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
	"synth_client":        regexp.MustCompile(`^[a-z0-9-]{1,16}$`),
	"synth_questionnaire": regexp.MustCompile(`^[a-z_]+$`),
	"synth_score":         regexp.MustCompile(`^\d{1,3}$`),
	"synth_best":          regexp.MustCompile(`^\d{1,3}$`),
	"synth_coverage":      regexp.MustCompile(`^\d{1,3}$`),
	"synth_priority":      regexp.MustCompile(`^[a-z_]+$`),
	"synth_seal":          regexp.MustCompile(`^answers:\w{16} client:\w{16} model:\w{16} words:\w{16} asof:[\d-]{10} format:1$`),
	"synth_head":          regexp.MustCompile(`^[a-z_]+:[0-9a-f]{8}$`),
	"synth_history":       regexp.MustCompile(`^\d{4}-\d{2}-\d{2} · (\d{1,3}–\d{1,3}|–) · [\d.]+$`),
}

var nameProperties = []string{"title", "scope", "consultant", "respondant", "source"}
