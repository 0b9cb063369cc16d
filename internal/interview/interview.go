// Package interview asks a questionnaire question by question, in a terminal or line by line, and hands every answer
// on as soon as it is given, so that an interview can be left and taken up again at any time.
//
// [Interview] is the conversation without any screen: which question is next, and what a reply does. [Lines] asks in
// plain lines, which a screen reader reads and a script can answer; [Form] asks with huh's fields and the keyboard.
package interview

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Kind says what is asked for.
type Kind uint8

// The kinds of steps, in the order in which they come.
const (
	Respondent Kind = iota // who answers; only where the note does not say
	Day                    // the date of the answers; only where the note does not say
	Ask                    // a question of the questionnaire
	Remarks                // the questionnaire's own remarks
	End                    // nothing more
)

// Step is what is asked now.
type Step struct {
	Kind     Kind
	Question *questionnaire.Question // of Ask
	Number   int                     // of the question, from 1
	Total    int
	Given    questionnaire.Answer // what the note says already
	Noted    int                  // remarks on the question that it holds
}

// Save puts an entry into the note and gives the note as it is then.
type Save func(questionnaire.Entry) (*questionnaire.Sheet, error)

// Interview is a conversation about one questionnaire.
type Interview struct {
	set    *questionnaire.Set
	form   *questionnaire.Questionnaire
	words  Words
	sheet  *questionnaire.Sheet
	save   Save
	head   questionnaire.Entry // what the note's head is to say, kept until there is an answer
	steps  []Step
	at     int
	undone bool // left before its end
}

// New begins an interview, or takes it up where the sheet's first open question is. Date is the day of the answers
// where it is known, YYYY-MM-DD.
func New(set *questionnaire.Set, words Words, sheet *questionnaire.Sheet, date string, save Save) *Interview {
	i := &Interview{set: set, form: set.Questionnaire(sheet.Questionnaire), words: words, sheet: sheet, save: save}
	if sheet.Date == "" {
		i.head.Date = date
		if sheet.Respondent.IsZero() {
			i.steps = append(i.steps, Step{Kind: Respondent})
		}
		if date == "" {
			i.steps = append(i.steps, Step{Kind: Day})
		}
	}
	for n := range i.form.Questions {
		i.steps = append(i.steps, Step{Kind: Ask, Question: &i.form.Questions[n], Number: n + 1})
	}
	i.steps = append(i.steps, Step{Kind: Remarks}, Step{Kind: End})
	if i.steps[0].Kind == Ask {
		i.at = i.firstOpen()
	}
	return i
}

// firstOpen is the first question without an answer; the remarks where all have one.
func (i *Interview) firstOpen() int {
	for at, s := range i.steps {
		if s.Kind == Ask && i.given(s).Reason() == "unanswered" || s.Kind == Remarks {
			return at
		}
	}
	return len(i.steps) - 1
}

// given is what the note answers to a question.
func (i *Interview) given(s Step) questionnaire.Answer {
	ref := questionnaire.Ref{Questionnaire: i.form.ID, Question: s.Question.ID}
	at := slices.IndexFunc(i.sheet.Answers, func(a questionnaire.Answer) bool { return a.Ref == ref })
	if at < 0 {
		return questionnaire.Answer{Ref: ref}
	}
	return i.sheet.Answers[at]
}

// Step gives what is asked now.
func (i *Interview) Step() Step {
	s := i.steps[i.at]
	s.Total = len(i.form.Questions)
	if s.Kind == Ask {
		s.Given = i.given(s)
		for _, r := range i.sheet.Remarks {
			if r.Ref == s.Given.Ref {
				s.Noted++
			}
		}
	}
	return s
}

// Open counts the questions that nobody has answered.
func (i *Interview) Open() int {
	n := 0
	for _, s := range i.steps {
		if s.Kind == Ask && i.given(s).Reason() == "unanswered" {
			n++
		}
	}
	return n
}

// Title is the questionnaire's.
func (i *Interview) Title() string { return i.form.Title }

// Done tells that there is nothing more to ask, or that the interview was left.
func (i *Interview) Done() bool { return i.undone || i.steps[i.at].Kind == End }

// Leave ends the interview. What was answered is saved.
func (i *Interview) Leave() { i.undone = true }

// next goes on to the following step; from the head to the first question that is open.
func (i *Interview) next() {
	before := i.steps[i.at].Kind
	i.at++
	if before != Ask && i.steps[i.at].Kind == Ask {
		i.at = i.firstOpen()
	}
}

// Skip leaves the question as it is and goes on.
func (i *Interview) Skip() error {
	if i.steps[i.at].Kind == Day {
		return i.words.mistake("date_needed")
	}
	i.next()
	return nil
}

// Back returns to the step before.
func (i *Interview) Back() error {
	if i.at == 0 {
		return i.words.mistake("first")
	}
	i.at--
	return nil
}

// DontKnow answers "ne sait pas".
func (i *Interview) DontKnow() error {
	s := i.Step()
	if s.Kind != Ask {
		return i.words.mistake("unasked")
	}
	return i.answer(s, questionnaire.Answer{Asked: true})
}

// Remark adds a remark to the question and stays with it.
func (i *Interview) Remark(text string) error {
	s := i.Step()
	switch {
	case s.Kind != Ask:
		return i.words.mistake("unasked")
	case strings.TrimSpace(text) == "":
		return nil
	}
	return i.enter(questionnaire.Entry{Question: s.Question, Remark: vault.Received(text)})
}

// Choose answers a choice question with ids of its options, or of "ne sait pas".
func (i *Interview) Choose(ids []string) error {
	s := i.Step()
	switch {
	case len(ids) == 0:
		return i.words.mistake("nothing")
	case len(ids) == 1 && ids[0] == questionnaire.DontKnow:
		return i.DontKnow()
	case len(ids) > 1 && s.Question.Type == questionnaire.Single:
		return i.words.mistake("one")
	}
	for _, o := range i.Options(s.Question) {
		if len(ids) > 1 && o.Exclusive && slices.Contains(ids, o.ID) {
			return i.words.mistake("exclusive", "option", o.Label)
		}
	}
	return i.answer(s, questionnaire.Answer{State: questionnaire.Known, Options: ids})
}

// Options are a question's options, "ne sait pas" always among them.
func (i *Interview) Options(q *questionnaire.Question) []questionnaire.Option {
	if _, offered := q.Option(questionnaire.DontKnow); offered {
		return q.Options
	}
	unknown := questionnaire.Option{ID: questionnaire.DontKnow, Label: i.set.Words.DontKnow, Exclusive: true}
	return append(slices.Clone(q.Options), unknown)
}

// Write answers with a text: a written question's, the respondent, the date or the remarks.
func (i *Interview) Write(text string) error {
	text = strings.TrimSpace(text)
	s := i.Step()
	switch {
	case s.Kind == Day:
		return i.day(text)
	case text == "":
		return i.Skip()
	case s.Kind == Respondent:
		name, ok := vault.NewName(vault.Received(text))
		if !ok {
			return i.words.mistake("name")
		}
		i.head.Respondent = name
		i.next()
		return nil
	case s.Kind == Remarks:
		if err := i.enter(questionnaire.Entry{Remark: vault.Received(text)}); err != nil {
			return err
		}
		i.next()
		return nil
	}
	a, err := i.written(s.Question, text)
	if err != nil {
		return err
	}
	return i.answer(s, a)
}

// day takes the date of the answers.
func (i *Interview) day(text string) error {
	if text == "" {
		return i.Skip()
	}
	date, ok := questionnaire.ParseDate(text)
	if !ok {
		return i.words.mistake("date")
	}
	i.head.Date = date
	i.next()
	return nil
}

// written makes the answer to a question that is written out.
func (i *Interview) written(q *questionnaire.Question, text string) (questionnaire.Answer, error) {
	a := questionnaire.Answer{State: questionnaire.Known}
	if id, ok := i.set.Option(q, text); ok && id == questionnaire.DontKnow {
		return questionnaire.Answer{Asked: true}, nil
	}
	switch q.Type {
	case questionnaire.Number:
		n, err := strconv.Atoi(strings.Map(digitOrSign, text))
		switch {
		case err != nil:
			return a, i.words.mistake("number")
		case q.Min != nil && n < *q.Min:
			return a, i.words.mistake("number_least", "least", strconv.Itoa(*q.Min))
		case q.Max != nil && n > *q.Max:
			return a, i.words.mistake("number_most", "most", strconv.Itoa(*q.Max))
		}
		a.Number = n
	case questionnaire.Date:
		date, ok := questionnaire.ParseDate(text)
		if !ok {
			return a, i.words.mistake("date")
		}
		a.Date = date
	default:
		a.Text = vault.Received(text)
	}
	return a, nil
}

// digitOrSign drops what sets thousands apart.
func digitOrSign(r rune) rune {
	if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || r == '’' {
		return -1
	}
	return r
}

// answer saves an answer and goes on.
func (i *Interview) answer(s Step, a questionnaire.Answer) error {
	if err := i.enter(questionnaire.Entry{Question: s.Question, Answer: &a}); err != nil {
		return err
	}
	i.next()
	return nil
}

// enter saves an entry, with what the head is still to say. Once that is written it is no longer asked: a date or a name
// that stands in the note is the human's to correct there.
func (i *Interview) enter(e questionnaire.Entry) error {
	e.Date, e.Respondent = i.head.Date, i.head.Respondent
	sheet, err := i.save(e)
	if err != nil {
		return err
	}
	i.sheet, i.head = sheet, questionnaire.Entry{}
	heads := slices.IndexFunc(i.steps, func(s Step) bool { return s.Kind == Ask })
	i.steps, i.at = i.steps[heads:], i.at-heads
	return nil
}

// isMistake tells an input that is to be given again from a failure that ends the interview.
func isMistake(err error) bool {
	var m *Mistake
	return errors.As(err, &m)
}
