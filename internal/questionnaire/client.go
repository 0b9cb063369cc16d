package questionnaire

import (
	"regexp"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// The categories of the notes that are read.
const (
	categoryClient        = "client"
	categoryQuestionnaire = "questionnaire"
)

// Client is a practice that is assessed. Only the code is certain: a client may have no note of its own.
type Client struct {
	Code       string // 1 to 16 of a-z0-9-, not a number alone
	Title      vault.Untrusted
	Country    string // CH, FR or CH_FR; empty when nothing says it
	Consultant vault.Untrusted
	Language   string
	AsOf       string // YYYY-MM-DD, empty when the note gives none
	Note       string // the path of the client's note, empty when there is none
	answers    []Answer
}

// Name is the client's title, or its code in capitals where the note gives none.
func (c Client) Name() vault.Untrusted {
	if c.Title.IsZero() {
		return vault.Received(strings.ToUpper(c.Code))
	}
	return c.Title
}

// Answer is the client's own answer to a question of the pseudo-questionnaire, unknown where his note is silent.
func (c Client) Answer(id string) Answer {
	for _, a := range c.answers {
		if a.Ref.Question == id {
			return a
		}
	}
	return Answer{Ref: Ref{ClientID, id}}
}

var (
	codePattern   = regexp.MustCompile(`^[a-z0-9-]{1,16}$`)
	numberPattern = regexp.MustCompile(`^[0-9]+$`)
)

// FoldCode gives the form in which codes are compared, and false when it is not a code: 1 to 16 of a-z0-9-, not a
// number alone. Case and the difference between _ and - do not count.
func FoldCode(s string) (string, bool) {
	code := strings.ReplaceAll(strings.ToLower(norm.NFC.String(strings.TrimSpace(s))), "_", "-")
	return code, codePattern.MatchString(code) && !numberPattern.MatchString(code)
}

// invalidCode is the problem of a code that cannot be one.
func invalidCode(path string, p vault.Property) vault.Problem {
	return at(path, p, "client_code_invalid", "the client's code "+quoted(p.Text())+" is not 1 to 16 of a-z, 0-9 and -, with a letter",
		"give the client a short code such as cdt, in its note and in the questionnaires")
}

// at is an error at a property.
func at(path string, p vault.Property, code, message, hint string) vault.Problem {
	return vault.Problem{Path: path, Line: p.Line, Column: p.Column, Severity: vault.Error, Code: code, Message: message, Hint: hint}
}

// readClient reads a client's note. The code is empty where the note gives none.
func readClient(n *vault.Note) (Client, []vault.Problem) {
	c := Client{Note: n.Path()}
	var problems []vault.Problem
	code, ok := n.Property("code")
	if !ok || code.Text() == "" {
		return c, []vault.Problem{{Path: n.Path(), Line: 1, Column: 1, Severity: vault.Error, Code: "client_code_missing",
			Message: "the client's note has no code", Hint: "add a property such as code: cdt"}}
	}
	if c.Code, ok = FoldCode(code.Text()); !ok {
		return c, []vault.Problem{invalidCode(n.Path(), code)}
	}
	c.Title = vault.Received(text(n, "title"))
	c.Consultant = vault.Received(text(n, "consultant"))
	c.Language = text(n, "language")
	if p, ok := n.Property("as_of"); ok && p.Text() != "" {
		var found *vault.Problem
		c.AsOf, found = date(n.Path(), p)
		if found != nil {
			problems = append(problems, *found)
		}
	}
	answers, found := clientAnswers(n)
	c.answers = answers
	for _, a := range answers {
		if a.Ref.Question == "country" && a.State == Known {
			c.Country = a.Options[0]
		}
	}
	return c, append(problems, found...)
}

// clientAnswers reads the properties that the model may ask about, as answers to the pseudo-questionnaire.
func clientAnswers(n *vault.Note) ([]Answer, []vault.Problem) {
	var answers []Answer
	var problems []vault.Problem
	q := clientQuestionnaire()
	for i := range q.Questions {
		question := &q.Questions[i]
		p, ok := n.Property(question.ID)
		if !ok || p.Text() == "" {
			continue
		}
		value := strings.ReplaceAll(strings.TrimSpace(p.Text()), "-", "_")
		if len(question.Options) > 0 {
			value = strings.ToUpper(value)
			if !slices.Contains(question.OptionIDs(), value) {
				problems = append(problems, at(n.Path(), p, "client_"+question.ID+"_unknown",
					question.ID+" "+quoted(p.Text())+" is none of "+strings.Join(question.OptionIDs(), ", "), ""))
				continue
			}
		}
		answers = append(answers, Answer{Ref: Ref{ClientID, question.ID}, State: Known, Options: []string{value},
			Sources: []Source{{Note: n.Path(), Line: p.Line, Answered: true, Values: []string{value}}}})
	}
	return answers, problems
}

// text gives a property's only value, "" when there is none.
func text(n *vault.Note, name string) string {
	p, _ := n.Property(name)
	return p.Text()
}
