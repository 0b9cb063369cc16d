package vault

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	steps = flag.Int("steps", 100_000, "how many random `steps` people, synth and a sync service take")
	seed  = flag.Uint64("seed", 1, "of the random steps")
)

// People edit, rename and delete notes on two devices, synth builds and undoes there, and a sync service carries
// some of the notes from one to the other, all in random order. Whatever a person wrote stays in the very note he wrote
// it into, as far as synth is concerned, and what synth replaces is in the history.
func TestNothingHumanIsLost(t *testing.T) {
	w := newWorld(t, rand.New(rand.NewPCG(*seed, 0)))
	for w.step = range *steps {
		w.act()
		if t.Failed() {
			t.Fatalf("after step %d, seed %d", w.step, *seed)
		}
	}
	t.Logf("%d steps, %v", *steps, w.counts)
}

// world is two devices, and the notes as they were when they were last in step.
type world struct {
	t       *testing.T
	random  *rand.Rand
	devices [2]string
	synced  map[string]string
	step    int
	version int            // of what synth has to say
	counts  map[string]int // of the steps that did something
}

func newWorld(t *testing.T, random *rand.Rand) *world {
	w := &world{t: t, random: random, synced: map[string]string{}, counts: map[string]int{}}
	for i := range w.devices {
		parent := "/dev/shm" // in memory
		if _, err := os.Stat(parent); err != nil {
			parent = t.TempDir()
		}
		dir, err := os.MkdirTemp(parent, "synth-human-")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		w.devices[i] = dir
	}
	return w
}

// act takes one step.
func (w *world) act() {
	dir := w.devices[w.random.IntN(2)]
	switch n := w.random.IntN(100); {
	case n < 25:
		w.edit(dir)
	case n < 28:
		w.erase(dir)
	case n < 38:
		w.takeBack(dir)
	case n < 43:
		w.move(dir)
	case n < 52:
		w.remove(dir)
	case n < 54:
		w.writeOwn(dir)
	case n < 66:
		w.sync()
	case n < 71:
		w.undo(dir)
	case n < 73:
		w.purge(dir)
	default:
		w.build(dir)
	}
}

// word is what a person writes: it never occurs twice.
func (w *world) word() string { return fmt.Sprintf("‹%d›", w.step) }

var (
	words    = regexp.MustCompile(`‹\d+›`)
	ownLines = regexp.MustCompile(`(?m)^(?:‹\d+›)+\n|‹\d+›`)
)

// human gives the words of people in a text.
func human(text string) []string { return words.FindAllString(text, -1) }

// pick chooses one of a device's notes, "" if it has none.
func (w *world) pick(dir string) string {
	names := slices.Sorted(maps.Keys(w.notes(dir)))
	if len(names) == 0 {
		return ""
	}
	return names[w.random.IntN(len(names))]
}

// edit writes a word, as a line of its own or within one, anywhere in a note.
func (w *world) edit(dir string) {
	name := w.pick(dir)
	if name == "" {
		return
	}
	text := w.read(dir, name)
	if len(text) > 4000 {
		return // people tire, too
	}
	lines := strings.SplitAfter(text, "\n")
	at := w.random.IntN(len(lines))
	if w.random.IntN(4) == 0 {
		lines[at] = w.word() + lines[at]
	} else {
		lines[at] = w.word() + "\n" + lines[at]
	}
	w.write(dir, name, strings.Join(lines, ""))
	w.counts["edited"]++
}

// erase deletes lines of a note: words that a person deletes need not be kept.
func (w *world) erase(dir string) {
	name := w.pick(dir)
	if name == "" {
		return
	}
	lines := strings.SplitAfter(w.read(dir, name), "\n")
	from := w.random.IntN(len(lines))
	to := min(len(lines), from+1+w.random.IntN(4))
	w.write(dir, name, strings.Join(slices.Delete(lines, from, to), ""))
	w.counts["erased"]++
}

// takeBack removes from a note what people wrote into it, so that it is as it was generated.
func (w *world) takeBack(dir string) {
	name := w.pick(dir)
	if name == "" {
		return
	}
	if text := w.read(dir, name); len(human(text)) > 0 {
		w.write(dir, name, ownLines.ReplaceAllString(text, ""))
		w.counts["taken back"]++
	}
}

// path is one that people and synth may both want.
func (w *world) path() string {
	paths := []string{"a.md", "b.md", "c/a.md", "c/d.md", "e.md", "f.md", "c/g.md", "mine.md"}
	return paths[w.random.IntN(len(paths))]
}

// move renames a note, never onto another.
func (w *world) move(dir string) {
	from, to := w.pick(dir), w.path()
	if _, taken := w.notes(dir)[to]; from == "" || taken {
		return
	}
	w.write(dir, to, w.read(dir, from))
	w.delete(dir, from)
	w.counts["renamed"]++
}

// remove deletes a note.
func (w *world) remove(dir string) {
	if name := w.pick(dir); name != "" {
		w.delete(dir, name)
		w.counts["removed"]++
	}
}

// writeOwn writes a note of a person's own, where synth may want one.
func (w *world) writeOwn(dir string) {
	name := w.path()
	if _, taken := w.notes(dir)[name]; !taken {
		w.write(dir, name, w.word()+"\n")
		w.counts["own notes"]++
	}
}

// sync brings some of the notes into step. Where both devices changed one, the service keeps the second device's as a
// conflict copy, as they all do.
func (w *world) sync() {
	first, second := w.notes(w.devices[0]), w.notes(w.devices[1])
	names := map[string]bool{}
	for _, notes := range []map[string]string{first, second} {
		for name := range notes {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if w.random.IntN(2) == 0 {
			continue
		}
		w.syncNote(name, first, second)
		w.counts["synced"]++
	}
}

func (w *world) syncNote(name string, first, second map[string]string) {
	ours, isOurs := first[name]
	theirs, isTheirs := second[name]
	base, known := w.synced[name]
	switch {
	case isOurs == isTheirs && ours == theirs:
	case known && isTheirs && theirs == base && !isOurs:
		w.delete(w.devices[1], name)
	case known && isOurs && ours == base && !isTheirs:
		w.delete(w.devices[0], name)
	case !isOurs, known && isTheirs && ours == base:
		w.write(w.devices[0], name, theirs)
	default:
		if isTheirs && !(known && theirs == base) {
			stem, _, _ := strings.Cut(strings.TrimSuffix(name, ".md"), " (")
			conflict := fmt.Sprintf("%s (Conflicted copy phone %012d).md", stem, w.step)
			w.write(w.devices[1], conflict, theirs)
		}
		w.write(w.devices[1], name, ours)
	}
	w.synced[name] = w.read(w.devices[0], name)
	if _, err := os.Stat(filepath.Join(w.devices[0], name)); err != nil {
		delete(w.synced, name)
	}
}

// drafts are what synth has to say by now. Now and then it has nothing new.
func (w *world) drafts() []Draft {
	if w.random.IntN(3) == 0 {
		w.version++
	}
	var drafts []Draft
	for i, name := range []string{"a.md", "b.md", "c/d.md"} {
		version := w.version / (i + 1)
		drafts = append(drafts, Draft{Path: name, Kind: "sample",
			Properties: []Property{quoted("title", fmt.Sprint("version ", version)), plain("synth_seal", fmt.Sprint("v", version))},
			Regions: []Region{
				{ID: "first", Text: fmt.Sprintf("## First\n\nVersion %d.", version)},
				{ID: "second", Text: fmt.Sprintf("## Second\n\n- one\n- version %d", version/2)},
			}})
	}
	return drafts
}

// build writes notes, and at times somebody edits one between the comparison and the writing.
func (w *world) build(dir string) {
	v, err := Open(dir, Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	changes := Diff(v, w.drafts())
	if w.random.IntN(5) == 0 {
		w.edit(dir)
	}
	before := w.notes(dir)
	problems := Apply(v, changes)
	failed := map[string]bool{}
	for _, p := range problems {
		if p.Code != "changed_meanwhile" {
			w.t.Errorf("build: %v", p)
		}
		failed[p.Path] = true
	}
	w.checkWords("build", dir, before)
	for _, c := range changes {
		if c.writes() && !failed[c.Path] {
			w.counts["written"]++
			w.checkKept(dir, c)
		}
	}
	w.counts["builds"]++
}

// undo goes a run back, on a device that may have gone on since.
func (w *world) undo(dir string) {
	v, err := Open(dir, Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	before := w.notes(dir)
	s, problems := Begin(v, 3)
	if s == nil {
		w.t.Fatal(problems)
	}
	_, problems = s.Undo()
	if problems = append(problems, s.Close()...); len(problems) > 0 {
		w.t.Errorf("undo: %v", problems)
	}
	w.checkWords("undo", dir, before)
	w.counts["undos"]++
}

// purge takes the proposals away, and with them all that was kept.
func (w *world) purge(dir string) {
	v, err := Open(dir, Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	var changes []Change
	for _, n := range v.Notes() {
		changes = append(changes, Withdraw(n))
	}
	before := w.notes(dir)
	s, problems := Begin(v, 3)
	if s == nil {
		w.t.Fatal(problems)
	}
	purged, problems := s.Purge("", changes)
	if problems = append(problems, s.Close()...); len(problems) > 0 {
		w.t.Errorf("purge: %v", problems)
	}
	w.checkWords("purge", dir, before)
	kept, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(objectsFolder)))
	if len(kept) > 0 || err != nil && !os.IsNotExist(err) {
		w.t.Errorf("purge: %d objects are left, error %v", len(kept), err)
	}
	for _, name := range purged.Notes {
		if strings.Contains(w.read(dir, name), "%% synth:begin") && strings.Count(w.read(dir, name), proposalSuffix) == strings.Count(before[name], proposalSuffix) {
			w.t.Errorf("purge: nothing is gone from %s", name)
		}
	}
	w.counts["purges"]++
	w.counts["withdrawn"] += len(purged.Notes)
}

// checkWords fails unless every word of a person still stands in the note in which it stood.
func (w *world) checkWords(what, dir string, before map[string]string) {
	after := w.notes(dir)
	for name, text := range before {
		for _, word := range human(text) {
			if !strings.Contains(after[name], word) {
				w.t.Errorf("%s: %s stood in %s and is gone:\n%s\nnow it is:\n%s", what, word, name, text, after[name])
			}
		}
	}
}

// checkKept fails unless what a change replaced is in the history.
func (w *world) checkKept(dir string, c Change) {
	if got := w.read(dir, c.Path); got != string(c.New) {
		w.t.Errorf("%s is not what was written", c.Path)
	}
	if c.Old == nil {
		return
	}
	kept, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(objectsFolder), hash(c.Old)))
	if err != nil || string(kept) != string(c.Old) {
		w.t.Errorf("what %s replaced is not kept: %v", c.Path, err)
	}
}

// notes reads every note of a device.
func (w *world) notes(dir string) map[string]string {
	notes := map[string]string{}
	for _, folder := range []string{"", "c"} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err != nil && folder == "" {
			w.t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".md") {
				name := strings.TrimPrefix(folder+"/"+e.Name(), "/")
				notes[name] = w.read(dir, name)
			}
		}
	}
	return notes
}

func (w *world) read(dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil && !os.IsNotExist(err) {
		w.t.Fatal(err)
	}
	return string(data)
}

func (w *world) write(dir, name, text string) {
	target := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) delete(dir, name string) {
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		w.t.Fatal(err)
	}
}
