package questionnaire

import (
	"regexp"
	"strings"

	"github.com/synth-vault/synth/vault"
)

var (
	// tickLike matches a line that somebody may have meant as a ticked box.
	tickLike  = regexp.MustCompile(`^[\t >]*(?:[-*+]|\d{1,9}[.)])?\s*\[ ?[xX/] ?\]`)
	fenceLike = regexp.MustCompile("^ {0,3}(```|~~~)")
)

// unreadTicks warns of lines that look like a ticked box and are none to Markdown, such as those behind a fence or a
// comment that is never closed: their answers would be lost without a word.
func (r *reader) unreadTicks(n *vault.Note, blocks []vault.Block) {
	text, err := n.Text()
	if err != nil || !anyUnread(text, blocks) {
		return
	}
	read := map[int]bool{}
	for _, b := range blocks {
		if isTask(b) {
			read[b.Line] = true
		}
	}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		if end := closed(lines, i); end > i {
			i = end // code and comments are the author's own
			continue
		}
		if !read[i+1] && tickLike.MatchString(lines[i]) {
			r.add(vault.Warning, vault.Block{Line: i + 1, Column: 1}, "tick_unread",
				"the line looks like a ticked box and is not read as one", "write it as - [x] at the line's start, outside fences, quotes and comments")
		}
	}
}

// isTask tells whether a block is an item with a box.
func isTask(b vault.Block) bool { return b.Kind == vault.Item && b.Mark != "" }

// anyUnread tells whether any line but those that were read looks like a ticked box, fences and comments left aside. Blocks
// come in the order of their lines.
func anyUnread(text string, blocks []vault.Block) bool {
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.IndexByte(line, '[') < 0 {
			continue
		}
		for len(blocks) > 0 && (blocks[0].Line < number || blocks[0].Line == number && !isTask(blocks[0])) {
			blocks = blocks[1:]
		}
		if (len(blocks) == 0 || blocks[0].Line > number) && tickLike.MatchString(line) {
			return true
		}
	}
	return false
}

// closed gives the line on which the fence or the comment ends that begins on a line; the line itself where none begins
// there, or where it never ends.
func closed(lines []string, start int) int {
	opens := func(line string) string {
		if m := fenceLike.FindStringSubmatch(line); m != nil {
			return m[1]
		}
		if strings.Count(line, "%%")%2 == 1 {
			return "%%"
		}
		return ""
	}
	mark := opens(lines[start])
	if mark == "" {
		return start
	}
	for i := start + 1; i < len(lines); i++ {
		if opens(lines[i]) == mark {
			return i
		}
	}
	return start
}
