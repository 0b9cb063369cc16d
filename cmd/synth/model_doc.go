package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/vault"
)

// docOwner is whose notes the history remembers the documentation to be. No client has that code.
const docOwner = "(model)"

// modelDocOptions are the flags of model doc.
type modelDocOptions struct {
	folder string
	check  bool
}

// modelDocView is what the screen of model doc can reach.
type modelDocView struct {
	Notes []noteView // what is not as it was
}

func newModelDoc(a *app) *cobra.Command {
	var o modelDocOptions
	cmd := &cobra.Command{
		Use:   "doc [DIR] -o FOLDER",
		Short: "Write a catalogue as notes: questions, controls, risks, actions, references",
		Long: `Doc writes a catalogue as notes of Obsidian into FOLDER: one for each questionnaire, with the levels that each answer
gives, one for each domain, with its controls, why they are asked, and its actions, and one that leads to them, all of
them linked. A later run brings the notes up to date where they lie by then; what somebody wrote into them stays, and no
other note is touched. What a sentence quotes of the answers stands in it as {{…}}.

The vault is the nearest folder from FOLDER up that holds .obsidian or synth.yaml, else FOLDER itself.

Exit status: 0 done; 1 a proposal is open, a note could not be touched, or with --check something would change;
2 the model cannot be used, or the notes cannot be written.`,
		Example: `  synth model doc -o Documentation
  synth model doc modele -o ~/Vault/Documentation --check`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.modelDoc(args, o) },
	}
	cmd.Flags().StringVarP(&o.folder, "output", "o", "", "the `FOLDER` that the notes go into")
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; exit 1 if anything would change")
	return cmd
}

// modelDoc runs the command.
func (a *app) modelDoc(args []string, o modelDocOptions) error {
	if o.folder == "" {
		return fault("output_missing", "nothing says where the notes go", "name a folder: synth model doc -o FOLDER")
	}
	files, err := a.catalogue(args)
	if err != nil {
		return err
	}
	model, err := files.load()
	if err != nil {
		return err
	}
	composer, problems := compose.LoadDoc(files.content, files.settings.Language)
	if composer == nil {
		return finish(problems, exitFault)
	}
	p, folder, err := a.docPlace(o)
	if err != nil {
		return err
	}
	drafts, problems, err := composer.Document(p.vault, folder, model)
	if err != nil {
		return fault("compose_failed", err.Error(), "")
	}
	changes := vault.Diff(p.vault, drafts)
	for _, c := range changes {
		problems = append(problems, c.Problems...)
	}
	if !o.check && slices.ContainsFunc(changes, isNews) {
		problems = append(problems, p.change(func(s *vault.Session) []vault.Problem { return s.Apply(docOwner, changes) })...)
	}
	screen, status, err := a.docScreen(composer, changes, o)
	if err != nil {
		return err
	}
	fmt.Fprint(a.out, screen)
	vault.SortProblems(problems)
	return finish(problems, status)
}

// docPlace opens the vault that the notes go into, and gives the folder's path in it.
func (a *app) docPlace(o modelDocOptions) (*place, string, error) {
	target := a.at(o.folder)
	root := target
	for dir := target; ; dir = filepath.Dir(dir) {
		if marked(dir) {
			root = dir
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		if o.check {
			return nil, "", fault("folder_missing", fmt.Sprintf("there is no folder %q", o.folder), "")
		}
		if err := os.MkdirAll(root, 0o777); err != nil {
			return nil, "", fault("folder_unwritable", err.Error(), "")
		}
	}
	p, err := a.enter([]string{root})
	if err != nil {
		return nil, "", err
	}
	folder, err := filepath.Rel(root, target)
	if err != nil {
		return nil, "", fault("folder_unwritable", err.Error(), "")
	}
	folder = filepath.ToSlash(folder)
	for _, ignored := range p.settings.Ignore {
		if strings.HasPrefix(folder+"/", strings.TrimSuffix(ignored, "/")+"/") {
			return nil, "", fault("folder_ignored", fmt.Sprintf("the vault does not read %q, so that a later run would not find the notes", folder), "choose another folder, or change ignore: in "+settingsFile)
		}
	}
	return p, folder, nil
}

// docScreen draws what became of the notes, and gives the exit status that they ask for.
func (a *app) docScreen(c *compose.Composer, changes []vault.Change, o modelDocOptions) (string, int, error) {
	var view modelDocView
	status := exitDone
	for _, change := range changes {
		switch change.Status {
		case vault.Unchanged:
			continue
		case vault.Conflict, vault.Refused:
			status = exitNotSo
		case vault.Created, vault.Updated:
			if o.check {
				status = exitNotSo
			}
		}
		view.Notes = append(view.Notes, noteView{vault.Received(change.Path), change.Status})
	}
	markdown, err := c.Screen("model_doc", view)
	if err != nil {
		return "", status, fault("template_invalid", err.Error(), "")
	}
	screen, err := render.Markdown(markdown, a.drawing("auto"))
	return screen, status, err
}
