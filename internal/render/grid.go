package render

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// grid is a table: its rows, the header first, each with as many cells as there are columns.
type grid struct {
	rows  [][]*styled
	align []extension.Alignment
}

const between = " │ " // two cells

// table draws a table within the width: as wide as its cells, else with the cells broken into lines, else as one record
// below the other.
func (d *drawer) table(n *extension.Table) {
	g := grid{align: n.Alignments}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		g.rows = append(g.rows, d.cells(row, len(g.rows) == 0, len(g.align)))
	}
	if len(g.rows) == 0 || len(g.align) == 0 {
		return
	}
	widths, fits := g.widths(d.canvas.room())
	if !fits {
		d.records(g)
		return
	}
	wrapped := slices.ContainsFunc(g.rows, func(row []*styled) bool { return broken(row, widths) })
	for i, row := range g.rows {
		if d.canvas.full {
			return
		}
		switch {
		case i == 1:
			d.rule("─", widths)
		case i > 1 && wrapped:
			d.rule("╌", widths)
		}
		d.row(row, widths, g.align)
	}
	if len(g.rows) == 1 {
		d.rule("─", widths)
	}
}

func (d *drawer) cells(row ast.Node, header bool, count int) []*styled {
	l := look{}
	if header {
		l = l.with(bold)
	}
	cells := make([]*styled, 0, count)
	for cell := row.FirstChild(); cell != nil && len(cells) < count; cell = cell.NextSibling() {
		cells = append(cells, d.running(cell, l))
	}
	for len(cells) < count {
		cells = append(cells, &styled{})
	}
	return cells
}

// widths shares a width among the columns, unless it does not fit. A column gets what it needs up to a level that is the same for all; none gets
// less than its longest word, unless that is very long.
func (g grid) widths(room int) ([]int, bool) {
	const longest = 14 // a word that is longer may break
	count := len(g.align)
	need, least := make([]int, count), make([]int, count)
	for _, row := range g.rows {
		for i, cell := range row {
			need[i] = max(need[i], cell.width())
			least[i] = max(least[i], min(cell.word(), longest))
		}
	}
	available := room - columns(between)*(count-1)
	at := func(level int) (widths []int, sum int) {
		widths = make([]int, count)
		for i := range widths {
			widths[i] = max(1, min(need[i], max(least[i], level)))
			sum += widths[i]
		}
		return widths, sum
	}
	if _, sum := at(0); sum > available {
		return nil, false
	}
	low, high := 0, max(available, 1)
	for low < high {
		middle := (low + high + 1) / 2
		if _, sum := at(middle); sum <= available {
			low = middle
		} else {
			high = middle - 1
		}
	}
	widths, sum := at(low)
	for i := range widths {
		if sum < available && widths[i] < need[i] {
			widths[i]++
			sum++
		}
	}
	return widths, true
}

// broken tells whether a row takes more than one line.
func broken(row []*styled, widths []int) bool {
	for i, cell := range row {
		if cell.width() > widths[i] || slices.Contains(cell.text, '\n') {
			return true
		}
	}
	return false
}

// row draws one row, each cell broken into lines of its column's width.
func (d *drawer) row(row []*styled, widths []int, align []extension.Alignment) {
	lines := make([][][2]int, len(row))
	height := 1
	for i, cell := range row {
		cell.wrap(widths[i], func(from, to int) { lines[i] = append(lines[i], [2]int{from, to}) })
		height = max(height, len(lines[i]))
	}
	for k := range height {
		t := &styled{}
		for i, cell := range row {
			if i > 0 {
				t.add(between, look{color: d.colours.dim}, "")
			}
			part := &styled{}
			if k < len(lines[i]) {
				part.part(cell, lines[i][k][0], lines[i][k][1])
			}
			t.pad(part, widths[i], align[i])
		}
		d.canvas.write(t, 0, len(t.text))
	}
}

// part appends a piece of another text.
func (t *styled) part(from *styled, start, stop int) {
	for i := max(from.at(start), 0); start < stop && i < len(from.runs); i++ {
		end := stop
		if i+1 < len(from.runs) {
			end = min(stop, from.runs[i+1].start)
		}
		if end > start {
			t.add(string(from.text[start:end]), from.runs[i].look, from.runs[i].link)
			start = end
		}
	}
}

// pad appends a text with blanks up to a width.
func (t *styled) pad(part *styled, width int, align extension.Alignment) {
	blanks := max(0, width-part.width())
	before := 0
	switch align {
	case extension.AlignRight:
		before = blanks
	case extension.AlignCenter:
		before = blanks / 2
	}
	t.add(strings.Repeat(" ", before), look{}, "")
	t.part(part, 0, len(part.text))
	t.add(strings.Repeat(" ", blanks-before), look{}, "")
}

// rule draws a line between rows.
func (d *drawer) rule(sign string, widths []int) {
	parts := make([]string, len(widths))
	for i, width := range widths {
		parts[i] = strings.Repeat(sign, width)
	}
	t := &styled{verbatim: true}
	t.add(strings.Join(parts, sign+"┼"+sign), look{color: d.colours.dim}, "")
	d.canvas.draw(t)
}

// records draws each row of a table as a small table of its own: the columns' names and what stands in them.
func (d *drawer) records(g grid) {
	header, room := g.rows[0], d.canvas.room()
	name := 0
	for _, cell := range header {
		name = max(name, cell.width())
	}
	name = max(1, min(name, room/3))
	widths := []int{name, max(1, room-name-columns(between))}
	align := []extension.Alignment{extension.AlignLeft, extension.AlignLeft}
	rows := g.rows[1:]
	if len(rows) == 0 {
		rows = [][]*styled{make([]*styled, len(header))}
	}
	for i, row := range rows {
		if i > 0 {
			d.rule("─", widths)
		}
		for column, cell := range row {
			if d.canvas.full {
				return
			}
			if cell == nil {
				cell = &styled{}
			}
			d.row([]*styled{header[column], cell}, widths, align)
		}
	}
}
