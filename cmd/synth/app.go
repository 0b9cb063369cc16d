package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/term"
)

// The exit statuses, as those of grep and diff.
const (
	exitDone  = 0 // done
	exitNotSo = 1 // what was asked about is not so: out of date, a note that could not be touched
	exitFault = 2 // synth could not do it, or not for every client
)

// app holds everything that a command takes from outside, so that none looks anywhere else.
type app struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	workDir  string
	terminal bool // out is one
	progress bool // err is a terminal
	width    int  // of the terminal, 0 where it is unknown
	height   int  // likewise
	keyboard bool // in is one, too

	margin time.Duration // see vault.CacheOptions
}

func newApp() *app {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, workDir: dir, progress: term.IsTerminal(int(os.Stderr.Fd()))}
	if fd := int(os.Stdout.Fd()); term.IsTerminal(fd) {
		a.terminal = true
		if width, height, err := term.GetSize(fd); err == nil {
			a.width, a.height = width, height
		}
	}
	a.keyboard = a.terminal && term.IsTerminal(int(os.Stdin.Fd()))
	return a
}

// run executes a command line, prints what is wrong, and gives the exit status.
func (a *app) run(args []string) int {
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	cmd, err := root.ExecuteC()
	var out *outcome
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &out):
		for _, p := range out.problems {
			a.printProblem(p)
		}
		return out.status
	}
	a.printUsage(cmd, err)
	return exitFault
}

// outcome ends a command with problems to print and an exit status.
type outcome struct {
	problems []vault.Problem
	status   int
	shown    bool // the command printed its result
}

// shown marks an outcome as that of a command that has printed its result.
func shown(err error) error {
	var out *outcome
	if errors.As(err, &out) {
		out.shown = true
	}
	return err
}

func (o *outcome) Error() string {
	return fmt.Sprintf("%d problems, exit status %d", len(o.problems), o.status)
}

// finish makes the outcome of a run: status 2 with an error among the problems, else the status that the command asks
// for; nil when there is nothing to say.
func finish(problems []vault.Problem, status int) error {
	problems = placed(problems)
	for _, p := range problems {
		if p.Severity == vault.Error {
			status = exitFault
		}
	}
	if len(problems) == 0 && status == exitDone {
		return nil
	}
	return &outcome{problems: problems, status: status}
}

// placed gives every problem of a file a line and a column: the first where nothing tells a nearer place.
func placed(problems []vault.Problem) []vault.Problem {
	for i := range problems {
		if p := &problems[i]; p.Path != "" {
			p.Line, p.Column = max(p.Line, 1), max(p.Column, 1)
		}
	}
	return problems
}

// fault is one problem without a place in a note.
func fault(code, message, hint string) error {
	return finish([]vault.Problem{{Severity: vault.Error, Code: code, Message: message, Hint: hint}}, exitFault)
}

func (a *app) printProblem(p vault.Problem) {
	place := ""
	if p.Path != "" {
		place = fmt.Sprintf("%s:%d:%d: ", p.Path, p.Line, p.Column)
	}
	if p.Severity == vault.Warning {
		place += "warning: "
	}
	fmt.Fprintf(a.err, "synth: %s%s\n", visible(place), visible(p.Message))
	if p.Hint != "" {
		fmt.Fprintf(a.err, "hint: %s\n", visible(p.Hint))
	}
}

// printUsage prints what is wrong with the command line itself.
func (a *app) printUsage(cmd *cobra.Command, err error) {
	message, rest, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(a.err, "synth: %s\n", visible(message))
	hint := "see " + cmd.CommandPath() + " --help"
	if _, near, ok := strings.Cut(rest, "Did you mean this?"); ok {
		hint = "did you mean " + strings.Join(strings.Fields(near), ", ") + "?"
	}
	fmt.Fprintf(a.err, "hint: %s\n", visible(hint))
}

// visible shows what would act on a terminal instead of being read: control and format characters. File names and
// messages may hold any.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' {
			fmt.Fprintf(&b, "⟦U+%04X⟧", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// newRoot puts the commands together.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "synth",
		Short: "IT assessments of practices, as notes in an Obsidian vault",
		Long: `synth reads the answers to IT questionnaires that stand as notes in an Obsidian vault and writes analyses:
findings, risks, actions by horizon, each statement linked to the answer it rests on. The same answers and the
same model give the same bytes; what is not known is never counted as fine; what somebody wrote into a note is
never overwritten.`,
		Example: `  synth build ~/Vault
  synth build --check`,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.orient(cmd) },
	}
	root.AddCommand(newInit(a), newNew(a), newForm(a), newIntake(a), newBuild(a), newShow(a), newStatus(a), newExplain(a), newPlan(a), newVerify(a), newCompare(a), newUndo(a), newPurge(a), newModel(a), newCheck(a), newVersion(a))
	return root
}
