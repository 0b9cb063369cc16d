package cases

import (
	"regexp"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// caseDate is when the answers of cases came: they all came at once.
const caseDate = "2026-01-01"

var idPattern = regexp.MustCompile(`^[a-z0-9_]+$`)

// loader reads cases and checks every id they name against the model.
type loader struct {
	model *assess.Model
	sink  strictyaml.Sink
	cases []Case
	seen  map[string]bool
}

func (l *loader) readFile(name string, root *strictyaml.Node) {
	f := strictyaml.Open(root, &l.sink)
	items := f.List("cases")
	if len(items) == 0 {
		l.sink.Add(root, "cases_missing", "the file holds no case")
	}
	for _, n := range items {
		c := l.readCase(n)
		c.File, c.Line, c.Column = name, n.Line, n.Column
		l.cases = append(l.cases, c)
	}
	f.Close()
}

func (l *loader) readCase(n *strictyaml.Node) Case {
	f := strictyaml.Open(n, &l.sink)
	c := Case{ID: f.String("id")}
	switch {
	case c.ID == "":
	case !idPattern.MatchString(c.ID):
		l.sink.Add(f.Node("id"), "id_invalid", "the id %q holds something else than lower-case letters, digits and _", c.ID)
	case l.seen[c.ID]:
		l.sink.Add(f.Node("id"), "id_twice", "the case %q stands twice", c.ID)
	}
	l.seen[c.ID] = true
	sheets := map[string]*questionnaire.Sheet{}
	l.received(f, sheets)
	for _, e := range f.Map("answers") {
		l.answer(e, sheets)
	}
	c.engagement = l.model.Set.Engage("case", l.about(f), inOrder(l.model.Set, sheets))
	before := l.sink.Len()
	c.expected = l.expectations(f)
	refused := l.sink.Len() > before
	f.Close()
	if len(c.expected) == 0 && !refused {
		l.sink.Add(n, "expectation_missing", "the case %q expects nothing", c.ID).Hint = "say what is to come of it: controls, findings, actions, …"
	}
	return c
}

// received reads the questionnaires that came without an answer that matters.
func (l *loader) received(f *strictyaml.Fields, sheets map[string]*questionnaire.Sheet) {
	for _, n := range f.List("received") {
		id := strictyaml.Text(n, &l.sink)
		if id != "" && l.form(n, id) {
			l.sheet(sheets, id)
		}
	}
}

func (l *loader) form(at *strictyaml.Node, id string) bool {
	var known []string
	for _, q := range l.model.Set.Questionnaires {
		known = append(known, q.ID)
	}
	return l.known(at, "questionnaire", id, known)
}

// known checks that an id is one of the model's.
func (l *loader) known(at *strictyaml.Node, kind, id string, ids []string) bool {
	if slices.Contains(ids, id) {
		return true
	}
	p := l.sink.Add(at, "id_unknown", "there is no %s %q", kind, id)
	if near := strictyaml.Nearest(id, ids); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return false
}

func (l *loader) sheet(sheets map[string]*questionnaire.Sheet, form string) *questionnaire.Sheet {
	if sheets[form] == nil {
		sheets[form] = &questionnaire.Sheet{Questionnaire: form, Date: caseDate}
	}
	return sheets[form]
}

// inOrder lists the sheets in the order of the model's questionnaires.
func inOrder(set *questionnaire.Set, sheets map[string]*questionnaire.Sheet) []*questionnaire.Sheet {
	var out []*questionnaire.Sheet
	for _, q := range set.Questionnaires {
		if s := sheets[q.ID]; s != nil {
			out = append(out, s)
		}
	}
	return out
}

// about reads what the client's note says.
func (l *loader) about(f *strictyaml.Fields) []questionnaire.Answer {
	node := f.Node("client")
	if node == nil {
		return nil
	}
	var out []questionnaire.Answer
	section := strictyaml.Open(node, &l.sink)
	client := l.model.Set.Questionnaire(questionnaire.ClientID)
	for i := range client.Questions {
		q := &client.Questions[i]
		value := section.OptString(q.ID)
		if value == "" || len(q.Options) > 0 && !l.known(section.Node(q.ID), q.ID, value, q.OptionIDs()) {
			continue
		}
		out = append(out, questionnaire.Answer{Ref: questionnaire.Ref{Questionnaire: client.ID, Question: q.ID},
			State: questionnaire.Known, Options: []string{value}})
	}
	section.Close()
	return out
}

// answer reads one answer into the sheet of its questionnaire.
func (l *loader) answer(e strictyaml.Entry, sheets map[string]*questionnaire.Sheet) {
	ref, ok := questionnaire.ParseRef(e.Key.Value)
	q := l.model.Set.Question(ref)
	if !ok || q == nil || ref.Questionnaire == questionnaire.ClientID {
		var known []string
		for _, r := range l.model.Set.Refs() {
			known = append(known, r.String())
		}
		p := l.sink.Add(e.Key, "question_unknown", "there is no question %q", e.Key.Value)
		if near := strictyaml.Nearest(e.Key.Value, known); near != "" {
			p.Hint = "did you mean " + near + "?"
		} else if strings.HasPrefix(e.Key.Value, questionnaire.ClientID+".") {
			p.Hint = "what the client's note says stands under client:"
		}
		return
	}
	s := l.sheet(sheets, ref.Questionnaire)
	s.Answers = append(s.Answers, l.value(ref, q, e.Value))
}
