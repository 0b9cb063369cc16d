package main

import (
	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/vault"
)

// undoView is what the screen of undo can reach.
type undoView struct {
	Notes []undoneView
}

type undoneView struct {
	Path    vault.Untrusted
	Outcome vault.Outcome
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "undo [VAULT]",
		Short: "Put back what the last run of synth replaced",
		Long: `Undo puts back the notes that the last run of synth replaced, and removes those that it created. A note that
changed since is left as it is and reported. Run again, it goes one run further back. How many runs are kept says
history: {keep: 20} in synth.yaml; they stand in .synth/history, on this machine alone.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 a note was left as it is, or there is nothing to undo; 2 a note could not be written.`,
		Example: `  synth undo examples/suisse
  synth undo`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.undo(args) },
	}
}

// undo runs the command.
func (a *app) undo(args []string) error {
	p, err := a.enter(args)
	if err != nil {
		return err
	}
	var notes []vault.Undone
	problems := p.change(func(s *vault.Session) (problems []vault.Problem) {
		notes, problems = s.Undo()
		return problems
	})
	view, status := undoView{}, exitDone
	if len(notes) == 0 {
		status = exitNotSo
	}
	for _, n := range notes {
		view.Notes = append(view.Notes, undoneView{vault.Received(n.Path), n.Outcome})
		if n.Outcome == vault.Left {
			status = exitNotSo
			problems = append(problems, vault.Problem{Path: n.Path, Severity: vault.Warning, Code: "left",
				Message: "is not what the last run wrote, or what it replaced is no longer kept: left as it is"})
		}
	}
	if len(notes) > 0 || len(problems) == 0 {
		if err := a.print(p, "undo", view); err != nil {
			return err
		}
	}
	return finish(problems, status)
}
