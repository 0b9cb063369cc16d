package main

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/synth-vault/synth/vault"
)

const maxNear = 5 // names that a hint tells

func isRegular(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

// note gives the note that an argument means, and the link that it is.
func (a *app) note(v *vault.Vault, name string) (*vault.Note, vault.Link, error) {
	if n, ok := a.noteAt(v, name); ok {
		return n, vault.Link{Target: n.Path()}, nil
	}
	link, ok := vault.ParseLink(name)
	if !ok {
		target, subpath, _ := strings.Cut(name, "#")
		link = vault.Link{Target: strings.TrimSpace(target), Subpath: strings.TrimSpace(subpath)}
	}
	if strings.TrimSpace(link.Target) == "" {
		return nil, link, fault("note_missing", fmt.Sprintf("%q names no note", name), "write the note's name before the #")
	}
	r := v.Resolve("", link)
	if len(r.Ambiguous) > 0 {
		return nil, link, ambiguous(link, r)
	}
	n, ok := v.Note(r.Path)
	switch {
	case ok:
		return n, link, nil
	case r.Path != "":
		return nil, link, fault("note_missing", fmt.Sprintf("%q is a file, and no note", r.Path), "")
	}
	hint := "name another VAULT, or a note of this one"
	if near := nearest(v, link.Target); len(near) > 0 {
		hint = "did you mean " + listed(near) + "?"
	}
	return nil, link, fault("note_missing", fmt.Sprintf("the vault has no note %q", link.Target), hint)
}

// ambiguous names the notes that a link may lead to.
func ambiguous(link vault.Link, r vault.Resolution) error {
	paths := append([]string{r.Path}, r.Ambiguous...)
	return fault("note_ambiguous", fmt.Sprintf("%q may be any of %d notes", link.Target, len(paths)), "write the path: "+listed(paths))
}

// noteAt gives the note of a file that is named by its path on the disk.
func (a *app) noteAt(v *vault.Vault, name string) (*vault.Note, bool) {
	dir, err := filepath.Abs(v.Dir())
	file := a.absolute(name)
	if err != nil || !isRegular(file) {
		return nil, false
	}
	inside, err := filepath.Rel(dir, file)
	if err != nil {
		return nil, false
	}
	return v.Note(filepath.ToSlash(inside))
}

// noPart says which headings a note has instead.
func noPart(n *vault.Note, subpath string) error {
	var headings []string
	blocks, _ := n.Blocks() // what cannot be read has none
	for _, b := range blocks {
		if b.Kind == vault.Heading && !strings.HasPrefix(subpath, "^") {
			headings = append(headings, b.Text)
		}
		if b.ID != "" && strings.HasPrefix(subpath, "^") {
			headings = append(headings, "^"+b.ID)
		}
	}
	hint := ""
	if len(headings) > 0 {
		hint = "it has " + listed(headings)
	}
	return finish([]vault.Problem{{Path: n.Path(), Severity: vault.Error, Code: "part_missing",
		Message: fmt.Sprintf("the note has no part %q", subpath), Hint: hint}}, exitFault)
}

// listed writes the first of some names.
func listed(names []string) string {
	shown := make([]string, 0, maxNear)
	for _, name := range names[:min(len(names), maxNear)] {
		shown = append(shown, fmt.Sprintf("%q", name))
	}
	text := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// nearest gives the names of the notes that a misspelt one may mean: those that hold it, or differ by a few letters.
func nearest(v *vault.Vault, name string) []string {
	want := []rune(strings.ToLower(path.Base(strings.TrimSuffix(name, ".md"))))
	type candidate struct {
		name string
		far  int
	}
	var found []candidate
	for _, n := range v.Notes() {
		has := strings.ToLower(n.Name())
		far := distance(want, []rune(has), len(want)/3+1)
		if strings.Contains(has, string(want)) {
			far = 0
		}
		if far <= len(want)/3 {
			found = append(found, candidate{n.Name(), far})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
	})
	names := make([]string, 0, maxNear)
	for _, c := range found {
		if !slices.Contains(names, c.name) {
			names = append(names, c.name)
		}
	}
	return names[:min(len(names), maxNear)]
}

// distance counts the letters to change between two names, up to a limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return min(row[len(b)], limit)
}

const maxCompletions = 200 // names that the shell is given

// complete gives the shell the names of notes that begin like a word.
func (o *showOptions) complete(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	p, err := o.app.enter(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var names []string
	prefix := strings.ToLower(begun)
	for _, n := range p.vault.Notes() {
		name := n.Name()
		if visible(name) == name && strings.HasPrefix(strings.ToLower(name), prefix) && !slices.Contains(names, name) {
			names = append(names, name)
		}
		if len(names) == maxCompletions {
			break
		}
	}
	return names, cobra.ShellCompDirectiveDefault
}
