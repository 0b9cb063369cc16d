package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/vault"
)

// verifyOptions are the flags of verify.
type verifyOptions struct {
	build   buildOptions // as-of, JSON and colours mean what they do there
	vault   string
	against string
}

func newVerify(a *app) *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:   "verify [NOTE…]",
		Short: "Prove that generated notes are what the answers and the model give",
		Long: `Verify writes the generated notes anew, in memory, and compares. Where a note's seal is not today's it names what
changed since: the answers, the client's note, the model, the words, the day that dates count from, the format. It names
every part that somebody edited, and shows the edit where the text before it can still be computed; else it says that it
cannot. What a person added beside the generated parts, and the ticks of tasks, are his own: no seal is about them.

NOTE is what a link would say, or a file's path from here; without any, every generated note of the vault is verified.
With --against, FILE is a copy that somebody was given, whatever its name and its line endings: it holds if it is, byte
for byte, what synth generates today. It says itself which note it is, unless NOTE does.

Without --vault, the vault is the nearest folder from NOTE up, or from here, that holds .obsidian or synth.yaml.

Exit status: 0 all hold; 1 something differs, or there is no generated note; 2 something could not be verified.`,
		Example: `  synth verify --vault examples/suisse
  synth verify --vault examples/suisse "📁 Correspondance et flux documentaires – CDT"
  synth verify --vault examples/suisse --against copy.md
  synth verify --vault examples/suisse --json`,
		RunE: func(_ *cobra.Command, args []string) error {
			err := a.verify(o, args)
			if fault := new(outcome); o.build.json && errors.As(err, &fault) && !fault.shown {
				return errors.Join(err, a.printJSON(newVerification(nil, nil, fault.problems)))
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.vault, "vault", "", "the vault's `DIR`")
	f.StringVar(&o.against, "against", "", "compare the copy in `FILE` with what synth generates")
	f.StringVar(&o.build.asOf, "as-of", "", "the day that due dates count from, `YYYY-MM-DD` (default: as synth build)")
	f.BoolVar(&o.build.json, "json", false, "print the result as one JSON document (schemas/verify.schema.json)")
	f.StringVar(&o.build.color, "color", "auto", "colours: `auto`, always or never")
	return cmd
}

// verify runs the command.
func (a *app) verify(o verifyOptions, names []string) error {
	if err := o.build.valid(); err != nil {
		return err
	}
	where := names
	if o.vault != "" {
		where = []string{o.vault}
	} else if len(names) > 0 {
		where = a.vaultOf(names[:1])
	}
	b, err := a.open(where)
	if err != nil {
		return err
	}
	checks, err := a.toVerify(b, o, names)
	if err != nil {
		return err
	}
	o.build.only = map[string]bool{}
	for _, c := range checks {
		o.build.only[c.id.Client] = true
	}
	for _, step := range []func() error{func() error { return b.assess(o.build) }, func() error { return b.plan(o.build) }, b.draft} {
		if err := step(); err != nil {
			return err
		}
	}
	b.problems = slices.DeleteFunc(b.problems, func(p vault.Problem) bool { return p.Severity != vault.Error })
	status := exitDone
	if len(checks) == 0 {
		status = exitNotSo
	}
	drafts := b.identified()
	_ = each(len(checks), func(i int) error { // comparing does not fail
		checks[i].verify(drafts)
		return nil
	})
	for _, c := range checks {
		b.problems = append(b.problems, c.problems...)
		if c.status != holds {
			status = exitNotSo
		}
	}
	vault.SortProblems(placed(b.problems))
	if err := a.showVerification(b, o, checks); err != nil {
		return err
	}
	return shown(finish(b.problems, status))
}

// verified is one note that is verified.
type verified struct {
	path    string // of the note in the vault
	against string // the file that is compared in its place, "" for none
	bytes   []byte
	id      compose.Identity

	status   verifiedStatus
	seal     []compose.SealPart
	in       vault.Inspection
	problems []vault.Problem
}

// verifiedStatus is how a note was found.
type verifiedStatus string

const (
	holds   verifiedStatus = "holds"   // it is what synth generates
	differs verifiedStatus = "differs" // it is not
	damaged verifiedStatus = "damaged" // its parts cannot be told from each other
	orphan  verifiedStatus = "orphan"  // synth would not generate it today: only edits can be told
)

// toVerify gives the notes that are named, else every generated one.
func (a *app) toVerify(b *builder, o verifyOptions, names []string) ([]*verified, error) {
	if o.against != "" {
		c, err := a.copyToVerify(b, o, names)
		return []*verified{c}, err
	}
	if len(names) == 0 {
		return everyCheck(b.vault.Notes())
	}
	var checks []*verified
	var problems []vault.Problem
	for _, name := range names {
		c, err := a.namedCheck(b, name)
		var out *outcome
		switch {
		case errors.As(err, &out):
			problems = append(problems, out.problems...)
		case !slices.ContainsFunc(checks, func(other *verified) bool { return other.path == c.path }):
			checks = append(checks, c)
		}
	}
	return checks, finish(problems, exitDone)
}

// everyCheck is of all the notes that are generated.
func everyCheck(notes []*vault.Note) ([]*verified, error) {
	checks := make([]*verified, len(notes))
	err := each(len(notes), func(i int) (err error) {
		checks[i], err = newVerified(notes[i])
		return err
	})
	return slices.DeleteFunc(checks, func(c *verified) bool { return c == nil }), err
}

// namedCheck is of the note that an argument means.
func (a *app) namedCheck(b *builder, name string) (*verified, error) {
	n, _, err := a.note(b.vault, name)
	if err != nil {
		return nil, err
	}
	c, err := newVerified(n)
	if err == nil && c == nil {
		err = finish([]vault.Problem{{Path: n.Path(), Severity: vault.Error, Code: "not_generated",
			Message: "is no generated note: it holds no synth_seal", Hint: "name an analysis, a synthesis or a roadmap that synth build wrote"}}, exitFault)
	}
	return c, err
}

// newVerified is of a note of the vault; nil of one that was not generated.
func newVerified(n *vault.Note) (*verified, error) {
	if _, sealed := n.Property("synth_seal"); !sealed {
		return nil, nil // as of most notes of a vault, and of a head that cannot be read
	}
	properties, _ := n.Properties()
	id, _, ok := compose.Identify(properties)
	if !ok {
		return nil, nil
	}
	data, err := n.Bytes()
	if err != nil {
		return nil, finish([]vault.Problem{err.(vault.Problem)}, exitFault)
	}
	return &verified{path: n.Path(), bytes: data, id: id}, nil
}

// maxCopy bounds the file that is compared: no note is near as large.
const maxCopy = 64 << 20

// copyToVerify is of a copy outside the vault. It is the note that is named, else the one that it says it is.
func (a *app) copyToVerify(b *builder, o verifyOptions, names []string) (*verified, error) {
	if len(names) > 1 {
		return nil, fault("against_many", fmt.Sprintf("--against compares one note, not %d", len(names)), "name one note, or none: the copy says which it is")
	}
	file := a.absolute(o.against)
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, fault("against_unreadable", fmt.Sprintf("%s cannot be read: %v", o.against, reason(err)), "")
	case !info.Mode().IsRegular() || info.Size() > maxCopy:
		return nil, fault("against_unreadable", o.against+" is no file that could be a note", "")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fault("against_unreadable", fmt.Sprintf("%s cannot be read: %v", o.against, reason(err)), "")
	}
	c := &verified{against: o.against, bytes: data}
	if len(names) == 1 {
		named, err := a.namedCheck(b, names[0])
		if err != nil {
			return nil, err
		}
		c.path, c.id = named.path, named.id
		return c, nil
	}
	id, _, ok := compose.Identify(vault.Inspect(data, vault.Draft{}).Properties)
	if !ok {
		return nil, fault("against_unknown", o.against+" does not say which note it is a copy of", "name the note: synth verify NOTE --against FILE")
	}
	c.id = id
	return c, nil
}

func reason(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// verify compares the bytes with what synth generates today.
func (c *verified) verify(drafts map[compose.Identity]vault.Draft) {
	draft, known := drafts[c.id]
	_, current, _ := compose.Identify(draft.Properties)
	c.in = vault.Inspect(c.bytes, draft)
	_, recorded, _ := compose.Identify(c.in.Properties)
	c.seal = compose.CompareSeals(recorded, current)
	if c.path == "" {
		c.path = draft.Path
	}
	moved := slices.ContainsFunc(c.seal, compose.SealPart.Moved)
	switch {
	case len(c.in.Damaged) > 0:
		c.status = damaged
	case !known:
		c.status = orphan
	case c.in.Exact || c.against == "" && c.in.Holds() && !moved:
		c.status = holds
	default:
		c.status = differs
	}
	for _, p := range c.in.Damaged {
		if p.Path = c.path; c.against != "" {
			p.Path = c.against
		}
		c.problems = append(c.problems, p)
	}
}

// identified gives the texts of notes as synth generates them today, by what they are.
func (b *builder) identified() map[compose.Identity]vault.Draft {
	drafts := map[compose.Identity]vault.Draft{}
	for _, one := range b.built {
		for _, d := range one.drafts {
			if id, _, _ := compose.Identify(d.Properties); drafts[id].Path == "" {
				drafts[id] = d
			}
		}
	}
	return drafts
}

// newVerification is the document that --json prints.
func newVerification(b *builder, checks []*verified, problems []vault.Problem) result.Verification {
	d := result.Verification{Schema: result.VerifySchema, Notes: []result.Verified{}}
	if b != nil {
		d.Model = result.NewModel(b.model)
	}
	d.Problems = result.NewProblems(problems)
	for _, c := range checks {
		d.Notes = append(d.Notes, c.document())
	}
	return d
}
