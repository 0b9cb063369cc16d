package vault

import (
	"net/url"
	"testing"
)

// FuzzPercentDecoded checks the decoding in place against the library's.
func FuzzPercentDecoded(f *testing.F) {
	for _, seed := range []string{"", "a b", "%C3%A9tage%20+.md", "100%", "%4", "%4g%20", "%25%32%35", "é%e2%80%99"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, err := url.PathUnescape(text)
		if err != nil {
			want = text
		}
		if got := string(percentDecoded([]byte(text))); got != want {
			t.Errorf("percentDecoded(%q) = %q, want %q", text, got, want)
		}
	})
}
