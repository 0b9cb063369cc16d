package intake

import (
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Difference is a question to which a note says something else than the submission it was made of.
type Difference struct {
	Question   string // its label, the heading of the remarks for a questionnaire's own
	Note, Form vault.Untrusted
}

// Differences compares a note's answers with a submission's. What the consultant wrote beside the answers is his own
// and no difference.
func (in *Intake) Differences(note, form *questionnaire.Sheet) []Difference {
	var out []Difference
	add := func(label, noted, sent string) {
		out = append(out, Difference{label, vault.Received(noted), vault.Received(sent)})
	}
	questions := in.plans[form.Questionnaire].form
	for i := range questions.Questions {
		q := &questions.Questions[i]
		ref := questionnaire.Ref{Questionnaire: questions.ID, Question: q.ID}
		if noted, sent := in.words(q, answerTo(note, ref)), in.words(q, answerTo(form, ref)); noted != sent {
			add(q.Label, noted, sent)
		}
		if missing := missingRemarks(note, form, ref); missing != "" {
			add(q.Label, "", missing)
		}
	}
	if missing := missingRemarks(note, form, questionnaire.Ref{}); missing != "" {
		add(in.set.Words.Remarks, "", missing)
	}
	if note.Date != form.Date {
		add("date_reception", note.Date, form.Date)
	}
	return out
}

func answerTo(s *questionnaire.Sheet, ref questionnaire.Ref) questionnaire.Answer {
	if i := slices.IndexFunc(s.Answers, func(a questionnaire.Answer) bool { return a.Ref == ref }); i >= 0 {
		return s.Answers[i]
	}
	return questionnaire.Answer{Ref: ref}
}

// words says an answer as a reader would.
func (in *Intake) words(q *questionnaire.Question, a questionnaire.Answer) string {
	switch {
	case len(a.Options) > 0:
		var labels []string
		for _, id := range a.Options {
			label := in.set.Words.DontKnow
			if o, ok := q.Option(id); ok {
				label = o.Label
			}
			labels = append(labels, label)
		}
		return strings.Join(labels, "; ")
	case a.State == questionnaire.Unknown && a.Asked:
		return in.set.Words.DontKnow
	case a.State == questionnaire.Unknown:
		return ""
	case q.Type == questionnaire.Number:
		return strconv.Itoa(a.Number)
	case q.Type == questionnaire.Date:
		return a.Date
	}
	return shownText(a.Text)
}

// shownText is a text as a note shows it, so that two that look alike are the same.
func shownText(u vault.Untrusted) string { return vault.Raw(unquoted(u.Quote())) }

// missingRemarks gives the submission's remarks that the note does not hold.
func missingRemarks(note, form *questionnaire.Sheet, ref questionnaire.Ref) string {
	if !slices.ContainsFunc(form.Remarks, func(r questionnaire.Remark) bool { return r.Ref == ref }) {
		return ""
	}
	held := map[string]bool{}
	for _, r := range note.Remarks {
		held[shownText(r.Text)] = true
	}
	var missing []string
	for _, r := range form.Remarks {
		if text := shownText(r.Text); r.Ref == ref && text != "" && !held[text] {
			missing = append(missing, text)
		}
	}
	return strings.Join(missing, "\n")
}
