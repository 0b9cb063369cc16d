package vault

import (
	"fmt"
	"slices"
	"strings"
)

// mergeHead brings the properties of a generated note up to date. Those that
// only synth writes become what is offered, and so do the others where they
// are what was generated. What a person changed stays: a value, an entry of a
// list, a property or an entry that was removed. The warnings name the values
// that are not written for that reason, the refusal the property that could
// not be changed alone.
func mergeHead(src []byte, found, offered []Property, ending string) (result []byte, warnings []Problem, refusal *Problem) {
	m := headMerger{headEditor: newHeadEditor(src, found, ending), told: make(map[string][]string)}
	if i := m.find(headHashes); i >= 0 {
		m.told = toldHashes(found[i])
	}
	behind := -1
	for _, p := range offered {
		i := m.find(p.Name)
		switch {
		case i >= 0:
			m.merge(i, p)
			behind = i
		case isOwn(p.Name) || !m.knows(p.Name):
			m.add(behind, p)
		}
	}
	for i, p := range found {
		isOffered := slices.ContainsFunc(offered, func(o Property) bool { return o.Name == p.Name })
		if !isOffered && (isOwn(p.Name) || m.knows(p.Name) && m.asTold(p)) {
			m.remove(i)
		}
	}
	result, ok := m.done()
	if !ok {
		return nil, nil, m.unsafe()
	}
	return result, m.warnings, nil
}

// headMerger decides what becomes of each property.
type headMerger struct {
	*headEditor
	told     map[string][]string // the hashes of the values as generated, by name
	warnings []Problem
}

// toldHashes reads synth_head.
func toldHashes(p Property) map[string][]string {
	told := make(map[string][]string)
	for _, v := range p.Values {
		if at := strings.LastIndexByte(v.Text, ':'); at >= 0 {
			told[v.Text[:at]] = append(told[v.Text[:at]], v.Text[at+1:])
		}
	}
	return told
}

func isOwn(name string) bool { return strings.HasPrefix(name, ownPrefix) }

// knows tells whether a property of that name was generated.
func (m *headMerger) knows(name string) bool { return len(m.told[name]) > 0 }

// asTold tells whether a property is as it was generated.
func (m *headMerger) asTold(p Property) bool { return slices.Equal(valueHashes(p), m.told[p.Name]) }

// merge brings a property that stands in the note up to date.
func (m *headMerger) merge(i int, p Property) {
	found := m.properties[i]
	isNew := !slices.Equal(valueHashes(p), m.told[p.Name])
	switch {
	case isOwn(p.Name):
		if !sameProperty(found, p) {
			m.set(i, p)
		}
	case slices.Equal(valueHashes(found), valueHashes(p)):
		// what it says is right, however it is written
	case m.asTold(found):
		m.set(i, p)
	case p.List && (found.List || len(found.Values) == 0):
		m.mergeList(i, p)
	case isNew:
		m.warnings = append(m.warnings, editedProperty(found))
	}
}

// mergeList takes out of an edited list the entries that were generated and
// are no longer offered, and appends those that are new. An entry that was
// generated before and is gone was removed by a person, and stays away.
func (m *headMerger) mergeList(i int, p Property) {
	told, offered := m.told[p.Name], valueHashes(p)
	found := m.properties[i]
	gone := make(map[int]bool)
	var standing []string
	for k, v := range found.Values {
		hash := digest(v.Text, headDigits)
		standing = append(standing, hash)
		if slices.Contains(told, hash) && !slices.Contains(offered, hash) {
			gone[k] = true
		}
	}
	var more []Value
	for _, v := range p.Values {
		if hash := digest(v.Text, headDigits); !slices.Contains(told, hash) && !slices.Contains(standing, hash) {
			more = append(more, v)
		}
	}
	if len(gone)+len(more) > 0 {
		m.change(i, gone, more)
	}
}

func editedProperty(p Property) Problem {
	return Problem{
		Line: p.Line, Column: p.Column, Severity: Warning, Code: "edited_property",
		Message: fmt.Sprintf("the property %q was edited by hand, so its new value is not written", p.Name),
		Hint:    "to have the new value, delete the property and its entry in " + headHashes,
	}
}

// unsafe tells which property could not be changed without touching others.
func (m *headMerger) unsafe() *Problem {
	p := Problem{
		Line: 1, Severity: Warning, Code: "head_unsafe",
		Message: "the properties cannot be changed without touching what stands around them",
		Hint:    `write each property on a line of its own, as "name: value", comments above it`,
	}
	if m.stuck != nil {
		p.Line, p.Column = m.stuck.Line, m.stuck.Column
		p.Message = fmt.Sprintf("the property %q cannot be changed without touching what stands around it", m.stuck.Name)
	}
	return &p
}
