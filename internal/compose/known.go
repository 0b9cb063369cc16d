package compose

import (
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// modelOrder is what the order of a model says, which is asked for of every note.
type modelOrder struct {
	themes     []themeOrder   // as the controls first name them
	references map[string]int // where each stands
}

// themeOrder is a theme as the model's controls first name it.
type themeOrder struct {
	id, form string // the questionnaire of the domain of that control
	emoji    string
	title    Markdown
}

// order gives the order of a model.
func (p *Places) order(m *assess.Model) *modelOrder {
	if known, ok := p.orders.Load(m); ok {
		return known.(*modelOrder)
	}
	made := newModelOrder(m)
	p.orders.Store(m, made)
	return made
}

func newModelOrder(m *assess.Model) *modelOrder {
	o := &modelOrder{references: make(map[string]int, len(m.References))}
	for i := range m.References {
		o.references[m.References[i].ID] = i
	}
	seen := map[string]bool{}
	for i := range m.Controls {
		id := m.Controls[i].Theme
		if seen[id] {
			continue
		}
		seen[id] = true
		domain := m.Domain(m.Controls[i].Domain)
		one := themeOrder{id: id, form: domain.Questionnaire, emoji: domain.Emoji, title: Markdown(vault.Escape(m.ThemeTitle(id)))}
		if t := m.Theme(id); t != nil {
			one.emoji = t.Emoji
		}
		o.themes = append(o.themes, one)
	}
	return o
}

// actionWords are an action's words in all the ways in which notes say them. Most actions quote no answer: theirs are the
// same of every client, and made once.
type actionWords struct {
	title, objective         string // what they were made from, with the steps
	outcome, inline          Markdown
	titleCell, objectiveCell Markdown
	steps, stepCells         []Markdown
	block                    string
}

// actionWords gives the words for an action. What another client's notes say already is said with the same words.
func (p *Places) actionWords(a *plan.Action) *actionWords {
	if known, ok := p.said.Load(a.Action); ok && known.(*actionWords).of(a) {
		return known.(*actionWords)
	}
	made := newActionWords(a)
	p.said.LoadOrStore(a.Action, made)
	return made
}

func newActionWords(a *plan.Action) *actionWords {
	title, objective := Markdown(a.Title.Markdown), Markdown(a.Objective.Markdown)
	w := &actionWords{title: a.Title.Markdown, objective: a.Objective.Markdown, outcome: lowerFirst(objective), inline: lowerFirst(title),
		titleCell: cell(title), objectiveCell: cell(objective), steps: make([]Markdown, len(a.Steps)), stepCells: make([]Markdown, len(a.Steps)),
		block: questionnaire.BlockID(a.Action.ID)}
	for i := range a.Steps {
		w.steps[i] = Markdown(a.Steps[i].Markdown)
		w.stepCells[i] = cell(lowerFirst(w.steps[i]))
	}
	return w
}

// chartTitle is ChartTitle of a title without names, of which there are few.
func (p *Places) chartTitle(title string) string {
	if known, ok := p.charts.Load(title); ok {
		return known.(string)
	}
	made := ChartTitle(title)
	p.charts.Store(title, made)
	return made
}

// of tells whether they are the words for what is said of an action.
func (w *actionWords) of(a *plan.Action) bool {
	if w.title != a.Title.Markdown || w.objective != a.Objective.Markdown || len(w.steps) != len(a.Steps) {
		return false
	}
	for i := range a.Steps {
		if string(w.steps[i]) != a.Steps[i].Markdown {
			return false
		}
	}
	return true
}
