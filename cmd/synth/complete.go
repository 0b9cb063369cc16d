package main

import (
	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// questionnaires reads the vault's catalogue for the shell's completion, which has no way to say what is wrong.
func (a *app) questionnaires(args []string) (*place, *questionnaire.Set) {
	p, err := a.enter(args)
	if err != nil {
		return nil, nil
	}
	model, _ := assess.Load(p.content, p.settings.Language)
	if model == nil {
		return nil, nil
	}
	return p, model.Set
}

// completeQuestionnaires gives the ids of the questionnaires, each with its title.
func (a *app) completeQuestionnaires() []string {
	_, set := a.questionnaires(nil)
	if set == nil {
		return nil
	}
	var out []string
	for _, q := range set.Questionnaires {
		out = append(out, q.ID+"\t"+q.Title)
	}
	return out
}

// completeForm lets the shell complete a questionnaire's id, and a vault behind it.
func (a *app) completeForm(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return a.completeQuestionnaires(), cobra.ShellCompDirectiveNoFileComp
}

// completeClients lets the shell complete --client with the codes of the vault that the arguments name.
func (a *app) completeClients(cmd *cobra.Command, vaultOf func(args []string) []string) {
	complete := func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		p, set := a.questionnaires(vaultOf(args))
		if set == nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		engagements, _ := set.Read(p.vault)
		var codes []string
		for _, e := range engagements {
			codes = append(codes, e.Client.Code)
		}
		return codes, cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc("client", complete); err != nil {
		panic(err) // the command has no such flag: a mistake in the program
	}
}
