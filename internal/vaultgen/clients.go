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

// exampleCode matches the properties that hold the code of the example's client.
var exampleCode = regexp.MustCompile(`(?m)^(?:code: |form_id: \w+_)cdt$`)

// WriteClients lays copies of a client's folder, one whose code is the example's, over a vault, each with a code, names
// and a folder of its own. The first keeps those of the original. The error is the system's.
func WriteClients(dir, client string, clients int) error {
	from, name := os.DirFS(client), filepath.Base(client)
	for i := range clients {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprintf("-%d", i)
		}
		if err := writeClient(filepath.Join(dir, "Clients", name+suffix), from, suffix); err != nil {
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
