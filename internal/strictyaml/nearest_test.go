package strictyaml_test

import (
	"testing"

	"github.com/synth-vault/synth/internal/strictyaml"
)

func TestNearest(t *testing.T) {
	tests := map[string]struct {
		word  string
		known []string
		want  string
	}{
		"swapped letters":        {"titel", []string{"tags", "title"}, "title"},
		"dropped letter":         {"wight", []string{"weight"}, "weight"},
		"added letter":           {"idd", []string{"id"}, "id"},
		"replaced letter":        {"toto", []string{"tota"}, "tota"},
		"case and accents":       {"PRÉNOM", []string{"prenom"}, "prenom"},
		"accents on both sides":  {"securite", []string{"sécurité"}, "sécurité"},
		"decomposed accents":     {"cle\u0301", []string{"clé"}, "clé"},
		"two in six letters":     {"weihgt", []string{"wegiht"}, "wegiht"},
		"two in five letters":    {"abcde", []string{"axcdx"}, ""},
		"nearest, not first":     {"control", []string{"contorls", "controls"}, "controls"},
		"first of equals":        {"cat", []string{"bat", "car"}, "bat"},
		"the word itself":        {"id", []string{"ie", "id"}, "id"},
		"nothing near":           {"author", []string{"title", "tags"}, ""},
		"no word":                {"", []string{"a"}, ""},
		"nothing known":          {"a", nil, ""},
		"swap with one between":  {"abc", []string{"cba"}, ""},
		"swap counts as one":     {"abcd", []string{"abdc"}, "abdc"},
		"word of invalid UTF-8":  {"ti\xfftle", []string{"title"}, "title"},
		"length alone rules out": {"a", []string{"abc"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strictyaml.Nearest(test.word, test.known); got != test.want {
				t.Errorf("Nearest(%q, %q) = %q, want %q", test.word, test.known, got, test.want)
			}
		})
	}
}
