package assess

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// Review reads a model as [Load] does. Where nothing is refused, it gives as warnings what a model can do without: what
// nothing uses, and what counts one effect twice.
func Review(fsys fs.FS, lang string) (*Model, []vault.Problem) {
	l := newLoader(struct{ fs.FS }{fsys}, lang) // which tells nothing of where its files come from
	m, problems := l.result()
	if m == nil {
		return nil, problems
	}
	r := &review{loader: l, model: m}
	r.unused()
	r.twice()
	for _, f := range l.files {
		problems = append(problems, questionnaire.InFile(f.name, f.sink.Problems())...)
	}
	for i := range problems {
		problems[i].Severity = vault.Warning
	}
	vault.SortProblems(problems)
	return m, problems
}

// review looks over a model that the loader accepts.
type review struct {
	loader *loader
	model  *Model
}

// warn notes a problem at the place where an id is given.
func (r *review) warn(id, code, format string, args ...any) *strictyaml.Problem {
	at := r.loader.origins[id]
	return at.file.add(at.node, code, format, args...)
}

// unused tells of what no control names.
func (r *review) unused() {
	named := map[string]bool{}
	for _, c := range r.model.Controls {
		named[c.Theme] = true
		for _, ref := range c.References {
			named[ref] = true
		}
		for _, e := range c.Edges {
			named[e.Risk] = true
		}
	}
	for _, reference := range r.model.References {
		if !named[reference.ID] {
			r.warn(reference.ID, "reference_unused", "no control names the reference %q", reference.ID).Hint = "name it under references: of a control, or take it away"
		}
	}
	for _, risk := range r.model.Risks {
		if !named[risk.ID] {
			r.warn(risk.ID, "risk_unused", "no control feeds the risk %q", risk.ID).Hint = "name it under risks: of a control, or take it away"
		}
	}
	for _, theme := range r.model.Themes {
		if !named[theme.ID] {
			r.warn(theme.ID, "theme_unused", "no control belongs to the theme %q", theme.ID).Hint = "name it as theme: of a control, or take it away"
		}
	}
}

// twice tells of what counts more than once: two controls of a domain that read the same answers alike and feed one
// risk; an action that raises a control as far as one that it requires; an id that stands twice in a list.
func (r *review) twice() {
	for i := range r.model.Controls {
		for j := range i {
			r.sameEffect(&r.model.Controls[j], &r.model.Controls[i])
		}
		r.listed(r.model.Controls[i].ID, r.model.Controls[i].References)
	}
	for _, c := range r.model.Contradictions {
		r.listed(c.ID, c.Controls)
	}
	for i := range r.model.Actions {
		r.raisedTwice(&r.model.Actions[i])
		r.listed(r.model.Actions[i].ID, r.model.Actions[i].Requires)
	}
}

// readAlike tells of two controls whose level comes from the same answers in the same way, wherever it is written.
func readAlike(a, b *Control) bool {
	if a.Table != nil && b.Table != nil {
		return a.Table.Question == b.Table.Question && a.Table.Best == b.Table.Best && maps.Equal(a.Table.Levels, b.Table.Levels)
	}
	return a.Table == nil && b.Table == nil && slices.EqualFunc(a.Rows, b.Rows, func(a, b Row) bool {
		return a.NotApplicable == b.NotApplicable && a.Level == b.Level && reflect.DeepEqual(a.When, b.When)
	})
}

func (r *review) sameEffect(a, b *Control) {
	if a.Domain != b.Domain || !readAlike(a, b) {
		return
	}
	for _, e := range b.Edges {
		if slices.ContainsFunc(a.Edges, func(other Edge) bool { return other.Risk == e.Risk }) {
			r.warn(b.ID, "effect_twice", "%q reads its level as %q does, and both feed the risk %q: one answer counts twice", b.ID, a.ID, e.Risk).
				Hint = "join the two controls, or let them feed different risks"
			return
		}
	}
}

func (r *review) raisedTwice(a *Action) {
	for _, id := range r.required(a) {
		before := find(r.model.Actions, func(b *Action) bool { return b.ID == id })
		for _, raise := range a.Raises {
			if slices.ContainsFunc(before.Raises, func(b Raise) bool { return b.Control == raise.Control && b.Level >= raise.Level }) {
				r.warn(a.ID, "raise_twice", "%q raises %q to %d, which %q, done before, has done already", a.ID, raise.Control, raise.Level, id).
					Hint = "take the control away from one of the two"
			}
		}
	}
}

// required lists the actions that come before an action, in the model's order.
func (r *review) required(a *Action) []string {
	before := map[string]bool{}
	todo := slices.Clone(a.Requires)
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if before[id] {
			continue
		}
		before[id] = true
		todo = append(todo, find(r.model.Actions, func(b *Action) bool { return b.ID == id }).Requires...)
	}
	var ids []string
	for _, b := range r.model.Actions {
		if before[b.ID] {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

func (r *review) listed(id string, list []string) {
	for i, name := range list {
		if slices.Contains(list[:i], name) {
			r.warn(id, "listed_twice", "%q names %q twice", id, name)
		}
	}
}
