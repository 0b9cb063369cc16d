package render

import "strings"

// look is how a piece of text is drawn: in a colour of the 256, "" for the terminal's own, and with effects.
type look struct {
	color   string
	effects effects
}

type effects uint8

const (
	bold effects = 1 << iota
	italic
	struck
	underlined
	marked
)

// with adds effects.
func (l look) with(e effects) look {
	l.effects |= e
	return l
}

// in changes the colour.
func (l look) in(color string) look {
	if color != "" {
		l.color = color
	}
	return l
}

// reset switches every look off.
const reset = "\x1b[0m"

// inks turns looks into the sequences that switch them on ("select graphic rendition").
type inks struct {
	plain bool
	marks string // the background of marked text
	known map[look]string
}

func newInks(s Style, p palette) *inks {
	return &inks{plain: s == Plain || s == "", marks: p.mark, known: map[look]string{{}: ""}}
}

// sequence gives what switches a look on, "" where there is nothing to switch.
func (k *inks) sequence(l look) string {
	if k.plain {
		return ""
	}
	if known, found := k.known[l]; found {
		return known
	}
	var codes []string
	if l.color != "" {
		codes = append(codes, "38;5;"+l.color)
	}
	if l.effects&marked != 0 {
		codes = append(codes, "48;5;"+k.marks)
	}
	for _, e := range []struct {
		effect effects
		code   string
	}{{underlined, "4"}, {bold, "1"}, {italic, "3"}, {struck, "9"}} {
		if l.effects&e.effect != 0 {
			codes = append(codes, e.code)
		}
	}
	k.known[l] = "\x1b[" + strings.Join(codes, ";") + "m"
	return k.known[l]
}
