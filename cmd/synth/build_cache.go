package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/synth-vault/synth/vault"
)

// said is what a build printed, and how it ended.
type said struct {
	Stdout []byte `json:"stdout"`
	Stderr []byte `json:"stderr"`
	Status int    `json:"status"`
}

// cache opens the vault's cache for a run that says nothing but what any such run says of the vault: one that writes what
// is to be written, for all clients. It is nil for every other run, and for a folder that cannot be read.
func (a *app) cache(o buildOptions, dir string) *vault.Cache {
	if o.noCache || o.check || o.diff || o.json || len(o.clients) > 0 || o.asOf != "" {
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	c, err := vault.OpenCache(dir, vault.CacheOptions{
		Key:    fmt.Sprintf("build %s %q %+v", version, dir, a.drawing(o.color)),
		Files:  []string{program},
		Margin: a.margin,
	})
	if err != nil {
		return nil
	}
	return c
}

// recall says again what the last build said, if the cache knows it.
func (a *app) recall(c *vault.Cache) (known bool, err error) {
	answer, known := c.Answer()
	var s said
	if !known || json.Unmarshal(answer, &s) != nil {
		return false, nil
	}
	if _, err := a.out.Write(s.Stdout); err != nil {
		return true, err
	}
	if _, err := a.err.Write(s.Stderr); err != nil {
		return true, err
	}
	return true, &outcome{status: s.Status, shown: true}
}

// rest makes what the cache keeps depend on the vault's own catalogue, too, and spares the run a second look at the folder.
func (p *place) rest(c *vault.Cache) {
	p.listing = c.Listing()
	if p.settings.Catalog != "" {
		c.Include(filepath.ToSlash(filepath.Clean(p.settings.Catalog)))
	}
}

// keep puts into the cache what a run said that could do all. One that wrote is not kept: the next has something else to
// say.
func (b *builder) keep(c *vault.Cache, printed []byte, end error) {
	s := said{Stdout: printed}
	var out *outcome
	if errors.As(end, &out) {
		var told bytes.Buffer
		for _, p := range out.problems {
			(&app{err: &told}).printProblem(p)
		}
		s.Stderr, s.Status = told.Bytes(), out.status
	}
	if s.Status == exitFault || b.hasNews() {
		return
	}
	if answer, err := json.Marshal(s); err == nil {
		c.Keep(answer)
	}
}
