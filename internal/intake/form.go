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

// Page is a questionnaire as a web page that asks it.
type Page struct {
	Set           *questionnaire.Set
	Questionnaire *questionnaire.Questionnaire
	Client        string // the code of the one client who is asked; empty where the page does not say
	Endpoint      string // where the answers are sent; empty where that is not known yet
	// Open holds the questions to ask again, by id, and why each is. Where it is nil, everything is asked.
	Open map[string]string
}

// ID is what a form calls itself: the questionnaire, and the client behind it.
func (p *Page) ID() string {
	if p.Client == "" {
		return p.Questionnaire.ID
	}
	return p.Questionnaire.ID + "_" + p.Client
}

// Problems tells why the answers to the form could not be read back.
func (p *Page) Problems() []vault.Problem {
	problems := misread(p.Set, p.Questionnaire)
	q, rest := p.Set.FromFormID(p.ID())
	client, _ := questionnaire.FoldCode(rest)
	if q != p.Questionnaire || client != p.Client {
		problems = append(problems, vault.Problem{Severity: vault.Error, Code: "form_id_ambiguous",
			Message: "the form_id " + p.ID() + " would be read as that of the questionnaire " + q.ID, Hint: "give the client another code"})
	}
	return problems
}

// Version tells two states of a questionnaire apart: 16 hexadecimal digits over what a respondent sees of it and sends.
func (p *Page) Version() (string, error) {
	type option struct{ ID, Label string }
	type question struct {
		ID, Type, Label, Help string
		Min, Max              *int
		Options               []option
	}
	shown := []question{{ID: p.Questionnaire.ID, Label: p.Questionnaire.Title}}
	for _, q := range p.Questionnaire.Questions {
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
func (p *Page) asked() []*questionnaire.Question {
	var out []*questionnaire.Question
	for i := range p.Questionnaire.Questions {
		q := &p.Questionnaire.Questions[i]
		if _, open := p.Open[q.ID]; open || p.Open == nil {
			out = append(out, q)
		}
	}
	return out
}

// FieldRule is what formspree.json says of a field.
type FieldRule struct {
	Type     string `json:"type,omitempty"`
	Required bool   `json:"required"`
}

// Fields are the fields that the form sends. All but the respondent may be left empty. Numbers and dates are called
// texts too, since nothing tells what the service makes of an empty one of another type; a question with several answers
// has no type, since its field comes more than once.
func (p *Page) Fields() map[string]FieldRule {
	text := FieldRule{Type: "text"}
	fields := map[string]FieldRule{fieldForm: text, fieldVersion: text, fieldRemarks: text, fieldRespondent: {Type: "text", Required: true}}
	if p.Open != nil {
		fields[fieldComplement] = text
	}
	for _, q := range p.asked() {
		fields[remarkField(q.ID)] = text
		if fields[q.ID] = text; q.Type == questionnaire.Multi {
			fields[q.ID] = FieldRule{}
		}
	}
	return fields
}

// pageView is what the template of a form can reach.
type pageView struct {
	Lang, Title string
	Client      string // in capitals
	Endpoint    string
	Host        string
	Policy      string
	Style       template.CSS
	Hidden      []hiddenField
	Complement  bool
	Respondent  string // names of fields, as the next two
	Remarks     string
	Honeypot    string
	Questions   []pageQuestion
}

type hiddenField struct{ Name, Value string }

// pageQuestion is a question on the page. Names of fields are ids.
type pageQuestion struct {
	*questionnaire.Question
	Number  int
	Reason  string // why it is asked again
	Remark  string // the name of the remark's field
	Several bool
	Offered []questionnaire.Option // the options, and that the answer is not known
}

// HTML writes the form by the catalogue's template of that language: one page that needs no script and loads nothing.
func (p *Page) HTML(fsys fs.FS, lang string) ([]byte, error) {
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
	view, err := p.view(lang, strings.TrimSpace(string(style)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, view)
	return b.Bytes(), err
}

func (p *Page) view(lang, style string) (*pageView, error) {
	version, err := p.Version()
	if err != nil {
		return nil, err
	}
	to, err := url.Parse(p.Endpoint)
	if err != nil {
		return nil, err
	}
	v := &pageView{Lang: lang, Title: p.Questionnaire.Title, Client: strings.ToUpper(p.Client),
		Endpoint: p.Endpoint, Host: to.Hostname(), Policy: pagePolicy(to, style), Style: template.CSS(style), Complement: p.Open != nil,
		Respondent: fieldRespondent, Remarks: fieldRemarks, Honeypot: fieldHoneypot}
	v.Hidden = []hiddenField{{fieldForm, p.ID()}, {fieldVersion, version}, {fieldLanguage, lang}}
	if v.Complement {
		v.Hidden = append(v.Hidden, hiddenField{fieldComplement, strconv.FormatBool(true)})
	}
	for i, q := range p.asked() {
		v.Questions = append(v.Questions, pageQuestion{Question: q, Number: i + 1, Reason: p.Open[q.ID], Remark: remarkField(q.ID),
			Several: q.Type == questionnaire.Multi, Offered: p.offered(q)})
	}
	return v, nil
}

// pagePolicy lets the page run no script and load nothing: it has its one style, and sends the form. Where it is sent is
// not pinned to one host, since a service may lead on to a page of thanks on another.
func pagePolicy(to *url.URL, style string) string {
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
func (p *Page) offered(q *questionnaire.Question) []questionnaire.Option {
	if !q.Type.Choice() {
		return nil
	}
	if _, there := q.Option(questionnaire.DontKnow); there {
		return q.Options
	}
	return append(q.Options[:len(q.Options):len(q.Options)],
		questionnaire.Option{ID: questionnaire.DontKnow, Label: p.Set.Words.DontKnow, Exclusive: true})
}
