package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Region is a part of a generated note: what stands between two marker lines,
// Markdown with LF line ends. In a draft the text holds no "%%", which would
// end the markers' comment; blank lines at its ends do not count.
type Region struct{ ID, Text string }

// hash gives the 16 hexadecimal digits that a region's marker carries.
func (r Region) hash() string {
	body := regionBody(r.Text)
	return regionHash(appendCanonical(make([]byte, 0, len(body)), body))
}

// regionHash gives the digits of what counts of a region's text.
func regionHash(canonical []byte) string {
	var room [2 * sha256.Size]byte
	return string(appendDigest(room[:0], canonical)[:regionDigits])
}

// regionDigits is the length of a hash in a marker.
const regionDigits = 16

// lineEnds turns the other two line endings into LF.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// regionBody gives a region's text as it is written between its markers.
func regionBody(text string) string {
	if strings.Contains(text, "\r") {
		text = lineEnds.Replace(text)
	}
	return trimBlankLines(text)
}

func digest(text string, digits int) string {
	var room [128]byte
	return string(appendDigest(make([]byte, 0, 2*sha256.Size), append(room[:0], text...))[:digits])
}

// appendDigest writes all the digits of a text's hash.
func appendDigest(b, text []byte) []byte {
	sum := sha256.Sum256(text)
	return hex.AppendEncode(b, sum[:])
}

// appendCanonical writes what counts of a region's body: not what the user and
// the Tasks plugin change on an action's line.
func appendCanonical(b []byte, body string) []byte {
	for {
		at := strings.Index(body, actionMark)
		if at < 0 {
			return append(b, body...)
		}
		from, to := strings.LastIndexByte(body[:at], '\n')+1, len(body)
		if end := strings.IndexByte(body[at:], '\n'); end >= 0 {
			to = at + end
		}
		b = append(b, body[:from]...)
		b = appendTask(b, body[from:to])
		body = body[to:]
	}
}

// appendRegion writes a region with its markers, with LF line ends.
func appendRegion(b []byte, r Region) []byte {
	b = append(append(b, beginWord...), r.ID...)
	b = append(b, ' ')
	hashAt := len(b)
	b = append(b, make([]byte, regionDigits)...)
	b = append(append(b, endWord...), "\n\n"...)
	bodyAt := len(b)
	body := regionBody(r.Text)
	b = append(b, body...)
	hashed := b[bodyAt:]
	if strings.Contains(body, actionMark) {
		hashed = appendCanonical(b, body)[len(b):]
	}
	var digits [2 * sha256.Size]byte
	copy(b[hashAt:hashAt+regionDigits], appendDigest(digits[:0], hashed))
	if body != "" {
		b = append(b, "\n\n"...)
	}
	b = append(append(b, closeWord...), r.ID...)
	return append(append(b, endWord...), '\n')
}

// partKind says what a part of a generated note's body is.
type partKind uint8

const (
	between    partKind = iota // lines outside regions
	beginLine                  // %% synth:begin <id> <hash> %%
	regionText                 // the lines between a region's markers
	endLine                    // %% synth:end <id> %%
	listLine                   // %% synth:regions <id> <id> … %%
)

// part is a run of whole lines. The sources of all parts, joined, are the
// body.
type part struct {
	kind   partKind
	source string
	line   int    // of the file, where the part begins
	id     string // of the region
	hash   string // of a beginLine
	ids    []string
}

var (
	beginPattern = regexp.MustCompile(`^%% synth:begin ([a-z0-9-]+(?:\.propose)?) ([0-9a-f]{16}) %%$`)
	endPattern   = regexp.MustCompile(`^%% synth:end ([a-z0-9-]+(?:\.propose)?) %%$`)
	listPattern  = regexp.MustCompile(`^%% synth:regions((?: [a-z0-9-]+)*) %%$`)
	anyMarker    = regexp.MustCompile(`^%%\s*synth:`)
)

// cutter cuts a body into parts, line by line.
type cutter struct {
	body     string
	parts    []part
	starts   int             // the offset at which the last part begins
	open     string          // the id of the region in which the line stands, or ""
	begun    map[string]bool // the ids of the regions so far
	list     *part
	line     int
	problems []Problem
}

// cutRegions cuts a body that begins on a line of its file. It cuts whatever
// the body holds; the problems tell which markers make no sense.
func cutRegions(body string, firstLine int) ([]part, []Problem) {
	c := &cutter{body: body, begun: make(map[string]bool), line: firstLine}
	at := 0
	for line := range strings.Lines(body) {
		next := at + len(line)
		if text := strings.TrimSpace(line); strings.HasPrefix(text, "%%") {
			c.add(text, at, next)
		} else {
			c.addText(part{source: line, line: c.line}, at, next)
		}
		at = next
		c.line++
	}
	if c.open != "" {
		c.broken("region %q is not closed", c.open)
	}
	c.checkList()
	return c.parts, c.problems
}

// add takes a line that may be a marker: its text, trimmed, and the offsets of
// its source.
func (c *cutter) add(text string, from, to int) {
	p := part{source: c.body[from:to], line: c.line}
	if !anyMarker.MatchString(text) {
		c.addText(p, from, to)
		return
	}
	if match := beginPattern.FindStringSubmatch(text); match != nil {
		p.kind, p.id, p.hash = beginLine, match[1], match[2]
		c.begin(p.id)
	} else if match := endPattern.FindStringSubmatch(text); match != nil {
		p.kind, p.id = endLine, match[1]
		c.end(p.id)
	} else if match := listPattern.FindStringSubmatch(text); match != nil {
		p.kind, p.ids = listLine, strings.Fields(match[1])
		c.addList(p)
	} else {
		c.broken("the marker line is damaged")
		c.addText(p, from, to)
		return
	}
	c.parts = append(c.parts, p)
}

// addText takes a line that is no marker. It lengthens the part before if
// that is of the same kind.
func (c *cutter) addText(p part, from, to int) {
	if p.kind = between; c.open != "" {
		p.kind, p.id = regionText, c.open
	}
	if last := len(c.parts) - 1; last >= 0 && c.parts[last].kind == p.kind {
		c.parts[last].source = c.body[c.starts:to]
		return
	}
	c.starts = from
	c.parts = append(c.parts, p)
}

func (c *cutter) begin(id string) {
	if c.open != "" {
		c.broken("region %q begins within region %q", id, c.open)
	}
	if c.begun[id] {
		c.broken("region %q stands twice", id)
	}
	c.begun[id], c.open = true, id
}

func (c *cutter) end(id string) {
	if c.open != id {
		c.broken("region %q ends where it did not begin", id)
	}
	c.open = ""
}

func (c *cutter) addList(p part) {
	if c.open != "" {
		c.broken("the list of regions stands within region %q", c.open)
	}
	if c.list != nil {
		c.broken("the list of regions stands twice")
	}
	c.list = &p
}

// checkList reports a missing list and the regions that it does not name.
func (c *cutter) checkList() {
	if c.list == nil {
		c.broken("the line that lists the regions is missing")
		return
	}
	listed := make(map[string]bool)
	for _, id := range c.list.ids {
		listed[id] = true
	}
	for _, p := range c.parts {
		if id, _ := proposed(p.id); p.kind == beginLine && !listed[id] {
			c.line = p.line
			c.broken("region %q is not in the list of regions", p.id)
		}
	}
}

// What the marker lines are made of, beside ids and hashes.
const (
	beginWord = "%% synth:begin "
	closeWord = "%% synth:end "
	listWord  = "%% synth:regions"
	endWord   = " %%"
)

func listMarker(ids []string) string {
	return listWord + " " + strings.Join(append(slices.Clone(ids), "%%"), " ")
}

func (c *cutter) broken(format string, args ...any) {
	c.problems = append(c.problems, Problem{
		Line: c.line, Severity: Warning, Code: "broken_markers",
		Message: fmt.Sprintf(format, args...),
		Hint:    `restore the "%% synth: … %%" lines, or delete the note to have it made anew`,
	})
}
