package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/vault"
)

// pipeWidth is the width of a screen that goes into a pipe or a file, where nothing tells one.
const pipeWidth = 100

// tableWidth is the width below which a table would break most of its cells.
const tableWidth = 96

// drawing says how screens are drawn: as the flags, the environment and the terminal ask for.
func (a *app) drawing(color string) render.Options {
	o := render.Options{Width: pipeWidth, Style: render.Plain}
	if a.terminal && a.width > 0 {
		o.Width = min(max(a.width, 40), 200)
	}
	colored := a.terminal && a.env("NO_COLOR") == "" && a.env("CLICOLOR") != "0" && a.env("TERM") != "dumb"
	if color == "always" || color == "auto" && colored {
		o.Style = render.Dark
		if isLight(a.env("COLORFGBG")) {
			o.Style = render.Light
		}
	}
	return o
}

// isLight reads what some terminals say of their colours: "foreground;background", of sixteen.
func isLight(colors string) bool {
	_, background, found := cutLast(colors, ";")
	n, err := strconv.Atoi(background)
	return found && err == nil && (n == 7 || n >= 9 && n <= 15)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// buildView is what the screen of build can reach. Names and paths may hold anything: they are untrusted.
type buildView struct {
	Narrow  bool // too narrow for a table
	Failed  bool // some client could not be assessed
	Clients []clientView
	Notes   []noteView // what is not as it was
	Total   int        // of notes
}

type clientView struct {
	Code       string
	Name       vault.Untrusted
	Shown      bool
	Final      int
	Best       int
	Priority   assess.Priority
	Findings   int // open ones
	ToVerify   int
	Actions    int
	Unanswered int
}

type noteView struct {
	Path   vault.Untrusted
	Status vault.Status
}

// screen draws the summary of a run.
func (b *builder) screen(o render.Options) (string, error) {
	view := buildView{Narrow: o.Width < tableWidth,
		Failed: slices.ContainsFunc(b.problems, func(p vault.Problem) bool { return p.Severity == vault.Error })}
	for _, one := range b.built {
		if one.chosen {
			view.Clients = append(view.Clients, one.view())
		}
	}
	for _, c := range b.changes() {
		view.Total++
		if c.Status != vault.Unchanged {
			view.Notes = append(view.Notes, noteView{vault.Received(c.Path), c.Status})
		}
	}
	return b.draw("build", view, o)
}

// draw fills in a screen that says something of reports, and draws it.
func (b *builder) draw(name string, view any, o render.Options) (string, error) {
	markdown, err := b.composer.Screen(name, view)
	if err != nil {
		return "", err
	}
	return render.Markdown(markdown, o)
}

func (one *built) view() clientView {
	r := one.report
	c := clientView{Code: strings.ToUpper(r.Engagement.Client.Code), Name: r.Engagement.Client.Name(), Shown: r.Score.Shown(),
		Final: r.Score.Final, Best: r.Score.Best, Priority: r.Priority(),
		Actions: len(one.roadmap.Actions), Unanswered: len(r.Questions)}
	for _, f := range r.Findings {
		if f.Open() {
			c.Findings++
		}
		if f.Hypothesis && r.Assessed(f.Control.Domain) {
			c.ToVerify++
		}
	}
	return c
}

// print fills in a screen of the catalogue and draws it on stdout.
func (a *app) print(p *place, name string, view any) error {
	markdown, err := compose.Plain(p.content, p.settings.Language, name, view)
	if err != nil {
		return fault("template_invalid", err.Error(), "")
	}
	screen, err := render.Markdown(markdown, a.drawing("auto"))
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, screen)
	return err
}
