package assess

import (
	"cmp"
	"slices"
)

// Kind is what a finding is.
type Kind string

// The kinds of findings: a strength, something to watch, a gap, something that nobody knows.
const (
	Strength Kind = "strength"
	Watch    Kind = "watch"
	Gap      Kind = "gap"
	ToVerify Kind = "to_verify"
)

// Band is a range of severities.
type Band string

// The bands, from the least. NoBand is that of a strength.
const (
	NoBand   Band = ""
	Faint    Band = "faible"
	Moderate Band = "modere"
	Severe   Band = "eleve"
	Critical Band = "critique"
)

// The least severities of the two bands that cap a score, and the greatest severity that there is.
const (
	highSeverity     = 8
	criticalSeverity = 12
	maxSeverity      = 16
)

// BandOf gives the band of a severity, which is a gravity (1–4) times a likelihood (0–4).
func BandOf(severity int) Band {
	switch {
	case severity >= criticalSeverity:
		return Critical
	case severity >= highSeverity:
		return Severe
	case severity >= 4:
		return Moderate
	case severity >= 1:
		return Faint
	}
	return NoBand
}

// likelihood is how likely a control at that level lets something happen: 4 at level 0, 0 from level 3 on.
func likelihood(level int) int {
	if level >= 3 {
		return 0
	}
	return 4 - level
}

// Severity is what a control of that gravity weighs at a level, from 0 to 16.
func Severity(gravity, level int) int { return gravity * likelihood(level) }

// Finding is what is to be said of one applicable control. Its id is the control's.
type Finding struct {
	ID         string
	Control    *Control
	Kind       Kind
	Hypothesis bool // nobody knows: it counts as level 0 and is a question, not a reproach
	Gravity    int
	Likelihood int
	Severity   int
	Label      string   // what the control is about
	Brief      Sentence // the finding in a few words, for tables; the label where the catalogue gives none
	Sentence   Sentence
	Reading    Reading
	At         int // its place among the report's findings
}

// Open reports whether the finding is a gap or something to watch. A hypothesis is not open.
func (f Finding) Open() bool { return f.Kind == Gap || f.Kind == Watch }

// key is that of the finding's sentence in the words.
func (f Finding) key() string {
	if f.Hypothesis {
		return unknownWords
	}
	return levelKey(f.Reading.Level)
}

// Band is the range of the finding's severity.
func (f Finding) Band() Band { return BandOf(f.Severity) }

// newFinding judges a reading, without its words.
func newFinding(r Reading) Finding {
	f := Finding{ID: r.Control.ID, Control: r.Control, Gravity: r.Control.Gravity(), Reading: r}
	switch {
	case r.Unsettled():
		f.Kind, f.Hypothesis = ToVerify, true
	case r.Level >= 3:
		f.Kind = Strength
	case r.Level == 2:
		f.Kind = Watch
	default:
		f.Kind = Gap
	}
	f.Likelihood = likelihood(r.counted())
	f.Severity = Severity(f.Gravity, r.counted())
	return f
}

// counted is the level that a reading is judged by: the lowest where nobody knows it.
func (r *Reading) counted() int {
	if r.Unsettled() {
		return 0
	}
	return r.Level
}

func (r *Reading) severity() int { return Severity(r.Control.Gravity(), r.counted()) }

// findings judges the applicable readings, worst first.
func findings(readings []Reading) []Finding {
	order := make([]ranking, 0, len(readings))
	for i := range readings {
		if r := &readings[i]; r.Applicable() {
			order = append(order, ranking{r.Control.ID, r.severity(), i})
		}
	}
	slices.SortFunc(order, ranking.compare)
	out := make([]Finding, len(order))
	for i := range order {
		out[i] = newFinding(readings[order[i].at])
		out[i].At = i
	}
	return out
}

// Compare says which of two findings comes first in a report: the one of the greater severity, else by id.
func (f *Finding) Compare(o *Finding) int {
	return cmp.Or(cmp.Compare(o.Severity, f.Severity), cmp.Compare(f.ID, o.ID))
}

// ranking is what a list of findings or risks is ordered by: severity, the worst first, then id.
type ranking struct {
	id       string
	severity int
	at       int // where what is ordered stands
}

func (r ranking) compare(o ranking) int {
	if order := cmp.Compare(o.severity, r.severity); order != 0 {
		return order
	}
	return cmp.Compare(r.id, o.id)
}

// RiskReport is a risk that open findings feed.
type RiskReport struct {
	Risk     *Risk
	Title    Sentence
	Brief    Sentence // what may happen in a few words, for tables; the title where the catalogue gives none
	Sentence Sentence
	Severity int
	Findings []*Finding // the open ones of the report that feed it, worst first
}

// Band is the range of the risk's severity.
func (r RiskReport) Band() Band { return BandOf(r.Severity) }

// feed is a finding that feeds a risk.
type feed struct {
	risk     int // in the model's order
	severity int
	finding  *Finding
}

// feeds lists what feeds which risk, worst finding first.
func (m *Model) feeds(found []Finding) []feed {
	index := make(map[string]int, len(m.Risks))
	for i := range m.Risks {
		index[m.Risks[i].ID] = i
	}
	out := make([]feed, 0, 2*len(found))
	for i := range found {
		f := &found[i]
		if !f.Open() {
			continue
		}
		for _, e := range f.Control.Edges {
			if at, known := index[e.Risk]; known && e.Gravity > 0 {
				out = append(out, feed{at, f.Likelihood * e.Gravity, f})
			}
		}
	}
	return out
}

// fedBy groups feeds: the findings behind each risk, in the model's order.
func (m *Model) fedBy(feeds []feed) [][]*Finding {
	counts := make([]int, len(m.Risks))
	for i := range feeds {
		counts[feeds[i].risk]++
	}
	room := make([]*Finding, len(feeds))
	out := make([][]*Finding, len(m.Risks))
	for i, n := range counts {
		out[i], room = room[:0:n], room[n:]
	}
	for i := range feeds {
		list := &out[feeds[i].risk]
		if f := feeds[i].finding; len(*list) == 0 || (*list)[len(*list)-1] != f {
			*list = append(*list, f)
		}
	}
	return out
}

// risks gathers what the open findings may lead to, worst first, then by id.
func (m *Model) risks(found []Finding) []RiskReport {
	feeds := m.feeds(found)
	if len(feeds) == 0 {
		return nil
	}
	severity := make([]int, len(m.Risks))
	for i := range feeds {
		f := &feeds[i]
		severity[f.risk] = max(severity[f.risk], f.severity)
	}
	fed := m.fedBy(feeds)
	order := make([]ranking, 0, len(fed))
	for i := range fed {
		if len(fed[i]) > 0 {
			order = append(order, ranking{m.Risks[i].ID, severity[i], i})
		}
	}
	slices.SortFunc(order, ranking.compare)
	out := make([]RiskReport, len(order))
	for i, one := range order {
		out[i] = RiskReport{Risk: &m.Risks[one.at], Severity: one.severity, Findings: fed[one.at]}
	}
	return out
}

// References are those of the controls behind the risk, sorted, each once.
func (r RiskReport) References() []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Control.References...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
