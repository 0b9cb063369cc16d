package intake

import "testing"

func TestBareWords(t *testing.T) {
	for value, want := range map[string]bool{
		"Formspree": true, "acces_it": true, "Google Forms 2": true, "e\u0301t\u00e9-1": true,
		"": false, " a": false, "a ": false, "2a": false, "_a": false, "a:b": false, "a.b": false, "a\n": false, "a\xff": false, "Yes": false, "null": false, "nullify": true,
	} {
		if got := isBare(value); got != want {
			t.Errorf("%q is bare: %t, want %t", value, got, want)
		}
	}
}
