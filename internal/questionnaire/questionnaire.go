// Package questionnaire defines the questionnaires and the clients of a vault, and turns notes into engagements:
// a client, and for each questionnaire the latest and the earlier assessments, as typed answers that know the note
// and the line they stand on. It also writes a sheet of answers back as a note.
//
// It judges nothing. An answer that cannot be read is a problem with its place; an answer that was not given is
// [Unknown], and what that means is decided by the model.
package questionnaire

import (
	"slices"
	"strings"
)

// Type says what an answer to a question is made of.
type Type string

// The types of questions. Single and Multi are choices among options, the others are written out.
const (
	Single Type = "single"
	Multi  Type = "multi"
	Number Type = "number"
	Date   Type = "date"
	Text   Type = "text"
	Named  Type = "name"
)

// Choice reports whether the question is answered by ticking options.
func (t Type) Choice() bool { return t == Single || t == Multi }

// Status is a first reading of one option alone. Scores come from the model's controls, not from it.
type Status string

// The statuses of options, from worst to best; Neutral stands outside that order.
const (
	Bad     Status = "ko"
	Caution Status = "attention"
	Good    Status = "ok"
	Neutral Status = "neutre"
)

// Rank orders the statuses: 0 for Bad, 1 for Caution, 2 for Good. Neutral has no rank, ok is false.
func (s Status) Rank() (rank int, ok bool) {
	i := slices.Index([]Status{Bad, Caution, Good}, s)
	return i, i >= 0
}

// The identifiers that every questionnaire shares.
const (
	// DontKnow is the option that every choice question accepts, offered or not: the answer is unknown.
	DontKnow = "nsp"
	// NotApplicableOption is the option that says that a question does not concern the client.
	NotApplicableOption = "sans_objet"
	// RemarksBlock is the block id of the section that holds a questionnaire's own remarks.
	RemarksBlock = "remarques"
	// ClientID is the pseudo-questionnaire that a client's note answers.
	ClientID = "client"
)

// Option is one box of a choice question.
type Option struct {
	ID      string
	Label   string
	Inline  string   // the label's words inside a sentence; the label itself where the catalogue gives none
	Aliases []string // other words that mean this option
	Status  Status
	// Exclusive options contradict every other tick.
	Exclusive bool
	Years     *int // the least number of years that the option of a duration stands for
}

// Question is one question of a questionnaire.
type Question struct {
	ID          string
	Type        Type
	Label       string
	Aliases     []string // other wordings of the label that notes may carry as their heading
	Help        string
	Format      string // text and name: what is expected, such as "domaine"
	Min, Max    *int   // number: the accepted range, nil where it is open
	Informative bool   // no control reads it, a note may quote it
	Personal    bool   // kept out of exports, logs and properties
	Options     []Option
	Line        int // where the catalogue's file defines it
	Column      int
}

// Block is the question's block id: Obsidian allows no underscore in one.
func (q *Question) Block() string { return BlockID(q.ID) }

// isBlock tells whether a block id is the question's; case does not count.
func (q *Question) isBlock(id string) bool {
	if len(q.ID) != len(id) { // both are ASCII
		return false
	}
	for i := range len(id) {
		want := q.ID[i]
		if want == '_' {
			want = '-'
		}
		if lowerASCII(want) != lowerASCII(id[i]) {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// BlockID turns an identifier of ours into a block id of Obsidian's: underscores become dashes.
func BlockID(id string) string { return strings.ReplaceAll(id, "_", "-") }

// headings are the words under which notes may ask the question.
func (q *Question) headings() []string { return append([]string{q.Label}, q.Aliases...) }

// Option gives the option of that id.
func (q *Question) Option(id string) (Option, bool) {
	i := slices.IndexFunc(q.Options, func(o Option) bool { return o.ID == id })
	if i < 0 {
		return Option{}, false
	}
	return q.Options[i], true
}

// OptionIDs lists the ids of the options in their order.
func (q *Question) OptionIDs() []string {
	ids := make([]string, len(q.Options))
	for i, o := range q.Options {
		ids[i] = o.ID
	}
	return ids
}

// Questionnaire is one form: its questions in the order in which they are asked.
type Questionnaire struct {
	ID        string
	Title     string
	Emoji     string // one code point, it goes into file names
	Note      string // the name of its notes, before the client's code
	Optional  bool   // a client may do without it
	Questions []Question
}

// Question gives the question of that id, nil when there is none.
func (q *Questionnaire) Question(id string) *Question {
	for i := range q.Questions {
		if q.Questions[i].ID == id {
			return &q.Questions[i]
		}
	}
	return nil
}

// Words are the few words that questionnaire notes hold beside those of the questionnaires themselves.
type Words struct {
	DontKnow string // the label of the option "nsp" where a question does not offer it
	Several  string // the comment that says that several options may be ticked
	Remarks  string // the heading of the questionnaire's own remarks
}

// Set is the questionnaires of a catalogue, in the model's order.
type Set struct {
	Questionnaires []*Questionnaire
	Words          Words
	client         *Questionnaire
}

// Questionnaire gives the questionnaire of that id, the pseudo-questionnaire of clients included; nil when there is
// none.
func (s *Set) Questionnaire(id string) *Questionnaire {
	if id == ClientID {
		return s.client
	}
	for _, q := range s.Questionnaires {
		if q.ID == id {
			return q
		}
	}
	return nil
}

// Question gives the question that a reference such as "correspondance.resultats" names, nil when there is none.
func (s *Set) Question(ref Ref) *Question {
	q := s.Questionnaire(ref.Questionnaire)
	if q == nil {
		return nil
	}
	return q.Question(ref.Question)
}

// Refs lists every question of the set, the client's properties first, then questionnaire by questionnaire.
func (s *Set) Refs() []Ref {
	all := append([]*Questionnaire{s.client}, s.Questionnaires...)
	size := 0
	for _, q := range all {
		size += len(q.Questions)
	}
	refs := make([]Ref, 0, size)
	for _, q := range all {
		for _, question := range q.Questions {
			refs = append(refs, Ref{q.ID, question.ID})
		}
	}
	return refs
}

// clientQuestionnaire is what a client's note answers. Canton and profession are open lists: their options are what
// the model's conditions name.
func clientQuestionnaire() *Questionnaire {
	country := Question{ID: "country", Type: Single}
	for _, id := range []string{"CH", "FR", "CH_FR"} {
		country.Options = append(country.Options, Option{ID: id, Label: id, Inline: id, Status: Neutral})
	}
	return &Questionnaire{ID: ClientID, Questions: []Question{
		country, {ID: "canton", Type: Single}, {ID: "profession", Type: Single},
	}}
}
