package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/vault"
)

func newModel(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "Check, list, document, test, start and copy a catalogue",
		Long: `The model is what answers are judged by: questionnaires, controls, risks, actions, references and their words, all of
them files. A folder of one's own lies over the shipped files, file by file.

DIR is such a folder, or a vault: then it is the one that its synth.yaml names as catalog:, else the shipped catalogue.
Without DIR, the vault is the nearest folder from here up that holds .obsidian or synth.yaml.`,
		Example: `  synth model check modele
  synth model list --kind action`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newModelCheck(a), newModelList(a), newModelTest(a), newModelInit(a), newModelCopy(a), newModelDoc(a))
	return cmd
}

// modelFiles are the catalogue that a command is about.
type modelFiles struct {
	place // without a vault
	own   fs.FS
}

// catalogue gives the folder that the arguments name, laid over the shipped catalogue; of a vault, or without arguments,
// the vault's own, else the shipped one alone.
func (a *app) catalogue(args []string) (*modelFiles, error) {
	dir := a.findVault(nil)
	if len(args) > 0 {
		dir = a.at(args[0])
	}
	s, problems := settings{Language: defaultLanguage, Catalog: "."}, []vault.Problem(nil)
	if len(args) == 0 || marked(dir) {
		s, problems = readSettings(dir)
	}
	if len(problems) > 0 {
		return nil, finish(problems, exitFault)
	}
	files := &modelFiles{place: place{settings: s, content: catalog.Shipped()}, own: catalog.Shipped()}
	if s.Catalog == "" {
		return files, nil
	}
	var err error
	if files.own, err = s.own(dir); err != nil {
		return nil, fault("catalog_unreadable", fmt.Sprintf("the catalogue's folder cannot be read: %v", err), "name a folder: synth model check FOLDER")
	}
	files.content = catalog.Over(files.own)
	return files, nil
}

// at gives the place of a file or folder that the command line names.
func (a *app) at(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.workDir, name)
}

// load reads the model and refuses one with errors.
func (m *modelFiles) load() (*assess.Model, error) {
	model, problems := assess.Load(m.content, m.settings.Language)
	if model == nil {
		return nil, finish(problems, exitFault)
	}
	return model, nil
}

// item is one id of a model.
type item struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Domain string `json:"domain"` // empty where it belongs to none
	Title  string `json:"title"`
}

// itemKinds are the kinds of ids, in the order of a list.
func itemKinds() []string {
	return []string{"questionnaire", "question", "domain", "theme", "control", "contradiction", "risk", "opportunity", "action", "reference", "framework"}
}

// items lists every id of a model: by kind, then in the model's order.
func items(m *assess.Model) []item {
	var out []item
	add := func(kind, id, domain, title string) { out = append(out, item{kind, id, domain, title}) }
	for _, q := range m.Set.Questionnaires {
		add("questionnaire", q.ID, "", q.Title)
		for _, question := range q.Questions {
			add("question", q.ID+"."+question.ID, "", question.Label)
		}
	}
	for _, d := range m.Domains {
		add("domain", d.ID, d.ID, d.Title)
	}
	for _, t := range m.Themes {
		add("theme", t.ID, "", m.ThemeTitle(t.ID))
	}
	for _, c := range m.Controls {
		add("control", c.ID, c.Domain, m.Words(c.ID).Title)
	}
	for _, c := range m.Contradictions {
		add("contradiction", c.ID, "", m.Words(c.ID).Text)
	}
	for _, r := range m.Risks {
		add("risk", r.ID, r.Domain, m.Words(r.ID).Title)
	}
	for _, o := range m.Opportunities {
		add("opportunity", o.ID, o.Domain, m.Words(o.ID).Title)
	}
	for _, action := range m.Actions {
		add("action", action.ID, action.Domain, m.Words(action.ID).Title)
	}
	for _, r := range m.References {
		add("reference", r.ID, "", r.Title)
	}
	for _, f := range m.Frameworks {
		add("framework", f.ID, "", f.Title)
	}
	kinds := itemKinds()
	slices.SortStableFunc(out, func(a, b item) int { return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind) })
	return out
}

// screens are the views of every screen, by name, so that their templates can be checked.
func screens() map[string]any {
	all := map[string]any{"build": buildView{}, "status": statusView{}, "status_client": statusView{}, "intake": intakeView{},
		"explain_parts": nil, "init": initView{}, "new": newView{}, "plan": planView{}, "show": showPhrases(), "undo": undoView{}, "purge": purgeView{},
		"verify": verifyView{}, "compare": compareView{}, "watch": roundView{},
		"model_check": modelCheckView{}, "model_list": modelListView{}, "model_test": modelTestView{}, "model_init": laidView{}, "model_copy": laidView{}, "model_doc": modelDocView{}, "framework": frameworkView{}}
	for _, kind := range explainScreens() {
		all["explain_"+kind] = compose.SharedScreen{View: explainView{}, Parts: "explain_parts"}
	}
	return all
}

// explainScreens are the kinds of explanations that have a screen of their own.
func explainScreens() []string {
	return []string{"finding", "theme", "risk", "statement", "action", "reference", "question", "questionnaire", "score"}
}

// showPhrases are what a drawing of a note may say about itself.
func showPhrases() compose.PhraseNames {
	return compose.PhraseNames{"folded", "cut", "deep", "cycle", "missing", "image", "file", "head", "as_written"}
}

// severities counts the errors and the warnings among problems.
func severities(problems []vault.Problem) (errors, warnings int) {
	for _, p := range problems {
		if p.Severity == vault.Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}
