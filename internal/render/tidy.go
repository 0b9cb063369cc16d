package render

import (
	"regexp"
	"strings"
)

// colouring is the one kind of escape sequence that passes: "select graphic rendition".
var colouring = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// tidy sets the lines of a drawing: without the blanks that glamour pads them with, each with its own colours switched on
// and off, no blank line at either end. Any escape character but a colouring's is made visible.
func tidy(drawn string) string {
	lines := strings.Split(drawn, "\n")
	var p pen
	for i, line := range lines {
		lines[i] = p.line(line)
	}
	text := strings.Trim(strings.Join(lines, "\n"), "\n")
	if text == "" {
		return ""
	}
	return text + "\n"
}

// pen is the state of a terminal that prints line after line.
type pen struct{ colours string } // the colourings since the last reset

const reset = "\x1b[0m"

// line writes a line again with no more colourings than its text needs, and none that outlast it.
func (p *pen) line(drawn string) string {
	var b strings.Builder
	visibleLength := len(strings.TrimRight(colouring.ReplaceAllString(drawn, ""), " \u00A0\u202F"))
	shown := "" // the colours that are on
	for drawn != "" {
		at := colouring.FindStringIndex(drawn)
		if at != nil && at[0] == 0 {
			p.take(drawn[:at[1]])
			drawn = drawn[at[1]:]
			continue
		}
		end := len(drawn)
		if at != nil {
			end = at[0]
		}
		text := drawn[:min(end, visibleLength)]
		visibleLength -= len(text)
		if text != "" && shown != p.colours {
			b.WriteString(change(shown, p.colours))
			shown = p.colours
		}
		b.WriteString(mark(text))
		drawn = drawn[end:]
	}
	b.WriteString(change(shown, ""))
	return b.String()
}

// take follows a colouring.
func (p *pen) take(sequence string) {
	if sequence == reset || sequence == "\x1b[m" {
		p.colours = ""
		return
	}
	p.colours += sequence
}

// change switches from some colours to others.
func change(from, to string) string {
	switch {
	case from == to:
		return ""
	case from == "":
		return to
	}
	return reset + to
}
