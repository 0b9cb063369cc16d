package intake

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// choice knows the words of a choice question's options.
type choice struct {
	set      *questionnaire.Set
	question *questionnaire.Question
	ids      map[string]string   // by every folded word
	read     map[string][]string // values that were read before
}

func newChoice(set *questionnaire.Set, q *questionnaire.Question) *choice {
	c := &choice{set: set, question: q, ids: map[string]string{}, read: map[string][]string{}}
	for _, o := range q.Options {
		for _, w := range append([]string{o.ID, o.Label}, o.Aliases...) {
			c.ids[questionnaire.Fold(w)] = o.ID
		}
	}
	for _, w := range []string{questionnaire.DontKnow, set.Words.DontKnow} {
		if key := questionnaire.Fold(w); c.ids[key] == "" {
			c.ids[key] = questionnaire.DontKnow
		}
	}
	delete(c.ids, "")
	return c
}

// option finds the option that some words mean.
func (c *choice) option(words string) (string, bool) {
	id, ok := c.ids[questionnaire.Fold(words)]
	return id, ok
}

const (
	mostRead  = 4096    // values remembered of a question
	mostJoint = 8 << 10 // bytes of a value that may name several options
)

// options reads a value: the words of one option, or of several joined by a comma, a semicolon, a slash between blanks
// or a line end. It is not ok where any part is no option.
func (c *choice) options(value string) (ids []string, ok bool) {
	if ids, ok := c.read[value]; ok {
		return ids, ids != nil
	}
	if id, found := c.option(value); found {
		ids = []string{id}
	} else if len(value) <= mostJoint {
		ids = c.split(value)
	}
	if len(c.read) >= mostRead {
		clear(c.read)
	}
	c.read[value] = ids
	return ids, ids != nil
}

// lines reads the lines of a pasted value as far as they are options, and gives the rest: in a mail, words may follow an
// answer.
func (c *choice) lines(value string) (ids []string, rest string) {
	for value != "" {
		line, after, _ := strings.Cut(value, "\n")
		found, ok := c.options(strings.TrimSpace(line))
		if !ok && strings.TrimSpace(line) != "" {
			return ids, value
		}
		ids, value = append(ids, found...), after
	}
	return ids, ""
}

// cut is a place where a joined value may be cut: the part before ends at one offset, the next begins at another.
type cut struct{ end, next int }

// cuts lists the places from left to right. The end of the value is the last.
func cuts(value string) []cut {
	var out []cut
	for i := 0; i < len(value); i++ {
		switch {
		case value[i] == ',' || value[i] == ';' || value[i] == '\n':
			out = append(out, cut{i, i + 1})
		case strings.HasPrefix(value[i:], " / "):
			out = append(out, cut{i, i + 3})
		}
	}
	return append(out, cut{len(value), len(value)})
}

// mostCuts bounds the work: a question has no more options.
const mostCuts = 64

// split parts a joined value so that every part is an option. Labels may hold the same signs that join them: of two
// ways to begin, the longer part is tried first.
func (c *choice) split(value string) []string {
	places := cuts(value)
	if len(places) > mostCuts {
		return nil
	}
	failed := map[int]bool{}
	var from func(start, next int) ([]string, bool)
	from = func(start, next int) ([]string, bool) {
		if strings.TrimSpace(value[start:]) == "" {
			return []string{}, true
		}
		if failed[start] {
			return nil, false
		}
		for i := len(places) - 1; i >= next; i-- {
			part := value[start:places[i].end]
			id, known := c.option(part)
			if !known && strings.TrimSpace(part) != "" {
				continue
			}
			rest, ok := from(places[i].next, i+1)
			if !ok {
				continue
			}
			if known {
				rest = append([]string{id}, rest...)
			}
			return rest, true
		}
		failed[start] = true
		return nil, false
	}
	ids, ok := from(0, 0)
	if !ok || len(ids) == 0 {
		return nil
	}
	return slices.Compact(ids)
}

// means tells whether the cell of an option's own column ticks it, and whether that can be told.
func (c *choice) means(option, cell string) (ticks, ok bool) {
	switch questionnaire.Fold(cell) {
	case "", "n", "no", "non", "0", "false", "faux", "unchecked":
		return false, true
	case "y", "yes", "oui", "1", "x", "true", "vrai", "checked", "on":
		return true, true
	}
	id, found := c.option(cell)
	return found && id == option, found
}

// nearest is the hint for words that mean no option.
func (c *choice) nearest(words string) string {
	var known []string
	for _, o := range c.question.Options {
		known = append(append(known, o.Label, o.ID), o.Aliases...)
	}
	return didYouMean(words, known, "the options are "+strings.Join(c.question.OptionIDs(), ", "))
}
