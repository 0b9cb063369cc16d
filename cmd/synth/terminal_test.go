//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// A command that interviews nobody asks a terminal nothing, whatever its libraries would like to know of it: the answer
// would stand in the line that is typed next.
func TestTerminalIsAskedNothing(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"intake", "--help"}, {"status", "../../examples/suisse"},
		{"show", "Correspondance_CDT", "../../examples/suisse"}, {"explain", "corr_resultats", "--client", "cdt", "../../examples/suisse"}} {
		if out := onTerminal(t, args...); strings.Contains(out, "\x1b]1") || strings.Contains(out, "\x1b[6n") || strings.Contains(out, "\x1b[c") {
			t.Errorf("%v: %q", args, out[:min(len(out), 200)])
		}
	}
}

// onTerminal runs synth with a terminal of its own, and gives what it wrote there.
func onTerminal(t *testing.T, args ...string) string {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	fd := int(master.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := &exec.Cmd{Path: self, Args: append([]string{"synth"}, args...), Stdin: terminal, Stdout: terminal, Stderr: terminal,
		Env:         []string{"TERM=xterm-256color", "HOME=" + t.TempDir()},
		SysProcAttr: &unix.SysProcAttr{Setsid: true, Setctty: true}}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := terminal.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, _ = io.Copy(&out, master) // ends with an error once nobody has the terminal open
	if err := cmd.Wait(); err != nil || out.Len() == 0 {
		t.Errorf("%v: %v, %q", args, err, out.String())
	}
	return out.String()
}
