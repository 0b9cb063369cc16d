package render

import (
	"strings"

	"github.com/charmbracelet/glamour/ansi"
	"github.com/muesli/termenv"
)

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

// inks turns looks into the sequences that switch them on. Glamour draws each look once.
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
	style := ansi.StylePrimitive{}
	if l.color != "" {
		style.Color = &l.color
	}
	on := true
	for i, field := range []**bool{&style.Bold, &style.Italic, &style.CrossedOut, &style.Underline} {
		if l.effects&(1<<i) != 0 {
			*field = &on
		}
	}
	if l.effects&marked != 0 {
		style.BackgroundColor = &k.marks
	}
	k.known[l] = probe(style)
	return k.known[l]
}

// probe has glamour draw one letter and keeps what stands before it.
func probe(style ansi.StylePrimitive) string {
	var b strings.Builder
	context := ansi.NewRenderContext(ansi.Options{ColorProfile: termenv.ANSI256})
	element := ansi.BaseElement{Token: "x", Style: style}
	if err := element.Render(&b, context); err != nil {
		return ""
	}
	before, _, _ := strings.Cut(b.String(), "x")
	return before
}
