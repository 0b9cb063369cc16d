package vault

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func lines(ls ...string) string { return strings.Join(ls, "\n") + "\n" }

func TestBlocks(t *testing.T) {
	tests := []struct {
		name, file string
		want       []Block
	}{
		{
			"questionnaire",
			lines(
				"---",
				"category: questionnaire",
				"---",
				"# Correspondance",
				"",
				"### Comment ? ^comment",
				"%% Plusieurs réponses possibles. %%",
				"- [x] Messagerie (Bluewin, Gmail…)",
				"- [ ] PDF chiffré",
				"- [-] Ne sait pas",
				"",
				"^resultats",
				"",
				"### Remarque",
				"> première ligne \\*",
				">",
				"> > seconde",
				"",
				"^remarques",
			),
			[]Block{
				{Kind: Heading, Level: 1, Text: "Correspondance", Line: 4, Column: 1},
				{Kind: Heading, Level: 3, Text: "Comment ?", ID: "comment", Line: 6, Column: 1},
				{Kind: Item, Level: 1, Mark: "x", Text: "Messagerie (Bluewin, Gmail…)", Line: 8, Column: 1},
				{Kind: Item, Level: 1, Mark: " ", Text: "PDF chiffré", Line: 9, Column: 1},
				{Kind: Item, Level: 1, Mark: "-", Text: "Ne sait pas", Line: 10, Column: 1},
				{Kind: Anchor, ID: "resultats", Line: 12, Column: 1},
				{Kind: Heading, Level: 3, Text: "Remarque", Line: 14, Column: 1},
				{Kind: Quote, Text: "première ligne \\*\n\n> seconde", Line: 15, Column: 1},
				{Kind: Anchor, ID: "remarques", Line: 19, Column: 1},
			},
		},
		{
			"every kind",
			lines("Title", "=====", "", "a \\_b  ", "  c ^id", "", "```go", "x := 1", "", "y", "```", "",
				"|a|", "|-|", "|b|", "", "> [!note] T", "> u", "", "---", "", "$$", "x", "$$", "", "    indented", "", "<p>", "html", "</p>"),
			[]Block{
				{Kind: Heading, Level: 1, Text: "Title", Line: 1, Column: 1},
				{Kind: Paragraph, Text: "a \\_b\nc", ID: "id", Line: 4, Column: 1},
				{Kind: Code, Text: "x := 1\n\ny", Line: 7, Column: 1},
				{Kind: Table, Text: "|a|\n|-|\n|b|", Line: 13, Column: 1},
				{Kind: Other, Text: "[!note] T\nu", Line: 17, Column: 1},
				{Kind: Other, Line: 20, Column: 1},
				{Kind: Other, Text: "$$\nx\n$$", Line: 22, Column: 1},
				{Kind: Code, Text: "indented", Line: 26, Column: 5},
				{Kind: Other, Text: "<p>\nhtml\n</p>", Line: 28, Column: 1},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := openNote(t, tt.file).Blocks()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

// blockTexts says the kinds and contents of blocks without their places.
func blockTexts(t *testing.T, text string) []Block {
	t.Helper()
	blocks, err := openNote(t, text).Blocks()
	if err != nil {
		t.Fatal(err)
	}
	for i := range blocks {
		blocks[i].Line, blocks[i].Column = 0, 0
	}
	return blocks
}

func testBlockTexts(t *testing.T, tests []blockCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, blockTexts(t, tt.text)); diff != "" {
				t.Errorf("blocks of %q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

type blockCase struct {
	name, text string
	want       []Block
}

func item(level int, text string) Block { return Block{Kind: Item, Level: level, Text: text} }

func TestBlocksOfLists(t *testing.T) {
	paragraph, quote := Block{Kind: Paragraph, Text: "b"}, Block{Kind: Quote, Text: "b"}
	testBlockTexts(t, []blockCase{
		{"nested", "- a\n  1. b\n     - c\n- d\n", []Block{item(1, "a"), item(2, "b"), item(3, "c"), item(1, "d")}},
		{"two lines", "- a\n  b\n", []Block{item(1, "a\nb")}},
		{"lazy line", "- a\nb\n", []Block{item(1, "a\nb")}},
		{"paragraph in it", "- a\n\n  b\n", []Block{item(1, "a"), paragraph}},
		{"quote in it", "- a\n  > b\n", []Block{item(1, "a"), quote}},
		{"only a quote", "- > b\n", []Block{item(1, ""), quote}},
		{"empty", "-\n", []Block{item(1, "")}},
		{"task of one mark", "- [?]\n", []Block{{Kind: Item, Level: 1, Mark: "?"}}},
		{"id", "- a ^b\n  - c\n", []Block{{Kind: Item, Level: 1, Text: "a", ID: "b"}, item(2, "c")}},
		{"id right below", "- a\n- c\n^b\n", []Block{item(1, "a"), item(1, "c"), {Kind: Anchor, ID: "b"}}},
		{"task with a link first", "- [x] [[a]] b\n", []Block{{Kind: Item, Level: 1, Mark: "x", Text: "[[a]] b"}}},
		{"tab", "-\ta\n\t> b\n", []Block{item(1, "a"), quote}},
	})
}

func TestBlocksOfQuotes(t *testing.T) {
	quote := func(text string) []Block { return []Block{{Kind: Quote, Text: text}} }
	testBlockTexts(t, []blockCase{
		{"empty", ">\n", quote("")},
		{"empty lines", "> \n>\n", quote("")},
		{"blank lines around", ">\n> a\n>\n", quote("a")},
		{"inner blanks stay", ">   a\n>  b\n", quote("  a\n b")},
		{"no space", ">a\n>b\n", quote("a\nb")},
		{"lazy line", "> a\nb\n", quote("a\nb")},
		{"nested", "> a\n> > b\n> > > c\n", quote("a\n> b\n> > c")},
		{"heading, list, rule, fence", "> # a\n> - b\n> ---\n> ```\n> c\n> ```\n", quote("# a\n- b\n---\n```\nc\n```")},
		{"escaped id", "> a \\^b\n", quote(`a \^b`)},
		{"id", "> a ^b\n", []Block{{Kind: Quote, Text: "a", ID: "b"}}},
		{"id right below", "> a\n^b\n", []Block{{Kind: Quote, Text: "a"}, {Kind: Anchor, ID: "b"}}},
		{"CRLF", "> a\r\n>\r\n> b\r\n", quote("a\n\nb")},
		{"two", "> a\n\n> b\n", append(quote("a"), quote("b")...)},
		{"indented", "  > a\n  > b\n", quote("a\nb")},
		{"after an item's", "- > a\n> b\n", append([]Block{item(1, "")}, append(quote("a"), quote("b")...)...)},
		{"task in it", "> - [x] a\n", quote("- [x] a")},
		{"code that looks like a quote", "> ```\n> > a\n> ```\n", quote("```\n> a\n```")},
	})
}

func TestBlocksWithoutComments(t *testing.T) {
	paragraph := func(text string) []Block { return []Block{{Kind: Paragraph, Text: text}} }
	testBlockTexts(t, []blockCase{
		{"in a line", "a %%b%% c\n", paragraph("a  c")},
		{"over lines", "a %%b\nc\nd%% e\n", paragraph("a\ne")},
		{"alone", "%% a %%\n", nil},
		{"alone, in a paragraph", "a\n%% b %%\nc\n", paragraph("a\nc")},
		{"two in a line", "%% a %% %% b %%\n", nil},
		{"block", "%%\n# a\n- b\n\n> c\n%%\n\nd\n", paragraph("d")},
		{"in a quote", "> a\n> %% b %%\n> c\n", []Block{{Kind: Quote, Text: "a\nc"}}},
		{"block in a quote", "> a\n>\n> %%\n> b\n> %%\n> c\n", []Block{{Kind: Quote, Text: "a\n\nc"}}},
		{"in an item", "- [x] a %% b %% ^c\n", []Block{{Kind: Item, Level: 1, Mark: "x", Text: "a", ID: "c"}}},
		{"in a heading", "# a %% b %%\n", []Block{{Kind: Heading, Level: 1, Text: "a"}}},
		{"escaped", "a \\%% b %%\n", paragraph(`a \%% b %%`)},
	})
}

func TestBlocksOfAnchors(t *testing.T) {
	anchor := Block{Kind: Anchor, ID: "b"}
	testBlockTexts(t, []blockCase{
		{"alone", "^b\n", []Block{anchor}},
		{"below a paragraph", "a\n^b\n", []Block{{Kind: Paragraph, Text: "a"}, anchor}},
		{"after a table", "|a|\n|-|\n\n^b\n", []Block{{Kind: Table, Text: "|a|\n|-|"}, anchor}},
		{"after a table with text above", "c\n|a|\n|-|\n|d|\n\n^b\n", []Block{{Kind: Paragraph, Text: "c"}, {Kind: Table, Text: "|a|\n|-|\n|d|"}, anchor}},
		{"indented", "- a\n\n  ^b\n", []Block{item(1, "a"), anchor}},
		{"after a link definition", "[r]: target\n\n^b\n", []Block{anchor}},
		{"not an id", "^b_c\n", []Block{{Kind: Paragraph, Text: "^b_c"}}},
	})
}

func TestBlockPlaces(t *testing.T) {
	blocks, err := openNote(t, "\ufeff---\r\na: b\r\n---\r\n\r\n- é\r\n\t- a\r\n\t  > b\r\n\r\n  # c ^d\r\n").Blocks()
	if err != nil {
		t.Fatal(err)
	}
	want := []Block{
		{Kind: Item, Level: 1, Text: "é", Line: 5, Column: 1},
		{Kind: Item, Level: 2, Text: "a", Line: 6, Column: 2},
		{Kind: Quote, Text: "b", Line: 7, Column: 4},
		{Kind: Heading, Level: 1, Text: "c", ID: "d", Line: 9, Column: 3},
	}
	if diff := cmp.Diff(want, blocks); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestBlocksRefused(t *testing.T) {
	head := "---\na: b\n---\n"
	tests := []struct {
		code, body string
		line       int
	}{
		{"body_too_large", strings.Repeat("a\n\n", 400_000), 0},
		{"body_too_deep", "a\n\n" + strings.Repeat("> ", 200), 6},
		{"body_too_dense", "\n# " + strings.Repeat("[a](b", 10_000), 5},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			note := openNote(t, head+tt.body)
			_, err := note.Blocks()
			p, ok := errors.AsType[Problem](err)
			if !ok {
				t.Fatalf("Blocks gave %v, want a Problem", err)
			}
			if p.Code != tt.code || p.Line != tt.line || p.Path != "note.md" || p.Severity != Error || p.Hint == "" {
				t.Errorf("got %+v, want %s on line %d with a hint", p, tt.code, tt.line)
			}
			if _, err := note.Links(); !errors.Is(err, p) {
				t.Errorf("Links gave %v, want the same problem", err)
			}
		})
	}
}

// FuzzBlocks holds that no text makes Blocks fail without a Problem, that the
// blocks come in the order of the file, and that their texts are in it.
func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{
		"# a ^b\n%% c %%\n- [x] d\n\n^e\n",
		"> a\n> %% b %%\nc\n^d\n",
		"- > a\n\t> b\n> [!c] d\n> > e\n",
		"|a|\n|-|\n|b|\n%%\nc\n%% d ^e",
		"a\n=\n1. b\n\n   c\n\n$$\nd",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		note := NewNote("note.md", []byte(text))
		blocks, err := note.Blocks()
		if err != nil {
			if p, ok := errors.AsType[Problem](err); !ok || p.Code == "body_unreadable" {
				t.Fatal(err)
			}
			return
		}
		line := 0
		for _, b := range blocks {
			if b.Line < line || b.Column < 1 || b.Line > 1+strings.Count(text, "\n") {
				t.Errorf("%+v is out of place, after line %d", b, line)
			}
			line = b.Line
			if !strings.Contains(text, b.ID) {
				t.Errorf("%+v has an id that is not in the text", b)
			}
		}
	})
}
