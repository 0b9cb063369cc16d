package questionnaire

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// hostileStrings are the texts that try to be more than text, in the order of their file.
func hostileStrings(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("../../vault/testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range bytes.Lines(data) {
		var entry struct{ Text string }
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatal(err)
		}
		all = append(all, entry.Text)
	}
	return all
}
