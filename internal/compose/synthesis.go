package compose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/plan"
	"github.com/synth-vault/synth/vault"
)

// The recap table and the diagnostic name only what matters most.
const (
	keyFindings      = 3
	keyStrengths     = 2
	keyRisks         = 2
	keyOpportunities = 2
	keyActions       = 5 // of a horizon
	keyCauses        = 5 // of a cap
)

// synthesisView is what the template of a synthesis can reach.
type synthesisView struct {
	Domains        []domainView
	Missing        []Markdown // titles of the questionnaires that were not received
	Score          *scoreView
	Projected      int
	HasDone        bool // some action is done, so that the projected score says something
	Horizons       []horizonView
	Trend          *trendView
	Questions      []questionView
	Contradictions []statementView
	Others         []Markdown // questions that move no score
	Client         Markdown   // link to the client's note, empty where there is none
	Sources        []Markdown
	Analyses       []Markdown
	Roadmap        Markdown
}

// domainView is one domain's section.
type domainView struct {
	Number           int
	ID, Emoji        string
	Title            Markdown
	Assessed         bool
	Questionnaire    Markdown // its title
	Priority         assess.Priority
	Score            *scoreView
	Findings         []*findingView
	Risks            []*riskView
	Opportunities    []statementView
	Horizons         []horizonView
	References       []*referenceView
	Gaps, Watches    []Markdown // the worst in a few words, with links
	Strengths        []Markdown // likewise the best
	KeyFindings      []Markdown // for the table: no links
	KeyRisks         []Markdown
	KeyOpportunities []Markdown
	PriorityWord     string
	TitleCell        Markdown

	// The same in a row, as a table's cells want them.
	FindingsCell, RisksCell, OpportunitiesCell Markdown
}

// horizonView is a horizon's actions.
type horizonView struct {
	Term        string // the word for the horizon
	Actions     []*actionView
	Horizon     assess.Horizon
	More        int  // actions that are not named here
	SeveralMore bool // these are more than one
}

// trendView tells what moved since the assessment before.
type trendView struct {
	Previous                          string // the date of the assessment before
	Shown                             bool   // both have numbers
	Before, BeforeBest, Now, NowBest  int
	ByAnswers, ByModel                int
	ModelMoved                        bool // the model's share is known, and not nought
	Better, Worse, Settled, Unsettled []Markdown
}

// synthesise writes a client's synthesis.
func (c *Composer) synthesise(d *dossier) (vault.Draft, error) {
	r, roadmap := d.report, d.roadmap
	w := d.writer(SynthesisKind, "")
	trend, err := r.Trend()
	if err != nil {
		return vault.Draft{}, err
	}
	recorded := d.places.history(r.Engagement.Client.Code)
	history := record(recorded, r, trend)
	view := &synthesisView{Score: w.scoreOf(r.Score, "")}
	view.Projected, view.HasDone = roadmap.Projected.Final, hasDone(roadmap.Actions) || hasDone(roadmap.Settled)
	w.domains(view)
	view.Horizons = w.horizons(spread(roadmap.Actions), keyActions)
	view.Trend = newTrend(trend, recorded)
	w.allQuestions(view)
	w.synthesisLinks(view)
	return c.draft(w, SynthesisKind, view, w.synthesisHead(c.layouts[SynthesisKind], view, history))
}

func hasDone(actions []plan.Action) bool {
	for i := range actions {
		if actions[i].Status == plan.Done {
			return true
		}
	}
	return false
}

// domains makes the sections: of every domain but those whose questionnaire may be done without, was not received, and
// of which nothing is known.
func (w *writer) domains(view *synthesisView) {
	for i := range w.report.Domains {
		d := &w.report.Domains[i]
		section := w.domain(d)
		form := w.report.Model.Set.Questionnaire(d.Domain.Questionnaire)
		if !d.Assessed && form.Optional && len(section.Findings) == 0 && len(section.Horizons) == 0 {
			continue
		}
		if !d.Assessed {
			view.Missing = append(view.Missing, section.Questionnaire)
		}
		section.Number = len(view.Domains) + 1
		view.Domains = append(view.Domains, section)
	}
}

func (w *writer) domain(d *assess.DomainReport) domainView {
	form := w.report.Model.Set.Questionnaire(d.Domain.Questionnaire)
	out := domainView{ID: d.Domain.ID, Emoji: d.Domain.Emoji, Title: Markdown(vault.Escape(d.Domain.Title)), Assessed: d.Assessed,
		Questionnaire: Markdown(vault.Escape(form.Title)), Priority: d.Priority, Score: w.score(d)}
	var held []*assess.Finding
	for i := range w.report.Findings {
		if f := &w.report.Findings[i]; f.Control.Domain == d.Domain.ID && (!f.Hypothesis || d.Assessed) {
			held = append(held, f)
			out.Findings = append(out.Findings, w.finding(f))
		}
	}
	sortForReading(out.Findings)
	w.keys(&out, held)
	for i := range w.report.Risks {
		if r := &w.report.Risks[i]; r.Risk.Domain == d.Domain.ID {
			out.Risks = append(out.Risks, w.risk(r))
		}
	}
	for _, o := range w.report.Opportunities {
		if o.Opportunity.Domain == d.Domain.ID {
			out.Opportunities = append(out.Opportunities, statementView{Markdown(o.Sentence.Markdown), w.evidence(o.Opportunity.When.Reads())})
			out.KeyOpportunities = firstOf(append(out.KeyOpportunities, Markdown(o.Title.Markdown)), keyOpportunities)
		}
	}
	out.KeyRisks = w.keyRisks(d.Domain.ID)
	var own []*plan.Action
	for i := range w.roadmap.Actions {
		if a := &w.roadmap.Actions[i]; a.Action.Domain == d.Domain.ID {
			own = append(own, a)
		}
	}
	out.Horizons = w.horizons(own, len(own))
	out.References = w.references(held)
	w.cells(&out)
	return out
}

// cells fills the domain's row of the table.
func (w *writer) cells(d *domainView) {
	d.TitleCell, d.PriorityWord = cell(d.Title), w.word("priority", string(d.Priority))
	d.FindingsCell = cell(joined(d.KeyFindings, between))
	d.RisksCell = cell(joined(d.KeyRisks, between))
	d.OpportunitiesCell = cell(joined(d.KeyOpportunities, between))
}

// between parts what stands in a row of the table's cell.
const between = " · "

// keys names the worst and the best findings in a few words. The table falls back on strengths where nothing is open.
func (w *writer) keys(out *domainView, held []*assess.Finding) {
	for _, f := range held { // worst first
		brief := Markdown(f.Brief.Markdown)
		switch {
		case f.Open() && len(out.KeyFindings) < keyFindings:
			out.KeyFindings = append(out.KeyFindings, brief)
			if f.Kind == assess.Gap {
				out.Gaps = append(out.Gaps, brief+w.finding(f).Links)
			} else {
				out.Watches = append(out.Watches, brief+w.finding(f).Links)
			}
		}
	}
	strengths := slices.DeleteFunc(slices.Clone(held), func(f *assess.Finding) bool { return f.Kind != assess.Strength })
	slices.SortStableFunc(strengths, func(a, b *assess.Finding) int { return cmp.Compare(b.Control.Weight, a.Control.Weight) })
	open := len(out.KeyFindings) > 0
	for i, f := range strengths {
		if i < keyStrengths {
			out.Strengths = append(out.Strengths, Markdown(f.Brief.Markdown)+w.finding(f).Links)
		}
		if i < keyFindings && !open {
			out.KeyFindings = append(out.KeyFindings, Markdown(f.Brief.Markdown))
		}
	}
}

// keyRisks names the gravest risks; of two as grave, the one that more findings feed.
func (w *writer) keyRisks(domain string) []Markdown {
	var own []*assess.RiskReport
	for i := range w.report.Risks {
		if r := &w.report.Risks[i]; r.Risk.Domain == domain {
			own = append(own, r)
		}
	}
	slices.SortStableFunc(own, func(a, b *assess.RiskReport) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(weigh(b), weigh(a)))
	})
	var out []Markdown
	for _, r := range own[:min(keyRisks, len(own))] {
		out = append(out, Markdown(r.Brief.Markdown))
	}
	return out
}

// weigh sums what feeds a risk.
func weigh(r *assess.RiskReport) int {
	sum := 0
	for _, f := range r.Findings {
		sum += f.Severity
	}
	return sum
}

// spread puts actions so that the first few of each horizon name every domain: each domain's best, then each one's
// second.
func spread(actions []plan.Action) []*plan.Action {
	type place struct {
		horizon assess.Horizon
		domain  string
	}
	turn := map[place]int{}
	turns := make(map[*plan.Action]int, len(actions))
	out := make([]*plan.Action, len(actions))
	for i := range actions {
		a := &actions[i]
		at := place{a.Horizon, a.Action.Domain}
		turns[a], out[i] = turn[at], a
		turn[at]++
	}
	slices.SortStableFunc(out, func(a, b *plan.Action) int { return cmp.Compare(turns[a], turns[b]) })
	return out
}

func firstOf(list []Markdown, n int) []Markdown { return list[:min(n, len(list))] }

// horizons groups actions by horizon and names at most so many of each.
func (w *writer) horizons(actions []*plan.Action, most int) []horizonView {
	var out []horizonView
	for _, h := range assess.Horizons() {
		view := horizonView{Horizon: h, Term: w.word("term", string(h))}
		for _, a := range actions {
			if a.Horizon != h {
				continue
			}
			if len(view.Actions) == most {
				view.More++
				continue
			}
			view.Actions = append(view.Actions, w.action(a))
		}
		view.SeveralMore = view.More > 1
		if len(view.Actions) > 0 {
			out = append(out, view)
		}
	}
	return out
}

// allQuestions lists what to send back, of every questionnaire. What moves no score is only named.
func (w *writer) allQuestions(view *synthesisView) {
	for _, q := range w.report.Questions {
		if q.Swing == 0 && q.Reason != "contradictory" {
			label := w.report.Model.Set.Question(q.Ref).Label
			view.Others = append(view.Others, Markdown(vault.Escape(label))+w.evidence(refsOf(q)))
			continue
		}
		view.Questions = append(view.Questions, w.question(q))
	}
	for _, c := range w.report.Contradictions {
		view.Contradictions = addStatement(view.Contradictions, w.contradiction(c))
	}
}

func (w *writer) synthesisLinks(view *synthesisView) {
	view.Roadmap = w.to(RoadmapKind, "")
	if note := w.report.Engagement.Client.Note; note != "" {
		view.Client = w.places.link(w.note, note, "", "")
	}
	for _, q := range analysed(w.report) {
		view.Analyses = append(view.Analyses, w.to(AnalysisKind, q.ID))
		for _, s := range w.report.Engagement.Latest(q.ID).Sheets {
			view.Sources = append(view.Sources, w.places.link(w.note, s.Note, "", ""))
		}
	}
}

// synthesisHead lists the properties of the note.
func (w *writer) synthesisHead(l *layout, view *synthesisView, history []string) []vault.Property {
	out := w.clientHead(l)
	links := slices.Concat([]Markdown{view.Client}, view.Analyses, view.Sources, []Markdown{view.Roadmap})
	links = slices.DeleteFunc(links, func(m Markdown) bool { return m == "" })
	out = append(out, backlinks(links), plain("synth_client", w.report.Engagement.Client.Code))
	out = append(out, scoreProperties(w.report.Score, w.report.Priority())...)
	return append(out, list("synth_history", false, history))
}

// clientHead lists the properties that the synthesis and the roadmap share.
func (w *writer) clientHead(l *layout) []vault.Property {
	client := w.report.Engagement.Client
	name := strings.ToUpper(client.Code)
	if n, ok := vault.NewName(client.Title); ok {
		name = vault.PlainName(n)
	}
	out := []vault.Property{
		text("title", strings.TrimSpace(l.title+" – "+name)),
		plain("category", l.category),
		plain("date", w.roadmap.AsOf),
		text("scope", name),
	}
	if n, ok := vault.NewName(client.Consultant); ok {
		out = append(out, text("consultant", vault.PlainName(n)))
	}
	return append(out, list("tags", true, append(slices.Clone(l.tags), client.Code)))
}

func signed(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
