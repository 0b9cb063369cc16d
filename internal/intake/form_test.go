package intake

import (
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
)

func shippedSet(t *testing.T) *questionnaire.Set {
	t.Helper()
	ids := []string{"acces_it", "organisation_fichiers", "correspondance", "facturation", "messagerie_sante"}
	set, problems := questionnaire.Load(catalog.Shipped(), ids, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

func markup(t *testing.T, f *Page) string {
	t.Helper()
	data, err := f.HTML(catalog.Shipped(), "fr")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var (
	fieldName  = regexp.MustCompile(`<(?:input|textarea)[^>]* name="([^"]*)"`)
	fieldValue = regexp.MustCompile(`<input type="(?:radio|checkbox)" id="[^"]*" name="([^"]*)" value="([^"]*)">`)
)

// What is sent and what is read cannot disagree: the page has a field for every question and remark, formspree.json
// names the same ones, and every value that a choice can send is read as the option whose label stood beside it.
func TestEveryFieldIsReadBack(t *testing.T) {
	set := shippedSet(t)
	for _, q := range set.Questionnaires {
		f := &Page{Set: set, Questionnaire: q, Client: "cdt"}
		if problems := f.Problems(); len(problems) > 0 {
			t.Errorf("%s: %v", q.ID, problems)
		}
		text := markup(t, f)
		sent := map[string]bool{}
		for _, m := range fieldName.FindAllStringSubmatch(text, -1) {
			sent[m[1]] = true
		}
		want := f.Fields()
		want[fieldHoneypot], want[fieldLanguage] = FieldRule{}, FieldRule{}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(sent))); diff != "" {
			t.Errorf("%s: fields of formspree.json (-) and of the page (+):\n%s", q.ID, diff)
		}
		choices := map[string][]string{}
		for _, m := range fieldValue.FindAllStringSubmatch(text, -1) {
			if id, ok := set.Option(q.Question(m[1]), m[2]); !ok || id != m[2] {
				t.Errorf("%s.%s: the value %q is read as %q", q.ID, m[1], m[2], id)
			}
			choices[m[1]] = append(choices[m[1]], m[2])
		}
		for i := range q.Questions {
			question := &q.Questions[i]
			if !sent[question.ID] || !sent[remarkField(question.ID)] {
				t.Errorf("%s.%s has no field", q.ID, question.ID)
			}
			if !strings.Contains(html.UnescapeString(text), question.Label) {
				t.Errorf("%s.%s is not asked in its words", q.ID, question.ID)
			}
			if question.Type.Choice() && !slices.Contains(choices[question.ID], questionnaire.DontKnow) {
				t.Errorf("%s.%s cannot be answered by not knowing", q.ID, question.ID)
			}
		}
	}
}

func TestAnOpenFormAsksNothingElse(t *testing.T) {
	set := shippedSet(t)
	f := &Page{Set: set, Questionnaire: set.Questionnaire("correspondance"), Client: "cdt",
		Open: map[string]string{"orientation": "contradictory", "domaine": "unanswered"}}
	want := []string{"complement", "domaine", "domaine_remarque", "form_id", "form_version", "orientation", "orientation_remarque", "remarques", "respondant"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(f.Fields()))); diff != "" {
		t.Error(diff)
	}
	text := markup(t, f)
	for _, part := range []string{`name="complement" value="true"`, "Question 2 sur 2", "Les réponses reçues se contredisent.", "Aucune réponse reçue"} {
		if !strings.Contains(text, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	whole := &Page{Set: set, Questionnaire: f.Questionnaire}
	if strings.Contains(markup(t, whole), "complement") {
		t.Error("a whole form claims to be a complement")
	}
	if version(t, f) != version(t, whole) {
		t.Error("the version is not that of the questionnaire")
	}
}

func version(t *testing.T, f *Page) string {
	t.Helper()
	v, err := f.Version()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The version changes with what a respondent sees or sends, and with nothing else.
func TestVersion(t *testing.T) {
	build := func(change func(*questionnaire.Questionnaire)) string {
		q := &questionnaire.Questionnaire{ID: "essai", Title: "Essai", Questions: []questionnaire.Question{
			{ID: "a", Type: questionnaire.Single, Label: "A ?", Options: []questionnaire.Option{{ID: "oui", Label: "Oui"}}}}}
		change(q)
		return version(t, &Page{Questionnaire: q})
	}
	before := build(func(*questionnaire.Questionnaire) {})
	for name, change := range map[string]func(*questionnaire.Questionnaire){
		"label":  func(q *questionnaire.Questionnaire) { q.Questions[0].Label = "B ?" },
		"option": func(q *questionnaire.Questionnaire) { q.Questions[0].Options[0].ID = "si" },
		"type":   func(q *questionnaire.Questionnaire) { q.Questions[0].Type = questionnaire.Multi },
		"help":   func(q *questionnaire.Questionnaire) { q.Questions[0].Help = "Pensez-y." },
	} {
		if build(change) == before {
			t.Errorf("another %s, and the same version", name)
		}
	}
	if build(func(q *questionnaire.Questionnaire) { q.Questions[0].Aliases, q.Questions[0].Line = []string{"C"}, 7 }) != before {
		t.Error("what nobody sees changes the version")
	}
}

func TestFieldsThatWouldBeMisreadAreRefused(t *testing.T) {
	for _, test := range []struct {
		ids  []string
		want []string // the questions that cannot be asked
	}{
		{[]string{"canaux", "dates", "clients", "titre"}, nil},
		{[]string{"date", "ID", "form_id", "client"}, []string{"date", "ID", "form_id", "client"}},
		{[]string{"canaux", "respondant"}, []string{"respondant"}},
		{[]string{"canaux", "canaux_remarque"}, []string{"canaux"}},
		{[]string{"_subject"}, []string{"_subject", "_subject"}},
		{[]string{"nb_postes", "nbpostes"}, []string{"nbpostes", "nbpostes"}},
		{[]string{"submittedat"}, []string{"submittedat"}},
	} {
		q := &questionnaire.Questionnaire{ID: "essai"}
		for i, id := range test.ids {
			q.Questions = append(q.Questions, questionnaire.Question{ID: id, Line: i + 1, Column: 5})
		}
		var got []string
		for _, p := range misread(&questionnaire.Set{Questionnaires: []*questionnaire.Questionnaire{q}}, q) {
			got = append(got, test.ids[p.Line-1])
			if p.Path != "questionnaires/essai.yaml" || p.Hint == "" {
				t.Errorf("%+v", p)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v: %s", test.ids, diff)
		}
	}
}

// A client's code and a questionnaire's id are joined in one field: where it would be read otherwise, nothing is sent.
func TestAnAmbiguousFormIDIsRefused(t *testing.T) {
	set := &questionnaire.Set{Questionnaires: []*questionnaire.Questionnaire{{ID: "acces"}, {ID: "acces_it"}}}
	for client, want := range map[string]int{"cdt": 0, "a-b": 0, "": 0, "it": 1, "it-2": 1, "its": 0} {
		f := &Page{Set: set, Questionnaire: set.Questionnaires[0], Client: client}
		if got := len(f.Problems()); got != want {
			t.Errorf("client %q: %d problems, not %d", client, got, want)
		}
	}
}

// Whoever writes a questionnaire may write anything into it: on the page it is text.
func TestWordsOfAQuestionnaireAreText(t *testing.T) {
	const hostile = `</label><script>alert(1)</script>" onfocus="alert(2)" x='{{.}}`
	q := &questionnaire.Questionnaire{ID: "essai", Title: hostile, Emoji: "📁", Questions: []questionnaire.Question{
		{ID: "a", Type: questionnaire.Single, Label: hostile, Help: hostile, Options: []questionnaire.Option{{ID: "oui", Label: hostile}}},
		{ID: "b", Type: questionnaire.Text, Label: hostile, Format: hostile},
	}}
	set := &questionnaire.Set{Questionnaires: []*questionnaire.Questionnaire{q}, Words: questionnaire.Words{DontKnow: hostile}}
	text := markup(t, &Page{Set: set, Questionnaire: q, Endpoint: "https://forms.example/x?a=\"><script>", Open: map[string]string{"a": hostile, "b": hostile}})
	if strings.Contains(text, "<script") || strings.Contains(text, `" onfocus`) {
		t.Error(text)
	}
	// The title twice, two questions, a help, an option and what is offered beside it.
	if got := strings.Count(html.UnescapeString(text), hostile); got != 7 {
		t.Errorf("the words stand %d times on the page, not 7", got)
	}
}

func TestPolicy(t *testing.T) {
	set := shippedSet(t)
	for endpoint, want := range map[string]string{
		"https://formspree.io/f/abc": "form-action https:;",
		"http://127.0.0.1:8080/f":    "form-action http://127.0.0.1:8080;",
		"":                           "form-action 'none';",
	} {
		text := html.UnescapeString(markup(t, &Page{Set: set, Questionnaire: set.Questionnaires[0], Endpoint: endpoint}))
		if !strings.Contains(text, "default-src 'none'; style-src 'sha256-") || !strings.Contains(text, want) {
			t.Errorf("%q: no %s in the policy", endpoint, want)
		}
		if disabled := strings.Contains(text, "disabled"+" aria"); disabled == (endpoint != "") {
			t.Errorf("%q: the button is disabled: %v", endpoint, disabled)
		}
	}
}
