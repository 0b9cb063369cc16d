package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// A command asks the terminal nothing: one that gives no answer would hold it up for seconds, and the answer of another
// would eat what was typed meanwhile.
func TestTerminalsAreAskedNothing(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"status"}, {"show", "Correspondance_CDT", "--no-pager"}, {"explain", "corr_resultats", "--client", "cdt"}} {
		drawn := onTerminal(t, args...)
		for _, request := range []string{"\x1b]1", "\x1b[6n", "\x1b[c", "\x1b[?"} {
			if bytes.Contains(drawn, []byte(request)) {
				t.Errorf("%v sends %q", args, request)
			}
		}
		if len(drawn) == 0 {
			t.Errorf("%v shows nothing", args)
		}
	}
}

// onTerminal runs a command in an example's vault, on a terminal that never answers, and gives what reaches it.
func onTerminal(t *testing.T, args ...string) []byte {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	keeper, tty := openTerminal(t)
	cmd := exec.Command(self, args...)
	cmd.Args[0] = "synth"
	cmd.Dir = filepath.Join(examples, "suisse")
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "CI=")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = tty.Close()
	drawn, _ := io.ReadAll(keeper) // ends in an error once the last holder of the terminal is gone
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %v: %s", args, err, drawn)
	}
	return drawn
}

// openTerminal makes a terminal of 80 columns: its keeper's side, and the one that programs have.
func openTerminal(t *testing.T) (keeper, tty *os.File) {
	t.Helper()
	keeper, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal can be made: %v", err)
	}
	t.Cleanup(func() { _ = keeper.Close() })
	fd := int(keeper.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: 80}); err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return keeper, tty
}
