package questionnaire

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// Body writes a sheet's answers as the body of a questionnaire note, every question of its questionnaire included.
// Reading it gives the same answers and remarks, texts cleaned as [vault.Untrusted.Quote] says.
func (s *Set) Body(sheet *Sheet) string {
	q := s.Questionnaire(sheet.Questionnaire)
	var b strings.Builder
	b.Grow(8 << 10)
	for i := range q.Questions {
		s.writeQuestion(&b, q, &q.Questions[i], sheet)
	}
	b.WriteString("### " + vault.Escape(s.Words.Remarks) + "\n\n")
	writeRemarks(&b, sheet, Ref{})
	b.WriteString("^" + RemarksBlock + "\n")
	return b.String()
}

func (s *Set) writeQuestion(b *strings.Builder, form *Questionnaire, q *Question, sheet *Sheet) {
	ref := Ref{form.ID, q.ID}
	answer := sheet.answer(ref)
	if answer == nil {
		answer = &Answer{Ref: ref}
	}
	b.WriteString("### " + vault.Escape(q.Label) + "\n\n")
	for _, comment := range s.comments(q) {
		b.WriteString("%% " + comment + " %%\n\n")
	}
	if q.Type.Choice() {
		s.writeOptions(b, q, answer)
	} else {
		b.WriteString(writtenAnswer(s, q, answer) + "\n\n")
	}
	b.WriteString("^" + q.Block() + "\n\n") // right behind the answer: a link to the block shows it, not a remark
	writeRemarks(b, sheet, ref)
}

// comments are what a question says under its heading.
func (s *Set) comments(q *Question) []string {
	var out []string
	if q.Type == Multi {
		out = append(out, s.Words.Several)
	}
	if q.Help != "" {
		out = append(out, strings.ReplaceAll(q.Help, "%%", "% %"))
	}
	return out
}

func (s *Set) writeOptions(b *strings.Builder, q *Question, a *Answer) {
	options := q.Options
	ticked := map[string]bool{}
	for _, id := range a.Options {
		ticked[id] = true
	}
	if a.State == Unknown && a.Asked {
		ticked[DontKnow] = true
	}
	if _, offered := q.Option(DontKnow); !offered && ticked[DontKnow] {
		options = append(options[:len(options):len(options)], Option{ID: DontKnow, Label: s.Words.DontKnow})
	}
	for _, o := range options {
		mark := " "
		if ticked[o.ID] {
			mark = "x"
		}
		b.WriteString("- [" + mark + "] " + vault.Escape(o.Label) + "\n")
	}
	b.WriteString("\n")
}

// writtenAnswer is the quote that holds a written answer; an empty one where nothing was answered, so that a remark
// behind it is not taken for the answer.
func writtenAnswer(s *Set, q *Question, a *Answer) string {
	quote := ""
	switch {
	case a.State != Known && a.Asked:
		quote = vault.Received(s.Words.DontKnow).Quote()
	case a.State != Known:
	case q.Type == Number:
		quote = "> " + strconv.Itoa(a.Number)
	case q.Type == Date:
		quote = "> " + a.Date
	default:
		quote = a.Text.Quote()
	}
	return cmp.Or(quote, ">")
}

func writeRemarks(b *strings.Builder, sheet *Sheet, ref Ref) {
	for _, r := range sheet.Remarks {
		if r.Ref == ref {
			b.WriteString(r.Text.Quote() + "\n\n")
		}
	}
}
