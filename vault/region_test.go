package vault

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCanonicalText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"blank lines around", "\n \na\n\nb\n\n", "a\n\nb"},
		{"CRLF", "a\r\nb\r\n", "a\nb"},
		{"mark", "- [x] Do it ^act-do", "- [ ] Do it ^act-do"},
		{"done", "- [x] Do it ✅ 2026-01-02 ^act-do", "- [ ] Do it ^act-do"},
		{"all fields", "- [-] Do it 🆔 a1 ⏫ 🛫 2026-01-01 ⏳ 2026-01-02 📅 2026-01-03 ❌ 2026-01-04 ^act-do", "- [ ] Do it 🆔 a1 ^act-do"},
		{"other signs", "  * [/] Do it 🔺 ⌛ 2026-01-02 🗓 2026-01-03 ^act-do", "  * [ ] Do it ^act-do"},
		{"selector after the sign", "- [ ] Do it 🗓\uFE0F 2026-01-03 ^act-do", "- [ ] Do it ^act-do"},
		{"a date in the text", "- [ ] Before 📅 2026-01-02 or so ^act-do", "- [ ] Before 📅 2026-01-02 or so ^act-do"},
		{"no action", "- [x] Mine ✅ 2026-01-02 ^mine", "- [x] Mine ✅ 2026-01-02 ^mine"},
		{"no block id", "- [x] Mine ✅ 2026-01-02", "- [x] Mine ✅ 2026-01-02"},
		{"no date", "- [ ] Do it 📅 soon ^act-do", "- [ ] Do it 📅 soon ^act-do"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := canonical(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func canonical(text string) string { return string(appendCanonical(nil, regionBody(text))) }

// canonicalByLine looks at every line, whether an action may stand on it or not.
func canonicalByLine(text string) string {
	var b []byte
	for line := range strings.Lines(regionBody(text)) {
		line, found := strings.CutSuffix(line, "\n")
		if b = appendTask(b, line); found {
			b = append(b, '\n')
		}
	}
	return string(b)
}

const markerHash = "0123456789abcdef"

func TestCutRegions(t *testing.T) {
	begin := "%% synth:begin a " + markerHash + " %%\n"
	body := "x\ny\n" + begin + "text\nmore\n%% synth:end a %%\r\n\n%% synth:regions a b %%"
	parts, problems := cutRegions(body, 5)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	var got []string
	for _, p := range parts {
		got = append(got, fmt.Sprintf("%d line %d %s%s%v %q", p.kind, p.line, p.id, p.hash, p.ids, p.source))
	}
	want := []string{
		`0 line 5 [] "x\ny\n"`,
		fmt.Sprintf("1 line 7 a%s[] %q", markerHash, begin),
		`2 line 8 a[] "text\nmore\n"`,
		`3 line 10 a[] "%% synth:end a %%\r\n"`,
		`0 line 11 [] "\n"`,
		`4 line 12 [a b] "%% synth:regions a b %%"`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("parts (-want +got):\n%s", d)
	}
}

func TestBrokenMarkers(t *testing.T) {
	const (
		beginA, endA = "%% synth:begin a " + markerHash + " %%", "%% synth:end a %%"
		beginB, endB = "%% synth:begin b " + markerHash + " %%", "%% synth:end b %%"
		regions      = "%% synth:regions a b %%"
	)
	tests := []struct {
		name  string
		lines []string
		want  string // of the first problem
	}{
		{"sound", []string{beginA, endA, beginB, endB, regions}, ""},
		{"one removed", []string{beginB, endB, regions}, ""},
		{"no list", []string{beginA, endA}, "3: the line that lists the regions is missing"},
		{"nested", []string{beginA, beginB, endB, endA, regions}, `2: region "b" begins within region "a"`},
		{"twice", []string{beginA, endA, beginA, endA, regions}, `3: region "a" stands twice`},
		{"not closed", []string{beginA, regions}, `2: the list of regions stands within region "a"`},
		{"closed by another", []string{beginA, endB, regions}, `2: region "b" ends where it did not begin`},
		{"only an end", []string{endA, regions}, `1: region "a" ends where it did not begin`},
		{"no hash", []string{"%% synth:begin a %%", endA, regions}, "1: the marker line is damaged"},
		{"short hash", []string{"%% synth:begin a 0123 %%", endA, regions}, "1: the marker line is damaged"},
		{"something behind", []string{beginA + " x", endA, regions}, "1: the marker line is damaged"},
		{"unlisted", []string{"", "%% synth:begin c " + markerHash + " %%", "%% synth:end c %%", regions}, `2: region "c" is not in the list of regions`},
		{"two lists", []string{regions, regions}, "2: the list of regions stands twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := cutRegions(strings.Join(test.lines, "\n")+"\n", 1)
			got := ""
			if len(problems) > 0 {
				got = problems[0].Error()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCutRegionsTakesLinearTime(t *testing.T) {
	var body strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&body, "text\n%%%% synth:begin r%d %s %%%%\n", i, markerHash)
	}
	parts, problems := cutRegions(body.String(), 1)
	if len(parts) != 40_000 || len(problems) != 20_001 {
		t.Errorf("%d parts, %d problems", len(parts), len(problems))
	}
}

// A region that is given another text is laid out as one that is new.
func TestATextIsWrittenAsInANewRegion(t *testing.T) {
	for _, text := range []string{"", "\n", "a", "\n \na\r\n\nb\n\n", "- [ ] a ^act-b"} {
		for _, ending := range []string{"\n", "\r\n"} {
			var p piece
			p.write(Region{"a", text}, ending)
			if want := newRegion(Region{"a", text}, ending).text; p.text != want {
				t.Errorf("%q is written as %q, and as %q where it is new", text, p.text, want)
			}
		}
	}
}
