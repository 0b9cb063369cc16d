package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/explain"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	client string
	whyNot bool
	json   bool
	asOf   string
	color  string
}

func newExplain(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain ID [VAULT]",
		Short: "Trace a statement back to its answers, and on to what follows from it",
		Long: `Explain takes one id of the model and shows what stands behind it for a client: the sentence and its words, the
finding, the control and the rule that gave its level, the answers with their notes and lines; then the risks, the
actions and the references that follow, and which answers would change it. ID names a control, a risk, an action, an
opportunity, a contradiction, a theme, a reference, a domain, a questionnaire (questionnaire:ID where a domain has the
same id), a question (QUESTIONNAIRE.QUESTION), or the client's score: "score". NOTE#^id and [[NOTE#^id]] name the block
of a note, and its client.

With --why-not it shows why something is not in the notes: its conditions, which of them hold, and the answers that
would make it appear. ID=LEVEL asks why a control is not at a level.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 explained; 1 with --why-not, it is shown; 2 no such id or client, or the vault cannot be read.`,
		Example: `  synth explain corr_resultats --client cdt examples/suisse
  synth explain score --client cdt examples/suisse
  synth explain 'Facturation_CDT#^flux' examples/suisse
  synth explain --why-not corr_opp_mail --client cdt examples/suisse
  synth explain --why-not corr_resultats=4 --client cdt examples/suisse`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: a.completeIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			err := a.explain(o, args)
			if fault := new(outcome); o.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printExplanation(explain.Nothing(args[0]), fault.problems))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.client, "client", "", "the client's `CODE`; needed where the id is in the notes of several")
	f.BoolVar(&o.whyNot, "why-not", false, "show why it is not in the notes (ID=LEVEL: why a control is not at a level)")
	f.BoolVar(&o.json, "json", false, "print the explanation as one JSON document (schemas/explain.schema.json)")
	f.StringVar(&o.asOf, "as-of", "", "the day that due dates count from, `YYYY-MM-DD` (default: the client note's as_of, else the newest date_reception)")
	f.StringVar(&o.color, "color", "auto", "colours: `auto`, always or never")
	a.completeClients(cmd, func(args []string) []string { return args[min(1, len(args)):] })
	return cmd
}

// explain runs the command.
func (a *app) explain(o explainOptions, args []string) error {
	if err := (buildOptions{asOf: o.asOf, color: o.color}).valid(); err != nil {
		return err
	}
	b, err := a.open(args[1:])
	if err != nil {
		return err
	}
	engagements, problems := b.model.Set.Read(b.vault)
	q := &asking{builder: b, engagements: engagements, problems: problems, asOf: o.asOf, client: o.client, level: -1}
	if err := q.parse(args[0], o.whyNot); err != nil {
		return err
	}
	e, err := q.answer(o.whyNot)
	if err != nil {
		return err
	}
	if err := a.showExplanation(b, o, e); err != nil {
		return err
	}
	if e.WhyNot != nil && e.WhyNot.Shown {
		return shown(finish(nil, exitNotSo))
	}
	return nil
}

// sumsWidth is the width below which the table of a score would break the names of domains.
const sumsWidth = 80

// explainView is what the screens of explain can reach.
type explainView struct {
	*explain.Explanation
	Narrow bool // too narrow for a table
}

func (a *app) showExplanation(b *builder, o explainOptions, e *explain.Explanation) error {
	if o.json {
		return a.printExplanation(e, nil)
	}
	name := map[explain.Kind]string{explain.KindOpportunity: "statement", explain.KindContradiction: "statement", explain.KindDomain: "score"}[e.Kind]
	if name == "" {
		name = string(e.Kind)
	}
	drawing := a.drawing(o.color)
	markdown, err := b.composer.Screen("explain_"+name, explainView{e, drawing.Width < sumsWidth})
	if err != nil {
		return fault("template_invalid", err.Error(), "")
	}
	return a.draw(markdown, drawing)
}

// explainedDocument is what --json gives.
type explainedDocument struct {
	*explain.Explanation
	Problems []result.Problem `json:"problems"`
}

// printExplanation prints the one document that --json gives, also where there is nothing but problems to tell.
func (a *app) printExplanation(e *explain.Explanation, problems []vault.Problem) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(explainedDocument{e, result.NewProblems(problems)})
}

// draw draws a screen.
func (a *app) draw(markdown string, o render.Options) error {
	screen, err := render.Markdown(markdown, o)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, screen)
	return err
}

// splitLevel takes the level off ID=LEVEL; -1 where there is none.
func splitLevel(id string) (string, int, error) {
	id, text, ok := strings.Cut(id, "=")
	if !ok {
		return id, -1, nil
	}
	level, err := strconv.Atoi(text)
	if err != nil || level < 0 || level > assess.MaxLevel {
		return id, 0, fault("level_invalid", fmt.Sprintf("%q is no level", text), fmt.Sprintf("levels run from 0 to %d", assess.MaxLevel))
	}
	return id, level, nil
}

// completeIDs offers the ids that begin like the word under the cursor; behind the id comes the vault's folder.
func (a *app) completeIDs(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	p, err := a.enter(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	model, problems := assess.Load(p.content, p.settings.Language)
	if len(problems) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, id := range explain.IDs(model) {
		if strings.HasPrefix(id, word) {
			out = append(out, id)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
