package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// statusOptions are the flags of status.
type statusOptions struct {
	client    string
	framework string
	asOf      string
	json      bool
	csv       bool
	color     string
}

func newStatus(a *app) *cobra.Command {
	var o statusOptions
	cmd := &cobra.Command{
		Use:   "status [VAULT]",
		Short: "Show where every client stands, the most urgent first",
		Long: `Status shows for every client the score with its interval, the priority of each domain, how many actions are done
and overdue, how old the last answers are, and how many questions wait for an answer. Those that need attention come
first: by priority, then the lowest score, then what is overdue. With --client it shows one client in detail.

Delays and ages count to one day for all: --as-of, else the newest day that any client of the vault has (his note's
as_of, else his newest date_reception), never the computer's date. An action is overdue when its date lies before that day.

With --csv it prints a table for a spreadsheet: separated by semicolons, with a byte order mark and CRLF, as a French
Excel opens it. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

With --framework it shows how the lines of one framework stand for each client instead: open, not assessed, met, and
those that no control is about, each with the controls behind it. "synth model list --kind framework" lists the names.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 2 bad input, or not every client could be assessed.`,
		Example: `  synth status examples/suisse
  synth status --client cdt examples/suisse
  synth status --framework fmh --client cdt examples/suisse
  synth status --as-of 2026-03-01 --csv examples/suisse
  synth status --json examples/suisse`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			err := a.status(o, args)
			if fault := new(outcome); o.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printOverview(result.NewOverview("", nil, result.NewProblems(fault.problems))))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.client, "client", "", "show the client with this `CODE` in detail")
	f.StringVar(&o.framework, "framework", "", "show the lines of the framework `NAME`")
	f.StringVar(&o.asOf, "as-of", "", "the day that delays and ages count to, `YYYY-MM-DD` (default: the newest day of any client)")
	f.BoolVar(&o.json, "json", false, "print one JSON document (schemas/status.schema.json)")
	f.BoolVar(&o.csv, "csv", false, "print a table for a spreadsheet")
	f.StringVar(&o.color, "color", "auto", "colours: `auto`, always or never")
	cmd.MarkFlagsMutuallyExclusive("json", "csv", "framework")
	a.completeClients(cmd, func(args []string) []string { return args })
	return cmd
}

// status runs the command.
func (a *app) status(o statusOptions, args []string) error {
	build := buildOptions{asOf: o.asOf, color: o.color}
	if o.client != "" {
		build.clients = []string{o.client}
	}
	if err := build.valid(); err != nil {
		return err
	}
	b, err := a.open(args)
	if err != nil {
		return err
	}
	if err := b.assess(build); err != nil {
		return err
	}
	build.asOf = "" // due dates count from each client's own day
	if err := b.plan(build); err != nil {
		return err
	}
	b.problems = slices.DeleteFunc(b.problems, func(p vault.Problem) bool { return p.Severity != vault.Error })
	vault.SortProblems(placed(b.problems))
	show := func() error { return a.showStatus(b, o, b.overview(o.asOf)) }
	if o.framework != "" {
		show = func() error { return a.showFramework(b, o) }
	}
	if err := show(); err != nil {
		return err
	}
	return shown(finish(b.problems, exitDone))
}

// overview tells where the chosen clients stand, on the day that is given or on the newest that any client has.
func (b *builder) overview(day string) result.Overview {
	if day == "" {
		for _, one := range b.built {
			day = max(day, asOf(buildOptions{}, one.report.Engagement))
		}
	}
	var clients []result.Status
	for _, one := range b.built {
		if one.chosen {
			clients = append(clients, result.NewStatus(one.report, one.roadmap, day))
		}
	}
	return result.NewOverview(day, clients, result.NewProblems(b.problems))
}

// printOverview prints the one document that --json gives.
func (a *app) printOverview(overview result.Overview) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(overview)
}

// showStatus prints the overview in the form that was asked for.
func (a *app) showStatus(b *builder, o statusOptions, overview result.Overview) error {
	switch {
	case o.json:
		return a.printOverview(overview)
	case o.csv:
		return writeCSV(a.out, overview)
	}
	drawing, name := a.drawing(o.color), "status"
	if o.client != "" {
		name = "status_client"
	}
	markdown, err := b.composer.Screen(name, newStatusView(overview, drawing.Width < tableWidth, len(b.problems) > 0))
	if err != nil {
		return fault("template_invalid", err.Error(), "")
	}
	return a.draw(markdown, drawing)
}

// writeCSV prints a line for each client. The byte order mark tells a spreadsheet that the text is UTF-8.
func writeCSV(to io.Writer, overview result.Overview) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	w.Comma, w.UseCRLF = ';', true
	header := []string{"code", "name", "priority", "final", "best", "coverage", "confidence", "actions_done", "actions_total",
		"overdue", "last_answers", "age", "unanswered"}
	for i, c := range overview.Clients {
		line := []string{safeCell(c.Client.Code), safeCell(c.Client.Name), c.Priority, number(c.Score.Final), number(c.Score.Best),
			strconv.Itoa(c.Score.Coverage), c.Score.Confidence, strconv.Itoa(c.Actions.Done), strconv.Itoa(c.Actions.Total),
			strconv.Itoa(len(c.Overdue)), "", number(c.Age), strconv.Itoa(len(c.Unanswered))}
		if c.Answered != nil {
			line[10] = *c.Answered
		}
		for _, d := range c.Domains {
			if i == 0 {
				header = append(header, "priority_"+d.ID, "final_"+d.ID, "best_"+d.ID)
			}
			line = append(line, d.Priority, number(d.Score.Final), number(d.Score.Best))
		}
		if i == 0 {
			if err := w.Write(header); err != nil {
				return err
			}
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	if len(overview.Clients) == 0 {
		if err := w.Write(header); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// safeCell shows what is hidden in a text, and puts an apostrophe before one that a spreadsheet would take for a formula.
func safeCell(s string) string {
	s = visible(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// number is empty where there is none.
func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
