package vault

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// plain and quoted make properties of one value.
func plain(name, text string) Property {
	return Property{Name: name, Values: []Value{{Text: text, Plain: true}}}
}

func quoted(name, text string) Property {
	return Property{Name: name, Values: []Value{{Text: text}}}
}

func list(name string, texts ...string) Property {
	p := Property{Name: name, List: true}
	for _, text := range texts {
		p.Values = append(p.Values, Value{Text: text})
	}
	return p
}

// sample is a draft with two regions, the second of which is empty.
func sample() Draft {
	return Draft{
		Path: "a.md",
		Kind: "sample",
		Properties: []Property{
			quoted("title", "One: \"two\""),
			plain("date", "2025-07-31"),
			list("tags", "IT", "a b"),
			list("none"),
			{Name: "empty"},
			quoted("synth_seal", "answers:0"),
		},
		Regions: []Region{{ID: "first", Text: "\n## Heading\n\nText.\n\n"}, {ID: "second-2"}},
	}
}

// The hashes come from sha256sum: of the region's text, "", and of each value.
const sampleBytes = `---
title: "One: \"two\""
date: 2025-07-31
tags:
  - "IT"
  - "a b"
none: []
empty:
synth_seal: "answers:0"
synth_head:
  - "title:b412e28c"
  - "date:cbb78472"
  - "tags:f415bf7b"
  - "tags:c8687a08"
  - "none:e3b0c442"
  - "empty:e3b0c442"
---

%% synth:begin first aaf953226d1d6c74 %%

## Heading

Text.

%% synth:end first %%

%% synth:begin second-2 e3b0c44298fc1c14 %%

%% synth:end second-2 %%

%% synth:regions first second-2 %%
`

func TestDraftBytes(t *testing.T) {
	if d := cmp.Diff(sampleBytes, string(sample().Bytes())); d != "" {
		t.Errorf("bytes (-want +got):\n%s", d)
	}
}

func TestDraftWithoutRegions(t *testing.T) {
	got := string(Draft{}.Bytes())
	if want := "---\nsynth_head: []\n---\n\n%% synth:regions %%\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDraftReadsBack(t *testing.T) {
	texts := []string{
		"", " ", "plain", "010", "1.10", "null", "Null", "~", "true", "a: b", "a # b", "- a", "-", "---", "...", "[x]", "{x}",
		"[[Note#^id|shown]]", "{{date}}", "<% x %>", "{{{", "%%", "'", "\"", "\\", "\\n", "two\nlines\n", "a\r\nb", "tab\there",
		"\x00\x07\x1b\x7f", "\u0085\u2028\u2029\uFEFF", "\uFFFE", "\uFFFD", "🧭 🧑\u200D🤝\u200D🧑", "é", "e\u0301", "\U000E0041",
		"*a", "&a", "!a", "?", ": a", "a:", "@a", "`a", "%a", "|", ">", "<<", "2025-07-31", "10:30", "-5", "= x", "key: [",
	}
	for _, text := range hostileStrings(t) {
		texts = append(texts, strings.ToValidUTF8(text, ""))
	}
	for _, text := range texts {
		d := Draft{Properties: []Property{
			quoted("q", text), plain("p", text), list("l", text, text), {Name: "k " + text, Values: []Value{{Text: "v"}}},
		}}
		checkReadsBack(t, d)
	}
}

// checkReadsBack fails unless a draft's properties, but for synth_head, are
// what its bytes hold.
func checkReadsBack(t *testing.T, d Draft) {
	t.Helper()
	src := d.Bytes()
	h := cutHead(src, scanFence(src, true))
	got, problems := h.properties()
	if len(problems) > 0 {
		t.Errorf("%q: %v", src, problems)
		return
	}
	ignore := cmp.Options{
		cmpopts.IgnoreFields(Property{}, "Line", "Column"),
		cmpopts.IgnoreFields(Value{}, "Line", "Column", "Plain"),
		cmpopts.EquateEmpty(),
	}
	want := append(d.Properties, toldProperty(d.Properties))
	if diff := cmp.Diff(want, got, ignore); diff != "" {
		t.Errorf("%q reads back otherwise (-want +got):\n%s", src, diff)
	}
	n := &Note{head: h}
	if n.IsTemplate() {
		t.Errorf("%q is taken for a template", src)
	}
	if again := string(appendHead(nil, got)); again != string(h.text) {
		t.Errorf("%q is written again as %q", h.text, again)
	}
}

// TestPlainScalars compares the scan with a pattern that says the same.
func TestPlainScalars(t *testing.T) {
	pattern := regexp.MustCompile(`^-?[\pL\pN_][\pL\pM\pN_.+/-]*(?:[ :][\pL\pM\pN_.+/-]+)*$`)
	letters := []rune("a0_.+/- :é\u0301²\n\u00a0")
	var check func(text string, more int)
	check = func(text string, more int) {
		if got, want := isPlainScalar(text), pattern.MatchString(text); got != want {
			t.Errorf("isPlainScalar(%q) = %v", text, got)
		}
		for _, r := range letters[:len(letters)*min(more, 1)] {
			check(text+string(r), more-1)
		}
	}
	check("", 5)
	check("a\xff", 0)
}

func TestPlainValues(t *testing.T) {
	for text, want := range map[string]string{
		"2025-07-31":  "2025-07-31",
		"-12":         "-12",
		"haute":       "haute",
		"Anne Müller": "Anne Müller",
		"10:30":       "10:30",
		"a: b":        `"a: b"`,
		"#x":          `"#x"`,
		"null":        `"null"`,
		"":            `""`,
		"a ":          `"a "`,
		"[x]":         `"[x]"`,
		"⚠️ x":        `"⚠️ x"`,
		"<% x":        `"\x3C% x"`,
		"a\u2028b":    `"a\u2028b"`,
	} {
		if got := emitValue(Value{Text: text, Plain: true}); got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
	}
}

// toldProperty is synth_head as a property.
func toldProperty(properties []Property) Property {
	told := Property{Name: headHashes, List: true}
	for _, p := range properties {
		if isOwn(p.Name) {
			continue
		}
		for _, hash := range valueHashes(p) {
			told.Values = append(told.Values, Value{Text: p.Name + ":" + hash})
		}
	}
	return told
}
