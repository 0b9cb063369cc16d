package render_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/synth-vault/synth/internal/render"
)

// The sentence takes 89 columns. In 60 it breaks before "lisible", which would end in column 62.
const sentence = "Les résultats partent par une messagerie grand public, lisible deux fois par un tiers ici"

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, source, at60, at100 string }{
		{"nothing", "\n \n", "", ""},
		{"paragraph", sentence,
			"Les résultats partent par une messagerie grand public,\nlisible deux fois par un tiers ici\n",
			sentence + "\n"},
		{"emphasis, code, link", "**gras** *penché* ~~barré~~ `code` [ici](https://a.ch)",
			"gras penché ~~barré~~ code ici https://a.ch\n", "gras penché ~~barré~~ code ici https://a.ch\n"},
		{"headings", "# Un\n\ntexte\n\n## Deux\n\nfin", "# Un\n\ntexte\n\n## Deux\n\nfin\n", "# Un\n\ntexte\n\n## Deux\n\nfin\n"},
		{"lists", "- un\n  - dedans\n- deux\n\n1. premier\n2. second\n\n- [x] fait\n- [ ] à faire",
			"• un\n  • dedans\n• deux\n\n1. premier\n2. second\n\n[x] fait\n[ ] à faire\n",
			"• un\n  • dedans\n• deux\n\n1. premier\n2. second\n\n[x] fait\n[ ] à faire\n"},
		{"quote", "> " + sentence + "\n> fin\n>\n> > dedans",
			"│ Les résultats partent par une messagerie grand public,\n│ lisible deux fois par un tiers ici\n│ fin\n│\n│ │ dedans\n",
			"│ " + sentence + "\n│ fin\n│\n│ │ dedans\n"},
		{"line ends", "un\r\ndeux\r\n", "un\ndeux\n", "un\ndeux\n"},
		{"escapes", `a\@b\: \\ \* 1\. \&amp; C:\Users`, "a@b: \\ * 1. &amp; C:\\Users\n", "a@b: \\ * 1. &amp; C:\\Users\n"},
		{"references", "R&D &amp; &eacute; &notit; &unknown; &#233; `&amp;`", "R&D & é &notit; &unknown; é &amp;\n", "R&D & é &notit; &unknown; é &amp;\n"},
		{"line breaks", "un\ndeux\\\ntrois", "un\ndeux\ntrois\n", "un\ndeux\ntrois\n"},
		{"loose list", "- un\n\n  deux\n- trois", "• un\n\n  deux\n\n• trois\n", "• un\n\n  deux\n\n• trois\n"},
		{"second line of an item", "1. un\n   deux\n2. trois", "1. un\n   deux\n2. trois\n", "1. un\n   deux\n2. trois\n"},
		// Nothing of Obsidian's dialect is read.
		{"no dialect", "[[un|deux]] %%trois%% ==quatre== $5$ #six ^[sept] [^8] ^neuf", "[[un|deux]] %%trois%% ==quatre== $5$ #six ^[sept] [^8] ^neuf\n", "[[un|deux]] %%trois%% ==quatre== $5$ #six ^[sept] [^8] ^neuf\n"},
		{"reference", "[^a] [un][^a]\n\n[^a]: https://a.ch", "^a https://a.ch un https://a.ch\n", "^a https://a.ch un https://a.ch\n"},
		// A command keeps its blanks, and breaks between its words.
		{"code", "texte\n\n    synth  new QUESTIONNAIRE --client CODE --name \"Un long nom\"\n\nfin",
			"texte\n\n  synth  new QUESTIONNAIRE --client CODE --name \"Un long\n  nom\"\n\nfin\n",
			"texte\n\n  synth  new QUESTIONNAIRE --client CODE --name \"Un long nom\"\n\nfin\n"},
		// No line breaks at a mark in a word, and no comma stands beyond the width; a word breaks where it fills a line.
		{"marks", strings.Repeat("a", 52) + " 25.08.2025, `act-x.y;z`", strings.Repeat("a", 52) + "\n25.08.2025, act-x.y;z\n", strings.Repeat("a", 52) + " 25.08.2025, act-x.y;z\n"},
		{"escaped marks", strings.Repeat("a", 52) + ` 25\.08\.2025, act\-x\+\|`, strings.Repeat("a", 52) + "\n25.08.2025, act-x+|\n", strings.Repeat("a", 52) + " 25.08.2025, act-x+|\n"},
		{"comma", strings.Repeat("a", 54) + " bcdef, g", strings.Repeat("a", 54) + "\nbcdef, g\n", strings.Repeat("a", 54) + " bcdef, g\n"},
		{"address", "a-" + strings.Repeat("b", 45) + "." + strings.Repeat("c", 20), "a-" + strings.Repeat("b", 45) + "." + strings.Repeat("c", 12) + "\n" + strings.Repeat("c", 8) + "\n", "a-" + strings.Repeat("b", 45) + "." + strings.Repeat("c", 20) + "\n"},
		// "23" would end in column 59 and "%" in column 61: they go to the next line together.
		{"no-break space", strings.Repeat("a", 56) + " 23\u00a0%", strings.Repeat("a", 56) + "\n23\u00a0%\n", strings.Repeat("a", 56) + " 23\u00a0%\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for width, want := range map[int]string{60: test.at60, 100: test.at100} {
				got, err := render.Markdown(test.source, render.Options{Width: width, Style: render.Plain})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("at %d columns (-want +got):\n%s", width, diff)
				}
			}
		})
	}
}

// A table is as narrow as its text; a cell wraps inside its column, and rows are then ruled off. What does not fit becomes a
// list of its rows. An emoji takes two columns and a no-break space one.
func TestMarkdownTable(t *testing.T) {
	const source = "| Client | Score | Priorité |\n|---|--:|:-:|\n| CDP\u00a0⚠️ | 23–35 | haute |\n" +
		"| Un cabinet au nom tout à fait long qui passe à la ligne | 100 | 🔴 basse |\n"
	want := map[int][]string{
		20: {
			"Client │ CDP\u00a0⚠️",
			"Score  │ 23–35",
			"Priori │ haute",
			"té     │",
			"───────┼────────────",
			"Client │ Un cabinet",
			"       │ au nom tout",
			"       │ à fait long",
			"       │ qui passe à",
			"       │ la ligne",
			"Score  │ 100",
			"Priori │ 🔴 basse",
			"té     │",
		},
		60: {
			"Client                                    │ Score │ Priorité",
			"──────────────────────────────────────────┼───────┼─────────",
			"CDP\u00a0⚠️                                    │ 23–35 │  haute",
			"╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌",
			"Un cabinet au nom tout à fait long qui    │   100 │ 🔴 basse",
			"passe à la ligne                          │       │",
		},
		100: {
			"Client                                                  │ Score │ Priorité",
			"────────────────────────────────────────────────────────┼───────┼─────────",
			"CDP\u00a0⚠️                                                  │ 23–35 │  haute",
			"Un cabinet au nom tout à fait long qui passe à la ligne │   100 │ 🔴 basse",
		},
	}
	for width, lines := range want {
		got, err := render.Markdown(source, render.Options{Width: width})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Join(lines, "\n")+"\n", got); diff != "" {
			t.Errorf("at %d columns (-want +got):\n%s", width, diff)
		}
	}
}

func TestMarkdownStyles(t *testing.T) {
	const source = "# Titre\n\nun **gras** et `code`\n\n> *cité*\n"
	const want = "\x1b[38;5;39;1m# Titre\x1b[0m\n\nun \x1b[1mgras\x1b[0m et \x1b[38;5;216mcode\x1b[0m\n\n\x1b[38;5;245m│\x1b[0m \x1b[3mcité\x1b[0m\n"
	dark, err := render.Markdown(source, render.Options{Width: 60, Style: render.Dark})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, dark); diff != "" {
		t.Errorf("dark (-want +got):\n%s", diff)
	}
	plain, err := render.Markdown(source, render.Options{Width: 60, Style: render.Plain})
	if err != nil {
		t.Fatal(err)
	}
	for _, style := range []render.Style{render.Dark, render.Light} {
		painted, err := render.Markdown(source, render.Options{Width: 60, Style: style})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(plain, regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(painted, "")); diff != "" {
			t.Errorf("%s without its colours (-want +got):\n%s", style, diff)
		}
	}
}

// The terminal's variables are the caller's to ask.
func TestMarkdownIgnoresTheEnvironment(t *testing.T) {
	const source = "# Titre\n\n| a | b |\n|---|---|\n| **c** | d |\n"
	want, err := render.Markdown(source, render.Options{Style: render.Light})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"NO_COLOR": "1", "TERM": "dumb", "COLORTERM": "truecolor", "CLICOLOR_FORCE": "1", "LC_ALL": "ja_JP.UTF-8", "RUNEWIDTH_EASTASIAN": "1"} {
		t.Setenv(name, value)
		got, err := render.Markdown(source, render.Options{Style: render.Light})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s=%s (-without +with):\n%s", name, value, diff)
		}
	}
}

func TestMarkdownOptions(t *testing.T) {
	tests := []struct {
		options render.Options
		want    string
	}{
		{render.Options{}, ""},
		{render.Options{Width: 20, Style: render.Dark}, ""},
		{render.Options{Width: 400, Style: render.Light}, ""},
		{render.Options{Width: 19}, "width 19 is not between 20 and 400 columns"},
		{render.Options{Width: 401}, "width 401 is not between 20 and 400 columns"},
		{render.Options{Style: "pink"}, `style "pink" is none of dark, light and plain`},
	}
	for _, test := range tests {
		got := ""
		if _, err := render.Markdown("texte", test.options); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%+v: error %q, want %q", test.options, got, test.want)
		}
	}
}
