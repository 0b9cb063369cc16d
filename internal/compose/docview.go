package compose

import (
	"slices"
	"strconv"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// docModelView is what the template of the note that leads to the others can reach.
type docModelView struct {
	Version    Markdown
	Forms      []docFormLine
	Domains    []docDomainLine
	Frameworks []docFramework
	Classes    []docClass
}

type docFormLine struct {
	Link      Markdown
	Questions int
	Optional  bool
}

type docDomainLine struct {
	Link, Form        Markdown
	Weight            int
	Controls, Actions int
}

func (d *documenter) index(part) any {
	view := docModelView{Version: words(d.model.Version), Frameworks: d.frameworks(), Classes: d.classes()}
	for _, q := range d.model.Set.Questionnaires {
		view.Forms = append(view.Forms, docFormLine{d.to(DocQuestionnaireKind, q.ID, "", q.Title), len(q.Questions), q.Optional})
	}
	for _, one := range d.model.Domains {
		line := docDomainLine{Link: d.to(DocDomainKind, one.ID, "", one.Title), Weight: one.Weight,
			Form: d.to(DocQuestionnaireKind, one.Questionnaire, "", d.model.Set.Questionnaire(one.Questionnaire).Title)}
		for _, c := range d.model.Controls {
			if c.Domain == one.ID {
				line.Controls++
			}
		}
		for _, a := range d.model.Actions {
			if a.Domain == one.ID {
				line.Actions++
			}
		}
		view.Domains = append(view.Domains, line)
	}
	return view
}

// docFormView is what the template of a questionnaire can reach.
type docFormView struct {
	ID        Markdown
	Optional  bool
	Index     Markdown
	Questions []docQuestion
}

type docQuestion struct {
	ID, Label, Help       Markdown
	Block                 string
	Type                  questionnaire.Type
	Informative, Personal bool
	Min, Max              string // empty where there is none
	Options               []docOption
	Readers               []Markdown // the controls that read it
}

type docOption struct {
	ID, Label Markdown
	Status    questionnaire.Status
	Exclusive bool
	Effects   []docEffect
}

// docEffect is the level that an option gives to a control.
type docEffect struct {
	Control Markdown
	Level   int
}

func (d *documenter) form(p part) any {
	q := d.model.Set.Questionnaire(p.id)
	view := docFormView{ID: words(q.ID), Optional: q.Optional, Index: d.to(DocModelKind, "sommaire", "", "")}
	for i := range q.Questions {
		one := &q.Questions[i]
		ref := questionnaire.Ref{Questionnaire: q.ID, Question: one.ID}
		line := docQuestion{ID: words(one.ID), Label: words(one.Label), Help: words(one.Help), Block: one.Block(), Type: one.Type,
			Informative: one.Informative, Personal: one.Personal, Min: bound(one.Min), Max: bound(one.Max)}
		for _, o := range one.Options {
			line.Options = append(line.Options, docOption{words(o.ID), words(o.Label), o.Status, o.Exclusive, d.effects(ref, o.ID)})
		}
		for j := range d.model.Controls {
			if slices.Contains(d.model.Controls[j].Reads(), ref) {
				line.Readers = append(line.Readers, d.control(&d.model.Controls[j]))
			}
		}
		view.Questions = append(view.Questions, line)
	}
	return view
}

func bound(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// effects lists the levels that an option gives by tables.
func (d *documenter) effects(ref questionnaire.Ref, option string) []docEffect {
	var out []docEffect
	for i := range d.model.Controls {
		c := &d.model.Controls[i]
		if c.Table == nil || c.Table.Question != ref {
			continue
		}
		if level, ok := c.Table.Levels[option]; ok {
			out = append(out, docEffect{d.control(c), level})
		}
	}
	return out
}

// docCondition is a condition as a template can say it.
type docCondition struct {
	Op       assess.Operator
	Parts    []*docCondition
	Question Markdown
	Options  []Markdown
	Number   int
	Answered bool
	Class    Markdown // of channels
}

func (d *documenter) condition(c *assess.Condition) *docCondition {
	if c == nil {
		return nil
	}
	out := &docCondition{Op: c.Op, Number: c.Number, Answered: c.Answered}
	for _, p := range c.Parts {
		out.Parts = append(out.Parts, d.condition(p))
	}
	if class := d.model.Class(c.Class); class != nil {
		out.Class = words(class.Title)
	}
	if q := d.model.Set.Question(c.Question); q != nil {
		out.Question = d.question(c.Question)
		for _, id := range c.Options {
			label := id
			if o, ok := q.Option(id); ok {
				label = o.Label
			}
			out.Options = append(out.Options, words(label))
		}
	}
	return out
}
