//go:build linux

package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var cacheSteps = flag.Int("cache-steps", 50, "how many random changes are made to a vault with a cache and to one without")

// Two vaults go through the same random changes. In one a build may answer from the cache, in the other it never does:
// each build says the same in both, with the same exit status, and leaves the same bytes.
func TestCacheIsNeverNeeded(t *testing.T) {
	w := twins{t: t, random: rand.New(rand.NewPCG(1, 0))}
	for i := range w.dirs {
		w.dirs[i] = snapshot{".synth/lock": "", "synth.yaml": "", ".obsidian/app.json": "{}", ".own/fr/templates/screen_build.md": "Écran\n"}.lay(t)
	}
	for _, code := range []string{"ble", "lac"} {
		w.write(code+"/Client.md", "---\ncategory: client\ncode: "+code+"\ntitle: Cabinet "+code+"\ncountry: CH\n---\n")
		w.write(code+"/Acces.md", sheet("acces_it_"+code, "2025-08-01", "- [x] nulle_part\n\n^mfa"))
		w.answer(code, 0)
	}
	for step := range *cacheSteps {
		did := w.act()
		for range 3 { // the first may write, the second keeps what it says
			w.build(fmt.Sprintf("step %d, after: %s", step, did))
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("of %d builds %d were answered from the cache", 3**cacheSteps, w.hits)
	if w.hits < *cacheSteps/2 {
		t.Error("those are too few to tell anything")
	}
}

// twins are the vault with a cache and the one without.
type twins struct {
	t      *testing.T
	random *rand.Rand
	dirs   [2]string
	hits   int
}

func (w *twins) write(name, text string) {
	for _, dir := range w.dirs {
		write(w.t, dir, name, text)
	}
}

// each does the same to both vaults. What cannot be done is not done to either.
func (w *twins) each(do func(at func(name string) string)) {
	for _, dir := range w.dirs {
		do(func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) })
	}
}

// answer writes one of the answers, all of which have the same length.
func (w *twins) answer(code string, which int) {
	marks := [][2]string{{"x", " "}, {" ", "x"}, {"x", "x"}, {" ", " "}}[which]
	w.write(code+"/Correspondance.md", sheet("correspondance_"+code, "2025-07-31",
		fmt.Sprintf("- [%s] bluewin\n- [%s] Courrier\n\n^resultats", marks[0], marks[1])))
}

// act changes something, or nothing.
func (w *twins) act() string {
	code := []string{"ble", "lac"}[w.random.IntN(2)]
	which := w.random.IntN(4)
	w.remove("Lien.md") // with a link there is no cache
	acts := []struct {
		name string
		do   func()
	}{
		{"nothing", func() {}},
		{"an answer", func() { w.answer(code, which) }},
		{"an answer, at the old time", func() { w.unnoticed(code, which, false) }},
		{"another file with an answer, of the old time", func() { w.unnoticed(code, which, true) }},
		{"an attachment", func() { w.write(code+"/plan.png", "png") }},
		{"no attachment", func() { w.remove(code + "/plan.png") }},
		{"a note of the same name", func() { w.write("Autre/Acces.md", "mine\n") }},
		{"no note of that name", func() { w.remove("Autre") }},
		{"a text is edited", func() { w.rewrite(code, which) }},
		{"a note is deleted", func() { w.forget(code, which) }},
		{"settings", func() {
			w.write("synth.yaml", []string{"", "history: {keep: 3}\n", "ignore: [ble]\n", "catalog: .own\n"}[which])
		}},
		{"own words", func() { w.write(".own/fr/templates/screen_build.md", fmt.Sprintf("Écran %d\n", which)) }},
		{"links in full", func() {
			w.write(".obsidian/app.json", []string{"{}", `{"newLinkFormat": "absolute"}`}[which%2])
		}},
		{"a symbolic link", w.link},
		{"an interrupted run", func() { w.write(code+"/.synth-0123456789abcdef.tmp", "") }},
		{"undo", func() { w.run("undo") }},
		{"purge", func() { w.run("purge", "--client", code) }},
		{"no cache", func() { _ = os.Remove(filepath.Join(w.dirs[0], ".synth/cache")) }},
		{"half a cache", func() { _ = os.Truncate(filepath.Join(w.dirs[0], ".synth/cache"), 100) }},
	}
	a := acts[w.random.IntN(len(acts))]
	a.do()
	return a.name + " " + code
}

func (w *twins) remove(name string) {
	w.each(func(at func(string) string) { _ = os.RemoveAll(at(name)) })
}

func (w *twins) link() {
	w.each(func(at func(string) string) { _ = os.Symlink("ble/Client.md", at("Lien.md")) })
}

// unnoticed changes an answer so that neither the size nor the time of the note tells.
func (w *twins) unnoticed(code string, which int, byName bool) {
	name := code + "/Correspondance.md"
	var before []os.FileInfo
	w.each(func(at func(string) string) {
		info, err := os.Stat(at(name))
		if err != nil {
			w.t.Fatal(err)
		}
		before = append(before, info)
		if byName {
			_ = os.Remove(at(name))
		}
	})
	w.answer(code, which)
	w.each(func(at func(string) string) {
		_ = os.Chtimes(at(name), before[0].ModTime(), before[0].ModTime())
		before = before[1:]
	})
}

// generated lists a client's notes that build wrote.
func (w *twins) generated(code string) (names []string) {
	found, _ := filepath.Glob(filepath.Join(w.dirs[0], code, "*"+strings.ToUpper(code)+"*.md"))
	more, _ := filepath.Glob(filepath.Join(w.dirs[0], code, "*"+code+"*.md"))
	for _, name := range append(found, more...) {
		names = append(names, code+"/"+filepath.Base(name))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (w *twins) rewrite(code string, which int) {
	for _, name := range w.generated(code) {
		w.each(func(at func(string) string) {
			data, err := os.ReadFile(at(name))
			if err != nil {
				w.t.Fatal(err)
			}
			data = bytes.Replace(data, []byte("## "), fmt.Appendf(nil, "## %d ", which), 1)
			write(w.t, at("."), name, string(data))
		})
	}
}

func (w *twins) forget(code string, which int) {
	if names := w.generated(code); len(names) > 0 {
		w.remove(names[which%len(names)])
	}
}

func (w *twins) run(args ...string) {
	for _, dir := range w.dirs {
		runSynth(w.t, append(args, dir)...)
	}
}

// build builds both and compares them.
func (w *twins) build(where string) {
	cache := filepath.Join(w.dirs[0], ".synth/cache")
	before, _ := os.Stat(cache)
	status, stdout, stderr := runHasty(w.dirs[0])
	after, _ := os.Stat(cache)
	if before != nil && after != nil && os.SameFile(before, after) {
		w.hits++
	}
	status2, stdout2, stderr2 := runHasty("--no-cache", w.dirs[1])
	if status != status2 || stdout != stdout2 || stderr != stderr2 {
		w.t.Errorf("%s: with the cache %d %s%s, without it %d %s%s", where, status, stdout, stderr, status2, stdout2, stderr2)
	}
	with, without := readAll(w.t, w.dirs[0]), readAll(w.t, w.dirs[1])
	delete(with, ".synth/cache")
	if diff := without.compareAll(with); diff != "" {
		w.t.Errorf("%s: %s", where, diff)
	}
}

// runHasty builds, and keeps at once what is said.
func runHasty(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	a := hasty()
	a.in, a.out, a.err, a.env, a.terminal = strings.NewReader(""), &out, &errs, environment(nil), false
	return a.run(append([]string{"build"}, args...)), out.String(), errs.String()
}
