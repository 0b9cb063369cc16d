package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// compareOptions are the flags of compare.
type compareOptions struct {
	client, from, to string
	json             bool
	color            string
}

func newCompare(a *app) *cobra.Command {
	var o compareOptions
	cmd := &cobra.Command{
		Use:   "compare [VAULT]",
		Short: "Set two assessments of a client side by side",
		Long: `Compare shows what moved between two assessments of a client: scores and priorities by domain, findings, risks,
actions, questions to send back. Both are judged by today's model, so that what moved between them moved because the
answers did; what the model's change moved since is told apart, where the synthesis recorded a score then.

Without dates it compares the latest answers with those that stood before the newest assessment came, as the synthesis
does: some questionnaire must have been answered twice. --from and --to name the days on which the client is looked at: what counts on a day are the assessments that had
begun by then. The client's own note is always today's.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml. --client is needed where
the vault holds several.

Exit status: 0 done; 1 there are no two assessments to compare; 2 bad input.`,
		Example: `  synth compare --client cvp examples/suisse
  synth compare --client cvp --from 2025-02-10 --to 2025-10-06 examples/suisse
  synth compare --client cvp --json examples/suisse`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			err := a.compare(o, args)
			if fault := new(outcome); o.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printJSON(result.Comparison{Schema: result.CompareSchema, Problems: result.NewProblems(fault.problems)}))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.client, "client", "", "the client's `CODE`")
	f.StringVar(&o.from, "from", "", "look at the client as of this day, `YYYY-MM-DD`, first (default: before the newest assessment)")
	f.StringVar(&o.to, "to", "", "and as of this day, `YYYY-MM-DD` (default: the newest answers)")
	f.BoolVar(&o.json, "json", false, "print the result as one JSON document (schemas/compare.schema.json)")
	f.StringVar(&o.color, "color", "auto", "colours: `auto`, always or never")
	a.completeClients(cmd, func(args []string) []string { return args })
	return cmd
}

// compare runs the command.
func (a *app) compare(o compareOptions, args []string) error {
	build := buildOptions{color: o.color, json: o.json}
	if err := o.valid(build); err != nil {
		return err
	}
	b, err := a.open(args)
	if err != nil {
		return err
	}
	if o.client != "" {
		build.clients = []string{o.client}
	}
	if err := b.assess(build); err != nil {
		return err
	}
	one, err := b.only()
	if err != nil {
		return err
	}
	c, err := newComparison(b, one, o)
	if err != nil {
		return err
	}
	if err := b.plan(build); err != nil { // the places of the notes: the synthesis recorded earlier scores
		return err
	}
	if err := c.fill(b); err != nil {
		return err
	}
	b.problems = slices.DeleteFunc(b.problems, func(p vault.Problem) bool { return p.Severity != vault.Error })
	vault.SortProblems(placed(b.problems))
	if err := a.showComparison(b, o, c); err != nil {
		return err
	}
	status := exitDone
	if c.trend == nil {
		status = exitNotSo
	}
	return shown(finish(b.problems, status))
}

func (o compareOptions) valid(build buildOptions) error {
	for _, flag := range []struct{ name, value string }{{"from", o.from}, {"to", o.to}} {
		if iso, ok := questionnaire.ParseDate(flag.value); flag.value != "" && (!ok || iso != flag.value) {
			return fault("date_invalid", fmt.Sprintf("--%s %q is not a date", flag.name, flag.value), "write it as 2025-08-25")
		}
	}
	if o.from != "" && o.to != "" && o.from >= o.to {
		return fault("dates_reversed", fmt.Sprintf("--from %s is not before --to %s", o.from, o.to), "")
	}
	return build.valid()
}

// only gives the one client that is chosen.
func (b *builder) only() (*built, error) {
	var chosen []*built
	var codes []string
	for _, one := range b.built {
		if one.chosen {
			chosen, codes = append(chosen, one), append(codes, one.report.Engagement.Client.Code)
		}
	}
	switch {
	case len(chosen) == 1:
		return chosen[0], nil
	case len(chosen) == 0:
		problems := append(slices.Clone(b.problems), vault.Problem{Severity: vault.Error, Code: "client_missing",
			Message: "the vault holds no client that can be assessed", Hint: "name another VAULT, or add a questionnaire's note"})
		return nil, finish(problems, exitFault)
	}
	return nil, fault("client_needed", fmt.Sprintf("the vault holds %d clients", len(chosen)), "name one with --client: "+strings.Join(codes, ", "))
}

// comparison is a client at two times.
type comparison struct {
	client *built
	rounds []string      // the days on which assessments began
	dated  bool          // the flags name a day
	trend  *assess.Trend // nil where there is nothing to compare

	before, now *plan.Roadmap
	model       *int             // what the model's change moved; nil where it is not known
	recorded    *result.Recorded // nil where the synthesis recorded nothing then
}

// newComparison judges the client at the two times that the flags ask for.
func newComparison(b *builder, one *built, o compareOptions) (*comparison, error) {
	all := one.report.Engagement
	c := &comparison{client: one, rounds: all.Rounds(), dated: o.from != "" || o.to != ""}
	now := all
	if o.to != "" {
		now = all.On(o.to)
	}
	before := now.Before(now.NewestRound())
	if o.from != "" {
		before = all.On(o.from)
	}
	for _, flag := range []struct {
		day  string
		then *questionnaire.Engagement
	}{{o.from, before}, {o.to, now}} {
		if flag.day != "" && flag.then.NewestRound() == "" {
			hint := "the client has none"
			if len(c.rounds) > 0 {
				hint = "assessments began on " + strings.Join(c.rounds, ", ")
			}
			return nil, fault("assessment_missing", "no assessment had begun by "+flag.day, hint)
		}
	}
	if before.NewestRound() == "" || sameRounds(before, now) || o.from == "" && !again(now) {
		return c, nil
	}
	var err error
	if c.trend, err = b.model.Compare(before, now); err != nil {
		return nil, fault("assess_failed", err.Error(), "")
	}
	return c, nil
}

// again tells whether some questionnaire was answered anew: until then the first answers are still coming in.
func again(e *questionnaire.Engagement) bool {
	for _, rounds := range e.Assessments {
		if len(rounds) > 1 {
			return true
		}
	}
	return false
}

// sameRounds tells whether the same assessments count.
func sameRounds(a, b *questionnaire.Engagement) bool {
	if len(a.Assessments) != len(b.Assessments) {
		return false
	}
	for form, rounds := range b.Assessments {
		if len(a.Assessments[form]) != len(rounds) {
			return false
		}
	}
	return true
}

// fill adds what the roadmaps and the synthesis say.
func (c *comparison) fill(b *builder) (err error) {
	if c.trend == nil {
		return nil
	}
	for _, side := range []struct {
		report  *assess.Report
		roadmap **plan.Roadmap
	}{{c.trend.Before, &c.before}, {c.trend.Now, &c.now}} {
		if *side.roadmap, err = plan.Build(side.report, nil, side.report.Engagement.Newest()); err != nil {
			return fault("plan_failed", err.Error(), "")
		}
	}
	if share, then, ok := b.places.ModelShare(c.trend); ok {
		c.model, c.recorded = &share, &result.Recorded{Final: then.Final, Version: then.Version}
	}
	return nil
}
