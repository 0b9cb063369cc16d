package vaultgen

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// exampleName is the client of the example vaults whose folder is copied.
const exampleName = "Cabinet des Tilleuls"

// exampleCode matches the properties that hold his code.
var exampleCode = regexp.MustCompile(`(?m)^(?:code: |form_id: \w+_)cdt$`)

// WriteClients lays copies of an example vault's client over a vault, each with a code, names and a folder of its own.
// The first keeps the example's. The error is the system's.
func WriteClients(dir, example string, clients int) error {
	from := os.DirFS(filepath.Join(example, "Clients", exampleName))
	for i := range clients {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprintf("-%d", i)
		}
		if err := writeClient(filepath.Join(dir, "Clients", exampleName+suffix), from, suffix); err != nil {
			return err
		}
	}
	return nil
}

// writeClient copies a folder of one client's notes, without those that build makes. The suffix joins his code and the
// names of his notes.
func writeClient(to string, from fs.FS, suffix string) error {
	return fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, p)
		if err != nil || bytes.Contains(data, []byte("\nsynth_seal:")) {
			return err
		}
		target := filepath.Join(to, strings.TrimSuffix(filepath.FromSlash(p), ".md")+suffix+".md")
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		return os.WriteFile(target, exampleCode.ReplaceAll(data, []byte("${0}"+suffix)), 0o600)
	})
}
