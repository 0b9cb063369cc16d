package compose

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// parts are those of a seal, by name.
func parts(t *testing.T, seal string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for part := range strings.SplitSeq(seal, " ") {
		name, value, _ := strings.Cut(part, ":")
		out[name] = value
	}
	return out
}

// moved names the parts in which two seals differ.
func moved(t *testing.T, a, b string) []string {
	t.Helper()
	x, y := parts(t, a), parts(t, b)
	var out []string
	for name, value := range x {
		if y[name] != value {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Each thing that a note is made from moves its own part of the seal.
func TestSealNamesWhatChanged(t *testing.T) {
	shipped := content(t)
	model, composer := loadModel(t, shipped)
	form := model.Set.Questionnaire(oneForm)
	// note is the questionnaire's note after a change of its sheet.
	note := func(change func(*questionnaire.Sheet), more ...string) string {
		s := worst(form, plainly)
		if change != nil {
			change(s)
		}
		return sent(model.Set, "cdt", s, more...)
	}
	first := func(s *questionnaire.Sheet) *questionnaire.Answer {
		i := slices.IndexFunc(s.Answers, func(a questionnaire.Answer) bool { return len(a.Options) > 0 })
		return &s.Answers[i]
	}
	written := func(s *questionnaire.Sheet, ref string) *questionnaire.Answer {
		i := slices.IndexFunc(s.Answers, func(a questionnaire.Answer) bool { return a.Ref.String() == ref })
		return &s.Answers[i]
	}
	owner := []string{"title: Cabinet Été", "country: CH", "canton: VD", "consultant: Anne", "as_of: 2026-02-01"}
	start := notes{"C.md": client("cdt", owner...), "Q.md": note(nil, "respondant: Bob")}
	seal := func(files notes) string {
		return property(stage(t, model, composer, files).draft(t, AnalysisKind, "cdt"), "synth_seal")
	}
	before := seal(start)
	replace := func(i int, line string) string {
		lines := slices.Clone(owner)
		lines[i] = line
		return client("cdt", lines...)
	}
	answers, clients, asOf := []string{"answers"}, []string{"client"}, []string{"asof"}
	for _, test := range []struct {
		name  string
		files notes
		want  []string
	}{
		{"nothing", start, nil},
		{"the note's place", notes{"x/C.md": start["C.md"], "y/R.md": start["Q.md"]}, nil},
		{"the consultant's own section", start.with("Q.md", start["Q.md"]+"\n## À moi\n\nNoté.\n"), nil},
		{"another client", start.with("D.md", client("d")), nil},
		{"a tick", start.with("Q.md", note(func(s *questionnaire.Sheet) {
			first(s).Options = []string{form.Question(first(s).Ref.Question).Options[1].ID}
		}, "respondant: Bob")), answers},
		{"a tick less", start.with("Q.md", note(func(s *questionnaire.Sheet) { *first(s) = questionnaire.Answer{Ref: first(s).Ref} }, "respondant: Bob")), answers},
		{"not known instead of silent", start.with("Q.md", note(func(s *questionnaire.Sheet) {
			*first(s) = questionnaire.Answer{Ref: first(s).Ref, Asked: true}
		}, "respondant: Bob")), answers},
		{"a text", start.with("Q.md", note(func(s *questionnaire.Sheet) { written(s, oneForm+".precisions").Text = vault.Received("autre") }, "respondant: Bob")), answers},
		{"a name", start.with("Q.md", note(func(s *questionnaire.Sheet) { written(s, oneForm+".domaine").Text = vault.Received("autre.ch") }, "respondant: Bob")), answers},
		{"a remark", start.with("Q.md", note(func(s *questionnaire.Sheet) {
			s.Remarks = []questionnaire.Remark{{Text: vault.Received("Merci")}}
		}, "respondant: Bob")), answers},
		{"the respondent", start.with("Q.md", note(nil, "respondant: Carl")), answers},
		{"the title, decomposed", start.with("C.md", replace(0, "title: Cabinet E\u0301te\u0301")), nil},
		{"the title", start.with("C.md", replace(0, "title: Autre")), clients},
		{"the country", start.with("C.md", replace(1, "country: FR")), clients},
		{"the canton", start.with("C.md", replace(2, "canton: GE")), clients},
		{"the consultant", start.with("C.md", replace(3, "consultant: Zoé")), clients},
		{"as-of", start.with("C.md", replace(4, "as_of: 2026-03-01")), asOf},
	} {
		if diff := cmp.Diff(test.want, moved(t, before, seal(test.files))); diff != "" {
			t.Errorf("%s: parts that move (-want +got):\n%s", test.name, diff)
		}
	}
}

// The catalogue's own files move the model's part or the words'.
func TestSealNamesTheCatalogue(t *testing.T) {
	seal := func(files fstest.MapFS) string {
		model, composer := loadModel(t, catalog.Over(files))
		return property(stage(t, model, composer, tilleuls(model)).draft(t, SynthesisKind, "cdt"), "synth_seal")
	}
	read := func(name string) string {
		f, err := catalog.Shipped().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		data := make([]byte, 1<<20)
		n, err := f.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		return string(data[:n])
	}
	before := seal(nil)
	for name, want := range map[string][]string{
		"model/model.yaml": {"model"}, "model/correspondance.yaml": {"model"},
		"fr/correspondance.yaml": {"words"}, "fr/templates/" + RoadmapKind + ".md": {"words"},
	} {
		text := read(name)
		if strings.HasSuffix(name, ".yaml") {
			text += "# un commentaire\n"
		} else {
			text += "\n"
		}
		if got := moved(t, before, seal(fstest.MapFS{name: {Data: []byte(text)}})); !slices.Equal(got, want) {
			t.Errorf("%s moves %v, not %v", name, got, want)
		}
	}
}

// The seal says six things in a fixed order, each hash 16 digits long.
func TestSealForm(t *testing.T) {
	model, composer := loadModel(t, content(t))
	seal := property(stage(t, model, composer, tilleuls(model)).draft(t, RoadmapKind, "cdt"), "synth_seal")
	var names []string
	for part := range strings.SplitSeq(seal, " ") {
		name, value, _ := strings.Cut(part, ":")
		names = append(names, name)
		if name != "asof" && name != "format" && (len(value) != 16 || strings.Trim(value, "0123456789abcdef") != "") {
			t.Errorf("%s is no hash of 16 digits", part)
		}
	}
	if diff := cmp.Diff([]string{"answers", "client", "model", "words", "asof", "format"}, names); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

// BenchmarkSeal digests what a client answered.
func BenchmarkSeal(b *testing.B) {
	model, composer := loadModel(b, content(b))
	files := notes{"C.md": client("cdt", "title: Cabinet des Tilleuls", "country: CH")}
	for _, q := range model.Set.Questionnaires {
		files[q.ID+".md"] = sent(model.Set, "cdt", worst(q, plainly))
	}
	engagements, _ := model.Set.Read(files.open(b))
	r, err := model.Assess(engagements[0])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := composer.seal(r, &plan.Roadmap{}); err != nil {
			b.Fatal(err)
		}
	}
}
