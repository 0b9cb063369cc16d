package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"text/template"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/schemas"
	"github.com/synth-vault/synth/vault"
)

// laidView is what the screens of model init and model copy can reach.
type laidView struct {
	Folder vault.Untrusted
	Files  []vault.Untrusted
}

func newModelInit(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Lay out a catalogue of one's own",
		Long: `Init writes a folder that lies over the shipped catalogue: a model.yaml that names all that is shipped, one small domain
to start from, with its questionnaire, its words and its cases, and the schemas by which editors check and complete
every file. It overwrites nothing. A vault takes the folder when its synth.yaml says catalog: DIR. To change a shipped
file, copy it into the folder with synth model copy.

Exit status: 0 done; 1 some of the files are there already, and nothing is written; 2 the folder cannot be written.`,
		Example: `  synth model init modele
  synth model check modele`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.modelInit(args[0]) },
	}
}

// modelInit runs the command.
func (a *app) modelInit(dir string) error {
	files, err := startFiles()
	if err != nil {
		return err
	}
	shipped, err := a.shippedPlace()
	if err != nil {
		return err
	}
	view, err := a.layFiles(dir, files)
	if err != nil {
		return err
	}
	return a.print(shipped, "model_init", view)
}

// layFiles writes new files into a folder, or none where one of them is there already.
func (a *app) layFiles(dir string, files map[string][]byte) (laidView, error) {
	view := laidView{Folder: vault.Received(filepath.ToSlash(dir))}
	names := slices.Sorted(maps.Keys(files))
	if problems := occupied(a.at(dir), names); len(problems) > 0 {
		return view, finish(problems, exitNotSo)
	}
	if err := writeFiles(a.at(dir), names, files); err != nil {
		return view, fault("folder_unwritable", fmt.Sprintf("the folder %q cannot be written: %v", dir, err), "")
	}
	for _, name := range names {
		view.Files = append(view.Files, vault.Received(name))
	}
	return view, nil
}

// shippedPlace is the shipped catalogue, in the vault's language.
func (a *app) shippedPlace() (*place, error) {
	s, problems := readSettings(a.findVault(nil))
	if len(problems) > 0 {
		return nil, finish(problems, exitFault)
	}
	return &place{settings: s, content: catalog.Shipped()}, nil
}

// occupied tells of the files that are there already.
func occupied(dir string, names []string) []vault.Problem {
	var problems []vault.Problem
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			problems = append(problems, vault.Problem{Path: name, Severity: vault.Warning, Code: "file_exists",
				Message: "the file is there already: nothing is written", Hint: "move it away, or name another folder"})
		}
	}
	return problems
}

// writeFiles creates files in a folder that nothing leads out of. It replaces none.
func writeFiles(dir string, names []string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err = root.MkdirAll(path.Dir(name), 0o777); err != nil {
			break
		}
		if err = create(root, name, files[name]); err != nil {
			break
		}
	}
	return errors.Join(err, root.Close())
}

func create(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// start is what the template of a new model.yaml can reach.
type start struct {
	Version        string
	Questionnaires []string
	Domains        []string
	Country        string // empty where the shipped model asks none
}

// startFiles gives the files of a new catalogue by name, the schemas among them.
func startFiles() (map[string][]byte, error) {
	model, problems := assess.Load(catalog.Shipped(), defaultLanguage)
	if model == nil {
		return nil, finish(problems, exitFault)
	}
	content, err := catalog.Start()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for folder, fsys := range map[string]fs.FS{"": content, "schemas": schemas.FS()} {
		err = errors.Join(err, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || folder != "" && !slices.Contains(schemas.OfCatalogue(), name) {
				return err
			}
			files[path.Join(folder, name)], err = fs.ReadFile(fsys, name)
			return err
		}))
	}
	if err != nil {
		return nil, err
	}
	files[modelFile], err = fillStart(string(files[modelFile]), model)
	return files, err
}

const modelFile = "model/model.yaml"

// fillStart writes the model.yaml that names what the shipped one names.
func fillStart(text string, m *assess.Model) ([]byte, error) {
	t, err := template.New(modelFile).Parse(text)
	if err != nil {
		return nil, err
	}
	s := start{Version: m.Version + ".1"}
	for _, q := range m.Set.Questionnaires {
		s.Questionnaires = append(s.Questionnaires, q.ID)
	}
	for _, d := range m.Domains {
		s.Domains = append(s.Domains, d.ID)
	}
	if m.Country != (questionnaire.Ref{}) {
		s.Country = m.Country.String()
	}
	var b bytes.Buffer
	err = t.Execute(&b, s)
	return b.Bytes(), err
}
