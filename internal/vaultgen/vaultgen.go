// Package vaultgen writes a deterministic vault of ordinary notes, for benchmarks and scale.
//
// The notes are what synth must carry and leave alone: minutes and records with properties, tags, links, tables,
// callouts and code, and the questionnaires of other people's forms, whose category is none of synth's. What a
// benchmark builds, it lays over them itself.
package vaultgen

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// The sizes of notes, in bytes, are log-normal: half of the notes are smaller than the median, one in six is over e
// times as large.
const (
	medianSize  = 1500
	leastSize   = 120
	mostSize    = 200_000
	leastSheet  = 900 // a questionnaire is never shorter
	perClient   = 80  // notes for each client's folder
	sheetShare  = 12  // percent of the notes that are questionnaires
	recordShare = 60  // percent that lie outside of the clients' folders
)

//go:embed words.txt
var wordList string

// Write fills a folder, which it makes where there is none, with that many notes below the folders Clients and Notes.
// The same number and seed give the same files, byte for byte. The error is the system's.
func Write(dir string, notes int, seed uint64) error {
	w := &writer{random: rand.New(rand.NewPCG(seed, uint64(notes))), words: readWords()}
	for i := range notes {
		w.plan(i, notes)
	}
	for _, p := range w.planned {
		w.text.Reset()
		w.write(p)
		name := filepath.Join(dir, p.folder, p.title+".md")
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, w.text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return os.MkdirAll(filepath.Join(dir, ".obsidian"), 0o755)
}

// readWords reads the list of words: a kind in brackets, then its words, one a line.
func readWords() map[string][]string {
	words := map[string][]string{}
	kind := ""
	for line := range strings.Lines(wordList) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok && !strings.HasPrefix(name, "[") {
			kind = strings.TrimSuffix(name, "]")
			continue
		}
		words[kind] = append(words[kind], line)
	}
	return words
}

// writer makes one vault: all names first, so that notes can link to any other, then their texts in the same order.
type writer struct {
	random  *rand.Rand
	words   map[string][]string
	planned []planned
	text    bytes.Buffer // of the note at hand
}

// planned is a note before its text is made.
type planned struct {
	folder, title, client string
	size                  int  // in bytes, at least
	sheet                 bool // a questionnaire
}

func (w *writer) plan(i, notes int) {
	client := w.random.IntN(max(4, notes/perClient))
	names := w.words["client"]
	p := planned{client: fmt.Sprintf("%s %03d", names[client%len(names)], client), size: w.size()}
	switch share := w.random.IntN(100); {
	case share < sheetShare:
		p.sheet, p.size = true, max(p.size, leastSheet)
		p.title = fmt.Sprintf("%s %s %05d", w.any("sheet"), w.any("theme"), i)
		p.folder = filepath.Join("Clients", p.client, "Questionnaires")
	case share < sheetShare+recordShare:
		p.title = fmt.Sprintf("%s %s %s %05d", w.any("note"), w.any("word"), w.any("word"), i)
		p.folder = filepath.Join("Notes", fmt.Sprintf("%02d", i%31), fmt.Sprintf("%02d", i/31%12))
	default:
		p.title = fmt.Sprintf("%s %s %05d", w.any("minutes"), w.any("word"), i)
		p.folder = filepath.Join("Clients", p.client)
	}
	if w.random.IntN(12) == 0 {
		p.title = "📋 " + p.title
	}
	w.planned = append(w.planned, p)
}

func (w *writer) size() int {
	return min(max(int(medianSize*math.Exp(w.random.NormFloat64())), leastSize), mostSize)
}

// any gives one of the words of a kind.
func (w *writer) any(kind string) string {
	words := w.words[kind]
	return words[w.random.IntN(len(words))]
}

func (w *writer) addf(format string, args ...any) { fmt.Fprintf(&w.text, format, args...) }

// day gives a date of the years 2021 to 2026.
func (w *writer) day() string {
	return fmt.Sprintf("%d-%02d-%02d", 2021+w.random.IntN(6), 1+w.random.IntN(12), 1+w.random.IntN(28))
}

// link gives the inside of a wikilink to a note of the vault, or to a place in it.
func (w *writer) link() string {
	title := w.planned[w.random.IntN(len(w.planned))].title
	switch w.random.IntN(6) {
	case 0:
		return title + "|" + w.any("word")
	case 1:
		return fmt.Sprintf("%s#%s %d", title, w.any("section"), 1+w.random.IntN(4))
	case 2:
		return fmt.Sprintf("%s#^b%04d", title, w.random.IntN(10_000))
	}
	return title
}
