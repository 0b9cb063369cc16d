package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
)

// The lines of generated notes that hold numbers which the program computed.
var (
	scoreLine    = regexp.MustCompile(`^Score(?: du domaine| global)? : \*\*(\d+ \[\d+–\d+\])\*\* sur 100`)
	capLine      = regexp.MustCompile(`plafonné à (\d+) par : ([^.]+?)(?: et \d+ autres?)?\.`)
	coverageLine = regexp.MustCompile(`Couverture : (\d+) %, confiance (\p{L}+)`)
	domainRow    = regexp.MustCompile(`^\| \S+ ([^|]+) \| (\d+ \[\d+–\d+\]) \| (\d+) % \| (\p{L}+) \|`)
	taskLine     = regexp.MustCompile(`^- \[.\] .*, (\d+ demi-journées?)[,)].* 📅 (\d{4}-\d{2}-\d{2}) \^([a-z0-9-]+)$`)
	trendLine    = regexp.MustCompile(`passe de (\d+ \[\d+–\d+\]) à .*, soit (\S+) par les nouvelles réponses`)
	sectionLine  = regexp.MustCompile(`^## (?:\d+\. )?\S+ (.+)$`)
	barLine      = regexp.MustCompile(`^    (.+) :(?:\w+, )?(\d{4}-\d{2}-\d{2}), (\d{4}-\d{2}-\d{2})$`)
	propertyLine = regexp.MustCompile(`^synth_(score|best|coverage): (\d+)$`)
	numberLine   = regexp.MustCompile(`\d+ \[\d+–\d+\]|plafonné à|demi-journée|📅 \d|\d %|^synth_(?:score|best|coverage)|^    .+ :.*\d-\d`)
)

// noteNumbers looks for the numbers of one note in what explain says.
type noteNumbers struct {
	*explainer
	client, note, about string // what the lines are about: a domain, or the score
	own                 string // the domain of an analysis
	score               string // its first number, from the properties
	checked             map[string]int
}

// Every number that the program computed for a note stands in what explain says of the score, the domain or the action
// that it belongs to. A line that looks like one with numbers and is none of those that are known fails.
func TestEveryNumberOfTheNotesIsExplained(t *testing.T) {
	for _, dir := range exampleVaults(t) {
		x, checked := newExplainer(t, dir), map[string]int{}
		for _, n := range x.asking.builder.vault.Notes() {
			code, _ := n.Property("synth_client")
			if code.Text() == "" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(n.Path())))
			if err != nil {
				t.Fatal(err)
			}
			form, _ := n.Property("synth_questionnaire")
			reader := noteNumbers{explainer: x, client: code.Text(), note: n.Path(), own: x.domainOf(form.Text()), checked: checked}
			for line := range strings.Lines(plainBlanks.Replace(string(data))) {
				reader.read(strings.TrimRight(line, "\n"))
			}
		}
		for kind, least := range map[string]int{"score": 3, "cap": 1, "coverage": 2, "row": 1, "task": 3, "bar": 3, "property": 4} {
			if checked[kind] < least {
				t.Errorf("%s: only %d lines of the kind %s", dir, checked[kind], kind)
			}
		}
	}
}

var plainBlanks = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// domainOf gives the domain that a questionnaire makes assessed.
func (x *explainer) domainOf(form string) string {
	for _, d := range x.asking.builder.model.Domains {
		if d.Questionnaire == form {
			return d.ID
		}
	}
	return ""
}

// domainTitled gives the domain of a title, else the client's score.
func (x *explainer) domainTitled(title string) string {
	for _, d := range x.asking.builder.model.Domains {
		if d.Title == title {
			return d.ID
		}
	}
	return "score"
}

// says checks that explain says all of some phrases of an id.
func (r *noteNumbers) says(kind, id string, phrases ...string) {
	r.t.Helper()
	r.checked[kind]++
	text := unwrapped(r.show(r.explainer.explain(id, r.client, false), explainOptions{}))
	for _, phrase := range phrases {
		if !strings.Contains(text, unwrapped(phrase)) {
			r.t.Errorf("%s, %s: explain %s does not say %q", r.note, kind, id, phrase)
		}
	}
}

func (r *noteNumbers) read(line string) {
	known := false
	if m := sectionLine.FindStringSubmatch(line); m != nil {
		r.about = r.domainTitled(m[1])
	}
	about := r.about
	if r.own != "" {
		about = r.own
	}
	if m := scoreLine.FindStringSubmatch(line); m != nil {
		known = true
		r.says("score", about, "Score : "+m[1])
	}
	if m := capLine.FindStringSubmatch(line); m != nil {
		known = true
		phrases := []string{" = " + m[1] + ", par "}
		for _, label := range strings.Split(m[2], ", ") {
			phrases = append(phrases, "• "+label+" (")
		}
		r.says("cap", about, phrases...)
	}
	if m := coverageLine.FindStringSubmatch(line); m != nil {
		known = true
		r.says("coverage", about, "→ "+m[1]+", confiance "+m[2])
	}
	if m := domainRow.FindStringSubmatch(line); m != nil {
		known = true
		r.says("row", r.domainTitled(m[1]), "Score : "+m[2], "→ "+m[3]+", confiance "+m[4])
	}
	if m := taskLine.FindStringSubmatch(line); m != nil {
		known = true
		r.says("task", strings.ReplaceAll(m[3], "-", "_"), "effort "+m[1], fmt.Sprintf("échéance %s (", assess.DayFirst(m[2])))
	}
	if m := trendLine.FindStringSubmatch(line); m != nil {
		known = true
		r.says("trend", "score", "score d’alors : "+m[1], " = "+m[2])
	}
	if m := barLine.FindStringSubmatch(line); m != nil {
		known = true
		r.says("bar", r.actionTitled(m[1]), fmt.Sprintf("échéance %s (", assess.DayFirst(m[3])), "dans le calendrier dès le "+assess.DayFirst(m[2]))
	}
	if m := propertyLine.FindStringSubmatch(line); m != nil {
		known = true
		r.property(m[1], m[2])
	}
	isTask := strings.Contains(line, " 📅 2")
	if !known && numberLine.MatchString(line) && (isTask || !explainsItself.MatchString(line)) {
		r.t.Errorf("%s: nothing explains the numbers of %q", r.note, line)
	}
}

// property looks for a number of the note's properties: that of the client, or of the domain of an analysis.
func (r *noteNumbers) property(name, number string) {
	about := "score"
	if r.own != "" {
		about = r.own
	}
	switch name {
	case "score":
		r.score = number
	case "best":
		r.says("property", about, fmt.Sprintf("Score : %s [%s–%s]", r.score, r.score, number))
	case "coverage":
		r.says("property", about, "→ "+number+", confiance ")
	}
}

// actionTitled gives the client's action of a title in the chart.
func (r *noteNumbers) actionTitled(title string) string {
	report := r.sources[r.client].Report
	for _, a := range report.Model.Actions {
		if plain, err := report.PlainTitle(a.ID); err == nil && compose.ChartTitle(plain) == title {
			return a.ID
		}
	}
	r.t.Errorf("%s: no action has the title %q", r.note, title)
	return "score"
}

// explainsItself finds lines whose numbers are words of the catalogue or of an answer: how to read a score, a sentence
// with its block, a heading, a region’s mark, and a domain of which nothing is known.
var explainsItself = regexp.MustCompile(`^> |^%% |^## |\^[a-z0-9-]+$|\| – \| 0 % \|`)
