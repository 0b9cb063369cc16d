package vault

import (
	"os"

	"golang.org/x/sys/unix"
)

// renameIn gives a file of a folder another name, unless that is taken.
func renameIn(folder *os.File, from, to string) error {
	fd := int(folder.Fd())
	return unix.RenameatxNp(fd, from, fd, to, unix.RENAME_EXCL)
}
