package assess_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// blunders are what no sentence may hold, whichever options are ticked: what a proofreader would mark.
var blunders = map[string]*regexp.Regexp{
	"contraction":         regexp.MustCompile(`(?i)(^|[\s(’])(de|à) (le|les) `),
	"elision":             regexp.MustCompile(`(?i)(^|[\s(])((de|le|la|que|ne|se|je|me) [aeéèêiouâîô]|si ils?\s)`),
	"two small words":     regexp.MustCompile(`(?i) (de des|de du|des de|du de|de un|à des les|au le|par par|et et|ou ou|et ou) `),
	"double space":        regexp.MustCompile(`  | \x{a0}|\x{a0} `),
	"doubled punctuation": regexp.MustCompile(`[:;,.!?][\s\x{a0}]*[:;,!?]|\.\.|\(\)|\( | \)|,[\s\x{a0}]*\.`),
	"plain space":         regexp.MustCompile(` [:;!?»%]|« `),
	"no space":            regexp.MustCompile(`[^\s\x{a0}][:;!?»%](\s|$)|«[^\x{a0}]`),
	"straight quotes":     regexp.MustCompile(`['"]`),
	"space too many":      regexp.MustCompile(`[\s\x{a0}][,.]`),
	"small beginning":     regexp.MustCompile(`^\p{Ll}`),
	"capital in a list":   regexp.MustCompile(`(,| et| ou| par| dans) (Un|Une|Le|La|Les|Des|Du|L’)\s`),
	"no value":            regexp.MustCompile(`<no value>|\[\]|%!|\{\{|\}\}|^$`),
	"a judgement":         regexp.MustCompile(`(?i)violation|infraction|illégal|non[- ]conform|interdit`),
	"plural of one":       regexp.MustCompile(`(^|[\s(])[01] \p{L}*[^ui]s[\s,.)]`),
	"list cut short":      regexp.MustCompile(`(^|\s)(par|pour|dans|avec|et|ou|de|à) ?([,;:)\x{a0}]|\.$|$)`),
}

// pronouns are what looks like an article after a preposition, and stands before an infinitive.
var pronouns = regexp.MustCompile(`^.?(de|à) (le|les) \p{L}+(er|ir|re)\b`)

// proofread tells what a proofreader would mark in a sentence.
func proofread(sentence string) []string {
	var marks []string
	for _, name := range slices.Sorted(maps.Keys(blunders)) {
		for _, at := range blunders[name].FindAllStringIndex(sentence, -1) {
			if !pronouns.MatchString(strings.TrimSpace(sentence[at[0]:])) {
				marks = append(marks, fmt.Sprintf("%s: %q", name, sentence[at[0]:at[1]]))
			}
		}
	}
	words := strings.FieldsFunc(sentence, func(r rune) bool { return r == ' ' })
	for i := range words[1:] {
		if words[i] == words[i+1] && words[i] != "–" {
			marks = append(marks, fmt.Sprintf("repeated: %q", words[i]))
		}
	}
	return marks
}

// Whatever is ticked, alone or together, reads as French that a practice could be handed.
func TestSentencesReadAsFrench(t *testing.T) {
	m := shipped(t)
	said := map[string]string{}
	for name, sheets := range manyAnswers(m) {
		for _, sentence := range spoken(t, judge(t, m, engage(t, m, numbered, sheets...))) {
			if _, ok := said[sentence]; !ok {
				said[sentence] = name
			}
		}
	}
	for sentence, name := range said {
		for _, mark := range proofread(sentence) {
			t.Errorf("%s: %s in %q", name, mark, sentence)
		}
	}
}

// manyAnswers are practices of both countries, of two and of none known that answer at random, with one tick and with
// all of them, with names and without.
func manyAnswers(m *assess.Model) map[string][]*questionnaire.Sheet {
	out := map[string][]*questionnaire.Sheet{}
	for _, country := range []string{"CH", "FR", "CH_FR", ""} {
		for seed := range uint64(40) {
			sheets := nowhere(m, atHome(m, country, seed), country == "")
			out[fmt.Sprintf("%s at random, seed %d", country, seed)] = named(m, sheets, seed%2 == 0)
		}
		for i := range 9 {
			out[fmt.Sprintf("%s, option %d", country, i)] = ticking(m, country, i)
		}
	}
	return out
}

// ticking answers every question with its i-th option; from 6 on, multiple choices with the first i-4.
func ticking(m *assess.Model, country string, i int) []*questionnaire.Sheet {
	var out []*questionnaire.Sheet
	for _, form := range m.Set.Questionnaires {
		s := &questionnaire.Sheet{Questionnaire: form.ID}
		for _, q := range form.Questions {
			a := questionnaire.Answer{Ref: questionnaire.Ref{Questionnaire: form.ID, Question: q.ID}, State: questionnaire.Known, Number: least(&q) + i, Date: "2025-03-01"}
			ids := q.OptionIDs()
			switch {
			case a.Ref == m.Country:
				if country == "" {
					continue
				}
				a.Options = []string{country}
			case len(ids) == 0:
			case i >= 6 && q.Type == questionnaire.Multi:
				for _, o := range q.Options {
					if !o.Exclusive && o.ID != questionnaire.DontKnow && len(a.Options) < i-4 {
						a.Options = append(a.Options, o.ID)
					}
				}
			default:
				a.Options = []string{ids[min(i, len(ids)-1)]}
			}
			if slices.Contains(a.Options, questionnaire.DontKnow) {
				a.State, a.Asked, a.Options = questionnaire.Unknown, true, nil
			}
			s.Answers = append(s.Answers, a)
		}
		out = append(out, s)
	}
	return named(m, out, i%2 == 0)
}

// named gives the questions that ask for a name one that begins with a vowel, or none.
func named(m *assess.Model, sheets []*questionnaire.Sheet, names bool) []*questionnaire.Sheet {
	for _, s := range sheets {
		for i := range s.Answers {
			a := &s.Answers[i]
			if m.Set.Question(a.Ref).Type != questionnaire.Named {
				continue
			}
			*a = questionnaire.Answer{Ref: a.Ref}
			if names {
				a.State, a.Text = questionnaire.Known, vault.Received("Exemple")
			}
		}
	}
	return sheets
}

// least is the smallest number that a question takes.
func least(q *questionnaire.Question) int {
	if q.Min == nil {
		return 0
	}
	return *q.Min
}

// nowhere takes the country away where it is not to be known.
func nowhere(m *assess.Model, sheets []*questionnaire.Sheet, take bool) []*questionnaire.Sheet {
	for _, s := range sheets {
		s.Answers = slices.DeleteFunc(s.Answers, func(a questionnaire.Answer) bool { return take && a.Ref == m.Country })
	}
	return sheets
}
