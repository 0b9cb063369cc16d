package assess

import (
	"path"
	"slices"
	"strconv"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// loadDomain reads a domain's file of the model and gives the ids that need words.
func (l *loader) loadDomain(id string) map[string]kind {
	f := l.open(path.Join("model", id+".yaml"))
	if f == nil {
		return nil
	}
	before := len(l.claimed)
	root := strictyaml.Open(f.root, &f.sink)
	l.readDomain(f, root.Node("domain"), id)
	each(root.List("themes"), f, l.readTheme)
	each(root.List("risks"), f, l.readRisk)
	each(root.List("controls"), f, func(f *file, n *strictyaml.Node) { l.readControl(f, n, id) })
	each(root.List("contradictions"), f, l.readContradiction)
	each(root.List("opportunities"), f, l.readOpportunity)
	each(root.List("actions"), f, l.readAction)
	root.Close()
	words := make(map[string]kind, len(l.claimed)-before)
	for _, known := range l.claimed[before:] {
		words[known] = l.kinds[known]
	}
	return words
}

func each(items []*strictyaml.Node, f *file, read func(*file, *strictyaml.Node)) {
	for _, n := range items {
		read(f, n)
	}
}

func (l *loader) readDomain(f *file, n *strictyaml.Node, id string) {
	fields := strictyaml.Open(n, &f.sink)
	d := Domain{ID: fields.String("id"), Questionnaire: fields.String("questionnaire"), Title: fields.String("title"),
		Emoji: fields.String("emoji"), Weight: fields.Int("weight", 1, 100)}
	if d.ID != "" && d.ID != id {
		f.add(fields.Node("id"), "id_not_file_name", "the domain's id %q is not the file's name %q", d.ID, id)
		d.ID = id
	}
	if q := fields.Node("questionnaire"); q != nil && (l.model.Set.Questionnaire(d.Questionnaire) == nil || d.Questionnaire == questionnaire.ClientID) {
		var known []string
		for _, q := range l.model.Set.Questionnaires {
			known = append(known, q.ID)
		}
		f.add(q, "questionnaire_unknown", "there is no questionnaire %q", d.Questionnaire).Hint = near(d.Questionnaire, known)
	}
	fields.Close()
	if n != nil {
		d.Place = Place{f.name, n.Line}
	}
	l.model.Domains = append(l.model.Domains, d)
}

func (l *loader) readTheme(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	l.model.Themes = append(l.model.Themes, Theme{ID: l.claim(f, fields, kindTheme), Emoji: fields.String("emoji")})
	fields.Close()
}

// theme checks a control's theme: what is written like an id must be declared, anything else is a title of its own.
func (l *loader) theme(f *file, n *strictyaml.Node) {
	if n != nil && isLowerID(n.Value) {
		l.named(f, n, kindTheme)
	}
}

func (l *loader) readRisk(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	r := Risk{ID: l.claim(f, fields, kindRisk), Domain: fields.String("domain"), Emoji: fields.OptString("emoji")}
	l.domainNamed(f, fields)
	fields.Close()
	l.model.Risks = append(l.model.Risks, r)
}

// domainNamed checks the key domain of a risk, an opportunity or an action.
func (l *loader) domainNamed(f *file, fields *strictyaml.Fields) {
	n := fields.Node("domain")
	if n == nil {
		return
	}
	l.later(f, n, func(f *file, n *strictyaml.Node) {
		if l.model.Domain(n.Value) == nil {
			f.add(n, "domain_unknown", "there is no domain %q", n.Value)
		}
	})
}

func (l *loader) readControl(f *file, n *strictyaml.Node, domain string) {
	fields := strictyaml.Open(n, &f.sink)
	c := Control{ID: l.claim(f, fields, kindControl), Domain: domain, Theme: fields.String("theme"),
		Weight: fields.Int("weight", 1, 3), References: l.ids(f, fields, "references", kindReference), Frameworks: l.cited(f, fields)}
	l.theme(f, fields.Node("theme"))
	for _, e := range fields.Map("risks") {
		c.Edges = append(c.Edges, Edge{e.Key.Value, strictyaml.Int(e.Value, 1, 4, &f.sink)})
		l.named(f, e.Key, kindRisk)
	}
	if len(c.Edges) == 0 {
		f.add(n, "control_without_risk", "the control %q feeds no risk", c.ID).Hint = "name one with its gravity: risks: {RISK: 2}"
	}
	levels, rows := fields.Node("levels"), fields.Node("rows")
	switch {
	case (levels == nil) == (rows == nil):
		f.add(n, "control_without_levels", "the control %q needs either levels or rows", c.ID).Hint = "levels: {question: …} is a level for each option, rows: a list of conditions"
	case levels != nil:
		c.Table = l.readTable(f, levels)
	default:
		before := f.sink.Len()
		if c.Rows = l.readRows(f, fields.List("rows")); f.sink.Len() > before {
			break // a row that is refused reads as another one
		}
		if len(c.Rows) == 0 {
			f.add(rows, "control_without_levels", "the control %q has no rows", c.ID)
		}
		if !l.vouched {
			l.later(f, n, func(f *file, n *strictyaml.Node) { l.checkRows(f, n, c) })
		}
	}
	fields.Close()
	for _, ref := range c.Reads() {
		l.read[ref] = true
	}
	l.later(f, n, func(f *file, n *strictyaml.Node) { l.checkRemedies(f, n, c) })
	l.model.Controls = append(l.model.Controls, c)
}

func (l *loader) readTable(f *file, n *strictyaml.Node) *Table {
	fields := strictyaml.Open(n, &f.sink)
	t := &Table{Levels: map[string]int{}, Lines: map[string]int{}}
	if fields.String("question") == "" {
		return nil
	}
	t.Question = l.ref(f, fields.Node("question"))
	q := l.model.Set.Question(t.Question)
	if q == nil {
		return nil
	}
	if !q.Type.Choice() {
		f.add(fields.Node("question"), "question_not_choice", "%s is no choice: a table needs options", t.Question)
		return nil
	}
	pick := fields.OptString("pick")
	if pick != "" {
		l.among(f, fields.Node("pick"), "worst", "best")
	}
	if q.Type == questionnaire.Multi && pick == "" {
		f.add(n, "pick_missing", "%s takes several ticks: pick worst or best", t.Question).Hint = "pick: worst where one bad tick spoils it, best where one good tick does"
	}
	t.Best = pick == "best"
	l.readLevels(f, fields, q, t)
	fields.Close()
	l.checkTable(f, n, q, t)
	return t
}

// readLevels reads the level of every option. "nsp" has none: it is unknown; nor has "sans_objet", which makes the
// control not applicable.
func (l *loader) readLevels(f *file, fields *strictyaml.Fields, q *questionnaire.Question, t *Table) {
	for _, o := range q.Options {
		n := fields.Node(o.ID)
		switch {
		case o.ID == questionnaire.DontKnow || o.ID == questionnaire.NotApplicableOption:
			if n != nil {
				f.add(n, "level_reserved", "the option %q has no level: its meaning is fixed", o.ID)
			}
		case n.IsNull():
			f.add(fields.Node("question"), "level_missing", "the option %q of %s has no level", o.ID, t.Question).Hint = "give it one from 0 to 4: " + o.ID + ": 2"
		default:
			if level, ok := fields.OptInt(o.ID, 0, MaxLevel); ok {
				t.Levels[o.ID], t.Lines[o.ID] = level, n.Line
			}
		}
	}
}

func (l *loader) readRows(f *file, items []*strictyaml.Node) []Row {
	var rows []Row
	for i, n := range items {
		fields := strictyaml.Open(n, &f.sink)
		r := Row{NotApplicable: fields.Bool("not_applicable"), Line: n.Line}
		if !r.NotApplicable {
			r.Level = fields.Int("level", 0, MaxLevel)
		}
		when := fields.Node("when")
		last := i == len(items)-1
		switch {
		case when != nil && last:
			f.add(when, "row_last_when", "the last row has a condition: what holds where it is false?").Hint = "add a row without when: behind it"
		case when == nil && !last:
			f.add(n, "row_without_when", "only the last row may stand without a condition").Hint = "give it a when:, or move it to the end"
		}
		if when != nil {
			r.When = l.condition(f, when)
		}
		fields.Close()
		rows = append(rows, r)
	}
	return rows
}

func (l *loader) readContradiction(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	c := Contradiction{ID: l.claim(f, fields, kindContradiction), Controls: l.ids(f, fields, "controls", kindControl)}
	if len(c.Controls) == 0 {
		f.add(n, "controls_missing", "the contradiction %q names no control", c.ID)
	}
	c.When = l.requiredCondition(f, n, fields)
	fields.Close()
	l.model.Contradictions = append(l.model.Contradictions, c)
}

func (l *loader) requiredCondition(f *file, n *strictyaml.Node, fields *strictyaml.Fields) *Condition {
	when := fields.Node("when")
	if when == nil {
		f.add(n, "missing_key", "the key %q is missing", "when")
		return nil
	}
	c := l.condition(f, when)
	for _, ref := range c.Reads() {
		l.read[ref] = true
	}
	return c
}

func (l *loader) readOpportunity(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	o := Opportunity{ID: l.claim(f, fields, kindOpportunity), Domain: fields.String("domain")}
	l.domainNamed(f, fields)
	o.When = l.requiredCondition(f, n, fields)
	fields.Close()
	l.model.Opportunities = append(l.model.Opportunities, o)
}

func (l *loader) readAction(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	a := Action{ID: l.claim(f, fields, kindAction), Domain: fields.String("domain"), Horizon: Horizon(fields.String("horizon")),
		Effort: fields.Int("effort", 1, 13), Owner: fields.String("owner"), Requires: l.ids(f, fields, "requires", kindAction), OnUnknown: fields.Bool("on_unknown")}
	l.domainNamed(f, fields)
	l.among(f, fields.Node("horizon"), string(Short), string(Medium), string(Structural))
	if a.Effort > 0 && !slices.Contains(Efforts(), a.Effort) {
		f.add(fields.Node("effort"), "effort_invalid", "an effort of %s half-days is none of 1, 2, 3, 5, 8, 13", strconv.Itoa(a.Effort))
	}
	for _, e := range fields.Map("raises") {
		a.Raises = append(a.Raises, Raise{e.Key.Value, strictyaml.Int(e.Value, 1, MaxLevel, &f.sink)})
		l.named(f, e.Key, kindControl)
	}
	if len(a.Raises) == 0 {
		f.add(n, "raises_missing", "the action %q raises no control", a.ID).Hint = "name one with the level that is reached: raises: {CONTROL: 4}"
	}
	fields.Close()
	l.later(f, n, func(f *file, n *strictyaml.Node) { l.checkCycle(f, n, a) })
	l.model.Actions = append(l.model.Actions, a)
}
