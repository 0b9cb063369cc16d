package check

import (
	_ "embed"
	"fmt"

	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// Rule is one thing that is looked for.
type Rule struct {
	Code     string // stable
	Severity vault.Severity
	Title    string // what is found, a sentence
	Reason   string // why it matters
}

//go:embed rules.yaml
var rulesFile []byte

// Rules gives every rule, in the order in which they are explained.
func Rules() ([]Rule, error) {
	root, err := strictyaml.Parse(rulesFile, 1, strictyaml.Limits{Bytes: 1 << 16, Keys: 1000, Depth: 4})
	if err != nil {
		return nil, fmt.Errorf("rules.yaml: %w", err)
	}
	var sink strictyaml.Sink
	var rules []Rule
	for _, item := range root.Items() {
		f := strictyaml.Open(item, &sink)
		rules = append(rules, Rule{f.String("code"), vault.Severity(f.String("severity")), f.String("title"), f.String("reason")})
		f.Close()
	}
	if problems := sink.Problems(); len(problems) > 0 {
		return nil, fmt.Errorf("rules.yaml: %w", problems)
	}
	return rules, nil
}
