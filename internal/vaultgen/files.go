package vaultgen

import (
	"os"
	"path/filepath"
)

// WriteFiles writes texts into a folder, by their slash-separated paths in it, and makes the folders that they lie in. The
// error is the system's.
func WriteFiles(dir string, files map[string]string) error {
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}
