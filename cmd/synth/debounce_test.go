package main

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestDebounceWait(t *testing.T) {
	start := time.Unix(0, 0)
	d := debounce{quiet: 300 * time.Millisecond, most: time.Second}
	for _, step := range []struct{ at, want time.Duration }{
		{0, 300 * time.Millisecond},
		{200 * time.Millisecond, 300 * time.Millisecond},
		{800 * time.Millisecond, 200 * time.Millisecond}, // the burst is a second long by then
		{time.Second, 0},
		{2 * time.Second, 0},
	} {
		if got := d.wait(start.Add(step.at)); got != step.want {
			t.Errorf("after %s: %s, want %s", step.at, got, step.want)
		}
	}
	d.over()
	if got := d.wait(start.Add(5 * time.Second)); got != d.quiet {
		t.Errorf("a new burst waits %s", got)
	}
}

// In a bubble time passes only while everything waits, so that these times are exact.
func TestRounds(t *testing.T) {
	const quiet, most = 300 * time.Millisecond, 3 * time.Second
	every := func(step time.Duration, times int) []time.Duration {
		out := make([]time.Duration, times)
		for i := range out {
			out[i] = step * time.Duration(i)
		}
		return out
	}
	ms := func(list ...int) (out []time.Duration) {
		for _, n := range list {
			out = append(out, time.Duration(n)*time.Millisecond)
		}
		return out
	}
	tests := []struct {
		name   string
		events []time.Duration
		work   time.Duration // how long a round takes
		want   []time.Duration
	}{
		{"nothing", nil, 0, nil},
		{"one event", ms(50), 0, ms(350)},
		{"an editor that saves by renaming", ms(0, 1, 2, 40), 0, ms(340)},
		{"two bursts", ms(0, 100, 1000, 1100), 0, ms(400, 1400)},
		{"a sync storm of ten seconds", every(100*time.Millisecond, 101), 0, ms(3000, 6000, 9000, 10300)},
		{"events during a round wait for its end", ms(0, 400, 900), time.Second, ms(300, 1600)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				events := make(chan fsnotify.Event, len(test.events))
				for _, at := range test.events {
					time.AfterFunc(at, func() { events <- fsnotify.Event{} })
				}
				ctx, end := context.WithTimeout(t.Context(), time.Minute)
				defer end()
				var got []time.Duration
				r := &rounds{events: events, calm: debounce{quiet: quiet, most: most}, counts: func(fsnotify.Event) bool { return true },
					next: func() error { got = append(got, time.Since(start)); time.Sleep(test.work); return nil }}
				if err := r.run(ctx); err != nil {
					t.Error(err)
				}
				// Of two things that happen at one time either may come first.
				if !slices.EqualFunc(got, test.want, func(a, b time.Duration) bool { return a.Round(100*time.Millisecond) == b.Round(100*time.Millisecond) }) {
					t.Errorf("rounds at %v, want %v", got, test.want)
				}
			})
		})
	}
}

func TestRoundsEnd(t *testing.T) {
	failed := errors.New("failed")
	synctest.Test(t, func(t *testing.T) {
		events, errs := make(chan fsnotify.Event, 1), make(chan error, 2)
		n := 0
		r := &rounds{events: events, errors: errs, calm: debounce{quiet: time.Second, most: time.Second},
			counts: func(e fsnotify.Event) bool { return e.Name != "" },
			lost: func(err error) error {
				if err == failed {
					return err
				}
				return nil
			},
			next: func() error { n++; return nil }}
		events <- fsnotify.Event{} // does not count
		errs <- fsnotify.ErrEventOverflow
		time.AfterFunc(time.Minute, func() { errs <- failed })
		if err := r.run(t.Context()); err != failed || n != 1 {
			t.Errorf("error %v after %d rounds", err, n)
		}
		events <- fsnotify.Event{Name: "a"}
		r.next = func() error { return failed }
		if err := r.run(t.Context()); err != failed {
			t.Errorf("error %v", err)
		}
	})
}
