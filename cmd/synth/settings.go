package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/intake"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

const (
	settingsFile    = "synth.yaml"
	defaultLanguage = "fr"
)

// settings are a vault's synth.yaml. schemas/synth.schema.json describes them.
type settings struct {
	Catalog  string   // a folder of the vault that lies over the shipped catalogue, "" for none
	Language string   // the catalogue's folder of words
	Ignore   []string // path prefixes that are not read
	// Folders says where new notes go, by the category of the note. A category that is not there goes beside what the
	// note is about.
	Folders map[string]string
	Keep    int                       // runs in the history
	Forms   map[string]intake.Form    // what each form delivers, by its hash
	Asked   []askedForm               // the same, by their places
	Off     []string                  // rules of check that do not count
	Levels  map[string]vault.Severity // what its findings are instead of what their rules say, by code
}

// askedForm is the questionnaire that a form is said to deliver, and where that stands.
type askedForm struct {
	form, questionnaire string
	line, column        int
}

var languagePattern = regexp.MustCompile(`^[a-z]{2}$`)

// readSettings reads a vault's settings; without the file they are the defaults.
func readSettings(dir string) (settings, []vault.Problem) {
	s := settings{Language: defaultLanguage, Keep: vault.DefaultKeep}
	data, err := os.ReadFile(filepath.Join(dir, settingsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, []vault.Problem{{Path: settingsFile, Severity: vault.Error, Code: "settings_unreadable", Message: err.Error()}}
	}
	root, err := strictyaml.Parse(data, 1, strictyaml.Limits{Bytes: 1 << 16, Keys: 500, Depth: 10})
	var found strictyaml.Problems
	if errors.As(err, &found) {
		return s, questionnaire.InFile(settingsFile, found)
	}
	if root.IsNull() {
		return s, nil
	}
	var sink strictyaml.Sink
	f := strictyaml.Open(root, &sink)
	s.Catalog, s.Ignore = f.OptString("catalog"), f.Strings("ignore")
	if language := f.OptString("language"); language != "" {
		s.Language = language
		if !languagePattern.MatchString(language) {
			sink.Add(f.Node("language"), "language_invalid", "the language %q is not two letters", language).Hint = "the shipped one is " + defaultLanguage
		}
	}
	s.Folders = folders(f, &sink)
	s.readHistory(f, &sink)
	s.readCheck(f, &sink)
	s.readForms(f, &sink)
	f.Close()
	return s, questionnaire.InFile(settingsFile, sink.Problems())
}

// maxKeep is how many runs the history can be told to keep.
const maxKeep = 10_000

// readHistory reads how much of the past is kept.
func (s *settings) readHistory(f *strictyaml.Fields, sink *strictyaml.Sink) {
	node := f.Node("history")
	if node == nil {
		return
	}
	history := strictyaml.Open(node, sink)
	if keep, ok := history.OptInt("keep", 1, maxKeep); ok {
		s.Keep = keep
	}
	history.Close()
}

// folders reads where new notes go: folders of the vault, by the category of the note.
func folders(f *strictyaml.Fields, sink *strictyaml.Sink) map[string]string {
	out := map[string]string{}
	kinds := []string{compose.AnalysisKind, compose.SynthesisKind, compose.RoadmapKind, questionnaireKind}
	for _, e := range f.Map("folders") {
		folder := strictyaml.Text(e.Value, sink)
		if !slices.Contains(kinds, e.Key.Value) {
			sink.Add(e.Key, "folder_kind_unknown", "%q is no category of notes that synth writes", e.Key.Value).Hint = "the categories are " + strings.Join(kinds, ", ")
			continue
		}
		if folder = strings.TrimSuffix(folder, "/"); vault.Portable(path.Join(folder, "x.md")) != nil || path.IsAbs(folder) || path.Clean(folder) != folder {
			sink.Add(e.Value, "folder_invalid", "%q is no folder of the vault that every system can hold", folder).Hint = "write it from the vault's root, such as Clients/Analyses"
			continue
		}
		out[e.Key.Value] = folder
	}
	return out
}

// readForms reads which questionnaire and client each form delivers.
func (s *settings) readForms(f *strictyaml.Fields, sink *strictyaml.Sink) {
	s.Forms = map[string]intake.Form{}
	for _, e := range f.Map("forms") {
		fields := strictyaml.Open(e.Value, sink)
		form := intake.Form{Questionnaire: fields.String("questionnaire")}
		if client := fields.OptString("client"); client != "" {
			code, ok := questionnaire.FoldCode(client)
			if !ok {
				sink.Add(fields.Node("client"), "client_code_invalid", "the client's code %q is not 1 to 16 of a-z, 0-9 and -, with a letter", client)
			}
			form.Client = code
		}
		if at := fields.Node("questionnaire"); form.Questionnaire != "" {
			s.Asked = append(s.Asked, askedForm{e.Key.Value, form.Questionnaire, at.Line, at.Column})
		}
		fields.Close()
		s.Forms[e.Key.Value] = form
	}
}

// unknownForms tells of the forms whose questionnaires there are not.
func (s settings) unknownForms(set *questionnaire.Set) []vault.Problem {
	var problems []vault.Problem
	for _, f := range s.Asked {
		if !slices.Contains(questionnaireIDs(set), f.questionnaire) {
			problems = append(problems, vault.Problem{Path: settingsFile, Line: f.line, Column: f.column, Severity: vault.Error, Code: "questionnaire_unknown",
				Message: fmt.Sprintf("the form %s delivers a questionnaire %q that is not there", f.form, f.questionnaire), Hint: meantQuestionnaire(set, f.questionnaire)})
		}
	}
	return problems
}

// meantQuestionnaire is the hint for an id that is no questionnaire's.
func meantQuestionnaire(set *questionnaire.Set, id string) string {
	known := questionnaireIDs(set)
	if near := strictyaml.Nearest(id, known); near != "" {
		return "did you mean " + near + "?"
	}
	return "the questionnaires are " + strings.Join(known, ", ")
}

// content is the catalogue that a vault is judged by: the shipped one, with the vault's own folder over it. The folder
// cannot lead out of the vault.
func (s settings) content(dir string) (fs.FS, error) {
	if s.Catalog == "" {
		return catalog.Shipped(), nil
	}
	folder, err := s.own(dir)
	if err != nil {
		return nil, err
	}
	return catalog.Over(folder), nil
}

// own is the vault's own folder of the catalogue, from which nothing leads out of the vault.
func (s settings) own(dir string) (fs.FS, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	folder, err := fs.Sub(root.FS(), filepath.ToSlash(filepath.Clean(s.Catalog)))
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(folder, "."); err != nil {
		return nil, err
	}
	return folder, nil
}

// findVault gives the vault's folder: the argument, else the nearest folder from the working directory up that holds
// .obsidian or synth.yaml, else the working directory.
func (a *app) findVault(args []string) string {
	if len(args) > 0 {
		return a.at(args[0])
	}
	for dir := a.workDir; ; dir = filepath.Dir(dir) {
		if marked(dir) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return a.workDir
		}
	}
}
