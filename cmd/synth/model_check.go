package main

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/cases"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/interview"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// modelCheckView is what the screen of model check can reach.
type modelCheckView struct {
	Version          vault.Untrusted // empty where the model cannot be used
	Errors, Warnings int
	Questionnaires   int
	Questions        int
	Controls         int
	Risks            int
	Actions          int
	References       int
}

func newModelCheck(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Tell what is wrong in a catalogue, or of no use in it",
		Long: `Check reads a catalogue as build does and tells every problem of every file at once, with its place. What build would
refuse is an error. These are warnings: a reference, a risk or a theme that no control names; two controls of one
domain that read the same answers in the same way and feed one risk; an action that raises a control no further than
one that it requires; an id that stands twice in a list; a template that nothing uses; an owner without a word; a file
that nothing reads.

Exit status: 0 nothing to tell; 1 warnings alone; 2 the model cannot be used, or the folder cannot be read.`,
		Example: `  synth model check
  synth model check modele
  synth model check --json modele`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.modelCheck(args, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the model's version and the problems as one JSON document (schemas/result.schema.json)")
	return cmd
}

// modelCheck runs the command.
func (a *app) modelCheck(args []string, asJSON bool) error {
	files, err := a.catalogue(args)
	if err != nil {
		return a.faultJSON(err, asJSON)
	}
	model, problems := files.review()
	vault.SortProblems(placed(problems))
	if asJSON {
		if err := a.printJSON(result.NewDocument(model, problems)); err != nil {
			return err
		}
	} else if err := a.print(&files.place, "model_check", newModelCheckView(model, problems)); err != nil {
		return err
	}
	status := exitDone
	if len(problems) > 0 {
		status = exitNotSo
	}
	return finish(problems, status)
}

// faultJSON prints, where a JSON document was asked for, the one that holds nothing but what went wrong.
func (a *app) faultJSON(err error, asJSON bool) error {
	if out, ok := err.(*outcome); ok && asJSON && !out.shown {
		if failed := a.printJSON(result.NewDocument(nil, out.problems)); failed != nil {
			return failed
		}
	}
	return err
}

// review gives all that is to be told of a catalogue, and the model where it can be used.
func (m *modelFiles) review() (*assess.Model, []vault.Problem) {
	model, problems := assess.Review(m.content, m.settings.Language)
	_, more := compose.Load(m.content, m.settings.Language)
	if problems = unique(append(problems, more...)); model == nil || len(more) > 0 {
		return nil, problems
	}
	problems = append(problems, compose.Review(m.content, m.settings.Language, model, screens())...)
	_, more = cases.Load(m.content, model)
	problems = append(problems, more...)
	_, more = interview.LoadWords(m.content, m.settings.Language)
	problems = append(problems, more...)
	_, more = m.loadKit("")
	problems = append(problems, more...)
	return model, append(problems, m.idle(model)...)
}

// idle tells of the files of the folder that nothing reads.
func (m *modelFiles) idle(model *assess.Model) []vault.Problem {
	read := m.read(model)
	var problems []vault.Problem
	err := fs.WalkDir(m.own, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		kind := path.Ext(name)
		if d.IsDir() || kind != ".yaml" && kind != ".yml" && !strings.HasPrefix(name, m.settings.Language+"/") || slices.Contains(read, name) || strings.HasPrefix(path.Base(name), ".") {
			return nil
		}
		p := vault.Problem{Path: name, Severity: vault.Warning, Code: "file_unused", Message: "nothing reads the file"}
		if near := strictyaml.Nearest(name, read); near != "" {
			p.Hint = "did you mean " + near + "?"
		} else if folder := path.Dir(name); folder == "model" || folder == "questionnaires" {
			p.Hint = "name it in " + modelFile
		}
		problems = append(problems, p)
		return nil
	})
	if err != nil {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: "file_unreadable", Message: err.Error()})
	}
	return problems
}

// read lists the files that commands read of a catalogue.
func (m *modelFiles) read(model *assess.Model) []string {
	var names []string
	for name := range screens() {
		names = append(names, name)
	}
	lang := m.settings.Language
	out := append(compose.Templates(lang, names), modelFile, "references.yaml", assess.PeriodsFile, assess.FrameworksFile, assess.ChannelsFile, path.Join(lang, "screens.yaml"))
	out = append(out, path.Join(lang, "interview.yaml"))
	if k, _ := m.loadKit(""); k != nil {
		out = append(out, k.names()...)
	}
	for _, q := range model.Set.Questionnaires {
		out = append(out, path.Join("questionnaires", q.ID+".yaml"))
	}
	for _, d := range model.Domains {
		out = append(out, path.Join("model", d.ID+".yaml"), path.Join(lang, d.ID+".yaml"), cases.File(d.ID))
	}
	return out
}

func newModelCheckView(m *assess.Model, problems []vault.Problem) modelCheckView {
	var view modelCheckView
	view.Errors, view.Warnings = severities(problems)
	if m == nil {
		return view
	}
	view.Version = vault.Received(m.Version)
	view.Questionnaires, view.Controls, view.Risks = len(m.Set.Questionnaires), len(m.Controls), len(m.Risks)
	view.Actions, view.References = len(m.Actions), len(m.References)
	for _, q := range m.Set.Questionnaires {
		view.Questions += len(q.Questions)
	}
	return view
}
