package vault

import "golang.org/x/sys/unix"

func (f listing) stamp(name string) (stamp, error) { return stampAt(int(f.Fd()), name) }

// isTrusted tells of a disk of this machine, which gives every change its time
// and tells it at once whoever made it.
func isTrusted(name string) bool {
	var s unix.Statfs_t
	return unix.Statfs(name, &s) == nil && s.Flags&unix.MNT_LOCAL != 0
}
