package plan

import (
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// projection computes what actions do to a client's global score, action by action, and to the same number as
// [assess.Report.Project]. All that decides the score is a tally for each domain.
type projection struct {
	domains  []domainTally
	controls []controlTally
	index    map[string]int // of controls, by id; those that do not apply are not there
	weights  int            // of the domains that count
	start    []tally        // of the domains, with what is done already
}

// tally is what a domain's score is made of: its points, weight times level, and how many of its findings cap.
type tally struct{ points, critical, high int }

func (t tally) plus(o tally) tally {
	return tally{t.points + o.points, t.critical + o.critical, t.high + o.high}
}

func (t tally) minus(o tally) tally {
	return tally{t.points - o.points, t.critical - o.critical, t.high - o.high}
}

// domainTally is a domain's share in the global score: none where it is not assessed.
type domainTally struct {
	weight int // 0 where the domain does not count
	total  int // of its controls' weights
}

// share is the domain's final score, weighted.
func (d domainTally) share(t tally) int {
	if d.weight == 0 {
		return 0
	}
	return d.weight * min(assess.RoundHalfUp(100*t.points, assess.MaxLevel*d.total), assess.CapOf(t.critical, t.high))
}

// rung is how high a control stands: 0 where nobody knows, else one more than its level. So raising a control, whether
// its level is known or not, is taking the higher of two rungs.
type rung int

const rungs = assess.MaxLevel + 2

// controlTally is what a control adds to its domain's tally on each rung.
type controlTally struct {
	domain int
	at     [rungs]tally
	now    rung
}

// newProjection starts from a report, with controls raised to levels.
func newProjection(r *assess.Report, raised map[string]int) *projection {
	p := &projection{index: map[string]int{}, domains: make([]domainTally, len(r.Domains)), start: make([]tally, len(r.Domains))}
	for i, d := range r.Domains {
		if d.Assessed && d.Score.Confidence != assess.NothingToAssess {
			p.domains[i].weight = d.Domain.Weight
			p.weights += d.Domain.Weight
		}
	}
	for _, reading := range r.Readings {
		if !reading.Applicable() {
			continue
		}
		c := p.control(r, reading)
		if level, ok := raised[reading.Control.ID]; ok {
			c.now = max(c.now, rung(level+1))
		}
		p.start[c.domain] = p.start[c.domain].plus(c.at[c.now])
		p.index[reading.Control.ID] = len(p.controls)
		p.controls = append(p.controls, c)
	}
	return p
}

// control tallies one control. A hypothesis caps only where the domain is assessed; an open finding always.
func (p *projection) control(r *assess.Report, reading assess.Reading) controlTally {
	domain := slices.IndexFunc(r.Domains, func(d assess.DomainReport) bool { return d.Domain.ID == reading.Control.Domain })
	c, d := controlTally{domain: domain}, &p.domains[domain]
	d.total += reading.Control.Weight
	if reading.State == assess.Known {
		c.now = rung(reading.Level + 1)
	}
	if r.Domains[domain].Assessed {
		c.at[0] = capping(assess.Severity(reading.Control.Gravity(), 0))
	}
	for level := range assess.MaxLevel + 1 {
		c.at[level+1] = capping(assess.Severity(reading.Control.Gravity(), level))
		if d.weight > 0 {
			c.at[level+1].points = reading.Control.Weight * level
		}
	}
	return c
}

func capping(severity int) tally {
	switch assess.BandOf(severity) {
	case assess.Critical:
		return tally{critical: 1}
	case assess.Severe:
		return tally{high: 1}
	}
	return tally{}
}

// score is the global score of the domains' shares and of all that caps.
func (p *projection) score(shares int, all tally) int {
	return min(assess.RoundHalfUp(shares, p.weights), assess.CapOf(all.critical, all.high))
}

// with gives the score once controls are raised to levels.
func (p *projection) with(raised map[string]int) int {
	at := slices.Clone(p.start)
	for id, level := range raised {
		if i, ok := p.index[id]; ok {
			c := &p.controls[i]
			at[c.domain] = at[c.domain].plus(c.at[max(c.now, rung(level+1))]).minus(c.at[c.now])
		}
	}
	shares, all := 0, tally{}
	for i, d := range p.domains {
		shares += d.share(at[i])
		all = all.plus(at[i])
	}
	return p.score(shares, all)
}
