package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
)

// version is that of the tool. It changes with CHANGELOG.md.
const version = "0.1.0"

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of synth and of its model",
		Long: `Version prints the versions of synth and of the model that it carries.

Exit status: 0 done; 2 the shipped catalogue cannot be read.`,
		Example: `  synth version
  synth version --help`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			model, problems := assess.Load(catalog.Shipped(), "fr")
			if model == nil {
				return finish(problems, exitFault)
			}
			fmt.Fprintf(a.out, "synth %s\nmodel %s\n", version, model.Version)
			return nil
		},
	}
}
