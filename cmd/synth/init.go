package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// initView is what the screen of init can reach.
type initView struct {
	Created, Present     []vault.Untrusted
	Types                int // added
	Dashboard, Templates vault.Untrusted
	First                string // questionnaire
}

func newInit(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init [VAULT]",
		Short: "Lay a vault out: settings, templates, property types, a dashboard",
		Long: `Init prepares a folder for synth: synth.yaml with every setting explained, templates for the notes of clients and
questionnaires, a folder for the clients, a dashboard of what Obsidian shows by itself, and the types of our properties
in Obsidian's types.json, where each that is there already stays as it is. The folder is made if it is not there.

What is there is never overwritten: run again, init writes only what is missing. synth undo takes it back.
Templates go into the folder that Obsidian's templates.json names, if there is one.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml, else this folder.

Exit status: 0 done; 2 bad input, or something could not be written.`,
		Example: `  synth init ~/Vault
  synth init`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.init(args) },
	}
}

// init runs the command.
func (a *app) init(args []string) error {
	if err := os.Mkdir(a.findVault(args), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fault("folder_unmakable", err.Error(), "make the folder above it first")
	}
	p, err := a.enter(args)
	if err != nil {
		return err
	}
	model, problems := assess.Load(p.content, p.settings.Language)
	k, more := p.loadKit(templatesFolder(p.vault.Dir()))
	if problems = append(problems, more...); len(problems) > 0 {
		return finish(problems, exitFault)
	}
	drafts, err := k.drafts(model.Set)
	if err != nil {
		return fault("kit_unreadable", err.Error(), "add the file to the catalogue, or take away what names it")
	}
	view := initView{Dashboard: vault.Received(strings.TrimSuffix(k.dashboard.to, ".md")), Templates: vault.Received(k.templates),
		First: model.Set.Questionnaires[0].ID}
	changes := view.missing(p.vault.Dir(), drafts)
	change, problems, err := k.typesChange(p.vault.Dir(), &view)
	if err != nil {
		return fault("kit_unreadable", err.Error(), "")
	}
	if change != nil {
		changes = append(changes, *change)
	}
	if len(changes) > 0 {
		problems = append(problems, p.change(func(s *vault.Session) []vault.Problem { return s.Apply("", changes) })...)
	}
	told := finish(problems, exitDone)
	if out := new(outcome); errors.As(told, &out) && out.status == exitFault {
		return told
	}
	if err := a.print(p, "init", view); err != nil {
		return err
	}
	return told
}

// missing gives the files that are not there yet.
func (view *initView) missing(dir string, drafts []vault.Change) []vault.Change {
	var out []vault.Change
	for _, d := range drafts {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(d.Path))); err == nil {
			view.Present = append(view.Present, vault.Received(d.Path))
			continue
		}
		view.Created = append(view.Created, vault.Received(d.Path))
		out = append(out, d)
	}
	return out
}

// typesChange adds the types of our properties to Obsidian's, nil where nothing is to be added. What cannot be read is
// left as it is and told.
func (k *kit) typesChange(dir string, view *initView) (*vault.Change, []vault.Problem, error) {
	want, err := k.types()
	if err != nil {
		return nil, nil, err
	}
	file := vault.TypesFile(dir)
	warning := vault.Problem{Path: file, Severity: vault.Warning, Code: "types_unreadable", Hint: "the properties show as plain text until their types are chosen in Obsidian"}
	old, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		warning.Message = "left as it is: " + err.Error()
		return nil, []vault.Problem{warning}, nil
	}
	merged, err := mergeTypes(old, want)
	if err != nil {
		warning.Message = "left as it is: " + err.Error()
		return nil, []vault.Problem{warning}, nil
	}
	var problems []vault.Problem
	for _, differ := range merged.differ {
		problems = append(problems, vault.Problem{Path: file, Severity: vault.Warning, Code: "type_differs",
			Message: "left as it is: " + differ})
	}
	if view.Types = len(merged.added); view.Types == 0 {
		return nil, problems, nil
	}
	change := &vault.Change{Path: file, Status: vault.Created, New: merged.text}
	if old != nil {
		change.Status, change.Old = vault.Updated, old
	}
	return change, problems, nil
}

// templatesFolder is where the vault's owner keeps note templates, as Obsidian's own plugin has it; "" where nothing or
// nothing usable says so.
func templatesFolder(dir string) string {
	data, err := os.ReadFile(filepath.Join(configDir(dir), "templates.json"))
	var found struct {
		Folder string `json:"folder"`
	}
	if err != nil || json.Unmarshal(data, &found) != nil || vault.Portable(path.Join(found.Folder, "x")) != nil || path.IsAbs(found.Folder) {
		return ""
	}
	return path.Clean(found.Folder)
}

// configDir is the folder in which Obsidian keeps its settings of the vault in a folder.
func configDir(dir string) string {
	name, _ := vault.ConfigDir(dir)
	return filepath.Join(dir, name)
}

// newClient makes the note of a client whom the vault does not know yet, and finds the folder of the questionnaire.
func (r *request) newClient(o newOptions) error {
	k, problems := r.place.loadKit("")
	if len(problems) > 0 {
		return finish(problems, exitFault)
	}
	r.folder = questionnaireFolder(r.client, r.place.settings, path.Join(k.clients, vault.FileName(r.code)))
	if o.name == "" && o.country == "" {
		return nil
	}
	if r.client != nil && r.client.Client.Note != "" {
		return fault("client_known", "the client "+r.code+" has a note already: "+r.client.Client.Note, "leave --name and --country out, and correct them in the note")
	}
	name, ok := vault.NewName(vault.Received(o.name))
	if !ok {
		return fault("name_invalid", "--name is no name of a practice", "1 to 60 letters, digits, spaces and . - ' & with a letter among them")
	}
	return r.clientNote(k, name, o.country)
}

// clientNote lays the client's note out, and the questionnaire beside it.
func (r *request) clientNote(k *kit, name vault.Name, country string) error {
	q := r.set.Question(questionnaire.Ref{Questionnaire: questionnaire.ClientID, Question: "country"})
	if _, ok := q.Option(country); country != "" && !ok {
		return fault("country_unknown", "--country "+visible(country)+" is none of CH, FR, CH_FR", "")
	}
	change, err := k.clientNote(r.code, name, country)
	if err != nil {
		return fault("kit_unreadable", err.Error(), "")
	}
	if _, err := os.Lstat(filepath.Join(r.place.vault.Dir(), filepath.FromSlash(change.Path))); err == nil {
		return fault("note_exists", "there is a note "+change.Path+" already, which is no client's with the code "+r.code,
			"add category: client and code: "+r.code+" to it, and leave --name out")
	}
	r.note = &change
	if r.client == nil {
		r.folder = questionnaireFolder(nil, r.place.settings, path.Dir(change.Path))
	}
	return nil
}
