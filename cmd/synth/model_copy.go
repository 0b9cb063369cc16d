package main

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
)

func newModelCopy(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "copy DIR NAME...",
		Short: "Copy shipped files into a catalogue of one's own, to change them",
		Long: `Copy writes shipped files into a folder that lies over the shipped catalogue, where they may be changed: of a domain its
rules, its words, its questionnaire and its cases, or the one file that NAME names. What is not copied stays as shipped,
and goes on changing with synth. Nothing is overwritten.

Exit status: 0 done; 1 some of the files are there already, and nothing is written; 2 there is no such domain or file,
or the folder cannot be written.`,
		Example: `  synth model copy modele securite
  synth model copy modele retention.yaml fr/templates/feuille_de_route.md`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(_ *cobra.Command, args []string) error { return a.modelCopy(args[0], args[1:]) },
	}
}

// modelCopy runs the command.
func (a *app) modelCopy(dir string, wanted []string) error {
	shipped, err := a.shippedPlace()
	if err != nil {
		return err
	}
	files, err := shippedFiles(shipped, wanted)
	if err != nil {
		return err
	}
	view, err := a.layFiles(dir, files)
	if err != nil {
		return err
	}
	return a.print(shipped, "model_copy", view)
}

// shippedFiles gives the shipped files of domains, and those named by their path, as they read in a folder of one's own.
func shippedFiles(p *place, wanted []string) (map[string][]byte, error) {
	model, problems := assess.Load(p.content, p.settings.Language)
	if model == nil {
		return nil, finish(problems, exitFault)
	}
	files := map[string][]byte{}
	for _, name := range wanted {
		own := []string{path.Clean(filepath.ToSlash(name))}
		domains := []string{}
		for _, d := range model.Domains {
			domains = append(domains, d.ID)
			if d.ID == name {
				own = []string{"model/" + d.ID + ".yaml", p.settings.Language + "/" + d.ID + ".yaml",
					"cases/" + d.ID + ".yaml", "questionnaires/" + d.Questionnaire + ".yaml"}
			}
		}
		for _, file := range own {
			data, err := fs.ReadFile(catalog.Shipped(), file)
			if err != nil {
				return nil, fault("file_unknown", fmt.Sprintf("%q is no shipped domain and no shipped file", name),
					"the domains are "+strings.Join(domains, ", ")+"; files are named as they lie, for example retention.yaml or fr/screens.yaml")
			}
			files[file] = schemaBeside(file, data)
		}
	}
	return files, nil
}

// schemaHead is how the first line of a file tells editors where its schema is.
var schemaHead = regexp.MustCompile(`^(# yaml-language-server: \$schema=)[./]*/schemas/`)

// schemaBeside makes a file's first line point to the schemas that model init lays into the folder.
func schemaBeside(name string, data []byte) []byte {
	return schemaHead.ReplaceAll(data, []byte("${1}"+strings.Repeat("../", strings.Count(name, "/"))+"schemas/"))
}
