package compose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// routeView is what the template of a roadmap can reach.
type routeView struct {
	Tasks     map[string][]taskView
	Settled   []taskView // done or abandoned, and nothing calls for them any more
	Gantt     []sectionView
	Synthesis Markdown
}

// settledRegion is the region of the actions that nothing calls for any more; those of the others are named as the
// horizons are.
const settledRegion = "fait"

// taskView is an action as a task. Mark and fields are the human's once the task stands in the note.
type taskView struct {
	Mark             string
	Title            Markdown
	Verify           bool
	Outcome          Markdown   // the objective as it stands inside a sentence
	Who              string     // the word for the owner
	Effort           int        // half-days
	Several          bool       // half-days, not one alone
	After            []Markdown // titles of its prerequisites that are in the roadmap
	Trail            Markdown   // the links, the fields and the block: what ends an item of a list
	Steps            []Markdown
	Horizon          assess.Horizon
	Rank             int
	Objective, Links Markdown
	Block            string
	Fields           string // with a blank before it where there are any
	Owner            string

	id     string
	status plan.Status
}

// sectionView is a horizon of the Gantt chart.
type sectionView struct {
	Period  string // the words for the horizon
	Bars    []barView
	Horizon assess.Horizon
}

// barView is a bar. Its span is the state and the days, as Mermaid wants them.
type barView struct{ Title, Span, State, Start, End string }

// route writes a client's roadmap.
func (c *Composer) route(d *dossier, tasks Tasks) (vault.Draft, error) {
	w, roadmap := d.writer(RoadmapKind, ""), d.roadmap
	view := &routeView{Tasks: map[string][]taskView{}, Synthesis: w.to(SynthesisKind, "")}
	for _, h := range assess.Horizons() {
		view.Tasks[string(h)] = w.tasks(h, tasks)
	}
	for i := range roadmap.Settled {
		view.Settled = append(view.Settled, w.task(&roadmap.Settled[i], tasks))
	}
	var err error
	if view.Gantt, err = w.gantt(view.Tasks); err != nil {
		return vault.Draft{}, err
	}
	for region, list := range view.Tasks {
		view.Tasks[region] = tasks.leave(list, region)
	}
	view.Settled = tasks.leave(view.Settled, settledRegion)
	properties := append(w.clientHead(c.layouts[RoadmapKind]), backlinks([]Markdown{view.Synthesis}), plain("synth_client", d.report.Engagement.Client.Code))
	return c.draft(w, RoadmapKind, view, properties)
}

// tasks shows the actions of a horizon.
func (w *writer) tasks(h assess.Horizon, tasks Tasks) []taskView {
	own := 0
	for i := range w.roadmap.Actions {
		if w.roadmap.Actions[i].Horizon == h {
			own++
		}
	}
	out := make([]taskView, 0, own)
	for i := range w.roadmap.Actions {
		if a := &w.roadmap.Actions[i]; a.Horizon == h {
			out = append(out, w.task(a, tasks))
		}
	}
	return out
}

// leave drops the actions that stand in an edited region already.
func (t Tasks) leave(list []taskView, region string) []taskView {
	return slices.DeleteFunc(list, func(v taskView) bool { return t.standsElsewhere(v.Block, region) })
}

// task shows an action: as the human left it, else with its due date.
func (w *writer) task(a *plan.Action, tasks Tasks) taskView {
	action := w.action(a)
	view := taskView{Rank: action.Rank, Verify: action.Verify, Title: action.Title, Objective: action.Objective, Links: action.Links,
		Steps: action.Steps, Block: action.Block, Mark: " ", Effort: a.Action.Effort, Owner: a.Action.Owner, id: a.Action.ID, status: a.Status,
		Outcome: action.Outcome, Who: w.word("owner", a.Action.Owner), Several: a.Action.Effort > 1}
	fields := ""
	if a.Due != "" {
		fields = dueMark + a.Due
	}
	if found := tasks[view.Block]; found.Mark != "" {
		view.Mark, fields = found.Mark, found.Fields
	}
	if fields != "" {
		view.Fields = " " + fields
	}
	view.Trail = view.Links + Markdown(view.Fields) + blockMark + Markdown(view.Block)
	for _, id := range a.Action.Requires {
		for i := range w.roadmap.Actions {
			if b := &w.roadmap.Actions[i]; b.Action.ID == id {
				view.After = append(view.After, Markdown(b.Title.Markdown))
				break
			}
		}
	}
	return view
}

// gantt draws the actions from the day on which the horizon before ends to the day they are due.
func (w *writer) gantt(tasks map[string][]taskView) ([]sectionView, error) {
	var out []sectionView
	for _, h := range assess.Horizons() {
		section := sectionView{Horizon: h, Period: w.word("horizon", string(h)), Bars: make([]barView, 0, len(tasks[string(h)]))}
		start, err := plan.Start(w.roadmap.AsOf, h)
		if err != nil {
			return nil, err
		}
		due, err := plan.Due(w.roadmap.AsOf, h)
		if err != nil {
			return nil, err
		}
		for i := range tasks[string(h)] {
			t := &tasks[string(h)][i]
			if t.status == plan.Abandoned {
				continue
			}
			title, err := w.report.PlainTitle(t.id)
			if err != nil {
				return nil, err
			}
			end := cmp.Or(dueDate(t.Fields), due)
			bar := barView{Title: w.places.chartTitle(title), State: state(t.status), Start: min(start, end), End: end}
			bar.Span = bar.State + bar.Start + ", " + bar.End
			section.Bars = append(section.Bars, bar)
		}
		if len(section.Bars) > 0 {
			out = append(out, section)
		}
	}
	return out, nil
}

var dueField = regexp.MustCompile(`[📅📆🗓]\x{FE0F}? *(\d{4}-\d{2}-\d{2})`)

// dueMark stands before the due date that synth writes.
const dueMark = "📅 "

// dueDate is the due date among a task's fields, empty where there is none that the calendar has.
func dueDate(fields string) string {
	if date, alone := strings.CutPrefix(fields, " "+dueMark); alone {
		if day, ok := questionnaire.ParseDate(date); ok && day == date { // as synth writes it
			return day
		}
	}
	if m := dueField.FindStringSubmatch(fields); m != nil {
		day, _ := questionnaire.ParseDate(m[1])
		return day
	}
	return ""
}

// state is a bar's state in Mermaid's words.
func state(s plan.Status) string {
	switch s {
	case plan.Done:
		return "done, "
	case plan.Doing:
		return "active, "
	}
	return ""
}

// ChartTitle keeps of a title what has no meaning in a chart's source.
func ChartTitle(title string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-’'()", r) {
			return r
		}
		return ' '
	}, title)
	return strings.Join(strings.Fields(kept), " ")
}
