package vault

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// oddPieces are what real vaults hold and programs stumble over.
var oddPieces = []string{
	"# Réunion 📋 [[Note]] ^titre\n", "text with #tag/sub and [[Note|shown]] ^id-1\n", "\n", "\n\n", "- [x] a\n\t- [/] b [[Note#A#B]]\n", "> [!my-type]- A\n> > [!note] B\n> > text\n",
	"> [!note|meta] #t\n", "```dataview\nTABLE x\n```\n", "~~~~\n# no\n", "%%\n[[hidden]]\n%%\n", "$$\nx\n$$\n", "a $x$ %%y%% ==z==\n", "| a | [[Note\\|b]] |\n|---|:-:|\n| c | d |\n", "<div>\n[[x]]\n</div>\n",
	"[r]: Note.md\n\n[r]\n", "![[Figure.png|100x50]] ![x](Figure.png)\n", "key:: value [a:: [[b]]]\n", "{{title}} <% tp.date %>\n", "\x00\x01\x02", "\xff\xfe invalid \xc3\n", "\r\nCRLF [[Note]]\r\n", "bare\rreturn\n",
	"\u202eright to left\u202c \u200b\u2028\u0085\n", "e\u0301 [[Re\u0301sume\u0301]]\n", "👩‍👩‍👧 [[👩‍👩‍👧]]\n", "[[", "]]", "![[", "](", "`", "%%", "$$\n", "```", "> ", "- ", "\t", "    ", "^", "#", "---\n", "===\n", "\\", "\v\f",
}

// oddHeads stand before the pieces.
var oddHeads = []string{
	"", "", "", "---\n---\n", "---\ntitle: {{title}}\n---\n", "---\nauthor: @handle\n---\n", "---\na: [b\n---\n", "---\na: 1\na: 2\n---\n", "---\nnested:\n  b: c\n---\n", "---\nnever closed\n",
	"\ufeff---\ntags: [a]\n---\n", "---\r\ntags: a\r\nup: \"[[Note]]\"\r\n---\r\n", "---\na: &x 1\nb: *x\n---\n", "---\n\xff: 1\n---\n", "---\n{\"a\": 1}\n---\n", "---\nup: [[Note]]\n---\n", "--- \na: 1\n---\t\n", "---\n" + strings.Repeat("k: v\n", 20_000) + "---\n",
}

// oddVault gives the notes of a vault by their paths.
func oddVault(random *rand.Rand) map[string]string {
	files := map[string]string{
		"large.md":     strings.Repeat("a paragraph with [[Note]] and #tag.\n\n", 140_000), // 5 MB
		"one line.md":  strings.Repeat("word [[Note]] ", 80_000),
		"quotes.md":    strings.Repeat(">", 3_000) + " a\n",
		"lists.md":     strings.Repeat("- ", 3_000) + "a\n",
		"nested.md":    nestedList(500),
		"brackets.md":  strings.Repeat("[", 100_000),
		"opened.md":    strings.Repeat("[[a\n", 30_000) + strings.Repeat("`", 5_000),
		"table.md":     strings.Repeat("|a", 2_000) + "\n" + strings.Repeat("|-", 2_000) + "\n" + strings.Repeat("|b\n", 2_000),
		"empty.md":     "",
		"NUL.md":       strings.Repeat("\x00", 10_000),
		"ambiguous.md": strings.Repeat("[[Note]] [[b/Note]] [[note#A|x]]\n", 3_000),
	}
	names := []string{"Note", "📋 Réunion", "日本語", "e\u0301te\u0301", "C# [x] ^y", "a|b", "50%% off", "Version 1.2", "nom : « cité »", strings.Repeat("é", 100), " blank ", "-", "%20", "&amp;", "\u202e"}
	for i := range 400 {
		var b strings.Builder
		b.WriteString(oddHeads[random.IntN(len(oddHeads))])
		for range random.IntN(12) {
			b.WriteString(oddPieces[random.IntN(len(oddPieces))])
		}
		name := names[random.IntN(len(names))]
		files[fmt.Sprintf("%s/%d/%s.md", []string{"a", "b", "ü"}[random.IntN(3)], i, name)] = b.String()
	}
	return files
}

func nestedList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// Whatever a vault holds, it is read, and not a byte of it changes.
func TestOddVaultIsReadAndLeftAlone(t *testing.T) {
	files := oddVault(rand.New(rand.NewPCG(3, 4)))
	dir := writeFiles(t, files)
	v, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := notePaths(v), slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Fatalf("%d notes, want %d", len(got), len(want))
	}
	for _, n := range v.Notes() {
		checkOddNote(t, v, n, files[n.Path()])
	}
	index := v.Index()
	for _, n := range v.Notes() {
		for _, link := range index.Outline(n.Path()).Links {
			if to := v.Resolve(n.Path(), link); to.Path != "" && to.Path != n.Path() {
				index.Outline(to.Path).Has(link.Subpath)
				break // one a note is enough: there are hundreds of thousands
			}
		}
	}
	for name, text := range files {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || string(data) != text {
			t.Errorf("%q is no longer what it was: %v", name, err)
		}
	}
}

// checkOddNote reads a note in every way.
func checkOddNote(t *testing.T, v *Vault, n *Note, want string) {
	t.Helper()
	before := n.Outline()
	data, err := n.Bytes()
	if err != nil || string(data) != want {
		t.Errorf("%q is read as other bytes: %v", n.Path(), err)
	}
	_, _ = n.Properties()
	if _, err := n.Blocks(); err != nil {
		_ = err.(Problem)
	}
	_, _ = n.Fields()
	_, _ = n.Regions()
	links, err := n.Links()
	if after := n.Outline(); len(after.Links) != len(before.Links) || err == nil && len(links) != len(after.Links) {
		t.Errorf("%q has %d links, its outline %d, then %d", n.Path(), len(links), len(before.Links), len(after.Links))
	}
	if to := v.LinkTo("large.md", n.Path(), "", ""); to == "" {
		t.Errorf("no link leads to %q", n.Path())
	}
	if change := Withdraw(n); !bytes.Equal(change.New, data) {
		t.Errorf("%q would be changed", n.Path())
	}
}
