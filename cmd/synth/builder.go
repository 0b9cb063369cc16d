package main

import (
	"errors"
	"sync"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// builder carries one run of build from the notes to the notes. Every step but write is a function of the vault's and
// the catalogue's bytes.
type builder struct {
	settings settings
	vault    *vault.Vault
	model    *assess.Model
	composer *compose.Composer
	places   *compose.Places
	built    []*built
	problems []vault.Problem
}

// built is one client's way through the run.
type built struct {
	report  *assess.Report
	tasks   compose.Tasks // of the roadmap as it stands
	roadmap *plan.Roadmap
	chosen  bool // named by the flags, or no client is; and the roadmap can be read
	unread  []vault.Problem
	drafts  []vault.Draft
	changes []vault.Change
}

// open reads the vault's settings, its catalogue and the heads of its notes.
func (a *app) open(args []string) (*builder, error) {
	p, err := a.find(args)
	if err != nil {
		return nil, err
	}
	return p.builder()
}

// builder reads the catalogue and the notes of a vault whose settings are known.
func (p *place) builder() (*builder, error) {
	b := &builder{settings: p.settings}
	var content []vault.Problem
	var loading sync.WaitGroup
	loading.Go(func() { content = b.load(p) }) // while the disk is busy with the notes
	err := p.read()
	loading.Wait()
	if err != nil {
		return nil, err
	}
	if len(content) > 0 {
		return nil, finish(content, exitFault)
	}
	b.vault, b.problems = p.vault, p.vault.Problems()
	return b, nil
}

// load reads the catalogue.
func (b *builder) load(p *place) []vault.Problem {
	var problems, more []vault.Problem
	b.model, problems = assess.Load(p.content, p.settings.Language)
	b.composer, more = compose.Load(p.content, p.settings.Language)
	return unique(append(problems, more...))
}

// unique drops a problem that two packages report of one file which both read, and sorts the rest.
func unique(problems []vault.Problem) []vault.Problem {
	seen := map[vault.Problem]bool{}
	var out []vault.Problem
	for _, p := range problems {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	vault.SortProblems(out)
	return out
}

// assess judges every client that can be judged.
func (b *builder) assess(o buildOptions) error {
	engagements, problems := b.model.Set.Read(b.vault)
	b.problems = append(b.problems, problems...)
	chosen, err := o.choose(engagements)
	if err != nil {
		b.problems = append(b.problems, err.(*outcome).problems...)
		vault.SortProblems(b.problems)
		return finish(b.problems, exitFault)
	}
	return b.assessAll(engagements, chosen, o)
}

// assessAll judges clients. Those that are not chosen only count where names of notes are chosen.
func (b *builder) assessAll(engagements []*questionnaire.Engagement, chosen map[string]bool, o buildOptions) error {
	b.built = make([]*built, len(engagements))
	err := each(len(engagements), func(i int) (err error) {
		one := &built{chosen: chosen[engagements[i].Client.Code]}
		one.report, err = b.model.Assess(engagements[i])
		b.built[i] = one
		return err
	})
	if err != nil {
		return fault("assess_failed", err.Error(), "")
	}
	var aged []vault.Problem
	for _, one := range b.built {
		b.problems = append(b.problems, one.report.Problems()...)
		aged = append(aged, one.report.Aged(asOf(o, one.report.Engagement))...)
	}
	b.problems = append(b.problems, unique(aged)...)
	return nil
}

// plan chooses every note's name, reads back what the roadmaps say by now, and orders the actions of every client.
func (b *builder) plan(o buildOptions) error {
	var reports []*assess.Report
	for _, one := range b.built {
		reports = append(reports, one.report)
	}
	var err error
	if b.places, err = b.composer.Place(compose.Find(b.vault), reports, b.settings.Folders); err != nil {
		return fault("compose_failed", err.Error(), "")
	}
	b.problems = append(b.problems, b.places.Problems()...)
	ids := b.actionIDs()
	err = each(len(b.built), func(i int) error { return b.built[i].plan(b.places, ids, o) })
	for _, one := range b.built {
		b.problems = append(b.problems, one.unread...)
	}
	return err
}

// actionIDs lists the ids of the model's actions.
func (b *builder) actionIDs() []string {
	ids := make([]string, len(b.model.Actions))
	for i, a := range b.model.Actions {
		ids[i] = a.ID
	}
	return ids
}

// plan orders the actions of a client that is chosen.
func (one *built) plan(places *compose.Places, ids []string, o buildOptions) (err error) {
	if !one.chosen {
		return nil
	}
	if one.tasks, err = places.Tasks(one.report.Engagement.Client.Code); err != nil {
		one.leave(err)
		return nil
	}
	if one.roadmap, err = plan.Build(one.report, one.tasks.Statuses(ids), asOf(o, one.report.Engagement)); err != nil {
		return fault("plan_failed", err.Error(), "")
	}
	one.tasks.Reschedule(one.roadmap)
	return nil
}

// leave gives up a client whose roadmap cannot be read: what it says by now would be lost.
func (one *built) leave(err error) {
	p := vault.Problem{Severity: vault.Error, Code: "roadmap_unreadable", Message: err.Error()}
	errors.As(err, &p)
	p.Severity = vault.Error
	if p.Hint == "" {
		p.Hint = "the ticks in the roadmap are needed: make the note smaller, or move it out of the vault"
	}
	one.unread, one.chosen = []vault.Problem{p}, false
}

// asOf is the day that due dates count from.
func asOf(o buildOptions, e *questionnaire.Engagement) string {
	switch {
	case o.asOf != "":
		return o.asOf
	case e.Client.AsOf != "":
		return e.Client.AsOf
	}
	return e.Newest()
}

// draft writes the texts of the chosen clients.
func (b *builder) draft() error {
	err := each(len(b.built), func(i int) (err error) {
		if one := b.built[i]; one.chosen {
			one.drafts, err = b.composer.Notes(b.places, one.report, one.roadmap, one.tasks)
		}
		return err
	})
	if err != nil {
		return fault("compose_failed", err.Error(), "")
	}
	return nil
}

// compose writes the texts of the chosen clients and compares them with the disk.
func (b *builder) compose() error {
	if err := b.draft(); err != nil {
		return err
	}
	_ = each(len(b.built), func(i int) error { // comparing does not fail: what cannot be read is refused
		b.built[i].changes = vault.Diff(b.vault, b.built[i].drafts)
		return nil
	})
	for _, c := range b.changes() {
		b.problems = append(b.problems, c.Problems...)
	}
	return nil
}

// changes lists what becomes of every note, client by client.
func (b *builder) changes() []vault.Change {
	var out []vault.Change
	for _, one := range b.built {
		out = append(out, one.changes...)
	}
	return out
}

// status is the exit status that the notes ask for.
func (b *builder) status(o buildOptions) int {
	for _, c := range b.changes() {
		switch c.Status {
		case vault.Conflict, vault.Refused:
			return exitNotSo
		case vault.Created, vault.Updated:
			if o.check {
				return exitNotSo
			}
		}
	}
	return exitDone
}

// document is the run's result as every output reads it.
func (b *builder) document() result.Document {
	d := result.NewDocument(b.model, b.problems)
	for _, one := range b.built {
		if one.chosen {
			d.Clients = append(d.Clients, result.New(one.report, one.roadmap, one.changes))
		}
	}
	return d
}
