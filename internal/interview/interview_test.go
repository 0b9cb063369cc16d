package interview

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// note is a questionnaire note in memory, with the log of what was entered.
type note struct {
	t      *testing.T
	set    *questionnaire.Set
	form   *questionnaire.Questionnaire
	text   []byte
	log    []string
	refuse error
}

func blank(t *testing.T, id string) *note {
	t.Helper()
	model, problems := assess.Load(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	form := model.Set.Questionnaire(id)
	return &note{t: t, set: model.Set, form: form, text: model.Set.Blank(form, questionnaire.Head{Client: "nord"})}
}

func (n *note) sheet() *questionnaire.Sheet {
	sheet, _ := n.set.ReadSheet(vault.NewNote("q.md", n.text), n.form)
	return sheet
}

func (n *note) save(e questionnaire.Entry) (*questionnaire.Sheet, error) {
	if n.refuse != nil {
		return nil, n.refuse
	}
	out, err := n.set.Enter(vault.NewNote("q.md", n.text), n.form, e)
	if err != nil {
		n.t.Fatal(err)
	}
	line := strings.TrimSpace(e.Date + " " + vault.PlainName(e.Respondent))
	if e.Question != nil {
		line = strings.TrimSpace(line + " " + e.Question.ID)
	}
	if e.Answer != nil {
		line += fmt.Sprintf("=%v", e.Answer.Options)
		if e.Answer.Asked {
			line += "?"
		}
	}
	if !e.Remark.IsZero() {
		line += " > " + vault.Raw(e.Remark)
	}
	n.text, n.log = out, append(n.log, line)
	return n.sheet(), nil
}

func (n *note) begin(date string) *Interview {
	words, problems := LoadWords(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		n.t.Fatal(problems)
	}
	return New(n.set, words, n.sheet(), date, n.save)
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

func visible(s string) string { return strings.ReplaceAll(s, "\x1b", "⟦U+001B⟧") }

// typed drives the form as a terminal of that size would, key by key.
func typed(t *testing.T, i *Interview, width, height int, keys ...string) []string {
	t.Helper()
	m := newForm(i, Screen{Width: width, Visible: visible})
	named := map[string]tea.Key{"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
		"esc": {Code: tea.KeyEsc}, "down": {Code: tea.KeyDown}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl}, "ctrl+r": {Code: 'r', Mod: tea.ModCtrl},
		"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, " ": {Code: tea.KeySpace, Text: " "}}
	quit := false
	var run func(tea.Cmd)
	send := func(msg tea.Msg) {
		var cmd tea.Cmd
		_, cmd = m.Update(msg)
		run(cmd)
	}
	run = func(cmd tea.Cmd) { // what bubbletea does with commands, but for clocks and blinking cursors
		if cmd == nil {
			return
		}
		for _, msg := range flatten(cmd) {
			switch msg.(type) {
			case tea.QuitMsg:
				quit = true
			default:
				send(msg)
			}
		}
	}
	run(m.Init())
	send(tea.WindowSizeMsg{Width: width, Height: height})
	views := []string{colours.ReplaceAllString(m.view(), "")}
	for _, key := range keys {
		if quit {
			t.Fatalf("the interview ended before %q", key)
		}
		if k, ok := named[key]; ok {
			send(tea.KeyPressMsg(k))
		} else {
			send(tea.KeyPressMsg{Text: key, Code: tea.KeyExtended})
		}
		views = append(views, colours.ReplaceAllString(m.view(), ""))
	}
	return views
}

// flatten gives the messages of a command that lead from field to field: huh's own, and the end.
func flatten(cmd tea.Cmd) []tea.Msg {
	msg := cmd()
	switch msg := msg.(type) {
	case tea.BatchMsg:
		var out []tea.Msg
		for _, c := range msg {
			if c != nil {
				out = append(out, flatten(c)...)
			}
		}
		return out
	case tea.QuitMsg:
		return []tea.Msg{msg}
	}
	if name := fmt.Sprintf("%T", msg); strings.HasPrefix(name, "huh.next") {
		return []tea.Msg{msg}
	}
	return nil
}

func TestFormByKeyboard(t *testing.T) {
	n := blank(t, "acces_it")
	views := typed(t, n.begin(""), 60, 24,
		"Assistante", "enter", "hier", "enter", "shift+tab", "enter", "31.07.2025", "enter",
		"12", "enter", "tab", "down", "ctrl+r", "Souvent", "enter", "enter", "ctrl+n", "shift+tab", "shift+tab", "esc")
	want := []string{"2025-07-31 Assistante nb_personnes=[]", "sessions > Souvent", "sessions=[mixte]", "verrouillage=[]?"}
	got := n.log
	if len(got) == len(want) { // the option's id is the catalogue's business
		want[2] = "sessions=[" + n.form.Question("sessions").Options[1].ID + "]"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	checkViews(t, views[:len(views)-1], 60)
	if !strings.Contains(views[3+1], "Ce n’est pas une date") {
		t.Errorf("a mistake is not told:\n%s", views[4])
	}
}

// checkViews checks that nothing sticks out and that no word of huh's own shows.
func checkViews(t *testing.T, views []string, width int) {
	t.Helper()
	for _, view := range views {
		for line := range strings.SplitSeq(view, "\n") {
			if w := utf8.RuneCountInString(line); w > width {
				t.Errorf("%d columns: %q", w, line)
			}
		}
		for _, english := range []string{"enter", "submit", "filter", "back", "select", "toggle"} {
			if strings.Contains(strings.ToLower(view), english) {
				t.Errorf("%q in\n%s", english, view)
			}
		}
	}
}

// Every option is seen where the terminal has room for all, however long the question is.
func TestFormShowsAllOptions(t *testing.T) {
	n := blank(t, "correspondance")
	views := typed(t, n.begin("2025-07-31"), 60, 24, "tab", "tab", "tab", "tab")
	for at, question := range []int{0, 1, 2, 3} {
		for _, o := range n.form.Questions[question].Options {
			if first, _, _ := strings.Cut(wrapped(o.Label, 52), "\n"); !strings.Contains(views[at+1], first) {
				t.Errorf("%q is not in\n%s", o.Label, views[at+1])
			}
		}
	}
}

// Ticks stay through a remark and a mistake; an option that excludes the others is told.
func TestFormOfSeveralAnswers(t *testing.T) {
	n := blank(t, "correspondance")
	views := typed(t, n.begin("2025-07-31"), 60, 12, "tab", " ", "down", " ", "ctrl+r", "Mot", "enter", "enter", "shift+tab", "down", "ctrl+c")
	checkViews(t, views[:len(views)-1], 60)
	first, second := n.form.Questions[0].Options[0].ID, n.form.Questions[0].Options[1].ID
	if diff := cmp.Diff([]string{"2025-07-31 canaux > Mot", "canaux=[" + first + " " + second + "]"}, n.log); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	i := n.begin("")
	if err := i.Back(); err != nil {
		t.Fatal(err)
	}
	err := i.Choose([]string{first, questionnaire.DontKnow})
	if !isMistake(err) || !strings.Contains(err.Error(), "Ne sait pas") {
		t.Errorf("%v", err)
	}
}

func TestInterviewIsTakenUpWhereItIsOpen(t *testing.T) {
	n := blank(t, "acces_it")
	i := n.begin("2025-07-31")
	for _, do := range []func() error{i.Skip, func() error { return i.Write("1 2") }, i.DontKnow, i.Skip} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if i.Open() != len(n.form.Questions)-2 {
		t.Errorf("%d questions are open", i.Open())
	}
	again := n.begin("")
	if s := again.Step(); s.Kind != Ask || s.Number != 3 { // 2 is answered as well: by "ne sait pas"
		t.Errorf("taken up at %+v", s)
	}
	for again.Step().Kind != End {
		if err := again.Skip(); err != nil {
			t.Fatal(err)
		}
	}
	if !again.Done() {
		t.Error("the end is no end")
	}
}

// What the head says is asked until it is written, and no more: going back never writes over it.
func TestInterviewAsksTheHeadOnce(t *testing.T) {
	n := blank(t, "acces_it")
	i := n.begin("")
	for _, do := range []func() error{func() error { return i.Write("Direction") }, func() error { return i.Write("1.8.2025") },
		i.Back, i.Back, func() error { return i.Write("Accueil") }, func() error { return i.Write("2.8.2025") }, func() error { return i.Write("4") }, i.Back} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if err := i.Back(); !isMistake(err) {
		t.Errorf("before the first question: %v", err)
	}
	if diff := cmp.Diff([]string{"2025-08-02 Accueil nb_personnes=[]"}, n.log); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Nothing is saved before there is an answer: a date alone would make an empty note count.
func TestInterviewSavesNothingWithoutAnAnswer(t *testing.T) {
	n := blank(t, "acces_it")
	i := n.begin("")
	for _, do := range []func() error{func() error { return i.Write("Direction") }, func() error { return i.Write("1.8.2025") }, i.Skip, i.Skip} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if len(n.log) > 0 {
		t.Errorf("saved %v", n.log)
	}
}

func TestInterviewTellsMistakes(t *testing.T) {
	n := blank(t, "acces_it")
	i := n.begin("")
	mistakes := func(want string, err error) {
		t.Helper()
		if !isMistake(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, not %q", err, want)
		}
	}
	mistakes("lettres", i.Write("<b>x</b>"))
	mistakes("première", i.Back())
	mistakes("pas une question", i.DontKnow())
	mistakes("pas une question", i.Remark("x"))
	_ = i.Skip()
	mistakes("passée", i.Skip())
	mistakes("date", i.Write("07/31/2025"))
	if err := i.Write("31/07/2025"); err != nil {
		t.Fatal(err)
	}
	mistakes("entier", i.Write("douze"))
	mistakes("au moins", i.Write("-1"))
	if len(n.log) > 0 {
		t.Errorf("saved %v", n.log)
	}
}

// A failure ends the interview, on the screen and in lines, and is given to the caller.
func TestInterviewEndsWithAFailure(t *testing.T) {
	failure := errors.New("disk full")
	n := blank(t, "acces_it")
	n.refuse = failure
	var out strings.Builder
	if err := Lines(n.begin("2025-07-31"), Screen{In: strings.NewReader("s\n1\n1\n"), Out: &out, Width: 60, Visible: visible}); !errors.Is(err, failure) {
		t.Errorf("in lines: %v", err)
	}
	m := newForm(n.begin("2025-07-31"), Screen{Width: 60, Visible: visible})
	m.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	if m.Update(tea.KeyPressMsg{Code: 'n', Mod: tea.ModCtrl}); !errors.Is(m.failed, failure) {
		t.Errorf("on the screen: %v", m.failed)
	}
}

// What a note holds already never acts on the terminal.
func TestAnswersAreShownVisibly(t *testing.T) {
	n := blank(t, "correspondance")
	i := n.begin("2025-07-31")
	for i.Step().Kind != Ask || i.Step().Question.Type.Choice() {
		if err := i.Skip(); err != nil {
			t.Fatal(err)
		}
	}
	if err := i.Write("x\x1b]0;y\x07"); err != nil {
		t.Fatal(err)
	}
	_ = i.Back()
	for _, view := range typed(t, i, 60, 24) {
		if strings.Contains(view, "\x1b]") {
			t.Errorf("%q", view)
		}
	}
	var out strings.Builder
	if err := Lines(i, Screen{In: strings.NewReader("q\n"), Out: &out, Width: 60, Visible: visible}); err != nil || strings.Contains(out.String(), "\x1b") {
		t.Errorf("%v %q", err, out.String())
	}
}

// Every question of every questionnaire fits into 60 columns, on the screen and in lines.
func TestEveryQuestionFits(t *testing.T) {
	for _, form := range blank(t, "acces_it").set.Questionnaires {
		n := blank(t, form.ID)
		tabs := strings.Split(strings.Repeat("tab ", len(form.Questions)), " ")[:len(form.Questions)]
		checkViews(t, typed(t, n.begin("2025-07-31"), 60, 40, tabs...), 60)
		var out strings.Builder
		if err := Lines(n.begin("2025-07-31"), Screen{In: strings.NewReader(strings.Repeat("s\n", len(form.Questions)+2)), Out: &out, Width: 60, Visible: visible}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			if w := utf8.RuneCountInString(line); w > 60 {
				t.Errorf("%s: %d columns: %q", form.ID, w, line)
			}
		}
		for _, q := range form.Questions {
			words := strings.Fields(q.Label)
			if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), strings.Join(words, " ")) {
				t.Errorf("%s: %q is not asked", form.ID, q.Label)
			}
		}
	}
}
