package explain

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// WhyNot tells why something is not shown: for none of its cases do all conditions hold. For what is shown, it gives
// the case that holds too.
type WhyNot struct {
	Shown bool   `json:"shown"`
	Level *int   `json:"level"` // that was asked about, of a control
	Cases []Case `json:"cases"`
}

// Case is a set of conditions that would do. Ways are the least changes of the answers that make it hold.
type Case struct {
	Subject *Named  `json:"subject"`
	Checks  []Check `json:"checks"`
	Ways    []Way   `json:"ways"`
}

// Check is one condition, with what it is true of today.
type Check struct {
	Code  string `json:"code"`
	Truth string `json:"truth"`
	Level *int   `json:"level"` // that the condition is about
	Lines []Line `json:"lines"`
}

// The codes of conditions that are no part of the model's own.
const (
	checkCondition  = "condition"  // the model's condition
	checkNotRow     = "row_before" // a row that stands before must not hold
	checkRow        = "row"
	checkTable      = "table"
	checkApplicable = "applicable" // the control concerns the client
	checkOpen       = "open"       // its finding is a gap or something to watch
	checkBelow      = "below"      // its level is below what the action brings
	checkHypothesis = "hypothesis" // nobody knows its level
	checkOnUnknown  = "on_unknown" // the action is meant to be proposed on a hypothesis
	checkAssessed   = "assessed"   // the questionnaire of its domain was received
	checkCountry    = "country"    // the reference concerns the client's country
	checkReceived   = "received"
	checkCoverage   = "coverage"   // half of the weight is known
	checkUnanswered = "unanswered" // the answer is not known, or contradictory
)

func truth(b bool) string {
	if b {
		return truthWord(assess.True)
	}
	return truthWord(assess.False)
}

func check(code string, b bool) Check { return Check{Code: code, Truth: truth(b), Lines: []Line{}} }

// AskWhyNot adds to an explanation why the thing is not shown; of a control, why its level is not another one, unless
// that is below 0.
func (s Source) AskWhyNot(e *Explanation, level int) {
	w := &WhyNot{Shown: e.Shown, Cases: []Case{}}
	e.WhyNot = w
	switch e.Kind {
	case KindFinding:
		s.whyNotFinding(e, level)
	case KindRisk:
		for _, f := range e.Risk.Feeds {
			w.Cases = append(w.Cases, s.openCase(f.ID, assess.MaxLevel))
		}
	case KindAction:
		s.whyNotAction(e)
	case KindOpportunity, KindContradiction:
		s.whyNotStatement(e)
	case KindReference:
		s.whyNotReference(e)
	case KindQuestion:
		w.Cases = append(w.Cases, Case{Checks: []Check{check(checkUnanswered, e.Question.Answer.Reason != "")}, Ways: []Way{}})
	case KindQuestionnaire:
		w.Cases = append(w.Cases, Case{Checks: []Check{check(checkReceived, e.Shown)}, Ways: []Way{}})
	case KindTheme:
		w.Cases = append(w.Cases, Case{Checks: []Check{check(checkAssessed, e.Shown)}, Ways: []Way{}})
	case KindDomain, KindScore:
		w.Shown = e.Score.Numbers
		covered := check(checkCoverage, e.Score.Numbers)
		w.Cases = append(w.Cases, Case{Checks: []Check{check(checkAssessed, e.Score.Assessed), covered}, Ways: []Way{}})
	}
	if w.Shown {
		w.keepHolding()
	}
}

// keepHolding leaves the cases that hold: of what is shown, they are the reason.
func (w *WhyNot) keepHolding() {
	w.Cases = slices.DeleteFunc(w.Cases, func(c Case) bool {
		return slices.ContainsFunc(c.Checks, func(one Check) bool { return one.Truth != truthWord(assess.True) })
	})
	for i := range w.Cases {
		w.Cases[i].Ways = []Way{}
	}
}

// whyNotFinding asks for a level, or for the finding at all.
func (s Source) whyNotFinding(e *Explanation, level int) {
	control := s.model().Control(e.ID)
	if level < 0 {
		checks := []Check{check(checkApplicable, e.Finding.Kind != "")}
		if e.Finding.Kind != "" {
			checks = append(checks, check(checkAssessed, s.Report.Assessed(control.Domain)))
		}
		one := Case{Checks: checks, Ways: []Way{}}
		if e.Finding.Kind == "" {
			for _, ref := range control.Reads() {
				if form := s.model().Set.Questionnaire(ref.Questionnaire); form.Optional && !s.Report.Received(form.ID) {
					one.Checks = []Check{check(checkApplicable, false), check(checkReceived, false)}
				}
			}
			var found []assess.Way
			for l := range assess.MaxLevel + 1 {
				found = append(found, s.Report.LevelWays(control, l)...)
			}
			one.Ways = s.ways(assess.LeastWays(found))
		}
		e.WhyNot.Cases = append(e.WhyNot.Cases, one)
		return
	}
	e.WhyNot.Level = &level
	e.WhyNot.Shown = e.Finding.Level != nil && *e.Finding.Level == level
	ways := s.ways(s.Report.LevelWays(control, level))
	for i, row := range control.Rows {
		if row.NotApplicable || row.Level != level {
			continue
		}
		one := Case{Checks: []Check{}, Ways: ways}
		for _, before := range control.Rows[:i] {
			one.Checks = append(one.Checks, Check{checkNotRow, truthWord(assess.True - before.When.Eval(s.Report)), rowLevel(before), s.lines(before.When)})
		}
		one.Checks = append(one.Checks, Check{checkRow, truthWord(row.When.Eval(s.Report)), &level, s.lines(row.When)})
		e.WhyNot.Cases = append(e.WhyNot.Cases, one)
	}
	if control.Table != nil {
		one := check(checkTable, e.WhyNot.Shown)
		one.Level = &level
		if e.Finding.State == string(assess.Unknown) {
			one.Truth = truthWord(assess.Maybe)
		}
		e.WhyNot.Cases = append(e.WhyNot.Cases, Case{Checks: []Check{one}, Ways: ways})
	}
}

func rowLevel(r assess.Row) *int {
	if r.NotApplicable {
		return nil
	}
	return &r.Level
}

// openCase is that a control's finding is open below a level.
func (s Source) openCase(control string, below int) Case {
	named := s.named(control)
	f := s.Report.Finding(control)
	open := check(checkOpen, f != nil && f.Open())
	if f != nil && f.Hypothesis {
		open.Truth = truthWord(assess.Maybe)
	}
	out := Case{Subject: &named, Checks: []Check{check(checkApplicable, f != nil), open}, Ways: []Way{}}
	if open.Truth != truthWord(assess.True) {
		var found []assess.Way
		for level := range min(below, 3) { // from 3 on nothing is open
			found = append(found, s.Report.LevelWays(s.model().Control(control), level)...)
		}
		out.Ways = s.ways(assess.LeastWays(found))
	}
	return out
}

// whyNotAction asks what calls for an action: a finding that it raises, open and below its target, else what nobody
// knows.
func (s Source) whyNotAction(e *Explanation) {
	w := e.WhyNot
	for _, raise := range e.Action.Raises {
		one := s.openCase(raise.ID, raise.Target)
		below := check(checkBelow, raise.Level != nil && *raise.Level < raise.Target)
		if raise.Kind != "" && raise.Level == nil {
			below.Truth = truthWord(assess.Maybe)
		}
		below.Level = &raise.Target
		one.Checks = append(one.Checks, below)
		w.Cases = append(w.Cases, one)
	}
	for _, raise := range e.Action.Raises {
		named := raise.Named
		unknown := raise.Kind != "" && raise.Level == nil
		if !unknown && !e.Action.OnUnknown {
			continue
		}
		w.Cases = append(w.Cases, Case{Subject: &named, Ways: []Way{}, Checks: []Check{check(checkHypothesis, unknown),
			check(checkOnUnknown, e.Action.OnUnknown), check(checkAssessed, s.Report.Assessed(s.model().Control(raise.ID).Domain))}})
	}
}

func (s Source) whyNotStatement(e *Explanation) {
	var when *assess.Condition
	for _, o := range s.model().Opportunities {
		if o.ID == e.ID {
			when = o.When
		}
	}
	assessed := []Check{}
	for _, c := range s.model().Contradictions {
		if c.ID == e.ID {
			when = c.When
			assessed = append(assessed, check(checkAssessed, slices.ContainsFunc(c.Controls, func(id string) bool {
				return s.Report.Assessed(s.model().Control(id).Domain)
			})))
		}
	}
	one := Check{checkCondition, e.Statement.Truth, nil, e.Statement.Lines}
	e.WhyNot.Cases = append(e.WhyNot.Cases, Case{Checks: append([]Check{one}, assessed...), Ways: s.ways(s.Report.Ways(when))})
}

func (s Source) whyNotReference(e *Explanation) {
	country := check(checkCountry, e.Reference.Applies)
	if e.Reference.Country == "" {
		country.Truth = truthWord(assess.Maybe)
	}
	for _, c := range s.model().Controls {
		if slices.Contains(c.References, e.ID) {
			one := s.openCase(c.ID, assess.MaxLevel)
			one.Checks = append([]Check{country}, one.Checks...)
			e.WhyNot.Cases = append(e.WhyNot.Cases, one)
		}
	}
	if country.Truth != truthWord(assess.True) {
		for i := range e.WhyNot.Cases {
			e.WhyNot.Cases[i].Ways = []Way{} // no answer about a control would do
		}
	}
}
