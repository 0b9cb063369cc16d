package vault

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHostileAnswersReadBack puts every hostile string where synth writes an
// answer, and reads the note as a questionnaire is read: nothing but the quote
// is there, and the quote gives the text back.
func TestHostileAnswersReadBack(t *testing.T) {
	for id, raw := range hostileStrings(t) {
		t.Run(id, func(t *testing.T) {
			quote := Received(raw).Quote()
			note := openNote(t, "### Question\n\n"+quote+"\n\n^answer\n")
			blocks, err := note.Blocks()
			if err != nil {
				t.Fatal(err)
			}
			if len(blocks) != 3 || blocks[0].Kind != Heading || blocks[1].Kind != Quote || blocks[2].Kind != Anchor {
				t.Fatalf("%s\ngives the blocks %+v", quote, blocks)
			}
			if again := Unescape(blocks[1].Text).Quote(); again != quote {
				t.Errorf("read back (-want +got):\n%s", cmp.Diff(quote, again))
			}
			if links, err := note.Links(); err != nil || len(links) > 0 {
				t.Errorf("%s\ngives the links %v, %v", quote, links, err)
			}
		})
	}
}
