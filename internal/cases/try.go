package cases

import (
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
)

// Failure is one thing that a case expects and that is not so.
type Failure struct {
	About string // such as "the level of" a control
	Want  string
	Got   string
}

// Try judges the case's answers by the model and compares. An error is one of the program.
func (c *Case) Try(m *assess.Model) ([]Failure, error) {
	report, err := m.Assess(c.engagement)
	if err != nil {
		return nil, err
	}
	roadmap, err := plan.Build(report, nil, caseDate)
	if err != nil {
		return nil, err
	}
	var out []Failure
	for _, e := range c.expected {
		if got := e.got(verdict{report, roadmap}); got != e.want {
			out = append(out, Failure{e.about, e.want, got})
		}
	}
	return out, nil
}
