package main

import (
	"fmt"
	"io/fs"

	"github.com/synth-vault/synth/vault"
)

// place is a vault with its settings and its catalogue.
type place struct {
	vault    *vault.Vault
	settings settings
	content  fs.FS
}

// enter reads the settings of the vault that the arguments name and the heads of its notes.
func (a *app) enter(args []string) (*place, error) {
	p, err := a.locate(args)
	if err != nil {
		return nil, err
	}
	if p.vault, err = vault.Open(a.findVault(args), vault.Options{Ignore: p.settings.Ignore}); err != nil {
		return nil, fault("vault_unreadable", err.Error(), "name the vault's folder: synth build FOLDER")
	}
	return p, nil
}

// locate reads the settings and the catalogue of the vault that the arguments name, and none of its notes: the place
// has no vault.
func (a *app) locate(args []string) (*place, error) {
	dir := a.findVault(args)
	s, problems := readSettings(dir)
	if len(problems) > 0 {
		return nil, finish(problems, exitFault)
	}
	content, err := s.content(dir)
	if err != nil {
		return nil, fault("catalog_unreadable", fmt.Sprintf("the catalogue's folder %q cannot be read: %v", s.Catalog, err), "correct catalog: in "+settingsFile)
	}
	return &place{settings: s, content: content}, nil
}
