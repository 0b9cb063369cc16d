// Package intake turns what forms deliver into answers, safely and once.
//
// A form is made from the same questionnaire that its answers are read by, and the names of its fields stand here once:
// what is sent and what is read cannot disagree.
package intake

import (
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// The fields of a form that are no question's. A question's own field is named by its id, its remark by the id and
// remarkSuffix. Services keep fields that begin with an underscore to themselves.
const (
	fieldForm       = "form_id"      // the questionnaire, and the client where the form is one client's
	fieldVersion    = "form_version" // what the questions were when the form was made
	fieldComplement = "complement"   // "true": the answers complete earlier ones
	fieldRespondent = "respondant"
	fieldRemarks    = questionnaire.RemarksBlock
	fieldHoneypot   = "_gotcha"   // filled in by machines alone
	fieldLanguage   = "_language" // of the pages that the service shows
	remarkSuffix    = "_remarque"
)

// takenNames are the names that no question may have in a form: the fields above, those by which an answer's questionnaire
// and client are named, and the columns that services add to what they export.
var takenNames = []string{fieldForm, fieldVersion, fieldComplement, fieldRespondent, fieldRemarks, "questionnaire", "client",
	"submission_id", "id", "date", "submitted", "submitted_at", "timestamp", "created_at"}

// remarkField is the name of the field for a remark on a question.
func remarkField(question string) string { return question + remarkSuffix }

// clashes reports the questions of a questionnaire whose answers could not be told from something else that a form
// delivers. Names are compared as the columns of an export are: case and punctuation do not count.
func clashes(q *questionnaire.Questionnaire) []vault.Problem {
	owner := map[string]string{}
	for _, name := range takenNames {
		owner[questionnaire.Fold(name)] = name
	}
	for _, question := range q.Questions {
		owner[questionnaire.Fold(remarkField(question.ID))] = remarkField(question.ID)
	}
	var problems []vault.Problem
	for _, question := range q.Questions {
		name, clash := owner[questionnaire.Fold(question.ID)]
		if !clash && !strings.HasPrefix(question.ID, "_") {
			owner[questionnaire.Fold(question.ID)] = question.ID
			continue
		}
		if !clash {
			name = question.ID
		}
		problems = append(problems, vault.Problem{Path: "questionnaires/" + q.ID + ".yaml", Line: question.Line, Column: question.Column,
			Severity: vault.Error, Code: "field_taken", Message: "a form cannot ask " + question.ID + ": its field " + name + " means something else",
			Hint: "give the question another id"})
	}
	return problems
}
