package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/glamour"
)

// screen is what a build of fifty clients shows.
func screen() string {
	var b strings.Builder
	b.WriteString("| Client | Score | Priorité | Constats |\n|---|---|---|--:|\n")
	for i := range 50 {
		fmt.Fprintf(&b, "| Cabinet médical n° %[1]d (**C%[1]d**) | **%[1]d** [%[1]d–80] | 🚨 Haute | %[1]d + 3 ❓ |\n", i)
	}
	for i := range 250 {
		fmt.Fprintf(&b, "\n- créée : Clients/Cabinet %[1]d/📁 Correspondance et flux documentaires – C%[1]d\\.md", i)
	}
	return b.String() + "\n"
}

// BenchmarkMarkdown compares a screen with what glamour makes of it.
func BenchmarkMarkdown(b *testing.B) {
	source := screen()
	b.Run("synth", func(b *testing.B) {
		b.SetBytes(int64(len(source)))
		for b.Loop() {
			if _, err := Markdown(source, Options{Width: 100, Style: Dark}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("glamour", func(b *testing.B) {
		b.SetBytes(int64(len(source)))
		for b.Loop() {
			drawWithGlamour(b, source, "dark", 100)
		}
	})
}

// drawWithGlamour is what glow does with a text: glamour alone, in one of its own styles.
func drawWithGlamour(b *testing.B, source, style string, width int) string {
	b.Helper()
	r, err := glamour.NewTermRenderer(glamour.WithStandardStyle(style), glamour.WithWordWrap(width))
	if err != nil {
		b.Fatal(err)
	}
	drawn, err := r.Render(source)
	if err != nil {
		b.Fatal(err)
	}
	return drawn
}
