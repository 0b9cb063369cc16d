package main

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/plan"
	"golang.org/x/text/width"
)

// chartSection is a horizon of the chart.
type chartSection struct {
	Horizon assess.Horizon
	Bars    []chartBar
}

// chartBar is an action of the chart, its parts filled up with blanks.
type chartBar struct{ Title, Bar, Due string }

// chartMargin is what a line of the chart needs beside its title and its bar: the code's indent, blanks, the due date.
const chartMargin = 2 + 1 + 1 + len("00.00.0000")

// shade is what an action's bar is drawn with: in cells that every terminal's font has.
func shade(s plan.Status) string {
	switch s {
	case plan.Done:
		return "█"
	case plan.Doing:
		return "▒"
	}
	return "░"
}

// chart draws actions from the day on which the horizon before ends to the day they are due, those left out that were
// abandoned. Without a day to count from there is none.
func (p *planner) chart(shown func(plan.Action) bool) ([]chartSection, error) {
	roadmap := p.one.roadmap
	from, err := time.Parse(time.DateOnly, roadmap.AsOf)
	if err != nil {
		return nil, nil
	}
	last := ""
	for _, a := range roadmap.Actions {
		if shown(a) && a.Status != plan.Abandoned {
			last = max(last, a.Due)
		}
	}
	room := p.drawing.Width - chartMargin
	scale := timeScale{from, max(1, days(from, last)), room - room*3/5}
	var out []chartSection
	start := roadmap.AsOf
	for _, h := range assess.Horizons() {
		section := chartSection{Horizon: h}
		for _, a := range roadmap.Actions {
			if a.Horizon != h || !shown(a) || a.Status == plan.Abandoned {
				continue
			}
			title, err := p.one.report.PlainTitle(a.Action.ID)
			if err != nil {
				return nil, err
			}
			section.Bars = append(section.Bars, chartBar{fit(compose.ChartTitle(title), room*3/5),
				scale.bar(min(start, a.Due), a.Due, shade(a.Status)), assess.DayFirst(a.Due)})
		}
		if len(section.Bars) > 0 {
			out = append(out, section)
		}
		if start, err = plan.Due(roadmap.AsOf, h); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// timeScale puts days into columns.
type timeScale struct {
	from          time.Time
	days, columns int
}

// days counts the days from one to another, 0 where that is none.
func days(from time.Time, to string) int {
	day, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return 0
	}
	return max(0, int(day.Sub(from).Hours()/24))
}

// bar draws a stretch of time, one column at least.
func (s timeScale) bar(start, end, cell string) string {
	first := min(days(s.from, start)*s.columns/s.days, s.columns-1)
	last := max(first+1, days(s.from, end)*s.columns/s.days)
	return strings.Repeat("·", first) + strings.Repeat(cell, last-first) + strings.Repeat("·", s.columns-last)
}

// fit cuts a text, with an ellipsis, or fills it up, to that many columns.
func fit(text string, columns int) string {
	runes := []rune(text)
	if widthOf(runes) > columns {
		for widthOf(runes) > columns-1 {
			runes = runes[:len(runes)-1]
		}
		runes = append(runes, '…')
	}
	return string(runes) + strings.Repeat(" ", max(0, columns-widthOf(runes)))
}

// widthOf counts the columns of a chart's title.
func widthOf(runes []rune) int {
	wide := []width.Kind{width.EastAsianWide, width.EastAsianFullwidth}
	total := 0
	for _, r := range runes {
		switch {
		case unicode.Is(unicode.Mn, r):
		case slices.Contains(wide, width.LookupRune(r).Kind()):
			total += 2
		default:
			total++
		}
	}
	return total
}
