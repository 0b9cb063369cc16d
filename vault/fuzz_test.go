package vault

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// FuzzFence checks that cutting a file at its fences loses nothing and that a
// beginning of the file gives the same answer as the whole, or none.
func FuzzFence(f *testing.F) {
	for _, seed := range []string{
		"", "---", "---\n---", "---\na: 1\n---\ntext", "\uFEFF--- \r\na: |\r\n  ---\r\n---\t\r\n", "---\n---x\n----\n", "text\n---\n",
	} {
		f.Add([]byte(seed), 5)
	}
	f.Fuzz(func(t *testing.T, src []byte, cut int) {
		at := scanFence(src, true)
		if !(0 <= at.begin && at.begin <= at.end && at.end <= at.body && at.body <= len(src)) {
			t.Fatalf("%q: offsets %+v", src, at)
		}
		joined := bytes.Join([][]byte{src[:at.begin], src[at.begin:at.end], src[at.end:at.body], src[at.body:]}, nil)
		if !bytes.Equal(joined, src) {
			t.Errorf("%q becomes %q", src, joined)
		}
		if opening, closing := src[:at.begin], src[at.end:at.body]; at.state == closed &&
			(!bytes.Contains(opening, []byte("---")) || !bytes.HasPrefix(closing, []byte("---"))) {
			t.Errorf("%q has the fences %q and %q", src, opening, closing)
		}
		if cut < 0 || cut > len(src) {
			return
		}
		if early := scanFence(src[:cut], false); early.state == closed && early != at {
			t.Errorf("%q: the first %d bytes give %+v, the whole %+v", src, cut, early, at)
		}
	})
}

// FuzzProperties checks that no head makes the parser fail, that every place
// lies in the file, and that a property is found by its name.
func FuzzProperties(f *testing.F) {
	for _, seed := range []string{"a: 1", "a: [b, c]", "\"\\x61\": é", "a: |\n  b\n", "? a\n: b", "{\"a\": 1}", "up: [[x]]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		n := &Note{path: "a.md"}
		n.head.text = head
		lines := 2 + bytes.Count(head, []byte("\n")) + bytes.Count(head, []byte("\r"))
		properties, err := n.Properties()
		if err != nil {
			for _, p := range err.(*HeadError).Problems {
				if p.Line < 1 || p.Line > lines {
					t.Errorf("%q: %v", head, p)
				}
			}
			return
		}
		for _, p := range properties {
			if p.Line < 2 || p.Line > lines || p.Column < 1 {
				t.Errorf("%q: %q stands at %d:%d", head, p.Name, p.Line, p.Column)
			}
			if _, found := n.Property(p.Name); !found {
				t.Errorf("%q: %q is not found", head, p.Name)
			}
		}
	})
}

// FuzzUntrusted checks that no text becomes anything but text.
func FuzzUntrusted(f *testing.F) {
	for _, text := range hostileStrings(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		checkInert(t, "fuzz", raw)
		checkFileName(t, "fuzz", raw)
		if name, ok := NewName(Received(raw)); ok && Raw(Unescape(name.String())) != PlainName(name) {
			t.Errorf("the name %q is shown as %q", PlainName(name), name)
		}
		if strings.ContainsFunc(fold(raw), func(r rune) bool { return r >= 'A' && r <= 'Z' }) {
			t.Errorf("%q folds to %q", raw, fold(raw))
		}
	})
}

// FuzzRegions checks that cutting a body into parts loses nothing, and that
// what a draft writes is read back as it was.
func FuzzRegions(f *testing.F) {
	f.Add(string(sample().Bytes()))
	f.Add("%% synth:begin a 0123456789abcdef %%\r\n%% synth:end a %%\n%% synth:regions a %%")
	f.Add("- [x] Do it ✅ 2026-01-02 ^act-do\n")
	f.Add("a ^act-\n- [x] b ^act-c ^act-d \n\n- [x] e ^act-f\n- [ ] g ^act-h i\n")
	f.Fuzz(func(t *testing.T, text string) {
		parts, problems := cutRegions(text, 1)
		if whole := (&generated{parts: parts}); len(problems) == 0 && string(joinPieces(whole.pieces())) != text {
			t.Errorf("%q is joined as %q", text, joinPieces(whole.pieces()))
		}
		var printed []byte
		line := 1
		for _, p := range parts {
			if p.line != line {
				t.Errorf("%q: a part stands on line %d, not %d", text, p.line, line)
			}
			printed = append(printed, p.source...)
			line += strings.Count(p.source, "\n")
		}
		if string(printed) != text {
			t.Errorf("%q is printed as %q", text, printed)
		}
		once := canonical(text)
		if want := canonicalByLine(text); once != want {
			t.Errorf("%q: canonical is %q, line by line %q", text, once, want)
		}
		if again := canonical(once); again != once {
			t.Errorf("%q: canonical twice is %q, once %q", text, again, once)
		}
		if strings.Contains(text, "%%") {
			return
		}
		d := sample()
		d.Regions[0].Text = text
		g, problems := readGenerated(d.Bytes())
		if len(problems) == 0 {
			problems = g.readsBack(d)
		}
		if len(problems) > 0 {
			t.Errorf("%q: what was written is read as edited: %v", text, problems)
		}
	})
}

// FuzzWithdraw checks that withdrawing takes proposals and blank lines out of a file, and nothing else.
func FuzzWithdraw(f *testing.F) {
	f.Add(string(body("a", "two", "b", "b").Bytes()) + "\n" + proposalOf("two"))
	f.Add("%% synth:begin a.propose " + hashOf("") + " %%\r\n%% synth:end a.propose %%\n%% synth:regions a %%")
	f.Fuzz(func(t *testing.T, text string) {
		old := []byte("---\nsynth_seal: x\n---\n" + text)
		c := withdraw("a.md", old)
		g, problems := readGenerated(old)
		if len(problems) > 0 {
			if !bytes.Equal(c.New, old) {
				t.Errorf("%q is changed to %q", old, c.New)
			}
			return
		}
		now, problems := readGenerated(c.New)
		if len(problems) > 0 || len(now.openProposals()) != len(c.Problems) {
			t.Fatalf("%q becomes %q: problems %v, left %v", old, c.New, problems, c.Problems)
		}
		gone := slices.DeleteFunc(g.pieces(), func(p piece) bool {
			_, isProposal := proposed(p.id)
			return isProposal && p.asGenerated()
		})
		if len(c.Problems) == 0 && withoutBlankLines(joinPieces(gone)) != withoutBlankLines(joinPieces(now.pieces())) {
			t.Errorf("%q becomes %q", old, c.New)
		}
		if again := withdraw("a.md", c.New); again.Status != Unchanged || !bytes.Equal(again.New, c.New) {
			t.Errorf("%q becomes %q, then %q", old, c.New, again.New)
		}
	})
}

func withoutBlankLines(text []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(text)) {
		if strings.TrimSpace(line) != "" {
			b.WriteString(line)
		}
	}
	return b.String()
}

// FuzzDraft checks that any value of a property is read back as it was.
func FuzzDraft(f *testing.F) {
	for _, text := range hostileStrings(f) {
		f.Add(text, false)
	}
	f.Add("2025-07-31", true)
	f.Fuzz(func(t *testing.T, text string, isPlain bool) {
		if text = strings.ToValidUTF8(text, ""); len(text) > 1000 {
			return // three times that, escaped, may be more than a head may hold
		}
		value := Value{Text: text, Plain: isPlain}
		checkReadsBack(t, Draft{Properties: []Property{
			{Name: "a", Values: []Value{value}}, {Name: "b", List: true, Values: []Value{value, value}},
		}})
	})
}

// FuzzMerge writes any text anywhere into a generated note and checks that it
// stays there, unless it makes the note one that is not touched, and that a
// second build writes nothing.
func FuzzMerge(f *testing.F) {
	for _, text := range []string{"mine", "\n\nmine\n", "# mine\n", "mine: 1\n", "%% synth:end first %%\n", "\r\n", "\"", "%%"} {
		for _, at := range []int{0, 4, 20, 60, 300, 340, 500} {
			f.Add(at, text)
		}
	}
	base := string(sample().Bytes())
	draft := newer()
	fresh := draft.Bytes()
	offered, problems := readGenerated(fresh)
	if len(problems) > 0 {
		f.Fatal(problems)
	}
	f.Fuzz(func(t *testing.T, at int, text string) {
		if at < 0 || at > len(base) {
			return
		}
		onDisk := base[:at] + text + base[at:]
		c := Change{Path: "a.md", Old: []byte(onDisk)}.compare(draft, offered)
		if c.Status == Refused {
			if string(c.New) != onDisk || len(c.Problems) == 0 {
				t.Errorf("%q is refused and becomes %q: %v", onDisk, c.New, c.Problems)
			}
			return
		}
		if ours := strings.Index(base, "synth_seal"); at <= ours || at >= strings.Index(base, "---\n\n%%") {
			checkWords(t, c)
		}
		checkKept(t, c)
		again := Change{Path: "a.md", Old: c.New}.compare(draft, offered)
		if !bytes.Equal(again.New, c.New) || again.Status == Updated || again.Status == Refused {
			t.Errorf("%q becomes %q, then %q", onDisk, c.New, again.New)
		}
	})
}
