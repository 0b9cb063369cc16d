package vault

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// checkBlockScan compares the blocks that a scan finds with those of the tree, and tells whether there was a scan.
func checkBlockScan(t *testing.T, body []byte) bool {
	t.Helper()
	s := blockScanner{source: string(body), line: 2}
	ok := s.scan()
	scanned := s.blocks
	if !ok {
		return false
	}
	parsed, err := parsedBlocks("a.md", body, 3)
	if err != nil {
		t.Errorf("%q is scanned, and its tree is refused: %v", body, err)
		return true
	}
	if diff := cmp.Diff(parsed, scanned, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("blocks of %q (-tree +scan):\n%s", body, diff)
	}
	n := blockScanner{source: string(body), line: 2, named: true}
	nameless := func(b Block) bool { return b.ID == "" }
	ok = n.scan()
	if diff := cmp.Diff(slices.DeleteFunc(parsed, nameless), n.blocks, cmpopts.EquateEmpty()); !ok || diff != "" {
		t.Errorf("named blocks of %q (-tree +scan):\n%s", body, diff)
	}
	return true
}

// blockScanSeeds are bodies that the fuzzer begins with.
var blockScanSeeds = []string{
	"# a\n\n### B ? ^b\n%% c %%\n- [x] d (e, f…)\n- [ ] g\n\n^h\n\n### i\n> j \\*\n>\n> > k\n\n^l\n",
	"%% synth:begin a 0123456789abcdef %%\n\n## t\n\n- [ ] **a** → b [[c#^d|↗]] 📅 2025-01-01 ^act-e\n  - f\n    - g\n  - h\n\n%% synth:end a %%\n",
	"```mermaid\ngantt\n    a :b, 2025-01-01\n\n```\n\n> [!info]- a\n> - b\n>   c\n\n> [!x]\n",
	"a *b* `c`\nd\n^e\n\nf ^g\n\n^h\n\n#tag **x**\n_y_\n", "- a\n\n- b ^c\n\n  - d\n* e\n+ f\n\ng\n",
	"> a ^b\n", "> a\nb\n", "- a\nb\n", "- a\n\n  b\n", "a\n-\n", "a\n- b\n", "a\n> b\n", "- a\n> b\n", "# a ##\n", "- [?]\n- [x] ^a\n- ^b\n", "* [[]", "- [[] a\n",
	"a `b ^c\nd` ^e\n", "[a]: b\n\n[a]\n", "1. a\n", "a|b\n-|-\nc|d\n", "````\n```\n````\n", "```\n  ```\n", "<p>\n# a\n", "$$\n# a\n$$\n",
	"a\u00a0^b\n", "- a\n - b\n", "-  a\n   - b\n  - c\n", "> [!a] b ^c\n> d\n", "> [!a|b] c\n", "* [[]", "- [[] a ^b\n", ">[!a]\n", ">  [!a]\n", "%%\n# a\n%%\n", "a %%\nb\n%%\n", "\xff ^a", "###### a ^b",
}

// FuzzBlockScan checks that the scan of a body finds what its tree holds.
func FuzzBlockScan(f *testing.F) {
	for _, seed := range blockScanSeeds {
		f.Add([]byte(seed))
	}
	for _, seed := range scanSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) { checkBlockScan(t, body) })
}

// TestBlockScanOfHostileAnswers compares scan and tree where hostile strings stand, as synth writes them and raw.
func TestBlockScanOfHostileAnswers(t *testing.T) {
	for id, raw := range hostileStrings(t) {
		quote, line := Received(raw).Quote(), Received(raw).String()
		for _, body := range []string{"### Q\n\n" + quote + "\n\n^answer\n", "- [ ] " + line + " ^a\n", "# " + line + "\n", raw, "> " + raw + "\n", "- [x] " + raw, "a\n" + raw} {
			if checkBlockScan(t, []byte(body)); t.Failed() {
				t.Fatal(id)
			}
		}
	}
}

// TestBlockScanOfVault compares scan and tree over the examples, or over the vault that SYNTH_VAULT names. The scan must
// read the notes that are read at every build, or it spares nothing.
func TestBlockScanOfVault(t *testing.T) {
	all, scanned := 0, 0
	eachNote(t, func(p string, data []byte) {
		all++
		category, _ := NewNote(p, data).Property("category")
		if checkBlockScan(t, data[scanFence(data, true).body:]) {
			scanned++
		} else if category.Text() == "questionnaire" || category.Text() == "feuille_de_route" {
			t.Errorf("%s is not scanned", p)
		}
	})
	t.Logf("%d of %d notes are scanned", scanned, all)
}

// TestBlockScanOfMixedLines compares scan and tree over bodies put together from pieces of lines at random.
func TestBlockScanOfMixedLines(t *testing.T) {
	starts := []string{
		"", "", "", "", "# ", "### ", "- ", "- [x] ", "- [ ] ", "* ", "+ ", "  - ", "    - ", "      - ", " - ", "> ", "> ", ">", "> > ", "> - ", "> [!a]- ", ">[!", "  > ",
		"1. ", "```", "````", "  ```", "~~~", "%% ", "%%", "$$", "| ", "|-|", "---", "***", "===", "<b>", "[x]: ", "^", "\t", "  ", "    ", "-\t", "-", "- - ", "- # ", "- > ", "-     ", "#", "**", "_", "\u00a0",
	}
	words := []string{
		"a", "b c", " ^id", "^id", " ^id ", " ^", "[[n]]", "[[n#h|s]]", "[s](d)", "![s](d)", "[", "]", "[x] ", "[^] ", "`", "``", "```", "%%", " %%", "$", "$$", "\\", "\\^", "<br>", "<", ">", "|", "*", "**", "_", "==", "~~",
		"é", "🌞", "\u00a0", "\t", "  ", ":", "#", " #", " ##", "{#a}", "-", "\xff", "\u2003^id", "]:", "=", "…",
	}
	random := rand.New(rand.NewPCG(3, 4))
	scanned := 0
	const bodies = 60_000
	for range bodies {
		var b strings.Builder
		for range 1 + random.IntN(7) {
			b.WriteString(starts[random.IntN(len(starts))])
			for range random.IntN(4) {
				b.WriteString(words[random.IntN(len(words))])
			}
			b.WriteString([]string{"\n", "\n", "\n\n", "\n\n", ""}[random.IntN(5)])
		}
		if checkBlockScan(t, []byte(b.String())) {
			scanned++
		}
		if t.Failed() {
			return
		}
	}
	if scanned < bodies/20 {
		t.Errorf("%d of %d bodies are scanned", scanned, bodies)
	}
	t.Logf("%d of %d bodies are scanned", scanned, bodies)
}
