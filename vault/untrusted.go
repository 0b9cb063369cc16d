package vault

import (
	"fmt"
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Untrusted is text that came from outside, such as a form's answer. Obsidian
// and its plugins may act on what a note holds, so the text is opaque: fmt and
// templates can print it only with every mark of Markdown escaped, and only
// [Raw] gives it as received.
type Untrusted struct{ raw string }

// Received takes text as it was delivered.
func Received(raw string) Untrusted { return Untrusted{raw} }

// Unescape reads back a quote that stands in a note, its "> " prefixes
// removed. It undoes [Untrusted.Quote]: the result quotes to the same lines.
func Unescape(quoted string) Untrusted {
	var b strings.Builder
	b.Grow(len(quoted))
	for i := 0; i < len(quoted); i++ {
		if quoted[i] == '\\' && i+1 < len(quoted) && isASCIIPunct(rune(quoted[i+1])) {
			i++
		}
		b.WriteByte(quoted[i])
	}
	return Untrusted{b.String()}
}

// Raw gives the text as received. It is a function and not a method so that a
// template, which can only call methods, cannot reach it.
func Raw(u Untrusted) string { return u.raw }

// String gives the text on one line, cleaned and escaped. Hidden characters
// show as ⟦U+202E⟧.
func (u Untrusted) String() string {
	return escapeAll(strings.Join(u.lines(), " "))
}

// Quote gives the text as a Markdown block quote, cleaned and escaped: lines
// end in LF, the last one in nothing, and blank lines at both ends are
// dropped. Nothing but white space gives "". The caller leaves a blank line before and after it.
func (u Untrusted) Quote() string {
	text := trimBlankLines(clean(u.raw))
	if text == "" {
		return ""
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace("> " + escapeAll(strings.TrimSpace(line)))
	}
	return strings.Join(lines, "\n")
}

// IsZero tells whether there is nothing but white space.
func (u Untrusted) IsZero() bool { return strings.TrimSpace(u.raw) == "" }

// Format writes what String gives, whatever the verb, so that no verb shows
// the text as received.
func (u Untrusted) Format(state fmt.State, verb rune) { formatText(state, verb, u.String()) }

// LogValue keeps the text out of logs: it gives the length in bytes only.
func (u Untrusted) LogValue() slog.Value { return hiddenLength(u.raw) }

// lines gives the cleaned lines that are not blank, trimmed.
func (u Untrusted) lines() []string {
	var kept []string
	for line := range strings.SplitSeq(clean(u.raw), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// Name is a name that came from outside, such as a person's or a program's,
// so plain that it may stand in a sentence or in a property. The zero Name is
// empty.
type Name struct{ raw string }

// maxName is a name's greatest length, in code points.
const maxName = 60

// NewName takes a text for a name if, trimmed, it holds at most 60
// characters, at least one letter, and nothing but letters, marks, digits,
// spaces and . - ' ’ &. The name is in Unicode's NFC.
func NewName(u Untrusted) (Name, bool) {
	text := norm.NFC.String(strings.TrimSpace(u.raw))
	if utf8.RuneCountInString(text) > maxName || !strings.ContainsFunc(text, unicode.IsLetter) {
		return Name{}, false
	}
	for _, r := range text {
		if isHidden(r) || !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" .-'’&", r) {
			return Name{}, false
		}
	}
	return Name{text}, true
}

// PlainName gives the name as it is, for a property's value.
func PlainName(n Name) string { return n.raw }

// String gives the name escaped, for the text of a note.
func (n Name) String() string { return escapeAll(n.raw) }

// Format writes what String gives, whatever the verb.
func (n Name) Format(state fmt.State, verb rune) { formatText(state, verb, n.String()) }

// LogValue keeps the name out of logs: it gives the length in bytes only.
func (n Name) LogValue() slog.Value { return hiddenLength(n.raw) }

func formatText(state fmt.State, verb rune, text string) {
	if !strings.ContainsRune("vsqxX", verb) {
		verb = 's'
	}
	fmt.Fprintf(state, fmt.FormatString(state, verb), text)
}

func hiddenLength(text string) slog.Value {
	return slog.GroupValue(slog.Int("bytes", len(text)))
}
