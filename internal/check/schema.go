package check

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// texts lists the properties of the notes that are read, by category. Each holds one text.
func texts() map[string][]string {
	return map[string][]string{
		"client": {"category", "code", "title", "country", "canton", "profession", "domain", "consultant", "language", "as_of"},
		"questionnaire": {"category", "title", "form_id", "questionnaire", "client", "date_reception", "respondant", "consultant", "source",
			"submission_id", "complement"},
	}
}

// schema looks at the properties of a note of ours.
func (f *finder) schema(n *vault.Note, sealed bool) {
	if sealed {
		f.generated(n)
		f.regions(n)
		return
	}
	category, ok := n.Property("category")
	if !ok || len(category.Values) == 0 {
		return
	}
	known := f.texts[category.Values[0].Text]
	if known == nil {
		f.category(n, category)
		return
	}
	properties, _ := n.Properties()
	for _, p := range properties {
		if p.List && slices.Contains(known, p.Name) {
			f.property(n, p, "property_type", "the property "+quoted(p.Name)+" is a list, and is read as one text", "write "+p.Name+": and the text on one line")
		}
	}
	f.misspelt(n, properties, known)
}

// marks are the properties by which a note of ours is known, whatever its category says.
func marks() []string { return []string{"code", "form_id", "date_reception"} }

// category looks at one that is none of ours: the note is read only if it is.
func (f *finder) category(n *vault.Note, category vault.Property) {
	if !slices.ContainsFunc(marks(), func(name string) bool { _, found := n.Property(name); return found }) {
		return
	}
	text := category.Values[0].Text
	near, found := f.meant[text]
	if !found {
		near = strictyaml.Nearest(text, slices.Sorted(maps.Keys(f.texts)))
		f.meant[text] = near
	}
	if near != "" {
		f.property(n, category, "category_misspelt", "the category "+quoted(text)+" is none of ours, so the note is not read", "did you mean "+near+"?")
	}
}

// shortest is the length below which a word is too short to say that it is another one misspelt.
const shortest = 5

// misspelt looks for names that are nearly those of properties which the note lacks.
func (f *finder) misspelt(n *vault.Note, properties []vault.Property, known []string) {
	missing := slices.DeleteFunc(slices.Clone(known), func(name string) bool {
		return slices.ContainsFunc(properties, func(p vault.Property) bool { return p.Name == name })
	})
	for _, p := range properties {
		if len(p.Name) < shortest || slices.Contains(known, p.Name) {
			continue
		}
		if near := strictyaml.Nearest(p.Name, missing); near != "" {
			f.property(n, p, "property_misspelt", "the property "+quoted(p.Name)+" is not read", "did you mean "+near+"?")
		}
	}
}

func (f *finder) property(n *vault.Note, p vault.Property, code, message, hint string) {
	f.take(vault.Problem{Path: n.Path(), Line: p.Line, Column: p.Column, Code: code, Message: message, Hint: hint})
}

// shape is what a property that synth alone writes looks like.
type shape struct {
	name  string
	kinds []string // of the notes that must have it
	fits  func(f *finder, value string) bool
}

var (
	sealPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^answers:[0-9a-f]{16} client:[0-9a-f]{16} model:[0-9a-f]{16} words:[0-9a-f]{16} asof:(?:\d{4}-\d{2}-\d{2})? format:\d+$`)
	})
	headPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^.+:[0-9a-f]{8}$`)
	})
	historyPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\d{4}-\d{2}-\d{2} · (?:\d{1,3}–\d{1,3}|–) · \S+$`)
	})
)

func shapes() []shape {
	all := []string{compose.AnalysisKind, compose.SynthesisKind, compose.RoadmapKind}
	return []shape{
		{"category", all, func(_ *finder, v string) bool { return slices.Contains(all, v) }},
		{"synth_client", all, func(_ *finder, v string) bool { code, ok := questionnaire.FoldCode(v); return ok && code == v }},
		{"synth_questionnaire", all[:1], func(f *finder, v string) bool { return f.Set.Questionnaire(v) != nil }},
		{"synth_seal", all, func(_ *finder, v string) bool { return sealPattern().MatchString(v) }},
		{"synth_head", all, func(_ *finder, v string) bool { return headPattern().MatchString(v) }},
		{"synth_history", nil, func(_ *finder, v string) bool { return historyPattern().MatchString(v) }},
		{"synth_score", nil, isPercentage},
		{"synth_best", nil, isPercentage},
		{"synth_coverage", nil, isPercentage},
		{"synth_priority", nil, func(_ *finder, v string) bool { return slices.Contains(assess.Priorities(), assess.Priority(v)) }},
	}
}

func isPercentage(_ *finder, v string) bool {
	number, err := strconv.Atoi(v)
	return err == nil && number >= 0 && number <= 100 && strconv.Itoa(number) == v
}

// generated looks at the properties of a note that synth has written.
func (f *finder) generated(n *vault.Note) {
	category, _ := n.Property("category")
	for _, s := range shapes() {
		p, found := n.Property(s.name)
		switch {
		case !found && (slices.Contains(s.kinds, category.Text()) || s.name == "category"):
			f.take(vault.Problem{Path: n.Path(), Code: "generated_key_missing", Message: "the generated note has no " + s.name,
				Hint: "put the property back, or take synth_seal away to make the note your own"})
		case found && !slices.ContainsFunc(p.Values, func(v vault.Value) bool { return !s.fits(f, v.Text) }):
		case found:
			values := make([]string, len(p.Values))
			for i, v := range p.Values {
				values[i] = v.Text
			}
			f.property(n, p, "generated_value_invalid", s.name+" holds "+quoted(strings.Join(values, ", "))+", which synth never writes",
				"put the value back that synth wrote")
		}
	}
}

// regions tells of the parts of a generated note that are not what was generated.
func (f *finder) regions(n *vault.Note) {
	standing, err := n.Regions()
	if err != nil {
		return // told by whoever read the note
	}
	f.actions(n, standing)
	if !f.compared[n.Path()] {
		waiting, _ := n.Review()
		for _, p := range waiting {
			f.take(p)
		}
	}
	for _, s := range standing {
		if s.Edited {
			f.take(vault.Problem{Path: n.Path(), Line: s.First, Column: 1, Code: "region_edited",
				Message: "the part " + quoted(s.ID) + " was edited by hand",
				Hint:    "nothing to do if that was meant: it stays, and what is new is proposed beside it"})
		}
	}
}
