package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/cases"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// modelTestView is what the screen of model test can reach.
type modelTestView struct {
	Version       vault.Untrusted
	Cases, Failed int
}

func newModelTest(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Try a catalogue on examples: answers, and what is to come of them",
		Long: `Test judges the cases of a catalogue, the files cases/<domain>.yaml of its domains, and tells what did not come out as
they say: the levels of controls, findings, risks, actions, contradictions, opportunities, scores. What a case does not
name is not compared. The shipped cases hold every level that a shipped control can reach; a file of one's own replaces
the shipped one of that name.

Exit status: 0 every case is as it says; 1 some are not; 2 the model or a case cannot be read.`,
		Example: `  synth model test
  synth model test modele
  synth model test --json modele`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.faultJSON(a.modelTest(args, asJSON), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the model's version and what is not so as one JSON document (schemas/result.schema.json)")
	return cmd
}

// modelTest runs the command.
func (a *app) modelTest(args []string, asJSON bool) error {
	files, err := a.catalogue(args)
	if err != nil {
		return err
	}
	model, err := files.load()
	if err != nil {
		return err
	}
	all, problems := cases.Load(files.content, model)
	if len(problems) > 0 {
		return finish(problems, exitFault)
	}
	view := modelTestView{Version: vault.Received(model.Version), Cases: len(all)}
	for i := range all {
		found, err := try(&all[i], model)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			view.Failed++
		}
		problems = append(problems, found...)
	}
	status := exitDone
	if view.Failed > 0 {
		status = exitNotSo
	}
	if asJSON {
		err = a.printJSON(result.NewDocument(model, problems))
	} else {
		err = a.print(&files.place, "model_test", view)
	}
	if err != nil {
		return err
	}
	return shown(finish(problems, status))
}

// try tells what of a case is not so.
func try(c *cases.Case, m *assess.Model) ([]vault.Problem, error) {
	failures, err := c.Try(m)
	if err != nil {
		return nil, fault("case_failed", fmt.Sprintf("case %s: %v", c.ID, err), "")
	}
	var out []vault.Problem
	for _, f := range failures {
		out = append(out, vault.Problem{Path: c.File, Line: c.Line, Column: c.Column, Severity: vault.Warning, Code: "case_not_so",
			Message: fmt.Sprintf("case %s: expected %s for %s, got %s", c.ID, f.Want, f.About, f.Got)})
	}
	return out, nil
}
