package questionnaire

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// Chosen makes the answer to a choice question of the options chosen, in any order. Options that exclude each other
// make a contradictory answer, none at all an unknown one.
func (q *Question) Chosen(ref Ref, ids []string) Answer {
	a := Answer{Ref: ref}
	for _, id := range ids {
		if !slices.Contains(a.Options, id) {
			a.Options = append(a.Options, id)
		}
	}
	sortOptions(q, a.Options)
	a.settle(q)
	return a
}

// Written makes the answer to a question that is written out. The hint says how to write what cannot be read as the
// question's type; it is empty where all is well, and the answer is unknown where it is not.
func (s *Set) Written(q *Question, ref Ref, content vault.Untrusted) (a Answer, hint string) {
	a.Ref = ref
	if content.IsZero() {
		return a, ""
	}
	raw := strings.TrimSpace(vault.Raw(content))
	if id, ok := s.Option(q, raw); ok && id == DontKnow {
		a.Asked = true
		return a, ""
	}
	a.State = Known
	switch q.Type {
	case Number:
		var ok bool
		if a.Number, ok = number(raw); !ok || q.Min != nil && a.Number < *q.Min || q.Max != nil && a.Number > *q.Max {
			hint = "write a whole number" + q.bounds()
		}
	case Date:
		var ok bool
		if a.Date, ok = ParseDate(raw); !ok {
			hint = "write it as 2025-07-31 or 31.07.2025"
		}
	case Named:
		a.Text = content
		a.Name, a.HasName = vault.NewName(content)
	default:
		a.Text = content
	}
	if hint != "" {
		a = Answer{Ref: ref}
	}
	return a, hint
}
