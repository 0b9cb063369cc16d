package explain

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// Score is the arithmetic of a domain's score, or of the client's. What cannot be computed is null: a domain whose
// questionnaire was not received has no number. Numbers that the notes do not show, for want of coverage, are here.
type Score struct {
	Domain        *Named     `json:"domain"`        // null of the client's score
	Questionnaire *Named     `json:"questionnaire"` // that makes the domain assessed
	Assessed      bool       `json:"assessed"`
	Numbers       bool       `json:"numbers"` // the notes show them
	Confidence    string     `json:"confidence"`
	Priority      string     `json:"priority"`
	Worst         *Capping   `json:"worst"`    // the open finding that sets the priority
	Controls      []Weighed  `json:"controls"` // of a domain, the applicable ones, in the model's order
	Shares        []Share    `json:"shares"`   // of the client's score, the domains
	Sums          Sums       `json:"sums"`
	Proven        *Ratio     `json:"proven"`
	Possible      *Ratio     `json:"possible"`
	Coverage      *Ratio     `json:"coverage"`
	FinalBefore   *Ratio     `json:"final_before"` // of the client's score: before its own caps
	BestBefore    *Ratio     `json:"best_before"`
	Cap           *Cap       `json:"cap"`      // by the open findings and the hypotheses
	CapBest       *Cap       `json:"cap_best"` // by the open findings
	Final         *int       `json:"final"`
	Best          *int       `json:"best"`
	Projected     *int       `json:"projected"` // final with the done actions done
	Trend         *Trend     `json:"trend"`     // of the client's score, where something was assessed twice
	Questions     []Swinging `json:"questions"` // whose answers may move it most
	Actions       []Gaining  `json:"actions"`   // that move it most, each done alone
}

// Weighed is a control in a domain's sums.
type Weighed struct {
	Named
	Weight int    `json:"weight"`
	State  string `json:"state"`
	Level  *int   `json:"level"`
	Points int    `json:"points"` // weight times level, 0 where nobody knows
}

// Share is a domain in the client's sums. Its numbers are null where it is not assessed.
type Share struct {
	Named
	Weight   int  `json:"weight"`
	Assessed bool `json:"assessed"`
	Counts   bool `json:"counts"` // in the coverage; in the scores too where it is assessed
	Proven   *int `json:"proven"`
	Possible *int `json:"possible"`
	Final    *int `json:"final"`
	Best     *int `json:"best"`
	Coverage int  `json:"coverage"`
}

// Sums are those of the controls of a domain, or of the domains of a client.
type Sums struct {
	Weight   int `json:"weight"`   // of the applicable controls, or of the assessed domains
	Known    int `json:"known"`    // of the known controls
	Unknown  int `json:"unknown"`  // of the others
	Points   int `json:"points"`   // Σ w·m
	Coverage int `json:"coverage"` // the weight of the domains that count in the coverage
}

// Ratio is a division, and its result rounded half up.
type Ratio struct {
	Numerator   int `json:"numerator"`
	Denominator int `json:"denominator"`
	Result      int `json:"result"`
}

func newRatio(numerator, denominator int) Ratio {
	return Ratio{numerator, denominator, assess.RoundHalfUp(numerator, denominator)}
}

// Whole is the part of the quotient before the comma.
func (r Ratio) Whole() int { return r.Numerator / r.Denominator }

// Hundredths are the first two figures behind it.
func (r Ratio) Hundredths() string {
	return fmt.Sprintf("%02d", r.Numerator%r.Denominator*100/r.Denominator)
}

// Exact reports whether two figures say it all.
func (r Ratio) Exact() bool { return r.Numerator*100%r.Denominator == 0 }

// Cap is how findings limit a score: base less step for each, and not below floor.
type Cap struct {
	Band     Word      `json:"band"` // the worst of the findings that count; null where none limits
	Base     int       `json:"base"`
	Step     int       `json:"step"`
	Floor    int       `json:"floor"`
	Findings []Capping `json:"findings"`
	Value    int       `json:"value"`
}

// Capping is a finding that counts.
type Capping struct {
	Named
	Severity   int    `json:"severity"`
	Band       string `json:"band"`
	Hypothesis bool   `json:"hypothesis"`
}

// Swinging is a question, and how many points of the score hang on it.
type Swinging struct {
	Named
	Reason string `json:"reason"`
	Points int    `json:"points"`
}

// Gaining is an action, and what the score would be with it done.
type Gaining struct {
	Named
	Proven int `json:"proven"`
	Final  int `json:"final"`
	Best   int `json:"best"`
}

// mostMoves is how many questions and actions are named that would move a score.
const mostMoves = 5

func (s Source) domain(e *Explanation) error {
	i := slices.IndexFunc(s.Report.Domains, func(d assess.DomainReport) bool { return d.Domain.ID == e.ID })
	d := s.Report.Domains[i]
	e.Label, e.Place = Text(d.Domain.Title), placed(d.Domain.Place)
	form := s.model().Set.Questionnaire(d.Domain.Questionnaire)
	named := s.domainNamed(e.ID)
	out := s.newScore(d.Score)
	out.Domain, out.Questionnaire, out.Priority, out.Assessed = &named, &Named{form.ID, Text(form.Title)}, string(d.Priority), d.Assessed
	own := slices.DeleteFunc(slices.Clone(s.Report.Findings), func(f assess.Finding) bool { return f.Control.Domain != e.ID })
	out.Worst = s.worst(own)
	e.Shown = d.Assessed || !form.Optional || out.Worst != nil
	s.weigh(out, e.ID)
	if d.Assessed && out.Sums.Weight > 0 {
		out.Proven = ratio(100*out.Sums.Points, assess.MaxLevel*out.Sums.Weight)
		out.Possible = ratio(100*(out.Sums.Points+assess.MaxLevel*out.Sums.Unknown), assess.MaxLevel*out.Sums.Weight)
		out.Coverage = ratio(100*out.Sums.Known, out.Sums.Weight)
		s.limit(out, d.Score, own, own)
		s.moves(out, i)
		if d.Score.Shown() {
			out.Projected = &s.Roadmap.Domains[i].Score.Final
		}
	}
	e.Score = out
	return nil
}

func (s Source) newScore(score assess.Score) *Score {
	return &Score{Numbers: score.Shown(), Confidence: string(score.Confidence), Controls: []Weighed{}, Shares: []Share{},
		Questions: []Swinging{}, Actions: []Gaining{}}
}

func ratio(numerator, denominator int) *Ratio {
	r := newRatio(numerator, denominator)
	return &r
}

// weigh lists the controls of a domain and sums them.
func (s Source) weigh(out *Score, domain string) {
	for _, reading := range s.Report.Readings {
		if reading.Control.Domain != domain || !reading.Applicable() {
			continue
		}
		one := Weighed{Named: s.named(reading.Control.ID), Weight: reading.Control.Weight, State: string(reading.State)}
		out.Sums.Weight += one.Weight
		if reading.State == assess.Known {
			one.Level, one.Points = &reading.Level, one.Weight*reading.Level
			out.Sums.Known += one.Weight
			out.Sums.Points += one.Points
		} else {
			out.Sums.Unknown += one.Weight
		}
		out.Controls = append(out.Controls, one)
	}
}

// worst is the open finding that sets a priority, nil where nothing is open.
func (s Source) worst(findings []assess.Finding) *Capping {
	i := slices.IndexFunc(findings, assess.Finding.Open)
	if i < 0 {
		return nil
	}
	one := capping(findings[i])
	return &one
}

func capping(f assess.Finding) Capping {
	return Capping{Named{f.ID, Text(f.Label)}, f.Severity, string(f.Band()), f.Hypothesis}
}

// limit writes the caps out: the open findings of the one list count in both, the hypotheses of the other in the
// certain one.
func (s Source) limit(out *Score, score assess.Score, open, hypotheses []assess.Finding) {
	counted := slices.DeleteFunc(slices.Clone(open), func(f assess.Finding) bool { return !f.Open() })
	out.CapBest = newCap(counted, score.CapBest)
	for _, f := range hypotheses {
		if f.Hypothesis {
			counted = append(counted, f)
		}
	}
	slices.SortFunc(counted, func(a, b assess.Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID))
	})
	out.Cap = newCap(counted, score.Cap)
	out.Final, out.Best = &score.Final, &score.Best
}

// newCap lists the findings of the worst band, worst first, if that band limits anything.
func newCap(counted []assess.Finding, value int) *Cap {
	out := &Cap{Findings: []Capping{}, Value: value}
	band := assess.NoBand
	for _, f := range counted {
		if b := f.Band(); band == assess.NoBand && (b == assess.Critical || b == assess.Severe) {
			band = b
		}
		if band != assess.NoBand && f.Band() == band {
			out.Findings = append(out.Findings, capping(f))
		}
	}
	rule := assess.CapRule(band)
	out.Band, out.Base, out.Step, out.Floor = Word(band), rule.Base, rule.Step, rule.Floor
	return out
}

// score explains the client's.
func (s Source) score(e *Explanation) error {
	out := s.newScore(s.Report.Score)
	e.Shown = s.Report.Score.Shown()
	out.Priority, out.Worst = string(s.Report.Priority()), s.worst(s.Report.Findings)
	total := map[string]int{}
	for _, d := range s.Report.Domains {
		share := Share{Named: s.domainNamed(d.Domain.ID), Weight: d.Domain.Weight, Assessed: d.Assessed, Counts: d.Counts(), Coverage: d.Score.Coverage}
		if share.Counts {
			out.Sums.Coverage += d.Domain.Weight
			total["coverage"] += d.Domain.Weight * d.Score.Coverage
		}
		if share.Counts && d.Assessed {
			out.Assessed = true
			out.Sums.Weight += d.Domain.Weight
			share.Proven, share.Possible, share.Final, share.Best = &d.Score.Proven, &d.Score.Possible, &d.Score.Final, &d.Score.Best
			total["proven"] += d.Domain.Weight * d.Score.Proven
			total["possible"] += d.Domain.Weight * d.Score.Possible
			total["final"] += d.Domain.Weight * d.Score.Final
			total["best"] += d.Domain.Weight * d.Score.Best
		}
		out.Shares = append(out.Shares, share)
	}
	if out.Assessed {
		out.Proven, out.Possible = ratio(total["proven"], out.Sums.Weight), ratio(total["possible"], out.Sums.Weight)
		out.FinalBefore, out.BestBefore = ratio(total["final"], out.Sums.Weight), ratio(total["best"], out.Sums.Weight)
		out.Coverage = ratio(total["coverage"], out.Sums.Coverage)
		hypotheses := slices.DeleteFunc(slices.Clone(s.Report.Findings), func(f assess.Finding) bool { return !s.Report.Assessed(f.Control.Domain) })
		s.limit(out, s.Report.Score, s.Report.Findings, hypotheses)
		s.moves(out, -1)
		if e.Shown {
			out.Projected = &s.Roadmap.Projected.Final
		}
	}
	e.Score = out
	var err error
	out.Trend, err = s.trend()
	return err
}

// moves names the questions and the actions that would move a score most: a domain's by its place in the model, the
// client's at -1.
func (s Source) moves(out *Score, domain int) {
	of := func(domains []assess.DomainReport, score assess.Score) assess.Score {
		if domain < 0 {
			return score
		}
		return domains[domain].Score
	}
	for _, q := range s.Report.Questions {
		points := q.Swing
		if domain >= 0 {
			points = s.points(q, s.Report.Domains[domain].Domain.ID)
		}
		if points > 0 {
			out.Questions = append(out.Questions, Swinging{Named{q.Ref.String(), s.label(q.Ref)}, q.Reason, points})
		}
	}
	slices.SortStableFunc(out.Questions, func(a, b Swinging) int { return cmp.Compare(b.Points, a.Points) })
	out.Questions = out.Questions[:min(mostMoves, len(out.Questions))]
	now := of(s.Report.Domains, s.Report.Score)
	for _, a := range s.Roadmap.Actions {
		then := of(s.Report.Project(raising(*a.Action)))
		if then.Proven > now.Proven || then.Final > now.Final || then.Best > now.Best {
			out.Actions = append(out.Actions, Gaining{Named{a.Action.ID, Text(a.Title.Text)}, then.Proven, then.Final, then.Best})
		}
	}
	slices.SortStableFunc(out.Actions, func(a, b Gaining) int {
		return cmp.Or(cmp.Compare(b.Final, a.Final), cmp.Compare(b.Proven, a.Proven), cmp.Compare(b.Best, a.Best))
	})
	out.Actions = out.Actions[:min(mostMoves, len(out.Actions))]
}

// points is how many points of a domain's own score hang on a question.
func (s Source) points(q assess.Question, domain string) int {
	terms, _ := s.Report.SwingTerms(q.Ref)
	for _, t := range terms {
		if t.Domain.ID == domain {
			return assess.RoundHalfUp(100*t.Open, t.Total)
		}
	}
	return 0
}
