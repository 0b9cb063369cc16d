//go:build linux

package main

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/synth-vault/synth/internal/result"
)

var allPoints = flag.Bool("all-points", false, "disturb a run at every system call, not at every seventh")

// leastPoints is how many points a run must at least have been killed at, all commands together.
const leastPoints = 300

// A run is killed at every system call by which it writes, and every such call is made to fail, each time in a fresh
// vault. No note is ever torn or lost, what was acknowledged is there, and the next build completes the work.
func TestCrashes(t *testing.T) {
	tr := newTracer(t)
	stages := layStages(t)
	var killed, failed, told atomic.Int64
	t.Run("points", func(t *testing.T) {
		for _, c := range []crash{
			{command: "build", from: stages.answered, to: stages.built, status: exitNotSo},
			{command: "undo", from: stages.built, to: stages.undone},
			{command: "purge", from: stages.built, to: stages.purged},
		} {
			for _, kind := range []faultKind{"signal=SIGKILL", "error=EIO", "error=ENOSPC", fullDisk, killedWithoutRename} {
				c := c
				c.tracer, c.stages, c.kind = tr, stages, kind
				c.injected, c.told = &failed, &told
				if kind == "signal=SIGKILL" || kind == killedWithoutRename {
					c.injected = &killed
				}
				c.run(t)
			}
		}
	})
	t.Logf("killed at %d points; %d calls failed, of which %d made the run exit with status 2", killed.Load(), failed.Load(), told.Load())
	t.Logf("%d different states were left, and the next build completed each", stages.left())
	if killed.Load() < leastPoints && *allPoints {
		t.Errorf("killed at %d points, fewer than %d", killed.Load(), leastPoints)
	}
}

// crash is a command that is disturbed in one way, at one call after the other.
type crash struct {
	tracer   *tracer
	stages   *stages
	command  string
	from, to snapshot // the vault before, and as it is after a run in peace
	status   int      // of a run in peace
	kind     faultKind
	injected *atomic.Int64
	told     *atomic.Int64
}

// run goes through every call and every occurrence of it.
func (c crash) run(t *testing.T) {
	dir := c.from.lay(t)
	calm, err := c.tracer.run("", c.args(dir)...)
	if err != nil || calm.status != c.status {
		t.Fatalf("in peace: exit status %d, error %v: %s", calm.status, err, calm.stderr)
	}
	if diff := c.to.compare(readShown(t, dir)); diff != "" {
		t.Fatalf("%s in peace: %s", c.command, diff)
	}
	before := calm.beforeLock()
	for _, call := range c.kind.calls() {
		t.Run(fmt.Sprintf("%s/%s/%s", c.command, c.kind, call), func(t *testing.T) {
			t.Parallel()
			step := 7
			if *allPoints {
				step = 1
			}
			for occurrence := before[call] + 1; c.disturb(t, call, occurrence); occurrence += step {
			}
		})
	}
}

func (c crash) args(dir string) []string {
	switch c.command {
	case "build":
		return []string{"build", "--json", dir}
	case "purge":
		return []string{"purge", "--client", "ble", dir}
	}
	return []string{c.command, dir}
}

// disturb runs the command once, judges what it left, and tells whether the call was made so often.
func (c crash) disturb(t *testing.T, call string, occurrence int) bool {
	dir := c.from.lay(t)
	defer os.RemoveAll(dir)
	r, err := c.tracer.run(c.kind.injection(call, occurrence), c.args(dir)...)
	if err != nil {
		t.Fatal(err)
	}
	if !r.fired {
		return false
	}
	c.injected.Add(1)
	now := readShown(t, dir)
	problems := c.judge(r, now)
	if left := c.completeOnce(t, dir); left != "" {
		problems = append(problems, left)
	}
	for _, p := range problems {
		t.Errorf("%s, %s %d: %s\nexit status %d: %s", c.kind, call, occurrence, p, r.status, r.stderr)
	}
	return true
}

// judge says what is wrong with the vault that a disturbed run left behind.
func (c crash) judge(r traced, now snapshot) []string {
	var problems []string
	for name := range union(c.from, c.to, now) {
		old, isOld := c.from[name]
		fresh, isFresh := c.to[name]
		text, is := now[name]
		switch {
		case is == isOld && text == old || is == isFresh && text == fresh:
		case !is:
			problems = append(problems, name+" is lost")
		default:
			problems = append(problems, fmt.Sprintf("%s is torn: it holds %d bytes", name, len(text)))
		}
	}
	for _, name := range c.acknowledged(r.stdout) {
		if now[name] != c.to[name] {
			problems = append(problems, name+" was acknowledged and is not what it should be")
		}
	}
	switch r.status {
	case exitFault:
		c.told.Add(1)
	case c.status:
		if diff := c.to.compare(now); diff != "" {
			problems = append(problems, "the run was done, and yet "+diff)
		}
	case -1:
	default:
		problems = append(problems, "the exit status is wrong")
	}
	return problems
}

var undoneLine = regexp.MustCompile(`(?m)^• (?:rétablie|retirée)\x{A0}: (.+)$`)

// acknowledged gives the notes that a run claims to have written: for a build those with a new proposal, too.
func (c crash) acknowledged(stdout string) []string {
	var names []string
	for _, line := range undoneLine.FindAllStringSubmatch(stdout, -1) {
		names = append(names, strings.TrimSpace(line[1]))
	}
	var d result.Document
	if json.Unmarshal([]byte(stdout), &d) != nil {
		return names
	}
	for _, client := range d.Clients {
		for _, n := range client.Notes {
			if n.Status == "created" || n.Status == "updated" || n.Status == "conflict" {
				names = append(names, n.Path)
			}
		}
	}
	return names
}

// completeOnce completes each state once: what the next build does follows from the state alone.
func (c crash) completeOnce(t *testing.T, dir string) string {
	left := readAll(t, dir)
	state := sha256.New()
	fmt.Fprintln(state, c.command)
	for _, name := range slices.Sorted(maps.Keys(left)) {
		fmt.Fprintf(state, "%q %q\n", name, left[name])
	}
	result, _ := c.stages.completed.LoadOrStore([sha256.Size]byte(state.Sum(nil)), sync.OnceValue(func() string { return c.complete(t, dir) }))
	return result.(func() string)()
}

// complete runs the command once more, where it is one that the user runs again, and builds, in peace. It says what is
// not in order then.
func (c crash) complete(t *testing.T, dir string) string {
	want, status := c.stages.built, exitNotSo
	switch c.command {
	case "undo":
		if wrong := c.undoAgain(t, readAll(t, dir)); wrong != "" {
			return wrong
		}
	case "purge":
		want, status = c.stages.purged, exitDone
		if status, _, stderr := runSynth(t, c.args(dir)...); status != exitDone {
			return fmt.Sprintf("the next purge ends with status %d: %s", status, stderr)
		}
		if diff := c.stages.purged.compareAll(readAll(t, dir)); diff != "" {
			return "after the next purge " + diff
		}
	}
	if got, _, stderr := runSynth(t, "build", dir); got != status {
		return fmt.Sprintf("the next build ends with status %d: %s", got, stderr)
	}
	done := readAll(t, dir)
	if diff := want.compare(done.visible()); diff != "" {
		return "after the next build " + diff
	}
	if left := leftovers(t, dir); left != "" {
		return left + " is left after the next build"
	}
	if got, _, stderr := runSynth(t, "build", dir); got != status || done.compareAll(readAll(t, dir)) != "" {
		return "the next build left something to do: " + stderr
	}
	return ""
}

// undoAgain undoes once more what an interrupted undo left behind: the same run, unless it had come to its end.
func (c crash) undoAgain(t *testing.T, left snapshot) string {
	if _, ended := left[".synth/history/runs/00000002.undone"]; ended {
		return c.stages.undone.compare(left.visible())
	}
	dir := left.lay(t)
	defer os.RemoveAll(dir)
	status, _, stderr := runSynth(t, c.args(dir)...)
	if diff := c.stages.undone.compare(readShown(t, dir)); status != exitDone || diff != "" {
		return fmt.Sprintf("the next undo ends with status %d, %s: %s", status, diff, stderr)
	}
	return ""
}

// leftovers gives a temporary file, a journal that was not ended, or an object that is not what its name says.
func leftovers(t *testing.T, dir string) (found string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(p, ".tmp") || strings.HasSuffix(p, ".part") {
			found = p
		}
		if filepath.Base(filepath.Dir(p)) == "objects" {
			data, err := os.ReadFile(p)
			if fmt.Sprintf("%x", sha256.Sum256(data)) != filepath.Base(p) {
				found = p
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// stages are the vault's states, the history included.
type stages struct {
	answered snapshot // built once, then answered anew: build has notes to create and to update
	built    snapshot // after that build
	undone   snapshot // after it was undone
	purged   snapshot // built, and one client's traces removed

	completed sync.Map // by a state's hash: what was wrong after the next build
}

func (s *stages) left() (n int) {
	s.completed.Range(func(any, any) bool { n++; return true })
	return n
}

// layStages takes a vault of two clients through its states. In one of their notes a region is edited, for which the
// second build has something new.
func layStages(t *testing.T) *stages {
	t.Helper()
	dir := snapshot{".synth/inbox/ble/a.json": "{}", ".synth/inbox/lac/a.json": "{}"}.lay(t)
	must := func(want int, args ...string) {
		t.Helper()
		if status, _, stderr := runSynth(t, append(args, dir)...); status != want {
			t.Fatalf("%v: exit status %d: %s", args, status, stderr)
		}
	}
	for _, code := range []string{"ble", "lac"} {
		write(t, dir, code+"/Client.md", "---\ncategory: client\ncode: "+code+"\ntitle: Cabinet "+code+"\ncountry: CH\n---\n")
		write(t, dir, code+"/Correspondance.md", sheet("correspondance_"+code, "2025-07-31", "- [x] bluewin\n\n^resultats"))
		write(t, dir, code+"/Mes notes.md", "mine\n")
	}
	must(exitDone, "build")
	for name, text := range readShown(t, dir) {
		if strings.HasPrefix(name, "ble/") {
			write(t, dir, name, strings.Replace(text, "## 🔎 Diagnostic express", "## Mon diagnostic", 1))
		}
	}
	for _, code := range []string{"ble", "lac"} {
		write(t, dir, code+"/Correspondance.md", sheet("correspondance_"+code, "2025-07-31", "- [x] Courrier\n\n^resultats"))
		write(t, dir, code+"/Acces.md", sheet("acces_it_"+code, "2025-08-01", "- [x] nulle_part\n\n^mfa"))
	}
	s := &stages{answered: readAll(t, dir)}
	must(exitNotSo, "build")
	s.built = readAll(t, dir)
	must(exitDone, "undo")
	s.undone = readAll(t, dir)
	dir = s.built.lay(t)
	must(exitDone, "purge", "--client", "ble")
	s.purged = readAll(t, dir)
	return s
}

func sheet(form, date, answer string) string {
	return "---\ncategory: questionnaire\nform_id: " + form + "\ndate_reception: " + date + "\n---\n\n### Question\n" + answer + "\n"
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	target := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// snapshot holds the files of a folder by their slash-separated paths.
type snapshot map[string]string

// readAll reads every file of a folder.
func readAll(t *testing.T, dir string) snapshot {
	t.Helper()
	files := snapshot{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		files[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// readShown reads every file that is not hidden.
func readShown(t *testing.T, dir string) snapshot {
	t.Helper()
	return readAll(t, dir).visible()
}

func (files snapshot) visible() snapshot {
	shown := snapshot{}
	for name, text := range files {
		if !strings.HasPrefix(name, ".") && !strings.Contains(name, "/.") {
			shown[name] = text
		}
	}
	return shown
}

// lay writes the files into a new folder, in memory where the system offers that.
func (files snapshot) lay(t *testing.T) string {
	t.Helper()
	parent := "/dev/shm"
	if _, err := os.Stat(parent); err != nil {
		parent = t.TempDir()
	}
	dir, err := os.MkdirTemp(parent, "synth-crash-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	for name, text := range files {
		write(t, dir, name, text)
	}
	return dir
}

// compare names a visible file in which another snapshot differs.
func (files snapshot) compare(other snapshot) string {
	for name := range union(files.visible(), other) {
		text, is := files[name]
		if got, there := other[name]; is != there || text != got {
			return name + " is not what it should be"
		}
	}
	return ""
}

// compareAll names a file, hidden or not, in which another snapshot differs.
func (files snapshot) compareAll(other snapshot) string {
	if !maps.Equal(files, other) {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if text, is := other[name]; !is || text != files[name] {
				return name + " is not what it should be"
			}
		}
		return "there is a file too many"
	}
	return ""
}

// union gives the visible names of several trees.
func union(trees ...snapshot) map[string]bool {
	names := map[string]bool{}
	for _, files := range trees {
		for name := range files.visible() {
			names[name] = true
		}
	}
	return names
}
