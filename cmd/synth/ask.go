package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/synth-vault/synth/internal/interview"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// ask interviews in the terminal.
func (a *app) ask(o newOptions, r *request) error {
	plain := o.accessible || a.env("ACCESSIBLE") != "" || a.env("TERM") == "dumb" && a.keyboard
	if !plain && !a.keyboard {
		return fault("no_terminal", "an interview needs a terminal, and this is none",
			"run it in a terminal, or with --accessible to answer in plain lines, or leave --ask out and tick the note in Obsidian")
	}
	words, problems := interview.LoadWords(r.place.content, r.place.settings.Language)
	if len(problems) > 0 {
		return finish(problems, exitFault)
	}
	rec := &recorder{request: r}
	sheet := rec.resume()
	i := interview.New(r.set, words, sheet, o.date, rec.save)
	screen := interview.Screen{In: a.in, Out: a.out, Width: a.drawing("never").Width, Echo: a.keyboard, Visible: visible}
	var err error
	if plain {
		err = interview.Lines(i, screen)
	} else {
		err = interview.Form(i, screen)
	}
	problems = append(rec.close(), unasked(r.model, r.client, r.form.ID)...)
	var p vault.Problem
	if errors.As(err, &p) {
		problems = append(problems, p)
	} else if err != nil {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: "interview_failed", Message: err.Error(),
			Hint: "what was answered is saved; run the command again to go on"})
	}
	view := newView{Questionnaire: r.form.ID, Code: r.code, Asked: true, Total: len(r.form.Questions), Path: vault.Received(rec.path)}
	view.Answered = view.Total - i.Open()
	if rec.madeClient {
		view.Client = vault.Received(r.note.Path)
	}
	if err := a.print(r.place, "new", view); err != nil {
		return err
	}
	return finish(problems, exitDone)
}

// recorder writes an interview's answers into the note, one after the other. It takes the vault's lock with the first:
// to look at a questionnaire and leave it locks nothing, and all answers of an interview are one run of the history.
type recorder struct {
	*request
	path       string // of the note, "" until there is one
	madeClient bool
	session    *vault.Session
	problems   []vault.Problem
}

// resume finds the note to go on with: one that waits, else the newest that an interview left with open questions. What
// came from a form is the respondent's own, and no interview goes on with it.
func (rec *recorder) resume() *questionnaire.Sheet {
	if waiting := rec.waiting(); waiting != nil {
		rec.path = waiting.Note
		return waiting
	}
	if rec.client != nil {
		if latest := rec.client.Latest(rec.form.ID); latest != nil {
			last := latest.Last()
			if rec.left(last) && (rec.head.Date == "" || rec.head.Date == last.Date) {
				rec.path = last.Note
				return last
			}
		}
	}
	return &questionnaire.Sheet{Questionnaire: rec.form.ID}
}

// left reports whether a note is an interview's or was ticked by hand, and leaves questions open.
func (rec *recorder) left(s *questionnaire.Sheet) bool {
	n, ok := rec.place.vault.Note(s.Note)
	if !ok || !s.Source.IsZero() {
		return false
	}
	if id, ok := n.Property("submission_id"); ok && id.Text() != "" {
		return false
	}
	answered := 0
	for _, a := range s.Answers {
		if a.Reason() != "unanswered" {
			answered++
		}
	}
	return answered < len(rec.form.Questions)
}

// tries is how often an answer is written anew when the note changes at that very moment.
const tries = 3

// save writes an entry into the note as it is on disk now, which somebody may have edited since the last one.
func (rec *recorder) save(e questionnaire.Entry) (*questionnaire.Sheet, error) {
	if rec.session == nil {
		session, problems := vault.Begin(rec.place.vault, rec.place.settings.Keep)
		if session == nil {
			return nil, problems[0]
		}
		rec.session, rec.problems = session, append(rec.problems, problems...)
	}
	for attempt := 1; ; attempt++ {
		sheet, problem := rec.write(e)
		if problem == nil {
			return sheet, nil
		}
		if problem.Code != "changed_meanwhile" || attempt == tries {
			return nil, *problem
		}
	}
}

func (rec *recorder) write(e questionnaire.Entry) (*questionnaire.Sheet, *vault.Problem) {
	change, err := rec.current(e)
	if err != nil {
		return nil, &vault.Problem{Path: change.Path, Severity: vault.Error, Code: "answer_unwritable", Message: err.Error(),
			Hint: "write it in Obsidian: the answers before it are saved"}
	}
	changes := []vault.Change{change}
	if rec.path == "" {
		changes = rec.changes(change)
	}
	if problems := rec.session.Apply(rec.code, changes); len(problems) > 0 {
		return nil, &problems[0]
	}
	rec.madeClient = rec.madeClient || len(changes) > 1
	rec.path = change.Path
	sheet, _ := rec.set.ReadSheet(vault.NewNote(change.Path, change.New), rec.form)
	return sheet, nil
}

// current is the change that an entry makes to the note as it is on disk, or to a blank one.
func (rec *recorder) current(e questionnaire.Entry) (vault.Change, error) {
	c := vault.Change{Path: rec.path, Kind: questionnaireKind, Status: vault.Updated}
	before := []byte(nil)
	if rec.path == "" {
		c.Path, c.Status = rec.request.path(e.Date), vault.Created
		before = rec.set.Blank(rec.form, questionnaire.Head{Client: rec.code, Consultant: rec.head.Consultant})
	} else {
		root, err := os.OpenRoot(rec.place.vault.Dir())
		if err != nil {
			return c, err
		}
		defer root.Close()
		if before, err = root.ReadFile(filepath.FromSlash(rec.path)); err != nil {
			return c, err
		}
		c.Old = before
	}
	out, err := rec.set.Enter(vault.NewNote(c.Path, before), rec.form, e)
	c.New = out
	return c, err
}

// close gives the lock back.
func (rec *recorder) close() []vault.Problem {
	if rec.session == nil {
		return rec.problems
	}
	return append(rec.problems, rec.session.Close()...)
}
