package questionnaire

import (
	"strconv"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// Head is what the head of a new questionnaire note says beside its questionnaire.
type Head struct {
	Client     string     // the code
	Date       string     // YYYY-MM-DD, "" where the answers are still to come
	Respondent vault.Name // the zero name where nobody is known yet
	Consultant vault.Name
}

// Blank writes a questionnaire note that nobody has answered: every question with all its options, "ne sait pas"
// among them. As long as nothing is ticked or written in it, it waits and counts for nothing.
func (s *Set) Blank(q *Questionnaire, head Head) []byte {
	var b strings.Builder
	b.WriteString("---\n")
	for _, p := range [][2]string{
		{"title", strconv.Quote(q.Title)},
		{"category", categoryQuestionnaire},
		{"form_id", strings.TrimSuffix(q.ID+"_"+head.Client, "_")},
		{"date_reception", head.Date},
		{"respondant", quotedName(head.Respondent)},
		{"consultant", quotedName(head.Consultant)},
	} {
		b.WriteString(strings.TrimSuffix(p[0]+": "+p[1], " ") + "\n")
	}
	b.WriteString("tags:\n  - IT\n  - " + q.ID + "\n---\n\n" + s.blankBody(q))
	return []byte(b.String())
}

// blankBody is a body without answers. Every choice is written as not known, and then that tick is taken off.
func (s *Set) blankBody(q *Questionnaire) string {
	sheet := &Sheet{Questionnaire: q.ID}
	for i := range q.Questions {
		question := &q.Questions[i]
		sheet.Answers = append(sheet.Answers, Answer{Ref: Ref{q.ID, question.ID}, Asked: question.Type.Choice()})
	}
	return strings.ReplaceAll(s.Body(sheet), "\n- [x] ", "\n- [ ] ")
}

// quotedName is a name as a property's value. A name holds nothing that YAML would read within quotes.
func quotedName(n vault.Name) string {
	if plain := vault.PlainName(n); plain != "" {
		return `"` + plain + `"`
	}
	return ""
}
