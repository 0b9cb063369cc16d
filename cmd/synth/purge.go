package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// purgeView is what the screen of purge can reach.
type purgeView struct {
	Code             string
	Entries, Objects int
	Inbox, Notes     []vault.Untrusted
}

func newPurge(a *app) *cobra.Command {
	var client string
	var unfiled bool
	cmd := &cobra.Command{
		Use:   "purge --client CODE | --unfiled [VAULT]",
		Short: "Remove what is kept of a client, and what is proposed in his notes",
		Long: `Purge removes a client's part of the history, the texts that nothing else refers to, the client's folder in the
inbox and whatever else there is named after the client, the proposals that stand open in the client's notes, as if
they had been refused, and the cache of synth build. None of it can be undone. A proposal that somebody edited, or
emptied a region to take, is left and named. With --unfiled it removes what forms delivered and intake could not file, whoever it is from. Nothing else of the vault's notes is touched: a client's folder is the user's to delete. Copies that a
sync service or a backup made are out of reach.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 a proposal was left in a note; 2 something could not be read or removed.`,
		Example: `  synth purge --client cdt examples/suisse
  synth purge --client cdt
  synth purge --unfiled`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if unfiled {
				return a.purgeUnfiled(args)
			}
			return a.purge(client, args)
		},
	}
	cmd.Flags().StringVar(&client, "client", "", "the client's `CODE`")
	cmd.Flags().BoolVar(&unfiled, "unfiled", false, "remove what intake could not file")
	cmd.MarkFlagsMutuallyExclusive("client", "unfiled")
	a.completeClients(cmd, func(args []string) []string { return args })
	return cmd
}

// purgeUnfiled removes what could not be filed.
func (a *app) purgeUnfiled(args []string) error {
	p, err := a.enter(args)
	if err != nil {
		return err
	}
	var purged vault.Purged
	problems := p.change(func(s *vault.Session) (found []vault.Problem) {
		purged, found = s.PurgeUnfiled()
		return found
	})
	if len(problems) == 0 {
		if err := a.print(p, "purge", newPurgeView("", &purged)); err != nil {
			return err
		}
	}
	return finish(problems, exitDone)
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
	changes, named := withdrawn(p.vault, code)
	var purged *vault.Purged // nil until there was a session
	problems := p.change(func(s *vault.Session) []vault.Problem {
		done, problems := s.Purge(code, changes)
		purged = &done
		return problems
	})
	if purged != nil {
		if err := a.print(p, "purge", newPurgeView(code, purged)); err != nil {
			return err
		}
	}
	status := exitDone
	if len(named) > 0 {
		status = exitNotSo
	}
	problems = append(problems, named...)
	vault.SortProblems(problems)
	return finish(problems, status)
}

func newPurgeView(code string, p *vault.Purged) purgeView {
	view := purgeView{Code: code, Entries: p.Entries, Objects: p.Objects}
	for _, name := range p.Inbox {
		view.Inbox = append(view.Inbox, vault.Received(name))
	}
	for _, name := range p.Notes {
		view.Notes = append(view.Notes, vault.Received(name))
	}
	return view
}

// withdrawn takes the proposals out of a client's notes. It names those that stay, and the notes that cannot be read:
// they may be his.
func withdrawn(v *vault.Vault, code string) (changes []vault.Change, named []vault.Problem) {
	for _, p := range v.Problems() {
		if p.Severity == vault.Error {
			named = append(named, p)
		}
	}
	for _, n := range v.Notes() {
		client, found := n.Property("synth_client")
		if !found {
			continue
		}
		if its, _ := questionnaire.FoldCode(client.Text()); its != code {
			continue
		}
		c := vault.Withdraw(n)
		changes, named = append(changes, c), append(named, c.Problems...)
	}
	return changes, named
}
