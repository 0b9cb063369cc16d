package compose

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// The documents that are digested are JSON as encoding/json writes it, all keys in order and nothing between them. Every
// client's are written by every build, so they are written without looking at types.

// appendAnswers writes what a client answered, in every round and remarks included, in a form that depends on nothing
// else: NFC, no places.
func appendAnswers(b []byte, r *assess.Report) []byte {
	forms := slices.Clone(r.Model.Set.Questionnaires)
	slices.SortFunc(forms, func(a, b *questionnaire.Questionnaire) int { return strings.Compare(a.ID, b.ID) })
	b = append(b, '{')
	before := len(b)
	for _, form := range forms {
		if rounds := r.Engagement.Assessments[form.ID]; len(rounds) > 0 {
			b = append(appendText(comma(b, before), form.ID), ':')
			b = appendList(b, rounds, func(b []byte, round *questionnaire.Assessment) []byte { return appendRound(b, form, round) })
		}
	}
	return append(b, '}')
}

func appendRound(b []byte, form *questionnaire.Questionnaire, round *questionnaire.Assessment) []byte {
	ids := make([]string, len(form.Questions))
	for i := range form.Questions {
		ids[i] = form.Questions[i].ID
	}
	slices.Sort(ids)
	b = append(b, `{"answers":{`...)
	before := len(b)
	for _, id := range ids {
		a := round.Answer(questionnaire.Ref{Questionnaire: form.ID, Question: id})
		if a.State != questionnaire.Unknown || a.Asked {
			b = append(appendText(comma(b, before), id), ':')
			b = appendAnswer(b, &a)
		}
	}
	b = append(b, `},"received":`...)
	b = appendList(b, round.Sheets, func(b []byte, s *questionnaire.Sheet) []byte {
		return appendText(b, s.Date+" "+nfc(vault.Raw(s.Respondent)))
	})
	b = append(b, `,"remarks":`...)
	b = appendList(b, round.Remarks(), func(b []byte, remark questionnaire.Remark) []byte {
		return appendText(b, remark.Ref.String()+" "+nfc(vault.Raw(remark.Text)))
	})
	return append(b, '}')
}

func appendAnswer(b []byte, a *questionnaire.Answer) []byte {
	b = appendText(append(b, `{"date":`...), a.Date)
	b = strconv.AppendInt(append(b, `,"number":`...), int64(a.Number), 10)
	b = appendTexts(append(b, `,"options":`...), a.Options)
	b = strconv.AppendUint(append(b, `,"state":`...), uint64(a.State), 10)
	b = appendText(append(b, `,"text":`...), nfc(vault.Raw(a.Text)))
	b = appendList(append(b, `,"values":`...), a.Sources, func(b []byte, s questionnaire.Source) []byte { return appendTexts(b, s.Values) })
	return append(b, '}')
}

// appendClient writes what a client's note says of him.
func appendClient(b []byte, c questionnaire.Client) []byte {
	b = append(b, `{"answers":{`...)
	before := len(b)
	for _, id := range []string{"canton", "country", "profession"} {
		b = append(appendText(comma(b, before), id), ':')
		b = appendTexts(b, c.Answer(id).Options)
	}
	b = appendText(append(b, `},"code":`...), c.Code)
	b = appendText(append(b, `,"consultant":`...), nfc(vault.Raw(c.Consultant)))
	b = appendText(append(b, `,"language":`...), c.Language)
	b = appendText(append(b, `,"title":`...), nfc(vault.Raw(c.Title)))
	return append(b, '}')
}

// appendTexts writes a list of texts, null where there is none.
func appendTexts(b []byte, texts []string) []byte {
	if texts == nil {
		return append(b, "null"...)
	}
	return appendList(b, texts, appendText)
}

func appendList[T any](b []byte, list []T, add func([]byte, T) []byte) []byte {
	b = append(b, '[')
	before := len(b)
	for _, one := range list {
		b = add(comma(b, before), one)
	}
	return append(b, ']')
}

// comma parts an entry from those before it, if there are any behind what was written before.
func comma(b []byte, before int) []byte {
	if len(b) > before {
		b = append(b, ',')
	}
	return b
}

// appendText writes a text; one that needs an escape by way of the library.
func appendText(b []byte, text string) []byte {
	if needsEscape(text) {
		escaped, _ := json.Marshal(text) // a text always can be written
		return append(b, escaped...)
	}
	return append(append(append(b, '"'), text...), '"')
}

// needsEscape tells of a text of which JSON does not hold every character as it is.
func needsEscape(text string) bool {
	for _, r := range text {
		switch {
		case r < ' ', r == '"', r == '\\', r == '<', r == '>', r == '&', r == '\u2028', r == '\u2029', r == utf8.RuneError:
			return true
		}
	}
	return false
}

func nfc(s string) string { return norm.NFC.String(s) }
