package vault

import (
	"slices"
	"strings"
)

// piece is a part of a generated note's body as it is merged: a region with
// its markers, the list of regions, or what stands between those.
type piece struct {
	kind             pieceKind
	id               string // of the region
	hash             string // that its marker carries
	begin, text, end string // of the region; the others have a text only
	ids              []string
}

type pieceKind uint8

const (
	loose pieceKind = iota // a person's own, and blank lines
	region
	regionList
)

// pieces gives the body's pieces. Their bytes, joined, are the body, if it
// was cut without a problem.
func (g *generated) pieces() []piece {
	var pieces []piece
	for _, p := range g.parts {
		last := len(pieces) - 1
		switch p.kind {
		case between:
			pieces = append(pieces, piece{text: p.source})
		case listLine:
			pieces = append(pieces, piece{kind: regionList, text: p.source, ids: p.ids})
		case beginLine:
			pieces = append(pieces, piece{kind: region, id: p.id, hash: p.hash, begin: p.source})
		case regionText:
			pieces[last].text = p.source
		case endLine:
			pieces[last].end = p.source
		}
	}
	return pieces
}

func joinPieces(pieces []piece) []byte {
	size := 0
	for _, p := range pieces {
		size += len(p.begin) + len(p.text) + len(p.end)
	}
	b := make([]byte, 0, size)
	for _, p := range pieces {
		b = append(append(append(b, p.begin...), p.text...), p.end...)
	}
	return b
}

// newRegion gives a region as it is generated.
func newRegion(r Region, ending string) piece {
	source := withEnding(string(appendRegion(nil, r)), ending)
	first := strings.IndexByte(source, '\n') + 1
	last := strings.LastIndexByte(source[:len(source)-1], '\n') + 1
	return piece{
		kind: region, id: r.ID, hash: r.hash(),
		begin: source[:first], text: source[first:last], end: source[last:],
	}
}

// write gives a region another text, as newRegion lays it out, without its
// marker's hash.
func (p *piece) write(r Region, ending string) {
	p.text = ending
	if body := regionBody(r.Text); body != "" {
		p.text = ending + withEnding(body, ending) + ending + ending
	}
}

// mark gives a region's marker another hash.
func (p *piece) mark(hash string) {
	p.begin = strings.Replace(p.begin, p.hash, hash, 1)
	p.hash = hash
}

// standing gives the hash of the region's text as it stands.
func (p piece) standing() string { return Region{Text: p.text}.hash() }

// asGenerated tells whether the region's text is what its marker says.
func (p piece) asGenerated() bool { return p.standing() == p.hash }

func (p piece) isBlank() bool { return strings.TrimSpace(p.text) == "" }

// list gives the list of regions other ids.
func (p *piece) list(ids []string) {
	if slices.Equal(p.ids, ids) {
		return
	}
	p.text = strings.Replace(p.text, strings.TrimSpace(p.text), listMarker(ids), 1)
	p.ids = ids
}

// dropLastBlank takes the last line away if it is blank.
func (p *piece) dropLastBlank() {
	lines := strings.SplitAfter(p.text, "\n")
	if n := len(lines); n > 1 && lines[n-1] == "" && strings.TrimSpace(lines[n-2]) == "" {
		p.text = strings.Join(lines[:n-2], "")
	}
}
