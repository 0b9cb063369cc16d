//go:build linux

package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/synth-vault/synth/internal/vaultgen"
)

// parts are what this program does in processes of its own: a command that it starts is told to have used as much memory
// as this one ever has, so that this one must stay small.
func parts() map[string]func(args []string) error {
	return map[string]func(args []string) error{
		"make": func(args []string) error {
			notes, err := strconv.Atoi(args[1])
			if err != nil {
				return err
			}
			clients, err := strconv.Atoi(args[3])
			if err != nil {
				return err
			}
			if err := vaultgen.Write(args[0], notes, 1); err != nil {
				return err
			}
			return vaultgen.WriteClients(args[0], args[2], clients)
		},
		"state": func(args []string) error {
			state, err := stateOf(args[0])
			fmt.Print(state)
			return err
		},
		"durable": func(args []string) error { return writeDurably(args[0], args[1]) },
	}
}

// partCommand is the command line of a part.
func partCommand(part string, args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	return exec.Command(self, append([]string{"-part", part}, args...)...), err
}

func runPart(part string, args ...string) error {
	command, err := partCommand(part, args...)
	if err != nil {
		return err
	}
	command.Stderr = os.Stderr
	return command.Run()
}

// read gives the state of the vault.
func (v *vault) read() (string, error) {
	command, err := partCommand("state", v.dir)
	if err != nil {
		return "", err
	}
	out, err := command.Output()
	return string(out), err
}

// stateOf gives the number of the notes, their bytes, and a sum of the path, the size and the time of every file.
func stateOf(dir string) (string, error) {
	sum := sha256.New()
	var notes, bytes int64
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if filepath.Ext(p) == ".md" {
			notes++
			bytes += info.Size()
		}
		_, err = fmt.Fprintln(sum, p, info.Size(), info.ModTime().UnixNano())
		return err
	})
	return fmt.Sprintf("%d %d %x", notes, bytes, sum.Sum(nil)), err
}
