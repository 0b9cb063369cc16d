//go:build linux || darwin

package vault

import (
	"os"

	"golang.org/x/sys/unix"
)

// stampAt gives the stamp of an entry of an open folder. It does not follow a
// symbolic link.
func stampAt(folder int, name string) (stamp, error) {
	var s unix.Stat_t
	if err := unix.Fstatat(folder, name, &s, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return stamp{}, err
	}
	return newStamp(&s), nil
}

// stampOf gives the stamp of the file that a path leads to.
func stampOf(name string) (stamp, error) {
	var s unix.Stat_t
	if err := unix.Stat(name, &s); err != nil {
		return stamp{}, &os.PathError{Op: "stat", Path: name, Err: err}
	}
	return newStamp(&s), nil
}

// stampOpen gives the stamp of an open file.
func stampOpen(f *os.File) (stamp, error) {
	var s unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &s); err != nil {
		return stamp{}, err
	}
	return newStamp(&s), nil
}

func newStamp(s *unix.Stat_t) stamp {
	return stamp{
		size: uint64(s.Size), inode: s.Ino, device: uint64(s.Dev), mode: uint32(s.Mode),
		changed:  instant{int64(s.Ctim.Sec), int64(s.Ctim.Nsec)},
		modified: instant{int64(s.Mtim.Sec), int64(s.Mtim.Nsec)},
	}
}
