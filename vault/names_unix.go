//go:build unix

package vault

import (
	"io/fs"
	"syscall"
)

// hasOtherNames tells of a file that other hard links lead to as well.
func hasOtherNames(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Nlink > 1
}
