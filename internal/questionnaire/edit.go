package questionnaire

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// Entry is one thing that was said of a questionnaire: a part of its head, an answer, a remark.
type Entry struct {
	Date       string     // YYYY-MM-DD, for a note that has none
	Respondent vault.Name // for a note that has none
	Question   *Question  // nil for the questionnaire's own remarks
	Answer     *Answer    // of the question, nil to leave it as it is
	Remark     vault.Untrusted
}

// errNotEditable tells that a note is not so built that an entry can be put where it would be read.
var errNotEditable = errors.New("the note is not so built that the answer can be written into it")

// Enter gives a questionnaire note's bytes with an entry written into them. Nothing else changes: marks are set in the
// boxes that are there, a written answer takes the place of the one before it, and a remark is added. The result has
// been read back: where the note is so built that the entry would not be read, or anything else would be read
// otherwise, there is an error.
func (s *Set) Enter(n *vault.Note, q *Questionnaire, e Entry) ([]byte, error) {
	e.enterable(q)
	before, found := s.ReadSheet(n, q)
	data, err := n.Bytes()
	if err != nil {
		return nil, err
	}
	out := data
	for _, step := range []func(*editor) error{func(ed *editor) error { return ed.head(e) }, func(ed *editor) error { return ed.answer(e) },
		func(ed *editor) error { return ed.remark(e) }} {
		ed, err := s.editor(vault.NewNote(n.Path(), out), q)
		if err != nil {
			return nil, err
		}
		if err := step(ed); err != nil {
			return nil, err
		}
		out = []byte(strings.Join(ed.lines, ""))
	}
	after, problems := s.ReadSheet(vault.NewNote(n.Path(), out), q)
	if faults(problems) > faults(found) || !e.stands(before, after) {
		return nil, errNotEditable
	}
	return out, nil
}

// enterable puts an answer's options into the question's order, as they will be read.
func (e *Entry) enterable(q *Questionnaire) {
	if e.Answer == nil {
		return
	}
	a := *e.Answer
	a.Ref, a.Options = Ref{q.ID, e.Question.ID}, slices.Clone(a.Options)
	sortOptions(e.Question, a.Options)
	e.Answer = &a
}

// faults counts the errors, but for the date that is still to come.
func faults(problems []vault.Problem) int {
	n := 0
	for _, p := range problems {
		if p.Severity == vault.Error && p.Code != dateMissing {
			n++
		}
	}
	return n
}

// stands reports whether the entry was read back, and everything else as before.
func (e Entry) stands(before, after *Sheet) bool {
	remarks := len(before.Remarks)
	if !e.Remark.IsZero() {
		remarks++
	}
	if len(after.Remarks) != remarks || e.Date != "" && after.Date != e.Date {
		return false
	}
	for _, was := range before.Answers {
		if is := after.answer(was.Ref); is == nil || (e.Answer == nil || was.Ref != e.Answer.Ref) && !same(was, *is) {
			return false
		}
	}
	if e.Answer == nil {
		return true
	}
	is := after.answer(e.Answer.Ref)
	return is != nil && same(*e.Answer, *is)
}

func same(a, b Answer) bool {
	return a.State == b.State && a.Asked == b.Asked && slices.Equal(a.Options, b.Options) && a.Number == b.Number && a.Date == b.Date &&
		a.Text.Quote() == b.Text.Quote()
}

// editor changes a note line by line. A line keeps its end.
type editor struct {
	set    *Set
	form   *Questionnaire
	note   *vault.Note
	lines  []string
	eol    string
	blocks []vault.Block
	reader reader
	root   section
}

func (s *Set) editor(n *vault.Note, q *Questionnaire) (*editor, error) {
	data, err := n.Bytes()
	if err != nil {
		return nil, err
	}
	blocks, err := n.Blocks()
	if err != nil {
		return nil, err
	}
	ed := &editor{set: s, form: q, note: n, lines: strings.SplitAfter(string(data), "\n"), eol: "\n", blocks: blocks,
		reader: reader{set: s, questionnaire: q, path: n.Path()}, root: split(blocks)}
	if strings.HasSuffix(ed.lines[0], "\r\n") {
		ed.eol = "\r\n"
	}
	if last := len(ed.lines) - 1; ed.lines[last] != "" {
		ed.lines[last] += ed.eol
	} else {
		ed.lines = ed.lines[:last]
	}
	return ed, nil
}

// find gives the section that a test accepts.
func (s *section) find(accept func(section) bool) *section {
	for i := range s.below {
		if accept(s.below[i]) {
			return &s.below[i]
		}
		if found := s.below[i].find(accept); found != nil {
			return found
		}
	}
	return nil
}

// section gives a question's section, or that of the questionnaire's remarks; nil where the note has none.
func (ed *editor) section(q *Question) *section {
	return ed.root.find(func(s section) bool {
		if own := strings.EqualFold(s.anchor(), RemarksBlock); own || q == nil {
			return own && q == nil
		}
		match := ed.reader.match(s)
		return match != nil && match.ID == q.ID
	})
}

// insert puts a text of whole lines before a line, counted from 0.
func (ed *editor) insert(at int, text string) {
	added := strings.SplitAfter(strings.ReplaceAll(text, "\n", ed.eol), "\n")
	ed.lines = slices.Insert(ed.lines, at, added[:len(added)-1]...)
}

// end is the line before which a section ends, blank lines left behind it.
func (ed *editor) end(s *section) int {
	end := len(ed.lines)
	for _, b := range ed.blocks {
		if b.Kind == vault.Heading && b.Line > s.heading.Line {
			end = b.Line - 1
			break
		}
	}
	for end > s.heading.Line && strings.TrimSpace(ed.lines[end-1]) == "" {
		end--
	}
	return end
}

// remark adds a remark as a quote of its own.
func (ed *editor) remark(e Entry) error {
	quote := e.Remark.Quote()
	if quote == "" {
		return nil
	}
	s := ed.section(e.Question)
	if s == nil && e.Question != nil {
		ed.lay(e.Question, &Answer{})
		return ed.again().remark(e)
	}
	if s == nil {
		ed.insert(len(ed.lines), "\n### "+vault.Escape(ed.set.Words.Remarks)+"\n\n"+quote+"\n\n^"+RemarksBlock+"\n")
		return nil
	}
	ed.insert(ed.end(s), "\n"+quote+"\n")
	return nil
}

// again never happens to a note that synth has laid out: a question's section was deleted from it.
func (ed *editor) again() *editor {
	fresh, err := ed.set.editor(vault.NewNote(ed.note.Path(), []byte(strings.Join(ed.lines, ""))), ed.form)
	if err != nil {
		return ed
	}
	*ed = *fresh
	return ed
}

// lay writes a question's section that the note does not hold, before the questionnaire's remarks.
func (ed *editor) lay(q *Question, a *Answer) {
	at := len(ed.lines)
	if s := ed.section(nil); s != nil {
		at = s.heading.Line - 1
	}
	var b strings.Builder
	a.Ref = Ref{ed.form.ID, q.ID}
	ed.set.writeQuestion(&b, ed.form, q, &Sheet{Questionnaire: ed.form.ID, Answers: []Answer{*a}})
	ed.insert(at, b.String())
}

var emptyProperty = regexp.MustCompile(`^[a-z_]+:[ \t]*(?:""|'')?[ \t]*\r?\n?$`)

// head fills in what the head does not say.
func (ed *editor) head(e Entry) error {
	for _, p := range [][2]string{{"date_reception", e.Date}, {"respondant", quotedName(e.Respondent)}} {
		if p[1] == "" {
			continue
		}
		line := p[0] + ": " + p[1] + "\n"
		property, ok := ed.note.Property(p[0])
		switch {
		case ok && emptyProperty.MatchString(ed.lines[property.Line-1]):
			ed.lines = slices.Delete(ed.lines, property.Line-1, property.Line)
			ed.insert(property.Line-1, line)
		case !ok && ed.note.Head() != nil:
			ed.insert(1+strings.Count(string(ed.note.Head()), "\n"), line)
		default:
			return errNotEditable
		}
		ed.again()
	}
	return nil
}
