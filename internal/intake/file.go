package intake

import (
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Filed is a submission, and where it could be filed everything that its note needs.
type Filed struct {
	*Submission
	ID    string // what identifies the submission, whatever file it comes in
	Sum   string // the hash of what was answered
	Spam  bool   // the field that no person sees was filled in
	Sheet *questionnaire.Sheet
	// Client is whose answers they are, where anything tells: also of a submission that cannot be filed.
	Client string
	// Review tells that somebody should look at the note: something is in it as a remark that was meant as an answer.
	Review bool
}

// filer is a submission that is being filed.
type filer struct {
	*Intake
	s        *Submission
	plan     *plan
	client   string
	sheet    *questionnaire.Sheet
	chosen   map[int][]string
	written  map[int][]string
	aside    map[int][]string // what is no answer to a question, and stands beside it
	general  []string
	left     int // bytes of text that the note still takes
	review   bool
	problems []vault.Problem
}

// File decides what a submission is. Without a sheet it cannot be filed, and an error among the problems says why; the
// client is given where it is known all the same.
func (in *Intake) File(s *Submission) (Filed, []vault.Problem) {
	f := &filer{Intake: in, s: s, sheet: &questionnaire.Sheet{}, chosen: map[int][]string{}, written: map[int][]string{},
		aside: map[int][]string{}, left: maxTexts}
	out := Filed{Submission: s, Spam: isSpam(s), Client: first(in.options.Forms[s.Form].Client, in.options.Client)}
	if len(s.Fields) == 0 {
		return out, nil // told where it was read
	}
	f.resolve()
	out.Client = first(f.client, out.Client)
	if f.plan != nil {
		f.date()
	}
	if failed(f.problems) {
		return out, f.problems
	}
	f.fields()
	if !f.answers() && !out.Spam {
		f.refuse("answers_missing", "nothing in it answers a question of "+f.plan.form.ID, "the columns are called after the questions: "+strings.Join(f.plan.names()[:1], "")+", …")
		return out, f.problems
	}
	out.Sheet, out.Review = f.sheet, f.review
	out.Sum = f.sum()
	out.ID = f.id(out.Sum)
	return out, f.problems
}

func failed(problems []vault.Problem) bool {
	return slices.ContainsFunc(problems, func(p vault.Problem) bool { return p.Severity == vault.Error })
}

// isSpam tells whether the field was filled in that only machines see.
func isSpam(s *Submission) bool {
	return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Name == "_gotcha" && strings.TrimSpace(f.text()) != "" })
}

// text gives the values as tools join them.
func (f Field) text() string { return strings.Join(f.Values, ", ") }

// refuse says why the submission cannot be filed.
func (f *filer) refuse(code, message, hint string) {
	f.problems = append(f.problems, f.s.problem(vault.Error, code, message, hint))
}

// tell says something once a file.
func (f *filer) tell(code, message, hint string) {
	if f.once(f.s.File, code) {
		f.problems = append(f.problems, f.s.problem(vault.Warning, code, message, hint))
	}
}

// fields sorts the submission's fields by what they are about.
func (f *filer) fields() {
	for _, field := range f.s.Fields {
		c := f.plan.column(field.Name)
		switch c.kind {
		case question:
			f.answer(c.question, field)
		case ticked:
			f.tick(c, field)
		case remark:
			f.aside[c.question] = append(f.aside[c.question], field.Values...)
		case remarks:
			f.general = append(f.general, field.Values...)
		case respondent:
			f.sheet.Respondent = f.name(f.sheet.Respondent, field)
		case consultant:
			f.sheet.Consultant = f.name(f.sheet.Consultant, field)
		case complement:
			f.sheet.Complement = saysYes(field.text())
		case unknown:
			f.strange(field)
		}
	}
}

// strange keeps a field that nothing knows as a remark, its name in the text.
func (f *filer) strange(field Field) {
	f.general = append(f.general, field.Name+": "+strings.TrimSpace(field.text()))
	near := didYouMean(field.Name, f.plan.names(), "")
	f.review = f.review || near != "" // an answer, and no question knows it
	if f.once(f.s.File, "column\x00"+field.Name) {
		f.problems = append(f.problems, f.s.at(field, "column_unknown", "no question of "+f.plan.form.ID+" has that name: it is kept as a remark", near))
	}
}

// name takes a person's name that a property may hold; any other text is a remark.
func (f *filer) name(before vault.Untrusted, field Field) vault.Untrusted {
	value := strings.TrimSpace(field.text())
	if value == "" || strings.EqualFold(value, "anonymous") {
		return before
	}
	if name, ok := vault.NewName(vault.Received(value)); ok && before.IsZero() {
		return vault.Received(vault.PlainName(name))
	}
	f.general = append(f.general, field.Name+": "+value)
	return before
}

func saysYes(s string) bool {
	return slices.Contains([]string{"true", "vrai", "oui", "yes", "1", "on"}, strings.ToLower(strings.TrimSpace(s)))
}

// answer takes the values of a question's field.
func (f *filer) answer(i int, field Field) {
	c := f.plan.choices[i]
	for _, value := range field.Values {
		value = strings.TrimSpace(value)
		if value == "" {
			continue
		}
		if c == nil {
			f.written[i] = append(f.written[i], value)
			continue
		}
		ids, ok := c.options(value)
		if !ok && f.s.Kind == Paste {
			ids, value = c.lines(value)
			ok = value == ""
		}
		f.chosen[i] = append(f.chosen[i], ids...)
		if !ok {
			f.misfit(i, field, value, "is no option of", c.nearest(value))
		}
	}
}

// misfit keeps a value that cannot be the answer as the question's remark.
func (f *filer) misfit(i int, field Field, value, why, hint string) {
	q := &f.plan.form.Questions[i]
	f.aside[i] = append(f.aside[i], value)
	f.review = true
	what := shown(value)
	if q.Personal {
		what = "the value"
	}
	f.problems = append(f.problems, f.s.at(field, "value_unknown", what+" "+why+" "+f.plan.form.ID+"."+q.ID+": it is kept as a remark", hint))
}

// tick takes the cell of an option's own column.
func (f *filer) tick(c column, field Field) {
	value := strings.TrimSpace(field.text())
	ticks, ok := f.plan.choices[c.question].means(c.option, value)
	switch {
	case !ok:
		f.misfit(c.question, field, value, "neither ticks nor leaves "+c.option+" of", "")
	case ticks:
		f.chosen[c.question] = append(f.chosen[c.question], c.option)
	}
}

// answers makes the sheet's answers and remarks, and tells whether any field was a question's.
func (f *filer) answers() bool {
	form := f.plan.form
	f.sheet.Questionnaire, f.sheet.Client, f.sheet.FormID = form.ID, f.client, form.ID+"_"+f.client
	f.sheet.Source = vault.Received(f.s.Tool)
	for i := range form.Questions {
		q := &form.Questions[i]
		ref := questionnaire.Ref{Questionnaire: form.ID, Question: q.ID}
		a := questionnaire.Answer{Ref: ref}
		if q.Type.Choice() {
			a = q.Chosen(ref, f.chosen[i])
		} else if len(f.written[i]) > 0 {
			a = f.write(i, ref)
		}
		f.sheet.Answers = append(f.sheet.Answers, a)
		f.remark(ref, f.aside[i])
	}
	f.remark(questionnaire.Ref{}, f.general)
	return len(f.chosen)+len(f.written)+len(f.aside) > 0
}

// write makes the answer to a question that is written out.
func (f *filer) write(i int, ref questionnaire.Ref) questionnaire.Answer {
	q := &f.plan.form.Questions[i]
	between := ", "
	if q.Type == questionnaire.Text {
		between = "\n"
	}
	value := strings.Join(f.written[i], between)
	a, hint := f.set.Written(q, ref, f.fit(value))
	if hint != "" {
		f.misfit(i, f.fieldOf(i), value, "cannot be the answer to", hint)
	}
	return a
}

// fieldOf finds a question's field again.
func (f *filer) fieldOf(i int) Field {
	at := slices.IndexFunc(f.s.Fields, func(field Field) bool {
		c := f.plan.column(field.Name)
		return c.kind == question && c.question == i
	})
	return f.s.Fields[at]
}

func (f *filer) remark(ref questionnaire.Ref, texts []string) {
	for _, text := range texts {
		if u := f.fit(text); !u.IsZero() {
			f.sheet.Remarks = append(f.sheet.Remarks, questionnaire.Remark{Ref: ref, Text: u})
		}
	}
}

// The lengths, in bytes as quoted, that keep a note readable.
const (
	maxText  = 64 << 10
	maxTexts = 512 << 10
)

// fit gives a text as it will be read back from its note: cleaned, and cut where it is too long.
func (f *filer) fit(text string) vault.Untrusted {
	u := vault.Received(text)
	quote := u.Quote()
	for limit := min(maxText, f.left); len(quote) > limit; quote = u.Quote() {
		text = strings.ToValidUTF8(text[:len(text)*limit/(len(quote)+1)], "")
		u = vault.Received(text)
		f.review = true
		f.tell("text_cut", "a text is too long for a note and is cut: the whole is kept in the inbox", "")
		if text == "" {
			return u
		}
	}
	f.left -= len(quote)
	return unquoted(quote)
}

// unquoted reads a quote as a note's reader does.
func unquoted(quote string) vault.Untrusted {
	lines := strings.Split(quote, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimPrefix(line, ">"), " ")
	}
	return vault.Unescape(strings.Join(lines, "\n"))
}

var numberOnly = pattern(`^[0-9]+$`)
