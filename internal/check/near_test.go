package check

import (
	"strconv"
	"testing"
)

// FuzzNames checks the forms of names that are put together character by character against those of whole names.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{"", "a/Été – 📁.md", "x.md.md", "ŒUVRE ß ÿ İı ǅ", "e\u0301\u0327 \u1e9b\u0323", "\xff\xc3", "a\"b\\c\u00ad\u00a0", "ſK\u212a", "."} {
		f.Add(seed)
	}
	forms := newShortForms()
	f.Fuzz(func(t *testing.T, name string) {
		if got, want := string(forms.sameFile([]byte("x"), name)), "x"+sameFile(name); got != want {
			t.Errorf("%q is compared as %q, not as %q", name, got, want)
		}
		if got, want := string(forms.letters(nil, name)), lettersOf(nameOf(name)); got != want {
			t.Errorf("the letters of %q are %q, not %q", name, got, want)
		}
		if got, want := quoted(name), strconv.QuoteToGraphic(name); got != want {
			t.Errorf("%q is shown as %s", name, got)
		}
	})
}
