package explain

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// Risk is what feeds a risk: the highest product of an open finding is its severity.
type Risk struct {
	Domain     Named    `json:"domain"`
	Severity   int      `json:"severity"`
	Band       Word     `json:"band"`
	Feeds      []Feed   `json:"feeds"` // every control that feeds it, the highest product first
	Answers    []Answer `json:"answers"`
	References []Cited  `json:"references"`
	Actions    []Named  `json:"actions"` // of the roadmap, that raise what is open
}

// Feed is a control's part in a risk. Kind is null where the control does not apply.
type Feed struct {
	Named
	Kind       Word `json:"kind"`
	Open       bool `json:"open"`
	Likelihood int  `json:"likelihood"`
	Gravity    int  `json:"gravity"`
	Product    int  `json:"product"`
}

func (s Source) risk(e *Explanation) error {
	if err := s.state(e); err != nil {
		return err
	}
	out := &Risk{Domain: s.domainNamed(s.model().Risk(e.ID).Domain), Feeds: s.feeds(e.ID), References: []Cited{}, Actions: []Named{}}
	var open []string
	for _, f := range out.Feeds {
		if f.Open {
			open = append(open, f.ID)
		}
	}
	out.Answers = s.answers(s.findingRefs(open))
	for _, r := range s.Report.Risks {
		if r.Risk.ID == e.ID {
			e.Shown, out.Severity, out.Band, out.References = true, r.Severity, Word(r.Band()), s.cited(r.References())
			if r.Brief.Text != r.Title.Text {
				e.say("brief", r.Brief)
			}
		}
	}
	for _, a := range s.Roadmap.Actions {
		if slices.ContainsFunc(a.Findings, func(id string) bool { return slices.Contains(open, id) }) {
			out.Actions = append(out.Actions, Named{a.Action.ID, Text(a.Title.Text)})
		}
	}
	e.Risk = out
	return nil
}

// feeds lists the controls that feed a risk.
func (s Source) feeds(risk string) []Feed {
	out := []Feed{}
	for i := range s.model().Controls {
		c := &s.model().Controls[i]
		for _, edge := range c.Edges {
			if edge.Risk != risk {
				continue
			}
			feed := Feed{Named: s.named(c.ID), Gravity: edge.Gravity}
			if f := s.Report.Finding(c.ID); f != nil {
				feed.Kind, feed.Open, feed.Likelihood, feed.Product = Word(f.Kind), f.Open(), f.Likelihood, f.Likelihood*edge.Gravity
			}
			out = append(out, feed)
		}
	}
	slices.SortStableFunc(out, func(a, b Feed) int {
		if a.Open != b.Open {
			return rank(a.Open) - rank(b.Open)
		}
		return b.Product - a.Product
	})
	return out
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

// Statement is an opportunity or a contradiction: a condition over the answers.
type Statement struct {
	Domain   *Named   `json:"domain"`   // of an opportunity
	Controls []Named  `json:"controls"` // that a contradiction unsettles
	Truth    string   `json:"truth"`
	Lines    []Line   `json:"lines"`
	Answers  []Answer `json:"answers"`
}

func (s Source) opportunity(e *Explanation) error {
	i := slices.IndexFunc(s.model().Opportunities, func(o assess.Opportunity) bool { return o.ID == e.ID })
	o := s.model().Opportunities[i]
	domain := s.domainNamed(o.Domain)
	e.Statement = s.statement(o.When)
	e.Statement.Domain = &domain
	e.Shown = o.When.Eval(s.Report) == assess.True
	return s.state(e)
}

func (s Source) contradiction(e *Explanation) error {
	i := slices.IndexFunc(s.model().Contradictions, func(c assess.Contradiction) bool { return c.ID == e.ID })
	c := s.model().Contradictions[i]
	e.Statement = s.statement(c.When)
	e.Statement.Controls = s.namedAll(c.Controls)
	e.Shown = slices.ContainsFunc(s.Report.Contradictions, func(r assess.ContradictionReport) bool { return r.Contradiction.ID == e.ID })
	return s.state(e)
}

func (s Source) statement(when *assess.Condition) *Statement {
	return &Statement{Controls: []Named{}, Truth: truthWord(when.Eval(s.Report)), Lines: s.lines(when), Answers: s.answers(when.Reads())}
}

// Reference is a text that controls answer to.
type Reference struct {
	Jurisdiction string `json:"jurisdiction"`
	Kind         string `json:"kind"`
	Version      Text   `json:"version"`
	CheckedOn    string `json:"checked_on"`
	Address      Text   `json:"address"`
	Country      Word   `json:"country"` // the client's
	Applies      bool   `json:"applies"`
	Controls     []Mood `json:"controls"` // that cite it and apply, worst first
}

func (s Source) reference(e *Explanation) error {
	r := s.model().Reference(e.ID)
	e.Label = Text(r.Title)
	out := &Reference{Jurisdiction: r.Jurisdiction, Kind: r.Kind, Version: Text(r.Version), CheckedOn: r.CheckedOn, Address: Text(r.Address),
		Country: Word(s.Report.Country), Applies: r.AppliesTo(s.Report.Country), Controls: []Mood{}}
	open := false
	for _, f := range s.Report.Findings {
		if slices.Contains(f.Control.References, e.ID) && s.standsIn(f) {
			out.Controls = append(out.Controls, Mood{Named{f.ID, Text(f.Label)}, string(f.Kind)})
			open = open || f.Open()
		}
	}
	e.Shown = open && out.Applies
	e.Reference = out
	return nil
}

// Questionnaire is a form: what came of it.
type Questionnaire struct {
	Optional  bool    `json:"optional"`
	Received  bool    `json:"received"`
	Domain    *Named  `json:"domain"` // that is assessed once it is received
	Sheets    []Sheet `json:"sheets"` // of the assessment that counts
	Answered  int     `json:"answered"`
	Questions []Asked `json:"questions"`
}

// Sheet is a note of answers.
type Sheet struct {
	Note Text   `json:"note"`
	Date string `json:"date"`
}

// Asked is a question of the form, and whether it is answered.
type Asked struct {
	Named
	State  string `json:"state"`
	Reason Word   `json:"reason"`
}

func (s Source) questionnaire(e *Explanation) error {
	q := s.model().Set.Questionnaire(e.ID)
	e.Label = Text(q.Title)
	e.Place = placed(assess.Place{File: "questionnaires/" + q.ID + ".yaml", Line: 1})
	out := &Questionnaire{Optional: q.Optional, Received: s.Report.Received(q.ID), Sheets: []Sheet{}, Questions: []Asked{}}
	e.Shown = out.Received
	for _, d := range s.model().Domains {
		if named := s.domainNamed(d.ID); d.Questionnaire == q.ID {
			out.Domain = &named
		}
	}
	if latest := s.Report.Engagement.Latest(q.ID); latest != nil {
		for _, sheet := range latest.Sheets {
			out.Sheets = append(out.Sheets, Sheet{Text(sheet.Note), sheet.Date})
		}
	}
	for _, question := range q.Questions {
		ref := questionnaire.Ref{Questionnaire: q.ID, Question: question.ID}
		a := s.Report.Answer(ref)
		out.Questions = append(out.Questions, Asked{Named{ref.String(), Text(question.Label)}, answerState(a.State), Word(a.Reason())})
		if a.State == questionnaire.Known {
			out.Answered++
		}
	}
	e.Questionnaire = out
	return nil
}
