package questionnaire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

// answered is a note of "envoi" that was received on a day from someone. An answer is "voies: e-mail", ticked; the rest
// of the head may come first, in lines that hold "=".
func answered(day, who string, answers ...string) string {
	head := []string{"category: questionnaire", "form_id: envoi_cdt", "date_reception: " + day, "respondant: " + who}
	var body strings.Builder
	for _, a := range answers {
		if name, text, ok := strings.Cut(a, "="); ok {
			head = append(head, name+": "+text)
			continue
		}
		id, ticks, _ := strings.Cut(a, ": ")
		body.WriteString("### Q\n")
		for tick := range strings.SplitSeq(ticks, ", ") {
			body.WriteString("- [x] " + tick + "\n")
		}
		body.WriteString("\n^" + id + "\n")
	}
	return "---\n" + strings.Join(head, "\n") + "\n---\n" + body.String()
}

func written(id, text string) string { return "### Q\n> " + text + "\n\n^" + id + "\n" }

func TestAssessmentsOfSeveralRespondents(t *testing.T) {
	testRead(t, []readCase{
		{"another respondent joins", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-01-02", "Bob")}, []string{"cdt: envoi a.md+b.md"}, nil},
		{"within 60 days", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-03-02", "Bob")}, []string{"cdt: envoi a.md+b.md"}, nil},
		{"beyond 60 days", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-03-03", "Bob")}, []string{"cdt: envoi a.md, b.md"}, nil},
		{"60 days from the first, not the last", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-02-15", "Bob"),
			"c.md": answered("2026-03-03", "Carl")}, []string{"cdt: envoi a.md+b.md, c.md"}, nil},
		{"the same respondent", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-01-02", "Anne")}, []string{"cdt: envoi a.md, b.md"}, nil},
		{"the same, written otherwise", notes{"a.md": answered("2026-01-01", "Anne-Élise"), "b.md": answered("2026-01-02", "anne elise")},
			[]string{"cdt: envoi a.md, b.md"}, nil},
		{"nobody named, twice", notes{"a.md": answered("2026-01-01", ""), "b.md": answered("2026-01-02", "")}, []string{"cdt: envoi a.md, b.md"}, nil},
		{"someone and nobody named", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-01-02", "")}, []string{"cdt: envoi a.md+b.md"}, nil},
		{"by date, not by path", notes{"b.md": answered("2026-01-01", "Anne"), "a.md": answered("1.5.2026", "Bob")}, []string{"cdt: envoi b.md, a.md"}, nil},
		{"the same day, by path", notes{"b.md": answered("2026-01-01", "Anne"), "a.md": answered("2026-01-01", "Anne")}, []string{"cdt: envoi a.md, b.md"},
			[]string{"b.md:1 warning sheet_copied"}},
		{"the same day, nobody named", notes{"b.md": answered("2026-01-01", ""), "a.md": answered("2026-01-01", "")}, []string{"cdt: envoi a.md, b.md"},
			[]string{"b.md:1 warning sheet_copied"}},
		{"joins the open one only", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-01-02", "Anne"), "c.md": answered("2026-01-03", "Bob")},
			[]string{"cdt: envoi a.md, b.md+c.md"}, nil},
		{"a complement joins whatever its day", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2027-01-01", "Anne", "complement=true")},
			[]string{"cdt: envoi a.md+b.md"}, nil},
		{"a complement of nothing", notes{"a.md": answered("2026-01-01", "Anne", "complement=true")}, []string{"cdt: envoi a.md"}, nil},
		{"no complement", notes{"a.md": answered("2026-01-01", "Anne"), "b.md": answered("2026-01-02", "Anne", "complement=false")},
			[]string{"cdt: envoi a.md, b.md"}, nil},
	})
}

func TestMergedAnswers(t *testing.T) {
	anne, bob := "2026-01-01", "2026-01-02"
	tests := []struct {
		name   string
		a, b   []string
		id     string
		want   string
		reason string
	}{
		{"both the same", []string{"regle: Oui"}, []string{"regle: Oui"}, "regle", "=oui", ""},
		{"only the first knows", []string{"regle: Oui"}, []string{"regle: Ne sait pas"}, "regle", "=oui", ""},
		{"only the second knows", []string{"regle: Ne sait pas"}, []string{"regle: Non"}, "regle", "=non", ""},
		{"only the second has the question", nil, []string{"regle: Non"}, "regle", "=non", ""},
		{"one does not know, the other is silent", []string{"regle: Ne sait pas"}, nil, "regle", "?", "unknown"},
		{"both silent", nil, nil, "regle", "", "unanswered"},
		{"they differ", []string{"regle: Oui"}, []string{"regle: Non"}, "regle", "≠oui+non", "contradictory"},
		{"they differ by a tick", []string{"voies: e-mail"}, []string{"voies: courrier postal, e-mail"}, "voies", "≠poste+mail_clair", "contradictory"},
		{"one contradicts himself", []string{"regle: Oui, Non"}, []string{"regle: Oui"}, "regle", "≠oui+non", "contradictory"},
		{"one contradicts himself, the other does not know", []string{"regle: Oui, Non"}, []string{"regle: Ne sait pas"}, "regle", "≠oui+non", "contradictory"},
		{"a complement replaces", []string{"regle: Oui"}, []string{"complement=true", "regle: Non"}, "regle", "=non", ""},
		{"a complement settles a contradiction", []string{"regle: Oui, Non"}, []string{"complement=true", "regle: Oui"}, "regle", "=oui", ""},
		{"a complement that does not know", []string{"regle: Oui"}, []string{"complement=true", "regle: Ne sait pas"}, "regle", "=oui", ""},
		{"a silent complement", []string{"regle: Oui"}, []string{"complement=true"}, "regle", "=oui", ""},
	}
	set := mailSet(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			engagements, _ := notes{"a.md": answered(anne, "Anne", test.a...), "b.md": answered(bob, "Bob", test.b...)}.read(t, set)
			a := engagements[0].Answer(Ref{"envoi", test.id})
			if value(a) != test.want || a.Reason() != test.reason {
				t.Errorf("%q because %q, not %q because %q", value(a), a.Reason(), test.want, test.reason)
			}
		})
	}
}

func TestMergedWrittenAnswers(t *testing.T) {
	set := mailSet(t)
	for _, test := range []struct{ id, a, b, want string }{
		{"nombre", "12", "12", "=12"},
		{"nombre", "12", "13", "≠"},
		{"revue", "1.2.2026", "2026-02-01", "=2026-02-01"},
		{"revue", "2026-02-01", "2026-02-02", "≠"},
		{"detail", "Oui", "Oui", "=Oui"},
		{"detail", "Oui", "oui", "≠"},
		{"logiciel-nom", "Soft", "Soft", "=name Soft"},
		{"logiciel-nom", "Soft", "Ne sait pas", "=name Soft"},
		{"logiciel-nom", "Soft", "Plus", "≠"},
	} {
		engagements, _ := notes{"a.md": answered("2026-01-01", "Anne") + written(test.id, test.a),
			"b.md": answered("2026-01-02", "Bob") + written(test.id, test.b)}.read(t, set)
		a := engagements[0].Answer(Ref{"envoi", strings.ReplaceAll(test.id, "-", "_")})
		if value(a) != test.want {
			t.Errorf("%s: %q and %q are merged to %q, not %q", test.id, test.a, test.b, value(a), test.want)
		}
		if got := []string{a.Sources[0].Note, a.Sources[1].Note}; !slices.Equal(got, []string{"a.md", "b.md"}) {
			t.Errorf("%s: the answer rests on %v", test.id, got)
		}
	}
}

func TestEngagement(t *testing.T) {
	engagements, _ := notes{"a.md": answered("2026-01-01", "Anne", "regle: Oui") + "## R\n> Un\n\n^remarques\n",
		"b.md": answered("2026-01-02", "Bob") + "## R\n> Deux\n\n^remarques\n", "c.md": answered("2025-01-01", "Anne", "regle: Non"),
	}.read(t, mailSet(t))
	e := engagements[0]
	if !e.Received("envoi") || e.Received("envoi_pro") || !e.Received(ClientID) || e.Latest("envoi_pro") != nil {
		t.Error("received is what notes hold, and the client")
	}
	if e.Newest() != "2026-01-02" || e.Latest("envoi").First().Note != "a.md" || e.Latest("envoi").Last().Note != "b.md" {
		t.Errorf("newest %s", e.Newest())
	}
	if earlier := e.Assessments["envoi"][0].Answer(Ref{"envoi", "regle"}); value(earlier) != "=non" {
		t.Errorf("the earlier assessment says %q", value(earlier))
	}
	var remarks []string
	for _, r := range e.Latest("envoi").Remarks() {
		remarks = append(remarks, vault.Raw(r.Text)+" "+r.Note)
	}
	if diff := cmp.Diff([]string{"Un a.md", "Deux b.md"}, remarks); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
}

// The order in which files are found does not matter, nor how often they are read.
func TestReadIsDeterministic(t *testing.T) {
	set := mailSet(t)
	files := notes{}
	for i := range 12 {
		files[fmt.Sprintf("%02d.md", i)] = answered(fmt.Sprintf("2026-01-%02d", 1+i%4), fmt.Sprint("R", i%5), "regle: Oui", "voies: e-mail")
	}
	var first string
	for range 5 {
		engagements, _ := files.read(t, set)
		again := fmt.Sprint(rounds(engagements))
		for _, question := range slices.Sorted(maps.Keys(engagements[0].Latest("envoi").answers)) {
			again += fmt.Sprint(engagements[0].Answer(Ref{"envoi", question}).Sources)
		}
		if first != "" && again != first {
			t.Fatalf("read again:\n%s\nnot\n%s", again, first)
		}
		first = again
	}
}
