package main

import (
	"fmt"
	"io/fs"

	"github.com/synth-vault/synth/vault"
)

// place is a vault with its settings and its catalogue.
type place struct {
	dir      string
	vault    *vault.Vault   // nil until it is read
	listing  *vault.Listing // of the vault, nil where nobody looked yet
	index    bool           // the links of all notes will be asked for
	settings settings
	content  fs.FS
}

// enter reads the settings of the vault that the arguments name and the heads of its notes.
func (a *app) enter(args []string) (*place, error) {
	p, err := a.find(args)
	if err != nil {
		return nil, err
	}
	return p, p.read()
}

// enterToAdd enters a vault for a command that adds notes to it. Where none is named, the folder must be one: nobody looks
// for a client's answers among his downloads.
func (a *app) enterToAdd(args []string, naming string) (*place, error) {
	if found, err := isVault(a.findVault(args)); len(args) == 0 && err == nil && !found {
		return nil, fault("vault_missing", "this folder is no vault, and neither is one above it",
			"name the vault: "+naming+"; or make this folder one: synth init")
	}
	return a.enter(args)
}

// find reads the settings of the vault that the arguments name.
func (a *app) find(args []string) (*place, error) {
	return findIn(a.findVault(args))
}

// findIn reads the settings of a vault.
func findIn(dir string) (*place, error) {
	s, problems := readSettings(dir)
	if len(problems) > 0 {
		return nil, finish(problems, exitFault)
	}
	content, err := s.content(dir)
	if err != nil {
		return nil, fault("catalog_unreadable", fmt.Sprintf("the catalogue's folder %q cannot be read: %v", s.Catalog, err), "correct catalog: in "+settingsFile)
	}
	return &place{dir: dir, settings: s, content: content}, nil
}

// read opens the vault itself.
func (p *place) read() (err error) {
	if p.listing == nil {
		p.listing, err = vault.List(p.dir)
	}
	if err != nil {
		return fault("vault_unreadable", err.Error(), "name a folder that is there, or make a vault of it first: synth init FOLDER")
	}
	p.vault = p.listing.Open(vault.Options{Ignore: p.settings.Ignore, Index: p.index, Untagged: true})
	return nil
}
