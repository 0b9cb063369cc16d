//go:build unix

package vault

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// folder is the vault's folder, opened. A file is opened by its path from
// there and without what os.File adds for pipes and sockets, which costs as
// much again for each of many small files.
type folder int

// file is an open file of a folder.
type file int

func enter(dir string) (folder, error) {
	fd, err := retried(func() (int, error) {
		return unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return 0, &os.PathError{Op: "open", Path: dir, Err: err}
	}
	return folder(fd), nil
}

func (d folder) open(name string) (file, error) {
	fd, err := retried(func() (int, error) {
		return unix.Openat(int(d), name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return 0, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return file(fd), nil
}

// openFile opens a file by its whole path.
func openFile(name string) (file, error) { return folder(unix.AT_FDCWD).open(name) }

func (d folder) close() { _ = unix.Close(int(d)) }

// read gives 0 at the file's end and nowhere else.
func (f file) read(into []byte) (int, error) {
	n, err := retried(func() (int, error) { return unix.Read(int(f), into) })
	if err != nil {
		return 0, &os.PathError{Op: "read", Err: err}
	}
	return n, nil
}

func (f file) close() { _ = unix.Close(int(f)) }

// retried calls again what a signal interrupted.
func retried(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}
