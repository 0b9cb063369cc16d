// Package cases reads examples of answers, each with what a model is to make of them, and tries the model on them.
//
// A case says only what it is about: what it does not name is not compared. It knows nothing of how a model comes to its
// verdict, so that it can be worked out by hand before the model is written.
package cases

import (
	"errors"
	"io/fs"
	"path"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// folder holds a file for each domain that has cases.
const folder = "cases"

// Case is one example: some answers, and what is expected of them.
type Case struct {
	ID           string
	File         string // where it stands
	Line, Column int

	engagement *questionnaire.Engagement
	expected   []expectation
}

// expectation is one thing that a case wants to be so.
type expectation struct {
	about string // what is compared, as a failure names it
	want  string
	got   func(verdict) string
}

// Load reads the cases of a model's domains: the file cases/<domain>.yaml, where there is one. Every problem of every
// file is given at once.
func Load(fsys fs.FS, m *assess.Model) ([]Case, []vault.Problem) {
	l := &loader{model: m, seen: map[string]bool{}}
	var problems []vault.Problem
	for _, d := range m.Domains {
		name := File(d.ID)
		if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		root, found := questionnaire.ReadFile(fsys, name)
		if found == nil {
			l.sink = strictyaml.Sink{}
			l.readFile(name, root)
			found = questionnaire.InFile(name, l.sink.Problems())
		}
		problems = append(problems, found...)
	}
	vault.SortProblems(problems)
	return l.cases, problems
}

// File is the name of the file that holds a domain's cases.
func File(domain string) string { return path.Join(folder, domain+".yaml") }

// Reaches lists what the case expects of controls: the ids with their level or state.
func (c *Case) Reaches() map[string]string {
	out := map[string]string{}
	for _, e := range c.expected {
		if id, ok := controlOf(e.about); ok {
			out[id] = e.want
		}
	}
	return out
}
