package assess

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

var mailDomainOf = questionnaire.Ref{Questionnaire: "correspondance", Question: "domaine"}

// said is an answer in words, as a name where it can be one.
func said(text string) questionnaire.Answer {
	a := questionnaire.Answer{State: questionnaire.Known, Text: vault.Received(text)}
	a.Name, a.HasName = vault.NewName(a.Text)
	return a
}

// The classes of the channels that a text names, by their first letters.
func TestChannelsInWords(t *testing.T) {
	tests := []struct{ text, want string }{
		{"gmail.com", "public"},
		{"GMail.COM", "public"},
		{"cabinet@bluewin.ch", "public"},
		{"Cabinet <cabinet.x@orange.fr>", "public"},
		{"https://gmail.com/", "public"},
		{"Gmail", "public"},
		{"une boîte Google  Mail", "public"},
		{"WhatsApp", "phone"},
		{"hin.ch", "secure"},
		{"cabinet.medecin.mssante.fr", "secure"},
		{"MSSanté et Gmail", "public secure"},
		{"cabinet-exemple.ch", ""},
		{"gmail.cabinet-exemple.ch", ""},     // a domain of the practice's own
		{"gmail.com.cabinet-exemple.ch", ""}, // what it ends in counts
		{"pasgmail.com", ""},
		{"mssante.fr", ""}, // nobody's address
		{"cabinet@gmail", ""},
		{"Gmailer", ""},
		{"Orange Free", ""}, // words of another meaning are no names
		{"...@@..", ""},
		{"", ""},
	}
	m := shipped(t)
	classes := []struct{ name, class string }{{"public", "canal_grand_public"}, {"phone", "canal_telephone"}, {"secure", "canal_securise"}}
	for _, test := range tests {
		var got []string
		for _, c := range classes {
			when := &Condition{Op: OnChannel, Question: mailDomainOf, Class: c.class, channels: m.inClass(c.class)}
			if when.Eval(receive("correspondance").set(mailDomainOf.String(), said(test.text))) == True {
				got = append(got, c.name)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q names %v, want %q", test.text, got, test.want)
		}
	}
}

// Without an answer nobody knows whether it names a channel.
func TestNoWordsNameNoChannel(t *testing.T) {
	when := &Condition{Op: OnChannel, Question: question, channels: shipped(t).inClass("canal_securise")}
	expect(t, when, Maybe, questionnaire.Answer{}, questionnaire.Answer{Asked: true}, questionnaire.Answer{State: questionnaire.Contradictory, Text: vault.Received("hin.ch")})
	expect(t, when, True, said("hin.ch"))
	expect(t, when, False, said("cabinet-exemple.ch"))
}

// Every channel is told by what stands for it, and by nothing of another class.
func TestChannelsTellThemselvesApart(t *testing.T) {
	m := shipped(t)
	if len(m.inClass("canal_grand_public")) == 0 {
		t.Fatal("no consumer channel")
	}
	for _, c := range m.Channels {
		texts := append([]string{c.example()}, c.Names...)
		for _, domain := range c.Domains {
			texts = append(texts, "x@"+strings.Replace(domain, "*", "y", 1))
		}
		for _, text := range texts {
			w := readWritten(text)
			if !w.names(c) {
				t.Errorf("%q does not name %s", text, c.ID)
			}
			for _, other := range m.Channels {
				if other.Class != c.Class && w.names(other) {
					t.Errorf("%q names %s and %s", text, c.ID, other.ID)
				}
			}
		}
	}
}

// A consumer domain that is written down contradicts the ticks that speak of a domain of one's own.
func TestWrittenDomainContradictsTicks(t *testing.T) {
	m := shipped(t)
	tests := []struct {
		domain string
		tick   []string // a question, then its options
		want   string
	}{
		{"gmail.com", []string{"canaux", "mail_pro"}, "contra_domaine_public"},
		{"gmail.com", []string{"canaux", "mail_pro", "mail_grand_public"}, ""},
		{"cabinet@hotmail.fr", []string{"durcissement", "spf", "mfa"}, "contra_domaine_reglages"},
		{"gmail.com", []string{"durcissement", "mfa"}, ""},
		{"gmail.com", []string{"resultats", "pdf_chiffre"}, "contra_domaine_resultats"},
		{"gmail.com", []string{"factures", "pro"}, "contra_domaine_factures"},
		{"gmail.com", []string{"factures", "papier"}, ""},
		{"cabinet-exemple.ch", []string{"canaux", "mail_pro"}, ""},
		{"", []string{"canaux", "mail_pro"}, ""},
	}
	for _, test := range tests {
		r := receive("correspondance").tick("correspondance."+test.tick[0], test.tick[1:]...)
		if test.domain != "" {
			r.set(mailDomainOf.String(), said(test.domain))
		}
		var got []string
		for _, c := range m.contradict(nil, r) {
			got = append(got, c.ID)
			if words, err := m.words[c.ID].question.say(m.speaker(r)); err != nil || !strings.Contains(words.Text, "messagerie grand public") {
				t.Errorf("%s asks %q, %v", c.ID, words.Text, err)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q with %v: %v, want %q", test.domain, test.tick, got, test.want)
		}
	}
}

// A sentence may ask whether the answer that it quotes names a channel, in the notes as on the screen.
func TestSentencesTellChannels(t *testing.T) {
	m := shipped(t)
	for domain, want := range map[string]string{"gmail.com": "messagerie grand public", "orange.fr": "messagerie grand public",
		"gmail.cabinet-exemple.ch": "Aucun des trois réglages",
		"cabinet-exemple.ch":       "Aucun des trois réglages", "": "pour son domaine"} {
		r := receive("correspondance")
		if domain != "" {
			r.set(mailDomainOf.String(), said(domain))
		}
		words, err := m.words["corr_domaine"].levels["0"].say(m.speaker(r))
		if err != nil || !strings.Contains(words.Text, want) || !strings.Contains(words.Markdown, want) {
			t.Errorf("%q: %+v, %v, want %q in it", domain, words, err, want)
		}
	}
	for _, class := range []string{"canal_grand", ""} {
		if _, err := m.quotesChannel(class, "gmail.com"); err == nil {
			t.Errorf("a class of channels is %q", class)
		}
	}
}

const ownChannels = `checked_on: 2026-11-22
uses: {lettres: Lettres}
classes:
  - id: ouvert
    title: Ouvert
    readers: Tous
    hosting: Partout
    encryption: Aucun
    uses: {lettres: {verdict: ko, reason: Tous lisent, source: essai}}
channels:
  - {id: affiche, title: Affiche, class: ouvert, jurisdiction: INT, names: [affiche]}
  - id: journal
    title: Journal
    class: ouvert
    jurisdiction: CH
    domains: [journal.example]
    encryption: Une page
    uses: {lettres: {verdict: attention, reason: Peu lisent, source: essai}}
`

// A channel has its class's traits and verdicts, but for those that it gives itself.
func TestChannelsInherit(t *testing.T) {
	files := copyOf(t, lawOffice())
	files[ChannelsFile] = &fstest.MapFile{Data: []byte(ownChannels)}
	m := load(t, files)
	want := []Channel{
		{ID: "affiche", Title: "Affiche", Class: "ouvert", Jurisdiction: "INT", Names: []string{"affiche"}, Traits: Traits{"Tous", "Partout", "Aucun"},
			Uses: []Use{{"lettres", Unfit, "Tous lisent", "essai"}}, folded: [][]string{{"affiche"}}},
		{ID: "journal", Title: "Journal", Class: "ouvert", Jurisdiction: "CH", Domains: []string{"journal.example"}, Traits: Traits{"Tous", "Partout", "Une page"},
			Uses: []Use{{"lettres", FitIf, "Peu lisent", "essai"}}},
	}
	if diff := cmp.Diff(want, m.Channels, cmp.AllowUnexported(Channel{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLintChannels(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"a day that is none", "2026-11-22", "2026-11-31", "1:13 date_invalid"},
		{"a use that is none", "uses: {lettres: {verdict: attention", "uses: {lettre: {verdict: attention", "18:12 use_unknown"},
		{"a use without a verdict", "uses: {lettres: Lettres}", "uses: {lettres: Lettres, colis: Colis}", "4:5 use_missing"},
		{"a verdict that is none", "verdict: ko", "verdict: non", "9:31 value_unknown"},
		{"a class that is none", "title: Affiche, class: ouvert", "title: Affiche, class: ferme", "11:42 class_unknown"},
		{"without a name", "names: [affiche]", "names: []", "11:5 channel_nameless"},
		{"a name without a word", "names: [affiche]", "names: [\"--\"]", "11:76 name_invalid"},
		{"an address for a domain", "[journal.example]", "[x@journal.example]", "16:14 domain_invalid"},
		{"a domain twice", "[journal.example]", "[journal.example, journal.example]", "16:14 domain_twice"},
		{"a jurisdiction that is none", "jurisdiction: CH", "jurisdiction: DE", "15:19 value_unknown"},
		{"an id that is taken", "id: journal", "id: affiche", "12:9 id_twice"},
		{"a control's id", "id: journal", "id: doss_acces", "model/dossiers.yaml:12:9 id_twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := copyOf(t, lawOffice())
			files[ChannelsFile] = &fstest.MapFile{Data: []byte(strings.Replace(ownChannels, test.old, test.new, 1))}
			_, problems := Load(files, "fr")
			want := test.want
			if !strings.Contains(want, ".yaml:") {
				want = ChannelsFile + ":" + want
			}
			if got := places(problems); len(got) == 0 || !strings.Contains(strings.Join(got, "\n"), want) {
				t.Errorf("problems %v, want %s", got, want)
			}
		})
	}
}

// Frameworks and channels as a control, a contradiction and the files themselves may misname them.
func TestLintCrosswalk(t *testing.T) {
	const control, contradiction = "    frameworks: {fmh: [R9], cnil_2024: [\"13\"]", "{correspondance.domaine: {channel: canal_grand_public}}"
	tests := []struct{ name, file, old, new, code string }{
		{"a framework that is none", "model/correspondance.yaml", control, strings.Replace(control, "fmh", "fhm", 1), "framework_unknown"},
		{"a line that is none", "model/correspondance.yaml", control, strings.Replace(control, "R9", "R19", 1), "line_unknown"},
		{"a line twice", "model/correspondance.yaml", control, strings.Replace(control, "R9", "R9, R9", 1), "line_twice"},
		{"no line", "model/correspondance.yaml", control, strings.Replace(control, "[R9]", "[]", 1), "lines_missing"},
		{"a line that stands alone", "model/correspondance.yaml", control, strings.Replace(control, "[R9]", "R9", 1), "lines_missing"},
		{"a class that is none", "model/correspondance.yaml", contradiction, strings.Replace(contradiction, "grand_public", "grand", 1), "class_unknown"},
		{"a channel of a choice", "model/correspondance.yaml", contradiction, strings.Replace(contradiction, "domaine", "canaux", 1), "condition_type"},
		{"the number of a line", FrameworksFile, "      R1: ", "      R 1: ", "id_invalid"},
		{"a framework without lines", FrameworksFile, "  - id: fmh\n", "  - {id: vide, title: x, version: x, jurisdiction: CH, licence: x, checked_on: 2026-11-22, lines: {}}\n  - id: fmh\n", "lines_missing"},
		{"a jurisdiction", FrameworksFile, "jurisdiction: CH", "jurisdiction: DE", "value_unknown"},
		{"a day", FrameworksFile, "checked_on: 2026-11-22", "checked_on: 22.11.2026", "date_invalid"},
		{"a framework twice", FrameworksFile, "id: anssi", "id: fmh", "id_twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := fs.ReadFile(catalog.Shipped(), test.file)
			if err != nil {
				t.Fatal(err)
			}
			edited := strings.Replace(string(text), test.old, test.new, 1)
			if edited == string(text) {
				t.Fatalf("%s holds no %q", test.file, test.old)
			}
			_, problems := Load(catalog.Over(fstest.MapFS{test.file: {Data: []byte(edited)}}), "fr")
			if len(problems) == 0 || problems[0].Path != test.file || problems[0].Code != test.code {
				t.Errorf("problems %v, want %s", problems, test.code)
			}
		})
	}
}

// FuzzWritten takes any text apart: case counts for nothing, and a text between spaces and points names what it named.
func FuzzWritten(f *testing.F) {
	m, _ := Load(catalog.Shipped(), "fr")
	for _, seed := range []string{"gmail.com", "x@Bluewin.ch", "Google Mail", "*.mssante.fr", "MSSanté", "@.-", "ﬁn@gmail.com\u00a0;", "\xff@hin.ch"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, framed := readWritten(text), readWritten("( "+text+" , "+text+" )")
		for _, c := range m.Channels {
			if w.names(c) && !framed.names(c) {
				t.Errorf("%q names %s, but not in a sentence", text, c.ID)
			}
		}
	})
}
