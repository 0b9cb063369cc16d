package questionnaire

import (
	"strings"
	"testing"

	"github.com/synth-vault/synth/vault"
)

func TestReadTellsTheQuestionnaireFromTheFormID(t *testing.T) {
	unknown := []string{"a.md:4 questionnaire_unknown"}
	tests := []struct {
		form, want string
		problems   []string
	}{
		{"envoi_cdt", "cdt: envoi a.md", nil},
		{"ENVOI-Cdt", "cdt: envoi a.md", nil},
		{"envoi_pro_cdt", "cdt: envoi_pro a.md", nil}, // the longest id
		{"Envoi-Pro_CDT", "cdt: envoi_pro a.md", nil},
		{"envoi_pro", "seul: envoi_pro a.md", nil}, // not the client "pro"
		{"envoi_prox", "prox: envoi a.md", nil},
		{"envoi", "seul: envoi a.md", nil},
		{"envoi_", "seul: envoi a.md", nil},
		{"envoi_1", "seul: envoi a.md", nil}, // the form's ordinal
		{"envoi-007", "seul: envoi a.md", nil},
		{"envoi_cab_nord", "cab-nord: envoi a.md", nil},
		{"envoi_7b", "7b: envoi a.md", nil},
		{"envois_cdt", "", unknown},
		{"envo", "", unknown},
		{"xenvoi_cdt", "", unknown},
		{"envoi_cabinet-du-grand-lac", "seul:", []string{"a.md:4 client_code_invalid"}},
		{"envoi_été", "seul:", []string{"a.md:4 client_code_invalid"}},
		{`""`, "", []string{"a.md:1 form_missing"}},
	}
	for _, test := range tests {
		var want []string
		if test.want != "" {
			want = append(want, test.want)
			if !strings.HasPrefix(test.want, "seul") {
				want = append(want, "seul:")
			}
		}
		testRead(t, []readCase{{test.form, notes{
			"a.md": sent("form_id: " + test.form), "seul/seul.md": client("code: seul"),
		}, want, test.problems}})
	}
}

func TestReadPrefersWhatANoteSaysToItsFormID(t *testing.T) {
	clients := notes{"x/Nord.md": client("code: nord"), "y/Sud.md": client("code: sud")}
	tests := []struct {
		name, head string
		want       []string
		problems   []string
	}{
		{"questionnaire", "form_id: envoi_nord\nquestionnaire: Envoi-Pro", []string{"nord: envoi_pro a.md", "sud:"}, nil},
		{"questionnaire without form_id", "questionnaire: envoi\nclient: nord", []string{"nord: envoi a.md", "sud:"}, nil},
		{"questionnaire of clients", "form_id: envoi_nord\nquestionnaire: client", []string{"sud:"}, []string{"a.md:5 questionnaire_unknown"}},
		{"no such questionnaire", "form_id: envoi_nord\nquestionnaire: envoy", []string{"sud:"}, []string{"a.md:5 questionnaire_unknown"}},
		{"client", "form_id: envoi_nord\nclient: SUD", []string{"nord:", "sud: envoi a.md"}, nil},
		{"client of no note", "form_id: envoi_nord\nclient: Cabinet_3", []string{"cabinet-3: envoi a.md", "nord:", "sud:"}, nil},
		{"link", "form_id: envoi_nord\nclient: \"[[Sud]]\"", []string{"nord:", "sud: envoi a.md"}, nil},
		{"link with a path", "form_id: envoi_nord\nclient: \"[[y/sud|Le Sud]]\"", []string{"nord:", "sud: envoi a.md"}, nil},
		{"link that is not quoted", "client: [[Sud]]\nform_id: envoi_nord", []string{"sud:"}, []string{"a.md:4 head_nested"}},
		{"link to nobody", "form_id: envoi_nord\nclient: \"[[Est]]\"", []string{"nord:", "sud:"}, []string{"a.md:5 client_unknown"}},
		{"number", "form_id: envoi_nord\nclient: 12", []string{"nord:", "sud:"}, []string{"a.md:5 client_code_invalid"}},
		{"empty", "form_id: envoi_nord\nclient:", []string{"nord: envoi a.md", "sud:"}, nil},
	}
	for _, test := range tests {
		files := notes{"a.md": sent(strings.Split(test.head, "\n")...)}
		for name, text := range clients {
			files[name] = text
		}
		testRead(t, []readCase{{test.name, files, test.want, test.problems}})
	}
}

func TestReadFindsTheClientUpTheFolders(t *testing.T) {
	a, b := client("code: a"), client("code: b")
	form := sent("form_id: envoi_1")
	testRead(t, []readCase{
		{"beside", notes{"x/A.md": a, "y/B.md": b, "x/q.md": form}, []string{"a: envoi x/q.md", "b:"}, nil},
		{"above", notes{"x/A.md": a, "y/B.md": b, "x/2026/mai/q.md": form}, []string{"a: envoi x/2026/mai/q.md", "b:"}, nil},
		{"the nearest", notes{"x/A.md": a, "x/y/B.md": b, "x/y/z/q.md": form}, []string{"a:", "b: envoi x/y/z/q.md"}, nil},
		{"in the vault's own folder", notes{"A.md": a, "y/B.md": b, "x/q.md": form}, []string{"a: envoi x/q.md", "b:"}, nil},
		{"the vault's only client", notes{"x/A.md": a, "y/q.md": form}, []string{"a: envoi y/q.md"}, nil},
		{"two in one folder", notes{"A.md": a, "B.md": b, "q.md": form}, []string{"a:", "b:"}, []string{"q.md:1 client_unknown"}},
		{"two elsewhere", notes{"x/A.md": a, "y/B.md": b, "q.md": form}, []string{"a:", "b:"}, []string{"q.md:1 client_unknown"}},
		{"nobody", notes{"q.md": form}, nil, []string{"q.md:1 client_unknown"}},
		{"a name that begins alike", notes{"x/A.md": a, "xy/q.md": form, "y/B.md": b}, []string{"a:", "b:"}, []string{"xy/q.md:1 client_unknown"}},
		{"one without a code", notes{"A.md": a, "x/B.md": client("title: B"), "x/q.md": form}, []string{"a:"}, []string{"x/B.md:1 client_code_missing"}},
	})
}

// Two clients' notes may have the same name: a link means the one that Obsidian would open.
func TestReadFollowsALinkToItsClient(t *testing.T) {
	files := notes{"x/Cabinet.md": client("code: a"), "y/Cabinet.md": client("code: b"),
		"q.md": sent("form_id: envoi", `client: "[[y/Cabinet]]"`), "y/r.md": sent("form_id: envoi_pro", `client: "[[Cabinet]]"`)}
	testRead(t, []readCase{{"", files, []string{"a:", "b: envoi q.md; envoi_pro y/r.md"}, nil}})
}

func TestReadChecksCodes(t *testing.T) {
	for code, want := range map[string]string{"cdt": "cdt:", "CDT": "cdt:", "Cab_Nord": "cab-nord:", "7b": "7b:", "a234567890123456": "a234567890123456:"} {
		testRead(t, []readCase{{code, notes{"c.md": client("code: " + code)}, []string{want}, nil}})
	}
	for _, code := range []string{"12", "a2345678901234567", "cdé", "a b", "a.b", `"a\nb"`, "-1x!"} {
		testRead(t, []readCase{{code, notes{"c.md": client("code: " + code)}, nil, []string{"c.md:3 client_code_invalid"}}})
	}
	for _, line := range []string{"title: C", "code:", "code: \"\"", "code: [cdt]"} {
		testRead(t, []readCase{{line, notes{"c.md": client(line)}, nil, []string{"c.md:1 client_code_missing"}}})
	}
}

func TestReadLeavesOnlyTheClientOfABrokenNoteOut(t *testing.T) {
	good := sent("form_id: envoi_bon")
	bad := "---\ncategory: questionnaire\nform_id: envoi_mal\ndate_reception: 2026-01-10\n"
	tests := []readCase{
		{"date", notes{"m.md": strings.Replace(sent("form_id: envoi_mal"), "2026-01-10", "2026-02-30", 1)}, nil, []string{"m.md:3 date_invalid"}},
		{"no date", notes{"m.md": "---\ncategory: questionnaire\nform_id: envoi_mal\n---\n### Par quelles voies ?\n\nMot.\n"}, nil, []string{"m.md:1 date_missing"}},
		{"complement", notes{"m.md": sent("form_id: envoi_mal", "complement: oui")}, nil, []string{"m.md:5 complement_invalid"}},
		{"tick", notes{"m.md": sent("form_id: envoi_mal") + "### Par quelles voies ?\n- [x] Pigeon\n"}, nil, []string{"m.md:7 option_unknown"}},
		{"one of two notes", notes{"m.md": sent("form_id: envoi_mal", "complement: oui"), "n.md": sent("form_id: envoi_pro_mal")}, nil,
			[]string{"m.md:5 complement_invalid"}},
		{"country", notes{"m.md": client("code: mal", "country: Suisse"), "n.md": sent("form_id: envoi_mal")}, nil, []string{"m.md:4 client_country_unknown"}},
		{"as_of", notes{"m.md": client("code: mal", "as_of: demain")}, nil, []string{"m.md:4 date_invalid"}},
		{"client twice", notes{"m.md": client("code: mal"), "n.md": client("code: MAL")}, nil, []string{"n.md:3 client_twice"}},
		{"invalid YAML", notes{"m.md": bad + "a: b: c\n---\n", "n.md": sent("form_id: envoi_pro_mal")}, nil, []string{"m.md:5 yaml_invalid"}},
		{"invalid YAML of the client", notes{"m.md": "---\ncategory: client\ncode: mal\na: b: c\n---\n", "n.md": sent("form_id: envoi_mal")}, nil,
			[]string{"m.md:4 yaml_invalid"}},
		{"invalid YAML beside the client", notes{"x/m.md": client("code: mal"), "x/n.md": "---\ncategory: questionnaire\na: b: c\n---\n"}, nil,
			[]string{"x/n.md:3 yaml_invalid"}},
		{"head never closed", notes{"m.md": bad, "n.md": sent("form_id: envoi_pro_mal")}, nil, []string{"m.md:1 head_unclosed"}},
		{"body too large", notes{"m.md": sent("form_id: envoi_mal") + strings.Repeat("mot ", 300_000)}, nil, []string{"m.md:0 body_too_large"}},
	}
	for i := range tests {
		tests[i].files["bon.md"] = good
		tests[i].want = []string{"bon: envoi bon.md"}
	}
	testRead(t, tests)
}

// A form that is laid out, dated or not, is no answer; nothing of it counts, and it is told.
func TestReadWaitsForAnswers(t *testing.T) {
	undated := "---\ncategory: questionnaire\nform_id: envoi_nord\ndate_reception:\n---\n"
	empty := "### Par quelles voies ?\n- [ ] Courrier\n\n^voies\n"
	tests := []readCase{
		{"undated", notes{"q.md": undated}, []string{"nord:"}, []string{"q.md:1 warning questionnaire_waiting"}},
		{"laid out", notes{"q.md": undated + empty}, []string{"nord:"}, []string{"q.md:1 warning questionnaire_waiting"}},
		{"laid out and dated", notes{"q.md": sent("form_id: envoi_nord") + empty}, []string{"nord:"}, []string{"q.md:1 warning questionnaire_waiting"}},
		{"beside answers", notes{"a.md": sent("form_id: envoi_nord"), "q.md": undated + empty}, []string{"nord: envoi a.md"},
			[]string{"q.md:1 warning questionnaire_waiting"}},
		{"a remark alone", notes{"q.md": undated + empty + "\nÀ revoir.\n"}, nil, []string{"q.md:1 date_missing"}},
		{"another error", notes{"q.md": strings.Replace(undated, "n:\n", "n:\ncomplement: oui\n", 2)}, nil,
			[]string{"q.md:1 date_missing", "q.md:5 complement_invalid"}},
	}
	testRead(t, tests)
}

func TestReadLeavesOtherNotesAlone(t *testing.T) {
	testRead(t, []readCase{
		{"no category", notes{"a.md": "---\ntitle: x\n---\n### Par quelles voies ?\n- [x] Pigeon\n"}, nil, nil},
		{"another category", notes{"a.md": "---\ncategory: facture\nform_id: envoi_x\n---\n"}, nil, nil},
		{"no head", notes{"a.md": "category: client\n"}, nil, nil},
		{"invalid YAML", notes{"a.md": "---\ncategory: facture\na: b: c\n---\n"}, nil, nil},
		{"invalid YAML in a nested place", notes{"a.md": "---\nx:\n  category: client\nmore: b: c\n---\n"}, nil, nil},
		{"template of a client", notes{"a.md": client("code: {{code}}", "title: \"{{title}}\"")}, nil, nil},
		{"template of a questionnaire", notes{"a.md": sent("form_id: envoi_<% tp.code %>")}, nil, nil},
		{"template in quotes", notes{"a.md": client(`code: "{{code}}"`)}, nil, nil},
	})
}

func TestReadClient(t *testing.T) {
	engagements, problems := notes{"c.md": client("code: CDT", "title: Cabinet [x]", "country: ch-fr", "canton: VD",
		"profession: dentiste", "consultant: C. I.", "language: fr", "as_of: 1.2.2026"), "d.md": client("code: bare")}.read(t, mailSet(t))
	if len(problems) > 0 || len(engagements) != 2 {
		t.Fatal(engagements, problems)
	}
	bare, c := engagements[0].Client, engagements[1].Client
	if c.Code != "cdt" || c.Country != "CH_FR" || c.Language != "fr" || c.AsOf != "2026-02-01" || c.Note != "c.md" ||
		vault.Raw(c.Title) != "Cabinet [x]" || vault.Raw(c.Consultant) != "C. I." {
		t.Errorf("client %+v", c)
	}
	if got := vault.Raw(bare.Name()); got != "BARE" {
		t.Errorf("without a title the client is called %q", got)
	}
	for id, want := range map[string]string{"country": "CH_FR", "canton": "VD", "profession": "dentiste"} {
		a := engagements[1].Answer(Ref{ClientID, id})
		if a.State != Known || len(a.Options) != 1 || a.Options[0] != want || a.Sources[0].Note != "c.md" {
			t.Errorf("%s is %+v", id, a)
		}
		if a := engagements[0].Answer(Ref{ClientID, id}); a.State != Unknown || a.Reason() != "unanswered" {
			t.Errorf("%s of a silent note is %+v", id, a)
		}
	}
}

func TestParseDate(t *testing.T) {
	valid := map[string]string{"2025-07-31": "2025-07-31", "2025-07-31T10:20:30+02:00": "2025-07-31", "2025-07-31 10:20": "2025-07-31",
		"31.07.2025": "2025-07-31", "31/07/2025": "2025-07-31", "1.2.2026": "2026-02-01", "03/04/2026": "2026-04-03", "29.02.2024": "2024-02-29"}
	for text, want := range valid {
		if got, ok := ParseDate(text); !ok || got != want {
			t.Errorf("%q is read as %q, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "2025-02-29", "2025-13-01", "2025-7-31", "31.04.2025", "07/31/2025", "31.07.25", "31 juillet 2025",
		"31-07-2025", "2025/07/31", "2025-07-31x", "2025-07", "0.0.2025"} {
		if got, ok := ParseDate(text); ok {
			t.Errorf("%q is read as the date %q", text, got)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Comment les résultats sont-ils envoyés ?", "COMMENT les re\u0301sultats sont ils envoyes", "comment\u00a0les «résultats» sont-ils envoyés"},
		{"ﬁn", "fin"}, {"Σίσυφος", "ΣΊΣΥΦΟΣ"}, {"n°1", "n° 1"}, {"…", "?!"},
	} {
		for _, other := range same[1:] {
			if Fold(same[0]) != Fold(other) {
				t.Errorf("%q and %q are told apart: %q, %q", same[0], other, Fold(same[0]), Fold(other))
			}
		}
	}
	if Fold("a1") == Fold("a2") || Fold("ou") == Fold("oui") {
		t.Error("words that differ are not told apart")
	}
}
