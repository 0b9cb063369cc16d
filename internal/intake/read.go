package intake

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	sampleSize = 64 << 10 // by which the shape is told
	maxWhole   = 32 << 20 // of an input that is read at once: anything but a table
	maxRecord  = 1 << 20  // of one row
)

// input is one file that is being read.
type input struct {
	in      *Intake
	name    string
	form    string // the form's hash, as the file's name tells
	take    func(*Submission) error
	known   func(string) bool
	count   int
	skipped int // rows that could not be read
	lines   int // before what is read, where it is a part of what came
	rows    int // likewise
	found   []vault.Problem
}

func (r *input) add(line int, severity vault.Severity, code, message, hint string) {
	r.found = append(r.found, vault.Problem{Path: r.name, Line: max(line, 1), Column: 1, Severity: severity, Code: code, Message: message, Hint: hint})
}

// give hands a submission over.
func (r *input) give(s *Submission) error {
	r.count++
	s.File = r.name
	if s.Form == "" {
		s.Form = r.form
	}
	return r.take(s)
}

// formHash finds the form's hash in the names that Formspree gives its exports.
var formHash = pattern(`^(?:form-([A-Za-z0-9]+)-submissions-|formspree_submissions_([A-Za-z0-9]+)_)`)

// Read takes a file and hands its submissions over one by one, in their order. The submission is the receiver's; an
// error of his ends the reading and is given back. Problems are those of the file and of rows that are none: what is
// wrong with an answer is told by [Intake.File].
func (in *Intake) Read(name string, from io.Reader, take func(*Submission) error) ([]vault.Problem, error) {
	r := &input{in: in, name: name, take: take, known: in.knows}
	if m := formHash().FindStringSubmatch(path.Base(strings.ReplaceAll(name, `\`, "/"))); m != nil {
		r.form = m[1] + m[2]
	}
	err := r.read(from)
	if err == nil && r.count == 0 && len(r.found) == 0 {
		r.add(1, vault.Error, "input_empty", "there is no submission in it", "give a form's export, a webhook's payload or a mail")
	}
	return r.found, err
}

func (r *input) read(from io.Reader) error {
	plain, err := r.decoded(from)
	if err != nil {
		r.unreadable(err)
		return nil
	}
	buffered := bufio.NewReaderSize(plain, sampleSize)
	sample, err := buffered.Peek(sampleSize)
	if err != nil && err != io.EOF {
		r.unreadable(err)
		return nil
	}
	start := bytes.TrimLeft(sample, " \t\r\n")
	switch {
	case bytes.HasPrefix(sample, []byte("PK\x03\x04")):
		r.add(1, vault.Error, "shape_unknown", "it is a spreadsheet or an archive", "open it, save the table as CSV (UTF-8), and give that file")
		return nil
	case len(start) == 0:
		return nil
	case r.in.options.Paste:
		return r.whole(buffered, r.pasted)
	case start[0] == '{' || start[0] == '[':
		return r.whole(buffered, r.json)
	}
	text := string(sampleText(sample))
	if head, known := r.tableHead(text); known > 0 && known >= r.lineNames(text) {
		return r.table(buffered, head)
	}
	if r.lineNames(text) > 0 {
		return r.whole(buffered, r.pasted)
	}
	if head, _ := r.tableHead(text); head.columns > 1 && r.in.options.Questionnaire != "" {
		return r.table(buffered, head)
	}
	r.add(1, vault.Error, "shape_unknown", "it is no table, no JSON and no mail whose fields any questionnaire knows",
		"name the questionnaire with --questionnaire, or take it as lines \"field: value\" with --paste")
	return nil
}

// decoded strips a byte order mark and turns UTF-16 into UTF-8.
func (r *input) decoded(from io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(from)
	mark, err := buffered.Peek(3)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, err := buffered.Discard(3)
		return buffered, err
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return transform.NewReader(buffered, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	}
	return buffered, nil
}

func (r *input) unreadable(err error) {
	r.add(1, vault.Error, "input_unreadable", "cannot be read: "+err.Error(), "")
}

// whole reads an input that is understood only as a whole.
func (r *input) whole(from io.Reader, read func([]byte) error) error {
	data, err := io.ReadAll(io.LimitReader(from, maxWhole+1))
	if err != nil {
		r.unreadable(err)
		return nil
	}
	if len(data) > maxWhole {
		r.add(1, vault.Error, "input_too_large", fmt.Sprintf("is larger than %d MiB", maxWhole>>20), "export it as CSV, which may be of any size, or split it")
		return nil
	}
	return read(data)
}

// text gives bytes as UTF-8. What is none is taken for Windows-1252, as older spreadsheets write it, and told once.
func (r *input) text(data []byte, line int) []byte {
	if utf8.Valid(data) {
		return data
	}
	if r.in.once(r.name, "encoding") {
		r.add(line, vault.Warning, "encoding_assumed", "is not UTF-8 from here: it is read as Windows-1252", "export it as UTF-8 where letters look wrong")
	}
	return windows1252(data)
}

// sampleText gives a sample as UTF-8, whatever it is. It may end within a character.
func sampleText(data []byte) []byte {
	whole := data
	for cut := 0; cut < utf8.UTFMax && len(whole) > 0; cut++ {
		if utf8.Valid(whole) {
			return whole
		}
		whole = whole[:len(whole)-1]
	}
	return windows1252(data)
}

func windows1252(data []byte) []byte {
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return text
}

// lineNames counts the lines of a text that begin with the name of a field.
func (r *input) lineNames(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if name, _, ok := r.named(strings.TrimRight(line, "\r\n")); ok && r.known(name) {
			n++
		}
	}
	return n
}

// fold is the form in which names are compared.
func fold(name string) string { return questionnaire.Fold(name) }
