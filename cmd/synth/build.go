package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// buildOptions are the flags of build.
type buildOptions struct {
	clients []string
	check   bool
	diff    bool
	json    bool
	asOf    string
	color   string
	watch   bool
	noCache bool
	only    map[string]bool // the codes of the clients that the command is about; nil for all
}

func newBuild(a *app) *cobra.Command {
	var o buildOptions
	cmd := &cobra.Command{
		Use:   "build [VAULT]",
		Short: "Write the analyses, the synthesis and the roadmap of every client",
		Long: `Build reads the client notes and the questionnaire notes of a vault, judges the answers by the model, and writes
one analysis for each questionnaire, beside it, and a synthesis and a roadmap for each client. What somebody wrote
into a note stays as it is; a new text for a part that was edited is proposed below it, and reported until it is taken
(the part emptied) or refused (the proposal deleted). What a build
replaced can be put back: see synth undo.

With --watch it goes on: one line for each build, a moment after a note, the settings or the catalogue change, and new
problems as they come. Errors do not end it; Ctrl-C does, with the exit status of the last build. What synth undo puts
back meanwhile is built again.

A build that had nothing to write keeps what it said in .synth/cache. If by then no file or folder of the vault, nothing
in its catalogue and not synth itself has changed, the next one says it again without reading the notes. The file may be
deleted at any time. --no-cache does without.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 a proposal is open, a note could not be touched, or with --check something would change;
2 bad input, or not every client could be built.`,
		Example: `  synth build examples/suisse
  synth build --check --client cdt examples/suisse
  synth build --diff examples/suisse
  synth build --json examples/suisse
  synth build --watch examples/suisse`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.watch {
				ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
				defer stop()
				context.AfterFunc(ctx, stop) // whoever asks twice need not wait for the build to end
				return a.watch(ctx, o, args)
			}
			err := a.build(o, args)
			if fault := new(outcome); o.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printJSON(result.NewDocument(nil, fault.problems)))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.clients, "client", nil, "build only the client with this `CODE` (may be repeated)")
	f.BoolVar(&o.check, "check", false, "write nothing; exit 1 if anything would change")
	f.BoolVar(&o.diff, "diff", false, "write nothing; print what would change as a unified diff")
	f.BoolVar(&o.json, "json", false, "print the result as one JSON document (schemas/result.schema.json)")
	f.StringVar(&o.asOf, "as-of", "", "the day that due dates count from, `YYYY-MM-DD` (default: the client note's as_of, else the newest date_reception)")
	f.StringVar(&o.color, "color", "auto", "colours: `auto`, always or never")
	f.BoolVar(&o.watch, "watch", false, "build again whenever something changes, until Ctrl-C")
	f.BoolVar(&o.noCache, "no-cache", false, "read the notes even if nothing has changed, and leave no cache")
	cmd.MarkFlagsMutuallyExclusive("diff", "json")
	for _, other := range []string{"check", "diff", "json"} {
		cmd.MarkFlagsMutuallyExclusive("watch", other)
	}
	a.completeClients(cmd, func(args []string) []string { return args })
	return cmd
}

// build runs the command, or says again what it said when nothing has changed since.
func (a *app) build(o buildOptions, args []string) error {
	if err := o.valid(); err != nil {
		return err
	}
	dir := a.findVault(args)
	c := a.cache(o, dir)
	if c != nil {
		defer c.Close()
		if known, err := a.recall(c); known {
			return err
		}
	}
	b, err := a.rebuild(o, dir, c)
	if err != nil {
		return err
	}
	var printed bytes.Buffer
	if err := a.copying(&printed).show(b, o); err != nil {
		return err
	}
	end := finish(b.problems, b.status(o))
	if c != nil {
		b.keep(c, printed.Bytes(), end)
	}
	return shown(end)
}

// copying gives an app that prints the same into a copy, too.
func (a *app) copying(into io.Writer) *app {
	other := *a
	other.out = io.MultiWriter(a.out, into)
	return &other
}

// rebuild does all that the command does but print its result. It depends on nothing that a cache does not know, if there
// is one.
func (a *app) rebuild(o buildOptions, dir string, c *vault.Cache) (*builder, error) {
	p, err := findIn(dir)
	if err != nil {
		return nil, err
	}
	if c != nil {
		p.rest(c)
	}
	b, err := p.builder()
	if err != nil {
		return nil, err
	}
	if err := b.assess(o); err != nil {
		return nil, err
	}
	if err := b.plan(o); err != nil {
		return nil, err
	}
	if err := b.compose(); err != nil {
		return nil, err
	}
	if !o.check && !o.diff {
		b.write(o)
	}
	vault.SortProblems(placed(b.problems))
	return b, nil
}

func (o buildOptions) valid() error {
	if o.asOf != "" {
		if iso, ok := questionnaire.ParseDate(o.asOf); !ok || iso != o.asOf {
			return fault("as_of_invalid", fmt.Sprintf("--as-of %q is not a date", o.asOf), "write it as 2025-08-25")
		}
	}
	if !slices.Contains([]string{"auto", "always", "never"}, o.color) {
		return fault("color_invalid", fmt.Sprintf("--color %q is none of auto, always, never", o.color), "")
	}
	return nil
}

// choose keeps the clients that the flags name.
func (o buildOptions) choose(all []*questionnaire.Engagement) (map[string]bool, error) {
	known := make([]string, len(all))
	for i, e := range all {
		known[i] = e.Client.Code
	}
	chosen := map[string]bool{}
	if len(o.clients) == 0 {
		for _, code := range known {
			chosen[code] = o.only == nil || o.only[code]
		}
		return chosen, nil
	}
	for _, c := range o.clients {
		code, _ := questionnaire.FoldCode(c)
		if !slices.Contains(known, code) {
			hint := "the clients that can be built are " + strings.Join(known, ", ")
			if len(known) == 0 {
				hint = "the vault has no client yet: synth new begins with one"
			}
			if near := strictyaml.Nearest(c, known); near != "" {
				hint = "did you mean " + near + "?"
			}
			return nil, fault("client_unknown", fmt.Sprintf("no client %q can be built", c), hint)
		}
		chosen[code] = true
	}
	return chosen, nil
}

// printJSON prints the one document that --json gives, also where there is nothing but problems to tell.
func (a *app) printJSON(document any) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}

// show prints the result on stdout, in the form that was asked for.
func (a *app) show(b *builder, o buildOptions) error {
	switch {
	case o.json:
		return a.printJSON(b.document())
	case o.diff:
		for _, c := range b.changes() {
			if _, err := a.out.Write(a.patch(c.Unified())); err != nil {
				return err
			}
		}
		return nil
	}
	screen, err := b.screen(a.drawing(o.color))
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, screen)
	return err
}

// patch gives a unified diff as it is to be printed: its bytes into a pipe; on a terminal nothing but tabs and line ends
// that acts there.
func (a *app) patch(unified []byte) []byte {
	if !a.terminal {
		return unified
	}
	lines := strings.Split(string(unified), "\n")
	for i, line := range lines {
		cells := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		for j, cell := range cells {
			cells[j] = visible(cell)
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return []byte(strings.Join(lines, "\n"))
}
