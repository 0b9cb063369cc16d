package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/internal/vaultgen"
	"github.com/synth-vault/synth/vault"
)

// BenchmarkBuild builds what is up to date already, with one client in vaults of ordinary notes. The yardstick is to
// read every file of the same vault, one after the other, in the same run.
func BenchmarkBuild(b *testing.B) {
	for _, notes := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("notes=%d", notes), func(b *testing.B) {
			dir := builtVault(b, notes, 1)
			b.Run("build", func(b *testing.B) { benchmarkBuild(b, dir) })
			b.Run("read", func(b *testing.B) { benchmarkRead(b, dir) })
		})
	}
}

// BenchmarkClients builds more and more clients among 10,000 notes: the time for each must not grow.
func BenchmarkClients(b *testing.B) {
	for _, clients := range []int{50, 200, 400} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			benchmarkBuild(b, builtVault(b, 10_000, clients))
			b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N*clients), "µs/client")
		})
	}
}

// builtVault makes a vault of ordinary notes with clients among them, all of whose notes are up to date.
func builtVault(b *testing.B, notes, clients int) (dir string) {
	b.Helper()
	dir = b.TempDir()
	if err := vaultgen.Write(dir, notes, 1); err != nil {
		b.Fatal(err)
	}
	if err := vaultgen.WriteClients(dir, filepath.Join(examples, "suisse", "Clients", "Cabinet des Tilleuls"), clients); err != nil {
		b.Fatal(err)
	}
	if status, _, stderr := runBuild(dir); status != exitDone {
		b.Fatalf("exit status %d: %s", status, stderr)
	}
	requireUpToDate(b, dir, clients)
	return dir
}

func runBuild(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" }}
	return a.run(append([]string{"build", "--no-cache"}, args...)), out.String(), errs.String()
}

// benchmarkBuild times the command as a user runs it. That the screen stays as it is tells that no note was written
// and no client skipped.
func benchmarkBuild(b *testing.B, dir string) {
	_, want, _ := runBuild(dir)
	b.ReportAllocs()
	for b.Loop() {
		if status, got, stderr := runBuild(dir); status != exitDone || got != want {
			b.Fatalf("exit status %d: %s%s", status, got, stderr)
		}
	}
	reportNotes(b, len(notesOf(b, dir)))
}

// requireUpToDate fails unless every client can be built and every note is what build writes.
func requireUpToDate(b *testing.B, dir string, clients int) {
	b.Helper()
	status, stdout, stderr := runBuild("--check", "--json", dir)
	if status != exitDone {
		b.Fatalf("exit status %d: %s", status, stderr)
	}
	var d result.Document
	if err := json.Unmarshal([]byte(stdout), &d); err != nil {
		b.Fatal(err)
	}
	if len(d.Clients) != clients {
		b.Fatalf("%d clients, not %d", len(d.Clients), clients)
	}
	for _, c := range d.Clients {
		if len(c.Notes) == 0 {
			b.Errorf("%s has no note", c.Client.Code)
		}
		for _, n := range c.Notes {
			if n.Status != string(vault.Unchanged) {
				b.Errorf("%s is %s", n.Path, n.Status)
			}
		}
	}
}

func benchmarkRead(b *testing.B, dir string) {
	files := notesOf(b, dir)
	b.ReportAllocs()
	for b.Loop() {
		for _, file := range files {
			if _, err := os.ReadFile(file); err != nil {
				b.Fatal(err)
			}
		}
	}
	reportNotes(b, len(files))
}

func reportNotes(b *testing.B, notes int) {
	b.ReportMetric(float64(b.N)*float64(notes)/b.Elapsed().Seconds(), "notes/s")
}

// notesOf lists the vault's notes.
func notesOf(b *testing.B, dir string) []string {
	b.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(p) == ".md" {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files
}
