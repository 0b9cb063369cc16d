// Package explain takes one statement about a client back to the answers that it rests on, and forward to what follows
// from it: a pure function of a report, its roadmap and an id, whose outcome a screen and a JSON document show.
//
// It judges nothing anew. Where a number is computed, it gives the terms, so that a reader can do it by hand.
package explain

import (
	"encoding/json"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Schema is the name and version of the document.
const Schema = "synth/explain/v1"

// Text is words of the catalogue, a path or an answer: JSON quotes it, a template can print it only escaped.
type Text string

// String gives the text escaped, for a screen.
func (t Text) String() string { return vault.Received(string(t)).String() }

// Word is a word of an enumeration, an id or a date; JSON has null where there is none.
type Word string

// MarshalJSON writes null for no word.
func (w Word) MarshalJSON() ([]byte, error) {
	if w == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(w))
}

// Explanation is all that is to be said of one id for one client. Of the parts from Finding to Score, the one of its
// kind is there; WhyNot is there where it was asked for. Client and Kind are null where nothing could be explained.
type Explanation struct {
	Schema        string         `json:"schema"`
	Client        *Client        `json:"client"`
	Kind          Kind           `json:"kind"`
	ID            string         `json:"id"`
	Label         Text           `json:"label"`
	Place         *Place         `json:"place"` // in the catalogue; null of a score
	Shown         bool           `json:"shown"` // it stands in the client's notes
	Sentences     []Sentence     `json:"sentences"`
	Finding       *Finding       `json:"finding"`
	Theme         *Theme         `json:"theme"`
	Risk          *Risk          `json:"risk"`
	Statement     *Statement     `json:"statement"` // of an opportunity or a contradiction
	Action        *Action        `json:"action"`
	Reference     *Reference     `json:"reference"`
	Question      *Question      `json:"question"`
	Questionnaire *Questionnaire `json:"questionnaire"`
	Score         *Score         `json:"score"` // of a domain, or the client's
	WhyNot        *WhyNot        `json:"why_not"`
}

// Client names the client whose answers count.
type Client struct {
	Code string `json:"code"`
	Name Text   `json:"name"`
}

// Place is where a file of the catalogue says something.
type Place struct {
	File Text `json:"file"`
	Line int  `json:"line"`
}

// Sentence is what the notes say, with the words that it was made from.
type Sentence struct {
	Key   string `json:"key"` // in the words' file, behind the id
	Text  Text   `json:"text"`
	Place *Place `json:"place"`
}

// Named is an id with the words by which notes call it.
type Named struct {
	ID    string `json:"id"`
	Label Text   `json:"label"`
}

// Source is where explanations come from. Link writes a link to a place of a note; Recorded gives the final score that the
// client's synthesis has kept of a day, and the version of the model that gave it.
type Source struct {
	Report   *assess.Report
	Roadmap  *plan.Roadmap
	Link     func(note, subpath string) string
	Recorded func(day string) (final int, version string, ok bool)
}

// New explains an id. An error is one of the program: words that fail.
func New(s Source, t Target) (*Explanation, error) {
	c := s.Report.Engagement.Client
	e := &Explanation{Schema: Schema, Client: &Client{c.Code, Text(vault.Raw(c.Name()))}, Kind: t.Kind, ID: t.ID, Sentences: []Sentence{}}
	e.Place = placed(s.Report.Model.Place(t.ID))
	fill := map[Kind]func(*Explanation) error{
		KindFinding: s.finding, KindTheme: s.theme, KindRisk: s.risk, KindOpportunity: s.opportunity, KindAction: s.action,
		KindContradiction: s.contradiction, KindReference: s.reference, KindDomain: s.domain, KindQuestion: s.question,
		KindQuestionnaire: s.questionnaire, KindScore: s.score,
	}
	if err := fill[t.Kind](e); err != nil {
		return nil, err
	}
	return e, nil
}

// Nothing stands for the explanation of what cannot be explained.
func Nothing(id string) *Explanation {
	return &Explanation{Schema: Schema, ID: id, Sentences: []Sentence{}}
}

// placed is null where nothing tells the place.
func placed(p assess.Place) *Place {
	if p.Line == 0 {
		return nil
	}
	return &Place{Text(p.File), p.Line}
}

func (s Source) model() *assess.Model { return s.Report.Model }

// say adds a sentence to an explanation.
func (e *Explanation) say(key string, sentence assess.Sentence) {
	if !sentence.IsZero() {
		e.Sentences = append(e.Sentences, Sentence{key, Text(sentence.Text), placed(sentence.Place)})
	}
}

// state adds the sentences of an id, whether it is shown or not, and takes its title for a label.
func (s Source) state(e *Explanation) error {
	statements, err := s.Report.Statements(e.ID)
	for _, one := range statements {
		e.say(one.Key, one.Sentence)
	}
	if len(statements) > 0 {
		e.Label = Text(statements[0].Text)
	}
	return err
}

// named calls a control, a risk, an action or a reference by its label or its title.
func (s Source) named(id string) Named {
	if label := s.model().Label(id); label != "" {
		return Named{id, Text(label)}
	}
	if r := s.model().Reference(id); r != nil {
		return Named{id, Text(r.Title)}
	}
	statements, err := s.Report.Statements(id)
	if err != nil || len(statements) == 0 {
		return Named{id, Text(id)}
	}
	return Named{id, Text(statements[0].Text)}
}

func (s Source) namedAll(ids []string) []Named { return each(ids, s.named) }

// domainNamed calls a domain by its title.
func (s Source) domainNamed(id string) Named {
	if d := s.model().Domain(id); d != nil {
		return Named{id, Text(d.Title)}
	}
	return Named{id, Text(id)}
}

// label is a question's words.
func (s Source) label(ref questionnaire.Ref) Text {
	if q := s.model().Set.Question(ref); q != nil {
		return Text(q.Label)
	}
	return Text(ref.String())
}

// each maps a list to one that is never null.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}

// optional is null for the empty string.
func optional[T ~string](v T) *T {
	if v == "" {
		return nil
	}
	return &v
}
