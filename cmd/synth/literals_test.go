package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
)

// fixed are the words of the notes' and the command line's contract that a catalogue's id may also happen to be.
var fixed = []string{"client", "nsp", "sans_objet", "remarques", "title"}

// french are letters and words that no English message holds.
var french = regexp.MustCompile(`(?i)[àâçèêëîïôùûüœ]|\b(le|la|les|des|une|est|sont|aucune?|votre|pour|avec|dans|sur|cabinet)\b`)

// contract are the French identifiers that the notes, the JSON and the forms fix.
var contract = []string{"analyse_questionnaire", "synthese_globale", "feuille_de_route", "date_reception", "respondant", "consultant",
	"haute", "moyenne", "basse", "non_evalue", "sans_objet", "critique", "eleve", "modere", "faible",
	"court", "intermediaire", "structurant", "a_faire", "en_cours", "fait", "abandonne", "ko", "attention", "neutre",
	"obligation", "recommandation", "nsp", "remarques"}

// literals calls visit with every string of the program's Go files, struct tags and import paths left out.
func literals(t *testing.T, visit func(at token.Position, value string)) {
	t.Helper()
	goFiles(t, func(_, file string) {
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch v := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				if v.Tag != nil {
					v.Tag = nil
				}
			case *ast.BasicLit:
				if v.Kind == token.STRING {
					value, err := strconv.Unquote(v.Value)
					if err != nil {
						t.Fatal(err)
					}
					visit(set.Position(v.Pos()), value)
				}
			}
			return true
		})
	})
}

// Words live in files: Go holds no French.
func TestGoHoldsNoFrench(t *testing.T) {
	literals(t, func(at token.Position, value string) {
		if !slices.Contains(contract, value) && french.MatchString(value) {
			t.Errorf("%s: %q is French: it belongs to the catalogue", at, value)
		}
	})
}

// Rules are data: Go names no questionnaire, no domain, no question and no id of the model.
func TestGoNamesNothingOfTheModel(t *testing.T) {
	model, problems := assess.Load(catalog.Shipped(), "fr")
	if model == nil {
		t.Fatal(problems)
	}
	ids := map[string]string{}
	for _, q := range model.Set.Questionnaires {
		ids[q.ID] = "questionnaire"
		for _, question := range q.Questions {
			if strings.Contains(question.ID, "_") {
				ids[question.ID] = "question"
			}
			ids[q.ID+"."+question.ID] = "question"
		}
	}
	for _, d := range model.Domains {
		ids[d.ID] = "domain"
	}
	for _, c := range model.Controls {
		ids[c.ID] = "control"
	}
	for _, r := range model.Risks {
		ids[r.ID] = "risk"
	}
	for _, a := range model.Actions {
		ids[a.ID] = "action"
	}
	literals(t, func(at token.Position, value string) {
		if kind, found := ids[value]; found && !slices.Contains(fixed, value) {
			t.Errorf("%s: %q is a %s of the model", at, value, kind)
		}
	})
}
