// Package check finds what is wrong with a vault: with its files and their names, with the notes that synth reads and
// writes, and with the links between all notes. What it looks for are rules, each with a stable code.
package check

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Input is what a vault is judged by.
type Input struct {
	Vault *vault.Vault
	Set   *questionnaire.Set
	// Names are those of its files, where somebody has begun to look at them.
	Names *Names
	// Told is what reading the notes and composing new ones said. What no rule is about is passed over: what somebody
	// answered, or has yet to answer, is no fault of the vault.
	Told []vault.Problem
	// Changes are what a build would do now.
	Changes []vault.Change
	// Templates are the folders in which the vault's owner keeps note templates.
	Templates []string
	// Actions are the block ids of the model's actions, nil where nobody knows them.
	Actions []string
	// Off are the codes of the rules that do not count.
	Off []string
	// Levels are what findings are instead of what their rules say, by code.
	Levels map[string]vault.Severity
}

// Find tells what is wrong, by place: of a big vault that is more than anybody wants to keep. The code of each problem is
// that of a rule.
func Find(in Input, tell func(vault.Problem)) error {
	rules, err := Rules()
	if err != nil {
		return err
	}
	if in.Names == nil {
		in.Names = LookAtNames(in.Vault)
	}
	f := &finder{Input: in, rules: map[string]Rule{}, told: map[place]bool{}, compared: map[string]bool{}, texts: texts()}
	for _, r := range rules {
		if !slices.Contains(in.Off, r.Code) {
			f.rules[r.Code] = r
		}
	}
	for _, p := range in.Told {
		f.tell(p)
	}
	f.changes()
	f.copies()
	f.index = in.Vault.Index()
	f.notes(tell)
	return nil
}

// finder collects what is wrong.
type finder struct {
	Input
	rules map[string]Rule // those that count
	index *vault.Index
	texts map[string][]string // that are properties, by category
	told  map[place]bool      // what was told before anybody looked
	// compared are the generated notes that a build looked at: what waits in them is told.
	compared map[string]bool
	found    []vault.Problem
	lines    [][]byte          // of the note that is looked at, once they are asked for
	message  []byte            // the one that is put together
	target   []byte            // of the link in it
	meant    map[string]string // the category of ours that is nearest to another, "" for none
}

// note looks at one note.
func (f *finder) note(n *vault.Note, entry vault.Entry) {
	_, sealed := n.Property("synth_seal")
	if !sealed && f.isTemplate(n) { // one that synth has written is none, whatever words stand in it
		return
	}
	f.lines = nil
	for _, p := range entry.Problems() {
		p.Severity = "" // in a note that is none of ours it stops nothing
		f.take(p)
	}
	f.schema(n, sealed)
	f.links(n, entry.Links())
}

// place is what two tellers of the same problem agree on.
type place struct {
	path, code, message string
	line, column        int
}

// at is the place of a problem. One of a file without any is at its beginning.
func at(p vault.Problem) place {
	if p.Path != "" {
		p.Line, p.Column = max(p.Line, 1), max(p.Column, 1)
	}
	return place{p.Path, p.Code, p.Message, p.Line, p.Column}
}

// tell keeps what somebody else said, once.
func (f *finder) tell(p vault.Problem) {
	if !f.told[at(p)] {
		f.take(p)
		f.told[at(p)] = true
	}
}

// take keeps a problem that a rule is about, unless it was told. It is what the rule says, a warning or an error; but one
// that was told as an error, because it kept a client from being assessed, is one. The vault's owner has the last word.
func (f *finder) take(p vault.Problem) {
	rule, counts := f.rules[p.Code]
	if !counts || f.told[at(p)] {
		return
	}
	p.Line, p.Column = at(p).line, at(p).column
	level, chosen := f.Levels[p.Code]
	switch {
	case chosen:
		p.Severity = level
	case p.Severity != vault.Error:
		p.Severity = rule.Severity
	}
	f.found = append(f.found, p)
}

// isTemplate tells whether a note only becomes one once somebody makes a note from it.
func (f *finder) isTemplate(n *vault.Note) bool {
	return n.IsTemplate() || slices.ContainsFunc(f.Templates, func(folder string) bool {
		return strings.HasPrefix(n.Path(), path.Clean(folder)+"/")
	})
}

// changes tells of the notes that a build would write.
func (f *finder) changes() {
	for _, c := range f.Changes {
		f.compared[c.Path] = true
		p := vault.Problem{Path: c.Path, Hint: "run synth build"}
		switch {
		case c.Status == vault.Created:
			p.Code, p.Message = "note_missing", "a build would make this note"
		case c.Status != vault.Refused && string(c.Old) != string(c.New):
			p.Code, p.Message, p.Hint = "note_outdated", "a build would write something else today", "see it by synth build --diff, write it by synth build"
		default:
			continue
		}
		f.take(p)
	}
}

// quoted shows a text that may hold anything in a message.
func quoted(s string) string { return string(appendQuoted(nil, s)) }

// appendQuoted adds it to a message.
func appendQuoted[T string | []byte](to []byte, s T) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case shown[c]:
		case c >= 0xC3 && c <= 0xCB && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // a letter of Latin's, which are all shown
			i++
		default:
			return strconv.AppendQuoteToGraphic(to, string(s))
		}
	}
	return append(append(append(to, '"'), s...), '"')
}

// shown are the characters of ASCII that stand for themselves in quotes.
var shown = shownCharacters()

func shownCharacters() (set [256]bool) {
	for c := ' '; c <= '~'; c++ {
		set[c] = c != '"' && c != '\\'
	}
	return set
}
