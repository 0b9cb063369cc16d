package main

import (
	"fmt"
	"path"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// questionnaireKind is the category of the notes that new and intake write, as folders: in synth.yaml names it.
const questionnaireKind = "questionnaire"

// questionnaireFolder is where a client's next questionnaire note goes: where the settings say, else where his newest
// one lies, else beside his own note, else the folder that the caller names.
func questionnaireFolder(e *questionnaire.Engagement, s settings, otherwise string) string {
	if folder := s.Folders[questionnaireKind]; folder != "" {
		return folder
	}
	if e == nil {
		return otherwise
	}
	newest := ""
	day := ""
	see := func(sheet *questionnaire.Sheet) {
		if newest == "" || sheet.Date > day || sheet.Date == day && sheet.Note > newest {
			newest, day = sheet.Note, sheet.Date
		}
	}
	for _, rounds := range e.Assessments {
		for _, round := range rounds {
			for _, sheet := range round.Sheets {
				see(sheet)
			}
		}
	}
	for _, sheet := range e.Waiting {
		see(sheet)
	}
	switch {
	case newest != "":
		return strings.TrimSuffix(path.Dir(newest), ".")
	case e.Client.Note != "":
		return strings.TrimSuffix(path.Dir(e.Client.Note), ".")
	}
	return otherwise
}

// whichQuestionnaire asks for the questionnaire that a command line does not name.
func (a *app) whichQuestionnaire(command string) error {
	hint := "name one: synth " + command + " ID"
	if _, set := a.questionnaires(nil); set != nil {
		hint += "; the questionnaires are " + strings.Join(questionnaireIDs(set), ", ")
	}
	return fault("questionnaire_missing", "which questionnaire?", hint)
}

// unasked tells what the model reads of a client and a questionnaire does not ask: his country, where no note says it
// and no other answer does. Without it the answers count for less.
func unasked(m *assess.Model, e *questionnaire.Engagement, form string) []vault.Problem {
	if e == nil || e.Client.Country != "" || m.Country.Questionnaire == form || e.Answer(m.Country).State != questionnaire.Unknown {
		return nil
	}
	p := vault.Problem{Path: e.Client.Note, Severity: vault.Warning, Code: "client_country_open",
		Message: "the client's country is not known, and " + form + " does not ask for it", Hint: "fill in country: CH, FR or CH_FR in this note"}
	if p.Path == "" {
		p.Hint = "give the client a note with category: client, code: " + e.Client.Code + " and country: CH, FR or CH_FR"
	}
	if m.Country.Questionnaire != "" {
		p.Hint += ", or ask it: it is a question of " + m.Country.Questionnaire
	}
	return []vault.Problem{p}
}

// sameName folds a note's name as file systems and links compare names.
func sameName(name string) string { return cases.Fold().String(norm.NFC.String(name)) }

// freeName gives the path of a new note: its name, else with the date behind it, else with a number as well. A name
// that any other note of the vault has is taken: links by name must go on to mean what they meant.
func freeName(v *vault.Vault, folder, name, date string) string {
	taken := map[string]bool{}
	for _, n := range v.Notes() {
		taken[sameName(n.Name())] = true
	}
	base := name
	for i := 1; taken[sameName(name)]; i++ {
		switch {
		case date == "":
			name = fmt.Sprintf("%s %d", base, i+1)
		case i == 1:
			name = base + " " + date
		default:
			name = fmt.Sprintf("%s %s %d", base, date, i)
		}
	}
	return path.Join(folder, name+".md")
}
