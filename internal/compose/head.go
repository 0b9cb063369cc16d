package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// format is the version of the notes' layout, as seals name it.
const format = "1"

// plain is a property that needs no quotes: an id, a number or a date of ours.
func plain(name, value string) vault.Property {
	return vault.Property{Name: name, Values: []vault.Value{{Text: value, Plain: true}}}
}

// text is a property that is quoted.
func text(name, value string) vault.Property {
	return vault.Property{Name: name, Values: []vault.Value{{Text: value}}}
}

func list(name string, plain bool, values []string) vault.Property {
	p := vault.Property{Name: name, List: true, Values: make([]vault.Value, 0, len(values))}
	for _, v := range values {
		p.Values = append(p.Values, vault.Value{Text: v, Plain: plain})
	}
	return p
}

// backlinks lists links as Obsidian reads them in a property: wikilinks, quoted, one an entry.
func backlinks(links []Markdown) vault.Property {
	var values []string
	for _, l := range links {
		if strings.HasPrefix(string(l), "[[") {
			values = append(values, string(l))
		}
	}
	return list("backlinks", false, values)
}

// isFormID tells of an id as forms have it, of at most 64 characters.
func isFormID(id string) bool {
	for _, c := range []byte(id) {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return id != "" && len(id) <= 64
}

// formID is the form's id as the note gives it, or the one that says the same where it holds anything but an id.
func formID(sheet *questionnaire.Sheet, code string) string {
	if isFormID(sheet.FormID) {
		return sheet.FormID
	}
	return sheet.Questionnaire + "_" + code
}

// people gives the properties that name persons or tools. What is not a name stays out: nothing that a form delivered
// stands in a property.
func (w *writer) people(round *questionnaire.Assessment) []vault.Property {
	var out []vault.Property
	consultant := w.report.Engagement.Client.Consultant
	if consultant.IsZero() {
		consultant = round.Last().Consultant
	}
	if name, ok := vault.NewName(consultant); ok {
		out = append(out, text("consultant", vault.PlainName(name)))
	}
	var respondents []string
	for _, s := range round.Sheets {
		if name, ok := vault.NewName(s.Respondent); ok {
			respondents = append(respondents, vault.PlainName(name))
		}
	}
	if len(respondents) > 0 {
		out = append(out, text("respondant", strings.Join(respondents, " & ")))
	}
	if name, ok := vault.NewName(round.Last().Source); ok {
		out = append(out, text("source", vault.PlainName(name)))
	}
	return out
}

// scoreProperties are absent, not null, where there is no number: Obsidian would show an empty field.
func scoreProperties(s assess.Score, p assess.Priority) []vault.Property {
	var out []vault.Property
	if s.Shown() {
		out = append(out, plain("synth_score", strconv.Itoa(s.Final)), plain("synth_best", strconv.Itoa(s.Best)))
	}
	return append(out, plain("synth_priority", string(p)), plain("synth_coverage", strconv.Itoa(s.Coverage)))
}

// seal says what a note was made from, so that what changed can be named: the answers, the client's note, the model,
// the words and templates, the as-of date, the layout.
func (c *Composer) seal(r *assess.Report, roadmap *plan.Roadmap) string {
	b := c.buffers.Get().(*bytes.Buffer)
	defer c.buffers.Put(b)
	b.Reset()
	b.Write(appendAnswers(b.AvailableBuffer(), r))
	answers := digest(b.Bytes())
	b.Reset()
	b.Write(appendClient(b.AvailableBuffer(), r.Engagement.Client))
	return strings.Join([]string{
		"answers:" + answers,
		"client:" + digest(b.Bytes()),
		"model:" + r.Model.Hash[:16],
		"words:" + digest([]byte(r.Model.WordsHash+c.hash)),
		"asof:" + roadmap.AsOf,
		"format:" + format,
	}, " ")
}

// digest is the first 16 hexadecimal digits of a SHA-256.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
