package vault

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScanFence(t *testing.T) {
	tests := []struct {
		name, src  string
		state      fenceState
		head, body string
	}{
		{"head and body", "---\na: 1\n---\ntext\n", closed, "a: 1\n", "text\n"},
		{"nothing between the fences", "---\n---\ntext", closed, "", "text"},
		{"CRLF", "---\r\na: 1\r\n---\r\ntext\r\n", closed, "a: 1\r\n", "text\r\n"},
		{"byte order mark", "\uFEFF---\na: 1\n---\ntext", closed, "a: 1\n", "text"},
		{"blanks after the dashes", "--- \t\na: 1\n---\t\ntext", closed, "a: 1\n", "text"},
		{"closed by the end of the file", "---\na: 1\n---", closed, "a: 1\n", ""},
		{"indented fence in a block scalar", "---\na: |\n  ---\n  b\n---\n", closed, "a: |\n  ---\n  b\n", ""},
		{"dashes that say more", "---\n--- a\n----\n---\n", closed, "--- a\n----\n", ""},
		{"no head", "text\n---\n", noFence, "", "text\n---\n"},
		{"blank line first", "\n---\na: 1\n---\n", noFence, "", "\n---\na: 1\n---\n"},
		{"four dashes", "----\na: 1\n---\n", noFence, "", "----\na: 1\n---\n"},
		{"never closed", "---\na: 1\n", unclosed, "", "---\na: 1\n"},
		{"closed by dots only", "---\na: 1\n...\n", unclosed, "", "---\na: 1\n...\n"},
		{"only a rule", "---", unclosed, "", "---"},
		{"empty", "", noFence, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at := scanFence([]byte(test.src), true)
			if at.state != test.state {
				t.Errorf("state is %d, want %d", at.state, test.state)
			}
			if got := test.src[at.begin:at.end]; got != test.head {
				t.Errorf("head is %q, want %q", got, test.head)
			}
			if got := test.src[at.body:]; got != test.body {
				t.Errorf("body is %q, want %q", got, test.body)
			}
		})
	}
}

func TestScanFenceOfABeginning(t *testing.T) {
	for _, src := range []string{"---\na: 1\n---", "---\na: 1\n--", "---"} {
		if at := scanFence([]byte(src), false); at.state != unclosed {
			t.Errorf("%q that may go on: state is %d, want unclosed", src, at.state)
		}
	}
}

func TestHeadsOfAnySize(t *testing.T) {
	long := func(size int) string {
		const frame = "a: \"\"\n"
		return "a: \"" + strings.Repeat("x", size-len(frame)) + "\"\n"
	}
	tests := []struct {
		name, src, code string
	}{
		{"beyond the first read", "---\n" + long(5000) + "---\n", ""},
		{"the first read ends in the fence", "---\n" + long(firstRead-6) + "---\n", ""},
		{"the file ends with the first read", "---\n" + long(firstRead-8) + "---\n", ""},
		{"the largest", "---\n" + long(maxHead) + "---\ntext", ""},
		{"too large by a byte", "---\n" + long(maxHead+1) + "---\ntext", "head_too_large"},
		{"far too large", "---\n" + long(4*maxHead) + "---\ntext", "head_too_large"},
		{"unclosed beyond the first read", "---\n" + long(5000), "head_unclosed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			note := openNote(t, test.src)
			properties, err := note.Properties()
			if test.code != "" {
				if got := headCodes(err); !cmp.Equal(got, []string{test.code}) {
					t.Fatalf("codes are %v, want %s", got, test.code)
				}
				return
			}
			if err != nil || len(properties) != 1 || properties[0].Name != "a" {
				t.Fatalf("got %d properties, error %v", len(properties), err)
			}
		})
	}
}

func headCodes(err error) []string {
	headErr, ok := err.(*HeadError)
	if !ok {
		return nil
	}
	var codes []string
	for _, p := range headErr.Problems {
		codes = append(codes, p.Code)
	}
	return codes
}
