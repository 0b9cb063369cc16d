package questionnaire

import (
	"github.com/synth-vault/synth/vault"
	"strings"
	"unicode"
)

// Card is what the head of a questionnaire's note says of it.
type Card struct {
	Path          string
	Questionnaire string // its id
	Client        string // the client's code, empty where nothing says it
	Submission    string // the id of the submission that the note was made of, empty where nothing says it
}

// Index is what the heads of a vault's notes say of clients and questionnaires. No body is read.
type Index struct {
	Clients map[string]string // the path of the client's note, by code
	Cards   []Card            // by path
}

// Index reads the heads of a vault's notes. What is wrong with them is for [Set.Read] to tell.
func (s *Set) Index(v *vault.Vault) Index {
	in := collector{set: s, vault: v, clients: map[string]*Client{}, sheets: map[string][]*Sheet{}, broken: map[string]bool{}}
	out := Index{Clients: map[string]string{}}
	var notes []*vault.Note
	for _, n := range v.Notes() {
		switch headText(n, "category") {
		case categoryClient:
			if in.category(n) == categoryClient {
				in.client(n)
			}
		case categoryQuestionnaire:
			notes = append(notes, n)
		}
	}
	for code, c := range in.clients {
		if _, ok := FoldCode(code); ok {
			out.Clients[code] = c.Note
		}
	}
	for _, n := range notes {
		if card, ok := in.card(n); ok {
			out.Cards = append(out.Cards, card)
		}
	}
	return out
}

// card reads the head of a questionnaire's note; false for a template, and where no questionnaire is named.
func (in *collector) card(n *vault.Note) (Card, bool) {
	card := Card{Path: n.Path(), Submission: headText(n, "submission_id")}
	q, rest := in.set.FromFormID(headText(n, "form_id"))
	if explicit := headText(n, "questionnaire"); explicit != "" {
		q = in.set.Questionnaire(foldID(explicit))
	}
	if q == nil || n.IsTemplate() && isTemplate(n) {
		return card, false
	}
	card.Questionnaire = q.ID
	named := headText(n, "client")
	if named == "" {
		named = rest
	}
	code, ok := FoldCode(named)
	if !ok {
		code, _ = in.clientOf(n, rest)
	}
	card.Client = code
	return card, true
}

// isPlainWord tells of a property's value that is its own text whatever reads it.
func isPlainWord(value string) bool {
	for i, r := range value {
		if !unicode.In(r, unicode.L, unicode.N) && r != '_' && r != '.' && (i == 0 || !strings.ContainsRune(":/ -", r)) {
			return false
		}
	}
	return value != ""
}

// headText gives a property's text without keeping what the head's other properties say: a vault may hold a hundred
// thousand notes.
func headText(n *vault.Note, name string) string {
	if value, ok := meantProperty(n.Head(), name); ok && isPlainWord(value) {
		return value
	}
	return text(n, name)
}
