package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/synth-vault/synth/internal/check"
	"github.com/synth-vault/synth/vault"
)

// rulesDocument is what --rules --json prints.
type rulesDocument struct {
	Schema string         `json:"schema"`
	Rules  []ruleDocument `json:"rules"`
}

type ruleDocument struct {
	Code     string         `json:"code"`
	Severity vault.Severity `json:"severity"`
	Title    string         `json:"title"`
	Reason   string         `json:"reason"`
}

// rulesSchema is the name and version of the document.
const rulesSchema = "synth/rules/v1"

// printRules explains the rules.
func (a *app) printRules(asJSON bool) error {
	rules, err := check.Rules()
	if err != nil {
		return fault("rules_unreadable", err.Error(), "")
	}
	if asJSON {
		document := rulesDocument{Schema: rulesSchema}
		for _, r := range rules {
			document.Rules = append(document.Rules, ruleDocument(r))
		}
		return a.printJSON(document)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CODE\tSEVERITY\tWHAT IS FOUND, AND WHY IT MATTERS")
	for _, r := range rules {
		fmt.Fprintf(w, "%s\t%s\t%s\n\t\t%s\n", r.Code, r.Severity, r.Title, r.Reason)
	}
	return w.Flush()
}
