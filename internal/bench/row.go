//go:build linux

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// row compares two command lines. Its gate is a ratio, in thousandths, or, for the difference of the two shared among
// so many, a time.
type row struct {
	name        string
	vault       *vault
	left, right *exec.Cmd
	gate        int64
	each        int64
	most        time.Duration
	memory      int64 // KiB at the most, 0 for any
}

// run is what one run of a command took.
type run struct {
	wall, cpu time.Duration
	memory    int64 // KiB
}

// measure runs the pairs, alternating, and prints the medians. A command's output must stay the same.
func (b *bench) measure(r row) error {
	fmt.Printf("\n%s: %d notes, %d bytes, %d clients\n  %s\n  %s\n", r.name, r.vault.notes, r.vault.bytes, r.vault.clients,
		strings.Join(r.left.Args, " "), strings.Join(r.right.Args, " "))
	var left, right []run
	var said string
	for i := range b.pairs {
		one, out, err := start(r.left)
		if err != nil {
			return err
		}
		if i == 0 {
			said = out
		}
		if said != out {
			return fmt.Errorf("%s says something else in run %d", r.left, i+1)
		}
		other, _, err := start(r.right)
		if err != nil {
			return err
		}
		left, right = append(left, one), append(right, other)
	}
	b.judge(r, median(left), median(right))
	return r.vault.unchanged()
}

// start runs a command once and gives the sum of what it says through a pipe. Exit status 1, by which check tells that it
// found something, is no failure.
func start(command *exec.Cmd) (run, string, error) {
	said := sha256.New()
	fresh := exec.Command(command.Path, command.Args[1:]...)
	fresh.Stdout = said
	begun := time.Now()
	err := fresh.Run()
	wall := time.Since(begun)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return run{}, "", fmt.Errorf("%s: %w", command, err)
	}
	used := run{wall: wall, cpu: fresh.ProcessState.UserTime() + fresh.ProcessState.SystemTime()}
	if usage, ok := fresh.ProcessState.SysUsage().(*syscall.Rusage); ok {
		used.memory = usage.Maxrss
	}
	return used, string(said.Sum(nil)), nil
}

// median gives the middle of each of the measures.
func median(runs []run) run {
	middle := func(of func(run) int64) int64 {
		var all []int64
		for _, r := range runs {
			all = append(all, of(r))
		}
		slices.Sort(all)
		return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
	}
	return run{
		wall:   time.Duration(middle(func(r run) int64 { return int64(r.wall) })),
		cpu:    time.Duration(middle(func(r run) int64 { return int64(r.cpu) })),
		memory: middle(func(r run) int64 { return r.memory }),
	}
}

// judge prints a row's result and counts the gates that it misses.
func (b *bench) judge(r row, left, right run) {
	const unit = 10 * time.Microsecond
	fmt.Printf("  median %v (CPU %v, %d KiB) and %v (CPU %v, %d KiB)\n", left.wall.Round(unit), left.cpu.Round(unit), left.memory,
		right.wall.Round(unit), right.cpu.Round(unit), right.memory)
	holds := true
	if r.each > 0 {
		further := (left.wall - right.wall) / time.Duration(r.each)
		holds = further <= r.most
		fmt.Printf("  %v each, at the most %v", further.Round(unit), r.most)
	} else {
		ratio := int64(left.wall) * 1000 / max(1, int64(right.wall))
		holds = ratio <= r.gate
		fmt.Printf("  ratio %d.%03d, at the most %d.%03d", ratio/1000, ratio%1000, r.gate/1000, r.gate%1000)
	}
	if r.memory > 0 {
		holds = holds && left.memory <= r.memory
		fmt.Printf("; at the most %d KiB", r.memory)
	}
	if !holds {
		b.missed++
		fmt.Print(": MISSED")
	}
	fmt.Println()
}
