package main

import (
	"bytes"
	"slices"

	"github.com/synth-vault/synth/vault"
)

// write is the run's only effect. A vault that nothing is to be written to is not even locked, unless an earlier run
// left something behind.
func (b *builder) write(o buildOptions) {
	if !b.vault.Interrupted() && !b.hasNews() {
		return
	}
	if p, incomplete := b.incomplete(); incomplete {
		b.writeNothing(p)
		return
	}
	session, problems := vault.Begin(b.vault, b.settings.Keep)
	if session == nil {
		b.writeNothing(problems...)
		return
	}
	if len(session.Swept()) > 0 {
		b.problems = append(b.problems, completed(o))
	}
	batch := make([]vault.Owned, len(b.built))
	for i, one := range b.built {
		batch[i] = vault.Owned{Owner: one.report.Engagement.Client.Code, Changes: one.changes}
	}
	problems = session.ApplyAll(batch)
	failed := map[string]bool{}
	for _, p := range problems {
		failed[p.Path] = true
	}
	for _, one := range b.built {
		b.refuse(one, failed)
	}
	b.problems = append(append(b.problems, problems...), session.Close()...)
}

// incomplete tells of a vault with a note or a folder that cannot be read, as when a disk fails or a service has not
// fetched it yet. It may hold answers of any client: without them the notes would be written as if nobody had given them.
func (b *builder) incomplete() (vault.Problem, bool) {
	for _, p := range b.vault.Problems() {
		if p.Severity == vault.Error {
			return vault.Problem{Severity: vault.Error, Code: "vault_incomplete",
				Message: "nothing is written, since not every note can be read",
				Hint:    "make it readable, or name it under ignore: in " + settingsFile}, true
		}
	}
	return vault.Problem{}, false
}

// writeNothing says why no note is written.
func (b *builder) writeNothing(why ...vault.Problem) {
	for _, one := range b.built {
		b.refuse(one, nil)
	}
	b.problems = append(b.problems, why...)
}

// hasNews tells whether any note is to be written.
func (b *builder) hasNews() bool {
	for _, c := range b.changes() {
		if isNews(c) {
			return true
		}
	}
	return false
}

func isNews(c vault.Change) bool {
	return c.Status == vault.Created || !bytes.Equal(c.Old, c.New)
}

// refuse marks a client's notes that could not be written, all of them if none is named, so that no output claims they
// were, nor what would stand in them.
func (b *builder) refuse(one *built, failed map[string]bool) {
	for i, c := range one.changes {
		if isNews(c) && (failed == nil || failed[c.Path]) {
			one.changes[i].Status, one.changes[i].New = vault.Refused, c.Old
			b.problems = slices.DeleteFunc(b.problems, func(p vault.Problem) bool { return slices.Contains(c.Problems, p) })
		}
	}
}

// completed tells that this run makes up for one that was cut short.
func completed(o buildOptions) vault.Problem {
	p := vault.Problem{Severity: vault.Warning, Code: "interrupted", Message: "an earlier run was interrupted and is completed now"}
	if len(o.clients) > 0 {
		p.Message = "an earlier run was interrupted and is completed now for these clients"
		p.Hint = "run synth build without --client to complete it for all"
	}
	return p
}

// change runs what a command does to the vault in a session, and gives all problems of both.
func (p *place) change(do func(*vault.Session) []vault.Problem) []vault.Problem {
	session, problems := vault.Begin(p.vault, p.settings.Keep)
	if session == nil {
		return problems
	}
	if len(session.Swept()) > 0 {
		problems = append(problems, vault.Problem{Severity: vault.Warning, Code: "interrupted",
			Message: "an earlier run was interrupted", Hint: "synth build completes it"})
	}
	problems = append(problems, do(session)...)
	problems = append(problems, session.Close()...)
	vault.SortProblems(problems)
	return problems
}
