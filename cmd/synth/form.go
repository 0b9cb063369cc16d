package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/intake"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// formspree is where a form of that service is sent, before its hash.
const formspree = "https://formspree.io/f/"

// formOptions are the flags of form.
type formOptions struct {
	client   string
	endpoint string
	open     bool
	fields   bool
	output   string
}

func newForm(a *app) *cobra.Command {
	var o formOptions
	cmd := &cobra.Command{
		Use:   "form QUESTIONNAIRE [VAULT]",
		Short: "Print a questionnaire as a web page that sends its answers",
		Long: `Form prints a questionnaire as one HTML page that needs no script and loads nothing. It is made of the same file by
which the answers are read, so that what is sent and what is read cannot disagree. With --client, hidden fields say
whose answers they are; with --open it asks only what is unknown or contradictory in that client's latest answers, and
what comes back completes them, question by question.

Answers go to --endpoint, else to the form of Formspree that forms: in synth.yaml names for this questionnaire and
client. Where neither tells, the page says that it is not connected, and cannot be sent.

With --fields it prints instead what formspree.json says of the form: its fields, and which must be filled in.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 with --open nothing is left to ask; 2 bad input.`,
		Example: `  synth form correspondance --endpoint https://formspree.io/f/abcdefgh > correspondance.html
  synth form acces_it --open --client cdt examples/suisse
  synth form facturation --fields`,
		Args:              cobra.MaximumNArgs(2),
		RunE:              func(_ *cobra.Command, args []string) error { return a.form(o, args) },
		ValidArgsFunction: a.completeForm,
	}
	f := cmd.Flags()
	f.StringVar(&o.client, "client", "", "the `CODE` of the one client who is asked")
	f.StringVar(&o.endpoint, "endpoint", "", "the `URL` that the answers are sent to")
	f.BoolVar(&o.open, "open", false, "ask only what is unknown or contradictory in the client's latest answers")
	f.BoolVar(&o.fields, "fields", false, "print the form's fields as formspree.json describes them")
	f.StringVarP(&o.output, "output", "o", "", "write to this `FILE`, replacing it, instead of stdout")
	cmd.MarkFlagsMutuallyExclusive("fields", "endpoint")
	a.completeClients(cmd, func(args []string) []string { return args[min(1, len(args)):] })
	return cmd
}

// form runs the command.
func (a *app) form(o formOptions, args []string) error {
	if err := o.valid(); err != nil {
		return err
	}
	if len(args) == 0 {
		return a.whichQuestionnaire("form")
	}
	enter := a.find
	if o.open {
		enter = a.enter
	}
	p, err := enter(args[1:])
	if err != nil {
		return err
	}
	model, problems := assess.Load(p.content, p.settings.Language)
	if len(problems) > 0 {
		return finish(problems, exitFault)
	}
	form := &intake.Page{Set: model.Set}
	if form.Questionnaire, err = asks(model.Set, args[0]); err != nil {
		return err
	}
	form.Client, _ = questionnaire.FoldCode(o.client)
	if problems := form.Problems(); len(problems) > 0 {
		return finish(problems, exitFault)
	}
	var warnings []vault.Problem
	if o.open {
		if warnings, err = p.open(model, form); err != nil {
			return err
		}
	}
	if o.fields {
		return a.printFields(o, form)
	}
	warnings = append(warnings, p.connect(o, form)...)
	text, err := form.HTML(p.content, p.settings.Language)
	if err != nil {
		return fault("template_invalid", err.Error(), "")
	}
	if err := a.deliver(o, text); err != nil {
		return err
	}
	return finish(warnings, exitDone)
}

func (o *formOptions) valid() error {
	var problems []vault.Problem
	add := func(code, message, hint string) {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: code, Message: message, Hint: hint})
	}
	if _, ok := questionnaire.FoldCode(o.client); o.client != "" && !ok {
		add("client_code_invalid", fmt.Sprintf("--client %q is no client's code", o.client), "name one client, such as --client cdt")
	}
	if o.open && o.client == "" {
		add("client_missing", "--open asks what is open in one client's answers, and none is named", "name the client, such as --open --client cdt")
	}
	if o.endpoint != "" && !private(o.endpoint) {
		add("endpoint_invalid", fmt.Sprintf("--endpoint %q is no address that keeps answers private", o.endpoint), "write it as "+formspree+"abcdefgh")
	}
	return finish(problems, exitDone)
}

// private reports whether what is sent to an address cannot be read on the way: it is encrypted, or does not leave the
// machine.
func private(address string) bool {
	to, err := url.Parse(address)
	if err != nil || to.Hostname() == "" || to.User != nil {
		return false
	}
	ip := net.ParseIP(to.Hostname())
	return to.Scheme == "https" || to.Scheme == "http" && (to.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// asks finds the questionnaire that the command line names.
func asks(set *questionnaire.Set, name string) (*questionnaire.Questionnaire, error) {
	q, rest := set.FromFormID(name)
	if q != nil && rest == "" {
		return q, nil
	}
	var known []string
	for _, q := range set.Questionnaires {
		known = append(known, q.ID)
	}
	hint := "the questionnaires are " + strings.Join(known, ", ")
	if near := strictyaml.Nearest(name, known); near != "" {
		hint = "did you mean " + near + "?"
	} else if q != nil {
		hint = "did you mean " + q.ID + " --client " + rest + "?"
	}
	return nil, fault("questionnaire_unknown", fmt.Sprintf("there is no questionnaire %q", name), hint)
}

// open puts into the form the questions that go back to its client, and why each does. It tells what no form asks.
func (p *place) open(model *assess.Model, form *intake.Page) (warnings []vault.Problem, err error) {
	b := &builder{settings: p.settings, vault: p.vault, model: model, problems: p.vault.Problems()}
	if problem, incomplete := b.incomplete(); incomplete {
		problem.Code, problem.Message = "vault_incomplete", "what is open cannot be told, since not every note can be read"
		return nil, finish(append(b.problems, problem), exitFault)
	}
	if err := b.assess(buildOptions{clients: []string{form.Client}}); err != nil {
		return nil, err
	}
	form.Open = map[string]string{}
	for _, one := range b.built {
		if !one.chosen {
			continue
		}
		for _, q := range one.report.Questions {
			if q.Ref.Questionnaire == form.Questionnaire.ID {
				form.Open[q.Ref.Question] = q.Reason
			}
		}
		warnings = unasked(model, one.report.Engagement, form.Questionnaire.ID)
	}
	if len(form.Open) == 0 {
		return nil, finish(append(warnings, vault.Problem{Severity: vault.Warning, Code: "nothing_open",
			Message: "nothing of " + form.Questionnaire.ID + " is left to ask the client " + form.Client}), exitNotSo)
	}
	return warnings, nil
}

// connect says where the form is sent: as the flag tells, else to the one form of the settings that asks this
// questionnaire of this client, else of every client.
func (p *place) connect(o formOptions, form *intake.Page) []vault.Problem {
	form.Endpoint = o.endpoint
	for _, client := range []string{form.Client, ""} {
		if form.Endpoint != "" {
			return nil
		}
		var hashes []string
		for _, hash := range slices.Sorted(maps.Keys(p.settings.Forms)) {
			if p.settings.Forms[hash] == (intake.Form{Questionnaire: form.Questionnaire.ID, Client: client}) {
				hashes = append(hashes, url.PathEscape(hash))
			}
		}
		if len(hashes) > 1 {
			return []vault.Problem{{Severity: vault.Warning, Code: "endpoint_ambiguous",
				Message: "the page cannot be sent: several forms in " + settingsFile + " ask " + form.Questionnaire.ID + ": " + strings.Join(hashes, ", "),
				Hint:    "choose one with --endpoint " + formspree + hashes[0]}}
		}
		if len(hashes) == 1 {
			form.Endpoint = formspree + hashes[0]
		}
	}
	if form.Endpoint != "" {
		return nil
	}
	return []vault.Problem{{Severity: vault.Warning, Code: "endpoint_missing",
		Message: "the page cannot be sent: nothing says where the answers go",
		Hint:    "name the address with --endpoint, or the form's hash under forms: in " + settingsFile}}
}

// printFields prints the form's part of formspree.json.
func (a *app) printFields(o formOptions, form *intake.Page) error {
	type entry struct {
		Name   string                      `json:"name"`
		Fields map[string]intake.FieldRule `json:"fields"`
	}
	one := entry{Name: form.Questionnaire.Title, Fields: form.Fields()}
	if form.Client != "" {
		one.Name += " (" + strings.ToUpper(form.Client) + ")"
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(map[string]map[string]entry{"forms": {form.ID(): one}}); err != nil {
		return err
	}
	return a.deliver(o, b.Bytes())
}

// deliver writes the result to stdout or into the file that was asked for: some shells would change the encoding of what
// they redirect.
func (a *app) deliver(o formOptions, text []byte) error {
	if o.output == "" {
		_, err := a.out.Write(text)
		return err
	}
	name := o.output
	if !filepath.IsAbs(name) {
		name = filepath.Join(a.workDir, name)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		return fault("output_unwritable", err.Error(), "")
	}
	return nil
}
