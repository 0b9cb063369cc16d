package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/vault"
)

// showOptions are the flags of show.
type showOptions struct {
	app *app

	color, style, links         string
	width                       int
	unfold, bare, withoutPaging bool
}

func newShow(a *app) *cobra.Command {
	o := &showOptions{app: a}
	cmd := &cobra.Command{
		Use:   "show NOTE [VAULT]",
		Short: "Read a note in the terminal",
		Long: `Show draws a note as Obsidian's reading view shows it: callouts, links, embeds, tables, tasks, highlights and
footnotes; comments and block ids are hidden, the properties stand above the text, and a calendar of tasks is a chart.

NOTE is what a link would say: a name, a path from the vault's folder, Note#Heading for a part of it, Note#^id for one
block, with or without brackets. A file's path from here does as well.

Without VAULT, the vault is the nearest folder from here up that holds .obsidian or synth.yaml. Colours and links are
for terminals: NO_COLOR, CLICOLOR, --color and --links say otherwise. A drawing that is longer than the screen goes to
$PAGER, or to less.

Exit status: 0 done; 2 there is no such note, it could be any of several, or it could not be read.`,
		Example: `  synth show Correspondance_CDT examples/suisse
  synth show "Correspondance_CDT#^resultats" examples/suisse
  synth show --width 60 --no-properties Acces_IT_CDT examples/suisse`,
		Args:              cobra.RangeArgs(1, 2),
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(args) },
		ValidArgsFunction: o.complete,
	}
	flags := cmd.Flags()
	flags.StringVar(&o.color, "color", "auto", "colours: `WHEN` is auto, always or never")
	flags.StringVar(&o.style, "style", "auto", "colours for a `BACKGROUND` that is dark or light; auto asks COLORFGBG")
	flags.StringVar(&o.links, "links", "auto", "links to click in the terminal: `WHEN` is auto, always or never")
	flags.IntVar(&o.width, "width", 0, "draw in `COLUMNS`, from 20 to 400")
	flags.BoolVar(&o.unfold, "unfold", false, "show what callouts fold away")
	flags.BoolVar(&o.bare, "no-properties", false, "leave the properties out")
	flags.BoolVar(&o.withoutPaging, "no-pager", false, "print all at once")
	return cmd
}

// run runs the command.
func (o *showOptions) run(args []string) error {
	drawing, err := o.drawing()
	if err != nil {
		return err
	}
	p, err := o.app.enter(o.app.vaultOf(args))
	if err != nil {
		return err
	}
	n, link, err := o.app.note(p.vault, args[0])
	if err != nil {
		return err
	}
	say, problem, err := compose.Phrases(p.content, p.settings.Language, "show")
	if err != nil {
		return fault("template_invalid", err.Error(), "")
	}
	drawing.Part, drawing.Say = link.Subpath, say
	text, err := render.Note(p.vault, n, drawing)
	if errors.Is(err, render.ErrNoPart) {
		return noPart(n, link.Subpath)
	}
	var unreadable vault.Problem
	if errors.As(err, &unreadable) {
		return finish([]vault.Problem{unreadable}, exitFault)
	}
	if err == nil {
		err = problem()
	}
	if err != nil {
		return fault("note_undrawable", err.Error(), "")
	}
	return o.app.page(text, o.withoutPaging)
}

// drawing says how to draw, as the flags, the environment and the terminal ask for.
func (o *showOptions) drawing() (render.NoteOptions, error) {
	for _, flag := range []struct {
		name, value string
		allowed     []string
	}{
		{"color", o.color, []string{"auto", "always", "never"}},
		{"links", o.links, []string{"auto", "always", "never"}},
		{"style", o.style, []string{"auto", "dark", "light"}},
	} {
		if !slices.Contains(flag.allowed, flag.value) {
			return render.NoteOptions{}, fault("flag_invalid", fmt.Sprintf("--%s %q is none of %s", flag.name, flag.value, strings.Join(flag.allowed, ", ")), "")
		}
	}
	if o.width != 0 && (o.width < 20 || o.width > 400) {
		return render.NoteOptions{}, fault("flag_invalid", fmt.Sprintf("--width %d is not between 20 and 400", o.width), "")
	}
	d := render.NoteOptions{Options: o.app.drawing(o.color), Unfold: o.unfold, HideProperties: o.bare}
	if o.width != 0 {
		d.Width = o.width
	}
	if d.Style != render.Plain && o.style != "auto" {
		d.Style = render.Style(o.style)
	}
	term := o.app.env("TERM")
	d.Links = o.links == "always" || o.links == "auto" && o.app.terminal && term != "dumb" && term != "linux"
	return d, nil
}

// vaultOf gives the argument that names the vault: the second, else the folder of the note that the first names as a
// file.
func (a *app) vaultOf(args []string) []string {
	if len(args) > 1 {
		return args[1:]
	}
	file := a.absolute(args[0])
	if !isRegular(file) {
		return nil
	}
	outer := *a
	outer.workDir = filepath.Dir(file)
	return []string{outer.findVault(nil)}
}

func (a *app) absolute(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(a.workDir, name)
}
