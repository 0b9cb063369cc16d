package interview

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Form asks with fields that the keyboard moves in, on the whole screen of a terminal.
func Form(i *Interview, s Screen) error {
	m, err := tea.NewProgram(newForm(i, s), tea.WithInput(s.In), tea.WithOutput(s.Out)).Run()
	if err != nil {
		return err
	}
	return m.(*form).failed
}

// The widths that a field is drawn in.
const (
	leastWidth = 30
	mostWidth  = 100
)

// form shows one step at a time as a form of one field. The keys that lead from step to step are its own; the field
// gets all others.
type form struct {
	*Interview
	screen    Screen
	width     int
	size      *tea.WindowSizeMsg // of the terminal, once it is known
	field     *huh.Form
	one       string   // the option chosen
	many      []string // the options ticked
	text      string   // what was written
	note      string   // a remark on the question
	shown     Step     // what these are about
	remarking bool     // the field asks for a remark on the question
	notice    string   // what was wrong with the last input
	failed    error    // what ended the interview before its time
}

func newForm(i *Interview, s Screen) *form {
	m := &form{Interview: i, screen: s, width: min(max(s.Width, leastWidth), mostWidth)}
	m.start(m.Step())
	m.lay()
	return m
}

// Init begins the first field.
func (m *form) Init() tea.Cmd { return m.field.Init() }

// start sets the field's values to what the note says of a step.
func (m *form) start(s Step) {
	m.shown = s
	m.one, m.many, m.text = "", slices.Clone(s.Given.Options), ""
	if s.Given.Asked {
		m.many = []string{questionnaire.DontKnow}
	}
	if len(m.many) > 0 {
		m.one = m.many[0]
	}
	if s.Kind != Ask || !s.Question.Type.Choice() {
		m.text = m.draft(s)
	}
}

// lay makes the field of what is asked now.
func (m *form) lay() {
	s := m.Step()
	title, help := m.heading(s)
	var field huh.Field
	switch {
	case m.remarking:
		field = huh.NewInput().Title(m.words["remark"]).Description(m.words["remark_help"]).Value(&m.note)
	case s.Kind == Ask && s.Question.Type == questionnaire.Single:
		field = huh.NewSelect[string]().Title(title).Description(m.under(help, "one")).Options(m.options(s.Question)...).Value(&m.one)
	case s.Kind == Ask && s.Question.Type == questionnaire.Multi:
		field = m.several(s.Question, title, m.under(help, "several"))
	default:
		field = huh.NewInput().Title(title).Description(help).Value(&m.text)
	}
	keys := huh.NewDefaultKeyMap()
	keys.Select.Filter.SetEnabled(false)
	keys.MultiSelect.Filter.SetEnabled(false)
	m.field = huh.NewForm(huh.NewGroup(field)).WithShowHelp(false).WithTheme(huh.ThemeFunc(huh.ThemeBase16)).WithKeyMap(keys).WithWidth(m.width)
}

// frameWidth is what stands beside a field's own lines.
const frameWidth = 4

// several is the field of a question with several answers. It must be told its height: else it takes that of the title
// away from the options.
func (m *form) several(q *questionnaire.Question, title, help string) huh.Field {
	options := m.options(q)
	title, help = wrapped(title, m.width-frameWidth), wrapped(help, m.width-frameWidth)
	height := strings.Count(title, "\n") + strings.Count(help, "\n") + 2
	for _, o := range options {
		height += strings.Count(o.Key, "\n") + 1
	}
	return huh.NewMultiSelect[string]().Title(title).Description(help).Filterable(false).Options(options...).Value(&m.many).Height(height)
}

// under puts how many answers a question takes below its help.
func (m *form) under(help, key string) string { return strings.TrimSpace(help + "\n" + m.words[key]) }

// draft is what an input holds at first: the answer that was written before.
func (m *form) draft(s Step) string {
	switch {
	case s.Kind == Respondent:
		return vault.PlainName(m.head.Respondent)
	case s.Kind == Day:
		return m.head.Date
	case s.Kind != Ask || s.Given.State != questionnaire.Known:
		return ""
	}
	if text := vault.Raw(s.Given.Text); text != "" {
		return m.screen.Visible(strings.Join(strings.Fields(text), " "))
	}
	return m.said(s)
}

// boxWidth is what stands before an option.
const boxWidth = 8

// options are a question's options, broken into lines that fit.
func (m *form) options(q *questionnaire.Question) []huh.Option[string] {
	var out []huh.Option[string]
	for _, o := range m.Options(q) {
		out = append(out, huh.NewOption(wrapped(o.Label, m.width-boxWidth), o.ID))
	}
	return out
}

// Update takes a key or what the terminal tells.
func (m *form) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if do := m.move(msg.String()); do != nil {
			return m.done(do())
		}
		m.notice = ""
	case tea.WindowSizeMsg:
		return m.resize(msg)
	}
	return m.pass(msg)
}

// resize fits the field to the terminal: a field of its own makes room for what a smaller one hid.
func (m *form) resize(msg tea.WindowSizeMsg) (tea.Model, tea.Cmd) {
	m.width = min(max(msg.Width, leastWidth), mostWidth)
	size := tea.WindowSizeMsg{Width: m.width, Height: max(msg.Height-strings.Count(m.around(""), "\n"), 5)}
	if m.size == nil || *m.size != size {
		m.size = &size
		m.lay()
		m.field.Init()
	}
	return m.pass(size)
}

// pass gives the field a message, and takes its value once it is there.
func (m *form) pass(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := m.field.Update(msg)
	if m.field.State != huh.StateCompleted {
		return m, cmd
	}
	return m.done(m.take())
}

// move gives what a key does that belongs to no field.
func (m *form) move(key string) func() error {
	if m.remarking {
		switch key {
		case "esc", "ctrl+c", "shift+tab":
			return func() error { m.remarking = false; return nil }
		case "tab", "ctrl+n", "ctrl+r":
			return func() error { return nil }
		}
		return nil
	}
	switch key {
	case "esc", "ctrl+c":
		return func() error { m.Leave(); return nil }
	case "tab":
		return m.Skip
	case "shift+tab":
		return m.Back
	case "ctrl+n":
		return m.DontKnow
	case "ctrl+r":
		return m.beginRemark
	}
	return nil
}

func (m *form) beginRemark() error {
	if m.Step().Kind != Ask {
		return m.words.mistake("unasked")
	}
	m.remarking, m.note = true, ""
	return nil
}

// take replies with the field's value.
func (m *form) take() error {
	s := m.Step()
	switch {
	case m.remarking:
		m.remarking = false
		return m.Remark(m.note)
	case s.Kind == Ask && s.Question.Type == questionnaire.Single:
		return m.Choose([]string{m.one})
	case s.Kind == Ask && s.Question.Type == questionnaire.Multi:
		return m.Choose(m.many)
	}
	return m.Write(m.text)
}

// done goes on after a reply: to the next field, to the same one with a notice, or out.
func (m *form) done(err error) (tea.Model, tea.Cmd) {
	m.notice = ""
	switch {
	case isMistake(err):
		m.notice = err.Error()
	case err != nil:
		m.failed = err
		return m, tea.Quit
	}
	if m.Done() {
		return m, tea.Quit
	}
	if s := m.Step(); s.Kind != m.shown.Kind || s.Question != m.shown.Question {
		m.start(s) // else what was put in stays: to be corrected, or after a remark
	}
	m.lay()
	cmd := m.field.Init()
	if m.size != nil {
		_, sized := m.field.Update(*m.size)
		return m, tea.Sequence(cmd, sized)
	}
	return m, cmd
}

// View shows the step on the whole screen.
func (m *form) View() tea.View {
	v := tea.NewView(m.view())
	v.AltScreen = true
	return v
}

func (m *form) view() string {
	if m.Done() || m.failed != nil {
		return ""
	}
	return m.around(m.field.View())
}

// around frames the field with how far the interview is, what was wrong, and what the keys do.
func (m *form) around(field string) string {
	s := m.Step()
	var parts []string
	head := m.Title()
	if s.Kind == Ask {
		head += " · " + m.words.progress(s) + "\n" + bar(s, m.width)
		if given := m.said(s); given != "" && !m.remarking {
			head += "\n" + m.words.say("current", "answer", m.screen.Visible(given))
		}
	}
	parts = append(parts, wrapped(head, m.width), field)
	if m.notice != "" {
		parts = append(parts, wrapped("→ "+m.notice, m.width))
	}
	return strings.Join(append(parts, wrapped(m.keys(s), m.width)), "\n\n")
}

// keys says what the keys do.
func (m *form) keys(s Step) string {
	switch {
	case m.remarking:
		return m.words["keys.remark"]
	case s.Kind == Ask && s.Question.Type == questionnaire.Single:
		return m.words["keys.one"] + "\n" + m.words["keys.moves"]
	case s.Kind == Ask && s.Question.Type == questionnaire.Multi:
		return m.words["keys.several"] + "\n" + m.words["keys.moves"]
	}
	return m.words["keys.free"] + "\n" + m.words["keys.moves"]
}

// bar draws how far the interview is.
func bar(s Step, width int) string {
	length := min(width, 40)
	full := length * s.Number / max(s.Total, 1)
	return strings.Repeat("█", full) + strings.Repeat("░", length-full)
}
