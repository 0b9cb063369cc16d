package vault

import (
	"slices"
	"strings"
)

// merger brings the body of a generated note up to date, region by region.
type merger struct {
	draft   Draft
	ending  string
	offered map[string]Region
	pieces  []piece
}

// mergeBody gives a body that holds the draft's texts where nobody edited the
// regions, and all that a person wrote where somebody did.
func mergeBody(g *generated, draft Draft, ending string) []byte {
	m := &merger{draft: draft, ending: ending, offered: make(map[string]Region), pieces: g.pieces()}
	for _, r := range draft.Regions {
		m.offered[r.ID] = r
	}
	var standing []string
	for _, p := range m.pieces {
		if p.kind == region {
			standing = append(standing, p.id)
		}
	}
	for _, id := range standing {
		if base, isProposal := proposed(id); !isProposal {
			m.settle(id)
		} else if !slices.Contains(standing, base) {
			m.closeProposal(base)
		}
	}
	m.insertNew(g.listed())
	return joinPieces(m.pieces)
}

// find gives the place of a region among the pieces, or -1.
func (m *merger) find(id string) int {
	return slices.IndexFunc(m.pieces, func(p piece) bool { return p.kind == region && p.id == id })
}

// settle decides what becomes of a region that stands in the note.
func (m *merger) settle(id string) {
	i := m.find(id)
	p := &m.pieces[i]
	offer, isOffered := m.offered[id]
	if !isOffered {
		m.closeProposal(id)
		if p = &m.pieces[m.find(id)]; p.asGenerated() {
			m.drop(id)
			m.unlist(id)
		}
		return
	}
	hash, standing := offer.hash(), p.standing()
	isOpen := m.find(id+proposalSuffix) >= 0
	switch {
	case standing == p.hash || p.isBlank() && isOpen:
		if standing != hash {
			p.write(offer, m.ending)
		}
		p.mark(hash)
		m.closeProposal(id)
	case standing == hash:
		p.mark(hash)
		m.closeProposal(id)
	case p.hash == hash:
		// settled, or waiting for the person
	case p.isBlank():
		p.mark(hash)
	default:
		p.mark(hash)
		m.closeProposal(id)
		m.insert(m.find(id)+1, newRegion(proposal(m.draft.Proposal, offer), m.ending))
	}
}

// closeProposal takes a region's proposal away. Where a person has edited it,
// only its markers go.
func (m *merger) closeProposal(id string) {
	i := m.find(id + proposalSuffix)
	if i < 0 {
		return
	}
	if m.pieces[i].asGenerated() {
		m.drop(id + proposalSuffix)
		return
	}
	m.pieces[i] = piece{text: m.pieces[i].text}
}

// drop takes a region away, with the blank line before it.
func (m *merger) drop(id string) {
	i := m.find(id)
	if i > 0 && m.pieces[i-1].kind == loose {
		m.pieces[i-1].dropLastBlank()
	}
	m.pieces = slices.Delete(m.pieces, i, i+1)
}

// insert puts a region behind another piece, with a blank line before it.
func (m *merger) insert(at int, p piece) {
	blank := piece{text: m.ending}
	if before := &m.pieces[at-1]; before.kind == region && !endsLine(before.end) {
		before.end += m.ending
	}
	m.pieces = slices.Insert(m.pieces, at, blank, p)
}

func endsLine(line string) bool { return strings.HasSuffix(line, "\n") }

// insertNew writes the regions that the note has never had, each behind the
// one that comes before it in the draft.
func (m *merger) insertNew(listed []string) {
	before := ""
	for _, r := range m.draft.Regions {
		if !slices.Contains(listed, r.ID) {
			m.insertBehind(before, newRegion(r, m.ending))
			m.enlist(r.ID)
		}
		if m.find(r.ID) >= 0 {
			before = r.ID
		}
	}
}

// insertBehind puts a region behind another and its proposal, or before the
// first and the list.
func (m *merger) insertBehind(before string, p piece) {
	if before == "" {
		first := slices.IndexFunc(m.pieces, func(p piece) bool { return p.kind != loose })
		m.pieces = slices.Insert(m.pieces, first, p, piece{text: m.ending})
		return
	}
	at := m.find(before) + 1
	if next := m.find(before + proposalSuffix); next == at+1 && m.pieces[at].isBlank() {
		at = next + 1
	}
	m.insert(at, p)
}

func (m *merger) listPiece() *piece {
	return &m.pieces[slices.IndexFunc(m.pieces, func(p piece) bool { return p.kind == regionList })]
}

// enlist adds an id to the list of regions, behind the one that comes before
// it in the draft.
func (m *merger) enlist(id string) {
	list := m.listPiece()
	at := 0
	for _, r := range m.draft.Regions {
		if r.ID == id {
			break
		}
		if i := slices.Index(list.ids, r.ID); i >= 0 {
			at = i + 1
		}
	}
	list.list(slices.Insert(slices.Clone(list.ids), at, id))
}

func (m *merger) unlist(id string) {
	list := m.listPiece()
	list.list(slices.DeleteFunc(slices.Clone(list.ids), func(other string) bool { return other == id }))
}
