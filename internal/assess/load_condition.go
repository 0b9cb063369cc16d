package assess

import (
	"cmp"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// condition reads a condition. A part that is refused reads as one that is always true, so that the rest is checked.
func (l *loader) condition(f *file, n *strictyaml.Node) *Condition {
	if n.Kind != strictyaml.Mapping || len(n.Entries()) != 1 {
		f.add(n, "condition_invalid", "a condition is a mapping with one key: all, any, not or a question").Hint = "join several with all: […]"
		return nil
	}
	key, value := n.Entries()[0].Key, n.Entries()[0].Value
	switch op := Operator(key.Value); op {
	case All, Any:
		return l.joined(f, op, value)
	case Not:
		inner := l.condition(f, value)
		if inner == nil {
			return nil
		}
		return &Condition{Op: Not, Parts: []*Condition{inner}}
	}
	ref := l.ref(f, key)
	q := l.model.Set.Question(ref)
	if q == nil {
		return nil
	}
	if value.Kind != strictyaml.Mapping || len(value.Entries()) != 1 {
		f.add(value, "condition_invalid", "a question's condition is a mapping with one key, such as any_of")
		return nil
	}
	return l.leaf(f, ref, q, value.Entries()[0])
}

func (l *loader) joined(f *file, op Operator, n *strictyaml.Node) *Condition {
	if n.Kind != strictyaml.Sequence || len(n.Items()) == 0 {
		f.add(n, "condition_invalid", "%s joins a list of conditions", op)
		return nil
	}
	c := &Condition{Op: op}
	for _, item := range n.Items() {
		if part := l.condition(f, item); part != nil {
			c.Parts = append(c.Parts, part)
		}
	}
	if len(c.Parts) == 0 {
		return nil
	}
	return c
}

func (l *loader) leaf(f *file, ref questionnaire.Ref, q *questionnaire.Question, e strictyaml.Entry) *Condition {
	c := &Condition{Op: Operator(e.Key.Value), Question: ref}
	switch c.Op {
	case AnyOf, AllOf, NoneOf, Only:
		if !q.Type.Choice() {
			f.add(e.Key, "condition_type", "%s asks a choice, and %s is a %s", c.Op, ref, q.Type)
			return nil
		}
		c.Options = l.conditionOptions(f, ref, q, e.Value)
	case AtLeast, LessThan:
		if q.Type != questionnaire.Number {
			f.add(e.Key, "condition_type", "%s asks a number, and %s is a %s", c.Op, ref, q.Type)
			return nil
		}
		c.Number = strictyaml.Int(e.Value, -1_000_000_000, 1_000_000_000, &f.sink)
	case Answered:
		if e.Value.Value != "true" && e.Value.Value != "false" {
			f.add(e.Value, "condition_invalid", "answered is true or false")
		}
		c.Answered = e.Value.Value == "true"
	case OnChannel:
		return l.channelLeaf(f, q, ref, e.Value)
	case keptMinimum, keptAdvised, minimumApplies:
		return l.periodLeaf(f, c.Op, q, ref, e.Value)
	default:
		words := []string{string(AnyOf), string(AllOf), string(NoneOf), string(Only), string(AtLeast), string(LessThan), string(Answered), string(OnChannel),
			string(keptMinimum), string(keptAdvised), string(minimumApplies)}
		f.add(e.Key, "condition_unknown", "%q is no word of conditions", e.Key.Value).Hint = near(e.Key.Value, words)
		return nil
	}
	return c
}

// conditionOptions reads the options that a condition names. The client's canton and profession are open lists.
func (l *loader) conditionOptions(f *file, ref questionnaire.Ref, q *questionnaire.Question, n *strictyaml.Node) []string {
	if n.Kind != strictyaml.Sequence || len(n.Items()) == 0 {
		f.add(n, "condition_invalid", "the options stand in a list")
		return nil
	}
	open := ref.Questionnaire == questionnaire.ClientID && len(q.Options) == 0
	var ids []string
	for _, item := range n.Items() {
		id := strictyaml.Text(item, &f.sink)
		switch {
		case id == "":
			continue
		case id == questionnaire.DontKnow:
			f.add(item, "option_unknown", "%q is no answer: it makes every condition unknown", id).Hint = "use answered: false"
		case !open && !slices.Contains(q.OptionIDs(), id):
			f.add(item, "option_unknown", "%q is no option of %s", id, ref).Hint = cmp.Or(near(id, q.OptionIDs()), "its options are "+strings.Join(q.OptionIDs(), ", "))
		case slices.Contains(ids, id):
			f.add(item, "option_twice", "%q stands twice", id)
		}
		ids = append(ids, id)
	}
	return ids
}
