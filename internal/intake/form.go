package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Form is a questionnaire as a page that asks it.
type Form struct {
	Set           *questionnaire.Set
	Questionnaire *questionnaire.Questionnaire
	Client        string // the code of the one client who is asked; empty where the page does not say
	Endpoint      string // where the answers are sent; empty where that is not known yet
	// Open holds the questions to ask again, by id, and why each is. Where it is nil, everything is asked.
	Open map[string]string
}

// ID is what a form calls itself: the questionnaire, and the client behind it.
func (f *Form) ID() string {
	if f.Client == "" {
		return f.Questionnaire.ID
	}
	return f.Questionnaire.ID + "_" + f.Client
}

// Problems tells why the answers to the form could not be read back.
func (f *Form) Problems() []vault.Problem {
	problems := clashes(f.Questionnaire)
	q, rest := f.Set.FromFormID(f.ID())
	client, _ := questionnaire.FoldCode(rest)
	if q != f.Questionnaire || client != f.Client {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: "form_id_ambiguous",
			Message: "the form_id " + f.ID() + " would be read as that of the questionnaire " + q.ID, Hint: "give the client another code"})
	}
	return problems
}

// Version tells two states of a questionnaire apart: 16 hexadecimal digits over what a respondent sees of it and sends.
func (f *Form) Version() (string, error) {
	type option struct{ ID, Label string }
	type question struct {
		ID, Type, Label, Help string
		Min, Max              *int
		Options               []option
	}
	shown := []question{{ID: f.Questionnaire.ID, Label: f.Questionnaire.Title}}
	for _, q := range f.Questionnaire.Questions {
		one := question{ID: q.ID, Type: string(q.Type), Label: q.Label, Help: q.Help, Min: q.Min, Max: q.Max}
		for _, o := range q.Options {
			one.Options = append(one.Options, option{o.ID, o.Label})
		}
		shown = append(shown, one)
	}
	data, err := json.Marshal(shown)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8]), nil
}

// asked lists the questions of the form in the questionnaire's order.
func (f *Form) asked() []*questionnaire.Question {
	var out []*questionnaire.Question
	for i := range f.Questionnaire.Questions {
		q := &f.Questionnaire.Questions[i]
		if _, open := f.Open[q.ID]; open || f.Open == nil {
			out = append(out, q)
		}
	}
	return out
}

// Field is what formspree.json says of a field.
type Field struct {
	Type     string `json:"type,omitempty"`
	Required bool   `json:"required"`
}

// Fields are the fields that the form sends. Whoever sends may leave out all but the respondent. Numbers and dates are
// texts to the service, which would refuse those that are left empty; a question with several answers has no type,
// since its field comes more than once.
func (f *Form) Fields() map[string]Field {
	text := Field{Type: "text"}
	fields := map[string]Field{fieldForm: text, fieldVersion: text, fieldRemarks: text, fieldRespondent: {Type: "text", Required: true}}
	if f.Open != nil {
		fields[fieldComplement] = text
	}
	for _, q := range f.asked() {
		fields[remarkField(q.ID)] = text
		if fields[q.ID] = text; q.Type == questionnaire.Multi {
			fields[q.ID] = Field{}
		}
	}
	return fields
}

// page is what the template of a form can reach.
type page struct {
	Lang, Title string
	Client      string // in capitals
	Endpoint    string
	Host        string
	Policy      string
	Style       template.CSS
	Hidden      []hidden
	Complement  bool
	Respondent  string // names of fields, as the next two
	Remarks     string
	Honeypot    string
	Questions   []question
}

type hidden struct{ Name, Value string }

// question is a question on the page. Names of fields are ids.
type question struct {
	*questionnaire.Question
	Number  int
	Reason  string // why it is asked again
	Remark  string // the name of the remark's field
	Several bool
	Offered []questionnaire.Option // the options, and that the answer is not known
}

// HTML writes the form by the catalogue's template of that language: one page that needs no script and loads nothing.
func (f *Form) HTML(fsys fs.FS, lang string) ([]byte, error) {
	style, err := fs.ReadFile(fsys, path.Join(lang, "kit", "form.css"))
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(fsys, path.Join(lang, "kit", "form.html"))
	if err != nil {
		return nil, err
	}
	t, err := template.New("form").Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, err
	}
	view, err := f.page(lang, strings.TrimSpace(string(style)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, view)
	return b.Bytes(), err
}

func (f *Form) page(lang, style string) (*page, error) {
	version, err := f.Version()
	if err != nil {
		return nil, err
	}
	to, err := url.Parse(f.Endpoint)
	if err != nil {
		return nil, err
	}
	p := &page{Lang: lang, Title: f.Questionnaire.Title, Client: strings.ToUpper(f.Client),
		Endpoint: f.Endpoint, Host: to.Hostname(), Policy: policy(to, style), Style: template.CSS(style), Complement: f.Open != nil,
		Respondent: fieldRespondent, Remarks: fieldRemarks, Honeypot: fieldHoneypot}
	p.Hidden = []hidden{{fieldForm, f.ID()}, {fieldVersion, version}, {fieldLanguage, lang}}
	if p.Complement {
		p.Hidden = append(p.Hidden, hidden{fieldComplement, strconv.FormatBool(true)})
	}
	for i, q := range f.asked() {
		p.Questions = append(p.Questions, question{Question: q, Number: i + 1, Reason: f.Open[q.ID], Remark: remarkField(q.ID),
			Several: q.Type == questionnaire.Multi, Offered: f.offered(q)})
	}
	return p, nil
}

// policy lets the page run no script and load nothing: it has its one style, and sends the form. Where it is sent is
// not pinned to one host, since a service may lead on to a page of thanks on another.
func policy(to *url.URL, style string) string {
	sum := sha256.Sum256([]byte(style))
	action := "'none'"
	switch to.Scheme {
	case "https":
		action = "https:"
	case "http":
		action = "http://" + to.Host
	}
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; form-action %s; base-uri 'none'",
		base64.StdEncoding.EncodeToString(sum[:]), action)
}

// offered gives a choice's options. That the answer is not known is always one of them: else the respondent could but
// guess, and a "no" would look like a question that was passed over.
func (f *Form) offered(q *questionnaire.Question) []questionnaire.Option {
	if !q.Type.Choice() {
		return nil
	}
	if _, there := q.Option(questionnaire.DontKnow); there {
		return q.Options
	}
	return append(q.Options[:len(q.Options):len(q.Options)],
		questionnaire.Option{ID: questionnaire.DontKnow, Label: f.Set.Words.DontKnow, Exclusive: true})
}
