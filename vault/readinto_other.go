//go:build !unix

package vault

import (
	"io"
	"os"
	"slices"
)

// readInto reads a whole file into a buffer, which it replaces where it is too
// small.
func readInto(buffer []byte, name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return buffer[:0], err
	}
	defer f.Close()
	size := 0
	for {
		if size == cap(buffer) {
			buffer = slices.Grow(buffer[:size], max(firstRead, size))
		}
		got, err := f.Read(buffer[size:cap(buffer)])
		size += got
		if err == io.EOF {
			return buffer[:size], nil
		}
		if err != nil {
			return buffer[:0], err
		}
	}
}
