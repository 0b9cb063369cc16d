package questionnaire

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/vault"
)

// joinDays is how long after the first answers of an assessment another respondent's still belong to it.
const joinDays = 60

// Assessment is one round of a questionnaire: the notes of its respondents, merged question by question.
type Assessment struct {
	Questionnaire string
	Sheets        []*Sheet           // by date, then path; complements behind
	answers       map[string]*Answer // by question; most are those of the only sheet
}

// First is the sheet that opened the assessment.
func (a *Assessment) First() *Sheet { return a.Sheets[0] }

// Last is the newest sheet.
func (a *Assessment) Last() *Sheet {
	return slices.MaxFunc(a.Sheets, func(x, y *Sheet) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Note, y.Note))
	})
}

// Answer gives the merged answer to a question, [Unknown] without source where no note holds the question.
func (a *Assessment) Answer(ref Ref) Answer {
	if answer := a.answers[ref.Question]; answer != nil && answer.Ref == ref {
		return *answer
	}
	return Answer{Ref: ref}
}

// Remarks lists what the respondents wrote beside their answers, sheet by sheet in the order of their notes.
func (a *Assessment) Remarks() []Remark {
	var out []Remark
	for _, s := range a.Sheets {
		out = append(out, s.Remarks...)
	}
	return out
}

// Engagement is a client with all that he answered.
type Engagement struct {
	Client Client
	// Assessments holds each questionnaire's rounds from the earliest to the latest. The latest counts.
	Assessments map[string][]*Assessment
	// Waiting are the notes that nobody has begun to answer, by path. They count for nothing.
	Waiting []*Sheet
}

// Latest gives the assessment of a questionnaire that counts, nil when it was never received.
func (e *Engagement) Latest(questionnaire string) *Assessment {
	rounds := e.Assessments[questionnaire]
	if len(rounds) == 0 {
		return nil
	}
	return rounds[len(rounds)-1]
}

// Received reports whether any answers to the questionnaire came. The client's own note always answers.
func (e *Engagement) Received(questionnaire string) bool {
	return questionnaire == ClientID || e.Latest(questionnaire) != nil
}

// Answer gives the latest answer to a question.
func (e *Engagement) Answer(ref Ref) Answer {
	if ref.Questionnaire == ClientID {
		return e.Client.Answer(ref.Question)
	}
	if latest := e.Latest(ref.Questionnaire); latest != nil {
		return latest.Answer(ref)
	}
	return Answer{Ref: ref}
}

// NewestRound is the date on which the newest assessment of a client began; empty where there is none.
func (e *Engagement) NewestRound() string {
	newest := ""
	for _, rounds := range e.Assessments {
		newest = max(newest, rounds[len(rounds)-1].First().Date)
	}
	return newest
}

// Before gives the engagement as it stood before the newest assessment, which began on that day, came.
func (e *Engagement) Before(day string) *Engagement {
	out := &Engagement{Client: e.Client, Assessments: map[string][]*Assessment{}}
	for form, rounds := range e.Assessments {
		kept := rounds
		if last := len(rounds) - 1; rounds[last].First().Date >= day {
			kept = rounds[:last]
		}
		if len(kept) > 0 {
			out.Assessments[form] = kept
		}
	}
	return out
}

// On gives the engagement as it stood on a day: with the assessments that had begun by then.
func (e *Engagement) On(day string) *Engagement {
	out := &Engagement{Client: e.Client, Assessments: map[string][]*Assessment{}}
	for form, rounds := range e.Assessments {
		n := len(rounds)
		for n > 0 && rounds[n-1].First().Date > day {
			n--
		}
		if n > 0 {
			out.Assessments[form] = rounds[:n]
		}
	}
	return out
}

// Rounds lists the days on which an assessment of a client began, the earliest first.
func (e *Engagement) Rounds() []string {
	var days []string
	for _, rounds := range e.Assessments {
		for _, r := range rounds {
			days = append(days, r.First().Date)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// Newest is the date of the newest answers that count, YYYY-MM-DD.
func (e *Engagement) Newest() string {
	newest := ""
	for _, rounds := range e.Assessments {
		newest = max(newest, rounds[len(rounds)-1].Last().Date)
	}
	return newest
}

// group makes the assessments of one client and one questionnaire out of its sheets.
func group(set *Set, sheets []*Sheet) ([]*Assessment, []vault.Problem) {
	slices.SortFunc(sheets, func(a, b *Sheet) int { // complements behind: whatever their date, they join the latest round
		return cmp.Or(boolCompare(a.Complement, b.Complement), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Note, b.Note))
	})
	var rounds []*Assessment
	var problems []vault.Problem
	for _, s := range sheets {
		if n := len(rounds); n > 0 && (s.Complement || rounds[n-1].open(s)) {
			rounds[n-1].Sheets = append(rounds[n-1].Sheets, s)
			continue
		}
		if n := len(rounds); n > 0 {
			problems = append(problems, rounds[n-1].copied(s)...)
		}
		rounds = append(rounds, &Assessment{Questionnaire: s.Questionnaire, Sheets: []*Sheet{s}})
	}
	for _, r := range rounds {
		r.merge(set)
		problems = append(problems, r.disagreements(set)...)
	}
	return rounds, problems
}

// copied tells of a sheet that may be the copy of one of a round, such as a sync service or a file manager makes under
// a name of its own choice: it would count instead.
func (a *Assessment) copied(s *Sheet) []vault.Problem {
	for _, other := range a.Sheets {
		if other.Date == s.Date && sameRespondent(other, s) {
			return []vault.Problem{{Path: s.Note, Line: 1, Column: 1, Severity: vault.Warning, Code: "sheet_copied",
				Message: "has the date and the respondent of " + other.Note + ": of the two, this one counts",
				Hint:    "delete the one that is a copy, or correct its date or its respondent"}}
		}
	}
	return nil
}

func sameRespondent(a, b *Sheet) bool {
	return Fold(vault.Raw(a.Respondent)) == Fold(vault.Raw(b.Respondent))
}

// disagreements reports the questions that the respondents of a round answered differently, at the later answer.
func (a *Assessment) disagreements(set *Set) []vault.Problem {
	var out []vault.Problem
	if len(a.Sheets) < 2 {
		return nil
	}
	for _, ref := range set.Refs() {
		answer := a.Answer(ref)
		if answer.State != Contradictory || len(answer.Sources) < 2 {
			continue
		}
		last := answer.Sources[len(answer.Sources)-1]
		out = append(out, vault.Problem{Path: last.Note, Line: last.Line, Column: 1, Severity: vault.Warning, Code: "answers_differ",
			Message: "the answer to " + ref.String() + " is not that of " + answer.Sources[0].Note, Hint: "ask again: the question is among those to send back"})
	}
	return out
}

// boolCompare orders false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// open reports whether a sheet still belongs to the assessment: another respondent's, and soon enough.
func (a *Assessment) open(s *Sheet) bool {
	if DaysBetween(a.First().Date, s.Date) > joinDays {
		return false
	}
	return !slices.ContainsFunc(a.Sheets, func(other *Sheet) bool { return sameRespondent(other, s) })
}

// merge joins the sheets' answers. A complement's answers replace what stood before them.
func (a *Assessment) merge(set *Set) {
	a.answers = make(map[string]*Answer, len(a.First().Answers))
	for _, s := range a.Sheets {
		for i := range s.Answers {
			answer := &s.Answers[i]
			before, ok := a.answers[answer.Ref.Question]
			if ok && (!s.Complement || answer.State == Unknown) {
				merged := before.merge(*answer)
				answer = &merged
			}
			if len(answer.Options) > 1 {
				set.sortOptions(answer)
			}
			a.answers[answer.Ref.Question] = answer
		}
	}
}

// sortOptions puts the options of an answer to a choice in the question's order.
func (s *Set) sortOptions(a *Answer) {
	if q := s.Question(a.Ref); q != nil && q.Type.Choice() {
		sortOptions(q, a.Options)
	}
}

// Engage gives the engagement of a client of whom nothing is known but some answers about himself, to the questions of
// the pseudo-questionnaire, and sheets that no note holds.
func (s *Set) Engage(code string, about []Answer, sheets []*Sheet) *Engagement {
	e := &Engagement{Client: Client{Code: code, answers: about}, Assessments: map[string][]*Assessment{}}
	if country := e.Client.Answer("country"); country.State == Known {
		e.Client.Country = country.Options[0]
	}
	byForm := map[string][]*Sheet{}
	for _, sheet := range sheets {
		byForm[sheet.Questionnaire] = append(byForm[sheet.Questionnaire], sheet)
	}
	for form, own := range byForm {
		e.Assessments[form], _ = group(s, own)
	}
	return e
}
