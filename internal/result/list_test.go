package result

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/synth-vault/synth/vault"
)

// FuzzAppendProblem checks that a problem has the bytes that encoding/json gives it.
func FuzzAppendProblem(f *testing.F) {
	for _, seed := range []string{"", "a \"b\" \\ é", "<a&b>", "\x00\b\f\n\r\t\x1f\x7f", "\u2028 \u2029", "\xff\xc3", "\ufffd😀"} {
		f.Add(seed, "x", 1, 20)
	}
	f.Fuzz(func(t *testing.T, path, message string, line, column int) {
		p := vault.Problem{Path: path, Line: line, Column: column, Severity: vault.Warning, Code: "link_broken", Message: message, Hint: path}
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("    ", "  ")
		if err := encoder.Encode(NewProblem(p)); err != nil {
			t.Fatal(err)
		}
		if got := string(AppendProblem(nil, p)) + "\n"; got != want.String() {
			t.Errorf("%s, not %s", got, want.String())
		}
	})
}
