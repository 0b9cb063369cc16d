package vault

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// person edits a generated note at random. Each word that he writes is one of
// a kind, so that it can be counted.
type person struct {
	*rand.Rand
	words int
}

func (p *person) word() string {
	p.words++
	return fmt.Sprintf("mine%d", p.words)
}

// edit makes one edit somewhere in a note.
func (p *person) edit(text string) string {
	ending := lineEnding([]byte(text))
	head, rest, _ := strings.Cut(strings.TrimPrefix(text, "---"+ending), ending+"---"+ending)
	h, lines := strings.Split(head, ending), strings.Split(rest, ending)
	at := p.IntN(len(lines))
	switch p.IntN(12) {
	case 0, 1, 2: // a line anywhere in the body
		lines = slices.Insert(lines, at, "Some "+p.word()+" text")
	case 3: // a word in a line of the text
		if !strings.Contains(lines[at], "%%") {
			lines[at] += " " + p.word()
		}
	case 4: // empty a region
		lines = p.cutRegion(lines, at, 1)
	case 5: // delete a region or a proposal
		lines = p.cutRegion(lines, at, 0)
	case 6: // a comment in the head
		h = slices.Insert(h, p.IntN(len(h)+1), "# "+p.word())
	case 7: // a property
		h = slices.Insert(h, p.propertyLine(h), p.word()+": [x, y ] # "+p.word())
	case 8: // a value, or an entry
		if i := p.IntN(len(h)); strings.HasPrefix(h[i], "title:") || strings.HasPrefix(h[i], "  - \"t") && !strings.Contains(h[i], ":") {
			h[i] = h[i][:strings.IndexAny(h[i], ":-")+1] + " " + p.word()
		}
	case 9: // remove a line of the head that is no name
		if i := p.IntN(len(h)); strings.HasPrefix(h[i], "  - \"t") && !strings.Contains(h[i], ":") {
			h = slices.Delete(h, i, i+1)
		}
	case 10: // move what stands between two blank lines, as one moves a paragraph outside regions
		lines = append(lines, "", p.word())
	case 11:
		other := "\n"
		if ending == "\n" {
			other = "\r\n"
		}
		ending = other
	}
	return "---" + ending + strings.Join(h, ending) + ending + "---" + ending + strings.Join(lines, ending)
}

// propertyLine gives a line of the head before which a property may stand.
func (p *person) propertyLine(h []string) int {
	for {
		if i := p.IntN(len(h)); len(h[i]) > 0 && h[i][0] >= 'a' && h[i][0] <= 'z' {
			return i
		}
	}
}

// cutRegion takes the region around a line away, but for so many lines of its
// markers.
func (p *person) cutRegion(lines []string, at, markers int) []string {
	from, to := at, at
	for from >= 0 && !strings.Contains(lines[from], "synth:begin") {
		if strings.Contains(lines[from], "synth:end") && from < at {
			return lines
		}
		from--
	}
	for to < len(lines) && !strings.Contains(lines[to], "synth:end") {
		to++
	}
	if from < 0 || to == len(lines) {
		return lines
	}
	return slices.Delete(slices.Clone(lines), from+markers, to+1-markers)
}

// randomDraft offers one of a few texts for most of the regions.
func randomDraft(r *rand.Rand) Draft {
	d := Draft{Path: "a.md", Proposal: "Proposed"}
	d.Properties = []Property{quoted("title", fmt.Sprint("T", r.IntN(3)))}
	tags := list("tags")
	for i := range 4 {
		if r.IntN(2) == 0 {
			tags.Values = append(tags.Values, Value{Text: fmt.Sprint("t", i)})
		}
	}
	if d.Properties = append(d.Properties, tags); r.IntN(2) == 0 {
		d.Properties = append(d.Properties, plain("date", fmt.Sprint(2020+r.IntN(2))))
	}
	d.Properties = append(d.Properties, quoted("synth_seal", fmt.Sprint("answers:", r.IntN(5))))
	for _, id := range []string{"a", "b", "domain-c", "d", "e"} {
		if r.IntN(6) > 0 {
			texts := []string{"", "one", "two\n\n- [ ] Do it ^act-do", "> quoted\n\n## Three ^id"}
			d.Regions = append(d.Regions, Region{id, texts[r.IntN(len(texts))]})
		}
	}
	return d
}

var ownWord = regexp.MustCompile(`mine\d+`)

func wordsOf(text string) []string {
	words := ownWord.FindAllString(text, -1)
	slices.Sort(words)
	return words
}

// Whatever a person writes, and wherever, every word of it is in the note
// after any number of builds, no edited region is overwritten, and a build
// after a build writes nothing.
func TestNoEditIsLost(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 0))
		p := &person{Rand: r}
		text := string(randomDraft(r).Bytes())
		for range 12 {
			for range 1 + r.IntN(3) {
				text = p.edit(text)
			}
			d := randomDraft(r)
			fresh := d.Bytes()
			offered, _ := readGenerated(fresh)
			c := Change{Path: "a.md", Old: []byte(text)}.compare(d, offered)
			if c.Status == Refused {
				t.Fatalf("seed %d: %v\n%s", seed, c.Problems, text)
			}
			checkWords(t, c)
			checkKept(t, c)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
			again := Change{Path: "a.md", Old: c.New}.compare(d, offered)
			if string(again.New) != string(c.New) || (again.Status == Conflict) != (c.Status == Conflict) {
				t.Fatalf("seed %d: %s, then %s\n%s\n\n\n%s", seed, c.Status, again.Status, c.New, again.New)
			}
			text = string(c.New)
		}
	}
}

// checkWords fails unless every word of a person's is in the note as often as
// it was.
func checkWords(t *testing.T, c Change) {
	t.Helper()
	if old, now := wordsOf(string(c.Old)), wordsOf(string(c.New)); !slices.Equal(old, now) {
		t.Errorf("the words %v become %v\n%s\n\n\n%s", old, now, c.Old, c.New)
	}
}

// checkKept fails unless what stands outside regions, and in those that were
// edited, is in the note as it was and in its order.
func checkKept(t *testing.T, c Change) {
	t.Helper()
	before, _ := readGenerated(c.Old)
	after, _ := readGenerated(c.New)
	rest := string(joinPieces(after.pieces()))
	for _, piece := range before.pieces() {
		if piece.kind == regionList || piece.kind == region && (piece.asGenerated() || piece.isBlank()) {
			continue
		}
		text := strings.TrimRight(string(piece.text), "\r\n")
		at := strings.Index(rest, text)
		if at < 0 {
			t.Errorf("%q is not kept, or not in its order\n%s\n\n\n%s", text, c.Old, c.New)
			return
		}
		rest = rest[at+len(text):]
	}
}
