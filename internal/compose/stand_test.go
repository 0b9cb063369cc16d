package compose

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/vaultgen"
	"github.com/synth-vault/synth/vault"
)

// freeText is a question whose answer is a respondent's own text. The shipped questionnaires have none.
const freeText = `
  - {id: precisions, type: text, label: "Quelles précisions ajouter ?", informative: true}
`

// content is the shipped catalogue with a free text among the questions of one questionnaire.
func content(t testing.TB) fs.FS {
	t.Helper()
	const file = "questionnaires/correspondance.yaml"
	data, err := fs.ReadFile(catalog.Shipped(), file)
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Over(fstest.MapFS{file: {Data: append(data, freeText...)}})
}

func loadModel(t testing.TB, content fs.FS) (*assess.Model, *Composer) {
	t.Helper()
	model, problems := assess.Load(content, "fr")
	composer, more := Load(content, "fr")
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	return model, composer
}

// notes are the files of a vault by their slash-separated paths.
type notes map[string]string

func (files notes) open(t testing.TB) *vault.Vault {
	t.Helper()
	dir := t.TempDir()
	if err := vaultgen.WriteFiles(dir, files); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// with gives the same files and another one.
func (files notes) with(name, text string) notes {
	out := maps.Clone(files)
	out[name] = text
	return out
}

// stand is one run from a vault's notes to drafts.
type stand struct {
	places *Places
	drafts []vault.Draft
	files  notes // those of the vault, then the drafts over them
}

// stage composes the notes of every client of a vault.
func stage(t testing.TB, model *assess.Model, composer *Composer, files notes) stand {
	t.Helper()
	v := files.open(t)
	engagements, problems := model.Set.Read(v)
	for _, p := range problems {
		if p.Severity == vault.Error {
			t.Fatal(p)
		}
	}
	var reports []*assess.Report
	for _, e := range engagements {
		r, err := model.Assess(e)
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	places, err := composer.Place(Find(v), reports, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := stand{places: places, files: maps.Clone(files)}
	for _, r := range reports {
		s.drafts = append(s.drafts, draftsOf(t, composer, places, r)...)
	}
	for _, d := range s.drafts {
		s.files[d.Path] = string(d.Bytes())
	}
	return s
}

func draftsOf(t testing.TB, composer *Composer, places *Places, r *assess.Report) []vault.Draft {
	t.Helper()
	tasks, err := places.Tasks(r.Engagement.Client.Code)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, a := range r.Model.Actions {
		ids = append(ids, a.ID)
	}
	asOf := r.Engagement.Client.AsOf
	if asOf == "" {
		asOf = r.Engagement.Newest()
	}
	roadmap, err := plan.Build(r, tasks.Statuses(ids), asOf)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := composer.Notes(places, r, roadmap, tasks)
	if err != nil {
		t.Fatal(err)
	}
	return drafts
}

// paths lists where the drafts go, sorted.
func (s stand) paths() []string {
	var out []string
	for _, d := range s.drafts {
		out = append(out, d.Path)
	}
	slices.Sort(out)
	return out
}

// draft gives the note of a kind, by its client.
func (s stand) draft(t testing.TB, kind, client string) vault.Draft {
	t.Helper()
	for _, d := range s.drafts {
		if d.Kind == kind && property(d, "synth_client") == client {
			return d
		}
	}
	t.Fatalf("no %s of %s", kind, client)
	return vault.Draft{}
}

func property(d vault.Draft, name string) string {
	for _, p := range d.Properties {
		if p.Name == name {
			return p.Text()
		}
	}
	return ""
}

// head writes properties, "name: value", whatever the values hold. Signs are written as escapes, so that a value does
// not make the note a template.
func head(properties ...string) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, p := range properties {
		name, value, _ := strings.Cut(p, ": ")
		b.WriteString(name + ": \"")
		for _, r := range value {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "\\U%08X", r)
			}
		}
		b.WriteString("\"\n")
	}
	return b.String() + "---\n"
}

// client is a client's note.
func client(code string, more ...string) string {
	return head(append([]string{"category: client", "code: " + code}, more...)...)
}

// worst answers every question of a questionnaire, choices with the worst option there is.
func worst(q *questionnaire.Questionnaire, written func(*questionnaire.Question) vault.Untrusted) *questionnaire.Sheet {
	s := &questionnaire.Sheet{Questionnaire: q.ID}
	for i := range q.Questions {
		question := &q.Questions[i]
		a := questionnaire.Answer{Ref: questionnaire.Ref{Questionnaire: q.ID, Question: question.ID}, State: questionnaire.Known}
		switch question.Type {
		case questionnaire.Number:
			a.Number = 1
			if question.Min != nil {
				a.Number = *question.Min
			}
		case questionnaire.Date:
			a.Date = "2026-01-31"
		case questionnaire.Text, questionnaire.Named:
			a.Text = written(question)
		default:
			a.Options = []string{worstOption(question).ID}
		}
		s.Answers = append(s.Answers, a)
	}
	return s
}

func worstOption(q *questionnaire.Question) questionnaire.Option {
	return slices.MinFunc(q.Options, func(a, b questionnaire.Option) int { return rank(a) - rank(b) })
}

func rank(o questionnaire.Option) int {
	if r, ok := o.Status.Rank(); ok {
		return r
	}
	return 3
}

// sent is a note that holds a sheet's answers.
func sent(set *questionnaire.Set, code string, s *questionnaire.Sheet, more ...string) string {
	return head(append([]string{"category: questionnaire", "form_id: " + s.Questionnaire + "_" + code, "date_reception: 2026-01-31"}, more...)...) +
		set.Body(s)
}

// plainly answers texts and names alike.
func plainly(*questionnaire.Question) vault.Untrusted { return vault.Received("Nom Simple") }
