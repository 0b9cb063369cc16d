package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/schemas"
)

// Types are added in the file's own layout, and no byte of it changes.
func TestMergeTypes(t *testing.T) {
	want := map[string]string{"b": "date", "a": "text"}
	for _, test := range []struct{ name, old, after string }{
		{"empty object", `{"types": {}}`, "{\"types\": {\n    \"a\": \"text\",\n    \"b\": \"date\"\n  }}"},
		{"one line", `{"types":{"x":"y"},"z":{}}`, `{"types":{"x":"y", "a": "text", "b": "date"},"z":{}}`},
		{"lines", "{\n  \"types\": {\n    \"b\": \"date\"\n  }\n}", "{\n  \"types\": {\n    \"b\": \"date\",\n    \"a\": \"text\"\n  }\n}"},
		{"CRLF", "{\r\n  \"types\": {\r\n    \"b\": \"date\"\r\n  }\r\n}\r\n", "{\r\n  \"types\": {\r\n    \"b\": \"date\",\r\n    \"a\": \"text\"\r\n  }\r\n}\r\n"},
		{"nothing missing", `{"types":{"b":"text","a":"text"}}`, `{"types":{"b":"text","a":"text"}}`},
		{"brackets in texts", `{"y":"}{","types":{"}":"{"}}`, `{"y":"}{","types":{"}":"{", "a": "text", "b": "date"}}`},
	} {
		got, err := mergeTypes([]byte(test.old), want)
		if diff := cmp.Diff(test.after, string(got.text)); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, err, diff)
		}
	}
	fresh, err := mergeTypes(nil, want)
	if err != nil || !json.Valid(fresh.text) || len(fresh.added) != 2 {
		t.Errorf("%v %q", err, fresh.text)
	}
	for _, old := range []string{"", "[]", `{"types": []}`, `{"x": 1}`, "{\"types\": {}", "\ufeff{\"types\": {}}", `{"types":{},}`} {
		if got, err := mergeTypes([]byte(old), want); err == nil {
			t.Errorf("%q becomes %q", old, got.text)
		}
	}
}

// The settings of the kit explain every key of the schema, and each example, once its mark is taken off, loads.
func TestKitSettingsExplainEveryKey(t *testing.T) {
	text, err := fs.ReadFile(catalog.Shipped(), "fr/kit/synth.yaml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(schemas.FS(), "synth.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]any `json:"properties"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for key := range schema.Properties {
		if !strings.Contains(string(text), "\n# "+key+":") {
			t.Errorf("the kit's settings say nothing of %s", key)
		}
	}
	dir := t.TempDir()
	unmarked := regexp.MustCompile(`(?m)^# ((?:  )*[a-z_]+:(?: |$))`).ReplaceAllString(string(text), "$1")
	for _, settings := range []string{string(text), unmarked} {
		if err := os.WriteFile(filepath.Join(dir, settingsFile), []byte(settings), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, problems := readSettings(dir); len(problems) > 0 {
			t.Errorf("%v in\n%s", problems, settings)
		}
	}
	if s, _ := readSettings(dir); s.Keep != 20 || s.Catalog == "" || len(s.Ignore) != 2 || len(s.Folders) != 4 {
		t.Errorf("the examples are read as %+v", s)
	}
}

// What Obsidian reads as YAML is YAML.
func TestKitBaseIsYAML(t *testing.T) {
	data, err := fs.ReadFile(catalog.Shipped(), "fr/kit/clients.base")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := strictyaml.Parse(data, 1, strictyaml.Limits{Bytes: 1 << 16, Keys: 500, Depth: 10}); err != nil {
		t.Error(err)
	}
}
