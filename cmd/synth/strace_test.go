//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// writeSide are the system calls by which a run changes the disk, and those that lead to them.
var writeSide = []string{"mkdirat", "openat", "flock", "write", "fchmod", "fsync", "close", "linkat", "renameat", "renameat2", "unlinkat"}

// tracer runs the program under strace, which kills it at a system call or makes the call fail.
type tracer struct {
	program string
	logs    string   // a folder
	paths   []string // the calls that are traced are about one of them, or any if there is none
}

// newTracer builds the program. Without a strace that may trace the test is skipped, but never under CI.
func newTracer(t *testing.T) *tracer {
	t.Helper()
	requireStrace(t)
	tr := &tracer{program: filepath.Join(t.TempDir(), "synth"), logs: t.TempDir()}
	build := exec.Command("go", "build", "-o", tr.program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // so that no loader comes before the program
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return tr
}

// newHastyTracer takes the tests' own program, which keeps at once what a build says.
func newHastyTracer(t *testing.T) *tracer {
	t.Helper()
	requireStrace(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	tr := &tracer{program: filepath.Join(t.TempDir(), "synth"), logs: t.TempDir()} // it is synth by that name
	if err := os.WriteFile(tr.program, data, 0o700); err != nil {
		t.Fatal(err)
	}
	return tr
}

// requireStrace skips a test without a strace that may trace, but never under CI.
func requireStrace(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("strace", "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("strace cannot be used: %v: %s", err, out)
		}
		t.Skipf("strace cannot be used: %v: %s", err, out)
	}
}

// traced is how a run ended.
type traced struct {
	fired  bool // the injection took place
	status int  // -1 when the program was killed
	stdout string
	stderr string
	log    string
}

// run runs the program. An injection is one of strace's, or several: "fsync:signal=SIGKILL:when=3". Calls are counted thread by
// thread, so the program is kept to one processor.
func (tr *tracer) run(injection string, args ...string) (traced, error) {
	log, err := os.CreateTemp(tr.logs, "log")
	if err != nil {
		return traced{}, err
	}
	defer os.Remove(log.Name())
	defer log.Close()
	options := []string{"-f", "-o", log.Name(), "-e", "trace=" + strings.Join(writeSide, ",")}
	if !strings.Contains(injection, "signal=") {
		options = append(options, "--seccomp-bpf") // faster, but no signal is injected then (strace 6.1)
	}
	for _, path := range tr.paths {
		options = append(options, "-P", path)
	}
	for one := range strings.FieldsSeq(injection) {
		options = append(options, "-e", "inject="+one)
	}
	cmd := exec.Command("strace", append(append(options, tr.program), args...)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return traced{}, err
	}
	text, err := os.ReadFile(log.Name())
	if err != nil {
		return traced{}, err
	}
	r := traced{status: cmd.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String(), log: string(text)}
	killed := cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled()
	r.fired = killed || !strings.Contains(injection, "signal=") && strings.Contains(r.log, "(INJECTED)")
	return r, nil
}

var (
	callLine  = regexp.MustCompile(`(?m)^(\d+) +([a-z0-9]+)\(`)
	firstLock = regexp.MustCompile(`(?m)^\d+ +flock\(`)
)

// beforeLock counts, for each system call, how often the thread that takes the vault's lock makes it before: as long as
// the run holds no lock it writes nothing.
func (r traced) beforeLock() map[string]int {
	at := firstLock.FindStringIndex(r.log)
	if at == nil {
		return nil
	}
	thread, _, _ := strings.Cut(r.log[at[0]:], " ")
	counts := map[string]int{}
	for _, m := range callLine.FindAllStringSubmatch(r.log[:at[0]], -1) {
		if m[1] == thread {
			counts[m[2]]++
		}
	}
	return counts
}

// faultKind is what is done to a system call.
type faultKind string

// fullDisk makes a call fail from some occurrence on, as it does on a disk that is full and stays so.
const fullDisk faultKind = "error=ENOSPC from then on"

// killedWithoutRename kills the program on a file system that cannot rename a file only where the new name is free.
const killedWithoutRename faultKind = "signal=SIGKILL without renameat2"

// calls gives the system calls that the fault may befall.
func (k faultKind) calls() []string {
	switch k {
	case fullDisk:
		return []string{"mkdirat", "write", "renameat", "renameat2"}
	case killedWithoutRename:
		return []string{"write", "fsync", "renameat", "linkat", "unlinkat"}
	}
	return writeSide
}

// injection names the fault for strace.
func (k faultKind) injection(call string, occurrence int) string {
	switch k {
	case fullDisk:
		return fmt.Sprintf("%s:error=ENOSPC:when=%d+", call, occurrence)
	case killedWithoutRename:
		return fmt.Sprintf("renameat2:error=EINVAL %s:signal=SIGKILL:when=%d", call, occurrence)
	}
	return fmt.Sprintf("%s:%s:when=%d", call, k, occurrence)
}
