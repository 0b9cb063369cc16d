//go:build linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/synth-vault/synth/internal/vaultgen"
)

// writes is a folder of clients whose notes are yet to be made, and what the first build makes of it.
type writes struct {
	dir    string
	client string
	made   []string // the paths of the notes that build makes
	bytes  int64
}

// measureWrites compares the first build of many clients with a program that writes the same notes as safely: each into
// a temporary file, synced and renamed, and each folder synced at the end.
func (b *bench) measureWrites(dir string) error {
	w := &writes{dir: dir, client: b.client}
	made := filepath.Join(dir, "made")
	build := exec.Command(b.synth, "build", filepath.Join(dir, "first"))
	durable, err := partCommand("durable", made, filepath.Join(dir, "second"))
	if err != nil {
		return err
	}
	if err := w.learn(b.synth, made); err != nil {
		return err
	}
	fmt.Printf("\nfirst writes: %d notes, %d bytes, %d clients\n  %s\n  %s\n", len(w.made), w.bytes, manyClients,
		strings.Join(build.Args, " "), strings.Join(durable.Args, " "))
	var left, right []run
	for range b.pairs {
		one, err := w.timed(build)
		if err != nil {
			return err
		}
		other, err := w.timed(durable)
		if err != nil {
			return err
		}
		left, right = append(left, one), append(right, other)
	}
	b.judge(row{name: "first writes", gate: 2000}, median(left), median(right))
	return nil
}

// learn builds the clients once, to know what there is to write.
func (w *writes) learn(synth, dir string) error {
	if err := vaultgen.WriteClients(dir, w.client, manyClients); err != nil {
		return err
	}
	before, err := files(dir)
	if err != nil {
		return err
	}
	if out, err := exec.Command(synth, "build", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("the first build: %w\n%s", err, out)
	}
	after, err := files(dir)
	if err != nil {
		return err
	}
	for p, size := range after {
		if _, was := before[p]; was {
			if err := os.Remove(filepath.Join(dir, p)); err != nil {
				return err
			}
			continue
		}
		w.made = append(w.made, p)
		w.bytes += size
	}
	return nil
}

// timed runs a command on a folder as it was before any build, and fails unless every note is there afterwards.
func (w *writes) timed(command *exec.Cmd) (run, error) {
	dir := command.Args[len(command.Args)-1]
	if err := errors.Join(os.RemoveAll(dir), vaultgen.WriteClients(dir, w.client, manyClients)); err != nil {
		return run{}, err
	}
	one, _, err := start(command)
	if err != nil {
		return one, err
	}
	have, err := files(dir)
	for _, p := range w.made {
		want, statErr := os.Stat(filepath.Join(w.dir, "made", p))
		if err = errors.Join(err, statErr); err == nil && have[p] != want.Size() {
			err = fmt.Errorf("%s did not write %s", command, p)
		}
	}
	return one, err
}

// files gives the size of every note, by its path in a folder.
func files(dir string) (map[string]int64, error) {
	sizes := map[string]int64{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(dir, p)
		sizes[inside] = info.Size()
		return err
	})
	return sizes, err
}

// writeDurably copies the notes of a folder into another, so that none can be torn or lost from then on.
func writeDurably(from, to string) error {
	sizes, err := files(from)
	if err != nil {
		return err
	}
	folders := map[string]bool{}
	for p := range sizes {
		data, err := os.ReadFile(filepath.Join(from, p))
		if err != nil {
			return err
		}
		target := filepath.Join(to, p)
		if err := errors.Join(writeSynced(target+".new", data), os.Rename(target+".new", target)); err != nil {
			return err
		}
		folders[filepath.Dir(target)] = true
	}
	for folder := range folders {
		f, err := os.Open(folder)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

func writeSynced(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
