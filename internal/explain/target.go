package explain

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
)

// Kind is what an id names.
type Kind string

// MarshalJSON writes null for no kind.
func (k Kind) MarshalJSON() ([]byte, error) { return Word(k).MarshalJSON() }

// The kinds of what can be explained. A control and its finding share an id.
const (
	KindFinding       Kind = "finding"
	KindTheme         Kind = "theme"
	KindRisk          Kind = "risk"
	KindOpportunity   Kind = "opportunity"
	KindAction        Kind = "action"
	KindContradiction Kind = "contradiction"
	KindReference     Kind = "reference"
	KindDomain        Kind = "domain"
	KindQuestion      Kind = "question"
	KindQuestionnaire Kind = "questionnaire"
	KindScore         Kind = "score"
)

// ScoreID is the id of the client's own score.
const ScoreID = "score"

// Target is an id with what it names.
type Target struct {
	Kind Kind
	ID   string
}

// Targets lists everything that a model lets one ask about: the client's score, the domains, then what is in them, the
// questionnaires and their questions. A questionnaire that shares its id with a domain comes behind it.
func Targets(m *assess.Model) []Target {
	out := []Target{{KindScore, ScoreID}}
	add := func(k Kind, id string) { out = append(out, Target{k, id}) }
	for _, d := range m.Domains {
		add(KindDomain, d.ID)
	}
	for _, c := range m.Controls {
		add(KindFinding, c.ID)
	}
	for _, t := range m.Themes {
		add(KindTheme, t.ID)
	}
	for _, r := range m.Risks {
		add(KindRisk, r.ID)
	}
	for _, o := range m.Opportunities {
		add(KindOpportunity, o.ID)
	}
	for _, a := range m.Actions {
		add(KindAction, a.ID)
	}
	for _, c := range m.Contradictions {
		add(KindContradiction, c.ID)
	}
	for _, r := range m.References {
		add(KindReference, r.ID)
	}
	for _, q := range m.Set.Questionnaires {
		add(KindQuestionnaire, q.ID)
	}
	for _, ref := range m.Set.Refs() {
		add(KindQuestion, ref.String())
	}
	return out
}

// Find gives what an id names; "questionnaire:ID" is the questionnaire where a domain has the same id. It reports false
// for an id that the model does not know.
func Find(m *assess.Model, id string) (Target, bool) {
	kind, name, qualified := strings.Cut(id, ":")
	if !qualified {
		name = id
	}
	for _, t := range Targets(m) {
		if t.ID == name && (!qualified || string(t.Kind) == kind) {
			return t, true
		}
	}
	return Target{}, false
}

// FindBlock gives what a block id of a note names. In a questionnaire's note that is one of its questions.
func FindBlock(m *assess.Model, block, form string) (Target, bool) {
	for _, t := range Targets(m) {
		ref, isQuestion := questionnaire.ParseRef(t.ID)
		switch {
		case form == "" && !isQuestion && questionnaire.BlockID(t.ID) == block:
			return t, true
		case isQuestion && ref.Questionnaire == form && strings.EqualFold(questionnaire.BlockID(ref.Question), block):
			return t, true
		}
	}
	return Target{}, false
}

// IDs lists the ids of the targets, each once.
func IDs(m *assess.Model) []string {
	var out []string
	for _, t := range Targets(m) {
		out = append(out, t.ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
