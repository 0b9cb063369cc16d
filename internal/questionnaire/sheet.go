package questionnaire

import (
	"math"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// ReadSheet reads the head and the answers of a questionnaire note whose questionnaire is known. Any error among the
// problems means that the sheet does not say all that the note says. Whose answers they are is not told.
func (s *Set) ReadSheet(n *vault.Note, q *Questionnaire) (*Sheet, []vault.Problem) {
	sheet := &Sheet{Questionnaire: q.ID, Note: n.Path(), FormID: text(n, "form_id"),
		Respondent: vault.Received(text(n, "respondant")),
		Consultant: vault.Received(text(n, "consultant")),
		Source:     vault.Received(text(n, "source"))}
	problems := sheet.readHead(n)
	blocks, err := n.Blocks()
	if err != nil {
		return sheet, append(problems, asProblem(n.Path(), err))
	}
	sheet.Answers = make([]Answer, 0, len(q.Questions))
	r := reader{set: s, questionnaire: q, sheet: sheet, path: n.Path(),
		seen: make([]int, len(q.Questions)), sources: make([]Source, 0, len(q.Questions))}
	r.sections(split(blocks))
	r.unreadTicks(n, blocks)
	return sheet, append(problems, r.problems...)
}

// dateMissing is the code of the problem of a questionnaire that nobody has dated.
const dateMissing = "date_missing"

// Begun reports whether the sheet holds anything that a respondent said: an answer, "ne sait pas", a remark.
func (sheet *Sheet) Begun() bool {
	return len(sheet.Remarks) > 0 || slices.ContainsFunc(sheet.Answers, func(a Answer) bool {
		return slices.ContainsFunc(a.Sources, func(s Source) bool { return s.Answered })
	})
}

// waiting gives the problems of a form that was laid out and that nobody has begun to answer, nil for any other sheet:
// it was not received, and what it leaves open says nothing of the client. A note that is dated and holds none of the
// questions is no such form: somebody says that answers came, and that there are none.
func (sheet *Sheet) waiting(problems []vault.Problem) []vault.Problem {
	if sheet.Begun() || sheet.Date != "" && len(sheet.Answers) == 0 {
		return nil
	}
	out := []vault.Problem{{Path: sheet.Note, Line: 1, Column: 1, Severity: vault.Warning, Code: "questionnaire_waiting",
		Message: "the questionnaire waits for its answers: it does not count yet",
		Hint:    "tick the answers in Obsidian and fill in date_reception, or answer in the terminal: synth new --ask"}}
	for _, p := range problems {
		if p.Severity == vault.Error && p.Code != dateMissing {
			return nil
		}
		if p.Code != dateMissing {
			out = append(out, p)
		}
	}
	return out
}

func (sheet *Sheet) readHead(n *vault.Note) []vault.Problem {
	var problems []vault.Problem
	received, ok := n.Property("date_reception")
	if !ok || received.Text() == "" {
		problems = append(problems, vault.Problem{Path: n.Path(), Line: 1, Column: 1, Severity: vault.Error, Code: dateMissing,
			Message: "the questionnaire has no date_reception", Hint: "add date_reception: 2025-07-31, the day on which the answers came"})
	} else {
		d, found := date(n.Path(), received)
		if found != nil {
			problems = append(problems, *found)
		}
		sheet.Date = d
	}
	if p, ok := n.Property("complement"); ok {
		switch p.Text() {
		case "true":
			sheet.Complement = true
		case "", "false":
		default:
			problems = append(problems, at(n.Path(), p, "complement_invalid", "complement is neither true nor false", ""))
		}
	}
	return problems
}

// asProblem gives an error of the vault its place.
func asProblem(path string, err error) vault.Problem {
	if p, ok := err.(vault.Problem); ok {
		return p
	}
	return vault.Problem{Path: path, Severity: vault.Error, Code: "note_unreadable", Message: err.Error()}
}

// section is a heading with the blocks up to the next heading, and the sections below it.
type section struct {
	heading vault.Block // Kind is 0 for what stands before the first heading
	blocks  []vault.Block
	below   []section
}

// split makes the tree of a note's sections: a section ends at the next heading of the same or a higher level.
func split(blocks []vault.Block) section {
	root := section{}
	root.take(blocks, 0)
	return root
}

// take fills the section with what belongs to it and gives back the rest.
func (s *section) take(blocks []vault.Block, level int) []vault.Block {
	own := 0
	for own < len(blocks) && blocks[own].Kind != vault.Heading {
		own++
	}
	s.blocks, blocks = blocks[:own:own], blocks[own:]
	if n := sectionsIn(blocks, level); n > 0 {
		s.below = make([]section, n)
	}
	for i := range s.below {
		sub := &s.below[i]
		sub.heading = blocks[0]
		blocks = sub.take(blocks[1:], sub.heading.Level)
	}
	return blocks
}

// sectionsIn counts the sections right below one of a level, up to where that ends.
func sectionsIn(blocks []vault.Block, level int) int {
	n, last := 0, math.MaxInt
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != vault.Heading {
			continue
		}
		if b.Level <= level {
			break
		}
		if b.Level <= last {
			n, last = n+1, b.Level
		}
	}
	return n
}

// reader collects a sheet's answers from the sections of its note.
type reader struct {
	set           *Set
	questionnaire *Questionnaire
	sheet         *Sheet
	path          string
	seen          []int    // by question: the line of its section, 0 where there was none yet
	sources       []Source // of the answers, one for each
	problems      []vault.Problem
}

func (r *reader) add(severity vault.Severity, b vault.Block, code, message, hint string) {
	r.problems = append(r.problems, vault.Problem{Path: r.path, Line: b.Line, Column: b.Column, Severity: severity,
		Code: code, Message: message, Hint: hint})
}

// sections reads a section and those below it. What a question's section holds under headings of the consultant's
// belongs to the question, unless such a section is a question itself or claims to be one by its block id.
func (r *reader) sections(s section) {
	if strings.EqualFold(s.anchor(), RemarksBlock) {
		r.remarks(s)
	} else if q := r.match(s); q != nil {
		var inner []section
		blocks := r.collect(s, &inner)
		r.question(q, s, blocks)
		for _, sub := range inner {
			r.sections(sub)
		}
		return
	} else {
		r.foreign(s)
	}
	for _, sub := range s.below {
		r.sections(sub)
	}
}

// collect gives the blocks of a question's section, and the sections below it that are to be read on their own.
func (r *reader) collect(s section, inner *[]section) []vault.Block {
	blocks := s.blocks // whose room is its length: what is appended stands elsewhere
	for _, sub := range s.below {
		if sub.anchor() != "" || r.match(sub) != nil {
			*inner = append(*inner, sub)
			continue
		}
		blocks = append(append(blocks, sub.heading), r.collect(sub, inner)...)
	}
	return blocks
}

// anchor is the block id that a section ends in, or that its heading carries.
func (s *section) anchor() string {
	for _, b := range slices.Backward(s.blocks) {
		if b.ID != "" {
			return b.ID
		}
	}
	return s.heading.ID
}

// match finds the question of a section: by its block id, else by the text of its heading.
func (r *reader) match(s section) *Question {
	if s.heading.Kind != vault.Heading {
		return nil
	}
	for i := range s.blocks {
		if q := r.byBlock(s.blocks[i].ID); q != nil {
			return q
		}
	}
	if q := r.byBlock(s.heading.ID); q != nil {
		return q
	}
	heading := Fold(s.heading.Text)
	for i := range r.questionnaire.Questions {
		q := &r.questionnaire.Questions[i]
		if slices.ContainsFunc(q.headings(), func(label string) bool { return Fold(label) == heading }) {
			return q
		}
	}
	return nil
}

func (r *reader) byBlock(id string) *Question {
	if id == "" {
		return nil
	}
	for i := range r.questionnaire.Questions {
		q := &r.questionnaire.Questions[i]
		if q.isBlock(id) {
			return q
		}
	}
	return nil
}

// foreign looks at a section that is no question: the consultant's own, unless it holds a tick or a block id, which
// would be an answer that nobody reads.
func (r *reader) foreign(s section) {
	for _, b := range append([]vault.Block{s.heading}, s.blocks...) {
		switch {
		case ticked(b):
			r.add(vault.Error, b, "question_unknown", "the ticked line "+quoted(firstLine(b.Text))+" stands under no question of "+r.questionnaire.ID,
				r.nearestQuestion(s))
			return
		case b.ID != "":
			r.add(vault.Error, b, "question_unknown", "the block id ^"+b.ID+" is no question of "+r.questionnaire.ID, r.nearestQuestion(s))
			return
		}
	}
}

// nearestQuestion is the hint for a section that matches no question.
func (r *reader) nearestQuestion(s section) string {
	words := map[string]string{}
	var known []string
	for i := range r.questionnaire.Questions {
		q := &r.questionnaire.Questions[i]
		for _, w := range []string{q.Block(), q.Label} {
			words[w] = q.Block()
			known = append(known, w)
		}
	}
	if near := nearestOf(known, s.anchor(), s.heading.Text); near != "" {
		return "did you mean ^" + words[near] + "?"
	}
	return "end the section with the block id of its question, such as ^" + r.questionnaire.Questions[0].Block()
}

// remarks reads the questionnaire's own remarks.
func (r *reader) remarks(s section) {
	for _, b := range s.blocks {
		r.remark(Ref{}, b)
	}
	for _, sub := range s.below {
		r.remark(Ref{}, sub.heading)
		r.remarks(sub)
	}
}

// remark keeps a block as text that nobody scores.
func (r *reader) remark(ref Ref, b vault.Block) {
	content := received(b)
	if b.Kind == vault.Anchor || content.IsZero() {
		return
	}
	r.sheet.Remarks = append(r.sheet.Remarks, Remark{Ref: ref, Text: content, Note: r.path, Line: b.Line})
}

// received is a block's text as its author meant it: what synth wrote into a quote is un-escaped.
func received(b vault.Block) vault.Untrusted {
	if b.Kind == vault.Quote {
		return vault.Unescape(b.Text)
	}
	return vault.Received(b.Text)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(line)
}

// ticked reports whether a block is a task that answers: any mark but the empty one and the dash.
func ticked(b vault.Block) bool {
	return b.Kind == vault.Item && b.Mark != "" && b.Mark != " " && b.Mark != "-"
}
