package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/check"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// checkOptions are the flags of check.
type checkOptions struct {
	json, sarif, rules, all bool
}

func newCheck(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [VAULT]",
		Short: "Look for what is wrong with a vault: notes, links, names, copies",
		Long: `Check looks at every note of a vault and changes nothing. It finds properties that cannot be read, answers that match
no question, codes that stand twice, links that lead nowhere or to several notes, headings and blocks that are gone,
generated notes that are out of date or were edited, copies that sync services made, and names that cannot exist on
every system. A link that is wrong is told with the one to write instead. Templates of notes are passed over.

Each rule has a stable code; --rules explains them all. synth.yaml switches rules off:

  check:
    off: [link_broken]

On the terminal the first ten findings of each rule are told; --json, --sarif and --all tell all.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 nothing found; 1 something found, warnings included; 2 bad input, or a file could not be read.`,
		Example: `  synth check examples/suisse
  synth check --rules
  synth check --sarif examples/suisse`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			err := a.check(o, args)
			if fault := new(outcome); errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.checkFailed(o, fault.problems))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, "print the findings as one JSON document (schemas/check.schema.json)")
	f.BoolVar(&o.sarif, "sarif", false, "print the findings as one SARIF 2.1.0 document")
	f.BoolVar(&o.rules, "rules", false, "print every rule with its reason, and look at nothing")
	f.BoolVar(&o.all, "all", false, "print every finding of every rule")
	cmd.MarkFlagsMutuallyExclusive("json", "sarif", "rules", "all")
	return cmd
}

// check runs the command.
func (a *app) check(o checkOptions, args []string) error {
	if o.rules {
		return a.printRules()
	}
	p, err := a.find(args)
	if err != nil {
		return err
	}
	p.index = true
	b, err := p.builder()
	if err != nil {
		return err
	}
	in := check.Input{Vault: b.vault, Set: b.model.Set, Templates: templateFolders(b.vault.Dir()), Off: b.settings.Off}
	if err := b.assess(buildOptions{}); err != nil {
		return err
	}
	if err := b.plan(buildOptions{}); err != nil {
		return err
	}
	if err := b.compose(); err != nil {
		return err
	}
	in.Told, in.Changes = b.problems, b.changes()
	report := a.checkReporter(o, in)
	status := exitDone
	err = check.Find(in, func(p vault.Problem) {
		status = max(status, checkStatus(p))
		report.add(p)
	})
	if err != nil {
		return fault("check_failed", err.Error(), "")
	}
	if err := report.end(); err != nil {
		return err
	}
	return shown(finish(nil, status))
}

// checkStatus is the exit status that a finding asks for.
func checkStatus(p vault.Problem) int {
	if p.Code == "unreadable" {
		return exitFault
	}
	return exitNotSo
}

// templateFolders are those in which Obsidian and the plugin Templater are told to look for templates.
func templateFolders(dir string) []string {
	var folders []string
	if folder := templatesFolder(dir); folder != "" {
		folders = append(folders, folder)
	}
	data, err := os.ReadFile(filepath.Join(dir, ".obsidian", "plugins", "templater-obsidian", "data.json"))
	var templater struct {
		Folder string `json:"templates_folder"`
	}
	if err == nil && json.Unmarshal(data, &templater) == nil && strings.Trim(templater.Folder, "/.") != "" {
		folders = append(folders, templater.Folder)
	}
	return folders
}

// checkReporter gives the form that was asked for.
func (a *app) checkReporter(o checkOptions, in check.Input) checkReporter {
	switch {
	case o.json:
		return &checkJSON{out: bufio.NewWriterSize(a.out, 1<<16)}
	case o.sarif:
		return &checkSARIF{app: a, in: in}
	}
	return &checkText{app: a, all: o.all}
}

// checkFailed prints the document of a run that found nothing out, where one was asked for.
func (a *app) checkFailed(o checkOptions, problems []vault.Problem) error {
	switch {
	case o.json:
		return a.printJSON(checkDocument{checkSchema, result.NewProblems(problems)})
	case o.sarif:
		document, err := check.FailedSARIF(version, problems)
		if err != nil {
			return err
		}
		return a.printJSON(document)
	}
	return nil
}

// printRules explains the rules.
func (a *app) printRules() error {
	rules, err := check.Rules()
	if err != nil {
		return fault("rules_unreadable", err.Error(), "")
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CODE\tSEVERITY\tWHAT IS FOUND, AND WHY IT MATTERS")
	for _, r := range rules {
		fmt.Fprintf(w, "%s\t%s\t%s\n\t\t%s\n", r.Code, r.Severity, r.Title, r.Reason)
	}
	return w.Flush()
}
