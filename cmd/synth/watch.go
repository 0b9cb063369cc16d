package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"time"

	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/vault"
)

// A burst of changes is over when nothing has happened for watchQuiet; a sync that goes on longer than watchMost is
// built in between.
const (
	watchQuiet = 300 * time.Millisecond
	watchMost  = 3 * time.Second
)

// watcher builds a vault again and again.
type watcher struct {
	app     *app
	options buildOptions
	folders *watched

	round  int
	told   map[vault.Problem]bool // in the last round
	status int                    // of the last round
}

// roundView is what the line of a round can reach.
type roundView struct {
	Ready, Failed                       bool // it is about to wait; the round could not be done
	Round                               int
	Created, Updated, Conflict, Refused int
	Problems                            int
}

// watch builds, and builds again whenever something changes, until the context ends. It ends with the status of the
// last build.
func (a *app) watch(ctx context.Context, o buildOptions, args []string) error {
	if err := o.valid(); err != nil {
		return err
	}
	dir := a.findVault(args)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fault("vault_unreadable", dir+" is no folder", "name the vault's folder: synth build --watch FOLDER")
	}
	folders, err := newWatched(dir)
	if err != nil {
		return err
	}
	defer folders.fs.Close()
	w := &watcher{app: a, options: o, folders: folders}
	if err := w.next(); err != nil {
		return err
	}
	if err := w.line(roundView{Ready: true}); err != nil {
		return err
	}
	loop := &rounds{events: folders.fs.Events, errors: folders.fs.Errors, calm: debounce{quiet: watchQuiet, most: watchMost},
		counts: folders.counts, lost: folders.lost, next: w.next}
	if err := loop.run(ctx); err != nil {
		return err
	}
	if w.status == exitDone {
		return nil
	}
	return &outcome{status: w.status, shown: true}
}

// line prints a line in the words of the vault's catalogue, or in the shipped ones while those cannot be read.
func (w *watcher) line(view roundView) error {
	s := w.folders.settings
	var text string
	content, err := s.content(w.folders.dir)
	if err == nil {
		text, err = compose.Plain(content, s.Language, "watch", view)
	}
	if err != nil {
		if text, err = compose.Plain(catalog.Shipped(), defaultLanguage, "watch", view); err != nil {
			return fault("template_invalid", err.Error(), "")
		}
	}
	_, err = fmt.Fprintln(w.app.out, strings.TrimSpace(text))
	return err
}

// next builds once. What is wrong with the vault does not end the watch; that it cannot be watched does.
func (w *watcher) next() error {
	w.round++
	s, problems := readSettings(w.folders.dir)
	if len(problems) > 0 {
		s = w.folders.settings // those of before, until they can be read again
	}
	if err := w.folders.sync(s); err != nil {
		return err
	}
	b, err := w.app.rebuild(w.options, w.folders.dir, nil)
	if err != nil {
		var out *outcome
		if !errors.As(err, &out) {
			return err
		}
		w.status = out.status
		before := w.told
		w.tell(out.problems)
		maps.Copy(w.told, before) // they are not gone: nobody looked
		return w.line(roundView{Failed: true, Round: w.round, Problems: len(out.problems)})
	}
	w.folders.keep(b.changes())
	w.status = exitDone
	var out *outcome
	if errors.As(finish(b.problems, b.status(w.options)), &out) {
		w.status = out.status
	}
	w.tell(b.problems)
	if w.round == 1 {
		return w.app.show(b, w.options)
	}
	return w.line(w.view(b))
}

// view counts what became of the notes.
func (w *watcher) view(b *builder) roundView {
	v := roundView{Round: w.round, Problems: len(b.problems)}
	for _, c := range b.changes() {
		switch c.Status {
		case vault.Created:
			v.Created++
		case vault.Updated:
			v.Updated++
		case vault.Conflict:
			v.Conflict++
		case vault.Refused:
			v.Refused++
		}
	}
	return v
}

// tell prints the problems that the round before did not have.
func (w *watcher) tell(problems []vault.Problem) {
	now := make(map[vault.Problem]bool, len(problems))
	for _, p := range problems {
		if now[p] = true; !w.told[p] {
			w.app.printProblem(p)
		}
	}
	w.told = now
}
