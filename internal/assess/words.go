package assess

import (
	"maps"
	"path"
	"slices"
	"sync/atomic"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// unknownWords is the key of a control's sentence where nobody knows its level.
const unknownWords = "unknown"

// screenWords is the entry of the words that belong to no id of the model.
const screenWords = "\x00screens"

// Mood is how the findings of a theme stand, as its conclusion says it.
type Mood string

// The moods, from the worst: a gap among the findings, a watch, something to verify, nothing but strengths.
const (
	MoodGap      Mood = "gap"
	MoodWatch    Mood = "watch"
	MoodVerify   Mood = "to_verify"
	MoodStrength Mood = "strength"
)

// entry is the words of one id.
type entry struct {
	label       string
	briefs      map[string]*phrase // a control's levels in a few words, for tables; optional
	levels      map[string]*phrase
	conclusions map[string]*phrase
	title       *phrase
	brief       *phrase // of a risk; optional
	text        *phrase
	objective   *phrase
	question    *phrase
	steps       []*phrase
	fixedSteps  atomic.Pointer[[]Sentence] // what steps that quote no answer say, once they have been said
}

// saySteps says an action's steps. Those of most actions quote no answer, and are said once for all clients.
func (e *entry) saySteps(s *speaker) ([]Sentence, error) {
	if said := e.fixedSteps.Load(); said != nil {
		return *said, nil
	}
	out := make([]Sentence, 0, len(e.steps))
	quoting := false
	for _, p := range e.steps {
		step, err := p.say(s)
		if err != nil {
			return out, err
		}
		quoting = quoting || p != nil && p.template != nil
		out = append(out, step)
	}
	if !quoting {
		out = slices.Clip(out)
		e.fixedSteps.Store(&out)
	}
	return out, nil
}

// kind is what an id of the model names; it decides which words the id must have.
type kind string

const (
	kindControl       kind = "control"
	kindTheme         kind = "theme"
	kindRisk          kind = "risk"
	kindOpportunity   kind = "opportunity"
	kindAction        kind = "action"
	kindContradiction kind = "contradiction"
	kindReference     kind = "reference"
	kindFramework     kind = "framework"
	kindClass         kind = "class"
	kindChannel       kind = "channel"
)

// loadWords reads a domain's words. Every id of the domain's file must be there, and nothing else.
func (l *loader) loadWords(domain string, ids map[string]kind) {
	f := l.open(path.Join(l.lang, domain+".yaml"))
	if f == nil || ids == nil { // ids is nil where the domain's own file is lost
		return
	}
	root := strictyaml.Open(f.root, &f.sink)
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		node := root.Node(id)
		if node == nil {
			f.add(f.root, "words_missing", "the %s %s has no words", ids[id], id).Hint = "write an entry " + id + ": in this file"
			continue
		}
		l.model.words[id] = l.readEntry(f, node, ids[id], id)
	}
	root.Close()
}

func (l *loader) readEntry(f *file, n *strictyaml.Node, k kind, id string) *entry {
	fields := strictyaml.Open(n, &f.sink)
	e := &entry{}
	switch k {
	case kindControl:
		e.label = fields.String("label")
		e.levels, e.briefs = l.phrases(f, fields, "levels"), l.phrases(f, fields, "brief")
		l.checkLevels(f, n, l.model.Control(id), e)
	case kindTheme:
		e.label = fields.String("title")
		e.conclusions = l.phrases(f, fields, "conclusions")
		l.checkMoods(f, n, id, e.conclusions)
	case kindRisk:
		e.title, e.text = l.required(f, fields, "title"), l.required(f, fields, "text")
		if fields.OptString("brief") != "" {
			e.brief = l.compile(f, fields.Node("brief"))
		}
	case kindOpportunity:
		e.text = l.required(f, fields, "text")
		if fields.OptString("title") != "" {
			e.title = l.compile(f, fields.Node("title"))
		}
	case kindAction:
		e.title, e.objective = l.required(f, fields, "title"), l.required(f, fields, "objective")
		for _, item := range fields.List("steps") {
			e.steps = append(e.steps, l.compile(f, item))
		}
	case kindContradiction:
		e.question = l.required(f, fields, "question")
	}
	fields.Close()
	return e
}

// Moods lists the moods from the worst to the best.
func Moods() []Mood { return []Mood{MoodGap, MoodWatch, MoodVerify, MoodStrength} }

// checkMoods wants a conclusion for every mood of a theme, and no other.
func (l *loader) checkMoods(f *file, n *strictyaml.Node, id string, conclusions map[string]*phrase) {
	for _, mood := range Moods() {
		if _, ok := conclusions[string(mood)]; !ok {
			f.add(n, "words_missing", "the theme %s has no conclusion %q", id, mood).Hint = "add it under conclusions:"
		}
	}
	for _, key := range slices.Sorted(maps.Keys(conclusions)) {
		if !slices.Contains(Moods(), Mood(key)) {
			f.add(n, "words_unused", "the theme %s has a conclusion %q, which is no mood", id, key)
		}
	}
}

// checkLevels wants a sentence for every level that a control can reach, and one for when nobody knows.
func (l *loader) checkLevels(f *file, n *strictyaml.Node, c *Control, e *entry) {
	if c.Table == nil && len(c.Rows) == 0 {
		return // the control has been refused for that
	}
	var want []string // in order
	for _, level := range c.levels() {
		want = append(want, levelKey(level))
	}
	want = append(want, unknownWords)
	for _, key := range want {
		if _, ok := e.levels[key]; !ok {
			f.add(n, "words_missing", "the control %s has no sentence for %q", c.ID, key).Hint = "add " + key + ": under levels:"
		}
	}
	for _, words := range []map[string]*phrase{e.levels, e.briefs} {
		for _, key := range slices.Sorted(maps.Keys(words)) {
			if !slices.Contains(want, key) {
				f.add(n, "words_unused", "the control %s never reaches %q, which has a sentence", c.ID, key).Hint = "take the sentence away, or let the control reach the level"
			}
		}
	}
}

// levels lists the levels that a control's table or rows name, from 0 up.
func (c *Control) levels() []int {
	var named [MaxLevel + 1]bool
	if c.Table != nil {
		for _, level := range c.Table.Levels {
			named[level] = true
		}
	}
	for _, r := range c.Rows {
		if !r.NotApplicable {
			named[r.Level] = true
		}
	}
	var levels []int
	for level, is := range named {
		if is {
			levels = append(levels, level)
		}
	}
	return levels
}

func (l *loader) phrases(f *file, fields *strictyaml.Fields, key string) map[string]*phrase {
	out := map[string]*phrase{}
	for _, e := range fields.Map(key) {
		out[e.Key.Value] = l.compile(f, e.Value)
	}
	return out
}

func (l *loader) required(f *file, fields *strictyaml.Fields, key string) *phrase {
	if fields.String(key) == "" {
		return nil
	}
	return l.compile(f, fields.Node(key))
}

// compile reads a sentence and tries it, on answers that say nothing and on answers that say something, so that no
// practice's answers can break it. Of a shipped one the tests have done so, and it is read when it is said.
func (l *loader) compile(f *file, n *strictyaml.Node) *phrase {
	if n == nil || n.Kind != strictyaml.Scalar || n.Value == "" {
		f.add(n, "words_missing", "a sentence is missing")
		return nil
	}
	p := l.sentences.newPhrase(n.Value, Place{f.name, n.Line})
	if p.template == nil || l.vouched {
		return p
	}
	if _, err := p.template.forms(); err != nil {
		f.add(n, "words_template", "the sentence is no template: %v", err).Hint = "every {{ needs its }}, every {{if …}} its {{end}}"
		return nil
	}
	refs, err := p.quotes()
	if err != nil {
		f.add(n, "words_template", "%v", err)
		return nil
	}
	for _, ref := range refs {
		if !l.checkQuote(f, n, ref) {
			return p
		}
		l.read[ref] = true
	}
	for _, t := range l.trials {
		if err := p.try(t.speaker); err != nil {
			f.add(n, "words_template", "the sentence fails where %s: %v", t.name, err)
			break
		}
	}
	return p
}

// checkQuote refuses a quoted question that does not exist, or whose answer is a respondent's own text.
func (l *loader) checkQuote(f *file, n *strictyaml.Node, ref questionnaire.Ref) bool {
	if ref.Questionnaire == periodWords {
		return l.checkPeriodQuote(f, n, ref)
	}
	q := l.model.Set.Question(ref)
	if q == nil {
		f.add(n, "question_unknown", "the sentence quotes %s, which is no question", ref).Hint = l.nearQuestion(ref)
		return false
	}
	if q.Type == questionnaire.Text || q.Personal && q.Type != questionnaire.Named {
		f.add(n, "words_quote", "the sentence quotes %s, a respondent's own text", ref).Hint = "quote a choice, a number, a date or a name"
		return false
	}
	return true
}
