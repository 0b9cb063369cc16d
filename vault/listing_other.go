//go:build !linux

package vault

import "os"

// listing is an open folder.
type listing struct{ *os.File }

func openListing(name string) (listing, error) {
	f, err := os.Open(name)
	return listing{f}, err
}

func (f listing) close() { _ = f.Close() }

// read leaves a folder's entries in the lister.
func (l *lister) read(f listing) error {
	entries, err := f.ReadDir(-1)
	l.entries = l.entries[:0]
	for _, entry := range entries {
		kind := otherEntry
		switch {
		case entry.IsDir():
			kind = folderEntry
		case entry.Type().IsRegular():
			kind = fileEntry
		}
		l.entries = append(l.entries, listedEntry{entry.Name(), kind})
	}
	return err
}
