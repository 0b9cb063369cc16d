package obsidian

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestScanWikilink(t *testing.T) {
	tests := []struct {
		source string
		want   *Wikilink // nil: no link
		size   int
	}{
		{"[[Note]]", &Wikilink{Target: "Note"}, 8},
		{"[[Note]] and more", &Wikilink{Target: "Note"}, 8},
		{"[[Folder/Note.md]]", &Wikilink{Target: "Folder/Note.md"}, 18},
		{"[[Note|text]]", &Wikilink{Target: "Note", Shown: "text"}, 13},
		{`[[Note\|text]]`, &Wikilink{Target: "Note", Shown: "text"}, 14},
		{"[[Note#Heading]]", &Wikilink{Target: "Note", Subpath: "Heading"}, 16},
		{"[[Note#H1#H2]]", &Wikilink{Target: "Note", Subpath: "H1#H2"}, 14},
		{"[[Note#^id|↗]]", &Wikilink{Target: "Note", Subpath: "^id", Shown: "↗"}, 16},
		{"[[#Heading]]", &Wikilink{Subpath: "Heading"}, 12},
		{"[[ Note # Heading | text ]]", &Wikilink{Target: "Note", Subpath: "Heading", Shown: "text"}, 27},
		{"[[two  words]]", &Wikilink{Target: "two  words"}, 14},
		{"[[Sq]uare]]", &Wikilink{Target: "Sq]uare"}, 11},
		{"[[a]]]", &Wikilink{Target: "a"}, 5},
		{"![[x.png|100]]", &Wikilink{Target: "x.png", Shown: "100", Embed: true}, 14},
		{"![[d.pdf#page=3]]", &Wikilink{Target: "d.pdf", Subpath: "page=3", Embed: true}, 17},
		{"[[https://example.org]]", &Wikilink{Target: "https://example.org"}, 23},
		{"[[My%20Note]]", &Wikilink{Target: "My%20Note"}, 13},
		{"[[x|a|b]]", &Wikilink{Target: "x", Shown: "a|b"}, 9},

		{"[[a [[Inner]]", nil, 0},
		{"[[[Note]]", nil, 0},
		{"[[## search]]", nil, 0},
		{"[[^^search]]", nil, 0},
		{"[[]]", nil, 0},
		{"[[ | ]]", nil, 0},
		{"[[#]]", nil, 0},
		{"[[Note]", nil, 0},
		{"[[No\nte]]", nil, 0},
		{"[Note]]", nil, 0},
		{"![Note]", nil, 0},
		{" [[Note]]", nil, 0},
		{"", nil, 0},
	}
	for _, tt := range tests {
		got, size := ScanWikilink([]byte(tt.source))
		if size != tt.size {
			t.Errorf("ScanWikilink(%q) has size %d, want %d", tt.source, size, tt.size)
		}
		if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(Wikilink{}, "BaseInline")); diff != "" {
			t.Errorf("ScanWikilink(%q) (-want +got):\n%s", tt.source, diff)
		}
	}
}

// plainWikilink is MarkWikilink, one step after the other.
func plainWikilink(line []byte) (LinkMark, int) {
	inner, embed := bytes.CutPrefix(line, []byte{'!'})
	inner, opens := bytes.CutPrefix(inner, []byte("[["))
	inner, _, closes := bytes.Cut(inner, []byte("]]"))
	if !opens || !closes || bytes.HasPrefix(inner, []byte{'['}) || bytes.Contains(inner, []byte("[[")) || bytes.Contains(inner, []byte{'\n'}) {
		return LinkMark{}, 0
	}
	path, shown, _ := bytes.Cut(inner, []byte{'|'})
	target, subpath, _ := bytes.Cut(bytes.TrimSuffix(path, []byte{'\\'}), []byte{'#'})
	link := LinkMark{Target: bytes.TrimSpace(target), Subpath: bytes.TrimSpace(subpath), Shown: bytes.TrimSpace(shown), Embed: embed}
	isSearch := bytes.HasPrefix(link.Target, []byte("^^")) || len(link.Target) == 0 && bytes.HasPrefix(link.Subpath, []byte{'#'})
	if isSearch || len(link.Target)+len(link.Subpath) == 0 {
		return LinkMark{}, 0
	}
	return link, len(line) - len(bytes.SplitN(line, []byte("]]"), 2)[1])
}

func FuzzMarkWikilink(f *testing.F) {
	for _, seed := range []string{
		"[[Note#^id|↗]] a", "![[a\\|b]]", "[[a#b#\\|c|d]]", "[[a|#b]]", "[[#|]]", "[[ é#à | ç ]]", "[[\u00a0a\u2003]]", "[[[a]]", "[[a[b]c]]]", "[[a [[b]]", "[[a\nb]]", "[[|]]", "[[\\]]", "[]]", "![[^^a]]", "[[##a]]", "[[a]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		got, size := MarkWikilink(line)
		want, wanted := plainWikilink(line)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || size != wanted {
			t.Errorf("MarkWikilink(%q) has size %d, want %d (-want +got):\n%s", line, size, wanted, diff)
		}
	})
}

func TestWikilinkInText(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"between words", "a [[b]] c", `paragraph("a " wikilink([[b]]) " c")`},
		{"inner of two", "[[a [[Inner]]", `paragraph("[[a " wikilink([[Inner]]))`},
		{"three brackets", "[[[Note]]]", `paragraph("[" wikilink([[Note]]) "]")`},
		{"escaped", `\[[no]]`, `paragraph("\\[[no]]")`},
		{"embed", "![[x.png]]", "paragraph(wikilink(![[x.png]]))"},
		{"Markdown link", "[t](u)", `paragraph(link("t"))`},
		{"in a heading", "# [[a]]", "heading(wikilink([[a]]))"},
		{"in emphasis", "*[[a]]*", "paragraph(emphasis(wikilink([[a]])))"},
		{"in code", "`[[a]]`", `paragraph(codespan("[[a]]"))`},
		{"in a fence", "```\n[[a]]\n```", `fencedcodeblock("[[a]]\n")`},
		{"in mathematics", "$[[a]]$", `paragraph(math("$[[a]]$"))`},
		{"in a comment", "%%[[a]]%%", `commentblock("%%[[a]]%%")`},
		{"escaped pipe in a table", "|a|\n|-|\n|[[x\\|y]]|", `table(tableheader(tablecell("a")) tablerow(tablecell(wikilink([[x\|y]]))))`},
	})
}
