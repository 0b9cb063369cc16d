package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// planOptions are the flags of plan.
type planOptions struct {
	client    string
	target    int
	hasTarget bool
	budget    int
	hasBudget bool
	do        []string
	gantt     bool
	json      bool
	write     bool
	asOf      string
	color     string
}

func newPlan(a *app) *cobra.Command {
	var o planOptions
	cmd := &cobra.Command{
		Use:   "plan [VAULT]",
		Short: "Show a client's roadmap, and what some of its actions would bring",
		Long: `Plan shows a client's roadmap: the actions by horizon, in their order. With --target, --budget or --do it answers
what doing actions would bring instead. It chooses among the actions that are neither done nor abandoned, each with
what it requires; the efforts are in half-days, the score is the client's with these actions done.

--target N finds the actions of least effort that bring the score to N; of equals, the fewest, then the first by id.
--budget D finds those that bring the highest score within D half-days; of equals, those of least effort.
--target N --budget D asks whether N can be reached within D half-days.
--do ID,… supposes actions done, and says what they require that is not. With --target or --budget, what is chosen comes
on top of them, and their own effort does not count.
--write gives the chosen actions a high priority (⏫, as the Tasks plugin writes it) in the roadmap's note. The priority
of a line is yours: builds keep it, and synth undo takes it back. Nothing else in the note changes.

The answer is exact, or says between which bounds the best one lies. It is the same on every machine.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 the target is out of reach, there is no score to plan with, or a chosen action has no line in
the roadmap; 2 bad input, or the vault could not be read or written.`,
		Example: `  synth plan --client cdt examples/suisse
  synth plan --client cdt --target 20 examples/suisse
  synth plan --client cdt --budget 12 --gantt examples/suisse
  synth plan --client cdt --do act_sec_verrouillage,act_corr_resultats --json examples/suisse`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.hasTarget, o.hasBudget = cmd.Flags().Changed("target"), cmd.Flags().Changed("budget")
			err := a.plan(o, args)
			if fault := new(outcome); o.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printJSON(result.NewPlan(nil, fault.problems)))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.client, "client", "", "the client's `CODE` (required where the vault holds several)")
	f.IntVar(&o.target, "target", 0, "the least effort that brings the score to `N`, from 1 to 100")
	f.IntVar(&o.budget, "budget", 0, "the highest score within `HALFDAYS`")
	f.StringSliceVar(&o.do, "do", nil, "suppose the actions of these `IDS` done, separated by commas")
	f.BoolVar(&o.gantt, "gantt", false, "draw the actions over time instead of listing them")
	f.BoolVar(&o.write, "write", false, "give the chosen actions a high priority in the roadmap's note")
	f.BoolVar(&o.json, "json", false, "print the result as one JSON document (schemas/plan.schema.json)")
	f.StringVar(&o.asOf, "as-of", "", "the day that due dates count from, `YYYY-MM-DD` (default: as in synth build)")
	f.StringVar(&o.color, "color", "auto", "colours: `auto`, always or never")
	cmd.MarkFlagsMutuallyExclusive("gantt", "json")
	a.completeClients(cmd, func(args []string) []string { return args })
	return cmd
}

// plan runs the command.
func (a *app) plan(o planOptions, args []string) error {
	if err := o.valid(); err != nil {
		return err
	}
	b, err := a.open(args)
	if err != nil {
		return err
	}
	p := &planner{builder: b, options: o, drawing: a.drawing(o.color)}
	if err := p.judge(); err != nil {
		return err
	}
	if err := b.plan(o.build()); err != nil {
		return err
	}
	b.problems = slices.DeleteFunc(b.problems, func(p vault.Problem) bool { return p.Severity != vault.Error }) // build tells of the others
	if p.one.roadmap == nil {
		return finish(b.problems, exitFault)
	}
	if o.do, err = known(o.do, b.model); err != nil {
		return err
	}
	if o.asked() && p.one.report.Score.Shown() {
		p.answer = answerTo(o, p.one)
	}
	if o.write {
		p.write()
	}
	vault.SortProblems(placed(b.problems))
	if err := p.show(a); err != nil {
		return err
	}
	return shown(finish(b.problems, p.status()))
}

// asked tells that a what-if question was asked.
func (o planOptions) asked() bool { return o.hasTarget || o.hasBudget || len(o.do) > 0 }

// build are the flags that plan shares with build.
func (o planOptions) build() buildOptions {
	shared := buildOptions{asOf: o.asOf, color: o.color}
	if o.client != "" {
		shared.clients = []string{o.client}
	}
	return shared
}

func (o planOptions) valid() error {
	var problems []vault.Problem
	add := func(code, message, hint string) {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: code, Message: message, Hint: hint})
	}
	if err := (buildOptions{asOf: o.asOf, color: o.color}).valid(); err != nil {
		problems = append(problems, err.(*outcome).problems...)
	}
	if o.hasTarget && (o.target < 1 || o.target > 100) {
		add("target_invalid", fmt.Sprintf("--target %d is no score", o.target), "name one from 1 to 100")
	}
	if o.hasBudget && o.budget < 0 {
		add("budget_invalid", fmt.Sprintf("--budget %d is no number of half-days", o.budget), "name 0 or more")
	}
	if o.write && !o.asked() {
		add("write_what", "--write has no chosen actions to write", "name some with --target, --budget or --do")
	}
	return finish(problems, exitDone)
}

// judge judges the one client that is meant. Where others have their notes does not matter: none is named anew.
func (p *planner) judge() error {
	engagements, problems := p.model.Set.Read(p.vault)
	p.problems = append(p.problems, problems...)
	chosen, err := p.options.build().choose(engagements)
	if err == nil {
		engagements = slices.DeleteFunc(engagements, func(e *questionnaire.Engagement) bool { return !chosen[e.Client.Code] })
		err = p.only(engagements)
	}
	if err != nil {
		p.problems = append(p.problems, err.(*outcome).problems...)
		vault.SortProblems(p.problems)
		return finish(p.problems, exitFault)
	}
	if err := p.assessAll(engagements, chosen, p.options.build()); err != nil {
		return err
	}
	p.one = p.built[0]
	return nil
}

// only fails unless there is one client.
func (p *planner) only(engagements []*questionnaire.Engagement) error {
	switch len(engagements) {
	case 0:
		return fault("client_none", "the vault holds no client to plan for", "a client is a client's note or an answered questionnaire: see synth new")
	case 1:
		return nil
	}
	codes := make([]string, len(engagements))
	for i, e := range engagements {
		codes[i] = e.Client.Code
	}
	return fault("client_missing", "the vault holds several clients", "name one of "+strings.Join(codes, ", ")+" with --client")
}

// known finds the actions of the model that ids name, as the model or as a block's id in a note writes them.
func known(ids []string, m *assess.Model) ([]string, error) {
	all := make([]string, len(m.Actions))
	byBlock := map[string]string{}
	for i, a := range m.Actions {
		all[i] = a.ID
		byBlock[questionnaire.BlockID(a.ID)] = a.ID
	}
	var out []string
	var problems []vault.Problem
	for _, id := range ids {
		found, ok := byBlock[questionnaire.BlockID(strings.TrimPrefix(strings.TrimSpace(id), "^"))]
		if ok {
			out = append(out, found)
			continue
		}
		p := vault.Problem{Severity: vault.Error, Code: "action_unknown", Message: fmt.Sprintf("the model has no action %q", id)}
		if near := strictyaml.Nearest(id, all); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
		problems = append(problems, p)
	}
	return out, finish(problems, exitDone)
}
