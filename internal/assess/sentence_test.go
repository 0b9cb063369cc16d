package assess

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/synth-vault/synth/internal/catalog"
)

// What a template of a sentence can call is what a sentence may use.
func TestSentencesHaveTheirFunctions(t *testing.T) {
	given := slices.Sorted(maps.Keys(functions(nil)))
	for _, name := range given {
		if !isFunction(name) {
			t.Errorf("no sentence may use %q", name)
		}
	}
	for name := range newSentences(nil).all {
		if !isFunction(name) {
			t.Errorf("%q is read and refused", name)
		}
	}
	if isFunction("printf") {
		t.Error("a sentence may format what it likes")
	}
}

// What came with the program is taken at its word, sentence by sentence: with every check it is the same model, which
// says the same.
func TestShippedModelNeedsNoTrial(t *testing.T) {
	trusted, problems := Load(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tried, problems := Load(struct{ fs.FS }{catalog.Shipped()}, "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if trusted.Hash != tried.Hash || trusted.WordsHash != tried.WordsHash || !reflect.DeepEqual(trusted.Set, tried.Set) {
		t.Error("the models differ")
	}
	for _, answers := range []Answers{silence{}, newSample(tried.Set)} {
		want := sayAll(t, tried, answers)
		if got := sayAll(t, trusted, answers); len(want) < 300 || !maps.Equal(got, want) {
			t.Errorf("the models say otherwise: %d sentences, %d", len(got), len(want))
		}
	}
}

// sayAll gives every sentence of a model over some answers, by its place and source.
func sayAll(t *testing.T, m *Model, answers Answers) map[phraseKey]Sentence {
	t.Helper()
	out := map[phraseKey]Sentence{}
	speaker := m.speaker(answers)
	for _, e := range m.words {
		all := append([]*phrase{e.title, e.brief, e.text, e.objective, e.question}, e.steps...)
		for _, some := range []map[string]*phrase{e.briefs, e.levels, e.conclusions} {
			all = slices.AppendSeq(all, maps.Values(some))
		}
		for _, p := range all {
			if p == nil {
				continue
			}
			s, err := p.say(speaker)
			if err != nil {
				t.Error(p.place, err)
			}
			out[phraseKey{p.place, p.source}] = s
		}
	}
	return out
}

type phraseKey struct {
	place  Place
	source string
}
