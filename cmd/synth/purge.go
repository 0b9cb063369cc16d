package main

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// purgeView is what the screen of purge can reach.
type purgeView struct {
	Code             string
	Entries, Objects int
	Inbox            []vault.Untrusted
}

func newPurge(a *app) *cobra.Command {
	var client string
	cmd := &cobra.Command{
		Use:   "purge --client CODE [VAULT]",
		Short: "Remove what .synth keeps of a client",
		Long: `Purge removes a client's part of the history, the texts that nothing else refers to, and whatever in the inbox is
named after the client. What was purged cannot be undone any more. The vault's notes are not touched: proposals that
stand open in them are named, and a client's folder is the user's to delete. Copies that a sync service or a backup
made are out of reach.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 a proposal stands open in a note; 2 something could not be removed.`,
		Example: `  synth purge --client cdt examples/suisse
  synth purge --client cdt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.purge(client, args) },
	}
	cmd.Flags().StringVar(&client, "client", "", "the client's `CODE`")
	a.completeClients(cmd, func(args []string) []string { return args })
	return cmd
}

// purge runs the command.
func (a *app) purge(client string, args []string) error {
	code, ok := questionnaire.FoldCode(client)
	if !ok {
		return fault("client_code_invalid", fmt.Sprintf("--client %q is no client's code", client), "name one client, such as --client cdt")
	}
	p, err := a.enter(args)
	if err != nil {
		return err
	}
	var purged *vault.Purged // nil until there was a session
	problems := p.change(func(s *vault.Session) []vault.Problem {
		done, problems := s.Purge(code)
		purged = &done
		return problems
	})
	if purged != nil {
		view := purgeView{Code: code, Entries: purged.Entries, Objects: purged.Objects}
		for _, name := range purged.Inbox {
			view.Inbox = append(view.Inbox, vault.Received(name))
		}
		if err := a.print(p, "purge", view); err != nil {
			return err
		}
	}
	status := exitDone
	open := proposals(p.vault, code)
	if len(open) > 0 {
		status = exitNotSo
	}
	return finish(append(problems, open...), status)
}

var proposal = regexp.MustCompile(`^%% synth:begin [a-z0-9-]+\.propose `)

// proposals finds what is proposed in a client's notes and not decided yet.
func proposals(v *vault.Vault, code string) []vault.Problem {
	var problems []vault.Problem
	for _, n := range v.Notes() {
		if client, found := n.Property("synth_client"); !found || client.Text() != code {
			continue
		}
		text, err := n.Bytes()
		if err != nil {
			problems = append(problems, vault.Problem{Path: n.Path(), Severity: vault.Error, Code: "unreadable", Message: err.Error()})
			continue
		}
		line := 0
		for source := range bytes.Lines(text) {
			if line++; proposal.Match(source) {
				problems = append(problems, vault.Problem{Path: n.Path(), Line: line, Severity: vault.Warning, Code: "proposal_open",
					Message: "a proposal stands open in the note", Hint: "take it or delete it in the note"})
			}
		}
	}
	return problems
}
