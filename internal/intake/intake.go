// Package intake turns what forms deliver into answers, safely and once.
//
// [Intake.Read] takes a file in any of the shapes that forms deliver (CSV, JSON, a webhook's payload, a pasted mail)
// and gives its submissions one by one, with their exact bytes. [Intake.File] decides which questionnaire and which
// client a submission is of, what day it came and what identifies it, and makes a sheet of typed answers. [Intake.Note]
// writes the sheet as a note, and [Intake.Differences] tells what a note says otherwise. Nothing is dropped: what fits
// no question is a remark, and what is no answer stays in the bytes as received, which [Record] keeps.
//
// The package is pure: it reads what it is given and writes nothing.
package intake

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// Form is what a form on the Internet is, as the settings say.
type Form struct{ Questionnaire, Client string }

// Options is what is known beside what the submissions say themselves.
type Options struct {
	Forms         map[string]Form // by the hash in a form's address
	Questionnaire string          // of every submission, empty where they say it
	Client        string          // likewise
	Date          string          // the day they came, YYYY-MM-DD, where they do not say it
	Paste         bool            // take the input for lines "field: value"
}

// Kind is the shape in which a submission was delivered.
type Kind string

// The shapes.
const (
	CSV   Kind = "csv"
	JSON  Kind = "json"
	Paste Kind = "text"
)

// Submission is what one respondent sent, as delivered.
type Submission struct {
	File   string // the name of what it was read from
	Line   int    // where it begins, from 1
	Row    int    // of a table, from 1 without its header; 0 elsewhere
	Kind   Kind
	Tool   string // the tool that delivered it, where its shape tells
	Form   string // the form's hash, empty where nothing tells
	Fields []Field
	Header []byte // the table's header as received
	Raw    []byte // as received
}

// Field is one named value, or several where a question was answered several times.
type Field struct {
	Name   string
	Values []string
	Line   int // where the value stands, 0 where that is not known
	Column int
}

// Intake reads submissions for one catalogue.
type Intake struct {
	set     *questionnaire.Set
	options Options
	plans   map[string]*plan     // by questionnaire
	known   map[string]fieldKind // every name that some questionnaire or every form knows, folded
	told    map[string]bool      // what is told once a file
}

// New prepares to read submissions. The questionnaire and the client of the options must be valid.
func New(set *questionnaire.Set, o Options) *Intake {
	in := &Intake{set: set, options: o, plans: map[string]*plan{}, known: map[string]fieldKind{}, told: map[string]bool{}}
	maps.Copy(in.known, reserved())
	for _, q := range set.Questionnaires {
		p := newPlan(set, q)
		in.plans[q.ID] = p
		for name := range p.questions {
			if _, taken := in.known[name]; !taken {
				in.known[name] = question
			}
		}
	}
	return in
}

// knows tells whether a column of that name means something in some questionnaire.
func (in *Intake) knows(name string) bool {
	if strings.HasPrefix(name, "_") {
		return true
	}
	folded := questionnaire.Fold(name)
	if _, ok := in.known[folded]; ok {
		return true
	}
	for _, p := range in.plans {
		if p.column(name).kind != unknown {
			return true
		}
	}
	return false
}

// problem is one at a submission.
func (s *Submission) problem(severity vault.Severity, code, message, hint string) vault.Problem {
	if s.Row > 0 {
		message = "row " + strconv.Itoa(s.Row) + ": " + message
	}
	return vault.Problem{Path: s.File, Line: s.Line, Column: 1, Severity: severity, Code: code, Message: message, Hint: hint}
}

// at is a problem at one of a submission's fields.
func (s *Submission) at(f Field, code, message, hint string) vault.Problem {
	p := s.problem(vault.Warning, code, "column "+shown(f.Name)+": "+message, hint)
	if f.Line > 0 {
		p.Line, p.Column = f.Line, max(s.codePoints(f), 1)
	}
	return p
}

// codePoints gives a field's column as problems count it: a table's reader counts bytes.
func (s *Submission) codePoints(f Field) int {
	lines := bytes.Split(bytes.TrimLeft(s.Raw, "\r\n"), []byte("\n"))
	if at := f.Line - s.Line; s.Kind == CSV && at >= 0 && at < len(lines) && f.Column-1 <= len(lines[at]) {
		return 1 + utf8.RuneCount(lines[at][:max(f.Column-1, 0)])
	}
	return f.Column
}

// once tells whether something is told for the first time of a file.
func (in *Intake) once(file, what string) bool {
	key := file + "\x00" + what
	first := !in.told[key]
	in.told[key] = true
	return first
}

// mostShown bounds what a message quotes of a text from outside.
const mostShown = 80

// shown quotes a text from outside in a message.
func shown(s string) string {
	if runes := []rune(s); len(runes) > mostShown {
		s = string(runes[:mostShown]) + "…"
	}
	return strconv.QuoteToGraphic(s)
}

// didYouMean names the known word nearest to one that is not known.
func didYouMean(word string, known []string, otherwise string) string {
	if len(word) > 4*mostShown {
		return otherwise
	}
	if near := strictyaml.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %s?", shown(near))
	}
	return otherwise
}

// questionnaireIDs lists the ids in the model's order.
func (in *Intake) questionnaireIDs() []string {
	ids := make([]string, len(in.set.Questionnaires))
	for i, q := range in.set.Questionnaires {
		ids[i] = q.ID
	}
	return slices.Clone(ids)
}
