package assess

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// lineID is how a framework numbers a line: 4.1, A.5.16, PR.AC-7.
var lineID = regexp.MustCompile(`^[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*$`)

// loadFrameworks reads the frameworks, if the catalogue has any.
func (l *loader) loadFrameworks() {
	if _, err := fs.Stat(l.fsys, FrameworksFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	f := l.open(FrameworksFile)
	if f == nil {
		return
	}
	root := strictyaml.Open(f.root, &f.sink)
	each(root.List("frameworks"), f, l.readFramework)
	root.Close()
}

func (l *loader) readFramework(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	framework := Framework{ID: l.claim(f, fields, kindFramework), Title: fields.String("title"), Version: fields.String("version"),
		Jurisdiction: fields.String("jurisdiction"), Licence: fields.String("licence"), CheckedOn: fields.String("checked_on")}
	l.among(f, fields.Node("jurisdiction"), Jurisdictions()...)
	l.day(f, fields.Node("checked_on"))
	for _, e := range fields.Map("lines") {
		if !lineID.MatchString(e.Key.Value) {
			f.add(e.Key, "id_invalid", "%q is no number of a line: letters, digits and _, joined by . or -", e.Key.Value)
		}
		framework.Lines = append(framework.Lines, Line{e.Key.Value, strictyaml.Text(e.Value, &f.sink)})
	}
	if len(framework.Lines) == 0 {
		f.add(n, "lines_missing", "the framework %q has no lines", framework.ID)
	}
	fields.Close()
	l.model.Frameworks = append(l.model.Frameworks, framework)
}

// day refuses what is no day written as 2026-01-31.
func (l *loader) day(f *file, n *strictyaml.Node) {
	if n == nil || n.Value == "" {
		return
	}
	if iso, ok := questionnaire.ParseDate(n.Value); !ok || iso != n.Value {
		f.add(n, "date_invalid", "%q is not a date", n.Value).Hint = "write it as 2026-01-31"
	}
}

// cited reads what a control contributes to: lines that the frameworks have, by framework.
func (l *loader) cited(f *file, fields *strictyaml.Fields) []Cited {
	var out []Cited
	for _, e := range fields.Map("frameworks") {
		framework := l.model.Framework(e.Key.Value)
		if framework == nil {
			f.add(e.Key, "framework_unknown", "there is no framework %q in %s", e.Key.Value, FrameworksFile).Hint = near(e.Key.Value, l.model.frameworkIDs())
			continue
		}
		out = append(out, Cited{framework.ID, l.citedLines(f, framework, e.Value)})
	}
	return out
}

func (l *loader) citedLines(f *file, framework *Framework, n *strictyaml.Node) []string {
	if n.Kind != strictyaml.Sequence || len(n.Items()) == 0 {
		f.add(n, "lines_missing", "the lines of %s stand in a list", framework.ID)
		return nil
	}
	var out []string
	for _, item := range n.Items() {
		id := strictyaml.Text(item, &f.sink)
		switch {
		case id == "":
			continue
		case slices.Contains(out, id):
			f.add(item, "line_twice", "%q stands twice", id)
		case find(framework.Lines, func(line *Line) bool { return line.ID == id }) == nil:
			f.add(item, "line_unknown", "the framework %q has no line %q", framework.ID, id).Hint = near(id, framework.lineIDs())
		}
		out = append(out, id)
	}
	return out
}

func (m *Model) frameworkIDs() []string {
	var out []string
	for _, f := range m.Frameworks {
		out = append(out, f.ID)
	}
	return out
}

func (f *Framework) lineIDs() []string {
	var out []string
	for _, line := range f.Lines {
		out = append(out, line.ID)
	}
	return out
}
