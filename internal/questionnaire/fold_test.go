package questionnaire

import "testing"

// Plain letters take a shorter way to the same form.
func TestFoldPlainLettersAlike(t *testing.T) {
	for c := range 0x80 {
		text := "a" + string(rune(c)) + "Z 9"
		if got, want := Fold(text), foldBeyondASCII(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}
