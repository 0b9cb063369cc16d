package vault

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/synth-vault/synth/internal/vaultgen"
)

// checkScan compares the scan of a body with its tree, and tells whether there was a scan.
func checkScan(t *testing.T, body []byte) bool {
	t.Helper()
	var fast, slow outlineReader
	marks, ok := fast.scanner.Scan(body)
	if !ok {
		return false
	}
	fast.scanned(marks, 0)
	if err := slow.parsed("a.md", body, 1); err != nil {
		return true // a scan has no limits
	}
	if diff := cmp.Diff(slow.outlined().outline(), fast.outlined().outline()); diff != "" {
		t.Errorf("outline of %q (-tree +scan):\n%s", body, diff)
	}
	return true
}

// scanSeeds are bodies that the fuzzer begins with.
var scanSeeds = []string{
	"# a ^b\n%% c %%\n- [x] d [[e#f\\|g]]\n\n^h\n",
	"> [!note]- a #t\n> > b\n>\n> ==c== #d $e$\n",
	"%%\n# a\n%%\n$$\nc\n$$\n[[x]]",
	"|a|#b|\n|-|:-:|\n|[[b\\|c]]|`d`|e|\n\ntext ^f\n",
	"- a ^x\n- b\n\t- c ^y\n  1. d\n1. e #f\n   g\n",
	"> a\n> b ^c\n\n```go\n# no\n[[no]]\n```\n[d](e%20f#g) ![h](i.png) ![[j|100x50]]\n",
	"a <br> b <https://c#d> #e\n***\n\\[[f]] \\#g $5 and $6 `#h`\r\n",
	"- [x] - a ^id\n   \t- b ^id", "- [ ] a\n  #b\n- c\n\n  ```\n  #d\n  ```\n",
	"[^1]: a\n\n    [[b]] #c ^d\n\n\t[[e]]\n\n- [^2]: f\n\n      [[g]]\n",
	"> [!a] b\n>     [[c]] #d ^e\n", "> [!a]\n>     - [[b]]\n>\n>     [[c]]\n", "- > [!a]- b\n  >\t\t[[c]]\n",
	"[x]: y\n\n[a]\n", "a[^1]\n\n[^1]: [[b]]\n[x]: y\n", "[x]: y\n[^1]: [x]\n", "a\n---\n", "a\n    #b\n", "- \n#a", "> - a\n>   b\n> # c\n",
	"1. a\n2. b ^c\n\n   d #e\n\n# f #\n## g [[h]] ^i",
	"[[a [[b]] [[[c]]] ![[[d]] ![[e [f](g) [h `i](j)` ]( [k\nl](m)",
}

// FuzzScan checks that the scan of a body finds what its tree holds.
func FuzzScan(f *testing.F) {
	for _, seed := range scanSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) { checkScan(t, body) })
}

// FuzzOutline checks that any file gives an outline, and the links that the note gives one by one.
func FuzzOutline(f *testing.F) {
	for _, head := range oddHeads[:len(oddHeads)-1] {
		f.Add([]byte(head + "# a ^b\n[[c#d|e]] #f\n"))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		n := NewNote("a.md", file)
		links, err := n.Links()
		if err != nil {
			return
		}
		o := n.Outline()
		if diff := cmp.Diff(links, o.Links, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("links of %q (-note +outline):\n%s", file, diff)
		}
		var r outlineReader
		outlined := r.note(n)
		r.scanner.Untagged = true
		o.Tags = nil
		if diff := cmp.Diff(o, r.note(n).outline(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("outline of %q without tags (-want +got):\n%s", file, diff)
		}
		subpaths := []string{"b", "^b", "a#b", "#", "^"}
		for _, s := range o.Sections {
			words := HeadingKey(s.Text)
			if words != "" && !o.Has(words) {
				t.Errorf("%q has no heading %q", file, words)
			}
			subpaths = append(subpaths, s.Text, words, "a#"+words, words+"#b")
		}
		for _, s := range subpaths {
			if got, want := (Entry{&outlined}).Has(s), o.Has(s); got != want {
				t.Errorf("%q has %q: entry %t, outline %t", file, s, got, want)
			}
		}
		if _, err := n.Fields(); err != nil {
			t.Errorf("fields of %q: %v", file, err)
		}
	})
}

// The scan must read the notes that people write, or it spares nothing.
func TestScanReadsOrdinaryNotes(t *testing.T) {
	dir := t.TempDir()
	const notes = 300
	if err := vaultgen.Write(dir, notes, 7); err != nil {
		t.Fatal(err)
	}
	scanned := 0
	for _, n := range openFolder(t, dir).Notes() {
		body, err := n.Body()
		if err != nil {
			t.Fatal(err)
		}
		if checkScan(t, body) {
			scanned++
		}
	}
	if scanned < notes {
		t.Errorf("%d of %d notes are scanned", scanned, notes)
	}
}

// TestScanOfVault compares scan and tree over the examples, or over the vault that SYNTH_VAULT names.
func TestScanOfVault(t *testing.T) {
	all, scanned := 0, 0
	eachNote(t, func(p string, data []byte) {
		all++
		if checkScan(t, data[scanFence(data, true).body:]) {
			scanned++
		} else {
			t.Log(p)
		}
	})
	if scanned == 0 {
		t.Errorf("none of %d notes is scanned", all)
	}
	t.Logf("%d of %d notes are scanned", scanned, all)
}

// eachNote gives the notes of the examples, or of the vault that SYNTH_VAULT names.
func eachNote(t *testing.T, do func(path string, data []byte)) {
	t.Helper()
	dir := os.Getenv("SYNTH_VAULT")
	if dir == "" {
		dir = filepath.Join("..", "examples")
	}
	err := filepath.WalkDir(dir, func(p string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".md") {
			return err
		}
		data, err := os.ReadFile(p)
		if err == nil {
			do(p, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestScanOfMixedLines compares scan and tree over bodies put together from pieces of lines at random.
func TestScanOfMixedLines(t *testing.T) {
	starts := []string{
		"", "", "", "\n", "# ", "## ", "- ", "* ", "+ ", "1. ", "2. ", "10) ", "  - ", "    - ", "\t- ", "  ", "    ", "\t", "   ", "> ", "> > ", ">", ">\n", "> - ", "> [!a]- ",
		"  > ", "- [x] ", "- [`] ", "```\n", "  ```\n", "> ```\n", "~~~", "%%", "%%\n", "$$", "| ", "|a|b|\n|--|-|\n", "> |a|\n> |-|\n", "---\n", "***\n", "- ---\n", "- - ", "===\n", "-\n",
		"<div>", "<b>", "<!--", "-->\n", "[x]: ", "[^1]: ", "[^1]:\n", "|-|\n", ":-\n", "- # ", "- \n", "\u00a0", "#", "^", "-", "1.", "[",
	}
	words := []string{
		"a", " ", "b c", "#t", " #t", "#t/u ", " ^id", "^id", " ^id\n", "[[n]]", "![[n#h|10]]", "[[n\\|s]]", "[[n|s]]", "[s](d%20e#f)", "![s](d)", "[s](<d>)", "[s]", "[s][r]", "](", "[", "]", "!", "[[", "]]",
		"`", "``", "`#c`", "%%", "%% [[c]] %%", "$", "$$", "$x$", "$5", "\\", "\\#t", "\\[[n]]", "<br>", "<https://a#b>", "<", "<a b>", "|", " | ", "*", "**", "_", "==", "~~", "&amp;", "é", "🌞", "\u00a0#t", "\t", "  ", ":", "#",
		"https://a.b/#c", "(d)", "^", " ^", "-", "\r", "[^1]", "{{", "::", "\xff", "\xc3", "\ufffd", "\u2003#t", "\x85#t", "\x00", "1984 #1984",
	}
	random := rand.New(rand.NewPCG(1, 2))
	scanned := 0
	const bodies = 40_000
	for range bodies {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			for range 1 + random.IntN(2) {
				b.WriteString(starts[random.IntN(len(starts))])
			}
			for range random.IntN(5) {
				b.WriteString(words[random.IntN(len(words))])
			}
			b.WriteString([]string{"\n", "\n", "\n\n", "\r\n", ""}[random.IntN(5)])
		}
		if checkScan(t, []byte(b.String())) {
			scanned++
		}
		if t.Failed() {
			return
		}
	}
	if scanned < bodies/8 {
		t.Errorf("%d of %d bodies are scanned", scanned, bodies)
	}
}
