//go:build !linux && !darwin

package vault

import (
	"errors"
	"os"
)

// renameIn would give a file of a folder another name, unless that is taken: this system has no such call.
func renameIn(*os.File, string, string) error { return errors.ErrUnsupported }
