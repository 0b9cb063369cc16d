package intake

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Note writes a filed submission as a questionnaire's note. Only our ids and days, and names that are nothing else,
// stand in its properties; every other text is quoted in its body.
func (in *Intake) Note(f Filed) []byte {
	form := in.plans[f.Sheet.Questionnaire].form
	var b strings.Builder
	b.Grow(8 << 10)
	b.WriteString("---\n")
	property(&b, "title", form.Title)
	property(&b, "category", "questionnaire")
	property(&b, "form_id", f.Sheet.FormID)
	property(&b, "questionnaire", form.ID)
	property(&b, "client", f.Sheet.Client)
	property(&b, "date_reception", f.Sheet.Date)
	nameProperty(&b, "respondant", f.Sheet.Respondent)
	nameProperty(&b, "consultant", f.Sheet.Consultant)
	property(&b, "source", f.Tool)
	b.WriteString("submission_id: " + strconv.Quote(f.ID) + "\n") // plain letters, digits and . _ -
	if f.Sheet.Complement {
		b.WriteString("complement: true\n")
	}
	b.WriteString("tags:\n  - IT\n  - " + form.ID + "\n---\n\n")
	b.WriteString(in.set.Body(f.Sheet))
	return []byte(b.String())
}

var (
	yamlWord  = pattern(`(?i)^(?:null|true|false|yes|no|on|off|y|n)$`)
	plainDate = pattern(`^\d{4}-\d{2}-\d{2}$`)
)

// isBare tells of what YAML and Obsidian take for text without quotes.
func isBare(value string) bool {
	for i, r := range value {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.In(r, unicode.M, unicode.N) && !strings.ContainsRune("_ -", r)) {
			return false
		}
	}
	return value != "" && strings.TrimSpace(value) == value && !yamlWord().MatchString(value)
}

// property writes words of ours: the catalogue's, an id, a day.
func property(b *strings.Builder, name, value string) {
	switch {
	case value == "":
	case isBare(value), plainDate().MatchString(value):
		b.WriteString(name + ": " + value + "\n")
	default:
		b.WriteString(name + `: "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + "\"\n")
	}
}

// nameProperty writes a name, which holds nothing that quotes could not.
func nameProperty(b *strings.Builder, name string, value vault.Untrusted) {
	if plain, ok := vault.NewName(value); ok {
		b.WriteString(name + `: "` + vault.PlainName(plain) + "\"\n")
	}
}

// Name gives the name of a submission's note, without extension: the questionnaire's and the client's code; for a
// second note its date too, and for more a number.
func (in *Intake) Name(sheet *questionnaire.Sheet, nth int) string {
	name := vault.FileName(in.plans[sheet.Questionnaire].form.Note + "_" + strings.ToUpper(sheet.Client))
	if nth > 0 {
		name += " " + sheet.Date
	}
	if nth > 1 {
		name += " (" + strconv.Itoa(nth) + ")"
	}
	return name
}
