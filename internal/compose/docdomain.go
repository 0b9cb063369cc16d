package compose

import (
	"maps"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// docDomainView is what the template of a domain can reach.
type docDomainView struct {
	ID, Form, Index Markdown
	Weight          int
	Themes          []docTheme
	Risks           []docRisk
	Actions         []docAction
	Opportunities   []docStatement
	Contradictions  []docStatement
	References      []docReference
}

type docReference struct {
	Title              Markdown
	Jurisdiction, Kind string
}

type docTheme struct {
	Emoji    string
	Title    Markdown
	Controls []docControl
}

type docControl struct {
	ID, Label  Markdown
	Block      string
	Weight     int
	Gravity    int
	Question   Markdown // of a table; its options stand with the question
	Best       bool     // of several ticks the best counts, not the worst
	Several    bool     // several ticks may be given
	Rows       []docRow
	Risks      []docEdge
	Actions    []docRaise
	References []Markdown
	Frameworks []docCited
	Sentences  []docSentence
}

type docRow struct {
	NotApplicable bool
	Level         int
	When          *docCondition // nil on the last one
}

type docEdge struct {
	Title   Markdown
	Gravity int
}

type docRaise struct {
	Action Markdown
	Level  int
}

type docSentence struct{ Level, Text Markdown }

type docRisk struct {
	ID          Markdown
	Block       string
	Emoji       string
	Title, Text Markdown
}

type docAction struct {
	ID               Markdown
	Block            string
	Title, Objective Markdown
	Wording          Markdown // of the title, where it depends on the answers
	Steps            []Markdown
	Horizon          assess.Horizon
	Effort           int
	Owner            string
	OnUnknown        bool
	Requires         []Markdown
	Raises           []docLevel
}

type docLevel struct {
	Control Markdown
	Level   int
}

// docStatement is what a condition makes the model say.
type docStatement struct {
	ID, Text Markdown
	When     *docCondition
	Controls []Markdown // of a contradiction
}

func (d *documenter) domain(p part) any {
	m := d.model
	one := m.Domain(p.id)
	view := docDomainView{ID: words(one.ID), Weight: one.Weight, Index: d.to(DocModelKind, "sommaire", "", ""),
		Form: d.to(DocQuestionnaireKind, one.Questionnaire, "", m.Set.Questionnaire(one.Questionnaire).Title)}
	cited := map[string]bool{}
	for i := range m.Controls {
		if c := &m.Controls[i]; c.Domain == p.id {
			view.add(m, c, d.controlOf(c))
			for _, ref := range c.References {
				cited[ref] = true
			}
		}
	}
	for _, r := range m.Risks {
		if w := m.Words(r.ID); r.Domain == p.id {
			view.Risks = append(view.Risks, docRisk{words(r.ID), questionnaire.BlockID(r.ID), r.Emoji, words(w.Title), words(w.Text)})
		}
	}
	for i := range m.Actions {
		if m.Actions[i].Domain == p.id {
			view.Actions = append(view.Actions, d.actionOf(&m.Actions[i]))
		}
	}
	for _, o := range m.Opportunities {
		if o.Domain == p.id {
			view.Opportunities = append(view.Opportunities, docStatement{ID: words(o.ID), Text: words(m.Words(o.ID).Text), When: d.condition(o.When)})
		}
	}
	for _, c := range m.Contradictions {
		if m.Control(c.Controls[0]).Domain == p.id {
			view.Contradictions = append(view.Contradictions, d.contradictionOf(c))
		}
	}
	for _, r := range m.References {
		if cited[r.ID] {
			view.References = append(view.References, docReference{words(r.Title), r.Jurisdiction, r.Kind})
		}
	}
	return view
}

// add puts a control under its theme, in the order in which the themes come.
func (v *docDomainView) add(m *assess.Model, c *assess.Control, one docControl) {
	title := words(m.ThemeTitle(c.Theme))
	i := slices.IndexFunc(v.Themes, func(t docTheme) bool { return t.Title == title })
	if i < 0 {
		i = len(v.Themes)
		v.Themes = append(v.Themes, docTheme{Title: title})
		if t := m.Theme(c.Theme); t != nil {
			v.Themes[i].Emoji = t.Emoji
		}
	}
	v.Themes[i].Controls = append(v.Themes[i].Controls, one)
}

func (d *documenter) controlOf(c *assess.Control) docControl {
	w := d.model.Words(c.ID)
	out := docControl{ID: words(c.ID), Label: words(w.Title), Block: questionnaire.BlockID(c.ID), Weight: c.Weight, Gravity: c.Gravity()}
	if c.Table != nil {
		out.Question, out.Best = d.question(c.Table.Question), c.Table.Best
		out.Several = d.model.Set.Question(c.Table.Question).Type == questionnaire.Multi
	}
	for _, r := range c.Rows {
		out.Rows = append(out.Rows, docRow{r.NotApplicable, r.Level, d.condition(r.When)})
	}
	for _, e := range c.Edges {
		domain := d.model.Risk(e.Risk).Domain
		out.Risks = append(out.Risks, docEdge{d.to(DocDomainKind, domain, e.Risk, d.model.Words(e.Risk).Title), e.Gravity})
	}
	for i := range d.model.Actions {
		for _, r := range d.model.Actions[i].Raises {
			if r.Control == c.ID {
				out.Actions = append(out.Actions, docRaise{d.action(d.model.Actions[i].ID), r.Level})
			}
		}
	}
	for _, ref := range c.References {
		out.References = append(out.References, words(d.model.Reference(ref).Title))
	}
	out.Frameworks = d.cited(c)
	for _, level := range slices.Sorted(maps.Keys(w.Levels)) {
		out.Sentences = append(out.Sentences, docSentence{words(level), words(w.Levels[level])})
	}
	return out
}

// action links to an action, by its title.
func (d *documenter) action(id string) Markdown {
	for _, a := range d.model.Actions {
		if a.ID == id {
			return d.to(DocDomainKind, a.Domain, a.ID, d.model.Words(id).Title)
		}
	}
	return words(id)
}

func (d *documenter) actionOf(a *assess.Action) docAction {
	w := d.model.Words(a.ID)
	out := docAction{ID: words(a.ID), Block: questionnaire.BlockID(a.ID), Title: words(w.Title), Objective: words(w.Objective),
		Horizon: a.Horizon, Effort: a.Effort, Owner: a.Owner, OnUnknown: a.OnUnknown}
	if w.FullTitle != w.Title {
		out.Wording = words(w.FullTitle)
	}
	for _, s := range w.Steps {
		out.Steps = append(out.Steps, words(s))
	}
	for _, id := range a.Requires {
		out.Requires = append(out.Requires, d.action(id))
	}
	for _, r := range a.Raises {
		out.Raises = append(out.Raises, docLevel{d.control(d.model.Control(r.Control)), r.Level})
	}
	return out
}

func (d *documenter) contradictionOf(c assess.Contradiction) docStatement {
	out := docStatement{ID: words(c.ID), Text: words(d.model.Words(c.ID).Text), When: d.condition(c.When)}
	for _, id := range c.Controls {
		out.Controls = append(out.Controls, d.control(d.model.Control(id)))
	}
	return out
}
