//go:build linux

package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// exportRows are the rows of a big export, and exportClients how many clients they are of.
var exportRows = flag.Int("rows", 10_000, "how many rows the benchmarks of intake import")

const exportClients = 200

// writeExport writes an export of that many rows, each of another submission.
func writeExport(tb testing.TB, file string, rows, clients int) {
	tb.Helper()
	f, err := os.Create(file)
	if err != nil {
		tb.Fatal(err)
	}
	b := bufio.NewWriter(f)
	fmt.Fprint(b, "_date,form_id,submission_id,respondant,canaux,orientation,domaine,resultats,resultats_remarque,factures,chiffrement_pj,canal_mdp,usage_patients,remarques\r\n")
	for i := range rows {
		fmt.Fprintf(b, "2026-%02d-%02dT09:14:27.%06d,correspondance_c%d,s-%08d,Assistante,\"site, telephone, securisee\",ecrite,cabinet-%d.example,"+
			"\"pdf_chiffre, securisee\",Depuis janvier seulement.,agent,toujours,autre_canal,actif,\"Merci d’appeler avant 9 h,\nsauf le jeudi (%d).\"\r\n",
			1+i/clients%12, 1+i/clients/12%28, i, i%clients, i, i, i)
	}
	if err := errors.Join(b.Flush(), f.Close()); err != nil {
		tb.Fatal(err)
	}
}

// synthBinary builds the program, so that its memory can be told from the benchmark's.
func synthBinary(b *testing.B) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "synth")
	if out, err := exec.Command("go", "build", "-o", name, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return name
}

// intakeRun imports an export and reports rows a second and the most memory that was held.
func intakeRun(b *testing.B, synth, vault, export string, rows int) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := &exec.Cmd{Path: self, Args: []string{measured, synth, "intake", "--vault", vault, export}}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	out, err := cmd.Output()
	took := time.Since(start)
	if err != nil || !strings.Contains(string(out), strconv.Itoa(rows)) {
		b.Fatalf("%v: %s%s", err, out, stderr.String())
	}
	b.ReportMetric(float64(rows)/took.Seconds(), "rows/s")
	peak := regexp.MustCompile(`peak (\d+) kB`).FindStringSubmatch(stderr.String())
	if peak == nil {
		b.Fatalf("nothing tells the peak: %s", stderr.String())
	}
	kB, err := strconv.Atoi(peak[1])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(kB)/1024, "MB-peak")
}

// runMeasured runs a program and says how much memory it held at most. It does so in a process of its own: a program
// that a large one starts counts that one's memory as its own.
func runMeasured() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err := cmd.Run()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		fmt.Fprintf(os.Stderr, "peak %d kB\n", usage.Maxrss)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// exports are the exports that are measured: a big one of many clients, and one of a single client.
func exports(b *testing.B, measure func(b *testing.B, export string, rows int)) {
	for _, e := range []struct{ rows, clients int }{{*exportRows, exportClients}, {*exportRows / 10, 1}} {
		b.Run(fmt.Sprintf("rows=%d/clients=%d", e.rows, e.clients), func(b *testing.B) {
			export := filepath.Join(b.TempDir(), "export.csv")
			writeExport(b, export, e.rows, e.clients)
			measure(b, export, e.rows)
		})
	}
}

// BenchmarkIntakeNew imports a big export into an empty vault, each note seen to the disk.
func BenchmarkIntakeNew(b *testing.B) {
	synth := synthBinary(b)
	exports(b, func(b *testing.B, export string, rows int) {
		for b.Loop() {
			intakeRun(b, synth, b.TempDir(), export, rows)
		}
	})
}

// BenchmarkIntakeAgain imports the same once more, when nothing is new.
func BenchmarkIntakeAgain(b *testing.B) {
	synth := synthBinary(b)
	exports(b, func(b *testing.B, export string, rows int) {
		dir := b.TempDir()
		if status, _, stderr := runSynth(b, "intake", "--vault", dir, export); status != exitDone {
			b.Fatalf("exit status %d: %s", status, stderr)
		}
		for b.Loop() {
			intakeRun(b, synth, dir, export, rows)
		}
	})
}
