package render_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/vault"
)

// open makes a vault of notes, given as their paths and texts.
func open(t testing.TB, notes map[string]string) *vault.Vault {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Coffre")
	for path, text := range notes {
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// say gives a phrase's name instead of its words.
func say(phrase string, about any) string {
	switch about := about.(type) {
	case int:
		return "{" + phrase + " " + strings.Repeat("I", about) + "}"
	case string:
		return strings.TrimSpace("{"+phrase+" "+about) + "}"
	}
	return "{" + phrase + "}"
}

// draw draws the note N.md of a vault.
func draw(t testing.TB, v *vault.Vault, o render.NoteOptions) string {
	t.Helper()
	n, ok := v.Note("N.md")
	if !ok {
		t.Fatal("no note N.md")
	}
	o.Say = say
	text, err := render.Note(v, n, o)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func lines(text ...string) string { return strings.Join(text, "\n") + "\n" }

func TestNoteBlocks(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"nothing", "\n\n", ""},
		{"heading and text", "# Un ^h\ntexte\n## Deux", lines("# Un", "", "texte", "", "## Deux")},
		{"line breaks", "un\ndeux  \ntrois\\\nquatre<br>cinq", lines("un", "deux", "trois", "quatre", "cinq")},
		{"markup", "**a** *b* ~~c~~ ==d== `e  &amp;` $x^2$ #t/u \\*f\\* &eacute;", lines("a b ~~c~~ ==d== e  &amp; x^2 #t/u *f* é")},
		{"hidden", "%% synth:begin a 0 %%\n\nun %%caché%% deux ^id\n\n%%\ncaché\n%%\n\ntrois\n^id2", lines("un deux", "", "trois")},
		{"wikilinks", "[[Autre]] [[Autre|vu]] [[Autre#A#B]] [[#C]] [[D/E.md]]", lines("Autre vu Autre > A > B C D/E.md")},
		{"files", "![[a.png|100]] ![[b.pdf#page=2]] ![alt|20x30](c.png) ![](d.png)", lines("{image a.png} {file b.pdf} {image alt}", "{image d.png}")},
		{"web", "[ici](https://a.ch) <https://b.ch> [https://c.ch](https://c.ch)", lines("ici https://a.ch https://b.ch", "https://c.ch")},
		{"tasks", "- [ ] a ^x\n- [x] b\n- [/] c\n  - [?] d\n- e", lines("[ ] a", "[x] b", "[/] c", "    [?] d", "• e")},
		{"numbers", "9. a\n10. b\n    - c\n\n1) d", lines("9. a", "10. b", "    • c", "", "1) d")},
		{"loose list", "- a\n\n  b\n- c", lines("• a", "", "  b", "", "• c")},
		{"empty item", "-\n- a", lines("•", "• a")},
		{"quote", "> a\n>\n> > b\n\nc", lines("│ a", "│", "│ │ b", "", "c")},
		{"code", "```go\nun\n\n\tdeux\n```", lines("  un", "", "      deux")},
		{"formula", "$$\na\nb\n$$", lines("  a", "  b")},
		{"rule", "a\n\n---", lines("a", "", strings.Repeat("─", 40))},
		{"HTML", "<div>a<br>b &amp; c<script>x</script></div>\n\nd <b>e</b> <!-- f -->g", lines("a", "b & c", "", "d e g")},
		{"footnotes", "a[^1] b[^n] c[^1] d^[ici] e[^w]\n\n[^1]: un\n[^n]: **deux**\n[^w]: mot\n[^z]: jamais lu",
			lines("a[1] b[2] c[1] d[3] e[4]", "", "────────────", "[1] un", "[2] deux", "[3] ici", "[4] mot")},
		{"footnote in place", "a^[b *c* [[D]] e] f ^[g", lines("a[1] f ^[g", "", "────────────", "[1] b c D e")},
		{"tabs", "-\ta\n\t- b\n\t\tc\n", lines("• a", "  • b", "    c")},
		{"diagram", "```mermaid\ngraph TD\n```", lines("  graph TD")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := open(t, map[string]string{"N.md": test.source})
			got := draw(t, v, render.NoteOptions{Options: render.Options{Width: 40}, HideProperties: true})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoteCallouts(t *testing.T) {
	tests := []struct{ name, source, want, unfolded string }{
		{"titles", "> [!NOTE]\n> a\n\n> [!done] Un **titre**\n\n> [!inconnu|meta] X\n> b",
			lines("┃ 📝 Note", "┃ a", "", "┃ ✅ Un titre", "", "┃ 📝 X", "┃ b"), ""},
		{"folded", "> [!warning]- T\n> a\n>\n> b", lines("┃ ⚠ T ▸ {folded III}"), lines("┃ ⚠ T ▾", "┃ a", "┃", "┃ b")},
		{"open", "> [!tip]+ T\n> a", lines("┃ 🔥 T ▾", "┃ a"), ""},
		{"nested", "> [!bug] T\n> > [!quote]- U\n> > a\n>\n> b", lines("┃ 🐞 T", "┃ ┃ ❝ U ▸ {folded I}", "┃", "┃ b"),
			lines("┃ 🐞 T", "┃ ┃ ❝ U ▾", "┃ ┃ a", "┃", "┃ b")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := open(t, map[string]string{"N.md": test.source})
			o := render.NoteOptions{Options: render.Options{Width: 40}, HideProperties: true}
			if diff := cmp.Diff(test.want, draw(t, v, o)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			o.Unfold = true
			if test.unfolded == "" {
				test.unfolded = test.want
			}
			if diff := cmp.Diff(test.unfolded, draw(t, v, o)); diff != "" {
				t.Errorf("unfolded (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoteTables(t *testing.T) {
	const source = "| Nom | N | Priorité |\n|---|--:|:-:|\n| Un texte assez long | 5 | haute |\n| 日本語 [[X\\|⚠️ é]] | 100 | e\u0301 |\n"
	want := map[int]string{
		60: lines(
			"Nom                 │   N │ Priorité",
			"────────────────────┼─────┼─────────",
			"Un texte assez long │   5 │  haute",
			"日本語 ⚠️ é         │ 100 │    e\u0301"),
		28: lines(
			"Nom         │   N │ Priorité",
			"────────────┼─────┼─────────",
			"Un texte    │   5 │  haute",
			"assez long  │     │",
			"╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌",
			"日本語 ⚠️ é │ 100 │    e\u0301"),
		20: lines(
			"Nom    │ Un texte",
			"       │ assez long",
			"N      │ 5",
			"Priori │ haute",
			"té     │",
			"───────┼────────────",
			"Nom    │ 日本語 ⚠️ é",
			"N      │ 100",
			"Priori │ e\u0301",
			"té     │"),
	}
	v := open(t, map[string]string{"N.md": source})
	for width, text := range want {
		got := draw(t, v, render.NoteOptions{Options: render.Options{Width: width}, HideProperties: true})
		if diff := cmp.Diff(text, got); diff != "" {
			t.Errorf("at %d columns (-want +got):\n%s", width, diff)
		}
	}
}

func TestNoteGantt(t *testing.T) {
	const source = "```mermaid\ngantt\n    title Plan\n    dateFormat YYYY-MM-DD\n    section Un\n    Faire ceci :done, 2025-01-01, 2025-01-31\n" +
		"    Faire encore cela :active, a1, 2025-01-31, 30d\n    section Deux\n    Fin :after a1, 30d\n    Jalon :milestone, 2025-04-01, 0d\n```\n"
	// The days go from 1 January to 1 April, 90 of them, over 28 columns.
	want := lines(
		"Plan",
		"                    │ 2025-01-01        2025-04-01",
		"Un",
		"✓ Faire ceci        │ ░░░░░░░░░",
		"  Faire encore cela │          ▓▓▓▓▓▓▓▓▓",
		"Deux",
		"  Fin               │                   ██████████",
		"  Jalon             │                            ◆")
	v := open(t, map[string]string{"N.md": source})
	got := draw(t, v, render.NoteOptions{Options: render.Options{Width: 50}, HideProperties: true})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoteEmbeds(t *testing.T) {
	notes := map[string]string{
		"N.md":     "![[A#Deux]]\n\n![[A#^b]]\n\n![[N]]\n\n![[absent]]\n\nen ligne ![[A]]",
		"A.md":     "# Un\na\n## Deux\nb ^b\n\n![[N]]\n## Trois\nc",
		"Deep.md":  "![[Deep1]]",
		"Deep1.md": "![[Deep2]]",
		"Deep2.md": "![[Deep3]]",
		"Deep3.md": "![[Deep4]]",
		"Deep4.md": "fin",
	}
	v := open(t, notes)
	want := lines("┆ ↳ A > Deux", "┆", "┆ ## Deux", "┆", "┆ b", "┆", "┆ {cycle N}", "", "┆ ↳ A > ^b", "┆", "┆ b", "", "{cycle N}",
		"", "{missing absent}", "", "en ligne A")
	if diff := cmp.Diff(want, draw(t, v, render.NoteOptions{HideProperties: true})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	n, _ := v.Note("Deep.md")
	got, err := render.Note(v, n, render.NoteOptions{HideProperties: true, Say: say})
	want = lines("┆ ↳ Deep1", "┆", "┆ ┆ ↳ Deep2", "┆ ┆", "┆ ┆ ┆ ↳ Deep3", "┆ ┆ ┆", "┆ ┆ ┆ {deep Deep4}")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

func TestNotePart(t *testing.T) {
	const source = "# Un\na[^1]\n## Deux : **b** !\nc ^x\n\n- d\n  - e ^y\n\n| f |\n|---|\n| g |\n\n^t\n\n## Trois\n[^1]: note\n"
	tests := []struct{ part, want string }{
		{"Trois", lines("## Trois")},
		{"un", lines("# Un", "", "a[1]", "", "## Deux : b !", "", "c", "", "• d", "  • e", "", "f", "─", "g", "", "## Trois", "", "────────────", "[1] note")},
		{"Un#Deux b", lines("## Deux : b !", "", "c", "", "• d", "  • e", "", "f", "─", "g")},
		{"^x", lines("c")},
		{"^y", lines("• e")},
		{"^t", lines("f", "─", "g")},
	}
	v := open(t, map[string]string{"N.md": source})
	for _, test := range tests {
		got := draw(t, v, render.NoteOptions{Part: test.part})
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.part, diff)
		}
	}
	n, _ := v.Note("N.md")
	for _, part := range []string{"Quatre", "Deux#Un", "^z"} {
		if _, err := render.Note(v, n, render.NoteOptions{Part: part}); !errors.Is(err, render.ErrNoPart) {
			t.Errorf("%s: error %v", part, err)
		}
	}
}

func TestNoteProperties(t *testing.T) {
	const head = "---\ntitle: \"Un titre\"\ntags: [a, b]\nup: \"[[A|vu]]\"\nvide:\n---\ntexte\n"
	tests := []struct{ name, source, want string }{
		{"read", head, lines("N.md", "title: Un titre", "tags:  a, b", "up:    vu", "vide:", strings.Repeat("─", 40), "", "texte")},
		{"none", "texte\n", lines("N.md", strings.Repeat("─", 40), "", "texte")},
		{"unreadable", "---\na: [\nb: 1\n---\ntexte\n", lines("N.md", "{head}", "a: [", "b: 1", strings.Repeat("─", 40), "", "texte")},
	}
	for _, test := range tests {
		v := open(t, map[string]string{"N.md": test.source})
		if diff := cmp.Diff(test.want, draw(t, v, render.NoteOptions{Options: render.Options{Width: 40}})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestNoteLinks(t *testing.T) {
	v := open(t, map[string]string{"N.md": "[[é a#B|x]] [[absent]] [y](https://a.ch/é) [z](javascript:1) [t](A%20b.md)", "Sub/É a.md": "", "A b.md": ""})
	want := "\x1b]8;;obsidian://open?vault=Coffre&file=Sub%2F%C3%89%20a.md%23B\x1b\\x\x1b]8;;\x1b\\ absent " +
		"\x1b]8;;https://a.ch/%C3%A9\x1b\\y\x1b]8;;\x1b\\ \x1b]8;;https://a.ch/%C3%A9\x1b\\https://a.ch/é\x1b]8;;\x1b\\ " +
		"z javascript:1 \x1b]8;;obsidian://open?vault=Coffre&file=A%20b.md\x1b\\t\x1b]8;;\x1b\\\n"
	got := draw(t, v, render.NoteOptions{HideProperties: true, Links: true})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoteStyles(t *testing.T) {
	v := open(t, map[string]string{"N.md": "# T\n\n> [!danger] **U** ==v==\n> [[N]] [[absent]] `c`\n"})
	got := draw(t, v, render.NoteOptions{Options: render.Options{Style: render.Dark}, HideProperties: true})
	want := "\x1b[38;5;39;1m# T\x1b[0m\n\n" +
		"\x1b[38;5;203m┃\x1b[0m \x1b[38;5;203;1m⚡ U\x1b[0m \x1b[38;5;203;48;5;58;1mv\x1b[0m\n" +
		"\x1b[38;5;203m┃\x1b[0m \x1b[38;5;75mN\x1b[0m \x1b[38;5;139mabsent\x1b[0m \x1b[38;5;216mc\x1b[0m\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var update = flag.Bool("update", false, "rewrite the golden")

// The conformance note holds each of Obsidian's constructs, and says beside it what the reading view shows.
func TestNoteConformance(t *testing.T) {
	source, err := os.ReadFile("testdata/conformance.md")
	if err != nil {
		t.Fatal(err)
	}
	v := open(t, map[string]string{"N.md": string(source), "Annexes/Poste 1.md": "# Poste 1\n\nÀ la réception.\n\n## État\n\nÀ jour. ^etat\n", "plan.png": ""})
	got := draw(t, v, render.NoteOptions{})
	const golden = "testdata/conformance.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
