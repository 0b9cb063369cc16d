package vault

import (
	"strings"
	"testing"
	"unicode"
)

// FuzzFold checks that a name folds alike letter by letter and by Unicode's tables.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "Folder/NOTE.MD", "Œuvre ÿ ß µ Å ÷×", "E\u0301te\u0301", "\u212Aelvin ſ", "a\xffÉ\xc3", "ΣΑΣ ς", "İıſ", "a\u0327\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		want := foldAny(name)
		if got := fold(name); got != want {
			t.Errorf("%q folds to %q, by the tables to %q", name, got, want)
		}
		if got := string(appendFold([]byte("x/"), []byte(name))); got != "x/"+want {
			t.Errorf("%q behind x/ folds to %q, by the tables to %q", name, got, want)
		}
	})
}

func TestFoldRuneFollowsUnicode(t *testing.T) {
	for r := rune(0); r < firstCombining; r++ {
		if got, want := foldRune(r), foldAnyRune(r); got != want {
			t.Errorf("%q folds to %q, by the tables to %q", r, got, want)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	var room [128]byte
	for b.Loop() {
		appendFold(room[:0], "Clients/Maison médicale de Saint-Rémy 009/Fiche nœud 01156.md")
	}
}

// FuzzHeadingKey checks the words of a heading, which are found in place, against those that are cut apart.
func FuzzHeadingKey(f *testing.F) {
	for _, seed := range []string{"", " - ", "Backup: tests", "«\u00a0Où ?\u00a0» #a", "  A\u0301 b  ", "\xff.\x85", "ΑΣ_β\u2003c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.FieldsFunc(foldAny(text), func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("!\"#$%&()*+,./:;<=>?@[\\]^`{|}~", r)
		})
		want := strings.Join(words, " ")
		if got := HeadingKey(text); got != want {
			t.Errorf("the words of %q are %q, not %q", text, got, want)
		}
		if got := string(appendHeadingKey([]byte("x"), text)); got != "x"+want {
			t.Errorf("behind x, the words of %q are %q", text, got)
		}
	})
}
