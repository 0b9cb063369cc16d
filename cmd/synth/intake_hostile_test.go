package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

var safeHead = map[string]*regexp.Regexp{
	"title": regexp.MustCompile(`^Correspondance et flux documentaires$`), "category": regexp.MustCompile(`^questionnaire$`),
	"form_id": regexp.MustCompile(`^correspondance_h-\d+$`), "questionnaire": regexp.MustCompile(`^correspondance$`),
	"client": regexp.MustCompile(`^h-\d+$`), "date_reception": regexp.MustCompile(`^2026-02-02$`), "source": regexp.MustCompile(`^Formspree$`),
	"submission_id": regexp.MustCompile(`^[A-Za-z0-9._-]{4,80}$`), "tags": regexp.MustCompile(`^(IT|correspondance)$`),
}

// Every hostile string, sent in every field of a form, lands as quoted text and as nothing else, in the questionnaires'
// notes and in what build makes of them. Imported again it changes nothing.
func TestHostileSubmissionsStayText(t *testing.T) {
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
	h := &hostileVault{dir: t.TempDir()}
	dir := h.dir
	h.write(t, "synth.yaml", "catalog: catalogue\n")
	h.write(t, "catalogue/"+file, string(form))
	texts := hostileStrings(t)
	h.write(t, ".export.json", hostileExport(t, model.Set.Questionnaire(hostileForm), texts))
	for _, want := range []string{fmt.Sprintf(" : %d. Déjà dans le coffre : 0.", len(texts)), fmt.Sprintf(" : 0. Déjà dans le coffre : %d.", len(texts))} {
		status, stdout, stderr := runSynth(t, "intake", "--vault", dir, filepath.Join(dir, ".export.json"))
		if status != exitNotSo || !strings.Contains(strings.ReplaceAll(stdout, "\u00a0", " "), want) {
			t.Fatalf("exit status %d: %s%s", status, stdout, stderr)
		}
		checkTerminal(t, stdout+stderr)
	}
	if status, _, stderr := runSynth(t, "build", dir); status != exitDone {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	checkImported(t, dir, model.Set)
}

// hostileExport is an export of a submission for each text, which stands in every field, as a field's name too.
func hostileExport(t *testing.T, q *questionnaire.Questionnaire, texts []string) string {
	t.Helper()
	var all []map[string]string
	for i, text := range texts {
		s := map[string]string{"_date": "2026-02-02T08:00:00Z", "questionnaire": q.ID, "client": fmt.Sprintf("h-%d", i), "submission_id": fmt.Sprint(i, text),
			"respondant": text, "consultant": text, "source": text, "remarques": text, text + " ?": text}
		for _, question := range q.Questions {
			s[question.ID], s[question.ID+"_remarque"] = text, text
		}
		all = append(all, s)
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func checkImported(t *testing.T, dir string, set *questionnaire.Set) {
	t.Helper()
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ours := map[string]bool{}
	for line := range strings.Lines(set.Body(&questionnaire.Sheet{Questionnaire: hostileForm})) {
		ours[line] = true
	}
	c := &inertness{vault: v, blocks: map[string][]string{}}
	notes, built := 0, 0
	for _, n := range v.Notes() {
		if vault.Portable(n.Path()) != nil || !strings.HasPrefix(n.Path(), "Clients/H-") {
			t.Errorf("the path %q", n.Path())
		}
		if _, generated := n.Property("synth_seal"); generated {
			built++
			c.check(t, n)
			continue
		}
		notes++
		checkQuestionnaire(t, n, ours)
	}
	if want := len(hostileStrings(t)); notes != want || built != 3*want {
		t.Errorf("%d questionnaires and %d generated notes of %d clients", notes, built, want)
	}
}

// checkQuestionnaire wants nothing in a note but what is ours, and quotes.
func checkQuestionnaire(t *testing.T, n *vault.Note, ours map[string]bool) {
	t.Helper()
	if !regexp.MustCompile(`^Correspondance_H-\d+\.md$`).MatchString(path.Base(n.Path())) {
		t.Errorf("the name %q", n.Path())
	}
	properties, err := n.Properties()
	if err != nil {
		t.Error(err)
	}
	for _, p := range properties {
		for _, value := range p.Values {
			isPerson := slices.Contains([]string{"respondant", "consultant"}, p.Name) && isName(value.Text)
			if form, known := safeHead[p.Name]; !isPerson && (!known || !form.MatchString(value.Text)) {
				t.Errorf("%s: the property %s holds %q", n.Path(), p.Name, value.Text)
			}
		}
	}
	data, err := n.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(data), "\n---\n")
	for line := range strings.Lines(body) {
		quote := strings.HasPrefix(line, ">")
		if !quote && !ours[strings.Replace(line, "- [x] ", "- [ ] ", 1)] {
			t.Errorf("%s: the line %q is neither ours nor a quote", n.Path(), line)
		}
		for _, trigger := range append(triggers, "%%", "[[", "![", "](", "`", "[!") {
			if at := strings.Index(line, trigger); quote && at >= 0 && (at == 0 || line[at-1] != '\\') {
				t.Errorf("%s: a quote holds %q: %q", n.Path(), trigger, line)
			}
		}
	}
	checkQuotes(t, n.Path(), []byte(body))
}
