package questionnaire

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// question reads the answer that a section gives.
func (r *reader) question(q *Question, s section, blocks []vault.Block) {
	seen := &r.seen[r.place(q)]
	if line := *seen; line > 0 {
		r.add(vault.Error, s.heading, "question_twice", "the question "+q.ID+" stands twice, first on line "+strconv.Itoa(line),
			"keep one of the two sections")
		return
	}
	*seen = s.heading.Line
	a := Answer{Ref: Ref{r.questionnaire.ID, q.ID}}
	source := Source{Note: r.path, Line: s.heading.Line, Block: r.blockOf(q, blocks, s.heading), Heading: s.heading.Text}
	if q.Type.Choice() {
		r.choice(q, blocks, &a, &source)
	} else {
		r.written(q, blocks, &a, &source)
	}
	r.sources = append(r.sources, source)
	a.Sources = r.sources[len(r.sources)-1 : len(r.sources) : len(r.sources)]
	r.sheet.Answers = append(r.sheet.Answers, a)
}

// place is the question's place among those of the questionnaire.
func (r *reader) place(q *Question) int {
	for i := range r.questionnaire.Questions {
		if q == &r.questionnaire.Questions[i] {
			return i
		}
	}
	return -1 // of no question that match gives
}

// blockOf is the block id under which the note knows the question, empty when it has none.
func (r *reader) blockOf(q *Question, blocks []vault.Block, heading vault.Block) string {
	for i := range blocks {
		if q.isBlock(blocks[i].ID) {
			return blocks[i].ID
		}
	}
	if q.isBlock(heading.ID) {
		return heading.ID
	}
	return ""
}

// choice reads the ticks. What is neither a tick nor an empty box is a remark.
func (r *reader) choice(q *Question, blocks []vault.Block, a *Answer, source *Source) {
	for _, b := range blocks {
		if b.Kind != vault.Item || b.Mark == "" {
			r.remark(a.Ref, b)
			continue
		}
		label, more, _ := strings.Cut(b.Text, "\n")
		if more != "" {
			r.remark(a.Ref, vault.Block{Kind: vault.Paragraph, Text: more, Line: b.Line + 1})
		}
		if !ticked(b) {
			continue
		}
		id, ok := r.option(q, label)
		if !ok {
			r.add(vault.Error, b, "option_unknown", "the ticked line "+quoted(strings.TrimSpace(label))+" is no option of "+a.Ref.String(), r.nearestOption(q, label))
			continue
		}
		if !source.Answered {
			source.Line, source.Answered = b.Line, true
		}
		if !slices.Contains(a.Options, id) {
			a.Options = append(a.Options, id)
		}
	}
	sortOptions(q, a.Options)
	source.Values = slices.Clone(a.Options)
	a.settle(q)
	if a.State == Contradictory {
		r.add(vault.Warning, vault.Block{Line: source.Line, Column: 1}, "answer_contradictory",
			"the answers to "+a.Ref.String()+" contradict each other: "+strings.Join(a.Options, ", "), "leave the one that holds, or ask again")
	}
}

// Ticked is the answer that ticking those options of a choice gives.
func Ticked(ref Ref, q *Question, options []string) Answer {
	a := Answer{Ref: ref, Options: slices.Clone(options)}
	sortOptions(q, a.Options)
	a.settle(q)
	return a
}

// settle decides what a choice's ticks amount to.
func (a *Answer) settle(q *Question) {
	switch {
	case len(a.Options) == 0:
	case len(a.Options) > 1 && (q.Type == Single || slices.ContainsFunc(a.Options, q.excludes)):
		a.State = Contradictory
	case a.Options[0] == DontKnow:
		a.Asked, a.Options = true, nil
	default:
		a.State = Known
	}
}

// excludes reports whether an option contradicts every other tick.
func (q *Question) excludes(id string) bool {
	o, ok := q.Option(id)
	return id == DontKnow || ok && o.Exclusive
}

// sortOptions puts ids in the question's order, "nsp" that is not offered last.
func sortOptions(q *Question, ids []string) {
	if len(ids) < 2 {
		return
	}
	order := q.OptionIDs()
	slices.SortStableFunc(ids, func(a, b string) int {
		i, j := slices.Index(order, a), slices.Index(order, b)
		if i < 0 {
			i = len(order)
		}
		if j < 0 {
			j = len(order)
		}
		return i - j
	})
}

// option finds the option that a line means: by its label, its id or an alias.
func (r *reader) option(q *Question, line string) (string, bool) { return r.set.Option(q, line) }

// Option finds the option of a choice question that some words mean: its label, its id or an alias, however they are
// written; or "ne sait pas", which every choice question accepts.
func (s *Set) Option(q *Question, words string) (string, bool) {
	for i := range q.Options {
		if words == q.Options[i].Label { // as it mostly is; no other option has words like it
			return q.Options[i].ID, true
		}
	}
	key := Fold(words)
	if key == "" {
		return "", false
	}
	for _, o := range q.Options {
		if key == Fold(o.ID) || key == Fold(o.Label) || slices.ContainsFunc(o.Aliases, func(a string) bool { return key == Fold(a) }) {
			return o.ID, true
		}
	}
	if key == DontKnow || key == Fold(s.Words.DontKnow) {
		return DontKnow, true
	}
	return "", false
}

func (r *reader) nearestOption(q *Question, line string) string {
	var known []string
	words := map[string]string{}
	for _, o := range q.Options {
		for _, w := range append([]string{o.Label, o.ID}, o.Aliases...) {
			known, words[w] = append(known, w), o.Label
		}
	}
	if near := nearestOf(known, line); near != "" {
		return "did you mean " + quoted(words[near]) + "?"
	}
	return "the options are " + strings.Join(q.OptionIDs(), ", ")
}

// nearestOf is the known word nearest to the first of the words that has one.
func nearestOf(known []string, words ...string) string {
	for _, w := range words {
		if near := strictyaml.Nearest(w, known); near != "" {
			return near
		}
	}
	return ""
}

// written reads an answer that is written out: the first paragraph or quote of the section; the rest are remarks.
func (r *reader) written(q *Question, blocks []vault.Block, a *Answer, source *Source) {
	found := false
	for _, b := range blocks {
		switch {
		case ticked(b):
			r.tickInText(q, b, a, source)
		case b.Mark != "": // an empty box says nothing
		case !found && (b.Kind == vault.Paragraph || b.Kind == vault.Quote):
			found = true
			r.value(q, b, a, source)
		default:
			r.remark(a.Ref, b)
		}
	}
	if a.Asked && a.State == Known {
		a.State = Contradictory
		r.add(vault.Warning, vault.Block{Line: source.Line, Column: 1}, "answer_contradictory",
			"the answer to "+a.Ref.String()+" is written out, and not known by a tick", "leave the one that holds, or ask again")
	}
}

// tickInText accepts the one box that a written answer may have, "ne sait pas".
func (r *reader) tickInText(q *Question, b vault.Block, a *Answer, source *Source) {
	if id, ok := r.option(q, firstLine(b.Text)); ok && id == DontKnow {
		a.Asked, source.Answered, source.Line = true, true, b.Line
		return
	}
	r.add(vault.Error, b, "option_unknown", "the ticked line "+quoted(firstLine(b.Text))+" answers "+a.Ref.String()+", which is written out",
		"write the answer as a quote: > …")
}

// value reads the text of a written answer.
func (r *reader) value(q *Question, b vault.Block, a *Answer, source *Source) {
	content := received(b)
	if content.IsZero() {
		return
	}
	source.Line, source.Answered = b.Line, true
	raw := strings.TrimSpace(vault.Raw(content))
	written, hint := r.set.Written(q, a.Ref, content)
	if written.Asked {
		a.Asked = true
		return
	}
	written.Asked = a.Asked // by a tick above the text
	*a = written
	if !q.Personal {
		source.Values = []string{raw}
	}
	if hint != "" {
		r.add(vault.Error, b, string(q.Type)+"_invalid", "the answer to "+a.Ref.String()+" is not a "+string(q.Type)+": "+quoted(firstLine(raw)), hint)
	}
}

// bounds says the range that a number must lie in.
func (q *Question) bounds() string {
	switch {
	case q.Min != nil && q.Max != nil:
		return " from " + strconv.Itoa(*q.Min) + " to " + strconv.Itoa(*q.Max)
	case q.Min != nil:
		return " from " + strconv.Itoa(*q.Min)
	case q.Max != nil:
		return " up to " + strconv.Itoa(*q.Max)
	}
	return ""
}

// number reads a whole number whose thousands may be set apart by spaces or apostrophes.
func number(s string) (int, bool) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, s)
	n, err := strconv.Atoi(digits)
	return n, err == nil
}
