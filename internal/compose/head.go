package compose

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
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
	p := vault.Property{Name: name, List: true}
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
func (c *Composer) seal(r *assess.Report, roadmap *plan.Roadmap) (string, error) {
	answers, err := json.Marshal(canonicalAnswers(r))
	if err != nil {
		return "", err
	}
	client, err := json.Marshal(newCanonicalClient(r.Engagement.Client))
	if err != nil {
		return "", err
	}
	return strings.Join([]string{
		"answers:" + digest(answers),
		"client:" + digest(client),
		"model:" + r.Model.Hash[:16],
		"words:" + digest([]byte(r.Model.WordsHash+c.hash)),
		"asof:" + roadmap.AsOf,
		"format:" + format,
	}, " "), nil
}

// digest is the first 16 hexadecimal digits of a SHA-256.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:16]
}

// The documents that are digested hold their keys in order.
type (
	canonicalAnswer struct {
		Date    string              `json:"date"`
		Number  int                 `json:"number"`
		Options []string            `json:"options"`
		State   questionnaire.State `json:"state"`
		Text    string              `json:"text"`
		Values  [][]string          `json:"values"`
	}
	canonicalRound struct {
		Answers  map[string]canonicalAnswer `json:"answers"`
		Received []string                   `json:"received"`
		Remarks  []string                   `json:"remarks"`
	}
	canonicalClient struct {
		Answers    map[string][]string `json:"answers"`
		Code       string              `json:"code"`
		Consultant string              `json:"consultant"`
		Language   string              `json:"language"`
		Title      string              `json:"title"`
	}
)

// canonicalAnswers is what a client answered, in every round and remarks included, in a form that depends on nothing
// else: NFC, no places.
func canonicalAnswers(r *assess.Report) map[string][]canonicalRound {
	out := map[string][]canonicalRound{}
	for _, q := range r.Model.Set.Questionnaires {
		for _, round := range r.Engagement.Assessments[q.ID] {
			out[q.ID] = append(out[q.ID], newCanonicalRound(q, round))
		}
	}
	return out
}

func newCanonicalRound(q *questionnaire.Questionnaire, round *questionnaire.Assessment) canonicalRound {
	out := canonicalRound{Answers: make(map[string]canonicalAnswer, len(q.Questions)), Received: []string{}, Remarks: []string{}}
	for i := range q.Questions {
		id := q.Questions[i].ID
		a := round.Answer(questionnaire.Ref{Questionnaire: q.ID, Question: id})
		if a.State != questionnaire.Unknown || a.Asked {
			out.Answers[id] = newCanonicalAnswer(a)
		}
	}
	for _, remark := range round.Remarks() {
		out.Remarks = append(out.Remarks, remark.Ref.String()+" "+nfc(vault.Raw(remark.Text)))
	}
	for _, s := range round.Sheets {
		out.Received = append(out.Received, s.Date+" "+nfc(vault.Raw(s.Respondent)))
	}
	return out
}

func newCanonicalAnswer(a questionnaire.Answer) canonicalAnswer {
	out := canonicalAnswer{Date: a.Date, Number: a.Number, Options: a.Options, State: a.State, Text: nfc(vault.Raw(a.Text)),
		Values: make([][]string, len(a.Sources))}
	for i, s := range a.Sources {
		out.Values[i] = s.Values
	}
	return out
}

func newCanonicalClient(c questionnaire.Client) canonicalClient {
	answers := map[string][]string{}
	for _, id := range []string{"country", "canton", "profession"} {
		answers[id] = c.Answer(id).Options
	}
	return canonicalClient{answers, c.Code, nfc(vault.Raw(c.Consultant)), c.Language, nfc(vault.Raw(c.Title))}
}

func nfc(s string) string { return norm.NFC.String(s) }
