package obsidian

import (
	"testing"
	"unicode/utf8"
)

func FuzzCodePoints(f *testing.F) {
	for _, seed := range []string{"", "abcdefgh", "abcdefghi", "répétée à l’étage", "\xff\xc3abcdefg\xe2\x80", "12345678\U0001F600é12345678",
		"\xc3\xe9abcdef", "abcdefg\xc3\xe9", "abcdefgé", "\xc1\xa9abcdef", "a\xa9bcdefg"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, want := codePoints(text), utf8.RuneCount(text); got != want {
			t.Errorf("codePoints(%q) = %d, want %d", text, got, want)
		}
	})
}
