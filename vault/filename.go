package vault

import (
	"errors"
	"fmt"
	"hash/maphash"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The lengths, in bytes, that every file system takes.
const (
	maxMadeName  = 200 // a name that FileName makes, extension and suffix to come
	maxComponent = 255
	maxPath      = 1000
)

// FileName makes words into a file name, without extension, that every system
// takes and that a wikilink can hold: in NFC, at most 200 bytes, without
// hidden characters. It is never empty.
func FileName(words string) string {
	text := strings.ReplaceAll(norm.NFC.String(visible(words)), "%%", " ")
	text = strings.Join(strings.Fields(strings.Map(fileNameRune, text)), " ")
	text = trimName(text)
	for len(text) > maxMadeName {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	text = trimName(text)
	if text == "" {
		return "_"
	}
	if stem := deviceStem(text); isDevice(stem) {
		return stem + "_" + text[len(stem):]
	}
	return text
}

// visible drops what shows nothing by itself, an emoji's variation selector
// included: two names that look alike must not differ.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\uFE0F' || r == utf8.RuneError || isHidden(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func fileNameRune(r rune) rune {
	switch {
	case strings.ContainsRune(`/\|`, r):
		return '-'
	case isIllegal(r) || strings.ContainsRune("#^[]", r):
		return ' '
	}
	return r
}

// trimName drops what Windows drops at the end of a name and what hides a
// file at its beginning.
func trimName(name string) string {
	return strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
}

// Portable says why a slash-separated path could not be written below any
// vault on Windows, macOS and Linux alike, or would be hidden there. It gives
// nil where it could.
func Portable(name string) error {
	switch {
	case name == "":
		return errors.New("the path is empty")
	case !utf8.ValidString(name):
		return errors.New("the path is not valid UTF-8")
	case len(name) > maxPath:
		return fmt.Errorf("the path is longer than %d bytes", maxPath)
	}
	for component := range strings.SplitSeq(name, "/") {
		if err := portableComponent(component); err != nil {
			return err
		}
	}
	return nil
}

func portableComponent(name string) error {
	switch {
	case name == "":
		return errors.New("the path has an empty part")
	case strings.HasPrefix(name, "."):
		return fmt.Errorf("%q begins with a dot", name)
	case strings.TrimRight(name, ". ") != name:
		return fmt.Errorf("%q ends in a dot or a space", name)
	case len(name) > maxComponent:
		return fmt.Errorf("%q is longer than %d bytes", name, maxComponent)
	case isDevice(deviceStem(name)):
		return fmt.Errorf("%q is the name of a device on Windows", name)
	}
	if i := strings.IndexFunc(name, isIllegal); i >= 0 {
		r, _ := utf8.DecodeRuneInString(name[i:])
		return fmt.Errorf("%q holds %q, which Windows does not allow", name, r)
	}
	return nil
}

func isIllegal(r rune) bool {
	if r >= utf8.RuneSelf || isASCIIAlphanumeric(r) {
		return unicode.IsControl(r)
	}
	return unicode.IsControl(r) || strings.ContainsRune(`<>:"/\|?*`, r)
}

// longestDevice is for how many bytes a name may be a device's, however it is
// written.
const longestDevice = 8

// deviceStem gives the part of a name that Windows compares with its devices:
// what stands before the first dot, without the spaces at its end.
func deviceStem(name string) string {
	stem, _, _ := strings.Cut(name, ".")
	return strings.TrimRight(stem, " ")
}

func isDevice(stem string) bool {
	if len(stem) > longestDevice {
		return false
	}
	switch upper := strings.ToUpper(stem); upper {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	default:
		port, isCOM := strings.CutPrefix(upper, "COM")
		if !isCOM {
			port, isCOM = strings.CutPrefix(upper, "LPT")
		}
		return isCOM && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
	}
}

// conflictNames match what a sync service calls the other version of a note
// that was changed in two places: Obsidian Sync; Dropbox, in English and in
// French, and Nextcloud; Syncthing; kDrive and ownCloud.
var conflictNames = regexp.MustCompile(`\(Conflicted copy .+ \d{12}\)$` +
	`|\((?:.+['’]s conflicted copy.*|conflicted copy (?:.+ )?\d{4}-\d{2}-\d{2}.*)\)$` +
	`|\([Cc]opie en conflit de .+ \d{4}-\d{2}-\d{2}.*\)$` +
	`|\.sync-conflict-\d{8}-\d{6}-[0-9A-Z]{7}$` +
	`|_conflict[-_]\d{8}[-_]\d{6}.*$`)

// IsConflictCopy tells by its name whether a file is the other version, which
// a sync service has laid beside a file that was changed in two places. Open
// keeps notes of such a name out of the vault's notes.
func IsConflictCopy(name string) bool {
	return strings.Contains(name, "onfli") && // all of them hold it, and hardly any other name
		conflictNames.MatchString(strings.TrimSuffix(name, path.Ext(name)))
}

func conflictCopy(name string) Problem {
	return Problem{
		Path: name, Severity: Warning, Code: "conflict_copy",
		Message: "a sync service's conflict copy is not read",
		Hint:    "carry over what is missing to the note itself, then delete the copy",
	}
}

// suspectedCopies warns of notes that are named after a sibling and have the
// very same head. They are read all the same, since a person may have made
// them so.
func (v *Vault) suspectedCopies() []Problem {
	var problems []Problem
	again := v.headsAgain()
	for _, n := range v.notes {
		if !again(n) {
			continue
		}
		if sibling := v.original(n); sibling != nil {
			problems = append(problems, Problem{
				Path: n.path, Line: 1, Severity: Warning, Code: "conflict_copy_suspected",
				Message: fmt.Sprintf("has the same properties as %q: it may be a sync service's copy", sibling.path),
				Hint:    "delete the copy, or give it properties of its own",
			})
		}
	}
	return problems
}

// headsAgain tells of notes whose head another note may have as well: hardly
// any, so that nobody looks for the siblings of all. It goes by hashes.
func (v *Vault) headsAgain() func(*Note) bool {
	seed := maphash.MakeSeed()
	times := make(map[uint64]int, len(v.notes))
	for _, n := range v.notes {
		if len(n.head.text) > 0 {
			times[maphash.Bytes(seed, n.head.text)]++
		}
	}
	return func(n *Note) bool { return times[maphash.Bytes(seed, n.head.text)] > 1 }
}

// original gives the note of which another may be the copy, nil if there is
// none: "Note" for "Note 2" and "Note (1)", and for "Note-OFFICE-PC", as
// OneDrive names the version of the computer OFFICE-PC.
func (v *Vault) original(n *Note) *Note {
	ext := path.Ext(n.path)
	stem := strings.TrimSuffix(n.path, ext)
	for i := strings.LastIndexByte(stem, '/') + 2; i < len(stem)-1; i++ {
		if !beginsCopy(stem, i) {
			continue
		}
		sibling, found := v.Note(stem[:i] + ext)
		if found && string(n.head.text) == string(sibling.head.text) {
			return sibling
		}
	}
	return nil
}

// beginsCopy tells whether what stands in a name from an offset on may be what
// a service has put behind it.
func beginsCopy(stem string, i int) bool {
	switch next := rune(stem[i+1]); stem[i] {
	case '-':
		return stem[i-1] != ' ' && (next >= utf8.RuneSelf || unicode.IsLetter(next))
	case ' ':
		return (next == '(' || unicode.IsDigit(next)) && stem[i-1] != ' ' && isNumber(stem[i+1:])
	}
	return false
}

// isNumber tells of what iCloud and Google Drive put behind the name of a copy,
// and whatever else a person may number: "2" and "(1)".
func isNumber(s string) bool {
	if inner, ok := strings.CutPrefix(s, "("); ok {
		if s, ok = strings.CutSuffix(inner, ")"); !ok {
			return false
		}
	}
	return s != "" && strings.Trim(s, "0123456789") == ""
}
