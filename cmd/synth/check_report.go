package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/check"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// checkReporter prints findings.
type checkReporter interface {
	add(p vault.Problem)
	end() error
}

// checkDocument is what --json prints.
type checkDocument struct {
	Schema   string           `json:"schema"`
	Problems []result.Problem `json:"problems"`
}

// checkSchema is the name and version of the document.
const checkSchema = "synth/check/v1"

// checkJSON prints the document as the findings come.
type checkJSON struct {
	out  *bufio.Writer // keeps the first error
	one  []byte
	some bool
}

func (r *checkJSON) begin() {
	fmt.Fprintf(r.out, "{\n  \"schema\": %q,\n  \"problems\": [", checkSchema)
}

func (r *checkJSON) add(p vault.Problem) {
	separator := ","
	if !r.some {
		r.begin()
		r.some, separator = true, ""
	}
	r.one = append(append(r.one[:0], separator...), "\n    "...)
	r.one = result.AppendProblem(r.one, p)
	_, _ = r.out.Write(r.one)
}

func (r *checkJSON) end() error {
	if r.some {
		_, _ = r.out.WriteString("\n  ")
	} else {
		r.begin()
	}
	_, _ = r.out.WriteString("]\n}\n")
	return r.out.Flush()
}

// checkSARIF prints the document once all findings are known.
type checkSARIF struct {
	app   *app
	in    check.Input
	found []vault.Problem
}

func (r *checkSARIF) add(p vault.Problem) { r.found = append(r.found, p) }

func (r *checkSARIF) end() error {
	document, err := check.NewSARIF(version, r.in, r.found)
	if err != nil {
		return err
	}
	return r.app.printJSON(document)
}

// shownPerRule is how many findings of a rule are told where nobody asks for all.
const shownPerRule = 10

// checkText is the text that lists findings, note by note.
type checkText struct {
	app     *app
	all     bool
	text    strings.Builder
	note    string         // whose findings stand last
	counts  map[string]int // by code
	notes   map[string]bool
	errors  int
	skipped []string // codes of which not all is told, in order
}

// add tells a finding.
func (r *checkText) add(p vault.Problem) {
	if r.counts == nil {
		r.counts, r.notes = map[string]int{}, map[string]bool{}
	}
	r.counts[p.Code]++
	r.notes[p.Path] = true
	if p.Severity == vault.Error {
		r.errors++
	}
	if !r.all && r.counts[p.Code] > shownPerRule {
		if !slices.Contains(r.skipped, p.Code) {
			r.skipped = append(r.skipped, p.Code)
		}
		return
	}
	if p.Path != r.note || r.text.Len() == 0 {
		if r.text.Len() > 0 {
			r.text.WriteString("\n")
		}
		fmt.Fprintf(&r.text, "%s\n", visible(p.Path))
		r.note = p.Path
	}
	fmt.Fprintf(&r.text, "  %d:%d %s: %s [%s]\n", p.Line, p.Column, p.Severity, visible(p.Message), p.Code)
	if p.Hint != "" {
		fmt.Fprintf(&r.text, "    hint: %s\n", visible(p.Hint))
	}
}

// end tells what was left out, and on a terminal how much was found, and prints it all.
func (r *checkText) end() error {
	slices.Sort(r.skipped)
	for i, code := range r.skipped {
		if i == 0 {
			r.text.WriteString("\n")
		}
		fmt.Fprintf(&r.text, "%s: %d more, see synth check --all\n", code, r.counts[code]-shownPerRule)
	}
	if r.app.terminal {
		r.sum()
	}
	_, err := fmt.Fprint(r.app.out, r.text.String())
	return err
}

// sum tells how much was found.
func (r *checkText) sum() {
	total := 0
	for _, n := range r.counts {
		total += n
	}
	if total == 0 {
		r.text.WriteString("nothing found\n")
		return
	}
	fmt.Fprintf(&r.text, "\n%s in %s: %s, %s\n", counted(total, "finding"), counted(len(r.notes), "file"), counted(r.errors, "error"),
		counted(total-r.errors, "warning"))
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
