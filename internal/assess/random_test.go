package assess

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// randomReplies answers a catalogue's questionnaires at random, the same for the same seed: most are received, and of
// their questions most are known, some unanswered, some answered "ne sait pas", some contradictory.
func randomReplies(set *questionnaire.Set, seed uint64) *replies {
	r := rand.New(rand.NewPCG(seed, 2026))
	out := receive()
	for _, q := range set.Questionnaires {
		if r.IntN(5) == 0 {
			continue
		}
		out.received = append(out.received, q.ID)
		for i := range q.Questions {
			ref := questionnaire.Ref{Questionnaire: q.ID, Question: q.Questions[i].ID}
			out.set(ref.String(), randomAnswer(r, &q.Questions[i]))
		}
	}
	return out
}

// RandomSheets are random replies as the sheets of one respondent.
func RandomSheets(set *questionnaire.Set, seed uint64) []*questionnaire.Sheet {
	answers := randomReplies(set, seed)
	var out []*questionnaire.Sheet
	for _, form := range answers.received {
		sheet := &questionnaire.Sheet{Questionnaire: form}
		for _, q := range set.Questionnaire(form).Questions {
			a := answers.Answer(questionnaire.Ref{Questionnaire: form, Question: q.ID})
			if a.State == questionnaire.Known && (q.Type == questionnaire.Named || q.Type == questionnaire.Text) {
				a.Text = vault.Received("exemple.ch")
			}
			sheet.Answers = append(sheet.Answers, a)
		}
		out = append(out, sheet)
	}
	return out
}

func randomAnswer(r *rand.Rand, q *questionnaire.Question) questionnaire.Answer {
	switch r.IntN(10) {
	case 0:
		return unanswered
	case 1:
		return dontKnow
	case 2:
		if q.Type.Choice() {
			return questionnaire.Answer{State: questionnaire.Contradictory, Options: q.OptionIDs()}
		}
	}
	a := questionnaire.Answer{State: questionnaire.Known, Date: "2026-01-31", Number: randomNumber(r, q)}
	var free []string
	for _, o := range q.Options {
		if o.ID != questionnaire.DontKnow && !(q.Type == questionnaire.Multi && o.Exclusive) {
			free = append(free, o.ID)
		}
	}
	switch {
	case len(q.Options) == 0:
	case q.Type == questionnaire.Single || r.IntN(4) == 0 || len(free) == 0:
		a.Options = []string{randomOption(r, q)}
	default:
		for len(a.Options) == 0 {
			a.Options = slices.DeleteFunc(slices.Clone(free), func(string) bool { return r.IntN(2) == 0 })
		}
	}
	return a
}

func randomNumber(r *rand.Rand, q *questionnaire.Question) int {
	least, most := 0, 100
	if q.Min != nil {
		least = *q.Min
	}
	if q.Max != nil {
		most = *q.Max
	}
	return least + r.IntN(most-least+1)
}

func randomOption(r *rand.Rand, q *questionnaire.Question) string {
	for {
		if o := q.Options[r.IntN(len(q.Options))]; o.ID != questionnaire.DontKnow {
			return o.ID
		}
	}
}

// transition is one answer that gets better, or that is given where there was none.
type transition struct {
	ref      questionnaire.Ref
	from, to []string
}

// String names the question, what is taken away and what is added.
func (t transition) String() string {
	lost := slices.DeleteFunc(slices.Clone(t.from), func(id string) bool { return slices.Contains(t.to, id) })
	won := slices.DeleteFunc(slices.Clone(t.to), func(id string) bool { return slices.Contains(t.from, id) })
	name := func(ids []string) string { return cmp.Or(strings.Join(ids, "+"), "nothing") }
	return fmt.Sprintf("%s: %s → %s", t.ref, name(lost), name(won))
}

// later is a client's answers after a transition.
type later struct {
	*replies
	transition
}

func (l later) Answer(ref questionnaire.Ref) questionnaire.Answer {
	if ref == l.ref {
		return questionnaire.Answer{Ref: ref, State: questionnaire.Known, Options: l.to}
	}
	return l.replies.Answer(ref)
}

// improvements lists the ways in which one known answer gets better by one option: another one of a better status, on
// a multiple choice also a bad tick less where it is not the only one, or a good tick more.
func improvements(set *questionnaire.Set, r *replies) []transition {
	var out []transition
	for _, ref := range set.Refs() {
		q, a := set.Question(ref), r.Answer(ref)
		if !q.Type.Choice() || a.State != questionnaire.Known {
			continue
		}
		for _, to := range better(q, a.Options) {
			out = append(out, transition{ref, a.Options, to})
		}
	}
	return out
}

func better(q *questionnaire.Question, ticks []string) [][]string {
	var out [][]string
	for _, o := range q.Options {
		switch {
		case len(ticks) == 1 && above(q, o, ticks[0]):
			out = append(out, []string{o.ID})
		case q.Type == questionnaire.Multi && len(ticks) > 1 && o.Status == questionnaire.Bad && slices.Contains(ticks, o.ID):
			out = append(out, slices.DeleteFunc(slices.Clone(ticks), func(id string) bool { return id == o.ID }))
		}
		if q.Type == questionnaire.Multi && o.Status == questionnaire.Good && !o.Exclusive && !slices.Contains(ticks, o.ID) && !exclusive(q, ticks) {
			out = append(out, append(slices.Clone(ticks), o.ID))
		}
	}
	return out
}

// above reports whether an option has a better status than another, by its id.
func above(q *questionnaire.Question, o questionnaire.Option, other string) bool {
	old, _ := q.Option(other)
	to, ranked := o.Status.Rank()
	from, comparable := old.Status.Rank()
	return ranked && comparable && to > from
}

func exclusive(q *questionnaire.Question, ticks []string) bool {
	return slices.ContainsFunc(ticks, func(id string) bool { o, _ := q.Option(id); return o.Exclusive })
}

// admissions lists the ways in which a question that was unknown, in a questionnaire that was received, gets the worst
// answer there is.
func admissions(set *questionnaire.Set, r *replies) []transition {
	var out []transition
	for _, ref := range set.Refs() {
		q := set.Question(ref)
		if !q.Type.Choice() || ref.Questionnaire == questionnaire.ClientID || !r.Received(ref.Questionnaire) || r.Answer(ref).State != questionnaire.Unknown {
			continue
		}
		for _, o := range q.Options {
			if o.Status == questionnaire.Bad {
				out = append(out, transition{ref, nil, []string{o.ID}})
			}
		}
	}
	return out
}
