package interview

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Form asks with fields that the keyboard moves in, on the whole screen of a terminal.
func Form(i *Interview, s Screen) error {
	m, err := tea.NewProgram(newForm(i, s), tea.WithInput(s.In), tea.WithOutput(s.Out), tea.WithAltScreen()).Run()
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
	remarking bool     // the field asks for a remark on the question
	notice    string   // what was wrong with the last input
	failed    error    // what ended the interview before its time
}

func newForm(i *Interview, s Screen) *form {
	m := &form{Interview: i, screen: s, width: min(max(s.Width, leastWidth), mostWidth)}
	m.lay()
	return m
}

// Init begins the first field.
func (m *form) Init() tea.Cmd { return m.field.Init() }

// lay makes the field of what is asked now.
func (m *form) lay() {
	s := m.Step()
	if m.Done() {
		return
	}
	title, help := m.heading(s)
	var field huh.Field
	switch {
	case m.remarking:
		m.text = ""
		field = huh.NewInput().Title(m.words["remark"]).Description(m.words["remark_help"]).Value(&m.text)
	case s.Kind == Ask && s.Question.Type == questionnaire.Single:
		m.one = ""
		if len(s.Given.Options) > 0 {
			m.one = s.Given.Options[0]
		} else if s.Given.Asked {
			m.one = questionnaire.DontKnow
		}
		field = huh.NewSelect[string]().Title(title).Description(m.under(help, "one")).Options(m.options(s.Question)...).Value(&m.one)
	case s.Kind == Ask && s.Question.Type == questionnaire.Multi:
		m.many = slices.Clone(s.Given.Options)
		if s.Given.Asked {
			m.many = []string{questionnaire.DontKnow}
		}
		field = huh.NewMultiSelect[string]().Title(title).Description(m.under(help, "several")).Filterable(false).
			Options(m.options(s.Question)...).Value(&m.many)
	default:
		m.text = m.draft(s)
		field = huh.NewInput().Title(title).Description(help).Value(&m.text)
	}
	keys := huh.NewDefaultKeyMap()
	keys.Select.Filter.SetEnabled(false)
	keys.MultiSelect.Filter.SetEnabled(false)
	m.field = huh.NewForm(huh.NewGroup(field)).WithShowHelp(false).WithTheme(huh.ThemeBase16()).WithKeyMap(keys).WithWidth(m.width)
}

// under puts how many answers a question takes below its help.
func (m *form) under(help, key string) string { return strings.TrimSpace(help + "\n" + m.words[key]) }

// draft is what an input holds at first: the answer that was written before.
func (m *form) draft(s Step) string {
	if s.Kind != Ask || s.Given.State != questionnaire.Known {
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
	case tea.KeyMsg:
		if do := m.move(msg.String()); do != nil {
			return m.done(do())
		}
		m.notice = ""
	case tea.WindowSizeMsg:
		m.width = min(max(msg.Width, leastWidth), mostWidth)
		m.size = &tea.WindowSizeMsg{Width: m.width, Height: max(msg.Height-strings.Count(m.around(""), "\n"), 5)}
		m.field.WithWidth(m.width)
		return m.pass(*m.size)
	}
	return m.pass(msg)
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
	m.remarking = true
	return nil
}

// take replies with the field's value.
func (m *form) take() error {
	s := m.Step()
	switch {
	case m.remarking:
		m.remarking = false
		return m.Remark(m.text)
	case s.Kind == Ask && s.Question.Type == questionnaire.Single:
		return m.Choose([]string{m.one})
	case s.Kind == Ask && s.Question.Type == questionnaire.Multi:
		return m.Choose(m.many)
	case s.Kind == Ask && strings.TrimSpace(m.text) == "":
		return m.words.mistake("nothing")
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
	m.lay()
	cmd := m.field.Init()
	if m.size != nil {
		_, sized := m.field.Update(*m.size)
		return m, tea.Sequence(cmd, sized)
	}
	return m, cmd
}

// View shows the step.
func (m *form) View() string {
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
