package render

import "testing"

// Emojis that are joined into one picture are shown as they are; a joiner anywhere else is a mark.
func TestJoinedEmojis(t *testing.T) {
	for text, want := range map[string]string{
		"👩\u200D⚕\uFE0F soigne": "👩\u200D⚕\uFE0F soigne",
		"👩🏽\u200D⚕\uFE0F":       "👩🏽\u200D⚕\uFE0F",
		"👨\u200D👩\u200D👧":       "👨\u200D👩\u200D👧",
		"🏳\uFE0F\u200D🌈":        "🏳\uFE0F\u200D🌈",
		"a\u200Db":              "a⟦U+200D⟧b",
		"👩\u200D":               "👩⟦U+200D⟧",
		"👩\u200Db":              "👩⟦U+200D⟧b",
		"\u200D👩":               "⟦U+200D⟧👩",
		"👩\u200D\u200D⚕":        "👩⟦U+200D⟧⟦U+200D⟧⚕",
		"👩\uFE0F\uFE0F\uFE0F\uFE0F\uFE0F\u200D⚕": "👩\uFE0F\uFE0F\uFE0F\uFE0F\uFE0F⟦U+200D⟧⚕",
		"1\uFE0F\u200D2": "1\uFE0F⟦U+200D⟧2",
		"👩&#8205;⚕":      "👩&#8205;⚕",
	} {
		if got := mark(text); got != want {
			t.Errorf("%q is drawn as %q, not %q", text, got, want)
		}
	}
	got, err := Markdown("👩&#8205;⚕ &#8205;", Options{})
	if want := "👩\u200D⚕ ⟦U+200D⟧\n"; err != nil || got != want {
		t.Errorf("references are drawn as %q, not %q (error %v)", got, want, err)
	}
}
