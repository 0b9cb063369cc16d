package questionnaire

import "testing"

func TestPlainWords(t *testing.T) {
	for value, want := range map[string]bool{
		"cdt": true, "Cabinet du Lac 2": true, "2025-08-25 10:30": true, "a/b_c.md": true, ".obsidian": true, "_x": true, "é½": true,
		"": false, " a": false, "-a": false, ":a": false, "/a": false, "a,b": false, "[[a]]": false, "\"a\"": false, "e\u0301": false, "a\n": false, "a\xff": false, "a\uFFFD": false,
	} {
		if got := isPlainWord(value); got != want {
			t.Errorf("%q is plain: %t, want %t", value, got, want)
		}
	}
}
