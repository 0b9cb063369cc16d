package main

import (
	"context"
	"time"

	"github.com/fsnotify/fsnotify"
)

// debounce tells when a burst of events is over: when none has come for a while, or when it has lasted too long.
type debounce struct {
	quiet, most time.Duration
	first       time.Time // when the burst began; zero between bursts
}

// wait takes an event that comes now, and gives how long to wait for the next one.
func (d *debounce) wait(now time.Time) time.Duration {
	if d.first.IsZero() {
		d.first = now
	}
	return max(0, min(d.quiet, d.most-now.Sub(d.first)))
}

// over ends the burst.
func (d *debounce) over() { d.first = time.Time{} }

// rounds calls next once for each burst of events that count.
type rounds struct {
	events <-chan fsnotify.Event
	errors <-chan error
	calm   debounce
	counts func(fsnotify.Event) bool
	lost   func(error) error // of the watch itself: nil to go on with another round
	next   func() error
}

// run goes on until the context ends or something fails. It hears no event while next runs: those wait, and what next
// itself writes is known by then.
func (r *rounds) run(ctx context.Context) error {
	timer := time.NewTimer(r.calm.quiet)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-r.events:
			if r.counts(e) {
				timer.Reset(r.calm.wait(time.Now()))
			}
		case err := <-r.errors:
			if err := r.lost(err); err != nil {
				return err
			}
			timer.Reset(r.calm.wait(time.Now()))
		case <-timer.C:
			r.calm.over()
			if err := r.next(); err != nil {
				return err
			}
		}
	}
}
