package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/vault"
)

// orient says where one stands and what to do next, for a command line without a command.
func (a *app) orient(cmd *cobra.Command) error {
	next, err := a.next()
	if err != nil {
		next = "What is wrong here says:\n\n  synth build"
	}
	fmt.Fprintf(a.out, "%s\n\n%s\n\nUsage:\n  synth COMMAND [flags]\n\nCommands:\n", cmd.Short, next)
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			fmt.Fprintf(a.out, "  %-11s %s\n", c.Name(), c.Short)
		}
	}
	fmt.Fprintln(a.out, "\nsynth COMMAND --help tells more.")
	return nil
}

// next says what to do next in the folder where one stands.
func (a *app) next() (string, error) {
	found, err := isVault(a.findVault(nil))
	if err != nil {
		return "", err
	}
	if !found {
		return "This folder is no vault yet. Make it one, or name the folder of yours:\n\n  synth init\n  synth build FOLDER", nil
	}
	p, set := a.questionnaires(nil)
	if set == nil {
		return "", fs.ErrInvalid
	}
	engagements, _ := set.Read(p.vault)
	received, waiting := 0, 0
	var codes []string
	for _, e := range engagements {
		codes = append(codes, e.Client.Code)
		waiting += len(e.Waiting)
		for _, rounds := range e.Assessments {
			received += len(rounds)
		}
	}
	first := set.Questionnaires[0].ID
	switch {
	case len(engagements) == 0:
		return fmt.Sprintf("This vault has no client yet. Begin with one:\n\n  synth new %s --client CODE --name \"NAME OF THE PRACTICE\"\n\nThe questionnaires are %s.",
			first, strings.Join(questionnaireIDs(set), ", ")), nil
	case received == 0:
		return fmt.Sprintf("This vault has %s and no answers yet; questionnaires that wait: %d. Lay a questionnaire out, or ask its questions:\n\n  synth new %s --client %s\n  synth new %s --client %s --ask",
			clients(codes), waiting, first, codes[0], first, codes[0]), nil
	}
	return fmt.Sprintf("This vault has %s; assessments: %d; questionnaires that wait: %d. Write the notes, or see what would change:\n\n  synth build\n  synth build --check",
		clients(codes), received, waiting), nil
}

// isVault reports whether a folder is marked as a vault: by Obsidian's settings or by ours.
func isVault(dir string) (bool, error) {
	if _, found := vault.ConfigDir(dir); found {
		return true, nil
	}
	_, err := os.Stat(filepath.Join(dir, settingsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// marked reports the same, and nothing else.
func marked(dir string) bool {
	found, _ := isVault(dir)
	return found
}

// clients names a few clients, and counts many.
func clients(codes []string) string {
	if len(codes) > 5 {
		return fmt.Sprintf("%d clients", len(codes))
	}
	if len(codes) == 1 {
		return "the client " + codes[0]
	}
	return "the clients " + strings.Join(codes, ", ")
}
