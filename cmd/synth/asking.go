package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/explain"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// asking finds out what is asked about, and for which client.
type asking struct {
	builder     *builder
	engagements []*questionnaire.Engagement
	problems    []vault.Problem
	asOf        string
	client      string // a code, empty where nothing names one
	target      explain.Target
	level       int // that --why-not asks about, -1 for none
}

// parse reads ID, ID=LEVEL, NOTE#^id or [[NOTE#^id]].
func (q *asking) parse(word string, whyNot bool) error {
	link, isLink := vault.ParseLink(word)
	if note, subpath, ok := strings.Cut(word, "#"); !isLink && ok {
		link, isLink = vault.Link{Target: note, Subpath: subpath}, true
	}
	if isLink {
		return q.parseLink(word, link)
	}
	id, level := word, -1
	var err error
	if whyNot {
		if id, level, err = splitLevel(word); err != nil {
			return err
		}
	}
	target, ok := explain.Find(q.builder.model, id)
	if !ok {
		return unknownID(q.builder.model, id)
	}
	if level >= 0 && target.Kind != explain.KindFinding {
		return fault("level_of_no_control", fmt.Sprintf("%q is no control: it has no level", id), "leave out =LEVEL")
	}
	q.target, q.level = target, level
	return nil
}

// parseLink takes the id from a note's block, and the client from the note.
func (q *asking) parseLink(word string, link vault.Link) error {
	block, ok := strings.CutPrefix(link.Subpath, "^")
	if !ok {
		return fault("block_missing", fmt.Sprintf("%q names no block", word), "write NOTE#^id")
	}
	found := q.builder.vault.Resolve("", link)
	if len(found.Ambiguous) > 0 {
		return ambiguous(link, found)
	}
	note, ok := q.builder.vault.Note(found.Path)
	if !ok {
		return fault("note_unknown", fmt.Sprintf("there is no note %q", link.Target), "name a note of the vault as a link does: NOTE#^id")
	}
	code, form := q.owner(note)
	if q.target, ok = explain.FindBlock(q.builder.model, block, form); !ok {
		return fault("block_unknown", fmt.Sprintf("^%s in %s is no id of the model", block, note.Path()), "explain the blocks of generated notes and of questionnaires")
	}
	if asked, _ := questionnaire.FoldCode(q.client); asked != "" && code != "" && asked != code {
		return fault("client_contradicted", fmt.Sprintf("%s is a note of the client %s, and --client names %s", note.Path(), code, q.client),
			"leave --client out, or name the id alone")
	}
	if q.client == "" {
		q.client = code
	}
	return nil
}

// owner gives the client whose note it is, and the questionnaire that the note answers; empty where there is none.
func (q *asking) owner(n *vault.Note) (code, form string) {
	if p, ok := n.Property("synth_client"); ok {
		return p.Text(), ""
	}
	for _, e := range q.engagements {
		for id, rounds := range e.Assessments {
			for _, round := range rounds {
				if slices.ContainsFunc(round.Sheets, func(s *questionnaire.Sheet) bool { return s.Note == n.Path() }) {
					return e.Client.Code, id
				}
			}
		}
	}
	return "", ""
}

// unknownID names what the id may have been meant for.
func unknownID(m *assess.Model, id string) error {
	ids := explain.IDs(m)
	var near []string
	for _, known := range ids {
		if len(near) < 5 && len(id) > 2 && strings.Contains(known, strings.ToLower(strings.ReplaceAll(id, "-", "_"))) {
			near = append(near, known)
		}
	}
	if one := strictyaml.Nearest(id, ids); one != "" && !slices.Contains(near, one) {
		near = append([]string{one}, near[:min(4, len(near))]...)
	}
	hint := "complete ids with Tab, or take the ^id of a line in a note: synth explain 'NOTE#^id'"
	if len(near) > 0 {
		hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	return fault("id_unknown", fmt.Sprintf("the model knows no id %q", id), hint)
}

// answer explains the id for its client: the one that is named, else the only one in whose notes it stands.
func (q *asking) answer(whyNot bool) (*explain.Explanation, error) {
	named, err := q.named()
	if err != nil {
		return nil, err
	}
	var all, shown []*explain.Explanation
	for _, e := range named {
		one, err := q.explain(e, whyNot)
		if err != nil {
			return nil, err
		}
		if all = append(all, one); one.Shown {
			shown = append(shown, one)
		}
	}
	switch {
	case len(all) == 1:
		return all[0], nil
	case len(shown) == 1 && !whyNot:
		return shown[0], nil
	case len(shown) > 1 && !whyNot:
		all = shown
	}
	codes := make([]string, len(all))
	for i, one := range all {
		codes[i] = one.Client.Code
	}
	return nil, fault("client_missing", fmt.Sprintf("%s concerns several clients: %s", q.target.ID, strings.Join(codes, ", ")), "name one: --client "+codes[0])
}

// named lists the clients that may be meant.
func (q *asking) named() ([]*questionnaire.Engagement, error) {
	if q.client == "" && len(q.engagements) > 0 {
		return q.engagements, nil
	}
	code, _ := questionnaire.FoldCode(q.client)
	var known []string
	for _, e := range q.engagements {
		if e.Client.Code == code {
			return []*questionnaire.Engagement{e}, nil
		}
		known = append(known, e.Client.Code)
	}
	message, hint := fmt.Sprintf("no client %q can be assessed", q.client), "the clients are "+strings.Join(known, ", ")
	near := strictyaml.Nearest(q.client, known)
	switch {
	case len(known) == 0:
		message = "the vault has no client yet"
		hint = "add questionnaire notes to the vault, or name the vault's folder behind the id"
	case near != "":
		hint = "did you mean " + near + "?"
	}
	problems := slices.DeleteFunc(slices.Clone(q.problems), func(p vault.Problem) bool { return p.Severity != vault.Error })
	return nil, finish(append(problems, vault.Problem{Severity: vault.Error, Code: "client_unknown",
		Message: message, Hint: hint}), exitFault)
}

// explain judges a client and explains the id for him.
func (q *asking) explain(e *questionnaire.Engagement, whyNot bool) (*explain.Explanation, error) {
	source, err := q.source(e)
	if err != nil {
		return nil, err
	}
	return q.say(source, whyNot)
}

// source judges a client.
func (q *asking) source(e *questionnaire.Engagement) (explain.Source, error) {
	one, places, err := q.builder.judge(e, q.asOf)
	if err != nil {
		return explain.Source{}, err
	}
	return explain.Source{Report: one.report, Roadmap: one.roadmap,
		Link:     func(note, subpath string) string { return q.builder.vault.WikilinkTo("", note, subpath, "") },
		Recorded: func(day string) (int, string, bool) { return places.Recorded(e.Client.Code, day) }}, nil
}

// say explains the id.
func (q *asking) say(source explain.Source, whyNot bool) (*explain.Explanation, error) {
	out, err := explain.New(source, q.target)
	if err != nil {
		return nil, fault("explain_failed", err.Error(), "")
	}
	if whyNot {
		source.AskWhyNot(out, q.level)
	}
	return out, nil
}

// judge assesses one client and orders his actions, with what he ticked in his roadmap.
func (b *builder) judge(e *questionnaire.Engagement, day string) (*built, *compose.Places, error) {
	report, err := b.model.Assess(e)
	if err != nil {
		return nil, nil, fault("assess_failed", err.Error(), "")
	}
	places, err := b.composer.Place(compose.Find(b.vault), []*assess.Report{report}, b.settings.Folders)
	if err != nil {
		return nil, nil, fault("compose_failed", err.Error(), "")
	}
	one := &built{report: report, chosen: true}
	if err := one.plan(places, b.actionIDs(), buildOptions{asOf: day}); err != nil {
		return nil, nil, err
	}
	if one.roadmap == nil {
		return nil, nil, finish(one.unread, exitFault)
	}
	return one, places, nil
}
