package assess

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// maxCombinations bounds what the loader tries for one control.
const maxCombinations = 65_536

// maxNamed is how many options of one multiple choice stay within maxCombinations.
const maxNamed = 16

// combinations runs through every answer that a control's rows can tell apart, and answers like a client would.
type combinations struct {
	refs    []questionnaire.Ref
	choices [][]questionnaire.Answer
	at      []int
	started bool
}

// newCombinations lists the answers that the rows of a control name. It reports false when there are more than
// maxCombinations of them.
func newCombinations(set *questionnaire.Set, c *Control) (*combinations, bool) {
	all := &combinations{refs: c.Reads()}
	total := 1
	for _, ref := range all.refs {
		named := &mentions{}
		for _, row := range c.Rows {
			named.collect(row.When, ref)
		}
		q := set.Question(ref)
		if q.Type == questionnaire.Multi && len(named.options) > maxNamed {
			return nil, false
		}
		answers := named.answers(q)
		if total *= len(answers); total > maxCombinations {
			return nil, false
		}
		all.choices = append(all.choices, answers)
	}
	all.at = make([]int, len(all.refs))
	return all, true
}

// next goes to the next combination, the first one when called first.
func (c *combinations) next() bool {
	if !c.started {
		c.started = true
		return true
	}
	for i := range c.at {
		if c.at[i]++; c.at[i] < len(c.choices[i]) {
			return true
		}
		c.at[i] = 0
	}
	return false
}

// Answer gives the current combination's answer.
func (c *combinations) Answer(ref questionnaire.Ref) questionnaire.Answer {
	i := slices.Index(c.refs, ref)
	return c.choices[i][c.at[i]]
}

// Received is true: what was not received only makes controls not applicable.
func (c *combinations) Received(string) bool { return true }

// mentions is what a control's rows name of one question.
type mentions struct {
	options    []string
	thresholds []int
	texts      []string // one that names a channel of each class
}

func (m *mentions) collect(c *Condition, ref questionnaire.Ref) {
	if c == nil {
		return
	}
	for _, p := range c.Parts {
		m.collect(p, ref)
	}
	if c.Question != ref {
		return
	}
	for _, o := range c.Options {
		if !slices.Contains(m.options, o) {
			m.options = append(m.options, o)
		}
	}
	if c.Op == OnChannel {
		m.texts = append(m.texts, c.channels[0].example())
	}
	if c.Op == AtLeast || c.Op == LessThan {
		m.thresholds = append(m.thresholds, c.Number)
	}
}

// answers lists the answers that can be told apart: no answer, and every choice of named options with and without the
// others, a number on either side of each threshold,
// or a text that names a channel of each class, of all and of none.
func (m *mentions) answers(q *questionnaire.Question) []questionnaire.Answer {
	out := []questionnaire.Answer{{}}
	switch q.Type {
	case questionnaire.Single:
		for _, o := range append(slices.Clone(m.options), m.other(q)...) {
			out = append(out, questionnaire.Answer{State: questionnaire.Known, Options: []string{o}})
		}
	case questionnaire.Multi:
		out = append(out, m.subsets(q)...)
	case questionnaire.Number:
		for _, t := range m.thresholds {
			for _, n := range []int{t - 1, t} {
				if (q.Min == nil || n >= *q.Min) && (q.Max == nil || n <= *q.Max) {
					out = append(out, questionnaire.Answer{State: questionnaire.Known, Number: n})
				}
			}
		}
	default:
		for _, text := range append(slices.Clone(m.texts), "", strings.Join(m.texts, " ")) {
			out = append(out, questionnaire.Answer{State: questionnaire.Known, Text: vault.Received(text)})
		}
	}
	return out
}

// other is one option that no row names, if there is any; an open list always has one.
func (m *mentions) other(q *questionnaire.Question) []string {
	for _, o := range q.Options {
		if o.ID != questionnaire.DontKnow && !slices.Contains(m.options, o.ID) && !o.Exclusive {
			return []string{o.ID}
		}
	}
	for _, o := range q.Options {
		if o.ID != questionnaire.DontKnow && !slices.Contains(m.options, o.ID) {
			return []string{o.ID}
		}
	}
	if len(q.Options) == 0 {
		return []string{""}
	}
	return nil
}

// subsets lists the ticks that do not contradict each other.
func (m *mentions) subsets(q *questionnaire.Question) []questionnaire.Answer {
	ids := append(slices.Clone(m.options), m.other(q)...)
	var out []questionnaire.Answer
	for mask := 1; mask < 1<<len(ids); mask++ {
		var ticks []string
		exclusive := false
		for i, id := range ids {
			if mask&(1<<i) != 0 {
				ticks = append(ticks, id)
				o, _ := q.Option(id)
				exclusive = exclusive || o.Exclusive
			}
		}
		if !exclusive || len(ticks) == 1 {
			out = append(out, questionnaire.Answer{State: questionnaire.Known, Options: ticks})
		}
	}
	return out
}
