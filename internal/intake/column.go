package intake

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// fieldKind says what a field of a submission is about.
type fieldKind uint8

const (
	unknown fieldKind = iota
	metadata
	honeypot
	sentAt
	identity
	formID
	formVersion
	complement
	formName // the questionnaire
	clientCode
	respondent
	consultant
	remarks
	remark // of a question
	question
	ticked // one option of a question, which has a column of its own
)

// reserved are the names that every form shares, as [questionnaire.Fold] writes them. Tools write them each in its way.
func reserved() map[string]fieldKind {
	names := map[fieldKind]string{
		sentAt: "date submitted submittedat submissiondate timestamp createdat datereception submitdateutc submitdate completiontime " +
			"horodateur heuredefin datestamp",
		identity: "submissionid responseid id",
		metadata: "respondentid networkid startdateutc startdate starttime heurededebut lastpage startlanguage seed lastmodifiedtime " +
			"grecaptcharesponse hcaptcharesponse keys category tags title titre source",
		formID:      "formid",
		formVersion: "formversion",
		complement:  "complement",
		formName:    "questionnaire",
		clientCode:  "client",
		respondent:  "respondant respondent repondant name nom",
		consultant:  "consultant",
		remarks:     "remarques remarque",
	}
	out := map[string]fieldKind{}
	for kind, list := range names {
		for _, name := range strings.Fields(list) {
			out[name] = kind
		}
	}
	return out
}

// weak are the kinds whose names a question may take for itself.
func (k fieldKind) weak() bool { return k == metadata || k == respondent || k == consultant }

// column is what a field's name means in one questionnaire.
type column struct {
	kind     fieldKind
	question int // its index, for question, remark and ticked
	option   string
}

// plan is what the names of fields mean in one questionnaire, and the words of its options.
type plan struct {
	form      *questionnaire.Questionnaire
	reserved  map[string]fieldKind
	questions map[string]int // by every folded name
	choices   []*choice      // by question, nil where it is written out
	columns   map[string]column
}

func newPlan(set *questionnaire.Set, q *questionnaire.Questionnaire) *plan {
	p := &plan{form: q, reserved: reserved(), questions: map[string]int{}, columns: map[string]column{},
		choices: make([]*choice, len(q.Questions))}
	for i := range q.Questions {
		one := &q.Questions[i]
		for _, name := range append([]string{one.ID, q.ID + one.ID, one.Label}, one.Aliases...) {
			if key := questionnaire.Fold(name); key != "" {
				if _, taken := p.questions[key]; !taken {
					p.questions[key] = i
				}
			}
		}
		if one.Type.Choice() {
			p.choices[i] = newChoice(set, one)
		}
	}
	return p
}

// mostColumns bounds what is remembered of names: a hostile file may hold any number.
const mostColumns = 10_000

// column tells what a name means.
func (p *plan) column(name string) column {
	c, ok := p.columns[name]
	if ok {
		return c
	}
	if len(p.columns) >= mostColumns {
		clear(p.columns)
	}
	c = p.find(name)
	p.columns[name] = c
	return c
}

func (p *plan) find(name string) column {
	name = strings.TrimSpace(name)
	folded := questionnaire.Fold(name)
	kind, isReserved := p.reserved[folded]
	switch {
	case folded == "gotcha" && strings.HasPrefix(name, "_"):
		return column{kind: honeypot}
	case name == "#": // Typeform's
		return column{kind: identity}
	case strings.HasPrefix(name, "_") && kind != sentAt && kind != identity:
		return column{kind: metadata}
	case isReserved && !kind.weak():
		return column{kind: kind}
	}
	if i, ok := p.questions[folded]; ok {
		return column{kind: question, question: i}
	}
	if isReserved {
		return column{kind: kind}
	}
	for _, suffix := range []string{"remarque", "remarques"} {
		if base, ok := strings.CutSuffix(folded, suffix); ok {
			if i, ok := p.questions[base]; ok {
				return column{kind: remark, question: i}
			}
		}
	}
	return p.single(name)
}

// bracketed matches the columns that tools make of each option: "CODE[SQ001]", "Question [option]".
var bracketed = pattern(`(?s)^(.+?)\s*\[(.+)\]$`)

// single finds the question and the option that a column of its own stands for, "CODE_SQ001" among others.
func (p *plan) single(name string) column {
	if m := bracketed().FindStringSubmatch(name); m != nil {
		return p.ticked(m[1], m[2])
	}
	for i := range min(len(name), maxName) {
		if name[i] == '_' {
			if c := p.ticked(name[:i], name[i+1:]); c.kind != unknown {
				return c
			}
		}
	}
	return column{}
}

func (p *plan) ticked(name, words string) column {
	i, ok := p.questions[questionnaire.Fold(name)]
	if !ok || p.choices[i] == nil {
		return column{}
	}
	id, ok := p.choices[i].option(words)
	if !ok {
		return column{}
	}
	return column{kind: ticked, question: i, option: id}
}

// score counts the names that are this questionnaire's own.
func (p *plan) score(fields []Field) int {
	seen := map[int]bool{}
	for _, f := range fields {
		if c := p.column(f.Name); c.kind == question || c.kind == ticked {
			seen[c.question] = true
		}
	}
	return len(seen)
}

// names lists what a column may be called, for hints.
func (p *plan) names() []string {
	var out []string
	for i := range p.form.Questions {
		out = append(out, p.form.Questions[i].ID, p.form.Questions[i].Label)
	}
	for _, name := range []string{"form_id", "questionnaire", "client", "submission_id", "respondant", "remarques", "_date"} {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
