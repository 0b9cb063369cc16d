package questionnaire

import (
	"regexp"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// answer writes an answer into its question's section.
func (ed *editor) answer(e Entry) error {
	if e.Answer == nil {
		return nil
	}
	s := ed.section(e.Question)
	if s == nil {
		ed.lay(e.Question, e.Answer)
		return nil
	}
	var inner []section
	blocks := ed.reader.collect(*s, &inner)
	if e.Question.Type.Choice() {
		return ed.tick(e, s, blocks)
	}
	return ed.write(e, s, blocks)
}

var box = regexp.MustCompile(`^([\t ]*(?:[-*+]|\d{1,9}[.)])[\t ]+\[).(\])`)

// mark sets the mark in a task's box.
func (ed *editor) mark(task vault.Block, mark string) error {
	line := &ed.lines[task.Line-1]
	m := box.FindStringSubmatchIndex(*line)
	if m == nil {
		return errNotEditable // such as a task within a quote
	}
	*line = (*line)[:m[3]] + mark + (*line)[m[4]:]
	return nil
}

// tick sets the marks of a choice. A box that is ticked, however, and should be, keeps its mark; an option whose box is
// not there gets one behind the others.
func (ed *editor) tick(e Entry, s *section, blocks []vault.Block) error {
	missing := slices.Clone(e.Answer.Options)
	if e.Answer.Asked {
		missing = append(missing, DontKnow)
	}
	wanted, last := slices.Clone(missing), 0
	for _, b := range blocks {
		if b.Kind != vault.Item || b.Mark == "" {
			continue
		}
		last = b.Line
		id, ok := ed.set.Option(e.Question, firstLine(b.Text))
		if !ok {
			continue
		}
		want := slices.Contains(wanted, id)
		missing = slices.DeleteFunc(missing, func(m string) bool { return m == id })
		if want == ticked(b) {
			continue
		}
		mark := " "
		if want {
			mark = "x"
		}
		if err := ed.mark(b, mark); err != nil {
			return err
		}
	}
	ed.addBoxes(e.Question, missing, s.heading.Line, last)
	return nil
}

// addBoxes writes ticked boxes behind the last one, or under the heading where there is none.
func (ed *editor) addBoxes(q *Question, ids []string, heading, last int) {
	var b strings.Builder
	for _, id := range ids {
		label := ed.set.Words.DontKnow
		if o, ok := q.Option(id); ok {
			label = o.Label
		}
		b.WriteString("- [x] " + vault.Escape(label) + "\n")
	}
	switch {
	case b.Len() == 0:
	case last == 0:
		ed.insert(heading, "\n"+b.String()+"\n")
	default:
		for last < len(ed.lines) && strings.TrimLeft(ed.lines[last], " \t") != ed.lines[last] && strings.TrimSpace(ed.lines[last]) != "" {
			last++ // the rest of that item
		}
		ed.insert(last, b.String())
	}
}

var anchorLine = regexp.MustCompile(`^\^[A-Za-z0-9-]+\s*$`)

// write puts a written answer in the place of the one before it.
func (ed *editor) write(e Entry, s *section, blocks []vault.Block) error {
	for _, b := range blocks {
		if ticked(b) { // "ne sait pas" as a box: the answer is written out from now on
			if err := ed.mark(b, " "); err != nil {
				return err
			}
		}
	}
	quote := writtenAnswer(ed.set, e.Question, e.Answer) + "\n"
	i := slices.IndexFunc(blocks, func(b vault.Block) bool {
		return b.Mark == "" && (b.Kind == vault.Paragraph || b.Kind == vault.Quote)
	})
	if i < 0 {
		ed.insert(s.heading.Line, "\n"+quote+"\n")
		return nil
	}
	from := blocks[i].Line - 1
	to := from + 1
	for to < len(ed.lines) && strings.TrimSpace(ed.lines[to]) != "" && !anchorLine.MatchString(ed.lines[to]) {
		to++
	}
	if id := " ^" + blocks[i].ID; blocks[i].ID != "" && strings.HasSuffix(strings.TrimSpace(ed.lines[to-1]), id) {
		quote += "\n" + id[1:] + "\n"
	}
	if to < len(ed.lines) && strings.TrimSpace(ed.lines[to]) != "" {
		quote += "\n"
	}
	ed.lines = slices.Delete(ed.lines, from, to)
	ed.insert(from, quote)
	return nil
}
