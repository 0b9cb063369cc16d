package assess

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// The words of conditions that ask about periods. They are written out, when the model is read, as conditions over the
// client's country and canton and over the options of a question, each with the years that it stands for.
const (
	keptMinimum    Operator = "kept_minimum"
	keptAdvised    Operator = "kept_advised"
	minimumApplies Operator = "minimum_applies"
)

// loadPeriods reads the periods, if the catalogue has any.
func (l *loader) loadPeriods() {
	if _, err := fs.Stat(l.fsys, PeriodsFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	f := l.open(PeriodsFile)
	if f == nil {
		return
	}
	root := strictyaml.Open(f.root, &f.sink)
	for _, n := range root.List("periods") {
		l.readPeriod(f, n)
	}
	root.Close()
}

func (l *loader) readPeriod(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	p := Period{ID: fields.String("id"), Country: fields.String("country"), Canton: fields.OptString("canton"), Name: fields.OptString("canton_name"),
		ByCanton: fields.Bool("by_canton"), From: fields.String("from"), Status: fields.String("status"), Source: fields.String("source"),
		CheckedOn: fields.String("checked_on"), Line: n.Line, Column: n.Column}
	p.Minimum, _ = fields.OptInt("min_years", 1, 200)
	p.Advised, _ = fields.OptInt("advised_years", 1, 200)
	if id := fields.Node("id"); p.ID != "" && !isLowerID(p.ID) {
		f.add(id, "id_invalid", "the id %q holds something else than lower-case letters, digits and _", p.ID)
	}
	l.among(f, fields.Node("country"), "CH", "FR")
	l.among(f, fields.Node("status"), "obligation", "recommandation")
	l.day(f, fields.Node("checked_on"))
	if p.Minimum == 0 && p.Advised == 0 {
		f.add(n, "period_empty", "the period %q names neither min_years nor advised_years", p.ID)
	}
	if p.ByCanton && (p.Canton != "" || p.Minimum > 0) {
		f.add(fields.Node("by_canton"), "period_by_canton", "a country that leaves the minimum to its cantons has none of its own")
	}
	if slices.ContainsFunc(l.model.Periods, func(q Period) bool { return q.ID == p.ID && q.Country == p.Country && q.Canton == p.Canton }) {
		f.add(n, "period_twice", "the period %q of %s stands twice", p.ID, strings.TrimSpace(p.Country+" "+p.Canton))
	}
	fields.Close()
	l.model.Periods = append(l.model.Periods, p)
}

// periodLeaf reads a condition about a period.
func (l *loader) periodLeaf(f *file, op Operator, q *questionnaire.Question, ref questionnaire.Ref, n *strictyaml.Node) *Condition {
	id := strictyaml.Text(n, &f.sink)
	if ids := l.model.periodIDs(); !slices.Contains(ids, id) {
		f.add(n, "period_unknown", "there is no period %q in %s", id, PeriodsFile).Hint = near(id, ids)
		return nil
	}
	if op == minimumApplies {
		if ref != clientCanton {
			f.add(n, "condition_type", "%s asks the client's canton, and %s is another question", op, ref)
			return nil
		}
		return l.hasMinimum(id)
	}
	if !slices.ContainsFunc(q.Options, func(o questionnaire.Option) bool { return o.Years != nil }) {
		f.add(n, "condition_type", "%s asks a choice whose options say their years, and those of %s do not", op, ref)
		return nil
	}
	return l.keeps(id, op == keptAdvised, q, ref)
}

// hasMinimum is true where a text sets a minimum for the client, and unknown where his country leaves it to cantons and
// none is known for his.
func (l *loader) hasMinimum(id string) *Condition {
	out := &Condition{Op: Any, dated: true}
	var read []string
	for i := range l.model.Periods {
		if p := &l.model.Periods[i]; p.ID == id && p.Minimum > 0 {
			one := p.applies()
			one.Period = p
			out.Parts = append(out.Parts, one)
			read = append(read, p.cantons()...)
		}
	}
	for i := range l.model.Periods {
		if p := &l.model.Periods[i]; p.ID == id && p.ByCanton {
			elsewhere := &Condition{Op: NoneOf, Question: clientCanton, Options: read}
			out.Parts = append(out.Parts, &Condition{Op: All, Period: p, Parts: []*Condition{p.inCountry(), elsewhere, {Op: undecided}}})
		}
	}
	return out
}

// keeps is true where an option stands for enough years under every period that applies, and unknown where none does.
func (l *loader) keeps(id string, advised bool, q *questionnaire.Question, ref questionnaire.Ref) *Condition {
	every, some := &Condition{Op: All, dated: true}, &Condition{Op: Any, Parts: []*Condition{{Op: undecided}}}
	for i := range l.model.Periods {
		p := &l.model.Periods[i]
		years := p.Years(advised)
		if p.ID != id || years == 0 {
			continue
		}
		some.Parts = append(some.Parts, p.applies())
		every.Parts = append(every.Parts, &Condition{Op: Any, Period: p, Advised: advised, Parts: []*Condition{{Op: Not, Parts: []*Condition{p.applies()}}, enough(q, ref, years)}})
	}
	every.Parts = append(every.Parts, some)
	return every
}

// enough asks whether an option stands for so many years; an option stands for all years up to the next one's.
func enough(q *questionnaire.Question, ref questionnaire.Ref, years int) *Condition {
	out := &Condition{Op: Any}
	sure, unsure := &Condition{Op: AnyOf, Question: ref}, &Condition{Op: AnyOf, Question: ref}
	for _, o := range q.Options {
		switch {
		case o.Years == nil:
		case *o.Years >= years:
			sure.Options = append(sure.Options, o.ID)
		case reaches(q, *o.Years, years):
			unsure.Options = append(unsure.Options, o.ID)
		}
	}
	out.Parts = append(out.Parts, sure)
	if len(unsure.Options) > 0 {
		out.Parts = append(out.Parts, &Condition{Op: All, Parts: []*Condition{unsure, {Op: undecided}}})
	}
	return out
}

// reaches reports whether no option stands between an option's years and those that are asked.
func reaches(q *questionnaire.Question, from, years int) bool {
	return !slices.ContainsFunc(q.Options, func(o questionnaire.Option) bool {
		return o.Years != nil && *o.Years > from && *o.Years <= years
	})
}

// checkPeriodQuote refuses a sentence that quotes a period which is none.
func (l *loader) checkPeriodQuote(f *file, n *strictyaml.Node, ref questionnaire.Ref) bool {
	var known []string
	for _, id := range l.model.periodIDs() {
		known = append(known, id+"_minimum", id+"_advised")
	}
	if !slices.Contains(known, ref.Question) {
		f.add(n, "period_unknown", "the sentence quotes %s, which is no period", ref).Hint = near(ref.Question, known)
		return false
	}
	return true
}
