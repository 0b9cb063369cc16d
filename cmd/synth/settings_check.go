package main

import (
	"slices"

	"github.com/synth-vault/synth/internal/check"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// ruleOff is the level of a rule that does not count.
const ruleOff = "off"

// readCheck reads which rules of check are switched off, in a list or one by one, and which are of another level than
// usual.
func (s *settings) readCheck(f *strictyaml.Fields, sink *strictyaml.Sink) {
	node := f.Node("check")
	if node == nil {
		return
	}
	rules, err := check.Rules()
	if err != nil {
		sink.Add(node, "rules_unreadable", "%v", err)
		return
	}
	lint := strictyaml.Open(node, sink)
	s.readOff(lint.List(ruleOff), rules, sink)
	s.Levels = map[string]vault.Severity{}
	for _, r := range rules {
		switch level := lint.OptString(r.Code); {
		case level == "":
		case slices.Contains(s.Off, r.Code):
			sink.Add(lint.Node(r.Code), "rule_twice", "the rule %q is switched off already", r.Code).Hint = "take it out of the list " + ruleOff + ", or this line away"
		case level == ruleOff:
			s.Off = append(s.Off, r.Code)
		case level == string(vault.Warning), level == string(vault.Error):
			s.Levels[r.Code] = vault.Severity(level)
		default:
			sink.Add(lint.Node(r.Code), "level_unknown", "%q is no level of a rule", level).Hint = "the levels are off, warning and error"
		}
	}
	lint.Close()
}

// readOff reads the list of rules that do not count.
func (s *settings) readOff(items []*strictyaml.Node, rules []check.Rule, sink *strictyaml.Sink) {
	known := make([]string, len(rules))
	for i, r := range rules {
		known[i] = r.Code
	}
	for _, item := range items {
		code := strictyaml.Text(item, sink)
		if slices.Contains(known, code) {
			s.Off = append(s.Off, code)
			continue
		}
		if code == "" {
			continue // told by Text
		}
		hint := "synth check --rules lists the rules"
		if near := strictyaml.Nearest(code, known); near != "" {
			hint = "did you mean " + near + "?"
		}
		sink.Add(item, "rule_unknown", "there is no rule %q", code).Hint = hint
	}
}
