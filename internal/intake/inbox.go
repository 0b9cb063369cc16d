package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Record is a submission as the inbox keeps it, a line of JSON each: exactly what was received, and what was decided
// about it, so that its note can be made again.
type Record struct {
	ID            string `json:"id,omitempty"`  // empty where it could not be told
	Sum           string `json:"sum,omitempty"` // of what was answered, or of the bytes where that could not be told
	Questionnaire string `json:"questionnaire,omitempty"`
	Client        string `json:"client,omitempty"`
	Date          string `json:"date,omitempty"`
	Spam          bool   `json:"spam,omitempty"`
	Kind          Kind   `json:"kind"`
	Note          string `json:"note,omitempty"` // the path of the note that was made of it first
	File          string `json:"file,omitempty"`
	Line          int    `json:"line,omitempty"`
	Row           int    `json:"row,omitempty"`
	Form          string `json:"form,omitempty"`
	HeaderSum     string `json:"header,omitempty"` // the hash of the table's header, which stands on a line of its own
	Header        []byte `json:"-"`
	Raw           []byte `json:"-"` // of a header's own line, the header
}

// header is the kind of the lines that hold a table's header, once a file.
const header Kind = "header"

// line is a record as it is written: bytes that are UTF-8 as text, others in base 64.
type line struct {
	Record
	Text  string `json:"text,omitempty"`
	Bytes []byte `json:"base64,omitempty"`
}

// Record makes the inbox's record of a submission that was filed, or could not be.
func (f Filed) Record() Record {
	r := Record{ID: f.ID, Sum: f.Sum, Spam: f.Spam, Kind: f.Kind, File: f.File, Line: f.Line, Row: f.Row, Form: f.Form, Header: f.Header, Raw: f.Raw}
	if r.Sum == "" {
		r.Sum = f.BytesSum()
	}
	if len(f.Header) > 0 {
		r.HeaderSum = hash(string(f.Header))
	}
	if f.Sheet != nil {
		r.Questionnaire, r.Client, r.Date = f.Sheet.Questionnaire, f.Sheet.Client, f.Sheet.Date
	}
	return r
}

// BytesSum is the hash of a submission's bytes as received: what identifies one that could not be filed.
func (s *Submission) BytesSum() string { return hash(string(s.Header) + "\x00" + string(s.Raw)) }

// Key tells records of one submission from those of others, and a submission that was sent again with other answers
// from what it was.
func (r Record) Key() string { return r.ID + " " + r.Sum }

// HeaderRecord is the line that must stand before the record in its file, once.
func (r Record) HeaderRecord() Record { return Record{Sum: r.HeaderSum, Kind: header, Raw: r.Header} }

// IsHeader tells of a line that holds the header of records behind it.
func (r Record) IsHeader() bool { return r.Kind == header }

// Encode writes the record as a line.
func (r Record) Encode() ([]byte, error) {
	l := line{Record: r}
	if utf8.Valid(r.Raw) {
		l.Text = string(r.Raw)
	} else {
		l.Bytes = r.Raw
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(l)
	return b.Bytes(), err
}

// DecodeRecord reads a line of the inbox. The header that it names is for the caller to put in.
func DecodeRecord(data []byte) (Record, error) {
	var l line
	err := json.Unmarshal(data, &l)
	l.Raw = append([]byte(l.Text), l.Bytes...)
	return l.Record, err
}

// Again reads a record's submission once more: as it was decided then, or, where it could not be filed, as is known now.
func (in *Intake) Again(r Record) (Filed, []vault.Problem) {
	if r.ID == "" {
		o := in.options
		o.Client = first(o.Client, r.Client)
		return in.reread(r, o)
	}
	if in.set.Questionnaire(r.Questionnaire) == nil || r.Questionnaire == questionnaire.ClientID {
		return Filed{}, []vault.Problem{{Path: r.File, Line: r.Line, Severity: vault.Error, Code: "questionnaire_unknown",
			Message: "there is no questionnaire " + shown(r.Questionnaire) + " any more", Hint: "put it back into the catalogue"}}
	}
	return in.reread(r, Options{Questionnaire: r.Questionnaire, Client: r.Client, Date: r.Date})
}

// reread reads a record's submission by what is known beside it.
func (in *Intake) reread(r Record, o Options) (Filed, []vault.Problem) {
	again := &Intake{set: in.set, options: o, plans: in.plans, known: in.known, told: in.told}
	var out Filed
	found := errors.New("found")
	var problems []vault.Problem
	read := &input{in: again, name: r.File, form: r.Form, known: again.knows, take: func(s *Submission) error {
		var more []vault.Problem
		s.Line, s.Row = r.Line, r.Row
		out, more = again.File(s)
		problems = append(problems, more...)
		return found
	}}
	var err error
	if r.Kind == CSV {
		blank := r.Raw[:len(r.Raw)-len(bytes.TrimLeft(r.Raw, "\r\n"))]
		read.lines, read.rows = r.Line-1-bytes.Count(r.Header, []byte("\n"))-bytes.Count(blank, []byte("\n")), r.Row-1
	}
	switch data := io.MultiReader(bytes.NewReader(r.Header), bytes.NewReader(r.Raw)); r.Kind {
	case CSV:
		head, _ := read.tableHead(string(sampleText(r.Header)))
		err = read.table(data, head)
	case JSON:
		err = read.json(r.Raw)
	default:
		err = read.pasted(r.Raw)
	}
	if !errors.Is(err, found) || out.Submission != nil && len(out.Fields) == 0 {
		problems = append(problems, read.found...)
	}
	return out, problems
}
