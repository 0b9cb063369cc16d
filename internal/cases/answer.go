package cases

import (
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// The range of a number whose question gives none.
const (
	least = -1_000_000_000
	most  = 1_000_000_000
)

// value reads an answer as its question's type wants it. "nsp" is "ne sait pas" to any question.
func (l *loader) value(ref questionnaire.Ref, q *questionnaire.Question, n *strictyaml.Node) questionnaire.Answer {
	a := questionnaire.Answer{Ref: ref, State: questionnaire.Known}
	if n.Kind == strictyaml.Scalar && n.Value == questionnaire.DontKnow {
		a.State, a.Asked = questionnaire.Unknown, true
		return a
	}
	switch q.Type {
	case questionnaire.Single, questionnaire.Multi:
		return questionnaire.Ticked(ref, q, l.ticks(q, n))
	case questionnaire.Number:
		low, high := least, most
		if q.Min != nil {
			low = *q.Min
		}
		if q.Max != nil {
			high = *q.Max
		}
		a.Number = strictyaml.Int(n, low, high, &l.sink)
	case questionnaire.Date:
		text := strictyaml.Text(n, &l.sink)
		iso, ok := questionnaire.ParseDate(text)
		if text != "" && (!ok || iso != text) {
			l.sink.Add(n, "date_invalid", "%q is not a date", text).Hint = "write it as 2026-01-31"
		}
		a.Date = iso
	default:
		a.Text = vault.Received(strictyaml.Text(n, &l.sink))
		if q.Type == questionnaire.Named {
			a.Name, a.HasName = vault.NewName(a.Text)
		}
	}
	return a
}

// ticks reads the options that are ticked: one as itself, or several in a list.
func (l *loader) ticks(q *questionnaire.Question, n *strictyaml.Node) []string {
	items := []*strictyaml.Node{n}
	if n.Kind == strictyaml.Sequence {
		items = n.Items()
	}
	if len(items) == 0 {
		l.sink.Add(n, "options_missing", "no option is ticked").Hint = "leave the answer out, or write nsp"
	}
	var out []string
	for _, item := range items {
		id := strictyaml.Text(item, &l.sink)
		switch {
		case id == "":
		case slices.Contains(out, id):
			l.sink.Add(item, "option_twice", "%q stands twice", id)
		case id == questionnaire.DontKnow || l.known(item, "option", id, q.OptionIDs()):
			out = append(out, id)
		}
	}
	return out
}
