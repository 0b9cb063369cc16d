package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// newOptions are the flags of new.
type newOptions struct {
	client     string
	name       string
	country    string
	date       string
	ask        bool
	accessible bool
}

// newView is what the screen of new can reach.
type newView struct {
	Questionnaire string
	Code          string
	Client        vault.Untrusted // the client's note, where it was made
	Path          vault.Untrusted // zero where nothing was written
	Asked         bool
	Dated         bool
	Answered      int
	Total         int
}

func newNew(a *app) *cobra.Command {
	var o newOptions
	cmd := &cobra.Command{
		Use:   "new QUESTIONNAIRE [VAULT]",
		Short: "Write an empty questionnaire note, or ask its questions in the terminal",
		Long: `New writes a questionnaire note to tick in Obsidian: every question with its options. It lies beside the client's
other questionnaires, else beside the client's note. Until something is answered in it, it waits and counts for nothing.
No note is ever overwritten: a second one of the same questionnaire gets --date into its name.

A client whom the vault does not know yet begins with --name, which writes the client's note too.

With --ask, new asks the questions in the terminal, one at a time, and saves each answer as it is given: leave at any
time, and run it again to go on with the first open question. --accessible asks in plain lines, for screen readers and
scripts; so does the environment variable ACCESSIBLE. While an interview has something to save, no other synth can
write to the vault.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.

Exit status: 0 done; 1 such a questionnaire waits for its answers already; 2 bad input, or it could not be written.`,
		Example: `  synth new facturation --client cvp examples/suisse
  synth new acces_it --client nord --name "Nord Dental" --country CH examples/suisse
  synth new facturation --client cvp --ask examples/suisse`,
		Args:              cobra.MaximumNArgs(2),
		RunE:              func(_ *cobra.Command, args []string) error { return a.new(o, args) },
		ValidArgsFunction: a.completeForm,
	}
	f := cmd.Flags()
	f.StringVar(&o.client, "client", "", "the client's `CODE` (may be left out where the vault has one client)")
	f.StringVar(&o.name, "name", "", "the `NAME` of a new client, for the client's note")
	f.StringVar(&o.country, "country", "", "the new client's `COUNTRY`: CH, FR or CH_FR")
	f.StringVar(&o.date, "date", "", "the day of the answers, `YYYY-MM-DD`")
	f.BoolVar(&o.ask, "ask", false, "ask the questions in the terminal")
	f.BoolVar(&o.accessible, "accessible", false, "ask in plain lines (with --ask)")
	a.completeClients(cmd, func(args []string) []string { return args[min(1, len(args)):] })
	return cmd
}

// request is what new was asked for, found in the vault.
type request struct {
	place  *place
	model  *assess.Model
	set    *questionnaire.Set
	form   *questionnaire.Questionnaire
	code   string
	client *questionnaire.Engagement // nil for a client whom the vault does not know
	head   questionnaire.Head
	folder string
	note   *vault.Change // the client's, where it is to be made
}

// new runs the command.
func (a *app) new(o newOptions, args []string) error {
	if err := o.valid(); err != nil {
		return err
	}
	if len(args) == 0 {
		return a.whichQuestionnaire("new")
	}
	p, err := a.enterToAdd(args[1:], "synth new QUESTIONNAIRE VAULT")
	if err != nil {
		return err
	}
	model, problems := assess.Load(p.content, p.settings.Language)
	if len(problems) > 0 {
		return finish(problems, exitFault)
	}
	r := &request{place: p, model: model, set: model.Set}
	if err := r.find(args[0], o); err != nil {
		return err
	}
	if o.ask {
		return a.ask(o, r)
	}
	return a.lay(r)
}

func (o newOptions) valid() error {
	if iso, ok := questionnaire.ParseDate(o.date); o.date != "" && (!ok || iso != o.date) {
		return fault("date_invalid", fmt.Sprintf("--date %q is not a date", o.date), "write it as 2025-07-31")
	}
	if o.accessible && !o.ask {
		return fault("flag_alone", "--accessible says how --ask asks", "add --ask")
	}
	return nil
}

// find reads what the arguments name: the questionnaire, the client and the folder.
func (r *request) find(id string, o newOptions) error {
	if r.form = r.set.Questionnaire(strings.ReplaceAll(strings.ToLower(id), "-", "_")); r.form == nil || r.form.ID == questionnaire.ClientID {
		hint := r.known()
		if near := strictyaml.Nearest(id, questionnaireIDs(r.set)); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		return fault("questionnaire_unknown", fmt.Sprintf("there is no questionnaire %q", id), hint)
	}
	engagements, problems := r.set.Read(r.place.vault)
	if err := r.findClient(o, engagements, problems); err != nil {
		return err
	}
	r.head = questionnaire.Head{Client: r.code, Date: o.date}
	if r.client != nil {
		r.head.Consultant, _ = vault.NewName(r.client.Client.Consultant)
	}
	return r.newClient(o)
}

// known lists the questionnaires there are.
func (r *request) known() string {
	return "the questionnaires are " + strings.Join(questionnaireIDs(r.set), ", ")
}

func questionnaireIDs(set *questionnaire.Set) []string {
	ids := make([]string, len(set.Questionnaires))
	for i, q := range set.Questionnaires {
		ids[i] = q.ID
	}
	return ids
}

// findClient tells whose questionnaire it is to be.
func (r *request) findClient(o newOptions, all []*questionnaire.Engagement, problems []vault.Problem) error {
	known := make([]string, len(all))
	for i, e := range all {
		known[i] = e.Client.Code
	}
	code, ok := questionnaire.FoldCode(o.client)
	switch {
	case o.client == "" && len(known) == 1 && o.name == "":
		code = known[0]
	case o.client == "" && len(known) == 0:
		return fault("client_missing", "the vault has no client yet", `begin with one: --client CODE --name "NAME OF THE PRACTICE"`)
	case o.client == "":
		return fault("client_missing", "whose questionnaire is it?", "add --client CODE; the clients are "+strings.Join(known, ", "))
	case !ok:
		return fault("client_code_invalid", fmt.Sprintf("--client %q is no client's code", o.client), "a code is 1 to 16 of a-z, 0-9 and -, with a letter, such as cdt")
	}
	r.code = code
	if at := slices.Index(known, code); at >= 0 {
		r.client = all[at]
		return nil
	}
	return r.unknown(o, known, problems)
}

// unknown is a client whom the vault does not know: a new one with --name, else a mistake, unless his notes cannot be
// read.
func (r *request) unknown(o newOptions, known []string, problems []vault.Problem) error {
	faults := slices.DeleteFunc(slices.Clone(problems), func(p vault.Problem) bool { return p.Severity != vault.Error })
	if o.name != "" && len(faults) == 0 {
		return nil
	}
	p := vault.Problem{Severity: vault.Error, Code: "client_unknown", Message: fmt.Sprintf("the vault has no client %q", o.client)}
	near := strictyaml.Nearest(r.code, known)
	switch {
	case len(faults) > 0:
		p.Message = fmt.Sprintf("the vault has no client %q, or its notes cannot be read", o.client)
		p.Hint = "correct the notes first: one of them may be this client's"
	case near != "":
		p.Hint = `did you mean ` + near + `? A new client begins with --name "NAME OF THE PRACTICE"`
	default:
		p.Hint = `a new client begins with --name "NAME OF THE PRACTICE"`
	}
	return finish(append(faults, p), exitFault)
}

// lay writes the empty note.
func (a *app) lay(r *request) error {
	if waiting := r.waiting(); waiting != nil {
		return finish([]vault.Problem{{Path: waiting.Note, Severity: vault.Warning, Code: "questionnaire_waiting",
			Message: "this questionnaire waits for its answers already", Hint: "tick them in Obsidian, or answer in the terminal with --ask"}}, exitNotSo)
	}
	if err := r.second(); err != nil {
		return err
	}
	change := vault.Change{Path: r.path(r.head.Date), Kind: questionnaireKind, Status: vault.Created, New: r.set.Blank(r.form, r.head)}
	problems := r.place.change(func(s *vault.Session) []vault.Problem { return s.Apply(r.code, r.changes(change)) })
	err := finish(problems, exitDone)
	if err != nil {
		return err
	}
	view := newView{Questionnaire: r.form.ID, Code: r.code, Path: vault.Received(change.Path), Dated: r.head.Date != "", Total: len(r.form.Questions)}
	if r.note != nil {
		view.Client = vault.Received(r.note.Path)
	}
	return a.print(r.place, "new", view)
}

// changes puts the client's note before the questionnaire's, where it is to be made.
func (r *request) changes(c vault.Change) []vault.Change {
	if r.note == nil {
		return []vault.Change{c}
	}
	return []vault.Change{*r.note, c}
}

// path is where the note goes.
func (r *request) path(date string) string {
	return freeName(r.place.vault, r.folder, r.form.Note+"_"+strings.ToUpper(r.code), date)
}

// second refuses a second note of a questionnaire that nothing would tell from the first.
func (r *request) second() error {
	if r.client == nil || r.client.Latest(r.form.ID) == nil || r.head.Date != "" {
		return nil
	}
	last := r.client.Latest(r.form.ID).Last()
	return finish([]vault.Problem{{Path: last.Note, Severity: vault.Error, Code: "questionnaire_twice",
		Message: "the client has answered this questionnaire already", Hint: "say the day of the new answers with --date YYYY-MM-DD: it goes into the note's name"}}, exitFault)
}

// waiting is the client's note of the questionnaire that waits for its answers, nil where there is none.
func (r *request) waiting() *questionnaire.Sheet {
	if r.client == nil {
		return nil
	}
	for _, s := range r.client.Waiting {
		if s.Questionnaire == r.form.ID && (r.head.Date == "" || s.Date == "" || s.Date == r.head.Date) {
			return s
		}
	}
	return nil
}
