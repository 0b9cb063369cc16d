package assess

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// ChannelsFile is the catalogue's file of the channels and tools by which a practice writes. A catalogue may do without it.
const ChannelsFile = "channels.yaml"

// Channel is a service or a tool by which messages go, as somebody may name it in an answer.
type Channel struct {
	ID           string
	Title        string
	Class        string
	Jurisdiction string   // CH, FR or INT: where it is in use
	Names        []string // the words by which it is called
	Domains      []string // of its addresses; *.example.org stands for every domain below example.org
	Traits       Traits
	Uses         []Use // one for every use, in the catalogue's order

	folded [][]string // the words of each name as they are compared
}

// Class is a kind of channels that are judged alike. A channel that says nothing of its own has its class's traits and
// verdicts.
type Class struct {
	ID     string
	Title  string
	Traits Traits
	Uses   []Use
}

// Traits is what is known of a channel.
type Traits struct {
	Readers    string // who may read what goes through it
	Hosting    string
	Encryption string
}

// Purpose is what a channel may be used for.
type Purpose struct {
	ID    string
	Title string
}

// Use is the verdict on a channel for one purpose.
type Use struct {
	Purpose string
	Verdict Verdict
	Reason  string
	Source  string
}

// Verdict says whether a channel is fit for a purpose.
type Verdict string

// The verdicts. Nobody knows enough of a channel that is to be checked; it is never taken for fit.
const (
	Fit        Verdict = "ok"
	FitIf      Verdict = "attention"
	Unfit      Verdict = "ko"
	ToBeJudged Verdict = "unknown"
)

// Verdicts lists the verdicts from the worst.
func Verdicts() []Verdict { return []Verdict{Unfit, ToBeJudged, FitIf, Fit} }

// Class gives the class of channels of that id, nil when there is none.
func (m *Model) Class(id string) *Class {
	return find(m.Classes, func(c *Class) bool { return c.ID == id })
}

// Purpose gives the words of a purpose.
func (m *Model) Purpose(id string) string {
	p := find(m.Purposes, func(p *Purpose) bool { return p.ID == id })
	if p == nil {
		return id
	}
	return p.Title
}

// inClass lists the channels of a class.
func (m *Model) inClass(class string) []Channel {
	var out []Channel
	for _, c := range m.Channels {
		if c.Class == class {
			out = append(out, c)
		}
	}
	return out
}

// written is what a text says that may name a channel.
type written struct {
	words   []string // folded, in their order
	domains []string
}

// readWritten takes a text apart: what holds a point is a domain, from its last @ on, the rest are words.
func readWritten(text string) written {
	var w written
	between := func(r rune) bool {
		return !isWordRune(r) && !strings.ContainsRune(".-@_", r)
	}
	for _, part := range strings.FieldsFunc(text, between) {
		name := strings.Trim(part[strings.LastIndexByte(part, '@')+1:], ".-")
		switch {
		case strings.Contains(name, "."):
			w.domains = append(w.domains, strings.ToLower(name))
		case !strings.Contains(part, "@"):
			w.words = append(w.words, foldWords(part)...)
		}
	}
	return w
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd)
}

// foldWords gives the words of a name as they are compared.
func foldWords(name string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !isWordRune(r) }) {
		out = append(out, questionnaire.Fold(word))
	}
	return out
}

// names reports whether a text names the channel: by a word of its own, or by an address or a domain.
func (w written) names(c Channel) bool {
	return slices.ContainsFunc(c.folded, w.says) ||
		slices.ContainsFunc(c.Domains, func(pattern string) bool {
			return slices.ContainsFunc(w.domains, func(domain string) bool { return covers(pattern, domain) })
		})
}

// says reports whether the words follow each other in the text.
func (w written) says(words []string) bool {
	for i := 0; i+len(words) <= len(w.words); i++ {
		if slices.Equal(w.words[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// covers reports whether a domain is the one that a pattern names, or lies below it where the pattern begins with *.
func covers(pattern, domain string) bool {
	if below, ok := strings.CutPrefix(pattern, "*"); ok {
		return strings.HasSuffix(domain, below) && len(domain) > len(below)
	}
	return domain == pattern
}

// example is a text that names the channel.
func (c Channel) example() string {
	if len(c.Domains) > 0 {
		return strings.Replace(c.Domains[0], "*", "x", 1)
	}
	return c.Names[0]
}

// onChannel reports whether an answer in words names a channel of the condition's class.
func (c *Condition) onChannel(a questionnaire.Answer) bool {
	text := vault.Raw(a.Text)
	if a.HasName {
		text = vault.PlainName(a.Name)
	}
	w := readWritten(text)
	return slices.ContainsFunc(c.channels, w.names)
}

// quotesChannel is the function "channel" of sentences: whether a quoted answer names a channel of a class. What is not
// quoted, as it is no name, names none.
func (m *Model) quotesChannel(class, quoted string) (bool, error) {
	plain := readWritten(strings.ReplaceAll(quoted, `\`, "")) // what escapes a name in a note; no name holds one itself
	some := false
	for i := range m.Channels {
		c := &m.Channels[i]
		if c.Class == class && plain.names(*c) {
			return true, nil
		}
		some = some || c.Class == class
	}
	if !some {
		return false, fmt.Errorf("no channel in %s is of the class %q", ChannelsFile, class)
	}
	return false, nil
}
