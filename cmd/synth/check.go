package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/check"
	"github.com/synth-vault/synth/internal/questionnaire"
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

Each rule has a stable code; --rules explains them all. synth.yaml switches rules off, or says what a finding is:

  check:
    off: [link_broken]
    link_ambiguous: error     # or warning, or off

On the terminal the first ten findings of each rule are told; --json, --sarif and --all tell all.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 nothing found; 1 something found, warnings included; 2 bad input, or a file could not be read.`,
		Example: `  synth check examples/suisse
  synth check --rules --json
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
	f.BoolVar(&o.json, "json", false, "print one JSON document (schemas/check.schema.json, or with --rules schemas/rules.schema.json)")
	f.BoolVar(&o.sarif, "sarif", false, "print the findings as one SARIF 2.1.0 document")
	f.BoolVar(&o.rules, "rules", false, "print every rule with its reason, and look at nothing")
	f.BoolVar(&o.all, "all", false, "print every finding of every rule")
	cmd.MarkFlagsMutuallyExclusive("json", "sarif", "all")
	cmd.MarkFlagsMutuallyExclusive("rules", "sarif", "all")
	return cmd
}

// check runs the command.
func (a *app) check(o checkOptions, args []string) error {
	if o.rules {
		return a.printRules(o.json)
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
	in := check.Input{Vault: b.vault, Set: b.model.Set, Templates: templateFolders(b.vault.Dir()), Off: b.settings.Off, Levels: b.settings.Levels}
	for _, id := range b.actionIDs() {
		in.Actions = append(in.Actions, questionnaire.BlockID(id))
	}
	if err := b.assess(buildOptions{}); err != nil {
		return err
	}
	if err := b.plan(buildOptions{}); err != nil {
		return err
	}
	if err := b.compose(); err != nil {
		return err
	}
	in.Told, in.Changes = append(b.problems, b.settings.unknownForms(b.model.Set)...), b.changes()
	found, err := check.Find(in)
	if err != nil {
		return fault("check_failed", err.Error(), "")
	}
	if err := a.printFound(o, in, found); err != nil {
		return err
	}
	return shown(finish(nil, checkStatus(found)))
}

// checkStatus is the exit status that the findings ask for.
func checkStatus(found []vault.Problem) int {
	status := exitDone
	for _, p := range found {
		if p.Code == "unreadable" {
			return exitFault
		}
		status = exitNotSo
	}
	return status
}

// templateFolders are those in which Obsidian and the plugin Templater are told to look for templates.
func templateFolders(dir string) []string {
	var folders []string
	if folder := templatesFolder(dir); folder != "" {
		folders = append(folders, folder)
	}
	data, err := os.ReadFile(filepath.Join(configDir(dir), "plugins", "templater-obsidian", "data.json"))
	var templater struct {
		Folder string `json:"templates_folder"`
	}
	if err == nil && json.Unmarshal(data, &templater) == nil && strings.Trim(templater.Folder, "/.") != "" {
		folders = append(folders, templater.Folder)
	}
	return folders
}

// checkDocument is what --json prints.
type checkDocument struct {
	Schema   string           `json:"schema"`
	Problems []result.Problem `json:"problems"`
}

// checkSchema is the name and version of the document.
const checkSchema = "synth/check/v1"

// printFound prints the findings in the form that was asked for.
func (a *app) printFound(o checkOptions, in check.Input, found []vault.Problem) error {
	switch {
	case o.json:
		return a.printJSON(checkDocument{checkSchema, result.NewProblems(found)})
	case o.sarif:
		document, err := check.NewSARIF(version, in, found)
		if err != nil {
			return err
		}
		return a.printJSON(document)
	}
	report := checkReport{all: o.all}
	for _, p := range found {
		report.add(p)
	}
	report.end(a.terminal)
	_, err := fmt.Fprint(a.out, report.text.String())
	return err
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

// shownPerRule is how many findings of a rule are told where nobody asks for all.
const shownPerRule = 10

// checkReport is the text that lists findings, note by note.
type checkReport struct {
	all     bool
	text    strings.Builder
	note    string         // whose findings stand last
	counts  map[string]int // by code
	notes   map[string]bool
	errors  int
	skipped []string // codes of which not all is told, in order
}

// add tells a finding.
func (r *checkReport) add(p vault.Problem) {
	if r.counts == nil {
		r.counts, r.notes = map[string]int{}, map[string]bool{}
	}
	r.counts[p.Code]++
	r.notes[p.Path] = true
	if p.Severity == vault.Error {
		r.errors++
	}
	if !r.all && r.counts[p.Code] > shownPerRule {
		if !slices.Contains(r.skipped, p.Code) {
			r.skipped = append(r.skipped, p.Code)
		}
		return
	}
	if p.Path != r.note || r.text.Len() == 0 {
		if r.text.Len() > 0 {
			r.text.WriteString("\n")
		}
		fmt.Fprintf(&r.text, "%s\n", visible(p.Path))
		r.note = p.Path
	}
	fmt.Fprintf(&r.text, "  %d:%d %s: %s [%s]\n", p.Line, p.Column, p.Severity, visible(p.Message), p.Code)
	if p.Hint != "" {
		fmt.Fprintf(&r.text, "    hint: %s\n", visible(p.Hint))
	}
}

// end tells what was left out, and on a terminal how much was found.
func (r *checkReport) end(terminal bool) {
	slices.Sort(r.skipped)
	for i, code := range r.skipped {
		if i == 0 {
			r.text.WriteString("\n")
		}
		fmt.Fprintf(&r.text, "%s: %d more, see synth check --all\n", code, r.counts[code]-shownPerRule)
	}
	if !terminal {
		return
	}
	total := 0
	for _, n := range r.counts {
		total += n
	}
	if total == 0 {
		r.text.WriteString("nothing found\n")
		return
	}
	fmt.Fprintf(&r.text, "\n%s in %s: %s, %s\n", counted(total, "finding"), counted(len(r.notes), "file"), counted(r.errors, "error"),
		counted(total-r.errors, "warning"))
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
