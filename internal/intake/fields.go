package intake

import (
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// The fields that a page sends beside its questions'. A question's own field is named by its id, its remark by the id and
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

// remarkField is the name of the field for a remark on a question.
func remarkField(question string) string { return question + remarkSuffix }

// misread reports the questions whose fields would be taken for something else when the answers come back, or take the
// name of something else.
func misread(set *questionnaire.Set, q *questionnaire.Questionnaire) []vault.Problem {
	read := newPlan(set, q)
	var problems []vault.Problem
	report := func(at *questionnaire.Question, field string) {
		problems = append(problems, vault.Problem{Path: "questionnaires/" + q.ID + ".yaml", Line: at.Line, Column: at.Column,
			Severity: vault.Error, Code: "field_taken", Message: "a form cannot ask " + at.ID + ": its field " + field + " means something else",
			Hint: "give the question another id"})
	}
	for i := range q.Questions {
		one := &q.Questions[i]
		if got := read.column(one.ID); got != (column{kind: question, question: i}) {
			report(one, one.ID)
		}
		if got := read.column(remarkField(one.ID)); got != (column{kind: remark, question: i}) {
			report(one, remarkField(one.ID))
		}
	}
	for field, kind := range map[string]fieldKind{fieldForm: formID, fieldVersion: formVersion, fieldComplement: complement,
		fieldRespondent: respondent, fieldRemarks: remarks, fieldHoneypot: honeypot, fieldLanguage: metadata} {
		if got := read.column(field); got.kind != kind && got.kind == question {
			report(&q.Questions[got.question], field)
		}
	}
	vault.SortProblems(problems)
	return problems
}
