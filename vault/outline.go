package vault

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Outline is what links can lead to in a note, and where the note's own links
// lead.
type Outline struct {
	// Sections are the note's headings, those in quotes and lists included.
	Sections []Section
	// Anchors are the block ids, without the caret.
	Anchors []Mark
	// Tags are those of the property tags, then the text's, without the
	// number sign.
	Tags []Mark
	// Links are those that Links gives.
	Links []Link
	// Problems tell why the head or the body could not be read. What cannot
	// be read has no part in the outline.
	Problems []Problem
}

// Section is a heading and what stands below it.
type Section struct {
	// Level is 1 to 6.
	Level int
	// Text is the heading's source, as a Block's.
	Text string
	// Line is the heading's line in the file, counted from 1.
	Line int
}

// Mark is a word with its place in the file, as a Link's.
type Mark struct {
	Name         string
	Line, Column int
}

// Outline reads the note for what links need to know of it.
func (n *Note) Outline() Outline {
	var r outlineReader
	return r.note(n).outline()
}

// Has tells whether a link's subpath leads to a place in the note: the block
// "^id", the heading "A", or for "A#B" the next heading "B" behind "A" that is
// deeper than it, as Obsidian looks for one heading after the other. Case does
// not matter, nor do the signs that Obsidian does not compare; a heading that
// holds a # is found by its words only.
func (o Outline) Has(subpath string) bool {
	if id, ok := strings.CutPrefix(subpath, "^"); ok {
		return slices.ContainsFunc(o.Anchors, func(m Mark) bool { return fold(m.Name) == fold(id) })
	}
	chain := headingChain(subpath)
	level := 0
	for _, s := range o.Sections {
		if len(chain) == 0 {
			break
		}
		if s.Level > level && HeadingKey(s.Text) == chain[0] {
			chain, level = chain[1:], s.Level
		}
	}
	return len(chain) == 0
}

// headingChain gives the keys of the headings that a subpath names.
func headingChain(subpath string) []string {
	var chain []string
	for part := range strings.SplitSeq(subpath, "#") {
		if part != "" {
			chain = append(chain, HeadingKey(part))
		}
	}
	return chain
}

// HeadingKey gives what Obsidian compares of a heading and of the heading that a
// link names: its words in one case with a space between two, and the hyphens,
// underscores and apostrophes in them.
func HeadingKey(text string) string {
	var room [128]byte
	return string(appendHeadingKey(room[:0], text))
}

// appendHeadingKey adds the words, with a space between two. They are moved to
// the front of the folded text, since they take no more room there.
func appendHeadingKey(to []byte, text string) []byte {
	begin := len(to)
	folded := appendFold(to, text)
	end, word := begin, false
	for at := begin; at < len(folded); {
		r, size := rune(folded[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(folded[at:])
		}
		if unicode.IsSpace(r) || isHeadingSign(r) {
			word = false
		} else {
			if !word && end > begin {
				folded[end] = ' '
				end++
			}
			end += copy(folded[end:], folded[at:at+size])
			word = true
		}
		at += size
	}
	return folded[:end]
}

// isHeadingSign tells of the signs that Obsidian does not compare.
func isHeadingSign(r rune) bool {
	return isASCIIPunct(r) && r != '-' && r != '_' && r != '\''
}

// problemsOf gives the problems that an error of this package tells.
func problemsOf(err error) []Problem {
	if head, ok := errors.AsType[*HeadError](err); ok {
		return head.Problems
	}
	if p, ok := errors.AsType[Problem](err); ok {
		return []Problem{p}
	}
	return nil
}
