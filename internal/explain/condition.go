package explain

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// Line is one part of a condition, with what it is true of today. Parts stand below what joins them, one step deeper.
type Line struct {
	Depth    int    `json:"depth"`
	Op       string `json:"op"`    // a word of conditions
	Truth    string `json:"truth"` // true, false or unknown
	Question Word   `json:"question"`
	Label    *Text  `json:"label"`
	Options  []Text `json:"options"` // that the part names
	Number   *int   `json:"number"`  // that the part names
	Period   *Kept  `json:"period"`  // that the part is about
}

// Kept is for how long something is kept in a country or a canton, as the catalogue's dated data say.
type Kept struct {
	ID        string `json:"id"`
	Country   string `json:"country"`
	Canton    Word   `json:"canton"`
	Years     int    `json:"years"` // 0 where the country leaves them to its cantons
	Advised   bool   `json:"advised"`
	Status    string `json:"status"`
	Source    Text   `json:"source"`
	CheckedOn string `json:"checked_on"`
	Place     Place  `json:"place"`
}

func kept(c *assess.Condition) *Kept {
	p := c.Period
	if p == nil {
		return nil
	}
	return &Kept{ID: p.ID, Country: p.Country, Canton: Word(p.Canton), Years: p.Years(c.Advised), Advised: c.Advised, Status: p.Status,
		Source: Text(p.Source), CheckedOn: p.CheckedOn, Place: Place{assess.PeriodsFile, p.Line}}
}

// Indent is what stands before the line in a nested list.
func (l Line) Indent() string { return strings.Repeat("  ", l.Depth) }

// truthWord is a truth's word in JSON and in templates.
func truthWord(t assess.Truth) string {
	return []string{"false", "unknown", "true"}[t]
}

// lines writes a condition out, part by part.
func (s Source) lines(c *assess.Condition) []Line {
	out := []Line{}
	s.addLines(&out, c, 0)
	return out
}

func (s Source) addLines(out *[]Line, c *assess.Condition, depth int) {
	if c == nil {
		return
	}
	line := Line{Depth: depth, Op: string(c.Op), Truth: truthWord(c.Eval(s.Report)), Options: []Text{}, Period: kept(c)}
	switch {
	case c.Op == "":
		line.Op = undecided
	case c.Parts == nil:
		line.ask(s, c)
	}
	*out = append(*out, line)
	for _, p := range c.Parts {
		s.addLines(out, p, depth+1)
	}
}

// ask writes the part's question into a line.
func (l *Line) ask(s Source, c *assess.Condition) {
	label := s.label(c.Question)
	l.Question, l.Label, l.Options = Word(c.Question.String()), &label, s.values(c.Question, c.Options)
	switch {
	case c.Op == assess.AtLeast || c.Op == assess.LessThan:
		l.Number = &c.Number
	case c.Op == assess.OnChannel:
		l.Options = s.class(c)
	case c.Op == assess.Answered && !c.Answered:
		l.Op = unanswered
	}
}

// class is the title of the class of channels that a part names.
func (s Source) class(c *assess.Condition) []Text {
	return []Text{Text(s.model().Class(c.Class).Title)}
}

// The words for what a part asks when it is turned round, for the part that wants no answer, and for the one that no
// answer settles.
const (
	undecided  = "undecided"
	unanswered = "unanswered"
	notAllOf   = "not_all_of"
	notOnly    = "not_only"
	offChannel = "not_channel"
)

// Way is a least change of the answers that leads to what was asked about.
type Way struct {
	Needs []Need `json:"needs"`
}

// Need is what one answer must become.
type Need struct {
	Question string `json:"question"`
	Label    Text   `json:"label"`
	Op       string `json:"op"`
	Options  []Text `json:"options"`
	Number   *int   `json:"number"`
}

// mostWays is how many ways are told of one thing; the shortest come first.
const mostWays = 6

// ways shows the least changes. Those that come to the same once they are put in words stand once; those that would move
// the practice to another country are none.
func (s Source) ways(found []assess.Way) []Way {
	out := []Way{}
	for _, w := range found {
		if s.resettles(w) {
			continue
		}
		way, seen := s.way(w), false
		for _, other := range out {
			seen = seen || slices.EqualFunc(other.Needs, way.Needs, sameNeed)
		}
		if !seen && len(way.Needs) > 0 && len(out) < mostWays {
			out = append(out, way)
		}
	}
	return out
}

// resettles reports whether a way changes what the client's note says of him.
func (s Source) resettles(w assess.Way) bool {
	return slices.ContainsFunc(w.Questions(), func(ref questionnaire.Ref) bool {
		return ref.Questionnaire == questionnaire.ClientID && s.Report.Answer(ref).State == questionnaire.Known
	})
}

func sameNeed(a, b Need) bool {
	return a.Question == b.Question && a.Op == b.Op && slices.Equal(a.Options, b.Options) &&
		(a.Number == nil) == (b.Number == nil) && (a.Number == nil || *a.Number == *b.Number)
}

// way puts the needs in words: one for a single choice, which names the options that meet them all.
func (s Source) way(w assess.Way) Way {
	out := Way{Needs: []Need{}}
	for _, ref := range w.Questions() {
		q := s.model().Set.Question(ref)
		if q.Type == questionnaire.Single && len(q.Options) > 0 {
			if need, ok := s.choice(w, q, ref); ok {
				out.Needs = append(out.Needs, need)
				continue
			}
		}
		for _, n := range w {
			if n.Part.Question == ref {
				out.Needs = append(out.Needs, s.need(n))
			}
		}
	}
	return out
}

// choice lists the options of a single choice that meet every need; false where a need is about answering at all.
func (s Source) choice(w assess.Way, q *questionnaire.Question, ref questionnaire.Ref) (Need, bool) {
	var fit []string
	for _, o := range q.Options {
		meets := o.ID != questionnaire.DontKnow
		for _, n := range w {
			if n.Part.Question != ref {
				continue
			}
			if n.Part.Op == assess.Answered && n.Part.Answered != n.Want {
				return Need{}, false
			}
			if n.Part.Op != assess.Answered {
				meets = meets && (slices.Contains(n.Part.Options, o.ID) != (n.Part.Op == assess.NoneOf)) == n.Want
			}
		}
		if meets {
			fit = append(fit, o.ID)
		}
	}
	return Need{Question: ref.String(), Label: s.label(ref), Op: string(assess.AnyOf), Options: s.values(ref, fit)}, true
}

// need puts one need in words.
func (s Source) need(n assess.Need) Need {
	c := n.Part
	out := Need{Question: c.Question.String(), Label: s.label(c.Question), Op: string(c.Op), Options: s.values(c.Question, c.Options)}
	turned := map[assess.Operator]string{assess.AnyOf: string(assess.NoneOf), assess.NoneOf: string(assess.AnyOf), assess.AllOf: notAllOf,
		assess.Only: notOnly, assess.OnChannel: offChannel, assess.AtLeast: string(assess.LessThan), assess.LessThan: string(assess.AtLeast)}
	if !n.Want && c.Op != assess.Answered {
		out.Op = turned[c.Op]
	}
	switch {
	case c.Op == assess.OnChannel:
		out.Options = s.class(c)
	case c.Op == assess.Answered && c.Answered != n.Want:
		out.Op = unanswered
	case c.Op == assess.AtLeast || c.Op == assess.LessThan:
		out.Number = &c.Number
	}
	return out
}
