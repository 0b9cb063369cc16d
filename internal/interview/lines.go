package interview

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// Screen is where an interview is shown.
type Screen struct {
	In      io.Reader
	Out     io.Writer
	Width   int                 // in columns
	Echo    bool                // the terminal shows what is typed
	Visible func(string) string // shows what would act on a terminal instead of being read
}

// Lines asks in plain lines: a number for an option, a letter for a command. The end of the input leaves the interview.
func Lines(i *Interview, s Screen) error {
	l := &lines{Interview: i, screen: s, in: bufio.NewScanner(s.In)}
	l.in.Buffer(nil, 1<<20)
	l.print(i.Title())
	l.print(i.words["lines.intro"])
	l.print(i.words["lines.commands"])
	for !i.Done() {
		l.show(i.Step())
		text, ok := l.read(i.words["lines.answer"])
		if !ok {
			i.Leave()
			return l.in.Err()
		}
		switch err := l.reply(text); {
		case isMistake(err):
			l.print(err.Error())
		case err != nil:
			return err
		}
	}
	return nil
}

type lines struct {
	*Interview
	screen Screen
	in     *bufio.Scanner
}

// print writes a paragraph, broken into lines that fit.
func (l *lines) print(text string) { fmt.Fprintln(l.screen.Out, wrapped(text, l.screen.Width)) }

// read asks for a line.
func (l *lines) read(prompt string) (string, bool) {
	fmt.Fprint(l.screen.Out, prompt+"\u00a0: ")
	ok := l.in.Scan()
	text := strings.TrimSpace(l.in.Text())
	if !ok || !l.screen.Echo {
		fmt.Fprintln(l.screen.Out, l.screen.Visible(text))
	}
	return text, ok
}

// show writes what is asked.
func (l *lines) show(s Step) {
	fmt.Fprintln(l.screen.Out)
	title, help := l.heading(s)
	if s.Kind == Ask {
		l.print(l.words.progress(s))
	}
	l.print(title)
	if help != "" {
		l.print(help)
	}
	if s.Kind != Ask {
		return
	}
	how := "lines.free"
	if s.Question.Type.Choice() {
		for n, o := range l.Options(s.Question) {
			l.print("  " + strconv.Itoa(n+1) + ". " + o.Label)
		}
		how = "lines.one"
		if s.Question.Type == questionnaire.Multi {
			how = "lines.several"
		}
	}
	l.print(l.words[how])
	if given := l.said(s); given != "" {
		l.print(l.words.say("current", "answer", l.screen.Visible(given)))
	}
	if s.Noted > 0 {
		l.print(l.words.say("noted", "n", strconv.Itoa(s.Noted)))
	}
}

// heading is a step's question and what helps to answer it.
func (i *Interview) heading(s Step) (title, help string) {
	switch s.Kind {
	case Respondent:
		return i.words["respondent"], i.words["respondent_help"]
	case Day:
		return i.words["date"], i.words["date_help"]
	case Remarks:
		return i.words["remarks"], i.words["remarks_help"]
	}
	return s.Question.Label, s.Question.Help
}

// said is the answer that the note holds, in words.
func (i *Interview) said(s Step) string {
	a := s.Given
	switch {
	case a.Asked:
		return i.words["dont_know"]
	case a.State == questionnaire.Unknown:
		return ""
	case s.Question.Type == questionnaire.Number:
		return strconv.Itoa(a.Number)
	case s.Question.Type == questionnaire.Date:
		return a.Date
	case !s.Question.Type.Choice():
		return strings.Join(strings.Fields(vault.Raw(a.Text)), " ")
	}
	var labels []string
	for _, id := range a.Options {
		if o, ok := s.Question.Option(id); ok {
			labels = append(labels, o.Label)
		}
	}
	return strings.Join(labels, "\u00a0; ")
}

// reply does what a line asks for.
func (l *lines) reply(text string) error {
	switch strings.ToLower(text) {
	case "b":
		return l.Back()
	case "s":
		return l.Skip()
	case "?":
		return l.DontKnow()
	case "q":
		l.Leave()
		return nil
	case "r":
		return l.remark()
	}
	s := l.Step()
	if s.Kind == Ask && s.Question.Type.Choice() {
		ids, err := l.chosen(s.Question, text)
		if err != nil {
			return err
		}
		return l.Choose(ids)
	}
	return l.Write(strings.TrimPrefix(text, "="))
}

// remark asks for a remark on the question.
func (l *lines) remark() error {
	if l.Step().Kind != Ask {
		return l.words.mistake("unasked")
	}
	l.print(l.words["remark_help"])
	text, _ := l.read(l.words["remark"])
	return l.Remark(text)
}

// chosen reads the numbers of options.
func (l *lines) chosen(q *questionnaire.Question, text string) ([]string, error) {
	options := l.Options(q)
	var ids []string
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; ", r) }) {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 || n > len(options) {
			return nil, l.words.mistake("choice", "text", l.screen.Visible(field))
		}
		ids = append(ids, options[n-1].ID)
	}
	return ids, nil
}

// wrapped breaks a text at its blanks into lines of at most that many characters.
func wrapped(text string, width int) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		now := indent
		for _, word := range strings.Split(strings.TrimSpace(line), " ") {
			if len([]rune(now))+1+len([]rune(word)) > width && strings.TrimSpace(now) != "" {
				out, now = append(out, now), indent
			}
			if strings.TrimSpace(now) != "" {
				now += " "
			}
			now += word
		}
		out = append(out, now)
	}
	return strings.Join(out, "\n")
}
