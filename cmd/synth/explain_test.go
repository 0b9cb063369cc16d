package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/synth-vault/synth/internal/explain"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/schemas"
	"github.com/synth-vault/synth/vault"
)

// explainer explains ids for one client of an example, drawn and as JSON, without reading the vault each time.
type explainer struct {
	t       *testing.T
	app     *app
	out     *bytes.Buffer
	asking  *asking
	schema  *jsonschema.Schema
	sources map[string]explain.Source // by client
}

func newExplainer(t *testing.T, dir string) *explainer {
	t.Helper()
	var out bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &bytes.Buffer{}, env: func(string) string { return "" }, workDir: "."}
	b, err := a.open([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	engagements, problems := b.model.Set.Read(b.vault)
	data, err := fs.ReadFile(schemas.FS(), schemas.Explain)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemas.Explain, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(schemas.Explain)
	if err != nil {
		t.Fatal(err)
	}
	return &explainer{t, a, &out, &asking{builder: b, engagements: engagements, problems: problems, level: -1}, schema, map[string]explain.Source{}}
}

// explain gives the explanation of an id. Its JSON must be what the schema says.
func (x *explainer) explain(word, client string, whyNot bool) *explain.Explanation {
	x.t.Helper()
	q := *x.asking
	q.client = client
	if err := q.parse(word, whyNot); err != nil {
		x.t.Fatalf("%s for %s: %v", word, client, err)
	}
	source, known := x.sources[q.client]
	if !known {
		named, err := q.named()
		if err != nil || len(named) != 1 {
			x.t.Fatalf("%s for %s: %d clients, %v", word, client, len(named), err)
		}
		if source, err = q.source(named[0]); err != nil {
			x.t.Fatal(err)
		}
		x.sources[q.client] = source
	}
	e, err := q.say(source, whyNot)
	if err != nil {
		x.t.Fatalf("%s for %s: %v", word, client, err)
	}
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(x.show(e, explainOptions{json: true})))
	if err != nil {
		x.t.Fatal(err)
	}
	if err := x.schema.Validate(instance); err != nil {
		x.t.Errorf("%s for %s: %v", word, client, err)
	}
	return e
}

// show gives what is printed of an explanation.
func (x *explainer) show(e *explain.Explanation, o explainOptions) string {
	x.t.Helper()
	x.out.Reset()
	o.color = "auto"
	if err := x.app.showExplanation(x.asking.builder, o, e); err != nil {
		x.t.Fatalf("%s for %s: %v", e.ID, e.Client.Code, err)
	}
	return x.out.String()
}

// unwrapped is a text without blanks: the terminal's lines end at blanks, hyphens and stops.
func unwrapped(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '•' }), "")
}

// Every block of every generated note is explained for its client, and the sentence that stands in the note is the one
// that is explained.
func TestEveryBlockOfTheNotesIsExplained(t *testing.T) {
	block := regexp.MustCompile(`^\s*- (.*) \^([a-z0-9-]+)$`)
	for _, dir := range exampleVaults(t) {
		x, blocks := newExplainer(t, dir), 0
		for _, n := range x.asking.builder.vault.Notes() {
			code, _ := n.Property("synth_client")
			if code.Text() == "" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(n.Path())))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				m := block.FindStringSubmatch(strings.TrimRight(line, "\n"))
				if m == nil {
					continue
				}
				blocks++
				e := x.explain(n.Path()+"#^"+m[2], "", false)
				text := x.show(e, explainOptions{})
				if e.Client.Code != code.Text() || !e.Shown || len(e.Sentences) == 0 {
					t.Errorf("%s ^%s is explained for %s, shown %v, with %d sentences", n.Path(), m[2], e.Client.Code, e.Shown, len(e.Sentences))
					continue
				}
				said := string(e.Sentences[0].Text)
				if !strings.Contains(m[1], vault.Escape(said)) {
					t.Errorf("%s ^%s says %q, not %q", n.Path(), m[2], m[1], said)
				}
				if !strings.Contains(unwrapped(text), "«"+unwrapped(said)+"»") {
					t.Errorf("%s ^%s: the screen does not say %q:\n%s", n.Path(), m[2], said, text)
				}
			}
		}
		if blocks < 10 {
			t.Errorf("%s: only %d blocks", dir, blocks)
		}
	}
}

// Every id of the result's document is explained for its client, with the numbers and the sentences that stand there.
func TestEveryIDOfTheResultIsExplained(t *testing.T) {
	for _, dir := range exampleVaults(t) {
		x := newExplainer(t, dir)
		fresh, _ := copyVault(t, dir)
		var d result.Document
		if err := json.Unmarshal([]byte(buildJSON(t, fresh)), &d); err != nil {
			t.Fatal(err)
		}
		for _, c := range d.Clients {
			x.compareFindings(c)
			x.compareActions(c)
			x.compareRest(c)
		}
	}
}

func (x *explainer) compareFindings(c result.Client) {
	for _, f := range c.Findings {
		e := x.explain(f.ID, c.Client.Code, false)
		got := e.Finding
		if string(got.Kind) != f.Kind || got.Severity != f.Severity || got.Gravity != f.Gravity || got.Likelihood != f.Likelihood ||
			string(e.Label) != f.Label || string(e.Sentences[0].Text) != f.Text || e.Sentences[0].Place == nil {
			x.t.Errorf("%s of %s is explained as %+v %+v", f.ID, c.Client.Code, got, e.Sentences)
		}
	}
	for _, control := range c.Controls {
		e := x.explain(control.ID, c.Client.Code, true)
		if e.Finding.State != control.State || (e.Finding.Level == nil) != (control.Level == nil) || e.Finding.Weight != control.Weight {
			x.t.Errorf("the control %s of %s is explained as %+v", control.ID, c.Client.Code, e.Finding)
		}
		for _, ref := range control.Evidence {
			if ref.Line != nil && !slices.ContainsFunc(e.Finding.Answers, func(a explain.Answer) bool {
				return a.Question == ref.Question && slices.ContainsFunc(a.Given, func(g explain.Given) bool {
					return string(g.Note) == *ref.Note && g.Line == *ref.Line
				})
			}) {
				x.t.Errorf("the control %s of %s is explained without %s:%d", control.ID, c.Client.Code, *ref.Note, *ref.Line)
			}
		}
	}
	for _, r := range c.Risks {
		e := x.explain(r.ID, c.Client.Code, true)
		if !e.Shown || e.Risk.Severity != r.Severity || string(e.Risk.Band) != r.Band || string(e.Label) != r.Title ||
			string(e.Sentences[1].Text) != r.Text || e.Risk.Feeds[0].Product != r.Severity {
			x.t.Errorf("%s of %s is explained as %+v", r.ID, c.Client.Code, e.Risk)
		}
		for _, id := range r.References {
			if e := x.explain(id, c.Client.Code, true); e.Shown != e.Reference.Applies {
				x.t.Errorf("%s of %s is shown: %v, applies: %v", id, c.Client.Code, e.Shown, e.Reference.Applies)
			}
		}
	}
}

func (x *explainer) compareActions(c result.Client) {
	for _, a := range c.Actions {
		e := x.explain(a.ID, c.Client.Code, true)
		sum := 0
		for _, raise := range e.Action.Raises {
			sum += raise.Gain
		}
		if !e.Shown || sum != a.Benefit || e.Action.Benefit != a.Benefit || *e.Action.Rank != a.Rank || string(e.Action.Due) != *a.Due ||
			string(e.Action.Horizon) != a.Horizon || string(e.Label) != a.Title || string(e.Sentences[1].Text) != a.Objective {
			x.t.Errorf("%s of %s is explained as %+v", a.ID, c.Client.Code, e.Action)
		}
	}
	for _, q := range c.Questions {
		e := x.explain(q.Question, c.Client.Code, true)
		if !e.Shown || e.Question.Swing.Result != q.Swing || string(e.Question.Reason) != q.Reason {
			x.t.Errorf("%s of %s is explained as %+v", q.Question, c.Client.Code, e.Question)
		}
	}
}

// compareRest explains everything that the model knows: it need not stand in the notes.
func (x *explainer) compareRest(c result.Client) {
	for _, target := range explain.Targets(x.asking.builder.model) {
		id := target.ID
		if target.Kind == explain.KindQuestionnaire {
			id = "questionnaire:" + id
		}
		e := x.explain(id, c.Client.Code, true)
		if e.Kind != target.Kind || e.WhyNot == nil || x.show(e, explainOptions{}) == "" {
			x.t.Errorf("%s of %s is explained as a %s", id, c.Client.Code, e.Kind)
		}
	}
	for _, o := range c.Opportunities {
		if e := x.explain(o.ID, c.Client.Code, false); !e.Shown || string(e.Sentences[len(e.Sentences)-1].Text) != o.Text {
			x.t.Errorf("%s of %s is explained as %+v", o.ID, c.Client.Code, e.Sentences)
		}
	}
	for _, d := range c.Domains {
		x.recompute(d.ID, c.Client.Code, d.Score)
	}
	x.recompute("score", c.Client.Code, c.Score)
}

// recompute does the arithmetic of a score by the method, from nothing but the text that explain prints: the rows of the
// table and the list of what caps.
func (x *explainer) recompute(id, client string, want result.Score) {
	x.t.Helper()
	text := x.show(x.explain(id, client, false), explainOptions{})
	if want.Final == nil {
		return
	}
	var rows [][]int // the numbers of each row, -1 where there is none
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "│")
		if len(cells) < 4 {
			continue
		}
		var row []int
		for _, cell := range cells[1:] {
			n, err := strconv.Atoi(strings.TrimSpace(cell))
			if err != nil {
				n = -1
			}
			row = append(row, n)
		}
		if row[0] >= 0 {
			rows = append(rows, row)
		}
	}
	half := func(n, d int) int { return (2*n + d) / (2 * d) }
	proven, possible, coverage, final, best := 0, 0, 0, 0, 0
	if id == "score" {
		weight, whole := 0, 0
		for _, r := range rows { // W, S⁻, S⁺, final, best, C
			if r[5] >= 0 {
				whole += r[0]
				coverage += r[0] * r[5]
			}
			if r[1] >= 0 {
				weight += r[0]
				proven, possible, final, best = proven+r[0]*r[1], possible+r[0]*r[2], final+r[0]*r[3], best+r[0]*r[4]
			}
		}
		proven, possible, final, best = half(proven, weight), half(possible, weight), half(final, weight), half(best, weight)
		coverage = half(coverage, whole)
	} else {
		weight, known := 0, 0
		for _, r := range rows { // w, m, w·m
			weight += r[0]
			if r[1] < 0 {
				possible += 4 * r[0]
				continue
			}
			if r[0]*r[1] != r[2] {
				x.t.Errorf("%s: %d times %d is not %d", id, r[0], r[1], r[2])
			}
			known, proven, possible = known+r[0], proven+r[2], possible+r[2]
		}
		proven, possible, coverage = half(100*proven, 4*weight), half(100*possible, 4*weight), half(100*known, weight)
		final, best = proven, possible
	}
	lower, upper := limits(text)
	got := []int{proven, possible, coverage, lower, upper, min(final, lower), min(best, upper)}
	wanted := []int{*want.Proven, *want.Possible, want.Coverage, *want.Cap, *want.CapBest, *want.Final, *want.Best}
	if !slices.Equal(got, wanted) {
		x.t.Errorf("%s of %s: recomputed %v, want %v\n%s", id, client, got, wanted, text)
	}
}

// limits reads the caps of a score off the list of the findings that cap it, as the method defines them. Where those of
// the best score are others, they are listed apart.
func limits(text string) (lower, upper int) {
	_, text, _ = strings.Cut(text, "Constats qui plafonnent le final")
	text, _, _ = strings.Cut(text, "## ")
	all, apart, found := strings.Cut(text, "Constats qui plafonnent le meilleur")
	if !found {
		apart = all
	}
	return limit(all, false), limit(apart, true)
}

var severity = regexp.MustCompile(`K\s=\s(\d+)(,\s❓)?`)

func limit(list string, openOnly bool) int {
	critical, high := 0, 0
	for _, m := range severity.FindAllStringSubmatch(list, -1) {
		switch k, _ := strconv.Atoi(m[1]); {
		case openOnly && m[2] != "":
		case k >= 12:
			critical++
		case k >= 8:
			high++
		}
	}
	switch {
	case critical > 0:
		return max(10, 45-5*critical)
	case high > 0:
		return max(45, 70-5*high)
	}
	return 100
}
