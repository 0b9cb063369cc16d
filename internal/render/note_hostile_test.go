package render

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/obsidian"
	"github.com/synth-vault/synth/vault"
)

// linking are the links that pass: to a note in Obsidian, to the Web, and the end of one.
var linking = regexp.MustCompile(`\x1b\]8;;(?:(?:obsidian://open\?vault=[A-Za-z0-9%._~-]+&file=|https?://)[!-~]+)?\x1b\\`)

// noteOf writes a note into a vault of its own.
func noteOf(t testing.TB, text string) (*vault.Vault, *vault.Note) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"N.md": text, "Autre.md": "# Un\n\ndeux ^b\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, ok := v.Note("N.md")
	if !ok {
		t.Fatal("the note is not read")
	}
	return v, n
}

// checkNote draws a note in every style and says what is wrong with the drawings.
func checkNote(t *testing.T, source string, width int) {
	t.Helper()
	v, n := noteOf(t, source)
	plain := ""
	for _, style := range []Style{Plain, Dark, Light} {
		drawn, err := Note(v, n, NoteOptions{Options: Options{Width: width, Style: style}, Links: style == Dark, Unfold: style == Light})
		if err != nil {
			t.Errorf("%s: %q: %v", style, source, err)
			continue
		}
		if style == Dark {
			drawn = linking.ReplaceAllString(drawn, "")
		}
		if found := forbidden(drawn, style); found != "" {
			t.Errorf("%s: %q is drawn with %s: %q", style, source, found, drawn)
		}
		if wide := widest(drawn); wide > width {
			t.Errorf("%s: %q is drawn %d columns wide, more than %d: %q", style, source, wide, width, drawn)
		}
		if style == Plain {
			plain = drawn
		}
	}
	again, err := Note(v, n, NoteOptions{Options: Options{Width: width}})
	if err != nil || again != plain {
		t.Errorf("%q is drawn differently the second time (error %v)", source, err)
	}
}

func TestNoteHostile(t *testing.T) {
	for id, text := range hostile(t) {
		line := strings.ReplaceAll(text, "\n", " ")
		sources := map[string]string{
			"raw":      text,
			"received": vault.Received(text).Quote(),
			"places": fmt.Sprintf("# %[1]s\n\n> [!%[1]s]- %[1]s\n> %[1]s\n\n| %[1]s | b |\n|---|---|\n| [[%[1]s|%[1]s]] | [%[1]s](%[1]s) |\n\n- [%[1]s] %[1]s\n"+
				"- `%[1]s` ![[%[1]s]] ![[Autre#%[1]s]]\n\n![[%[1]s]]\n\na[^%[1]s] b^[%[1]s]\n\n[^%[1]s]: %[1]s\n\n<b title=\"%[1]s\">%[1]s</b>\n", line),
			"head":    "---\n" + line + ": a\nb: " + line + "\nc: [\"" + line + "\"]\n---\n",
			"code":    "~~~\n" + text + "\n~~~\n\n$$\n" + text + "\n$$\n",
			"diagram": "```mermaid\ngantt\ntitle " + line + "\nsection " + line + "\n" + line + " :2025-01-01, 2025-02-01\n```\n",
			"linked":  "[a](https://a.ch/" + line + ") <https://a.ch/" + line + "> [b](<https://" + line + ">) [[Autre#" + line + "]] [c](Autre.md#" + line + ")",
		}
		for place, source := range sources {
			t.Run(id+"/"+place, func(t *testing.T) { checkNote(t, source, 60) })
		}
	}
}

// Whatever the note, the drawing ends soon, and is at most 2 MB and a line that says that it was cut.
func TestNoteBounds(t *testing.T) {
	deep := ""
	for level := range 50 {
		deep += strings.Repeat("> ", level) + "a\n"
	}
	tests := map[string]string{
		"quotes":      strings.Repeat("> ", 50) + "a\n\n" + deep,
		"lists":       strings.Repeat("- ", 50) + "a",
		"rows":        "| a | b | c |\n|---|---|---|\n" + strings.Repeat("| un mot | deux mots qui vont loin | trois |\n", 10_000),
		"columns":     strings.Repeat("| a ", 500) + "|\n" + strings.Repeat("|---", 500) + "|\n" + strings.Repeat("| b ", 500) + "|\n",
		"one line":    strings.Repeat("un *mot* ", 150_000),
		"one word":    strings.Repeat("a", 1_100_000),
		"marks":       "a" + strings.Repeat("\u0301", 200_000),
		"controls":    strings.Repeat("\x1b\u202e", 250_000),
		"blank":       strings.Repeat("\n", 1_000_000),
		"delimiters":  strings.Repeat("*a_ ", 30_000),
		"brackets":    strings.Repeat("[[", 100_000) + strings.Repeat("[^", 100_000) + strings.Repeat("^[", 100_000),
		"footnotes":   strings.Repeat("a[^1]b^[c]\n\n", 50_000) + "[^1]: d",
		"embeds":      strings.Repeat("![[Autre]]\n\n", 50_000),
		"callouts":    strings.Repeat("> [!bug]- T\n> a\n\n", 50_000),
		"html":        "<div>" + strings.Repeat("<b", 300_000),
		"scripts":     "<script>\n" + strings.Repeat("<script></script ", 50_000),
		"ideographs":  strings.Repeat("語", 300_000),
		"gantt":       "```mermaid\ngantt\n" + strings.Repeat("a :2025-01-01, 2025-02-01\n", 30_000) + "```\n",
		"in place":    strings.Repeat("^[ *a* ", 4000) + "]",
		"definitions": strings.Repeat("[^a]: b\n", 20_000),
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			v, n := noteOf(t, source)
			told := ""
			say := func(phrase string, _ any) string { told = phrase; return "…" }
			drawn, err := Note(v, n, NoteOptions{Options: Options{Width: 60, Style: Dark}, Links: true, Say: say})
			if err != nil {
				t.Fatal(err)
			}
			if cut := len(source) > obsidian.MaxBytes || len(drawn) > maxDrawn; cut != (told == "cut") {
				t.Errorf("of %d bytes %d are drawn, and the last that is said is %q", len(source), len(drawn), told)
			}
			if len(drawn) > maxDrawn+1<<20 {
				t.Errorf("the drawing has %d bytes", len(drawn))
			}
			if found := forbidden(linking.ReplaceAllString(drawn, ""), Dark); found != "" {
				t.Errorf("drawn with %s", found)
			}
		})
	}
}

func FuzzNote(f *testing.F) {
	f.Add("---\na: \"[[b]]\"\n---\n# a\n\n> [!tip]- b\n> | c | d |\n> |---|---|\n> | ==e== | [[Autre\\|f]] |\n", uint8(0))
	f.Add("a[^1] b^[c]\n\n[^1]: *d*\n\n![[Autre#^b]]\n\n- [/] e\n  1. f\n\n<b>g<br>h</b>&#27;&shy;", uint8(40))
	f.Add("```mermaid\ngantt\na :2025-01-01, 3d\nb :crit, x, after a, 2w\n```\n\n$$\nc\n$$\n%%d%% ^e", uint8(200))
	f.Add("| 語 | e\u0301 | ⚠️ |\n|--:|:-:|---|\n| a b c d e f | \u05e9\u05dc | 👩\u200d⚕️ |\n", uint8(3))
	f.Fuzz(func(t *testing.T, source string, width uint8) {
		if len(source) > 1<<12 {
			return
		}
		checkNote(t, source, minWidth+int(width))
	})
}

// page is a note of 200 KB as a consultant writes them.
func page() string {
	const part = `## Accès et %[1]s

Un **compte** par personne, voir [[Autre|la note]] et *l’entretien* du 3 mars : le mot de passe est ` + "`partagé`" + ` entre les postes,
ce que ==personne== n’avait noté. Le fournisseur répond sous 48 heures[^%[1]s].

- [ ] **Créer des sessions** → savoir qui fait quoi (direction, 2 demi-journées) 📅 2025-10-25 ^act-%[1]s
  - Un compte nominatif pour chaque personne
  - Fermer la session commune

| Constat | Gravité | Réponse |
|---|--:|---|
| Sauvegardes jamais essayées depuis l’installation du serveur | 16 | [[Autre#^b\|↗]] |
| Messagerie grand public | 12 | non |

> [!warning] Attention
> Les résultats partent par une messagerie lisible par un tiers.

[^%[1]s]: Selon le contrat.

`
	var b strings.Builder
	for i := 0; b.Len() < 200_000; i++ {
		fmt.Fprintf(&b, part, fmt.Sprint("n", i))
	}
	return b.String()
}

// The peer is what glow does with the same text: glamour alone, in its own dark style and in the one for pipes.
func BenchmarkNote(b *testing.B) {
	source := page()
	v, _ := noteOf(b, source)
	for _, style := range []Style{Dark, Plain} {
		b.Run("synth/"+string(style), func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				n, _ := v.Note("N.md")
				drawn, err := Note(v, n, NoteOptions{Options: Options{Style: style}, Links: style != Plain})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(drawn)), "drawn-B")
			}
		})
	}
	for _, style := range []string{"dark", "notty"} {
		b.Run("glamour/"+style, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				drawn := drawWithGlamour(b, source, style, 80)
				b.ReportMetric(float64(len(drawn)), "drawn-B")
			}
		})
	}
}
