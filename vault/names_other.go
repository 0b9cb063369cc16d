//go:build !unix

package vault

import "io/fs"

// hasOtherNames would tell of a file that other hard links lead to as well: the
// system does not say without opening it.
func hasOtherNames(fs.FileInfo) bool { return false }
