package assess

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

const modelFile = "model/model.yaml"

// Load reads the model of a catalogue, its questionnaires and its words in a language, such as "fr". It gives every
// problem of every file at once; with any, the model is nil.
func Load(fsys fs.FS, lang string) (*Model, []vault.Problem) {
	return newLoader(fsys, lang).result()
}

func newLoader(fsys fs.FS, lang string) *loader {
	const ids = 400 // about as many as the shipped model has
	m := &Model{words: make(map[string]*entry, ids), places: make(map[string]Place, ids)}
	return &loader{fsys: once{fsys, map[string][]byte{}}, lang: lang, model: m, kinds: make(map[string]kind, ids), origins: make(map[string]place, ids),
		read: map[questionnaire.Ref]bool{}, sentences: newSentences(m), vouched: questionnaire.Vouched(fsys, ".")}
}

// result reads every file; with any problem the model is nil.
func (l *loader) result() (*Model, []vault.Problem) {
	l.load()
	for _, f := range l.files {
		l.problems = append(l.problems, questionnaire.InFile(f.name, f.sink.Problems())...)
	}
	if len(l.problems) > 0 {
		vault.SortProblems(l.problems)
		return nil, l.problems
	}
	return l.model, nil
}

// loader reads a model file by file and keeps what the checks over several files need.
type loader struct {
	fsys       fs.FS
	lang       string
	model      *Model
	files      []*file
	problems   []vault.Problem
	kinds      map[string]kind  // every id of the model
	claimed    []string         // them, each once, in the order read
	origins    map[string]place // where each of them is given
	places     []place          // what is checked once everything is read
	read       map[questionnaire.Ref]bool
	trials     []trial // what every sentence is tried on
	sentences  *sentences
	vouched    bool // all of it came with the program, whose tests have tried what takes trying
	incomplete bool // something that others refer to could not be read
}

// once is a catalogue of which each file is read once, so that what is summed is what was read.
type once struct {
	fs.FS
	read map[string][]byte
}

// ReadFile makes it an [fs.ReadFileFS]. Nobody may change the bytes.
func (o once) ReadFile(name string) ([]byte, error) {
	if data, ok := o.read[name]; ok {
		return data, nil
	}
	data, err := fs.ReadFile(o.FS, name)
	if err == nil {
		o.read[name] = data
	}
	return data, err
}

// Shipped tells what of it came with the program.
func (o once) Shipped(name string) bool { return questionnaire.Vouched(o.FS, name) }

// trial is a state of the answers that sentences must stand.
type trial struct {
	name    string
	speaker *speaker
}

// place is a node with its file, and the check that it waits for.
type place struct {
	file  *file
	node  *strictyaml.Node
	check func(f *file, n *strictyaml.Node)
}

// later puts off a check until every file is read.
func (l *loader) later(f *file, n *strictyaml.Node, check func(*file, *strictyaml.Node)) {
	l.places = append(l.places, place{f, n, check})
}

// file is one file of the catalogue with the problems found in it.
type file struct {
	name string
	root *strictyaml.Node
	sink strictyaml.Sink
}

func (f *file) add(n *strictyaml.Node, code, format string, args ...any) *strictyaml.Problem {
	return f.sink.Add(n, code, format, args...)
}

// open reads a file; nil when it cannot be read, which is a problem already.
func (l *loader) open(name string) *file {
	root, problems := questionnaire.ReadFile(l.fsys, name)
	if problems != nil {
		l.problems = append(l.problems, problems...)
		l.incomplete = true
		return nil
	}
	f := &file{name: name, root: root}
	l.files = append(l.files, f)
	return f
}

func (l *loader) load() {
	f := l.open(modelFile)
	if f == nil {
		return
	}
	fields := strictyaml.Open(f.root, &f.sink)
	l.model.Version = fields.String("version")
	forms, domains := l.fileNames(f, fields, "questionnaires"), l.fileNames(f, fields, "domains")
	if len(forms) == 0 {
		f.add(f.root, "questionnaires_missing", "the model names no questionnaire")
	}
	set, problems := questionnaire.Load(l.fsys, forms, l.lang)
	l.problems = append(l.problems, problems...)
	l.model.Set = set
	l.loadScreens()
	l.loadPeriods()
	if !l.vouched {
		l.trials = []trial{{"nothing is answered", l.model.speaker(silence{})}, {"everything is answered", l.model.speaker(newSample(set))}}
	}
	client := fields.Node("client")
	fields.Close()
	if len(set.Questionnaires) < len(forms) {
		return // the rest names questions: without them every problem would be reported twice
	}
	l.client(f, client)
	l.loadReferences()
	l.loadFrameworks()
	l.loadChannels()
	words := map[string]map[string]kind{}
	for _, domain := range domains {
		words[domain] = l.loadDomain(domain)
	}
	for _, domain := range domains {
		l.loadWords(domain, words[domain])
	}
	if l.incomplete {
		return // what refers to the lost file would be reported with it
	}
	for _, p := range l.places {
		p.check(p.file, p.node)
	}
	if !l.vouched {
		l.lint()
	}
	l.sum(domains)
	l.model.remember()
}

// fileNames reads a list of model.yaml: ids that are names of files too, each once.
func (l *loader) fileNames(f *file, fields *strictyaml.Fields, key string) []string {
	var names []string
	for _, n := range fields.List(key) {
		name := strictyaml.Text(n, &f.sink)
		switch {
		case name == "":
		case !questionnaire.IsID(name):
			f.add(n, "id_invalid", "the id %q holds something else than letters without accents, digits and _", name)
			l.incomplete = true
		case slices.Contains(names, name):
			f.add(n, "id_twice", "%q stands twice", name)
		default:
			names = append(names, name)
		}
	}
	return names
}

// loadScreens reads the words of the screens that sentences need.
func (l *loader) loadScreens() {
	l.model.words[screenWords] = &entry{}
	name := path.Join(l.lang, "screens.yaml")
	root, problems := questionnaire.ReadFile(l.fsys, name)
	if problems != nil {
		l.incomplete = true // the questionnaires' loader has reported it
		return
	}
	f := &file{name: name, root: root}
	l.files = append(l.files, f)
	section := strictyaml.Open(strictyaml.Open(root, &f.sink).Node("sentences"), &f.sink)
	l.model.words[screenWords].label = section.String("and")
	section.Close()
}

// client reads where a client's property is answered when his note is silent.
func (l *loader) client(f *file, node *strictyaml.Node) {
	if node == nil {
		return
	}
	section := strictyaml.Open(node, &f.sink)
	if country := section.OptString("country"); country != "" {
		l.model.Country = l.ref(f, section.Node("country"))
		l.read[l.model.Country] = true
		l.checkCountry(f, section.Node("country"))
	}
	section.Close()
}

// checkCountry wants the question that stands in for the client's country to offer countries, and one at a time.
func (l *loader) checkCountry(f *file, n *strictyaml.Node) {
	q := l.model.Set.Question(l.model.Country)
	if q == nil {
		return
	}
	countries := l.model.Set.Question(questionnaire.Ref{Questionnaire: questionnaire.ClientID, Question: "country"}).OptionIDs()
	foreign := slices.ContainsFunc(q.OptionIDs(), func(id string) bool {
		return id != questionnaire.DontKnow && !slices.Contains(countries, id)
	})
	if q.Type != questionnaire.Single || foreign {
		f.add(n, "question_not_country", "%s is no single choice among %s", l.model.Country, strings.Join(countries, ", "))
	}
}

// ref reads a reference to a question that must exist.
func (l *loader) ref(f *file, n *strictyaml.Node) questionnaire.Ref {
	ref, ok := questionnaire.ParseRef(n.Value)
	if !ok {
		f.add(n, "question_unknown", "%q is not a questionnaire, a point and a question", n.Value)
		return questionnaire.Ref{}
	}
	if l.model.Set.Question(ref) == nil {
		f.add(n, "question_unknown", "there is no question %s", ref).Hint = l.nearQuestion(ref)
		return questionnaire.Ref{}
	}
	return ref
}

func (l *loader) nearQuestion(ref questionnaire.Ref) string {
	var known []string
	for _, r := range l.model.Set.Refs() {
		known = append(known, r.String())
	}
	return near(ref.String(), known)
}

// near is the hint for a misspelt word.
func near(word string, known []string) string {
	if n := strictyaml.Nearest(word, known); n != "" {
		return "did you mean " + n + "?"
	}
	return ""
}

// isLowerID reports whether an id consists of lower-case letters, digits and _.
func isLowerID(id string) bool { return questionnaire.IsID(id) && strings.ToLower(id) == id }

// claim reads the id of a control, risk, opportunity, action, contradiction, theme, reference, framework, channel or
// class of channels, which are unique across all of them.
func (l *loader) claim(f *file, fields *strictyaml.Fields, k kind) string {
	id := fields.String("id")
	n := fields.Node("id")
	switch {
	case id == "":
		return ""
	case !isLowerID(id):
		f.add(n, "id_invalid", "the id %q holds something else than lower-case letters, digits and _", id)
	case strings.HasPrefix(id, "act_") != (k == kindAction):
		f.add(n, "id_invalid", "the id %q of this %s: the ids of actions, and no others, begin with act_", id, k)
	}
	if other, twice := l.kinds[id]; twice {
		f.add(n, "id_twice", "the id %q is taken by the %s of that name", id, other)
	} else {
		l.claimed = append(l.claimed, id)
	}
	l.kinds[id], l.origins[id] = k, place{file: f, node: n}
	l.model.places[id] = Place{f.name, n.Line}
	return id
}

// ids reads a list of ids that name something of one kind.
func (l *loader) ids(f *file, fields *strictyaml.Fields, key string, k kind) []string {
	var ids []string
	for _, n := range fields.List(key) {
		if id := strictyaml.Text(n, &f.sink); id != "" {
			ids = append(ids, id)
			l.named(f, n, k)
		}
	}
	return ids
}

// named checks, once everything is read, that an id names something of the right kind.
func (l *loader) named(f *file, n *strictyaml.Node, k kind) {
	l.later(f, n, func(f *file, n *strictyaml.Node) {
		if l.kinds[n.Value] == k {
			return
		}
		var known []string
		for id, other := range l.kinds {
			if other == k {
				known = append(known, id)
			}
		}
		slices.Sort(known)
		f.add(n, "id_unknown", "there is no %s %q", k, n.Value).Hint = near(n.Value, known)
	})
}

func (l *loader) loadReferences() {
	f := l.open("references.yaml")
	if f == nil {
		return
	}
	root := strictyaml.Open(f.root, &f.sink)
	for _, n := range root.List("references") {
		fields := strictyaml.Open(n, &f.sink)
		r := Reference{ID: l.claim(f, fields, kindReference), Title: fields.String("title"), Jurisdiction: fields.String("jurisdiction"),
			Kind: fields.String("kind"), Version: fields.OptString("version"), CheckedOn: fields.String("checked_on"), Address: fields.String("address")}
		l.among(f, fields.Node("jurisdiction"), Jurisdictions()...)
		l.among(f, fields.Node("kind"), ReferenceKinds()...)
		l.day(f, fields.Node("checked_on"))
		fields.Close()
		l.model.References = append(l.model.References, r)
	}
	root.Close()
}

// among refuses a value that is none of the words.
func (l *loader) among(f *file, n *strictyaml.Node, words ...string) {
	if n != nil && n.Value != "" && !slices.Contains(words, n.Value) {
		p := f.add(n, "value_unknown", "%q is none of %s", n.Value, strings.Join(words, ", "))
		p.Hint = near(n.Value, words)
	}
}

// sum computes the hashes by which a note says which model and which words it was made with.
func (l *loader) sum(domains []string) {
	model := []string{modelFile, "references.yaml"}
	words := []string{path.Join(l.lang, "screens.yaml")}
	if l.model.Periods != nil {
		model = append(model, PeriodsFile)
	}
	if l.model.Frameworks != nil {
		model = append(model, FrameworksFile)
	}
	if l.model.Channels != nil {
		model = append(model, ChannelsFile)
	}
	for _, q := range l.model.Set.Questionnaires {
		model = append(model, path.Join("questionnaires", q.ID+".yaml"))
	}
	for _, d := range domains {
		model = append(model, path.Join("model", d+".yaml"))
		words = append(words, path.Join(l.lang, d+".yaml"))
	}
	l.model.Hash, l.model.WordsHash = l.hash(model), l.hash(words)
}

// hash is the SHA-256 over files, each as its name, its length and its bytes, by name.
func (l *loader) hash(names []string) string {
	slices.SortFunc(names, cmp.Compare[string])
	sum := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.problems = append(l.problems, vault.Problem{Path: name, Severity: vault.Error, Code: "file_unreadable", Message: err.Error()})
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
