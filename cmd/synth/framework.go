package main

import (
	"fmt"
	"strings"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// frameworkView is what the screen of a framework can reach: how each client stands, or, without clients, the controls
// behind each line.
type frameworkView struct {
	Title, Version, Licence vault.Untrusted
	Lines                   []frameworkLine // without clients
	Clients                 []frameworkClient
}

// frameworkClient is one client. What concerns nobody of his country has no groups.
type frameworkClient struct {
	Code    string
	Name    vault.Untrusted
	Applies bool
	Country string // empty where it is not known
	Groups  []frameworkGroup
}

// frameworkGroup holds the lines of one state.
type frameworkGroup struct {
	State assess.LineState
	Lines []frameworkLine
}

type frameworkLine struct {
	ID, Title vault.Untrusted
	Controls  []frameworkControl
}

// frameworkControl is a control behind a line. Without clients it has no kind.
type frameworkControl struct {
	ID      string
	Label   vault.Untrusted
	Kind    assess.Kind
	Applies bool
}

// showFramework prints how a framework stands for the chosen clients.
func (a *app) showFramework(b *builder, o statusOptions) error {
	var reports []*assess.Report
	for _, one := range b.built {
		if one.chosen {
			reports = append(reports, one.report)
		}
	}
	view, err := newFrameworkView(b.model, o.framework, reports)
	if err != nil {
		return err
	}
	markdown, err := b.composer.Screen("framework", view)
	if err != nil {
		return fault("template_invalid", err.Error(), "")
	}
	return a.draw(markdown, a.drawing(o.color))
}

// newFrameworkView shows a framework of the model, as it stands for the clients of these reports.
func newFrameworkView(m *assess.Model, name string, reports []*assess.Report) (frameworkView, error) {
	f := m.Framework(name)
	if f == nil {
		return frameworkView{}, noFramework(m, name)
	}
	view := frameworkView{Title: vault.Received(f.Title), Version: vault.Received(f.Version), Licence: vault.Received(f.Licence)}
	for _, r := range reports {
		view.Clients = append(view.Clients, newFrameworkClient(f, r))
	}
	if len(reports) > 0 {
		return view, nil
	}
	for _, line := range f.Lines {
		shown := frameworkLine{ID: vault.Received(line.ID), Title: vault.Received(line.Title)}
		for _, c := range m.Behind(f.ID, line.ID) {
			shown.Controls = append(shown.Controls, frameworkControl{ID: c.ID, Label: vault.Received(m.Label(c.ID)), Applies: true})
		}
		view.Lines = append(view.Lines, shown)
	}
	return view, nil
}

func newFrameworkClient(f *assess.Framework, r *assess.Report) frameworkClient {
	client := frameworkClient{Code: strings.ToUpper(r.Engagement.Client.Code), Name: r.Engagement.Client.Name(), Country: r.Country,
		Applies: f.AppliesTo(r.Country)}
	if !client.Applies {
		return client
	}
	lines := r.Framework(f.ID)
	for _, state := range assess.LineStates() {
		group := frameworkGroup{State: state}
		for _, line := range lines {
			if line.State == state {
				group.Lines = append(group.Lines, newFrameworkLine(r.Model, line))
			}
		}
		if len(group.Lines) > 0 {
			client.Groups = append(client.Groups, group)
		}
	}
	return client
}

func newFrameworkLine(m *assess.Model, line assess.LineReport) frameworkLine {
	out := frameworkLine{ID: vault.Received(line.Line.ID), Title: vault.Received(line.Line.Title)}
	for _, b := range line.Controls {
		c := frameworkControl{ID: b.Control.ID, Label: vault.Received(m.Label(b.Control.ID)), Applies: b.Finding != nil}
		if b.Finding != nil {
			c.Kind = b.Finding.Kind
		}
		out.Controls = append(out.Controls, c)
	}
	return out
}

// noFramework tells that the model has no framework of that name.
func noFramework(m *assess.Model, name string) error {
	var known []string
	for _, f := range m.Frameworks {
		known = append(known, f.ID)
	}
	hint := "the frameworks are " + strings.Join(known, ", ")
	if near := strictyaml.Nearest(name, known); near != "" {
		hint = "did you mean " + near + "?"
	} else if len(known) == 0 {
		hint = "the catalogue has none: they stand in " + assess.FrameworksFile
	}
	return fault("framework_unknown", fmt.Sprintf("--framework %q is no framework of the model", name), hint)
}
