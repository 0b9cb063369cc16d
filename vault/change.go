package vault

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Status says what becomes of a note.
type Status string

// The outcomes for a note.
const (
	Created   Status = "created"   // it does not exist yet
	Updated   Status = "updated"   // it is out of date; what was edited by hand stays in it
	Unchanged Status = "unchanged" // it is what it should be
	Kept      Status = "kept"      // edited by hand, and there is nothing new
	Conflict  Status = "conflict"  // edited by hand, and a new text is or will be proposed beside it
	Refused   Status = "refused"   // it is left alone; a problem says why
)

// Change is what a draft means for the vault.
type Change struct {
	Path, Kind string // as in the draft
	Status     Status
	// Old and New are the file's bytes before and after. Old is nil if
	// there is no file. They are equal where nothing is to be written,
	// whatever the status: a conflict is written once, when it opens.
	// Diff keeps neither of a note that is unchanged.
	Old, New []byte
	Problems []Problem
}

// Diff compares drafts with the files on disk and tells what would change,
// sorted by path. It writes nothing.
//
// Of a note that exists only the regions and properties change, one by one,
// that are as they were generated. What a person changed, added or removed
// stays as it is, and so does every byte outside the regions. A new text for
// a region that was edited is proposed in a region below it, "<id>.propose";
// the change is a [Conflict] and names it until the person empties the region,
// which takes the new text, or deletes the proposal, which keeps his own. A
// note that was not generated, or whose markers are damaged, is refused.
func Diff(v *Vault, drafts []Draft) []Change {
	d := &differ{vault: v, disk: v.onDisk().linkIndex(), planned: make(map[string]string), folders: make(map[string]*os.Root)}
	if d.room, _ = v.rooms.Get().(*diffRoom); d.room == nil {
		d.room = new(diffRoom)
	}
	defer v.rooms.Put(d.room)
	root, err := os.OpenRoot(v.dir)
	if err == nil {
		defer d.close()
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

// writes tells whether Apply would write the note.
func (c Change) writes() bool {
	switch c.Status {
	case Created:
		return true
	case Updated, Conflict:
		return !bytes.Equal(c.Old, c.New)
	}
	return false
}

// Unified gives the change as a unified diff, nil if nothing would change.
func (c Change) Unified() []byte {
	if c.Status == Created {
		return endNames(diff.Diff(os.DevNull, nil, "b/"+c.Path, c.New))
	}
	return endNames(diff.Diff("a/"+c.Path, c.Old, "b/"+c.Path, c.New))
}

// endNames ends a name that holds a blank in a tab, without which patch takes the blank for the name's end.
func endNames(unified []byte) []byte {
	lines := bytes.SplitAfterN(unified, []byte("\n"), 4) // the command, the old name, the new name, the rest
	if len(lines) < 4 {
		return unified
	}
	for i := 1; i <= 2; i++ {
		if bytes.Count(lines[i], []byte(" ")) == 1 {
			continue // the blank behind the dashes or pluses
		}
		lines[i] = append(bytes.TrimSuffix(bytes.Clone(lines[i]), []byte("\n")), '\t', '\n')
	}
	return bytes.Join(lines, nil)
}

// refuse leaves the file as it is.
func (c Change) refuse(p Problem) Change {
	p.Path = c.Path
	c.Status, c.New, c.Problems = Refused, c.Old, []Problem{p}
	return c
}

type differ struct {
	vault   *Vault
	root    *os.Root
	rootErr error
	disk    *index            // of the vault without planned notes
	planned map[string]string // the paths of the drafts so far, by folded path
	folders map[string]*os.Root
	room    *diffRoom
}

// diffRoom is where a draft is written and its file is read. Most files are as
// the draft, and then nothing of either is kept.
type diffRoom struct{ draft, file []byte }

// write gives the draft's bytes, which stay until the next draft's.
func (r *diffRoom) write(draft Draft) []byte {
	r.draft = draft.appendTo(slices.Grow(r.draft[:0], draft.size()))
	return r.draft
}

// read gives the bytes of a file that should be of that size, which stay until
// the next file's.
func (r *diffRoom) read(f io.Reader, size int) ([]byte, error) {
	r.file = slices.Grow(r.file[:0], size+bytes.MinRead)
	into := bytes.NewBuffer(r.file)
	_, err := into.ReadFrom(f)
	r.file = into.Bytes()
	return r.file, err
}

func (d *differ) change(draft Draft) Change {
	c := Change{Path: draft.Path, Kind: draft.Kind}
	fresh := d.room.write(draft)
	if other, taken := d.planned[fold(draft.Path)]; taken {
		return c.refuse(nameTaken(other))
	}
	if d.rootErr != nil {
		return c.refuse(unreadable("", d.rootErr))
	}
	old, err := d.read(draft.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c.refuse(unreadable(draft.Path, err))
	}
	isStale := err == nil && d.isStale(draft.Path, old)
	if err == nil && !isStale && sameText(old, fresh) {
		c.Status = Unchanged
		return c
	}
	if c.Old = bytes.Clone(old); isStale {
		return c.refuse(writeProblem(draft.Path, errChanged))
	}
	offered, problems := readGenerated(fresh)
	if len(problems) == 0 {
		problems = offered.readsBack(draft)
	}
	switch {
	case len(problems) > 0:
		return c.refuse(invalidDraft(problems[0]))
	case err != nil:
		return d.create(c, bytes.Clone(fresh))
	}
	return c.compare(draft, offered)
}

// sameText tells whether a file says what a draft does, but for its line endings and its byte order mark.
func sameText(file, fresh []byte) bool {
	file = bytes.TrimPrefix(file, []byte(byteOrderMark))
	return bytes.Equal(file, fresh) || bytes.Contains(file, []byte("\r\n")) && lineFeeds(file) == string(fresh)
}

// read gives the bytes of a regular file, in the room. The root keeps it from
// leaving the vault, whatever the path or a symbolic link says.
func (d *differ) read(name string) ([]byte, error) {
	folder, err := d.folder(path.Dir(name))
	if err != nil {
		return nil, err
	}
	info, err := folder.Lstat(path.Base(name))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := folder.Open(path.Base(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return d.room.read(f, int(info.Size()))
}

// folder opens the folder of a draft, once for all that lie in it.
func (d *differ) folder(name string) (*os.Root, error) {
	if name == "." {
		return d.root, nil
	}
	if d.folders[name] == nil {
		folder, err := d.root.OpenRoot(name)
		if err != nil {
			return nil, err
		}
		d.folders[name] = folder
	}
	return d.folders[name], nil
}

func (d *differ) close() {
	for _, folder := range d.folders {
		folder.Close()
	}
	d.root.Close()
}

// isStale tells of a note that was read before and has changed since: its
// draft may rest on what it said then.
func (d *differ) isStale(name string, now []byte) bool {
	n, found := d.vault.Note(name)
	if !found {
		return false
	}
	c := n.content.Load()
	return c != nil && c.err == nil && c.text != string(now)
}

func (d *differ) create(c Change, fresh []byte) Change {
	if err := Portable(c.Path); err != nil {
		return c.refuse(notPortable(err))
	}
	if same := d.disk.at([]byte(fold(c.Path))); len(same) > 0 && same[len(same)-1].path != c.Path {
		return c.refuse(nameTaken(same[len(same)-1].path))
	}
	c.Status, c.New = Created, fresh
	return c
}

// compare decides for a file that says something else.
func (c Change) compare(draft Draft, offered *generated) Change {
	found, problems := readGenerated(c.Old)
	if len(problems) > 0 {
		return c.refuse(problems[0])
	}
	merged, warnings, refusal := found.merged(c.Old, draft, offered)
	if refusal != nil {
		return c.refuse(*refusal)
	}
	for _, p := range warnings {
		p.Path = c.Path
		c.Problems = append(c.Problems, p)
	}
	SortProblems(c.Problems)
	c.New = merged
	c.Status = c.outcome()
	return c
}

// outcome gives the status of a note that is merged.
func (c Change) outcome() Status {
	isOpen := func(p Problem) bool { return p.Code == codeOpenProposal }
	switch {
	case slices.ContainsFunc(c.Problems, isOpen):
		return Conflict
	case bytes.Equal(c.Old, c.New):
		return Kept
	}
	return Updated
}

func lineFeeds(src []byte) string { return strings.ReplaceAll(string(src), "\r\n", "\n") }

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
