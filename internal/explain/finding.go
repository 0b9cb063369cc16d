package explain

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// Finding is a control, what was read of it, and what follows. Kind is null where the control does not apply.
type Finding struct {
	Domain         Named    `json:"domain"`
	Theme          Text     `json:"theme"`
	Weight         int      `json:"weight"`
	State          string   `json:"state"`
	Level          *int     `json:"level"`
	Kind           Word     `json:"kind"`
	Gravity        int      `json:"gravity"`
	Likelihood     int      `json:"likelihood"`
	Severity       int      `json:"severity"`
	Band           Word     `json:"band"`
	Rule           Rule     `json:"rule"`
	Contradictions []Named  `json:"contradictions"` // that the answers show and that unsettle the control
	Answers        []Answer `json:"answers"`
	Edges          []Edge   `json:"edges"`
	Actions        []Raised `json:"actions"`
	References     []Cited  `json:"references"`
	CapsDomain     bool     `json:"caps_domain"`
	CapsClient     bool     `json:"caps_client"`
	Better         []Better `json:"better"`
}

// Edge is a risk that the control feeds: gravity times the finding's likelihood.
type Edge struct {
	Named
	Gravity  int  `json:"gravity"`
	Severity int  `json:"severity"`
	Shown    bool `json:"shown"`
}

// Raised is an action that raises the control.
type Raised struct {
	Named
	Level    int  `json:"level"`
	Proposed bool `json:"proposed"`
	After    int  `json:"after"` // the severity that is left
}

// Cited is a reference, and whether it concerns the client's country.
type Cited struct {
	Named
	Applies bool `json:"applies"`
}

// Better is a higher level with the least changes of the answers that give it.
type Better struct {
	Level int   `json:"level"`
	Ways  []Way `json:"ways"`
}

func (s Source) finding(e *Explanation) error {
	control := s.model().Control(e.ID)
	i := slices.IndexFunc(s.Report.Readings, func(r assess.Reading) bool { return r.Control.ID == e.ID })
	reading := s.Report.Readings[i]
	e.Label = Text(s.model().Label(e.ID))
	out := &Finding{Domain: s.domainNamed(control.Domain), Theme: Text(s.model().ThemeTitle(control.Theme)), Weight: control.Weight,
		State: string(reading.State), Gravity: control.Gravity(), Rule: s.rule(reading), Answers: s.answers(reading.Read),
		Contradictions: []Named{}, Edges: []Edge{}, Actions: []Raised{}, References: s.cited(control.References), Better: s.better(reading)}
	if reading.State == assess.Known {
		out.Level = &reading.Level
	}
	if f := s.Report.Finding(e.ID); f != nil {
		e.Shown = s.standsIn(*f)
		key := "unknown"
		if !f.Hypothesis {
			key = strconv.Itoa(f.Reading.Level)
		}
		e.say("levels."+key, f.Sentence)
		if f.Brief.Text != f.Label {
			e.say("brief."+key, f.Brief)
		}
		out.Kind, out.Likelihood, out.Severity, out.Band = Word(f.Kind), f.Likelihood, f.Severity, Word(f.Band())
	}
	s.forward(out, control)
	for _, con := range s.model().Contradictions {
		if slices.Contains(con.Controls, e.ID) && con.When.Eval(s.Report) == assess.True {
			out.Contradictions = append(out.Contradictions, s.named(con.ID))
			out.Answers = append(out.Answers, s.answers(slices.DeleteFunc(con.When.Reads(), func(ref questionnaire.Ref) bool {
				return slices.ContainsFunc(out.Answers, func(a Answer) bool { return a.Question == ref.String() })
			}))...)
		}
	}
	e.Finding = out
	return nil
}

// standsIn reports whether a finding stands in the notes: a hypothesis only where its domain was assessed.
func (s Source) standsIn(f assess.Finding) bool {
	return !f.Hypothesis || s.Report.Assessed(f.Control.Domain)
}

// forward tells what follows from a control: risks, actions, caps.
func (s Source) forward(out *Finding, control *assess.Control) {
	for _, edge := range control.Edges {
		out.Edges = append(out.Edges, Edge{s.named(edge.Risk), edge.Gravity, edge.Gravity * out.Likelihood, s.risks(edge.Risk)})
	}
	for _, a := range s.model().Actions {
		for _, raise := range a.Raises {
			if raise.Control == control.ID {
				out.Actions = append(out.Actions, Raised{s.named(a.ID), raise.Level, s.action1(a.ID) != nil, assess.Severity(out.Gravity, raise.Level)})
			}
		}
	}
	for _, d := range s.Report.Domains {
		out.CapsDomain = out.CapsDomain || d.Domain.ID == control.Domain && slices.Contains(d.Score.CappedBy, control.ID)
	}
	out.CapsClient = slices.Contains(s.Report.Score.CappedBy, control.ID)
}

// risks reports whether a risk is shown.
func (s Source) risks(id string) bool {
	return slices.ContainsFunc(s.Report.Risks, func(r assess.RiskReport) bool { return r.Risk.ID == id })
}

// action1 gives the roadmap's action of that id, settled or not; nil where there is none.
func (s Source) action1(id string) *plan.Action {
	for _, list := range [][]plan.Action{s.Roadmap.Actions, s.Roadmap.Settled} {
		if i := slices.IndexFunc(list, func(a plan.Action) bool { return a.Action.ID == id }); i >= 0 {
			return &list[i]
		}
	}
	return nil
}

func (s Source) cited(ids []string) []Cited {
	return each(ids, func(id string) Cited {
		return Cited{s.named(id), s.model().Reference(id).AppliesTo(s.Report.Country)}
	})
}

// better lists the levels above the control's, each with the answers that would give it. What nobody knows counts as
// level 0.
func (s Source) better(reading assess.Reading) []Better {
	out := []Better{}
	if !reading.Applicable() {
		return out
	}
	for level := reading.Level + 1; level <= assess.MaxLevel; level++ {
		if ways := s.ways(s.Report.LevelWays(reading.Control, level)); len(ways) > 0 {
			out = append(out, Better{level, ways})
		}
	}
	return out
}

// Rule is how a control's level is read: by a table of one question's options, or by rows of conditions.
type Rule struct {
	Table *Table `json:"table"`
	Rows  []Row  `json:"rows"`
}

// Table gives the level of every option.
type Table struct {
	Question string   `json:"question"`
	Pick     Word     `json:"pick"` // worst or best of several ticks; null of a single choice
	Options  []Option `json:"options"`
}

// Option is one line of a table; without level it is unknown, or makes the control not applicable.
type Option struct {
	Named
	Level  *int   `json:"level"`
	Ticked bool   `json:"ticked"`
	Place  *Place `json:"place"`
}

// Row is a row of conditions. Truth is null where reading ended before it.
type Row struct {
	Number        int    `json:"number"`
	Place         *Place `json:"place"`
	Level         *int   `json:"level"` // null where the row says that the control does not apply
	NotApplicable bool   `json:"not_applicable"`
	Truth         Word   `json:"truth"`
	Decides       bool   `json:"decides"` // reading ended here
	Silent        bool   `json:"silent"`  // it reads an optional questionnaire that was not received
	Lines         []Line `json:"lines"`   // empty on the last row, which needs nothing
}

func (s Source) rule(reading assess.Reading) Rule {
	c := reading.Control
	file := s.model().Place(c.ID).File
	out := Rule{Rows: []Row{}}
	if c.Table != nil {
		out.Table = s.table(c.Table, file)
		return out
	}
	for i, row := range c.Rows {
		one := Row{Number: i + 1, Place: placed(assess.Place{File: file, Line: row.Line}), NotApplicable: row.NotApplicable, Lines: s.lines(row.When)}
		if !row.NotApplicable {
			one.Level = &row.Level
		}
		if i < reading.Row {
			one.Truth = Word(truthWord(row.When.Eval(s.Report)))
			one.Decides = i+1 == reading.Row
			one.Silent = one.Decides && one.Truth != Word(truthWord(assess.True)) && reading.State == assess.NotApplicable
		}
		out.Rows = append(out.Rows, one)
	}
	return out
}

func (s Source) table(t *assess.Table, file string) *Table {
	q, a := s.model().Set.Question(t.Question), s.Report.Answer(t.Question)
	out := &Table{Question: t.Question.String(), Options: []Option{}}
	if q.Type == questionnaire.Multi {
		out.Pick = "worst"
		if t.Best {
			out.Pick = "best"
		}
	}
	for _, o := range q.Options {
		line := Option{Named: Named{o.ID, Text(o.Label)}, Ticked: slices.Contains(a.Options, o.ID), Place: placed(assess.Place{File: file, Line: t.Lines[o.ID]})}
		if level, ok := t.Levels[o.ID]; ok {
			line.Level = &level
		}
		out.Options = append(out.Options, line)
	}
	return out
}

// Theme is the mood in which an analysis concludes on the findings of a theme.
type Theme struct {
	Mood     Word   `json:"mood"` // null where no analysis concludes on it
	Findings []Mood `json:"findings"`
}

// Mood is a finding's part in it.
type Mood struct {
	Named
	Kind string `json:"kind"`
}

func (s Source) theme(e *Explanation) error {
	e.Label = Text(s.model().ThemeTitle(e.ID))
	e.Theme = &Theme{Findings: []Mood{}}
	order := []assess.Kind{assess.Gap, assess.Watch, assess.ToVerify, assess.Strength}
	worst := len(order)
	for _, f := range s.Report.Findings {
		domain := s.model().Domain(f.Control.Domain)
		own := slices.ContainsFunc(f.Control.Reads(), func(ref questionnaire.Ref) bool { return ref.Questionnaire == domain.Questionnaire })
		if f.Control.Theme != e.ID || !own || !s.Report.Assessed(domain.ID) {
			continue
		}
		e.Theme.Findings = append(e.Theme.Findings, Mood{Named{f.ID, Text(f.Label)}, string(f.Kind)})
		worst = min(worst, slices.Index(order, f.Kind))
	}
	if worst == len(order) {
		return nil
	}
	e.Shown, e.Theme.Mood = true, Word(order[worst])
	sentence, err := s.Report.Conclusion(e.ID, assess.Mood(order[worst]))
	if err != nil {
		return fmt.Errorf("conclusion of %s: %w", e.ID, err)
	}
	e.say("conclusions."+string(e.Theme.Mood), sentence)
	return nil
}
