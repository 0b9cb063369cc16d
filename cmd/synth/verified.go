package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/render"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// verifyView is what the screen of verify can reach.
type verifyView struct {
	Total   int
	Against vault.Untrusted // the copy that was compared, empty for none
	Path    vault.Untrusted // of the note that it is a copy of
	Notes   []verifiedView  // those that do not hold
	Build   bool            // synth build would write some of them anew
}

// verifiedView is one note that does not hold. What stands in it may say anything: it is untrusted.
type verifiedView struct {
	Path       vault.Untrusted
	Status     verifiedStatus
	Unsealed   bool               // the seal is none
	Moved      []compose.SealPart // of a sound seal
	Deviations []deviationView
	Same       bool // every text is as it was
	Puzzling   bool // a text is another though the seal is today's
}

type deviationView struct {
	Verdict    vault.Verdict
	Region     string
	Name       vault.Untrusted
	Line       int
	Recomputed bool
}

// showVerification prints the result: what differs, then the differences themselves.
func (a *app) showVerification(b *builder, o verifyOptions, checks []*verified) error {
	if o.build.json {
		return a.printJSON(newVerification(b, checks, b.problems))
	}
	view := verifyView{Total: len(checks), Against: vault.Received(o.against)}
	var diffs strings.Builder
	for _, c := range checks {
		view.Path = vault.Received(c.path)
		if c.status == holds {
			continue
		}
		v := c.view()
		view.Notes = append(view.Notes, v)
		view.Build = view.Build || o.against == "" && c.status == differs && (len(v.Moved) > 0 || v.Unsealed || v.Puzzling)
		c.writeDiffs(&diffs, v)
	}
	markdown, err := b.composer.Screen("verify", view)
	if err != nil {
		return err
	}
	screen, err := render.Markdown(markdown, a.drawing(o.build.color))
	if err != nil {
		return err
	}
	if diffs.Len() > 0 {
		screen += "\n" + diffs.String()
	}
	_, err = fmt.Fprint(a.out, screen)
	return err
}

// writeDiffs shows the edits. What synth would write otherwise is shown of a copy, and where the seal does not say why:
// else synth build --diff shows it better.
func (c *verified) writeDiffs(b *strings.Builder, v verifiedView) {
	for _, d := range c.shown() {
		if d.Verdict != vault.Edited && c.against == "" && !v.Puzzling {
			continue
		}
		for line := range strings.Lines(string(d.Unified(c.name()))) {
			line = strings.TrimRight(line, "\r\n")
			if strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "+++ ") {
				line = strings.TrimSuffix(line, "\t")
			}
			b.WriteString(visible(line) + "\n")
		}
	}
}

// name is that of the file whose bytes were compared.
func (c *verified) name() string {
	if c.against != "" {
		return c.against
	}
	return c.path
}

// shown are the deviations that count: of a copy all do.
func (c *verified) shown() []vault.Deviation {
	return slices.DeleteFunc(slices.Clone(c.in.Deviations), func(d vault.Deviation) bool { return c.against == "" && d.Verdict.Own() })
}

// view is what the screen tells of a note.
func (c *verified) view() verifiedView {
	v := verifiedView{Path: vault.Received(c.name()), Status: c.status}
	v.Unsealed = len(c.in.Properties) > 0 && c.seal[0].Recorded == ""
	for _, p := range c.seal {
		if p.Moved() && !v.Unsealed && c.status != orphan {
			v.Moved = append(v.Moved, p)
		}
	}
	v.Same = len(v.Moved) > 0 && len(c.shown()) == 0
	for _, d := range c.shown() {
		v.Deviations = append(v.Deviations, deviationView{d.Verdict, d.Region, vault.Received(d.Name), d.Line, d.Recomputed})
		ofSynth := d.Verdict == vault.Outdated || d.Verdict == vault.Absent || d.Verdict == vault.Dropped
		v.Puzzling = v.Puzzling || ofSynth && len(v.Moved) == 0 && !v.Unsealed
	}
	return v
}

// document is what --json tells of a note.
func (c *verified) document() result.Verified {
	out := result.Verified{Path: c.path, File: optional(c.against), Kind: c.id.Kind, Client: c.id.Client, Questionnaire: optional(c.id.Questionnaire),
		Status: string(c.status), Exact: c.in.Exact, Seal: []result.SealPart{}, Deviations: []result.Deviation{}}
	for _, p := range c.seal {
		out.Seal = append(out.Seal, result.SealPart{Part: p.Name, Recorded: optional(p.Recorded), Current: optional(p.Current)})
	}
	for _, d := range c.in.Deviations {
		one := result.Deviation{Verdict: string(d.Verdict), Region: optional(d.Region), Property: optional(d.Name), Recomputed: d.Recomputed,
			Diff: optional(string(d.Unified(c.name())))}
		if d.Line > 0 {
			one.Line = &d.Line
		}
		out.Deviations = append(out.Deviations, one)
	}
	return out
}

// optional is null for the empty string.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
