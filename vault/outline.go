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

// Has tells whether a link's subpath leads to a place in the note: the heading
// "A", the heading "B" below the heading "A" for "A#B", or the block "^id".
// Case does not matter, nor do the signs in a heading that a link cannot hold.
func (o Outline) Has(subpath string) bool {
	if id, ok := strings.CutPrefix(subpath, "^"); ok {
		return slices.ContainsFunc(o.Anchors, func(m Mark) bool { return fold(m.Name) == fold(id) })
	}
	var chain []string
	for part := range strings.SplitSeq(subpath, "#") {
		if part != "" {
			chain = append(chain, headingKey(part))
		}
	}
	return len(chain) > 0 && o.hasChain(0, 0, chain)
}

// hasChain looks for a heading among the sections from one on that are below a
// level, then for the next one below it.
func (o Outline) hasChain(from, below int, chain []string) bool {
	if len(chain) == 0 {
		return true
	}
	for i, s := range o.Sections[from:] {
		if s.Level <= below {
			return false
		}
		if headingKey(s.Text) == chain[0] && o.hasChain(from+i+1, s.Level, chain[1:]) {
			return true
		}
	}
	return false
}

// headingKey gives what Obsidian compares of a heading: its words, in which
// hyphens, underscores and straight apostrophes count.
func headingKey(text string) string {
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
		if unicode.IsSpace(r) || partsWords(r) {
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

// partsWords tells of the signs that Obsidian takes for a blank in a heading.
func partsWords(r rune) bool {
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
