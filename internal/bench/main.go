//go:build linux

// Command bench measures whole runs of synth against programs that read or list the same files. It is run by .ci/bench.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// bench is one run of the measurements.
type bench struct {
	synth  string // the program
	client string // the folder of the client that is copied
	pairs  int
	missed int // gates
}

// manyClients are the clients of the vault that shows what each further one costs.
const manyClients = 50

// lastClient is the code of one of them.
const lastClient = "cdt-49"

func main() {
	b := &bench{}
	flag.StringVar(&b.synth, "synth", "synth", "the program to measure")
	flag.StringVar(&b.client, "client", "", "the folder of the client that is copied")
	flag.IntVar(&b.pairs, "pairs", 10, "how often each row is measured")
	small := flag.Int("small", 10_000, "notes of the smaller vault")
	large := flag.Int("large", 100_000, "notes of the larger vault")
	part := flag.String("part", "", "do only a part of the work, on the folders that are named: make, state or durable")
	flag.Parse()
	var err error
	if do := parts()[*part]; do != nil {
		err = do(flag.Args())
	} else {
		err = b.run(*small, *large)
	}
	if err == nil && b.missed > 0 {
		err = fmt.Errorf("%d gates are missed", b.missed)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures every row.
func (b *bench) run(small, large int) error {
	dir, err := os.MkdirTemp("", "synth-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	few, err := b.vault(filepath.Join(dir, "small"), small, 1)
	if err != nil {
		return err
	}
	many, err := b.vault(filepath.Join(dir, "clients"), small, manyClients)
	if err != nil {
		return err
	}
	big, err := b.vault(filepath.Join(dir, "large"), large, 1)
	if err != nil {
		return err
	}
	for _, r := range b.rows(few, many, big) {
		if err := b.measure(r); err != nil {
			return err
		}
	}
	return b.measureWrites(filepath.Join(dir, "writes"))
}

// rows lists what is measured.
func (b *bench) rows(few, many, big *vault) []row {
	rows := []row{
		{name: "cold build, one client, up to date", vault: few, left: b.build(few), right: search(few), gate: 1500},
		{name: "cold build, one client, up to date", vault: big, left: b.build(big), right: search(big), gate: 2000, memory: 100 << 10},
		{name: "each further client, up to date", vault: many, left: b.build(many), right: b.build(few), each: manyClients - 1, most: 3 * time.Millisecond},
		{name: "growth", vault: big, left: b.build(big), right: b.build(few), gate: 12_000},
		{name: "no-op with a cache", vault: few, left: b.repeat(few), right: list(few), gate: 1200},
		{name: "no-op with a cache", vault: big, left: b.repeat(big), right: list(big), gate: 1000},
	}
	for _, args := range [][]string{
		{"status", many.dir},
		{"plan", "--client", lastClient, many.dir},
		{"explain", "score", "--client", lastClient, many.dir},
		{"compare", "--client", lastClient, many.dir},
		{"verify", "--vault", many.dir},
	} {
		rows = append(rows, row{name: args[0], vault: many, left: exec.Command(b.synth, args...), right: search(many), gate: 2000})
	}
	check := func(v *vault) *exec.Cmd { return exec.Command(b.synth, "check", "--json", v.dir) }
	return append(rows,
		row{name: "check", vault: few, left: check(few), right: search(few), gate: 2000, memory: 250 << 10},
		row{name: "check", vault: big, left: check(big), right: search(big), gate: 2800, memory: 250 << 10})
}

func (b *bench) build(v *vault) *exec.Cmd {
	return exec.Command(b.synth, "build", "--no-cache", v.dir)
}

// repeat builds what nothing has changed in since the last build.
func (b *bench) repeat(v *vault) *exec.Cmd { return exec.Command(b.synth, "build", v.dir) }

// list is the yardstick of that: it asks for the size and the time of every file.
func list(v *vault) *exec.Cmd { return exec.Command("find", v.dir, "-printf", `%p %s %T@\n`) }

// search is the yardstick: it reads every file.
func search(v *vault) *exec.Cmd { return exec.Command("rg", "-uu", "-c", ".", v.dir) }

// vault is a folder of notes, all of whose generated notes are up to date.
type vault struct {
	dir            string
	notes, clients int
	bytes          int64
	state          string // of all files, see stateOf
}

// vault writes a vault and builds it.
func (b *bench) vault(dir string, notes, clients int) (*vault, error) {
	if err := runPart("make", dir, strconv.Itoa(notes), b.client, strconv.Itoa(clients)); err != nil {
		return nil, err
	}
	if out, err := exec.Command(b.synth, "build", dir).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the first build: %w\n%s", err, out)
	}
	out, err := exec.Command(b.synth, "build", "--check", "--json", dir).Output()
	if err != nil {
		return nil, fmt.Errorf("the notes are not up to date: %w", err)
	}
	if built := strings.Count(string(out), `"code": "cdt`); built < clients {
		return nil, fmt.Errorf("%d clients are built, not %d", built, clients)
	}
	v := &vault{dir: dir, clients: clients}
	if err := b.prime(v); err != nil {
		return nil, err
	}
	if v.state, err = v.read(); err == nil {
		_, err = fmt.Sscan(v.state, &v.notes, &v.bytes)
	}
	return v, err
}

// prime builds until the program keeps what it says, which it does when nothing in the vault has changed for a while. From
// then on a build that is not answered by the cache shows: it writes another one, or removes this one.
func (b *bench) prime(v *vault) error {
	for range 10 {
		said, err := b.repeat(v).Output()
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(v.dir, ".synth", "cache")); err != nil {
			time.Sleep(time.Second)
			continue
		}
		again, err := b.build(v).Output()
		if err == nil && !bytes.Equal(said, again) {
			err = fmt.Errorf("%s says something else without the cache", v.dir)
		}
		return err
	}
	return fmt.Errorf("%s gets no cache", v.dir)
}

// unchanged fails if a run wrote anything.
func (v *vault) unchanged() error {
	state, err := v.read()
	if err == nil && state != v.state {
		err = fmt.Errorf("a run wrote into %s", v.dir)
	}
	return err
}
