package assess

import (
	"fmt"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/catalog"
)

// pieces are sentences of every kind of piece, and whether text/template is not needed for them.
func pieces() map[string]bool {
	return map[string]bool{
		`Rien n’est cité.`: true,
		`{{.f.ticks}}, {{.f.text}}, {{.f.number}}, {{.f.none}}{{.f.no}}`: true,
		`{{.f.missing}}`:               true, // and fails
		`{{.missing.ticks}}`:           true, // and fails
		`{{.f}}`:                       false,
		`{{.f.ticks.id}}`:              false,
		`{{len .f.ticks}}`:             false,
		`{{.f.ticks | join}}`:          false,
		`{{$x := .f.text}}{{$x}}`:      false,
		`{{with .f.text}}{{.}}{{end}}`: false,
		`{{if .f.text}}a{{else if .f.number}}b{{else}}c{{end}}`:                                    true,
		`{{if .f.no}}a{{else if .f.none}}b{{else if .f.nought}}c{{else}}d{{end}}`:                  true,
		`{{or .f.no "quelqu’un"}}{{or .f.text "personne"}}{{or .f.none .f.ticks}}`:                 true,
		`{{or .f.no .f.none "rien"}}`:                                                              false,
		`{{and .f.text .f.number}}`:                                                                false,
		`{{among .f.ticks "a" "c"}}/{{among .f.ticks "z"}}/{{among .f.ticks}}`:                     true,
		`{{without .f.ticks "a" "c"}}/{{without .f.ticks "z"}}/{{without .f.ticks}}`:               true,
		`{{if among .f.ticks "a"}}a{{end}}{{if among .f.ticks "z"}}z{{end}}`:                       true,
		`{{if without .f.ticks "a" "b" "c"}}a{{else}}b{{end}}{{if among .f.none "a"}}c{{end}}`:     true,
		`{{if among .f.text "a"}}a{{end}}`:                                                         true, // and fails
		`{{among (without .f.ticks "a") "a" "b"}}`:                                                 true,
		`{{among .f.ticks .f.text}}`:                                                               false,
		`{{plural .f.ticks "un" "des"}}{{plural .f.number "un" "des"}}{{plural .f.no "un" "des"}}`: true,
		`{{plural (among .f.ticks "a") "un" "des"}}{{plural (among .f.ticks "a" "b") "un" "des"}}`: true,
		`{{plural .f.text "un" "des"}}`:                                                            true, // and fails
		`{{plural .f.number "un"}}`:                                                                false,
		`{{if and .f.text (not .f.no) .f.number}}a{{else}}b{{end}}`:                                true,
		`{{if and .f.text .f.no .f.missing}}a{{else}}b{{end}}`:                                     true,
		`{{if or .f.no .f.missing}}a{{else}}b{{end}}`:                                              true, // and fails
		`{{if or .f.no (among .f.ticks "b")}}a{{else}}b{{end}}`:                                    true,
		`{{if and .f.number (ne .f.number 1)}}a{{end}}`:                                            false,
		`{{if channel "canal_grand_public" .f.mail}}a{{else}}b{{end}}`:                             true,
		`{{if channel "canal_grand_public" .f.text}}a{{else}}b{{end}}`:                             true,
		`{{if channel "aucune" .f.text}}a{{else}}b{{end}}`:                                         true, // and fails
		`{{if channel "canal_grand_public" .f.number}}a{{end}}`:                                    true, // and fails
		`{{elision "le" .f.text}}`:                                                                 false,
		`{{join .f.ticks}}`:                                                                        false,
		`{{"mot"}}{{5}}`:                                                                           true,
		`{{if 1.5}}a{{end}}`:                                                                       false,
	}
}

// sameForm fails unless a sentence is said as text/template says it, and fails as it does.
func sameForm(t *testing.T, m *Model, words string, from quotes) bool {
	t.Helper()
	made, err := newSentences(m).parse(words)
	if err != nil {
		return true
	}
	for _, f := range []*form{made.text, made.markdown} {
		var want strings.Builder
		failed := f.template.Execute(&want, from)
		got, err := f.fill(from)
		if got != want.String() || fmt.Sprint(err) != fmt.Sprint(failed) {
			t.Errorf("%s\nis %q, %v\nnot %q, %v", words, got, err, want.String(), failed)
		}
	}
	return made.text.said != nil
}

func given() quotes {
	return quotes{"f": {"ticks": ticked{{"a", "un", " et "}, {"b", "deux", " et "}, {"c", "trois", " et "}}, "none": ticked(nil),
		"text": "texte", "no": "", "mail": "gmail.com", "number": 12, "nought": 0}}
}

func TestSentencesAreSaidAsTextTemplateSaysThem(t *testing.T) {
	m := shipped(t)
	for words, ready := range pieces() {
		if sameForm(t, m, words, given()) != ready {
			t.Errorf("%s: said without text/template is %t", words, !ready)
		}
	}
}

// Of what is shipped hardly a sentence needs text/template, whatever is answered.
func TestShippedSentencesAreSaidAsTextTemplateSaysThem(t *testing.T) {
	m := shipped(t)
	for seed := range uint64(6) {
		speaker := m.speaker(randomReplies(m.Set, seed))
		quoting, needy := 0, 0
		for key := range sayAll(t, m, silence{}) {
			if !strings.Contains(key.source, "{{") {
				continue
			}
			quoting++
			if !sameForm(t, m, key.source, speaker.text) {
				needy++
			}
			sameForm(t, m, key.source, speaker.markdown)
			made, err := newSentences(m).parse(key.source)
			if err != nil {
				t.Fatal(err)
			}
			want, failed := made.text.execute(speaker.withoutNames())
			if got, err := made.text.fillNameless(speaker); got != want || fmt.Sprint(err) != fmt.Sprint(failed) {
				t.Errorf("%s\nis without names %q, %v\nnot %q, %v", key.source, got, err, want, failed)
			}
		}
		if quoting < 100 || needy > quoting/50 {
			t.Errorf("%d sentences of %d need text/template", needy, quoting)
		}
	}
}

func FuzzSentencesAreSaidAsTextTemplateSaysThem(f *testing.F) {
	for words := range pieces() {
		f.Add(words)
	}
	m, problems := Load(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		f.Fatal(problems)
	}
	f.Fuzz(func(t *testing.T, words string) { sameForm(t, m, words, given()) })
}
