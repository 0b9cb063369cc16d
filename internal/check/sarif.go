package check

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/synth-vault/synth/vault"
)

// The types below are the part of SARIF 2.1.0, the OASIS format for the results of analyses, that synth writes.

// SARIF is the document: one run.
type SARIF struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool            `json:"tool"`
	Invocations []sarifInvocation    `json:"invocations"`
	Bases       map[string]sarifBase `json:"originalUriBaseIds"`
	ColumnKind  string               `json:"columnKind"`
	Results     []sarifResult        `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Short   sarifMessage `json:"shortDescription"`
	Full    sarifMessage `json:"fullDescription"`
	Default sarifConfig  `json:"defaultConfiguration"`
}

type sarifConfig struct {
	Enabled bool   `json:"enabled"`
	Level   string `json:"level"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

// sarifInvocation tells how the run went: which rules were switched off or have another level, and what kept it from ending.
type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Overrides     []sarifOverride     `json:"ruleConfigurationOverrides,omitempty"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifOverride struct {
	Configuration sarifConfig     `json:"configuration"`
	Descriptor    sarifDescriptor `json:"descriptor"`
}

type sarifDescriptor struct {
	ID    string `json:"id"`
	Index *int   `json:"index,omitempty"`
}

type sarifNotification struct {
	Descriptor sarifDescriptor `json:"descriptor"`
	Level      string          `json:"level"`
	Message    sarifMessage    `json:"message"`
	Locations  []sarifLocation `json:"locations,omitempty"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI    string `json:"uri"`
	BaseID string `json:"uriBaseId"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
}

type sarifBase struct {
	Description sarifMessage `json:"description"`
}

// base names the vault's folder, from which the addresses of the notes count. Where it lies is nobody else's business.
const base = "%SRCROOT%"

// NewSARIF tells what was found in a vault.
func NewSARIF(version string, in Input, found []vault.Problem) (*SARIF, error) {
	rules, err := Rules()
	if err != nil {
		return nil, err
	}
	invocation := sarifInvocation{Successful: true}
	results := []sarifResult{}
	columns := columns{vault: in.Vault, lines: map[string][][]byte{}}
	for i, r := range rules {
		level, chosen := in.Levels[r.Code]
		if !chosen {
			level = r.Severity
		}
		if off := slices.Contains(in.Off, r.Code); off || chosen {
			invocation.Overrides = append(invocation.Overrides, sarifOverride{sarifConfig{!off, string(level)}, sarifDescriptor{r.Code, &i}})
		}
	}
	for _, p := range found {
		index := slices.IndexFunc(rules, func(r Rule) bool { return r.Code == p.Code })
		results = append(results, sarifResult{p.Code, index, string(p.Severity), told(p), columns.locations(p)})
	}
	return newSARIF(version, rules, invocation, results), nil
}

// FailedSARIF tells what kept synth from looking at a vault at all.
func FailedSARIF(version string, problems []vault.Problem) (*SARIF, error) {
	rules, err := Rules()
	if err != nil {
		return nil, err
	}
	invocation := sarifInvocation{}
	columns := columns{}
	for _, p := range problems {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{sarifDescriptor{ID: p.Code}, string(p.Severity), told(p), columns.locations(p)})
	}
	return newSARIF(version, rules, invocation, []sarifResult{}), nil
}

func newSARIF(version string, rules []Rule, invocation sarifInvocation, results []sarifResult) *SARIF {
	driver := sarifDriver{Name: "synth", Version: version, InformationURI: "https://github.com/synth-vault/synth"}
	for _, r := range rules {
		driver.Rules = append(driver.Rules, sarifRule{r.Code, message(r.Title), message(r.Reason), sarifConfig{true, string(r.Severity)}})
	}
	return &SARIF{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:        sarifTool{driver},
			Invocations: []sarifInvocation{invocation},
			Bases:       map[string]sarifBase{base: {message("The vault's folder.")}},
			ColumnKind:  "utf16CodeUnits",
			Results:     results,
		}},
	}
}

// braces doubles the signs that begin and end a placeholder in a message.
var braces = strings.NewReplacer("{", "{{", "}", "}}")

func message(text string) sarifMessage { return sarifMessage{braces.Replace(text)} }

// told is the message of a problem, with its hint.
func told(p vault.Problem) sarifMessage {
	if p.Hint == "" {
		return message(p.Message)
	}
	return message(p.Message + "\nhint: " + p.Hint)
}

// columns counts columns as SARIF does, in UTF-16 code units.
type columns struct {
	vault *vault.Vault
	lines map[string][][]byte // by path, of the note that was read last
}

// locations gives the place of a problem, none where it has no file.
func (c columns) locations(p vault.Problem) []sarifLocation {
	if p.Path == "" {
		return nil
	}
	region := sarifRegion{max(p.Line, 1), c.column(p)}
	return []sarifLocation{{sarifPhysical{sarifArtifact{address(p.Path), base}, region}}}
}

func (c columns) column(p vault.Problem) int {
	if p.Column <= 1 || c.vault == nil {
		return max(p.Column, 1)
	}
	lines, read := c.lines[p.Path]
	if !read {
		clear(c.lines)
		if n, found := c.vault.Note(p.Path); found {
			data, _ := n.Bytes()
			lines = bytes.Split(data, []byte("\n"))
		}
		c.lines[p.Path] = lines
	}
	if p.Line < 1 || p.Line > len(lines) {
		return p.Column
	}
	line, units := lines[p.Line-1], 1
	for range p.Column - 1 {
		r, size := utf8.DecodeRune(line)
		line = line[size:]
		units += max(1, utf16.RuneLen(r))
	}
	return units
}

// address gives a path as a relative URI. A colon in its first part would begin a scheme.
func address(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A")
	}
	return strings.Join(parts, "/")
}
