package vault

import (
	"regexp"
	"strings"
	"testing"
)

// The patterns that say what a task is. They are the other way to the same answer: too slow for every line of a vault.
var (
	actionTask = regexp.MustCompile(`^(\s*[-*+] \[)(.)(\] .*?)( \^act-[0-9A-Za-z-]+\s*)$`)
	taskFields = regexp.MustCompile(
		`(?: *(?:[🔺⏫🔼🔽⏬]\x{FE0F}?|[📅📆🗓⏳⌛🛫❌✅]\x{FE0F}? *\d{4}-\d{2}-\d{2}))+$`)
)

func patternSplit(text string) (words, fields string) {
	i := taskFields.FindStringIndex(text)
	if i == nil {
		return text, ""
	}
	return text[:i[0]], strings.TrimSpace(text[i[0]:])
}

func patternCanonical(line string) string {
	parts := actionTask.FindStringSubmatch(line)
	if parts == nil {
		return line
	}
	words, _ := patternSplit(parts[3])
	return parts[1] + " " + words + " " + strings.TrimSpace(parts[4])
}

func FuzzTask(f *testing.F) {
	for _, seed := range []string{
		"- [ ] Chiffrer les envois 📅 2025-10-25 ^act-envois",
		"\t* [x] Former ⏫ 🛫 2025-09-01 ✅ 2025-10-02 ^act-former  ",
		"- [/] Sans date ^act-a ^act-b", "- [é] 📅2025-01-01 ^act-1-", "+ [-] ⏳️ 2025-01-01 🔺️ ^act-x",
		"- [ ]^act-x", "- [ ] ^act-x", "- [] a ^act-x", "1. [ ] a ^act-x", "- [ ] 📅 2025-1-1 ^act-x", "- [ ] a 📅  2025-01-01  ^act-x",
		"📅 2025-01-01", "⏫⏫ ⏫", "a ⏫b", "- [\xff] a ^act-x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if got, want := string(appendTask(nil, line)), patternCanonical(line); got != want && !strings.Contains(line, "\n") {
			t.Errorf("appendTask(%q) = %q, not %q", line, got, want)
		}
		words, fields := SplitTask(line)
		if wantWords, wantFields := patternSplit(line); words != wantWords || fields != wantFields {
			t.Errorf("SplitTask(%q) = %q, %q, not %q, %q", line, words, fields, wantWords, wantFields)
		}
	})
}
