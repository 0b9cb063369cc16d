package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// typesMerge is what adding types of properties to Obsidian's file makes of it.
type typesMerge struct {
	text   []byte
	added  []string
	differ []string // properties that have another type already; it stays
}

var errNoTypes = errors.New("it is no JSON object with an object of types")

// mergeTypes adds the types that a file does not give yet. Every byte of the file stays: the new entries go behind the
// last of its types. A file that is not there is nil.
func mergeTypes(old []byte, want map[string]string) (typesMerge, error) {
	if old == nil {
		old = []byte("{\n  \"types\": {}\n}\n")
	}
	var found struct {
		Types map[string]any `json:"types"`
	}
	at, err := typesEnd(old)
	if err != nil || json.Unmarshal(old, &found) != nil {
		return typesMerge{}, errNoTypes
	}
	m := typesMerge{text: old}
	var entries []string
	for _, key := range slices.Sorted(maps.Keys(want)) {
		switch is, known := found.Types[key]; {
		case !known:
			m.added = append(m.added, key)
			entries = append(entries, strconv.Quote(key)+": "+strconv.Quote(want[key]))
		case is != want[key]:
			m.differ = append(m.differ, fmt.Sprintf("%s is %v there, and synth would show it as %s", key, is, want[key]))
		}
	}
	if len(entries) > 0 {
		m.text = insertEntries(old, at, entries)
	}
	if !json.Valid(m.text) {
		return typesMerge{}, errNoTypes
	}
	return m, nil
}

// typesEnd finds the bracket that closes the object of types.
func typesEnd(data []byte) (int, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return 0, errNoTypes
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return 0, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return 0, err
		}
		if key == "types" && bytes.HasPrefix(value, []byte("{")) {
			return int(dec.InputOffset()) - 1, nil
		}
	}
	return 0, errNoTypes
}

// insertEntries writes entries before the bracket that closes an object, in the object's own layout.
func insertEntries(data []byte, at int, entries []string) []byte {
	last := len(bytes.TrimRight(data[:at], " \t\r\n"))
	empty := data[last-1] == '{'
	eol := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		eol = "\r\n"
	}
	between := ", "
	if empty || bytes.Contains(data[last:at], []byte("\n")) {
		between = "," + eol + "    "
	}
	text := strings.Join(entries, between)
	if empty {
		return slices.Concat(data[:last], []byte(eol+"    "+text+eol+"  "), data[at:])
	}
	return slices.Concat(data[:last], []byte(between+text), data[last:])
}
