//go:build !unix

package vault

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// folder is the path of the vault's folder.
type folder string

// file is an open file of a folder.
type file struct{ *os.File }

func enter(dir string) (folder, error) { return folder(dir), nil }

func (d folder) open(name string) (file, error) {
	f, err := os.Open(filepath.Join(string(d), filepath.FromSlash(name)))
	return file{f}, err
}

// openFile opens a file by its whole path.
func openFile(name string) (file, error) {
	f, err := os.Open(name)
	return file{f}, err
}

func (d folder) close() {}

// read gives 0 at the file's end and nowhere else.
func (f file) read(into []byte) (int, error) {
	n, err := f.Read(into)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

func (f file) close() { _ = f.Close() }
