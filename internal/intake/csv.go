package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// tableHead is how the first line of a text would be read as that of a table.
type tableHead struct {
	comma   rune
	columns int
	skip    bool // the first line is a spreadsheet's "sep=;"
}

// tableHead finds the sign between the columns: the one that gives most names that are known, and among equals most
// columns.
func (r *input) tableHead(text string) (best tableHead, known int) {
	first, rest, _ := strings.Cut(text, "\n")
	skip := false
	if sep, ok := strings.CutPrefix(strings.TrimSpace(first), "sep="); ok && len(sep) <= 1 {
		text, skip = rest, true
	}
	best = tableHead{comma: ',', skip: skip}
	for _, comma := range []rune{',', ';', '\t'} {
		reader := csv.NewReader(strings.NewReader(text))
		reader.Comma = comma
		names, err := reader.Read()
		if err != nil {
			continue
		}
		n := 0
		for _, name := range names {
			if r.known(name) {
				n++
			}
		}
		if n > known || n == known && len(names) > best.columns {
			best, known = tableHead{comma, len(names), skip}, n
		}
	}
	if best.columns < 2 {
		return best, 0
	}
	return best, known
}

// table reads a table row by row.
func (r *input) table(from io.Reader, head tableHead) error {
	source := &recorder{from: from}
	reader := csv.NewReader(source)
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = head.comma, -1, true
	if head.skip {
		if _, err := reader.Read(); err != nil {
			r.unreadable(err)
			return nil
		}
		source.until(reader.InputOffset())
	}
	t := &table{input: r, reader: reader, source: source, rows: r.rows}
	if !t.head() {
		return nil
	}
	for {
		if more, err := t.row(); !more {
			return err
		}
	}
}

// table is a table that is being read.
type table struct {
	*input
	reader *csv.Reader
	source *recorder
	names  []string
	header []byte
	rows   int // read, with those before
}

func (t *table) head() bool {
	names, err := t.reader.Read()
	t.header = bytes.Clone(t.source.until(t.reader.InputOffset()))
	if err != nil {
		t.unreadable(err)
		return false
	}
	for _, name := range names {
		t.names = append(t.names, strings.Clone(strings.TrimSpace(string(t.text([]byte(name), 1)))))
	}
	return true
}

// row reads one row. There is no more after the last, and after one that tells nothing of where the next begins.
func (t *table) row() (more bool, err error) {
	begins := t.lines + t.source.lines + 1
	cells, err := t.reader.Read()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	raw := bytes.Clone(t.source.until(t.reader.InputOffset()))
	t.rows++
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, errRecordTooLarge):
		t.broken(begins, "the row is larger than "+strconv.Itoa(maxRecord>>20)+" MiB", "look for a quote that is never closed")
		return false, t.keep(raw, begins)
	case errors.As(err, &syntax):
		line := syntax.StartLine + t.lines
		t.broken(line, fmt.Sprintf("row %d: %v", t.rows, syntax.Err), "write a quote within a cell twice, and put the cell into quotes")
		return true, t.keep(raw, line)
	case err != nil:
		t.unreadable(err)
		return false, nil
	}
	if strings.Join(cells, "") == "" {
		return true, nil
	}
	line, _ := t.reader.FieldPos(0)
	line += t.lines
	if surplus := t.surplus(cells, line); surplus {
		return true, t.keep(raw, line)
	}
	return true, t.give(t.submission(cells, raw, line))
}

// broken tells of a row that is not taken.
func (t *table) broken(line int, message, hint string) {
	t.skipped++
	t.add(line, vault.Error, "row_unreadable", message, hint)
}

// keep hands a row over that cannot be read, so that its bytes are kept all the same.
func (t *table) keep(raw []byte, line int) error {
	return t.give(&Submission{Kind: CSV, Line: line, Row: t.rows, Header: t.header, Raw: raw})
}

// surplus tells whether a row has more cells than the header names, and something in them: then there is no telling
// which answer stands in which column.
func (t *table) surplus(cells []string, line int) bool {
	if len(cells) < len(t.names) {
		t.add(line, vault.Warning, "row_short", fmt.Sprintf("row %d has %d cells for %d columns: the last are taken for empty", t.rows, len(cells), len(t.names)), "")
	}
	if len(cells) <= len(t.names) || strings.TrimSpace(strings.Join(cells[len(t.names):], "")) == "" {
		return false
	}
	t.broken(line, fmt.Sprintf("row %d has %d cells for %d columns: which answer is whose cannot be told", t.rows, len(cells), len(t.names)),
		"put cells that hold the sign between the columns into quotes")
	return true
}

func (t *table) submission(cells []string, raw []byte, line int) *Submission {
	s := &Submission{Kind: CSV, Line: line, Row: t.rows, Header: t.header, Raw: raw, Tool: toolOf(t.names)}
	s.Fields = make([]Field, 0, len(cells))
	for i, cell := range cells[:min(len(cells), len(t.names))] {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		at, column := t.reader.FieldPos(i)
		s.Fields = append(s.Fields, Field{Name: t.names[i], Values: []string{string(t.text([]byte(cell), at))}, Line: at + t.lines, Column: column})
	}
	return s
}

// toolOf names the tool whose exports have such a header, "" where none is known.
func toolOf(names []string) string {
	has := map[string]bool{}
	for _, name := range names {
		has[strings.ToLower(strings.TrimSpace(name))] = true
	}
	switch {
	case has["submission id"] && has["respondent id"] && has["submitted at"]:
		return "Tally"
	case has["network id"] || has["#"] && has["submit date (utc)"]:
		return "Typeform"
	case has["completion time"] || has["heure de fin"]:
		return "Microsoft Forms"
	case has["submitdate"] && has["startlanguage"]:
		return "LimeSurvey"
	case has["timestamp"] || has["horodateur"]:
		return "Google Forms"
	case has["_date"] || has["date"] && has["id"] || has["submitted"]:
		return "Formspree"
	}
	return ""
}

var errRecordTooLarge = errors.New("the row is too large")

// recorder remembers what was read and not yet given up, so that each row is had as received.
type recorder struct {
	from  io.Reader
	kept  []byte
	start int64 // the offset of kept in the input
	lines int   // that ended before it
}

// Read reads on, unless one row would grow too large.
func (r *recorder) Read(p []byte) (int, error) {
	if len(r.kept) > maxRecord {
		return 0, errRecordTooLarge
	}
	n, err := r.from.Read(p)
	r.kept = append(r.kept, p[:n]...)
	return n, err
}

// until gives what was read up to an offset, and forgets it: the bytes hold until the next call of Read.
func (r *recorder) until(offset int64) []byte {
	n := min(int(offset-r.start), len(r.kept))
	out := r.kept[:n:n]
	r.kept, r.start, r.lines = r.kept[n:], r.start+int64(n), r.lines+bytes.Count(out, []byte("\n"))
	return out
}
