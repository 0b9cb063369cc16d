package vault

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Status says what becomes of a note.
type Status string

// The outcomes for a note. Only the first two are written.
const (
	Created   Status = "created"   // it does not exist yet
	Updated   Status = "updated"   // it is as generated once, and out of date
	Unchanged Status = "unchanged" // it is what it should be
	Kept      Status = "kept"      // edited by hand, and there is nothing new
	Conflict  Status = "conflict"  // edited by hand, and there is something new beside it
	Refused   Status = "refused"   // it is left alone; a problem says why
)

// Change is what a draft means for the vault.
type Change struct {
	Path, Kind string // as in the draft
	Status     Status
	// Old and New are the file's bytes before and after. Old is nil if
	// there is no file. They are equal where nothing is to be written.
	Old, New []byte
	Problems []Problem
}

// Diff compares drafts with the files on disk and tells what would change,
// sorted by path. It writes nothing. A note that holds anything but what was
// generated is never given other bytes: it is kept if the draft offers the
// same texts as it once did, else refused.
func Diff(v *Vault, drafts []Draft) []Change {
	d := &differ{disk: v.onDisk().linkIndex(), planned: make(map[string]string)}
	root, err := os.OpenRoot(v.dir)
	if err == nil {
		defer root.Close()
	}
	d.root, d.rootErr = root, err

	changes := make([]Change, len(drafts))
	for i, draft := range drafts {
		changes[i] = d.change(draft)
		d.planned[fold(draft.Path)] = draft.Path
	}
	slices.SortStableFunc(changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return changes
}

// Unified gives the change as a unified diff, nil if nothing would change.
func (c Change) Unified() []byte {
	if c.Status == Created {
		return diff.Diff(os.DevNull, nil, "b/"+c.Path, c.New)
	}
	return diff.Diff("a/"+c.Path, c.Old, "b/"+c.Path, c.New)
}

// refuse leaves the file as it is.
func (c Change) refuse(p Problem) Change {
	p.Path = c.Path
	c.Status, c.New, c.Problems = Refused, c.Old, []Problem{p}
	return c
}

type differ struct {
	root    *os.Root
	rootErr error
	disk    *index            // of the vault without planned notes
	planned map[string]string // the paths of the drafts so far, by folded path
}

func (d *differ) change(draft Draft) Change {
	c := Change{Path: draft.Path, Kind: draft.Kind}
	fresh := draft.Bytes()
	offered, problems := readGenerated(fresh)
	if len(problems) == 0 {
		problems = slices.Concat(offered.edits(), comments(draft))
	}
	if len(problems) > 0 {
		return c.refuse(invalidDraft(problems[0]))
	}
	if other, taken := d.planned[fold(draft.Path)]; taken {
		return c.refuse(nameTaken(other))
	}
	if d.rootErr != nil {
		return c.refuse(unreadable("", d.rootErr))
	}
	old, err := d.read(draft.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return d.create(c, fresh)
	}
	if err != nil {
		return c.refuse(unreadable(draft.Path, err))
	}
	c.Old = old
	return c.compare(fresh, offered)
}

// read gives the bytes of a regular file. The root keeps it from leaving the
// vault, whatever the path or a symbolic link says.
func (d *differ) read(name string) ([]byte, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	return d.root.ReadFile(name)
}

func (d *differ) create(c Change, fresh []byte) Change {
	if err := Portable(c.Path); err != nil {
		return c.refuse(notPortable(err))
	}
	if same := d.disk.at(fold(c.Path)); len(same) > 0 && same[len(same)-1] != c.Path {
		return c.refuse(nameTaken(same[len(same)-1]))
	}
	c.Status, c.New = Created, fresh
	return c
}

// compare decides for a file that exists.
func (c Change) compare(fresh []byte, offered *generated) Change {
	c.New = c.Old
	if lineFeeds(bytes.TrimPrefix(c.Old, []byte(byteOrderMark))) == string(fresh) {
		c.Status = Unchanged
		return c
	}
	found, problems := readGenerated(c.Old)
	if len(problems) > 0 {
		return c.refuse(problems[0])
	}
	if found.offersSame(offered) {
		c.Status = Kept
		return c
	}
	if edits := found.edits(); len(edits) > 0 {
		return c.refuse(edits[0])
	}
	c.Status, c.New = Updated, dressed(fresh, c.Old)
	return c
}

// dressed gives new text the line ends and the byte order mark of the old.
func dressed(fresh, old []byte) []byte {
	text := string(fresh)
	if lines := bytes.Count(old, []byte("\n")); lines > 0 && bytes.Count(old, []byte("\r\n")) == lines {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if bytes.HasPrefix(old, []byte(byteOrderMark)) {
		text = byteOrderMark + text
	}
	return []byte(text)
}

// comments reports the regions whose text would end a marker's comment or
// begin one of its own.
func comments(draft Draft) []Problem {
	var problems []Problem
	for _, r := range draft.Regions {
		if strings.Contains(r.Text, "%%") {
			problems = append(problems, Problem{Message: fmt.Sprintf("region %q holds a comment", r.ID)})
		}
	}
	return problems
}

func nameTaken(other string) Problem {
	return Problem{
		Severity: Warning, Code: "name_taken",
		Message: fmt.Sprintf("%q has the same name on some systems", other),
		Hint:    "rename one of the two",
	}
}

func invalidDraft(reason Problem) Problem {
	return Problem{
		Severity: Error, Code: "invalid_draft",
		Message: "the text to write would not read back as written: " + reason.Message,
		Hint:    `look for "%%" in the words and templates that it is made from`,
	}
}

func notPortable(err error) Problem {
	return Problem{
		Severity: Error, Code: "not_portable",
		Message: "cannot be written on every system: " + err.Error(),
		Hint:    "rename the folder, or choose another name",
	}
}
