package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// exportRows are the rows of a big export, and exportClients how many clients they are of.
const (
	exportRows    = 100_000
	exportClients = 200
)

// writeExport writes an export of that many rows, each of another submission.
func writeExport(tb testing.TB, file string, rows, clients int) {
	tb.Helper()
	var b bytes.Buffer
	b.WriteString("_date,form_id,submission_id,respondant,canaux,orientation,domaine,resultats,resultats_remarque,factures,chiffrement_pj,canal_mdp,usage_patients,remarques\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "2026-%02d-%02dT09:14:27.%06d,correspondance_c%d,s-%08d,Assistante,\"site, telephone, securisee\",ecrite,cabinet-%d.example,"+
			"\"pdf_chiffre, securisee\",Depuis janvier seulement.,agent,toujours,autre_canal,actif,\"Merci d’appeler avant 9 h,\nsauf le jeudi (%d).\"\r\n",
			1+i/clients%12, 1+i/clients/12%28, i, i%clients, i, i, i)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
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
	cmd := exec.Command(synth, "intake", "--vault", vault, export)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	out, err := cmd.Output()
	took := time.Since(start)
	if err != nil || !strings.Contains(string(out), strconv.Itoa(rows)) {
		b.Fatalf("%v: %s%s", err, out, stderr.String())
	}
	b.ReportMetric(float64(rows)/took.Seconds(), "rows/s")
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && runtime.GOOS == "linux" {
		b.ReportMetric(float64(usage.Maxrss)/1024, "MB-peak")
	}
}

// BenchmarkIntake imports a big export into an empty vault, each note seen to the disk, and then once more, when
// nothing is new.
func BenchmarkIntake(b *testing.B) {
	synth := synthBinary(b)
	for _, clients := range []int{1, exportClients} {
		export := filepath.Join(b.TempDir(), "export.csv")
		writeExport(b, export, exportRows, clients)
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			for b.Loop() {
				dir := b.TempDir()
				b.Run("new", func(b *testing.B) { intakeRun(b, synth, dir, export, exportRows) })
				b.Run("again", func(b *testing.B) { intakeRun(b, synth, dir, export, exportRows) })
			}
		})
	}
}
