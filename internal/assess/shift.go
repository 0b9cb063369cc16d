package assess

// Direction says what became of a control between two reports.
type Direction string

// The directions.
const (
	Improved    Direction = "improved"    // to a higher level
	Worsened    Direction = "worsened"    // to a lower level
	Settled     Direction = "settled"     // was not known before
	Unsettled   Direction = "unsettled"   // is not known any more
	Concerned   Direction = "concerned"   // did not apply before
	Unconcerned Direction = "unconcerned" // does not apply any more
)

// Directions lists the directions in the order in which they are told.
func Directions() []Direction {
	return []Direction{Worsened, Improved, Settled, Unsettled, Concerned, Unconcerned}
}

// Shift is a finding that is another one in two reports. One of the two is nil where the control does not apply.
type Shift struct {
	Direction     Direction
	Before, After *Finding
}

// Finding gives the one that there is, the later of two.
func (s Shift) Finding() *Finding {
	if s.After != nil {
		return s.After
	}
	return s.Before
}

// Shifts lists the findings whose level or state differs, in the model's order.
func (t *Trend) Shifts() []Shift {
	var out []Shift
	for i := range t.Now.Readings {
		id := t.Now.Readings[i].Control.ID
		s := Shift{Before: t.Before.Finding(id), After: t.Now.Finding(id)}
		if s.Direction = s.direction(); s.Direction != "" {
			out = append(out, s)
		}
	}
	return out
}

// direction is empty where nothing moved.
func (s Shift) direction() Direction {
	switch {
	case s.Before == nil && s.After == nil:
		return ""
	case s.Before == nil:
		return Concerned
	case s.After == nil:
		return Unconcerned
	case s.Before.Hypothesis && s.After.Hypothesis:
		return ""
	case s.Before.Hypothesis:
		return Settled
	case s.After.Hypothesis:
		return Unsettled
	case s.After.Reading.Level > s.Before.Reading.Level:
		return Improved
	case s.After.Reading.Level < s.Before.Reading.Level:
		return Worsened
	}
	return ""
}

// RiskShift is a risk whose severity differs. Before is nil for one that opened, After for one that closed.
type RiskShift struct{ Before, After *RiskReport }

// Risk gives the report that there is, the later of two.
func (s RiskShift) Risk() *RiskReport {
	if s.After != nil {
		return s.After
	}
	return s.Before
}

// RiskShifts lists the risks that opened, closed or changed their severity: those of now as they stand, then those that
// closed.
func (t *Trend) RiskShifts() []RiskShift {
	var out []RiskShift
	risk := func(r *Report, id string) *RiskReport {
		return find(r.Risks, func(x *RiskReport) bool { return x.Risk.ID == id })
	}
	for i := range t.Now.Risks {
		now := &t.Now.Risks[i]
		if was := risk(t.Before, now.Risk.ID); was == nil || was.Severity != now.Severity {
			out = append(out, RiskShift{was, now})
		}
	}
	for i := range t.Before.Risks {
		if was := &t.Before.Risks[i]; risk(t.Now, was.Risk.ID) == nil {
			out = append(out, RiskShift{was, nil})
		}
	}
	return out
}

// QuestionShifts sorts the questions to send back: those that are new, those that were settled, those that are still
// open.
func (t *Trend) QuestionShifts() (added, settled, open []Question) {
	asks := func(r *Report, q Question) bool {
		return find(r.Questions, func(x *Question) bool { return x.Ref == q.Ref }) != nil
	}
	for _, q := range t.Now.Questions {
		if asks(t.Before, q) {
			open = append(open, q)
		} else {
			added = append(added, q)
		}
	}
	for _, q := range t.Before.Questions {
		if !asks(t.Now, q) {
			settled = append(settled, q)
		}
	}
	return added, settled, open
}
