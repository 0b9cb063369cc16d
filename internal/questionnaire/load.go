package questionnaire

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// Catalogue files are bounded so that a damaged one is refused before it costs anything.
var fileLimits = strictyaml.Limits{Bytes: 1 << 20, Keys: 20_000, Depth: 20}

// IsID reports whether an id consists of letters without accents, digits and _.
func IsID(id string) bool {
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_':
		default:
			return false
		}
	}
	return id != ""
}

// Vouched reports whether a file of a catalogue came with the program, whose tests have read it; "." stands for them
// all.
func Vouched(fsys fs.FS, name string) bool {
	content, ok := fsys.(interface{ Shipped(name string) bool })
	return ok && content.Shipped(name)
}

// ReadFile reads one YAML file of a catalogue strictly. It gives nil and the problems when the file is missing or is
// not a document.
func ReadFile(fsys fs.FS, name string) (*strictyaml.Node, []vault.Problem) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, []vault.Problem{{Path: name, Severity: vault.Error, Code: "file_unreadable",
			Message: "the catalogue's file cannot be read: " + cause(err), Hint: "add the file to the catalogue, or take away what names it"}}
	}
	node, err := strictyaml.Parse(data, 1, fileLimits)
	var found strictyaml.Problems
	if errors.As(err, &found) {
		return nil, InFile(name, found)
	}
	return node, nil
}

// cause is an error's message without the path that the problem already names.
func cause(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

// InFile gives problems of a document the name of their file.
func InFile(name string, found strictyaml.Problems) []vault.Problem {
	out := make([]vault.Problem, len(found))
	for i, p := range found {
		out[i] = vault.Problem{Path: name, Line: p.Line, Column: p.Column, Severity: vault.Error,
			Code: p.Code, Message: p.Message, Hint: p.Hint}
	}
	return out
}

// Load reads the questionnaires of those ids and the words of their notes. lang is the catalogue's folder of words,
// such as "fr". Every problem of every file is given at once; with any, the set is not fit for use.
func Load(fsys fs.FS, ids []string, lang string) (*Set, []vault.Problem) {
	set := &Set{client: clientQuestionnaire()}
	var problems []vault.Problem
	for _, id := range ids {
		q, found := loadOne(fsys, id)
		problems = append(problems, found...)
		if q != nil {
			set.Questionnaires = append(set.Questionnaires, q)
		}
	}
	words, found := loadWords(fsys, lang, set.client)
	set.Words = words
	return set, append(problems, found...)
}

// loadWords reads the words of the notes, and how the client is asked for what his note does not say.
func loadWords(fsys fs.FS, lang string, client *Questionnaire) (Words, []vault.Problem) {
	name := path.Join(lang, "screens.yaml")
	root, problems := ReadFile(fsys, name)
	if problems != nil {
		return Words{}, problems
	}
	var sink strictyaml.Sink
	section := strictyaml.Open(root, &sink).Node("questionnaire")
	f := strictyaml.Open(section, &sink)
	words := Words{DontKnow: f.String("dont_know"), Several: f.String("several"), Remarks: f.String("remarks")}
	labels := strictyaml.Open(f.Node("client"), &sink)
	for i := range client.Questions {
		client.Questions[i].Label = labels.String(client.Questions[i].ID)
	}
	labels.Close()
	f.Close()
	return words, InFile(name, sink.Problems())
}

func loadOne(fsys fs.FS, id string) (*Questionnaire, []vault.Problem) {
	name := path.Join("questionnaires", id+".yaml")
	root, problems := ReadFile(fsys, name)
	if problems != nil {
		return nil, problems
	}
	var sink strictyaml.Sink
	f := strictyaml.Open(root, &sink)
	q := &Questionnaire{ID: readID(f, &sink), Title: f.String("title"), Emoji: f.String("emoji"),
		Note: f.OptString("note"), Optional: f.Bool("optional")}
	if q.Note == "" {
		q.Note = q.ID
	}
	checkHead(q, id, f, &sink)
	items := f.List("questions")
	if len(items) == 0 {
		sink.Add(root, "questions_missing", "the questionnaire %q asks nothing", id)
	}
	for _, item := range items {
		q.Questions = append(q.Questions, readQuestion(item, &sink))
	}
	f.Close()
	if !Vouched(fsys, ".") {
		checkUnique(q, items, &sink)
	}
	return q, InFile(name, sink.Problems())
}

func checkHead(q *Questionnaire, id string, f *strictyaml.Fields, sink *strictyaml.Sink) {
	if q.ID != "" && q.ID != id {
		sink.Add(f.Node("id"), "id_not_file_name", "the questionnaire's id %q is not the file's name %q", q.ID, id)
	}
	if q.ID == ClientID {
		sink.Add(f.Node("id"), "id_reserved", "the id %q is the pseudo-questionnaire that a client's note answers", ClientID)
	}
	if q.Emoji != "" && utf8.RuneCountInString(q.Emoji) != 1 {
		sink.Add(f.Node("emoji"), "emoji_not_one", "the emoji %q is not one code point: it goes into file names", q.Emoji)
	}
}

// readID reads the required id of a mapping.
func readID(f *strictyaml.Fields, sink *strictyaml.Sink) string {
	id := f.String("id")
	if id != "" && !IsID(id) {
		sink.Add(f.Node("id"), "id_invalid", "the id %q holds something else than letters without accents, digits and _", id)
	}
	return id
}

func readQuestion(n *strictyaml.Node, sink *strictyaml.Sink) Question {
	f := strictyaml.Open(n, sink)
	q := Question{ID: readID(f, sink), Label: f.String("label"), Aliases: f.Strings("aliases"), Help: f.OptString("help"), Format: f.OptString("format"),
		Informative: f.Bool("informative"), Personal: f.Bool("personal"), Line: n.Line, Column: n.Column}
	q.Type = Type(oneOf(f, "type", sink, Single, Multi, Number, Date, Text, Named))
	if q.Type == Number {
		q.Min, q.Max = optInt(f, "min", -manyUnits, manyUnits), optInt(f, "max", -manyUnits, manyUnits)
	}
	items := f.List("options")
	if q.Type.Choice() && len(items) == 0 {
		sink.Add(n, "options_missing", "the choice question %q offers no option", q.ID)
	}
	if q.Type != "" && !q.Type.Choice() && len(items) > 0 {
		sink.Add(f.Node("options"), "options_unexpected", "the question %q of type %s takes no options", q.ID, q.Type)
	}
	for _, item := range items {
		q.Options = append(q.Options, readOption(item, sink))
	}
	f.Close()
	if strings.EqualFold(q.ID, RemarksBlock) {
		sink.Add(f.Node("id"), "id_reserved", "the id %q is the section of the questionnaire's remarks", q.ID)
	}
	return q
}

// The widest numbers that a catalogue may name.
const (
	manyUnits = 1_000_000_000
	manyYears = 1000
)

func optInt(f *strictyaml.Fields, key string, least, most int) *int {
	if n, ok := f.OptInt(key, least, most); ok {
		return &n
	}
	return nil
}

func readOption(n *strictyaml.Node, sink *strictyaml.Sink) Option {
	f := strictyaml.Open(n, sink)
	o := Option{ID: readID(f, sink), Label: f.String("label"), Inline: f.OptString("inline"),
		Aliases: f.Strings("aliases"), Exclusive: f.Bool("exclusive"), Years: optInt(f, "years", 0, manyYears)}
	o.Status = Status(oneOf(f, "status", sink, Bad, Caution, Good, Neutral))
	if o.Inline == "" {
		o.Inline = o.Label
	}
	o.Exclusive = o.Exclusive || o.ID == DontKnow
	f.Close()
	return o
}

// oneOf reads a required scalar that must be one of the words; empty when it is none.
func oneOf[T ~string](f *strictyaml.Fields, key string, sink *strictyaml.Sink, words ...T) string {
	value := f.String(key)
	known := make([]string, len(words))
	for i, w := range words {
		known[i] = string(w)
		if value == known[i] {
			return value
		}
	}
	if value != "" {
		p := sink.Add(f.Node(key), "value_unknown", "%q is no %s", value, key)
		if p.Hint = didYouMean(value, known); p.Hint == "" {
			p.Hint = "it is one of " + strings.Join(known, ", ")
		}
	}
	return ""
}

// didYouMean is the hint for a misspelt word, empty where nothing is near.
func didYouMean(word string, known []string) string {
	if near := strictyaml.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// checkUnique refuses ids that stand twice, and labels or aliases that could not be told apart when notes are read.
func checkUnique(q *Questionnaire, items []*strictyaml.Node, sink *strictyaml.Sink) {
	ids, labels := map[string]bool{}, map[string]string{}
	for i, question := range q.Questions {
		at := items[i]
		id := strings.ToLower(question.ID) // as block ids are compared
		if ids[id] {
			sink.Add(at, "id_twice", "the question %q stands twice", question.ID)
		}
		ids[id] = true
		for _, label := range question.headings() {
			key := Fold(label)
			if other, ok := labels[key]; ok && label != "" {
				sink.Add(at, "label_ambiguous", "a label of %q reads like one of %q", question.ID, other)
			}
			labels[key] = question.ID
		}
		checkOptions(question, at, sink)
	}
}

func checkOptions(q Question, at *strictyaml.Node, sink *strictyaml.Sink) {
	ids := map[string]bool{}
	words := map[string]string{}
	for _, o := range q.Options {
		if ids[o.ID] {
			sink.Add(at, "id_twice", "the option %q of %q stands twice", o.ID, q.ID)
		}
		ids[o.ID] = true
		for _, w := range append([]string{o.ID, o.Label}, o.Aliases...) {
			key := Fold(w)
			if key == "" {
				sink.Add(at, "label_empty", "the option %q of %q has a label or alias without letter or digit", o.ID, q.ID)
			} else if other, ok := words[key]; ok && other != o.ID {
				sink.Add(at, "label_ambiguous", "the words %q of the option %q of %q mean %q too", w, o.ID, q.ID, other)
			}
			words[key] = o.ID
		}
	}
}
