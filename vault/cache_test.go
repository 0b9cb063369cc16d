//go:build linux

package vault

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// atOnce keeps an answer whatever the clock says.
const atOnce = -time.Hour

// cachedVault is a vault of which an answer is kept.
type cachedVault struct {
	t   *testing.T
	dir string
}

const cachedKey = "the key"

func newCachedVault(t *testing.T) cachedVault {
	t.Helper()
	c := cachedVault{t, t.TempDir()}
	for name, text := range map[string]string{
		"Client.md": "one\n", "Clients/Lac/Note.md": "two\n", "Clients/Lac/plan.png": "png", "Archive/Old.md": "old\n", "synth.yaml": "ignore: [Archive]\n",
		".obsidian/app.json": "{}", ".synth/history/runs/00000001.jsonl": "", ".rules/model/a.yaml": "a", ".rules/.b.yaml": "b", ".trash/Old.md": "",
	} {
		c.write(name, text)
	}
	c.say("all is well")
	return c
}

func (c cachedVault) at(name string) string { return filepath.Join(c.dir, filepath.FromSlash(name)) }

func (c cachedVault) write(name, text string) {
	c.t.Helper()
	c.must(os.MkdirAll(filepath.Dir(c.at(name)), 0o700))
	c.must(os.WriteFile(c.at(name), []byte(text), 0o600))
}

func (c cachedVault) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c cachedVault) options() CacheOptions {
	return CacheOptions{Key: cachedKey, Files: []string{c.at(".obsidian/app.json")}, Margin: atOnce}
}

func (c cachedVault) open(o CacheOptions) *Cache {
	c.t.Helper()
	cache, err := OpenCache(c.dir, o)
	c.must(err)
	c.t.Cleanup(cache.Close)
	return cache
}

// say runs once, and keeps an answer if none is known.
func (c cachedVault) say(answer string) {
	c.t.Helper()
	cache := c.open(c.options())
	cache.Include(".rules")
	cache.Keep([]byte(answer))
}

// known tells the answer of a run with these options.
func (c cachedVault) known(o CacheOptions) (string, bool) {
	c.t.Helper()
	answer, known := c.open(o).Answer()
	return string(answer), known
}

func TestCacheKnowsWhatDidNotChange(t *testing.T) {
	c := newCachedVault(t)
	for range 2 {
		if answer, known := c.known(c.options()); !known || answer != "all is well" {
			t.Fatalf("%q, %v", answer, known)
		}
	}
	c.write(".obsidian/workspace.json", "{}") // Obsidian writes it all the time
	c.write(".trash/Note.md", "gone")
	c.write(".synth/history/objects/abc", "old")
	c.write(".synth/lock", "")
	if _, known := c.known(c.options()); !known {
		t.Error("what no run reads changed, and the answer is not known any more")
	}
}

// changes are what must make another run look for itself.
var changes = map[string]func(c cachedVault){
	"a note is edited":                   func(c cachedVault) { c.write("Client.md", "another text\n") },
	"an edit of the same size":           func(c cachedVault) { c.write("Client.md", "six\n") },
	"an edit, and its time is set back":  func(c cachedVault) { c.editAtOldTime("Clients/Lac/Note.md") },
	"another file takes the note's name": func(c cachedVault) { c.replaceAtOldTime("Clients/Lac/Note.md") },
	"only the time is set":               func(c cachedVault) { c.must(os.Chtimes(c.at("Client.md"), time.Time{}, time.Unix(1, 0))) },
	"a note cannot be written any more":  func(c cachedVault) { c.must(os.Chmod(c.at("Client.md"), 0o400)) },
	"a new note":                         func(c cachedVault) { c.write("Clients/New.md", "") },
	"a note is gone":                     func(c cachedVault) { c.must(os.Remove(c.at("Client.md"))) },
	"a note is renamed":                  func(c cachedVault) { c.must(os.Rename(c.at("Client.md"), c.at("Client 2.md"))) },
	"two notes change their places":      func(c cachedVault) { c.swap("Client.md", "Clients/Lac/Note.md") },
	"an ignored note is edited":          func(c cachedVault) { c.write("Archive/Old.md", "new\n") },
	"a new attachment":                   func(c cachedVault) { c.write("Clients/Lac/photo.png", "") },
	"an attachment is renamed":           func(c cachedVault) { c.must(os.Rename(c.at("Clients/Lac/plan.png"), c.at("Clients/Lac/map.png"))) },
	"an attachment is gone":              func(c cachedVault) { c.must(os.Remove(c.at("Clients/Lac/plan.png"))) },
	"a new folder":                       func(c cachedVault) { c.must(os.Mkdir(c.at("Clients/Client.md"), 0o700)) },
	"a folder is renamed":                func(c cachedVault) { c.must(os.Rename(c.at("Clients/Lac"), c.at("Clients/Bleu"))) },
	"a link":                             func(c cachedVault) { c.must(os.Symlink("Client.md", c.at("Link.md"))) },
	"the settings change":                func(c cachedVault) { c.write("synth.yaml", "ignore: [Clients]\n") },
	"Obsidian writes links in full":      func(c cachedVault) { c.write(".obsidian/app.json", `{"newLinkFormat": "absolute"}`) },
	"another configuration folder":       func(c cachedVault) { c.renameConfiguration() },
	"a named file changes":               func(c cachedVault) { c.write(".obsidian/app.json", `{ }`) },
	"an included folder":                 func(c cachedVault) { c.write(".rules/model/a.yaml", "b") },
	"a hidden file of an included folder": func(c cachedVault) {
		c.write(".rules/.b.yaml", "c")
	},
	"a new file in an included folder": func(c cachedVault) { c.write(".rules/model/c.yaml", "") },
	"an included folder is gone":       func(c cachedVault) { c.must(os.RemoveAll(c.at(".rules"))) },
	"an included folder is a link": func(c cachedVault) {
		c.must(os.Rename(c.at(".rules"), c.at(".others")))
		c.must(os.Symlink(".others", c.at(".rules")))
	},
	"a run was killed as it wrote a note": func(c cachedVault) { c.write("Clients/.synth-0123456789abcdef.tmp", "") },
	"a run was killed in its journal":     func(c cachedVault) { c.write(".synth/history/runs/00000002.part", "") },
	"the cache is deleted":                func(c cachedVault) { c.must(os.Remove(c.at(cacheFile))) },
	"our folder is deleted":               func(c cachedVault) { c.must(os.RemoveAll(c.at(ownFolder))) },
	"a folder at the cache's place": func(c cachedVault) {
		c.must(os.Remove(c.at(cacheFile)))
		c.write(cacheFile+"/x", "")
	},
	"a link at the cache's place": func(c cachedVault) {
		c.must(os.Rename(c.at(cacheFile), c.at(".elsewhere")))
		c.must(os.Symlink("../.elsewhere", c.at(cacheFile)))
	},
}

// editAtOldTime writes as many other bytes and gives the file its times again.
func (c cachedVault) editAtOldTime(name string) {
	info, err := os.Stat(c.at(name))
	c.must(err)
	c.write(name, strings.Repeat("x", int(info.Size())))
	c.must(os.Chtimes(c.at(name), info.ModTime(), info.ModTime()))
}

// replaceAtOldTime puts another file in the place of one, of the same size and with the same times.
func (c cachedVault) replaceAtOldTime(name string) {
	info, err := os.Stat(c.at(name))
	c.must(err)
	other := filepath.Join(c.t.TempDir(), "other")
	c.must(os.WriteFile(other, bytes.Repeat([]byte("x"), int(info.Size())), 0o600))
	c.must(os.Chtimes(other, info.ModTime(), info.ModTime()))
	c.must(os.Rename(other, c.at(name)))
}

func (c cachedVault) swap(a, b string) {
	c.must(os.Rename(c.at(a), c.at("x")))
	c.must(os.Rename(c.at(b), c.at(a)))
	c.must(os.Rename(c.at("x"), c.at(b)))
}

func (c cachedVault) renameConfiguration() {
	c.must(os.Remove(c.at(".obsidian/app.json")))
	c.write(".config/app.json", `{"newLinkFormat": "absolute"}`)
	c.write(".obsidian/app.json", "{}")
	c.must(os.RemoveAll(c.at(".obsidian")))
}

func TestCacheKnowsNothingOfWhatChanged(t *testing.T) {
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			c := newCachedVault(t)
			change(c)
			if answer, known := c.known(c.options()); known {
				t.Errorf("%q is still known", answer)
			}
		})
	}
}

func TestCacheKnowsNothingOfOtherRuns(t *testing.T) {
	for name, change := range map[string]func(*CacheOptions){
		"another key":    func(o *CacheOptions) { o.Key += "x" },
		"no key":         func(o *CacheOptions) { o.Key = "" },
		"another file":   func(o *CacheOptions) { o.Files = []string{"/dev/null"} },
		"no file":        func(o *CacheOptions) { o.Files = nil },
		"a missing file": func(o *CacheOptions) { o.Files = append(o.Files, "/nowhere") },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCachedVault(t)
			o := c.options()
			change(&o)
			if _, known := c.known(o); known {
				t.Error("the answer is known")
			}
		})
	}
}

// A cache that is cut short anywhere, or of which any byte is another, is none; so is one of another version.
func TestDamagedCacheIsNone(t *testing.T) {
	c := newCachedVault(t)
	whole, err := os.ReadFile(c.at(cacheFile))
	c.must(err)
	if _, ok := parseKept(whole); !ok {
		t.Fatal("the cache cannot be read")
	}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1
		for _, damaged := range [][]byte{whole[:i], flipped} {
			if _, ok := parseKept(damaged); ok {
				t.Fatalf("byte %d: the damage is not seen", i)
			}
		}
	}
	for name, damaged := range map[string][]byte{
		"cut":             whole[:len(whole)-3],
		"empty":           nil,
		"longer":          append(bytes.Clone(whole), '\n'),
		"another version": bytes.Replace(whole, []byte("cache 1 "), []byte("cache 2 "), 1),
		"too large":       bytes.Repeat([]byte("x"), maxCache+1),
	} {
		c.must(os.WriteFile(c.at(cacheFile), damaged, 0o600))
		if _, known := c.known(c.options()); known {
			t.Errorf("%s: it counts", name)
		}
		c.say("again")
		if answer, _ := c.known(c.options()); answer != "again" {
			t.Errorf("%s: the next run keeps nothing", name)
		}
		c.must(os.WriteFile(c.at(cacheFile), whole, 0o600))
	}
}

// The answer stays what it was in a run that nothing was to be kept of.
func TestCacheKeepsNothing(t *testing.T) {
	for name, change := range map[string]func(c cachedVault, o *CacheOptions){
		"what changed just now":    func(_ cachedVault, o *CacheOptions) { o.Margin = 1000 * time.Hour },
		"changes of the future":    func(c cachedVault, _ *CacheOptions) { c.future("Client.md") },
		"without a folder of ours": func(c cachedVault, _ *CacheOptions) { c.must(os.RemoveAll(c.at(ownFolder))) },
		"our folder is a link": func(c cachedVault, _ *CacheOptions) {
			c.must(os.Rename(c.at(ownFolder), c.at(".other")))
			c.must(os.Symlink(".other", c.at(ownFolder)))
		},
		"with links":         func(c cachedVault, _ *CacheOptions) { c.must(os.Symlink("plan.png", c.at("Clients/Lac/a.png"))) },
		"an interrupted run": func(c cachedVault, _ *CacheOptions) { c.write(".synth/history/objects/.synth-00.tmp", "") },
		"a missing program":  func(_ cachedVault, o *CacheOptions) { o.Files = []string{"/nowhere"} },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCachedVault(t)
			c.must(os.Remove(c.at(cacheFile)))
			o := c.options()
			change(c, &o)
			cache := c.open(o)
			cache.Keep([]byte("too early"))
			if _, known := c.known(o); known {
				t.Error("an answer was kept")
			}
			if _, err := os.Stat(c.at(cacheDraft)); err == nil {
				t.Error("a draft is left")
			}
		})
	}
}

func (c cachedVault) future(name string) {
	then := time.Unix(1<<33, 0)
	c.must(os.Chtimes(c.at(name), then, then))
}

// What an interrupted run left of a cache does not matter, and the next run removes it.
func TestLeftDraftIsSwept(t *testing.T) {
	for _, kind := range []string{"file", "link"} {
		c := newCachedVault(t)
		c.must(os.Remove(c.at(cacheFile)))
		if kind == "file" {
			c.write(cacheDraft, "half a cac")
		} else {
			c.must(os.Symlink("../Client.md", c.at(cacheDraft)))
		}
		c.say("again")
		if answer, _ := c.known(c.options()); answer != "again" {
			t.Errorf("%s: %q is known", kind, answer)
		}
		if _, err := os.Lstat(c.at(cacheDraft)); err == nil {
			t.Errorf("%s: it is left", kind)
		}
		if text, err := os.ReadFile(c.at("Client.md")); err != nil || string(text) != "one\n" {
			t.Errorf("%s: the note holds %q, %v", kind, text, err)
		}
	}
}

// An included folder that changes between the look at it and the end of the run is seen by the next.
func TestCacheSeesChangesMeanwhile(t *testing.T) {
	for _, name := range []string{"Client.md", ".rules/model/a.yaml", "Clients/New.md"} {
		c := newCachedVault(t)
		c.must(os.Remove(c.at(cacheFile)))
		cache := c.open(c.options())
		cache.Include(".rules")
		c.write(name, "meanwhile")
		cache.Keep([]byte("of before"))
		if _, known := c.known(c.options()); known {
			t.Errorf("%s: the answer of before is known", name)
		}
	}
}

// What lies elsewhere may have another clock, and what another machine or a program gives may be old.
func TestStampsAreOfOneTrustedDisk(t *testing.T) {
	c := newCachedVault(t)
	if _, sum := (&walker{dir: c.dir}).walkStamped(); !sum.whole {
		t.Error("the stamps of a vault are not whole")
	}
	if _, sum := (&walker{dir: c.dir, device: 1 << 40}).walkStamped(); sum.whole {
		t.Error("they are whole on another disk")
	}
	if isTrusted("/proc") || isTrusted("/nowhere") {
		t.Error("what is no disk is trusted")
	}
}

func TestPurgeRemovesTheCache(t *testing.T) {
	c := newCachedVault(t)
	c.write(cacheDraft, "half a cac")
	v, err := Open(c.dir, Options{})
	c.must(err)
	s, problems := Begin(v, 1)
	if s == nil {
		t.Fatal(problems)
	}
	if _, problems := s.Purge("lac", nil); len(problems) > 0 {
		t.Error(problems)
	}
	s.Close()
	for _, name := range []string{cacheFile, cacheDraft} {
		if _, err := os.Lstat(c.at(name)); err == nil {
			t.Errorf("%s is left", name)
		}
	}
}

func TestSettled(t *testing.T) {
	now := instant{1000, 500}
	for _, test := range []struct {
		newest instant
		margin time.Duration
		want   bool
	}{
		{instant{998, 499}, 2 * time.Second, true},
		{instant{998, 500}, 2 * time.Second, false},
		{instant{999, 0}, 2 * time.Second, false},
		{instant{1000, 500}, 2 * time.Second, false},
		{instant{1001, 0}, 2 * time.Second, false},
		{instant{-5, 0}, 2 * time.Second, true},
		{instant{math.MaxInt64, 0}, 2 * time.Second, false},
		{instant{math.MinInt64, 0}, 2 * time.Second, true},
		{instant{998, 0}, 0, true},
		{instant{1001, 0}, -time.Hour, true},
	} {
		if got := settled(test.newest, now, test.margin); got != test.want {
			t.Errorf("newest %v, margin %v: %v", test.newest, test.margin, got)
		}
	}
}

func FuzzParseKept(f *testing.F) {
	data, err := kept{Fingerprint: []byte("f"), Folders: []string{"a"}, answer: []byte("all\nis well")}.bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(cacheFormat))
	f.Fuzz(func(t *testing.T, data []byte) {
		if k, ok := parseKept(data); ok {
			if again, err := k.bytes(); err != nil || len(k.answer) > len(data) || len(again) == 0 {
				t.Errorf("%q: %v", data, err)
			}
		}
	})
}
