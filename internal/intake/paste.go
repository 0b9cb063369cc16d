package intake

import (
	"strings"
)

// pasted reads the lines of a mail or of a note: "field: value", "field<TAB>value", or a field's name alone and its
// value on the lines below. What continues a value is part of it.
func (r *input) pasted(data []byte) error {
	text := string(r.text(data, 1))
	s := &Submission{Kind: Paste, Line: 1, Raw: data}
	var open *Field
	var values []string
	end := func() {
		if open == nil {
			return
		}
		if value := strings.Trim(strings.Join(values, "\n"), " \t\n"); value != "" {
			open.Values = []string{value}
			s.Fields = append(s.Fields, *open)
		}
		open, values = nil, nil
	}
	head := strings.HasPrefix(text, "---\n") || strings.HasPrefix(text, "---\r\n")
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if head && strings.TrimRight(line, " \t") == "---" {
			head = number == 1
			end()
			continue
		}
		if m := submittedAt().FindStringSubmatch(line); m != nil {
			end()
			s.Tool = "Formspree"
			s.Fields = append(s.Fields, Field{Name: "_date", Values: []string{m[1]}, Line: number, Column: 1})
			continue
		}
		if name, value, ok := r.named(line); ok && (head || r.known(name) || fieldLike().MatchString(name)) {
			end()
			if head {
				value = strings.Trim(value, `"'`)
			}
			open, values = &Field{Name: name, Line: number, Column: 1}, []string{value}
			continue
		}
		if open == nil {
			if strings.TrimSpace(line) == "" {
				continue
			}
			open = &Field{Name: "remarques", Line: number, Column: 1}
		}
		values = append(values, unmarked(line))
	}
	end()
	return r.give(s)
}

var (
	// submittedAt is the last line of Formspree's old mails.
	submittedAt = pattern(`^\s*(?:This form was )?[Ss]ubmitted at (.+?)\.?\s*$`)
	// fieldLike matches a name that no questionnaire knows and that is a field's all the same.
	fieldLike = pattern(`^[a-z_][A-Za-z0-9_.\[\]-]{0,39}$`)
	bullet    = pattern(`^\s*(?:[-*+]|>)\s+`)
)

// maxName is the longest name of a field in a line of text.
const maxName = 300

// named cuts a line into a field's name and its value. A label may hold a colon itself: of two ways to cut, the one
// that gives a known name counts, and else the first.
func (r *input) named(line string) (name, value string, ok bool) {
	line = bullet().ReplaceAllString(line, "")
	if name, value, found := strings.Cut(line, "\t"); found && strings.TrimSpace(name) != "" && len(name) <= maxName {
		return cleanName(name), strings.TrimSpace(value), true
	}
	for at := 0; at < min(len(line), maxName); at++ {
		if line[at] != ':' {
			continue
		}
		before, after := cleanName(line[:at]), line[at+1:]
		if strings.HasPrefix(after, "//") || before == "" {
			continue
		}
		if !ok {
			name, value, ok = before, strings.TrimSpace(after), true
		}
		if r.known(before) {
			return before, strings.TrimSpace(after), true
		}
	}
	return name, value, ok
}

// cleanName drops what a mail's layout puts around a name.
func cleanName(name string) string { return strings.Trim(name, " \t*\u00a0\u202f") }

// unmarked drops the mark of a list from a line that continues a value.
func unmarked(line string) string { return bullet().ReplaceAllString(line, "") }
