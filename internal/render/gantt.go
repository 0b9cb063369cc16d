package render

import (
	"math"
	"strconv"
	"strings"
	"time"

	extension "github.com/yuin/goldmark/extension/ast"
)

// gantt is a chart of tasks in time, as Mermaid writes it.
type gantt struct {
	title    string
	rows     []ganttRow
	from, to int // days since 1970
}

// ganttRow is a section's name, or a task with its days.
type ganttRow struct {
	name      string
	section   bool
	from, to  int
	done      bool
	active    bool
	critical  bool
	milestone bool
}

// ganttReader follows a chart's lines.
type ganttReader struct {
	chart gantt
	ends  map[string]int // the last day of the tasks with an id
	last  int            // that of the task before
}

// isSkipped tells of the statements that change nothing about a chart of plain dates.
func isSkipped(line string) bool {
	for _, start := range []string{"%%", "axisFormat ", "tickInterval ", "todayMarker ", "weekday ", "weekend ", "accTitle", "accDescr", "click ", "displayMode"} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

// readGantt reads Mermaid's source. It is not ok if it is no chart of tasks, or holds what is not drawn here.
func readGantt(source string) (gantt, bool) {
	r := ganttReader{ends: map[string]int{}}
	r.chart.from, r.chart.to = math.MaxInt, math.MinInt
	started := false
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || isSkipped(line):
		case !started:
			if line != "gantt" {
				return gantt{}, false
			}
			started = true
		case !r.statement(line):
			return gantt{}, false
		}
	}
	return r.chart, started && r.chart.to > r.chart.from
}

func (r *ganttReader) statement(line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "title":
		r.chart.title = rest
		return true
	case "dateFormat":
		return strings.TrimSpace(rest) == "YYYY-MM-DD"
	case "section":
		r.chart.rows = append(r.chart.rows, ganttRow{name: strings.TrimSpace(rest), section: true})
		return true
	}
	return r.task(line)
}

// task reads a line such as "Name :done, id, 2025-01-02, 5d".
func (r *ganttReader) task(line string) bool {
	name, data, found := strings.Cut(line, ":")
	if !found {
		return false
	}
	row := ganttRow{name: strings.TrimSpace(name)}
	fields := strings.Split(data, ",")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	for len(fields) > 0 && row.tag(fields[0]) {
		fields = fields[1:]
	}
	id := ""
	if len(fields) == 3 {
		id, fields = fields[0], fields[1:]
	}
	ok := false
	switch len(fields) {
	case 1:
		row.from = r.last
		row.to, ok = ganttEnd(fields[0], row.from)
		ok = ok && r.last > 0
	case 2:
		if row.from, ok = r.begin(fields[0]); ok {
			row.to, ok = ganttEnd(fields[1], row.from)
		}
	}
	if !ok || row.to < row.from {
		return false
	}
	r.last, r.ends[id] = row.to, row.to
	r.chart.from, r.chart.to = min(r.chart.from, row.from), max(r.chart.to, row.to)
	r.chart.rows = append(r.chart.rows, row)
	return true
}

func (row *ganttRow) tag(word string) bool {
	switch word {
	case "done":
		row.done = true
	case "active":
		row.active = true
	case "crit":
		row.critical = true
	case "milestone":
		row.milestone = true
	default:
		return false
	}
	return true
}

func (r *ganttReader) begin(field string) (int, bool) {
	if id, after := strings.CutPrefix(field, "after "); after {
		end, known := r.ends[strings.TrimSpace(id)]
		return end, known
	}
	return ganttDay(field)
}

// ganttEnd reads a date, or a number of days or weeks.
func ganttEnd(field string, from int) (int, bool) {
	days := 1
	number, found := strings.CutSuffix(field, "d")
	if !found {
		days = 7
		number, found = strings.CutSuffix(field, "w")
	}
	if !found {
		return ganttDay(field)
	}
	n, err := strconv.Atoi(number)
	return from + n*days, err == nil && n >= 0 && n < 10_000
}

func ganttDay(field string) (int, bool) {
	day, err := time.Parse(time.DateOnly, field)
	return int(day.Unix() / (24 * 60 * 60)), err == nil && day.Year() >= 1971
}

func dayText(day int, layout string) string {
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(layout)
}

// gantt draws a chart: a name and a bar on each line, below the axis.
func (d *drawer) gantt(g gantt) {
	room, name := d.canvas.room(), 0
	for _, row := range g.rows {
		if !row.section {
			name = max(name, columns(mark(row.name))+2)
		}
	}
	name = max(1, min(name, room*2/5))
	widths := []int{name, max(1, room-name-columns(between))}
	align := []extension.Alignment{extension.AlignLeft, extension.AlignLeft}
	if g.title != "" {
		d.canvas.print(g.title, look{}.with(bold))
	}
	d.row([]*styled{{}, one(g.axis(widths[1]), look{color: d.colours.dim})}, widths, align)
	for _, row := range g.rows {
		if d.canvas.full {
			return
		}
		if row.section {
			d.canvas.print(row.name, look{}.with(bold))
			continue
		}
		d.row([]*styled{row.label(name), one(g.bar(row, widths[1]), d.barLook(row))}, widths, align)
	}
}

// label gives a task's name, its lines indented, with a tick if it is done.
func (row ganttRow) label(width int) *styled {
	name := &styled{}
	name.add(row.name, look{}, "")
	t := &styled{verbatim: true}
	name.wrap(max(1, width-2), func(from, to int) {
		sign := "  "
		switch {
		case from > 0:
			t.broken()
		case row.done:
			sign = "✓ "
		}
		t.add(sign, look{}, "")
		t.part(name, from, to)
	})
	return t
}

func one(s string, l look) *styled {
	t := &styled{verbatim: true}
	t.add(s, l, "")
	return t
}

func (d *drawer) barLook(row ganttRow) look {
	switch {
	case row.critical:
		return look{color: d.colours.red}
	case row.done:
		return look{color: d.colours.dim}
	case row.active:
		return look{color: d.colours.orange}
	}
	return look{color: d.colours.blue}
}

// bar draws the days of a task.
func (g gantt) bar(row ganttRow, width int) string {
	from, to := g.column(row.from, width), g.column(row.to, width)
	from = min(from, width-1)
	sign := "█"
	switch {
	case row.milestone:
		return strings.Repeat(" ", from) + "◆"
	case row.done:
		sign = "░"
	case row.active:
		sign = "▓"
	}
	return strings.Repeat(" ", from) + strings.Repeat(sign, max(1, to-from))
}

// column places a day in a width.
func (g gantt) column(day, width int) int { return (day - g.from) * width / (g.to - g.from) }

// axis writes the first and the last day, and the months between them where there is room.
func (g gantt) axis(width int) string {
	first, last := dayText(g.from, time.DateOnly), dayText(g.to, time.DateOnly)
	if width < len(first)+1+len(last) {
		return first[:min(len(first), width)]
	}
	line := first
	free := width - len(last) - 1
	start := time.Unix(int64(g.from)*24*60*60, 0).UTC()
	for month, i := start, 1; len(line) < free; i++ {
		month = time.Date(start.Year(), start.Month()+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
		at := g.column(int(month.Unix()/(24*60*60)), width)
		tick := month.Format("01.2006")
		if at+len(tick) > free {
			break
		}
		if at > len(line) {
			line += strings.Repeat(" ", at-len(line)) + tick
		}
	}
	return line + strings.Repeat(" ", width-len(last)-len(line)) + last
}
