//go:build !linux && !darwin

package vault

import (
	"errors"
	"os"
)

func (listing) stamp(string) (stamp, error) { return stamp{}, errors.ErrUnsupported }

func stampOf(string) (stamp, error) { return stamp{}, errors.ErrUnsupported }

func stampOpen(*os.File) (stamp, error) { return stamp{}, errors.ErrUnsupported }

func isTrusted(string) bool { return false }
