package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/intake"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// intakeOptions are the flags of intake.
type intakeOptions struct {
	questionnaire string
	client        string
	date          string
	vault         string
	dryRun        bool
	paste         bool
	again         bool
	json          bool
}

func newIntake(a *app) *cobra.Command {
	var o intakeOptions
	cmd := &cobra.Command{
		Use:   "intake FILE... | -",
		Short: "Turn what a form delivered into questionnaire notes",
		Long: `Intake reads form submissions (a CSV or JSON export, a webhook's payload, a mail or a note with lines "field: value";
"-" reads standard input) and writes a questionnaire note for each, beside the client's others. A submission that has its
note already changes nothing, whatever file it comes in; a note that was edited is never overwritten: what differs is
shown. What fits no question is kept as a remark, and the exact bytes received are kept in .synth/inbox, one folder a
client. Of these --again makes lost notes anew, and tries once more what could not be filed: by what the settings say
now, by --date, and, where --questionnaire and --client are both named, as theirs; --client alone keeps to one client.

Which questionnaire and client say the submission's own fields (form_id, or questionnaire and client), else forms: in
synth.yaml by the form's hash, else --questionnaire and --client; the questionnaire also the names of the columns. The
day is the submission's in UTC; where it says none, --date.

Exit status: 0 every submission has its note; 1 something needs a look: a note differs, an answer was kept as a remark,
or nothing at all could be imported; 2 bad input, or not every submission could be filed.`,
		Example: `  synth intake --dry-run --vault examples/suisse examples/formulaires/correspondance.csv
  synth intake --dry-run --json --vault examples/suisse examples/formulaires/facturation.json
  synth intake --dry-run --vault examples/suisse - < examples/formulaires/acces_it.txt
  synth intake --again --client cdt
  synth intake --again --client cdt --questionnaire correspondance`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			err := a.intake(o, args)
			if fault := new(outcome); o.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printIntake(&intaker{problems: fault.problems}))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.questionnaire, "questionnaire", "", "the questionnaire's `ID`, where the submissions do not say it")
	f.StringVar(&o.client, "client", "", "the client's `CODE`, where the submissions do not say it")
	f.StringVar(&o.date, "date", "", "the day the answers came, `YYYY-MM-DD`, where the submissions do not say it")
	f.StringVar(&o.vault, "vault", "", "the vault's `DIR` (default: the nearest folder up that holds .obsidian or synth.yaml)")
	f.BoolVar(&o.dryRun, "dry-run", false, "write nothing; show what would be done")
	f.BoolVar(&o.paste, "paste", false, "take the input for lines \"field: value\"")
	f.BoolVar(&o.again, "again", false, "make lost notes anew from the inbox, and try once more what could not be filed")
	f.BoolVar(&o.json, "json", false, "print the result as one JSON document (schemas/intake.schema.json)")
	a.completeIntake(cmd, &o)
	return cmd
}

// completeIntake lets the shell complete the flags with what the vault knows.
func (a *app) completeIntake(cmd *cobra.Command, o *intakeOptions) {
	a.completeClients(cmd, func([]string) []string { return o.vaultArgs() })
	ids := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return a.completeQuestionnaires(), cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc("questionnaire", ids); err != nil {
		panic(err) // the command has no such flag: a mistake in the program
	}
}

// vaultArgs names the vault as other commands' arguments do.
func (o *intakeOptions) vaultArgs() []string {
	if o.vault == "" {
		return nil
	}
	return []string{o.vault}
}

// intake runs the command.
func (a *app) intake(o intakeOptions, files []string) error {
	if err := o.valid(files); err != nil {
		return err
	}
	boundMemory()
	in, err := a.openIntake(&o, files)
	if err != nil {
		return err
	}
	if !o.dryRun {
		if problems := in.begin(); len(problems) > 0 {
			return finish(problems, exitFault)
		}
	}
	in.openUnfiled()
	in.place.vault = nil // its heads are known: a vault may hold a hundred thousand notes
	if o.again {
		in.again()
	}
	for _, file := range files {
		in.file(file)
	}
	in.end()
	vault.SortProblems(placed(in.problems))
	if o.json {
		err = a.printIntake(in)
	} else {
		err = a.print(in.place, "intake", in.view())
	}
	if err != nil {
		return err
	}
	return shown(finish(in.problems, in.status()))
}

// mostMemory is what a run should take, whatever the number of submissions and of notes.
const mostMemory = 100 << 20

// boundMemory makes the collector work harder near that size, unless the environment sets one.
func boundMemory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(mostMemory)
	}
}

func (o intakeOptions) valid(files []string) error {
	switch {
	case o.again && len(files) > 0:
		return fault("files_unexpected", "--again reads the inbox and no files", "leave out the files, or --again")
	case !o.again && len(files) == 0:
		return fault("files_missing", "no file is named", "name a form's export, or - for standard input: synth intake export.csv")
	}
	if o.date != "" {
		if iso, ok := questionnaire.ParseDate(o.date); !ok || iso != o.date {
			return fault("date_invalid", fmt.Sprintf("--date %q is not a date", o.date), "write it as 2025-08-25")
		}
	}
	if _, ok := questionnaire.FoldCode(o.client); !ok && o.client != "" {
		return fault("client_code_invalid", fmt.Sprintf("--client %q is no client's code", o.client), "a code is 1 to 16 of a-z, 0-9 and -, with a letter")
	}
	return nil
}

// openIntake reads the vault's settings, its catalogue and the heads of its notes.
func (a *app) openIntake(o *intakeOptions, files []string) (*intaker, error) {
	p, err := a.enterToAdd(o.vaultArgs(), "--vault DIR")
	if err != nil {
		return nil, err
	}
	model, problems := assess.Load(p.content, p.settings.Language)
	if len(problems) > 0 {
		return nil, finish(unique(problems), exitFault)
	}
	o.client, _ = questionnaire.FoldCode(o.client)
	if problems := checkForms(model.Set, p.settings, o); len(problems) > 0 {
		return nil, finish(problems, exitFault)
	}
	in := &intaker{app: a, options: *o, place: p, dir: p.vault.Dir(), set: model.Set}
	in.reader = intake.New(model.Set, intake.Options{Forms: p.settings.Forms, Questionnaire: o.questionnaire, Client: o.client, Date: o.date, Paste: o.paste})
	var inside []string
	for _, file := range files {
		inside = append(inside, in.inside(file))
	}
	in.shelf = newShelf(model.Set, p, inside)
	return in, nil
}

// inside gives the path of a file that lies in the vault, "" for any other.
func (in *intaker) inside(file string) string {
	if !filepath.IsAbs(file) {
		file = filepath.Join(in.app.workDir, file)
	}
	name, err := filepath.Rel(in.dir, file)
	if err != nil || !filepath.IsLocal(name) {
		return ""
	}
	return filepath.ToSlash(name)
}

// checkForms refuses questionnaires that the catalogue does not hold, of the settings and of the flag.
func checkForms(set *questionnaire.Set, s settings, o *intakeOptions) []vault.Problem {
	problems := s.unknownForms(set)
	o.questionnaire = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(o.questionnaire)), "-", "_")
	if o.questionnaire != "" && !slices.Contains(questionnaireIDs(set), o.questionnaire) {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: "questionnaire_unknown",
			Message: fmt.Sprintf("there is no questionnaire %q", o.questionnaire), Hint: meantQuestionnaire(set, o.questionnaire)})
	}
	vault.SortProblems(problems)
	return problems
}

// file takes in one file.
func (in *intaker) file(name string) {
	var from io.Reader = in.app.in
	if name != "-" {
		full := name
		if !filepath.IsAbs(name) {
			full = filepath.Join(in.app.workDir, name)
		}
		f, err := os.Open(full)
		if err != nil {
			in.told(vault.Problem{Path: name, Severity: vault.Error, Code: "input_unreadable", Message: "cannot be read: " + cause(err).Error()})
			return
		}
		defer f.Close()
		from = f
		if in.shelf.sources[in.inside(name)] {
			in.told(vault.Problem{Path: name, Severity: vault.Warning, Code: "original_counts",
				Message: "the note stays as it is, and is one of the client's questionnaires itself",
				Hint:    "take category: questionnaire out of it, else its answers count beside those of the new note"})
		}
	} else {
		name = "stdin"
	}
	problems, err := in.reader.Read(name, from, in.take)
	in.told(problems...)
	if err != nil && !errors.Is(err, errStopped) {
		in.told(vault.Problem{Path: name, Severity: vault.Error, Code: "input_unreadable", Message: err.Error()})
	}
}

// cause is what the system says without the path.
func cause(err error) error {
	var pathError *os.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
