package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/schemas"
	"github.com/synth-vault/synth/vault"
)

// modelListOptions are the flags of model list.
type modelListOptions struct {
	kind      string
	framework string
	json      bool
}

// modelListView is what the screen of model list can reach.
type modelListView struct {
	Kinds []itemsView
}

type itemsView struct {
	Kind  string
	Items []itemView
}

type itemView struct{ ID, Title vault.Untrusted }

// modelList is the document that --json prints.
type modelList struct {
	Schema  string `json:"schema"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
	Items   []item `json:"items"` // by kind, then in the model's order
}

func newModelList(a *app) *cobra.Command {
	var o modelListOptions
	cmd := &cobra.Command{
		Use:   "list [DIR]",
		Short: "List the ids of a catalogue with their titles",
		Long: `List prints every id of a catalogue with its title, kind by kind: ` + strings.Join(itemKinds(), ", ") + `.
A title is the one that stands where nothing is answered yet. With --framework it prints the lines of one framework
instead, each with the controls that contribute to it.

Exit status: 0 done; 2 the model cannot be used, or the folder cannot be read.`,
		Example: `  synth model list --kind action
  synth model list --framework cnil_2024
  synth model list --json modele`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.faultJSON(a.modelList(args, o), o.json)
		},
	}
	cmd.Flags().StringVar(&o.kind, "kind", "", "list the ids of one `KIND` alone")
	cmd.Flags().StringVar(&o.framework, "framework", "", "list the lines of the framework `NAME` with the controls behind them")
	cmd.Flags().BoolVar(&o.json, "json", false, "print one JSON document (schemas/"+schemas.List+")")
	cmd.MarkFlagsMutuallyExclusive("framework", "kind")
	cmd.MarkFlagsMutuallyExclusive("framework", "json")
	return cmd
}

// modelList runs the command.
func (a *app) modelList(args []string, o modelListOptions) error {
	if kind := o.kind; kind != "" && !slices.Contains(itemKinds(), kind) {
		hint := "the kinds are " + strings.Join(itemKinds(), ", ")
		if near := strictyaml.Nearest(kind, itemKinds()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return fault("kind_unknown", fmt.Sprintf("--kind %q is no kind of id", kind), hint)
	}
	files, err := a.catalogue(args)
	if err != nil {
		return err
	}
	model, err := files.load()
	if err != nil {
		return err
	}
	if o.framework != "" {
		view, err := newFrameworkView(model, o.framework, nil)
		if err != nil {
			return err
		}
		return a.print(&files.place, "framework", view)
	}
	list := modelList{Schema: "synth/model-list/v1", Version: model.Version, SHA256: model.Hash, Items: []item{}}
	for _, one := range items(model) {
		if o.kind == "" || one.Kind == o.kind {
			list.Items = append(list.Items, one)
		}
	}
	if o.json {
		encoder := json.NewEncoder(a.out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(list)
	}
	return a.print(&files.place, "model_list", newModelListView(list.Items))
}

func newModelListView(list []item) modelListView {
	var view modelListView
	for _, one := range list {
		if n := len(view.Kinds); n == 0 || view.Kinds[n-1].Kind != one.Kind {
			view.Kinds = append(view.Kinds, itemsView{Kind: one.Kind})
		}
		last := &view.Kinds[len(view.Kinds)-1]
		last.Items = append(last.Items, itemView{vault.Received(one.ID), vault.Received(one.Title)})
	}
	return view
}
