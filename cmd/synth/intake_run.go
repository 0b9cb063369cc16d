package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/synth-vault/synth/internal/intake"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// intaker carries one run of intake. Submissions come one by one and are written in batches, so that any number of them
// takes little memory. What is written is found again by its id: a run that was stopped is completed by the next.
type intaker struct {
	app     *app
	options intakeOptions
	place   *place
	dir     string // the vault's
	set     *questionnaire.Set
	reader  *intake.Intake
	shelf   *shelf
	session *vault.Session
	inbox   map[string]*kept // by its file, of those that were needed
	unfiled *unfiled

	batch []pending
	size  int // bytes of the batch

	count    counts
	notes    []filedNote // what is told of single notes
	unlisted int         // created notes that are not listed
	problems []vault.Problem
	untold   int // problems above what is told
	stopped  bool
}

// counts says what became of the submissions.
type counts struct {
	Received, Created, Unchanged, Different, Spam, Failed, Review, Unfiled int
}

// filedNote is a submission's note as the result tells it.
type filedNote struct {
	path, client, questionnaire, id string
	status                          vault.Status
	differences                     []intake.Difference
}

// pending is a submission that waits to be written, or to be compared with its note.
type pending struct {
	filed  intake.Filed
	inbox  string   // the file of the inbox that keeps its bytes
	path   string   // of the note that is to be written, "" for none
	there  *shelved // the note that there is, nil for none
	note   []byte   // what is to be written
	told   filedNote
	failed *vault.Problem
}

// kept is what a file of the inbox holds.
type kept struct {
	keys    map[[sha256.Size]byte]bool
	headers map[string]bool
	lost    map[string]string // by the submission's id: the path of a note that is not there, or not any more
}

const (
	mostPending = 512
	mostBytes   = 8 << 20
	mostTold    = 200
	mostListed  = 20
)

var errStopped = errors.New("nothing more can be written")

// begin takes the vault's lock.
func (in *intaker) begin() []vault.Problem {
	session, problems := vault.Begin(in.place.vault, in.place.settings.Keep)
	if session == nil {
		return problems
	}
	if len(session.Swept()) > 0 {
		in.told(vault.Problem{Severity: vault.Warning, Code: "interrupted", Message: "an earlier run was interrupted",
			Hint: "synth intake with the same file completes an import, synth build completes a build"})
	}
	in.session = session
	return nil
}

// told keeps problems, as many as anybody reads.
func (in *intaker) told(problems ...vault.Problem) {
	for _, p := range problems {
		if p.Severity == vault.Error {
			in.count.Failed++
		}
		if len(in.problems) >= mostTold {
			in.untold++
			continue
		}
		in.problems = append(in.problems, p)
	}
}

// take files one submission.
func (in *intaker) take(s *intake.Submission) error {
	f, problems := in.reader.File(s)
	in.told(problems...)
	return in.filed(f)
}

func (in *intaker) filed(f intake.Filed) error {
	in.count.Received++
	in.show()
	if f.Review {
		in.count.Review++
	}
	p := pending{filed: f, inbox: inboxFile(f)}
	in.unfiled.settle(p)
	switch {
	case f.Spam:
		in.count.Spam++
		in.told(vault.Problem{Path: f.File, Line: f.Line, Severity: vault.Warning, Code: "spam_skipped",
			Message: "the field that no person sees was filled in: taken for spam", Hint: "its bytes are in the inbox"})
	case f.Sheet != nil:
		in.shelve(&p)
	default:
		in.count.Unfiled++
	}
	in.batch = append(in.batch, p)
	in.size += len(f.Raw)
	if len(in.batch) >= mostPending || in.size >= mostBytes {
		in.flush()
	}
	if in.stopped {
		return errStopped
	}
	return nil
}

// shelve finds the note of a submission, or the place of a new one.
func (in *intaker) shelve(p *pending) {
	f := p.filed
	there, ok := in.shelf.notes[f.ID]
	switch {
	case !ok:
		if problem, isNew := in.shelf.stranger(f); isNew {
			in.told(problem)
		}
		p.path = in.shelf.place(in.reader, f, in.held(p.inbox).lost[f.ID])
	case there.sum == f.Sum:
		in.count.Unchanged++ // it stands twice in what is imported
	case there.client != f.Sheet.Client || there.questionnaire != f.Sheet.Questionnaire:
		in.told(vault.Problem{Path: f.File, Line: f.Line, Severity: vault.Warning, Code: "submission_elsewhere",
			Message: fmt.Sprintf("the submission is %s of %s, and the note %s is %s of %s", f.Sheet.Questionnaire, f.Sheet.Client, there.path, there.questionnaire, there.client),
			Hint:    "the note stays as it is"})
		in.list(filedNote{path: there.path, client: there.client, questionnaire: there.questionnaire, id: f.ID, status: vault.Conflict})
	default:
		if there.sum != "" {
			in.flush() // the note is of this run, and may wait to be written
		}
		p.there = &there
	}
}

// prepare makes the note of a submission, or compares it with the one that there is.
func (in *intaker) prepare(p *pending) {
	f := p.filed
	switch {
	case p.path != "":
		p.note = in.reader.Note(f)
	case p.there != nil:
		p.told, p.failed = in.compare(*p.there, f)
	}
}

// compare looks whether a note still says what its submission said.
func (in *intaker) compare(there shelved, f intake.Filed) (filedNote, *vault.Problem) {
	told := filedNote{path: there.path, client: there.client, questionnaire: there.questionnaire, id: f.ID, status: vault.Unchanged}
	data, err := os.ReadFile(filepath.Join(in.dir, filepath.FromSlash(there.path)))
	switch {
	case err != nil && in.options.dryRun && there.sum != "":
		told.status = vault.Conflict
	case err != nil:
		return told, &vault.Problem{Path: there.path, Severity: vault.Error, Code: "unreadable", Message: "cannot be read: " + cause(err).Error()}
	case !bytes.Equal(data, in.reader.Note(f)):
		sheet, _ := in.set.ReadSheet(vault.NewNote(there.path, data), in.set.Questionnaire(f.Sheet.Questionnaire))
		if told.differences = in.reader.Differences(sheet, f.Sheet); len(told.differences) > 0 {
			told.status = vault.Conflict
		}
	}
	return told, nil
}

// list keeps what is told of a note that is there.
func (in *intaker) list(n filedNote) {
	switch n.status {
	case vault.Conflict:
		in.count.Different++
	case vault.Created:
		in.count.Created++
	default:
		in.count.Unchanged++
		return
	}
	if len(in.notes) >= mostListed && !in.options.json {
		in.unlisted++
		return
	}
	in.notes = append(in.notes, n)
}

// flush writes what waits: the bytes received first, so that whatever has a note is in the inbox.
func (in *intaker) flush() {
	batch := in.batch
	in.batch, in.size = nil, 0
	in.prepareAll(batch)
	for _, p := range batch {
		if p.failed != nil {
			in.told(*p.failed)
		} else if p.there != nil {
			in.list(p.told)
		}
	}
	if in.options.dryRun {
		in.created(batch, nil)
		return
	}
	lines := map[string][]byte{}
	for _, p := range batch {
		in.receive(lines, p)
	}
	if problems := in.session.Receive(lines); len(problems) > 0 {
		in.told(problems...)
		in.stopped = true
		return
	}
	problems := in.session.ApplyAll(owned(batch))
	in.told(problems...)
	in.created(batch, problems)
}

// prepareAll prepares a batch, as much at a time as there are processors: each submission is one's own matter.
func (in *intaker) prepareAll(batch []pending) {
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(2*runtime.GOMAXPROCS(0), len(batch)) {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(batch); i = int(next.Add(1)) - 1 {
				in.prepare(&batch[i])
			}
		})
	}
	running.Wait()
}

// owned gives the new notes of a batch, by client.
func owned(batch []pending) []vault.Owned {
	at := map[string]int{}
	var out []vault.Owned
	for _, p := range batch {
		if p.path == "" {
			continue
		}
		client := p.filed.Sheet.Client
		i, ok := at[client]
		if !ok {
			i = len(out)
			at[client], out = i, append(out, vault.Owned{Owner: client})
		}
		out[i].Changes = append(out[i].Changes, vault.Change{Path: p.path, Kind: questionnaireKind, Status: vault.Created, New: p.note})
	}
	return out
}

// created counts the notes of a batch that were written.
func (in *intaker) created(batch []pending, problems []vault.Problem) {
	failed := map[string]bool{}
	for _, p := range problems {
		failed[p.Path] = true
	}
	for _, p := range batch {
		if p.path != "" && !failed[p.path] {
			sheet := p.filed.Sheet
			in.list(filedNote{path: p.path, client: sheet.Client, questionnaire: sheet.Questionnaire, id: p.filed.ID, status: vault.Created})
		}
	}
}

// end writes what is left and gives the lock back.
func (in *intaker) end() {
	in.flush()
	in.tidy()
	if in.session != nil {
		in.told(in.session.Close()...)
	}
	if in.app.progress && in.count.Received >= everyShown {
		fmt.Fprint(in.app.err, "\r\x1b[K")
	}
	if in.untold > 0 {
		in.problems = append(in.problems, vault.Problem{Severity: vault.Warning, Code: "problems_untold",
			Message: fmt.Sprintf("%d more problems are not listed", in.untold), Hint: "import fewer submissions at a time to see them all"})
	}
}

// everyShown is how many submissions there are between two signs of progress.
const everyShown = 200

// show tells how far a long run is, on a terminal.
func (in *intaker) show() {
	if in.app.progress && in.count.Received%everyShown == 0 {
		fmt.Fprintf(in.app.err, "\r%d submissions, %d notes", in.count.Received, in.count.Created)
	}
}

// status is the exit status that the outcome asks for.
func (in *intaker) status() int {
	switch {
	case in.count.Failed > 0:
		return exitFault
	case in.count.Different > 0, in.count.Review > 0, in.count.Created+in.count.Unchanged == 0:
		return exitNotSo
	}
	return exitDone
}
