package vault

import (
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Verdict says in what a part of a generated note differs from its draft.
type Verdict string

// The verdicts on parts of a note.
const (
	Edited   Verdict = "edited"   // a person wrote something else
	Missing  Verdict = "removed"  // a person took it away
	Proposed Verdict = "proposed" // a new text stands beside it and waits for the person
	Outdated Verdict = "outdated" // the draft holds something else, though nobody edited it
	Absent   Verdict = "absent"   // the draft holds it, and the note never did
	Dropped  Verdict = "dropped"  // the draft no longer holds it
	Ticked   Verdict = "ticked"   // only a task's mark, dates or priority differ
	Beside   Verdict = "beside"   // a person's own lines, or properties, beside what is generated
	Layout   Verdict = "layout"   // the same is written in other bytes
)

// Own tells of a verdict on what belongs to the person, so that no seal is
// about it.
func (v Verdict) Own() bool { return v == Ticked || v == Beside || v == Layout }

// Deviation is one part of a generated note that differs from its draft.
type Deviation struct {
	Verdict Verdict
	Region  string // the region's id, "" for another part
	Name    string // the property's name, "" for another part
	Line    int    // of the file, from 1; 0 where nothing stands in the note
	// Recomputed tells that Generated is the text that a person edited,
	// which the hash in the note proves; else it is not known any more.
	Recomputed bool
	Generated  string // what the draft holds
	Found      string // what the note holds
}

// Unified gives the difference as a unified diff: from what was generated to
// what a person made of it, and where nobody did, from what stands in the note
// to what the draft holds. It is nil where an edit's origin is not known.
func (d Deviation) Unified(path string) []byte {
	path += "#" + d.Region + d.Name
	generated, found := []byte(endLast(d.Generated)), []byte(endLast(d.Found))
	switch d.Verdict {
	case Edited:
		if !d.Recomputed {
			return nil
		}
		return endNames(diff.Diff("a/"+path, generated, "b/"+path, found))
	case Outdated, Ticked:
		return endNames(diff.Diff("a/"+path, found, "b/"+path, generated))
	}
	return nil
}

// endLast ends a text's last line.
func endLast(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

// Inspection is how a file stands to the draft of a generated note.
type Inspection struct {
	// Exact tells that the file is the draft, byte for byte, but for line
	// endings and a byte order mark.
	Exact      bool
	Deviations []Deviation
	Properties []Property // of the file, where its head can be read
	// Damaged tells why the file's parts cannot be told from each other;
	// the paths are not set. Then there are no deviations.
	Damaged []Problem
}

// Holds tells that the file says what the draft does; what is the person's own
// does not count.
func (i Inspection) Holds() bool {
	return len(i.Damaged) == 0 && !slices.ContainsFunc(i.Deviations, func(d Deviation) bool { return !d.Verdict.Own() })
}

// Inspect compares a file with a draft, part by part, and tells a person's
// edits from what synth would write otherwise by now. The property synth_seal
// is left to the caller. A draft without regions stands for one that is not
// known: then only the edits are told.
func Inspect(file []byte, d Draft) Inspection {
	fresh := d.Bytes()
	if sameText(file, fresh) { // as most notes: what is in the head is all there is to know
		head, _ := headOf(file)
		properties, problems := head.properties()
		return Inspection{Exact: len(problems) == 0, Properties: properties, Damaged: problems}
	}
	found, problems := readGenerated(file)
	if len(problems) > 0 {
		in := Inspection{Damaged: problems}
		if found != nil {
			in.Properties = found.properties
		}
		return in
	}
	in := Inspection{Properties: found.properties}
	s := &inspector{found: found}
	if len(d.Regions) > 0 {
		s.offered, _ = readGenerated(fresh)
	}
	s.head()
	s.body()
	if own := s.ownLines(); own != "" {
		s.add(Deviation{Verdict: Beside, Found: own})
	}
	if in.Deviations = s.deviations; len(in.Deviations) == 0 && s.offered != nil {
		in.Deviations = []Deviation{{Verdict: Layout}}
	}
	return in
}

// inspector gathers what differs.
type inspector struct {
	found      *generated
	offered    *generated // nil for an unknown draft
	deviations []Deviation
}

func (s *inspector) add(d Deviation) { s.deviations = append(s.deviations, d) }

// head compares the properties.
func (s *inspector) head() {
	hashes := s.found.property(headHashes)
	if hashes == nil {
		s.add(Deviation{Verdict: Missing, Name: headHashes})
		hashes = &Property{}
	}
	told := toldHashes(*hashes)
	for i := range s.found.properties {
		s.property(&s.found.properties[i], told)
	}
	names := slices.Clone(hashes.Values)
	for _, v := range names {
		name := v.Text[:max(0, strings.LastIndexByte(v.Text, ':'))]
		if len(told[name]) > 0 && s.found.property(name) == nil {
			s.add(Deviation{Verdict: Missing, Name: name, Generated: propertyText(s.draft(name))})
			delete(told, name)
		}
	}
	if s.offered == nil {
		return
	}
	for i := range s.offered.properties {
		p := &s.offered.properties[i]
		isTold := slices.ContainsFunc(names, func(v Value) bool { return strings.HasPrefix(v.Text, p.Name+":") })
		if s.found.property(p.Name) == nil && !isTold && p.Name != headHashes {
			s.add(Deviation{Verdict: Absent, Name: p.Name, Generated: propertyText(p)})
		}
	}
}

// draft gives a property of the draft, nil where it holds none.
func (s *inspector) draft(name string) *Property {
	if s.offered == nil {
		return nil
	}
	return s.offered.property(name)
}

// property judges one that stands in the note.
func (s *inspector) property(p *Property, told map[string][]string) {
	offer := s.draft(p.Name)
	was, isTold := told[p.Name]
	d := Deviation{Name: p.Name, Line: p.Line, Found: propertyText(p), Generated: propertyText(offer)}
	same := offer != nil && slices.Equal(valueHashes(*p), valueHashes(*offer))
	switch {
	case p.Name == sealProperty || p.Name == headHashes || same:
		return
	case isTold && !slices.Equal(valueHashes(*p), was):
		d.Verdict, d.Recomputed = Edited, offer != nil && slices.Equal(was, valueHashes(*offer))
	case s.offered == nil:
		return
	case offer != nil:
		d.Verdict = Outdated
	case isTold || isOwn(p.Name):
		d.Verdict = Dropped
	default:
		d.Verdict = Beside
	}
	s.add(d)
}

// propertyText shows a property's values, one a line.
func propertyText(p *Property) string {
	if p == nil {
		return ""
	}
	lines := make([]string, len(p.Values))
	for i, v := range p.Values {
		lines[i] = v.Text
	}
	return strings.Join(lines, "\n")
}

// body compares the regions.
func (s *inspector) body() {
	offered := map[string]piece{}
	var order []string
	if s.offered != nil {
		for _, p := range s.offered.pieces() {
			if p.kind == region {
				offered[p.id] = p
				order = append(order, p.id)
			}
		}
	}
	standing := map[string]bool{}
	line := 1 + s.found.bodyLine
	for _, p := range s.found.pieces() {
		if p.kind == region {
			standing[p.id] = true
			offer, isOffered := offered[p.id]
			s.region(p, offer, isOffered, line+strings.Count(p.begin, "\n"))
		}
		line += strings.Count(p.begin, "\n") + strings.Count(p.text, "\n") + strings.Count(p.end, "\n")
	}
	listed := s.found.listed()
	for _, id := range listed {
		if !standing[id] {
			s.add(Deviation{Verdict: Missing, Region: id, Generated: regionBody(offered[id].text)})
		}
	}
	for _, id := range order {
		if !slices.Contains(listed, id) {
			s.add(Deviation{Verdict: Absent, Region: id, Generated: regionBody(offered[id].text)})
		}
	}
}

// region judges one that stands in the note, on a line.
func (s *inspector) region(p, offer piece, isOffered bool, line int) {
	d := Deviation{Region: p.id, Line: line, Found: regionBody(p.text), Generated: regionBody(offer.text)}
	base, isProposal := proposed(p.id)
	switch {
	case isProposal:
		d.Verdict, d.Region = Proposed, base
	case !p.asGenerated():
		d.Verdict, d.Recomputed = Edited, isOffered && p.hash == offer.hash
	case s.offered == nil:
		return
	case !isOffered:
		d.Verdict = Dropped
	case p.hash != offer.hash:
		d.Verdict = Outdated
	case d.Found != d.Generated:
		d.Verdict = Ticked
	default:
		return
	}
	s.add(d)
}

// ownLines gives the lines between the regions that a person wrote.
func (s *inspector) ownLines() string {
	var own []string
	for _, p := range s.found.pieces() {
		if p.kind == loose {
			if text := regionBody(p.text); text != "" {
				own = append(own, text)
			}
		}
	}
	return strings.Join(own, "\n\n")
}
