package assess

// Confidence is how far a score can be relied on, from its coverage.
type Confidence string

// The confidences. NotAssessed and NothingToAssess carry no numbers.
const (
	High            Confidence = "haute"
	Middle          Confidence = "moyenne"
	Low             Confidence = "basse"
	NotAssessed     Confidence = "non_evalue"
	NothingToAssess Confidence = "sans_objet"
)

// The thresholds of method.md's confidence, in percent of the weight whose level is known.
const (
	highCoverage   = 90
	middleCoverage = 70
	lowCoverage    = 50
)

// Score is a domain's or a client's, as an interval: what is proven, and what is possible if everything unknown
// turned out well. All numbers run from 0 to 100.
type Score struct {
	Proven     int // S⁻: unknown controls count as 0
	Possible   int // S⁺: unknown controls count as MaxLevel
	Cap        int // from the open findings and the hypotheses
	CapBest    int // from the open findings alone
	Final      int // the lesser of Proven and Cap
	Best       int // the lesser of Possible and CapBest
	Coverage   int
	Confidence Confidence
	CappedBy   []string // the findings that set Cap, in the report's order
}

// Shown reports whether the numbers may be shown: not below half of the weight known.
func (s Score) Shown() bool {
	return s.Confidence != NotAssessed && s.Confidence != NothingToAssess
}

// Binds reports whether the cap lowers the final score.
func (s Score) Binds() bool { return s.Shown() && s.Cap < s.Proven }

// RoundHalfUp divides two numbers that are not negative and rounds to the nearest, halves up.
func RoundHalfUp(numerator, denominator int) int {
	return (2*numerator + denominator) / (2 * denominator)
}

func confidence(coverage int) Confidence {
	switch {
	case coverage >= highCoverage:
		return High
	case coverage >= middleCoverage:
		return Middle
	case coverage >= lowCoverage:
		return Low
	}
	return NotAssessed
}

// CapOf gives the cap that so many critical and high findings set.
func CapOf(critical, high int) int {
	switch {
	case critical > 0:
		return CapRule(Critical).limit(critical)
	case high > 0:
		return CapRule(Severe).limit(high)
	}
	return CapRule(NoBand).limit(0)
}

// caps gives the cap that the findings which count set, and those that set it.
func caps(findings []Finding, counts func(*Finding) bool) (limit int, by []string) {
	critical, severe := 0, 0
	for i := range findings {
		switch f := &findings[i]; {
		case f.Severity < highSeverity: // which caps nothing
		case !counts(f):
		case f.Severity < criticalSeverity:
			severe++
		default:
			critical++
		}
	}
	number, least, most := critical, criticalSeverity, maxSeverity
	if critical == 0 {
		number, least, most = severe, highSeverity, criticalSeverity-1
	}
	if number > 0 {
		by = make([]string, 0, number)
	}
	for i := range findings {
		if f := &findings[i]; least <= f.Severity && f.Severity <= most && counts(f) {
			by = append(by, f.ID)
		}
	}
	return CapOf(critical, severe), by
}

// Cap says how findings of a band limit a score: Step points below Base for each, and not below Floor.
type Cap struct{ Base, Step, Floor int }

// CapRule is the cap that findings set whose worst band is that one.
func CapRule(b Band) Cap {
	switch b {
	case Critical:
		return Cap{Base: 45, Step: 5, Floor: 10}
	case Severe:
		return Cap{Base: 70, Step: 5, Floor: 45}
	}
	return Cap{Base: 100, Floor: 100}
}

func (c Cap) limit(n int) int { return max(c.Floor, c.Base-c.Step*n) }

// domainScore computes a domain's numbers from the readings and the findings of all domains, whether they are to be shown
// or not.
func domainScore(domain string, readings []Reading, findings []Finding, assessed bool) Score {
	total, known, proven, possible := 0, 0, 0, 0
	for i := range readings {
		r := &readings[i]
		if r.Control.Domain != domain || !r.Applicable() {
			continue
		}
		w := r.Control.Weight
		total += w
		if r.State == Known {
			known += w
			proven += w * r.Level
			possible += w * r.Level
		} else {
			possible += w * MaxLevel
		}
	}
	switch {
	case !assessed:
		return Score{Confidence: NotAssessed}
	case total == 0:
		return Score{Confidence: NothingToAssess}
	}
	s := Score{Proven: RoundHalfUp(100*proven, MaxLevel*total), Possible: RoundHalfUp(100*possible, MaxLevel*total),
		Coverage: RoundHalfUp(100*known, total)}
	s.Confidence = confidence(s.Coverage)
	ours := func(f *Finding) bool { return f.Control.Domain == domain }
	s.limit(findings, ours, ours)
	return s
}

// limit caps a score: the certain cap counts the open findings that count, and the hypotheses.
func (s *Score) limit(findings []Finding, open, hypotheses func(*Finding) bool) {
	isOpen := func(f *Finding) bool { return f.Open() && open(f) }
	s.CapBest, _ = caps(findings, isOpen)
	s.Cap, s.CappedBy = caps(findings, func(f *Finding) bool { return isOpen(f) || f.Hypothesis && hypotheses(f) })
	s.Final, s.Best = min(s.Proven, s.Cap), min(s.Possible, s.CapBest)
}

// Counts reports whether the domain has a part in the client's coverage; in his scores too where it is assessed.
func (d DomainReport) Counts() bool {
	return d.Score.Confidence != NothingToAssess && (d.Assessed || !d.optional && d.applicable)
}

// globalScore weighs the assessed domains. What a domain that is not assessed knows of open findings still caps.
func globalScore(domains []DomainReport, findings []Finding) Score {
	weights, coverageWeights := 0, 0
	var s Score
	anyApplicable := false
	assessed := map[string]bool{}
	for _, d := range domains {
		if d.applicable {
			anyApplicable = true
		}
		if !d.Counts() {
			continue
		}
		coverageWeights += d.Domain.Weight
		if !d.Assessed {
			continue
		}
		assessed[d.Domain.ID] = true
		weights += d.Domain.Weight
		s.Proven += d.Domain.Weight * d.Score.Proven
		s.Possible += d.Domain.Weight * d.Score.Possible
		s.Final += d.Domain.Weight * d.Score.Final
		s.Best += d.Domain.Weight * d.Score.Best
		s.Coverage += d.Domain.Weight * d.Score.Coverage
	}
	if weights == 0 {
		if !anyApplicable && len(domains) > 0 {
			return Score{Confidence: NothingToAssess}
		}
		return Score{Confidence: NotAssessed}
	}
	s.Proven, s.Possible = RoundHalfUp(s.Proven, weights), RoundHalfUp(s.Possible, weights)
	final, best := RoundHalfUp(s.Final, weights), RoundHalfUp(s.Best, weights)
	s.Coverage = RoundHalfUp(s.Coverage, coverageWeights)
	s.Confidence = confidence(s.Coverage)
	s.limit(findings, func(*Finding) bool { return true }, func(f *Finding) bool { return assessed[f.Control.Domain] })
	s.Final, s.Best = min(final, s.Cap), min(best, s.CapBest)
	return s
}
