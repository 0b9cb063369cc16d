package compose

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// The documents that are digested, for encoding/json. They hold their keys in order.
type (
	answerDocument struct {
		Date    string              `json:"date"`
		Number  int                 `json:"number"`
		Options []string            `json:"options"`
		State   questionnaire.State `json:"state"`
		Text    string              `json:"text"`
		Values  [][]string          `json:"values"`
	}
	roundDocument struct {
		Answers  map[string]answerDocument `json:"answers"`
		Received []string                  `json:"received"`
		Remarks  []string                  `json:"remarks"`
	}
	clientDocument struct {
		Answers    map[string][]string `json:"answers"`
		Code       string              `json:"code"`
		Consultant string              `json:"consultant"`
		Language   string              `json:"language"`
		Title      string              `json:"title"`
	}
)

func answersDocument(r *assess.Report) map[string][]roundDocument {
	out := map[string][]roundDocument{}
	for _, q := range r.Model.Set.Questionnaires {
		for _, round := range r.Engagement.Assessments[q.ID] {
			one := roundDocument{Answers: map[string]answerDocument{}, Received: []string{}, Remarks: []string{}}
			for i := range q.Questions {
				a := round.Answer(questionnaire.Ref{Questionnaire: q.ID, Question: q.Questions[i].ID})
				if a.State == questionnaire.Unknown && !a.Asked {
					continue
				}
				values := make([][]string, len(a.Sources))
				for k, s := range a.Sources {
					values[k] = s.Values
				}
				one.Answers[q.Questions[i].ID] = answerDocument{a.Date, a.Number, a.Options, a.State, nfc(vault.Raw(a.Text)), values}
			}
			for _, s := range round.Sheets {
				one.Received = append(one.Received, s.Date+" "+nfc(vault.Raw(s.Respondent)))
			}
			for _, remark := range round.Remarks() {
				one.Remarks = append(one.Remarks, remark.Ref.String()+" "+nfc(vault.Raw(remark.Text)))
			}
			out[q.ID] = append(out[q.ID], one)
		}
	}
	return out
}

func newClientDocument(c questionnaire.Client) clientDocument {
	answers := map[string][]string{}
	for _, id := range []string{"country", "canton", "profession"} {
		answers[id] = c.Answer(id).Options
	}
	return clientDocument{answers, c.Code, nfc(vault.Raw(c.Consultant)), c.Language, nfc(vault.Raw(c.Title))}
}

func requireJSON(t *testing.T, document any, got []byte) {
	t.Helper()
	want, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("written by the library, by hand (-want +got):\n%s", diff)
	}
}

// What is digested is what encoding/json writes, or seals would change.
func TestCanonicalDocumentsAreJSON(t *testing.T) {
	model, _ := loadModel(t, content(t))
	form := model.Set.Questionnaire(oneForm)
	sheet := func(change func(*questionnaire.Sheet)) string {
		s := worst(form, plainly)
		change(s)
		return sent(model.Set, "cdt", s, "respondant: \"Éva <b> & \\\\ \\u2028 fils\"")
	}
	remarked := sheet(func(s *questionnaire.Sheet) {
		s.Remarks = []questionnaire.Remark{{Text: vault.Received("\"Oui\" <script> & \\ \u2028 \xff é 🙂\nMerci")}, {Text: vault.Received("e\u0301")}}
		for i := range s.Answers {
			if a := &s.Answers[i]; i%3 == 0 {
				*a = questionnaire.Answer{Ref: a.Ref, Asked: i%2 == 0}
			}
		}
	})
	earlier := strings.ReplaceAll(sheet(func(s *questionnaire.Sheet) { s.Answers = s.Answers[:1] }), "2026-01-31", "2020-01-31")
	all := notes{"C.md": client("cdt", "title: \"A & B\"", "country: CH", "canton: VD")}
	for _, q := range model.Set.Questionnaires {
		all[q.ID+".md"] = sent(model.Set, "cdt", worst(q, plainly))
	}
	for name, files := range map[string]notes{
		"every questionnaire": all, "no note of the client's": {"Q.md": remarked},
		"two rounds": all.with("R.md", remarked).with("E.md", earlier),
	} {
		t.Run(name, func(t *testing.T) {
			engagements, problems := model.Set.Read(files.open(t))
			if len(engagements) != 1 {
				t.Fatal(problems)
			}
			r, err := model.Assess(engagements[0])
			if err != nil {
				t.Fatal(err)
			}
			requireJSON(t, answersDocument(r), appendAnswers(nil, r))
			requireJSON(t, newClientDocument(r.Engagement.Client), appendClient(nil, r.Engagement.Client))
		})
	}
}
