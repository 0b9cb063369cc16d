package interview

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// Words are what an interview says beside the questions, by their key in the catalogue.
type Words map[string]string

// keys are those of the words: of the file itself under "", and of each part of it.
func keys() map[string][]string {
	return map[string][]string{
		"": {"respondent", "respondent_help", "date", "date_help", "remarks", "remarks_help", "remark", "remark_help", "progress", "current", "noted",
			"dont_know", "one", "several"},
		"lines":    {"intro", "one", "several", "free", "commands", "answer"},
		"keys":     {"one", "several", "free", "moves", "remark"},
		"mistakes": {"first", "date", "date_needed", "name", "number", "number_least", "number_most", "choice", "one", "exclusive", "nothing", "unasked"},
	}
}

// LoadWords reads the words of a language, such as "fr". With any problem they are not fit for use.
func LoadWords(fsys fs.FS, lang string) (Words, []vault.Problem) {
	name := path.Join(lang, "interview.yaml")
	root, problems := questionnaire.ReadFile(fsys, name)
	if problems != nil {
		return nil, problems
	}
	var sink strictyaml.Sink
	words, keys := Words{}, keys()
	whole := strictyaml.Open(root, &sink)
	for _, key := range keys[""] {
		words[key] = whole.String(key)
	}
	for _, part := range []string{"lines", "keys", "mistakes"} {
		section := strictyaml.Open(whole.Node(part), &sink)
		for _, key := range keys[part] {
			words[part+"."+key] = section.String(key)
		}
		section.Close()
	}
	whole.Close()
	return words, questionnaire.InFile(name, sink.Problems())
}

// say gives the words of a key with its placeholders filled in: pairs of a name and a value.
func (w Words) say(key string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(w[key])
}

// Mistake is an input that cannot be taken, in the words of the catalogue: the question is asked again.
type Mistake struct{ words string }

func (m *Mistake) Error() string { return m.words }

func (w Words) mistake(key string, pairs ...string) error {
	return &Mistake{w.say("mistakes."+key, pairs...)}
}

// progress says how far the interview is.
func (w Words) progress(s Step) string {
	return w.say("progress", "n", strconv.Itoa(s.Number), "total", strconv.Itoa(s.Total))
}
