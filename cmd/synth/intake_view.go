package main

import (
	"encoding/json"
	"path"

	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// intakeView is what the screen of intake can reach. What a form sent is untrusted.
type intakeView struct {
	DryRun bool
	Again  bool
	Inbox  vault.Untrusted // the folder of what could not be filed, zero where nothing was kept
	Counts counts
	Notes  []filedView
	More   int
}

type filedView struct {
	Path        vault.Untrusted
	Status      vault.Status
	Differences []differenceView
}

type differenceView struct {
	Question   string
	Note, Form vault.Untrusted
}

func (in *intaker) view() intakeView {
	v := intakeView{DryRun: in.options.dryRun, Again: in.options.again, Counts: in.count, More: in.unlisted}
	if !in.options.dryRun && !in.stopped {
		v.Inbox = vault.Received(path.Join(inboxFolder, unfiledFolder))
	}
	for _, n := range in.notes {
		one := filedView{Path: vault.Received(n.path), Status: n.status}
		for _, d := range n.differences {
			one.Differences = append(one.Differences, differenceView{vault.Escape(d.Question), d.Note, d.Form})
		}
		v.Notes = append(v.Notes, one)
	}
	return v
}

// intakeSchema names the form of the JSON document that intake prints.
const intakeSchema = "synth/intake/v1"

// intakeDocument is the result as JSON. schemas/intake.schema.json describes it.
type intakeDocument struct {
	Schema   string           `json:"schema"`
	DryRun   bool             `json:"dry_run"`
	Counts   intakeCounts     `json:"counts"`
	Notes    []intakeNote     `json:"notes"`
	Problems []result.Problem `json:"problems"`
}

type intakeCounts struct {
	Received  int `json:"received"`
	Created   int `json:"created"`
	Unchanged int `json:"unchanged"`
	Different int `json:"different"`
	Spam      int `json:"spam"`
	Review    int `json:"review"`
	Unfiled   int `json:"unfiled"`
}

type intakeNote struct {
	Path          string             `json:"path"`
	Client        string             `json:"client"`
	Questionnaire string             `json:"questionnaire"`
	SubmissionID  string             `json:"submission_id"`
	Status        vault.Status       `json:"status"`
	Differences   []intakeDifference `json:"differences"`
}

type intakeDifference struct {
	Question string `json:"question"`
	Note     string `json:"note"`
	Form     string `json:"form"`
}

// printIntake prints the one document that --json gives: the notes that are new or differ, by their order in the files.
func (a *app) printIntake(in *intaker) error {
	c := in.count
	d := intakeDocument{Schema: intakeSchema, DryRun: in.options.dryRun, Notes: []intakeNote{},
		Counts:   intakeCounts{c.Received, c.Created, c.Unchanged, c.Different, c.Spam, c.Review, c.Unfiled},
		Problems: result.NewDocument(nil, in.problems).Problems}
	for _, n := range in.notes {
		note := intakeNote{n.path, n.client, n.questionnaire, n.id, n.status, []intakeDifference{}}
		for _, x := range n.differences {
			note.Differences = append(note.Differences, intakeDifference{x.Question, vault.Raw(x.Note), vault.Raw(x.Form)})
		}
		d.Notes = append(d.Notes, note)
	}
	encoder := json.NewEncoder(a.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}
